"""What looks like a secret and is tagged as something else is told to the reviewer."""

from __future__ import annotations

import pytest

from pipelines.casebook.untagged import untagged

BCRYPT = "$2b$12$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234"


@pytest.mark.parametrize(
    "cell",
    [
        BCRYPT,
        "4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW1wbGUifQ.",
        "6214-9832-0257",
        "６２１４９８３２０２５７",
        "電話で確認。初期パスワード: hunter2!",
        "扶養控除等の書類を受領。個人番号 621498320257",
    ],
)
def test_what_looks_like_a_secret_is_named(cell: str) -> None:
    names, categories = ("id", "value"), ("not_personal", "free_text")
    assert untagged(names, ("1", cell), categories) == ("value",)


@pytest.mark.parametrize(
    "cell", ["", "621498320258", "090-1234-5678", "2026-11-29", "ご相談ありがとうございました", "M-001234"]
)
def test_what_does_not_is_not(cell: str) -> None:
    assert untagged(("value",), (cell,), ("",)) == ()


@pytest.mark.parametrize("category", ["password", "my_number"])
def test_what_is_tagged_is_blacked_out_anyway(category: str) -> None:
    assert untagged(("value",), (BCRYPT,), (category,)) == ()


def test_an_order_s_number_that_passes_the_check_by_chance_is_none() -> None:
    assert untagged(("order_no",), ("621498320257",), ("not_personal",)) == ()
