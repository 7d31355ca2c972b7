"""住民票コード: eleven digits, issued by municipalities, the last a check digit by a rule that is not published.

Weights 5 4 3 2 7 6 5 4 3 2 modulus 11 fit the public specimens: a pass confirms, a failure refutes nothing.

>>> RECOGNIZER.matches("24727059608"), RECOGNIZER.matches("24727059609"), RECOGNIZER.matches("2472705960")
(True, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer

_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _checked(text: str) -> bool | None:
    digits = re.sub("[- ]", "", text)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return True if (11 - total % 11) % 10 == int(digits[10]) else None


RECOGNIZER = Recognizer(
    category="resident_code",
    pattern=re.compile(rf"{FIRST_DIGIT}[0-9]{{4}}[- ]?[0-9]{{5}}[- ]?[0-9]{NUMBER_ENDS}"),
    validate=_checked,
    chance=0.1,
    needs_cue=True,
)
