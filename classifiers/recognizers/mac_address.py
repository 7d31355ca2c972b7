"""MACアドレス: forty-eight bits (IEEE 802), six pairs of hexadecimal digits or three groups of four.

>>> RECOGNIZER.matches("00:00:5e:00:53:01"), RECOGNIZER.matches("0000.5e00.5301"), RECOGNIZER.matches("00:00:5e")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="mac_address",
    pattern=re.compile(
        r"(?<![0-9A-Za-z.-])(?<![^A-Za-z][0-9A-Fa-f]{2}:)(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"
        r"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![0-9A-Za-z:.-])"
    ),
    score=0.85,
    sign=re.compile(r"[:.-][0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}[:-]|[0-9A-Fa-f]{2}\.)"),
)
