"""クレジットカード番号: 13 to 19 digits (ISO/IEC 7812), a brand's prefix, the last a Luhn digit.

>>> RECOGNIZER.matches("4111111111111111"), RECOGNIZER.matches("3782-822463-10005")
(True, True)
>>> RECOGNIZER.matches("4111111111111112"), RECOGNIZER.matches("411111111111")
(False, False)
"""

from __future__ import annotations

import re

from stdnum import luhn

from classifiers.recognizers import FIRST_DIGIT, LONG_NUMBER, NUMBER_ENDS, Recognizer

_VISA, _MASTERCARD, _JCB = r"4[0-9]{15}|4[0-9]{12}|4[0-9]{18}", r"(?:5[1-5]|2[2-7])[0-9]{14}", r"35[2-8][0-9]{13}"
_AMEX, _DINERS, _UNIONPAY = r"3[47][0-9]{13}", r"(?:30[0-59]|36[0-9]|3[89][0-9])[0-9]{11,13}", r"62[0-9]{14,17}"
_BRAND = re.compile("|".join((_VISA, _MASTERCARD, _JCB, _AMEX, _DINERS, _UNIONPAY)))


def _valid(text: str) -> bool:
    digits = re.sub("[- ]", "", text)
    return bool(_BRAND.fullmatch(digits)) and bool(luhn.is_valid(digits))


RECOGNIZER = Recognizer(
    category="credit_card",
    pattern=re.compile(
        rf"{FIRST_DIGIT}(?:(?<=[2-6])[0-9]{{3}}([- ]?)[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{1,4}}(?:\1[0-9]{{1,3}})?"
        rf"|(?<=3)[0-9]{{3}}([- ]?)[0-9]{{6}}\2[0-9]{{4,5}}){NUMBER_ENDS}"
    ),
    validate=_valid,
    chance=0.04,
    sign=LONG_NUMBER,
)
