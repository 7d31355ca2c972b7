"""個人番号（マイナンバー）: twelve digits, issued by municipalities through J-LIS, the last a check digit.

Source: Order of the Ministry of Internal Affairs No. 85 of 2014, art 5. A check digit alone passes one random number
in ten, so in a text it needs a cue word, beside it or in a heading above it.

>>> RECOGNIZER.matches("621498320257"), RECOGNIZER.matches("621498320258"), RECOGNIZER.matches("62149832025")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.jp import in_

from classifiers.listed import headed
from classifiers.recognizers import FIRST_DIGIT, LONG_NUMBER, NUMBER_ENDS, Recognizer

_HEADING = re.compile("マイナンバー|個人番号|特定個人情報|扶養控除等|源泉徴収票|支払調書|被扶養者異動")


def _valid(text: str) -> bool:
    digits = re.sub("[- ]", "", text)
    return len(set(digits)) > 1 and bool(in_.is_valid(digits))


class _MyNumber(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        """Proven where the check digit holds and a heading says so too; without one, the form says nothing."""
        for start, end, _ in super().spans(text):
            yield start, end, True if headed(text, start, _HEADING) else None


RECOGNIZER = _MyNumber(
    category="my_number",
    pattern=re.compile(rf"{FIRST_DIGIT}[0-9]{{3}}([- ]?)[0-9]{{4}}\1[0-9]{{4}}{NUMBER_ENDS}"),
    validate=_valid,
    chance=0.0996,
    score=0.49,
    sign=LONG_NUMBER,
)
