"""Secrets by which accounts prove themselves: Argon2id (RFC 9106), kept as a PHC string. Of casebook and desk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
"""What an account is called."""
LEAST_SECRET = 12
"""Characters of a secret."""


class Cost(NamedTuple):
    """What one guess at a secret costs; each kept secret says its own."""

    passes: int
    kibibytes: int


COST = Cost(passes=3, kibibytes=64 * 1024)
"""Of new secrets: RFC 9106, section 4, its second recommended option, on one lane."""


class SecretError(Exception):
    """A secret that cannot be taken; says why, never the secret."""


def hashed(secret: str, known: Iterable[str]) -> str:
    """A new secret as it is kept; `known` are those kept already. Raises SecretError."""
    if len(secret) < LEAST_SECRET:
        raise SecretError(f"秘密は {LEAST_SECRET} 文字以上にしてください (a secret of {LEAST_SECRET} characters)")
    if any(is_of(secret, phc) for phc in known):
        # four eyes are two persons with two secrets
        raise SecretError("その秘密は使えません。別のものにしてください (this secret cannot be used: take another)")
    return _argon2().derive_phc_encoded(secret.encode())


def is_of(secret: str, phc: str) -> bool:
    """Whether it is the secret that is kept so."""
    try:
        Argon2id.verify_phc_encoded(secret.encode(), phc)
    except InvalidKey:
        return False
    return True


def spend(secret: str) -> None:
    """As slow as `is_of`, for an account that is not there: how long it takes tells nobody which names there are."""
    _argon2().derive(secret.encode())


def _argon2() -> Argon2id:
    return Argon2id(salt=os.urandom(16), length=32, iterations=COST.passes, lanes=1, memory_cost=COST.kibibytes)
