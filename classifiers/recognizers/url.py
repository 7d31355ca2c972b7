"""URL (ウェブの所在): http, https and ftp addresses, and `www.` without a scheme (RFC 3986's ASCII characters).

>>> RECOGNIZER.matches("https://www.example.jp/a?b=1"), RECOGNIZER.matches("www.example.jp")
(None, None)
>>> RECOGNIZER.matches("example"), RECOGNIZER.matches("https://")
(False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="url",
    pattern=re.compile(
        r"(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.)[A-Za-z0-9](?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*[A-Za-z0-9/=_~#-])?"
    ),
    score=0.95,
    sign=re.compile(r"[:w](?:(?<=:)//|ww\.)"),
)
