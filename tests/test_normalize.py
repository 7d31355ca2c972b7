"""Folding of texts: width, dashes, kana, ligatures, and the way back to the original."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.normalize import align, fold, normalize

JAPANESE = st.text(alphabet="あいアイｱｲｶﾞﾊﾟー山田髙０１2３−―‐－　 ㈱㍻㋿℡①か\u3099Ａb@。、", max_size=40)
ANY = st.one_of(JAPANESE, st.text(max_size=40))


@given(ANY)
def test_normalize_keeps_the_length_and_is_idempotent(text: str) -> None:
    once = normalize(text)
    assert len(once) == len(text)
    assert normalize(once) == once


@given(ANY)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_aligned_characters_cover_the_original_in_order(text: str) -> None:
    aligned = align(text)
    spans = [aligned.span(at, at + 1) for at in range(len(aligned.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(spans))
    covered = {position for start, end in spans for position in range(start, end)}
    assert covered == set(range(len(text)))


@given(ANY)
def test_aligned_pieces_fold_to_the_same_text(text: str) -> None:
    aligned = align(text)
    for start in range(len(aligned.text)):
        first, last = aligned.span(start, len(aligned.text))
        assert last == len(text)
        piece = align(text[first:last]).text
        # What is left of a spelled-out word may be two letters, which stay apart.
        assert piece.replace(" ", "").endswith(aligned.text[start + 1 :].lstrip("-").replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("相 続 届\n氏 名　豊 田　衛", "相続届\n氏名 豊田 衛"),
        ("電話　０ ９ ０ - ２ ２ ８ １ - ４ ７ ０ ３", "電話 090-2281-4703"),
        ("林 誠　様", "林 誠 様"),
        ("関　林　森　原", "関 林 森 原"),
        ("得点 ３ ０ １", "得点 3 0 1"),
    ],
)
def test_letters_that_are_set_apart_are_one_word(text: str, folded: str) -> None:
    aligned = align(text)
    assert aligned.text == folded
    assert aligned.span(0, len(folded)) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("０９０−１２３４―５６７８", "090-1234-5678"),
        ("03ー1234ー5678", "03-1234-5678"),
        ("サーバー", "サーバー"),
        ("㈱ｻﾝﾌﾟﾙ", "(株)サンプル"),
        ("　山田　　太郎　", "山田 太郎"),
        ("渡\U000e0100辺", "渡辺"),
        ("ヤマタ\u3099", "ヤマダ"),
    ],
)
def test_cells_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_circled_number_does_not_join_the_number_behind_it() -> None:
    assert normalize("①０９０") == "①090"
