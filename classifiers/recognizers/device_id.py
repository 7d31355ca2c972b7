"""端末・広告・クッキー識別子: Google Analytics' `_ga`, LINE's user id, a UUID (IDFA, GAID), an IMEI (3GPP TS 23.003).

The first two have a form nothing else has. Many things are UUIDs, and one fifteen-digit number in ten passes an
IMEI's Luhn digit: these have the form and need a word beside them.

>>> RECOGNIZER.matches("GA1.2.1234567890.1600000000"), RECOGNIZER.matches("U" + "0123456789abcdef" * 2)
(True, True)
>>> RECOGNIZER.matches("490154203237518"), RECOGNIZER.matches("490154203237519"), RECOGNIZER.matches("1234")
(None, False, False)
"""

from __future__ import annotations

import re

from stdnum import luhn

from classifiers.recognizers import Recognizer


def _known(text: str) -> bool | None:
    if text.startswith(("GA", "U")) and "-" not in text:
        return True
    return None if not text.isdigit() or luhn.is_valid(text) else False


RECOGNIZER = Recognizer(
    category="device_id",
    pattern=re.compile(
        r"(?<![0-9A-Za-z-])(?:GA1\.[0-9]\.[0-9]{6,10}\.[0-9]{10}|U[0-9a-f]{32}|[0-9]{15}"
        r"|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[1-8][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12})(?![0-9A-Za-z-])"
    ),
    validate=_known,
    chance=0.001,
    score=0.4,
    sign=re.compile(r"[GU0-9-](?:(?<=G)A1\.|(?<=U)[0-9a-f]{32}|[0-9]{14}|(?<=-)[1-8][0-9A-Fa-f]{3}-)"),
)
