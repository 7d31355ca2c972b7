"""パスワード・認証情報: what follows the word for one; no form of its own.

>>> [RECOGNIZER.pattern.search(text)["value"] for text in ("パスワード: hunter2!", "初期PWはabc-123 です")]
['hunter2!', 'abc-123']
>>> RECOGNIZER.matches("hunter2!")
False
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="password",
    pattern=re.compile(
        r"(?:パスワード|パスフレーズ|暗証番号|(?<![A-Za-z])(?:[Pp]assword|PASSWORD|[Pp]asswd|[Pp]asscode|PW|PIN))"
        r"[\"'」)]? ?[:=は→] ?[\"'「]?(?P<value>[!#-&(-~]{4,40})"
    ),
    score=0.85,
    words=("パスワード", "パスフレーズ", "暗証番号", "pass", "pw", "pin"),
)
