"""年齢: a number of years, `42歳`, `満42才`; bare in a column.

Counted by 年齢計算ニ関する法律 (Act No. 50 of 1902); nobody is older than 120.

>>> RECOGNIZER.matches("42歳"), RECOGNIZER.matches("42"), RECOGNIZER.matches("200歳"), RECOGNIZER.matches("四十")
(True, None, False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer


def _plausible(text: str) -> bool | None:
    years = int(re.sub("[^0-9]", "", text))
    if years > 120:
        return False
    return None if text.isdigit() else True


RECOGNIZER = Recognizer(
    category="age",
    pattern=re.compile(
        r"(?=[満0-9])(?<![0-9A-Za-z.])(?<![0-9][-/:])"
        r"(?:(?<![0-9]~)(?:満 ?)?[0-9]{1,3} ?[歳才](?! ?(?:以上|以下|未満|まで|から|以降|代|児|時|~))"
        r"|[0-9]{1,3}(?![0-9A-Za-z.])(?![-/:][0-9])(?! ?[^ 、。,)(\n]))"
    ),
    validate=_plausible,
    chance=0.1,
    score=0.2,
    words=("歳", "才"),
)
