"""What happens to values on their way into a file: gaps, stray spaces, other widths, wrong things in the wrong cell."""

from __future__ import annotations

from collections.abc import Sequence

import jaconv

from benchmarks.corpus.pen import Pen

_WRONG = ("不明", "なし", "-", "―", "*", "同上", "未定", "N/A", "要確認", "テスト", "0", ".", "xxx", "削除", "?")


def soiled(values: Sequence[str], pen: Pen, empty: float, tidy: bool) -> list[str | None]:
    """The values as a file holds them. `empty`: share of empty cells; `tidy`: written by a program, never by hand."""
    wrong = 0.0 if tidy else pen.random.uniform(0.005, 0.03)
    return [
        None if not value or pen.chance(empty) else value if tidy else _by_hand(value, pen, wrong) for value in values
    ]


def _by_hand(value: str, pen: Pen, wrong: float) -> str:
    if pen.chance(wrong):
        return pen.choice(_WRONG)
    fate = pen.random.random()
    if fate < 0.008:
        return value + pen.choice((" ", "　"))
    if fate < 0.012:
        return " " + value
    if fate < 0.02:
        return str(jaconv.h2z(value, kana=False, ascii=True, digit=True))
    return value
