"""What secrets of accounts are kept as."""

from __future__ import annotations

import pytest

from pipelines import account_secrets
from pipelines.account_secrets import Cost, hashed, is_of

SECRET = "mihon-no-himitsu"


def test_a_secret_is_kept_as_a_hash_that_is_slow_to_guess(
    cost_of_secrets: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account_secrets, "COST", cost_of_secrets)
    kept = hashed(SECRET, [])
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert is_of(SECRET, kept)
    assert not is_of(f"{SECRET}2", kept)


def test_a_secret_is_proven_at_the_cost_it_was_made_at(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hashed(SECRET, [])
    monkeypatch.setattr(account_secrets, "COST", Cost(passes=2, kibibytes=16))
    assert is_of(SECRET, kept)
    assert hashed(f"{SECRET}2", [kept]) != kept
