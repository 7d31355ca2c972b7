"""電話番号: the Japanese numbering plan, and other countries' numbers written with a plus sign.

Mobile 060/070/080/090, IP 050, fixed lines by area, 0120, 0800, 0570; `03-…`, `(03)…`, `+81(03)…`, bare digits.
Source: 総務省 電気通信番号計画, as Google's libphonenumber has it, or grouped the way the plan groups. Bare digits that
start with 0 are also codes and slip numbers: unless they are a mobile's, they only have the form.

>>> RECOGNIZER.matches("(03)5253-5111"), RECOGNIZER.matches("+81-90-1234-5678"), RECOGNIZER.matches("0352535111")
(True, True, None)
>>> RECOGNIZER.matches("03-0000-0000"), RECOGNIZER.matches("00-1234-5678"), RECOGNIZER.matches("12-34-56")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from classifiers.recognizers import Recognizer

_MOBILE = re.compile(r"0[5-9]0[0-9]{8}")
_PLAN = re.compile(r"(?:0[1-9][0-9]{8}|0[5-9]0[0-9]{8}|0800[0-9]{7})")
_NO_DIGIT = re.compile("[^0-9]")
_ABROAD = "010"
"""What is dialled before another country's number: of the plan's numbers, libphonenumber refuses only some of these."""
_GROUPED = re.compile(
    r"0[1-9][-.( ・]{1,2}[0-9]{4}[-.) ・]{1,2}[0-9]{4}|0[0-9]{2}[-.( ・]{1,2}[0-9]{3,4}[-.) ・]{1,2}[0-9]{4}"
    r"|0[0-9]{3}[-.( ・]{1,2}[0-9]{2,3}[-.) ・]{1,2}[0-9]{3,4}|0[0-9]{4}[-.( ・]{1,2}[0-9][-.) ・]{1,2}[0-9]{4}"
    r"|\(0[0-9]{1,4}\) ?[0-9]{1,4}-[0-9]{4}"
)


def _known(text: str) -> bool | None:
    """Whether libphonenumber knows such a number, None where it cannot read it. Slow: asked only in doubt."""
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(text, "JP")))
    except phonenumbers.NumberParseException:
        return None


def _valid(text: str) -> bool | None:
    digits = _NO_DIGIT.sub("", text)
    if text.startswith("+"):
        if (known := _known(text)) is None:
            return False
        return known or (None if text.startswith("+81") and len(digits) in (11, 12, 13) else False)
    if not _PLAN.fullmatch(digits) or (digits.startswith(_ABROAD) and _known(text) is None):
        return False
    if _GROUPED.fullmatch(text):
        return True
    if text.isdigit() and not _MOBILE.fullmatch(digits):
        return None
    return True if _known(text) else None


_SAID = r"、?の、?(?:え[ーえっ]?と?ー?、|あの[ーう]?、)?"
_SPOKEN = re.compile(rf"0(?<![0-9A-Za-z].)([0-9]{{1,4}}){_SAID}([0-9]{{1,4}}){_SAID}([0-9]{{3,4}})(?![0-9])")
"""A number that was told and written down: 090の1234の、えー、5678."""
_GROUP_TOLD = re.compile("の(?<=[0-9、]の)、?[えあ0-9]")


class _Phone(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        yield from super().spans(text)
        for match in _SPOKEN.finditer(text) if _GROUP_TOLD.search(text) else ():
            if (proof := _valid("-".join(("0" + match[1], match[2], match[3])))) is not False:
                yield *match.span(), proof


RECOGNIZER = _Phone(
    category="phone",
    pattern=re.compile(
        # What any of them begins with stands first, so that `re` looks for it alone.
        r"[+(0](?<![0-9].)(?<![0-9][-.].)(?<![0-9A-Za-z]-.)(?:"
        r"(?<=\+)(?:81[-. ]?\(?0?\)?[-. ]?[1-9][0-9]{0,3}|[1-9][0-9]{0,2}[-. ]?\(?[0-9]{1,4})"
        r"|(?<=\()0[0-9]{1,4}\)|(?<=0)[0-9]{1,4})"
        r"[-. )(・]{0,2}[0-9]{1,4}[-. )・]{0,2}[0-9]{3,4}(?![0-9])(?![-.][0-9])"
    ),
    validate=_valid,
    chance=0.05,
    score=0.4,
    sign=re.compile("[+0](?:[0-9() .-]{5}|[0-9]{1,4}\n[0-9]{1,4}\n[0-9]{3})"),
)
