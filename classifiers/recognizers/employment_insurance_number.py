"""雇用保険被保険者番号: four, six and one digits, issued by Hello Work. The last is a check by an unpublished rule.

>>> RECOGNIZER.matches("1234-567890-1"), RECOGNIZER.matches("12345678901"), RECOGNIZER.matches("1234-567890")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer

RECOGNIZER = Recognizer(
    category="employment_insurance_number",
    pattern=re.compile(rf"{FIRST_DIGIT}[0-9]{{3}}([- ]?)[0-9]{{6}}\1[0-9]{NUMBER_ENDS}"),
    needs_cue=True,
)
