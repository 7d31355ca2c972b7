"""基礎年金番号: four digits and six, issued by the Japan Pension Service. No published check digit.

>>> RECOGNIZER.matches("1234-567890"), RECOGNIZER.matches("1234567890"), RECOGNIZER.matches("123-4567890")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="pension_number",
    pattern=re.compile(r"(?<![0-9A-Za-z])(?<![0-9][-.])[0-9]{4}[- ]?[0-9]{6}(?![0-9A-Za-z])(?![-.][0-9])"),
    needs_cue=True,
)
