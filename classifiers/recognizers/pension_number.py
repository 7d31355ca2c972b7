"""基礎年金番号: four digits and six, issued by the Japan Pension Service. No published check digit.

>>> RECOGNIZER.matches("1234-567890"), RECOGNIZER.matches("1234567890"), RECOGNIZER.matches("123-4567890")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer

RECOGNIZER = Recognizer(
    category="pension_number",
    pattern=re.compile(rf"{FIRST_DIGIT}[0-9]{{3}}[- ]?[0-9]{{6}}{NUMBER_ENDS}"),
    needs_cue=True,
)
