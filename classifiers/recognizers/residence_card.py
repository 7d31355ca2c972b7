"""在留カード番号・特別永住者証明書番号: two letters, eight digits, two letters; a new one with every new card.

Issued by the Immigration Services Agency. No published check digit.

>>> RECOGNIZER.matches("AB12345678CD"), RECOGNIZER.matches("AB12345678C"), RECOGNIZER.matches("A112345678CD")
(None, False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="residence_card",
    pattern=re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{8}[A-Z]{2}(?![0-9A-Za-z])"),
    score=0.8,
    sign=re.compile("[0-9]{8}[A-Z]"),
)
