"""ゆうちょ銀行 記号番号: a five-digit symbol (1…0 for savings, 0… for transfers) and a number of up to eight digits.

Where the number has a label of its own, symbol and number are two: 記号 10120 番号 12345671. A transfer account
is written in one: 振替口座 00120-1-123456.

The symbol's fourth digit is said to be a check by an unpublished rule. Source: ゆうちょ銀行 記号番号の案内.

>>> RECOGNIZER.matches("10120-12345671"), RECOGNIZER.matches("記号10120 番号12345671"), RECOGNIZER.matches("20120-1")
(None, None, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.recognizers import Recognizer


class _YuchoAccount(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        for match in self.pattern.finditer(text):
            for part in ("symbol", "number") if match["label"] else ("value",):
                yield *match.span(part), None


RECOGNIZER = _YuchoAccount(
    category="yucho_account",
    pattern=re.compile(
        r"(?<![0-9A-Za-z-])(?:(?:通帳)?記号 ?[:は]? ?)?"
        r"(?P<value>(?P<symbol>(?:1[0-9]{3}0|0[0-9]{4})(?:-[0-9])?)"
        r"(?:[-・/、, のノ]{1,2}|[-・/、, \n]{2,3}(?=番号))(?P<label>番号 ?[:は]? ?)?(?P<number>[0-9]{2,8}))"
        r"(?![0-9A-Za-z])(?![-.][0-9])"
    ),
    needs_cue=True,
)
