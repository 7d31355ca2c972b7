"""ゆうちょ銀行 記号番号: a five-digit symbol (1…0 for savings, 0… for transfers) and a number of up to eight digits.

The symbol's fourth digit is said to be a check by an unpublished rule. Source: ゆうちょ銀行 記号番号の案内.

>>> RECOGNIZER.matches("10120-12345671"), RECOGNIZER.matches("記号10120 番号12345671"), RECOGNIZER.matches("20120-1")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="yucho_account",
    pattern=re.compile(
        r"(?<![0-9A-Za-z-])(?:(?:通帳)?記号 ?[:は]? ?)?"
        r"(?P<value>(?:1[0-9]{3}0|0[0-9]{4})(?:-[0-9])?[-・/、, のノ]{1,2}(?:番号 ?[:は]? ?)?[0-9]{2,8})"
        r"(?![0-9A-Za-z])(?![-.][0-9])"
    ),
    needs_cue=True,
)
