"""後期高齢者医療・介護保険の被保険者番号: eight digits (medical care for the elderly), ten (long-term care).

Issued by the regional associations (広域連合) and by municipalities. The eight-digit one carries the insurers' check
digit, by practice: a pass confirms, a failure refutes nothing. The ten-digit one has none that is published.

>>> RECOGNIZER.matches("39131156"), RECOGNIZER.matches("0000123456"), RECOGNIZER.matches("391311")
(True, None, False)
"""

from __future__ import annotations

import re

from stdnum import luhn

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer


def _checked(text: str) -> bool | None:
    return True if len(text) == 8 and luhn.is_valid(text) else None


RECOGNIZER = Recognizer(
    category="elderly_care_number",
    pattern=re.compile(rf"{FIRST_DIGIT}(?:[0-9]{{7}}|[0-9]{{9}}){NUMBER_ENDS}"),
    validate=_checked,
    chance=0.1,
    needs_cue=True,
)
