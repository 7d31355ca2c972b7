"""旅券番号: two letters and seven digits, issued by the Ministry of Foreign Affairs. No check digit on the number.

>>> RECOGNIZER.matches("TR1234567"), RECOGNIZER.matches("TR123456"), RECOGNIZER.matches("T12345678")
(None, False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="passport",
    pattern=re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{7}(?![0-9A-Za-z])"),
    needs_cue=True,
)
