"""雇用保険被保険者番号: four, six and one digits, issued by Hello Work. The last is a check by an unpublished rule.

>>> RECOGNIZER.matches("1234-567890-1"), RECOGNIZER.matches("12345678901"), RECOGNIZER.matches("1234-567890")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="employment_insurance_number",
    pattern=re.compile(r"(?<![0-9A-Za-z])(?<![0-9][-.])[0-9]{4}([- ]?)[0-9]{6}\1[0-9](?![0-9A-Za-z])(?![-.][0-9])"),
    needs_cue=True,
)
