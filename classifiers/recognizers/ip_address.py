"""IPアドレス: version 4 (RFC 791) and version 6 (RFC 4291). Personal-related information unless linked to a person.

>>> RECOGNIZER.matches("192.0.2.10"), RECOGNIZER.matches("2001:db8::1")
(True, True)
>>> RECOGNIZER.matches("192.0.2.256"), RECOGNIZER.matches("12:30:45")
(False, False)
"""

from __future__ import annotations

import ipaddress
import re

from classifiers.recognizers import Recognizer


def _valid(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


RECOGNIZER = Recognizer(
    category="ip_address",
    pattern=re.compile(
        r"(?=[0-9A-Fa-f:])(?<![0-9A-Za-z.-])(?<![0-9]:)(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9A-Za-z])(?!\.[0-9])"
        r"|(?<![:])(?=[0-9A-Fa-f:]*[0-9A-Fa-f])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:]))"
    ),
    validate=_valid,
    chance=0.1,
    sign=re.compile("[.:][0-9A-Fa-f]{0,4}[.:]"),
)
