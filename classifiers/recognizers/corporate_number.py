"""法人番号: thirteen digits, issued by the National Tax Agency, the first a check digit, 1 to 9.

Source: Ordinance of the Ministry of Finance No. 70 of 2014, art 2. It names a corporation and is public; JAN codes
have as many digits, so in a text it needs a cue word, in a heading too, or a firm on its line.

>>> RECOGNIZER.matches("7000012050002"), RECOGNIZER.matches("1234567890123"), RECOGNIZER.matches("700001205000")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.jp import cn

from classifiers.listed import headed
from classifiers.recognizers import FIRST_DIGIT, LONG_NUMBER, NUMBER_ENDS, Recognizer

_HEADING = re.compile("法人番号|法人№|法人No")
_FIRM = re.compile(
    r"(?:(?:株式|有限|合同|合資|合名)会社|法人|組合|財団|\((?:株|有|同|社|財|医|福)\))[^\n0-9]{0,24}[ ,;|]\Z"
)
_GOODS = re.compile("JAN|EAN|バーコード|商品|品番|型番")


def _valid(text: str) -> bool:
    return bool(cn.is_valid(text.replace("-", "")))


class _CorporateNumber(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        """Proven where the check digit holds and a heading or a firm right before says so too."""
        for start, end, _ in super().spans(text):
            cued = headed(text, start, _HEADING) or _FIRM.search(text[max(0, start - 40) : start])
            yield start, end, True if cued and not headed(text, start, _GOODS) else None


RECOGNIZER = _CorporateNumber(
    category="corporate_number",
    pattern=re.compile(rf"{FIRST_DIGIT}(?<!0)(-?)[0-9]{{4}}\1[0-9]{{4}}\1[0-9]{{4}}{NUMBER_ENDS}"),
    validate=_valid,
    chance=0.0995,
    score=0.49,
    sign=LONG_NUMBER,
)
