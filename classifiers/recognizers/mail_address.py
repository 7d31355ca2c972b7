"""メールアドレス: RFC 5321's dot-string, and the dots old docomo and au addresses have (`a..b.@docomo.ne.jp`).

ASCII classes only: kana and kanji beside an address are not part of it. No list of domains is asked.

>>> RECOGNIZER.matches("taro..y.@docomo.ne.jp"), RECOGNIZER.matches("taro@localhost"), RECOGNIZER.matches("@a.jp")
(None, False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="email",
    pattern=re.compile(
        r"[A-Za-z0-9_](?<![A-Za-z0-9@].)(?<![A-Za-z0-9][._+-].)[A-Za-z0-9._%+~!$*'^-]*@"
        r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![A-Za-z0-9@])"
    ),
    score=0.98,
    sign=re.compile("@"),
)
