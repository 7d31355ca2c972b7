"""運転免許証番号: twelve digits, issued by a prefecture's public safety commission.

Two digits of the commission, two of the year, six of a serial, a check digit, a count of reissues. The check is known
from practice (weights 5 4 3 2 7 6 5 4 3 2, modulus 11), not officially published. As many digits as a My Number.

>>> RECOGNIZER.matches("第309012345620号"), RECOGNIZER.matches("30-90-123456-20")
(True, True)
>>> RECOGNIZER.matches("309012345620"), RECOGNIZER.matches("309212345610"), RECOGNIZER.matches("30901234562")
(True, False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer

_COMMISSIONS = frozenset(
    str(code)
    for codes in ((10, 15), (20, 26), (30, 31), (40, 56), (60, 66), (70, 75), (80, 84), (90, 98))
    for code in range(*codes)
)
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _valid(text: str) -> bool:
    digits = re.sub("[^0-9]", "", text)
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return digits[:2] in _COMMISSIONS and (11 - total % 11) % 10 == int(digits[10])


RECOGNIZER = Recognizer(
    category="drivers_licence",
    pattern=re.compile(
        rf"第 ?[0-9]{{12}} ?号|{FIRST_DIGIT}"
        rf"(?:[0-9]{{3}}([- ]?)[0-9]{{4}}\1[0-9]{{4}}|[0-9]-[0-9]{{2}}-[0-9]{{6}}-[0-9]{{2}}){NUMBER_ENDS}"
    ),
    validate=_valid,
    chance=0.0506,
    needs_cue=True,
)
