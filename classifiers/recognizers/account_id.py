"""会員番号・ログインID: a number or code a company gives its customers or users, after the word for one.

>>> [RECOGNIZER.pattern.search(text)["value"] for text in ("会員番号A-10293", "顧客ID: 004512", "login_id=yamada01")]
['A-10293', '004512', 'yamada01']
>>> RECOGNIZER.matches("A-10293")
False
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="account_id",
    pattern=re.compile(
        r"(?:(?:会員|顧客|お客様|お客さま|利用者|ユーザー?|患者|学籍|加入者|契約者|診察券|ログイン|アカウント)"
        r" ?(?:番号|ID|No\.?|コード|№|名)"
        r"|(?<![A-Za-z])(?:member|customer|user|login|account|patient)[_ ]?(?:id|no|number|code))"
        r"[\"'」)]? ?[:=は#]? ?[\"'「]?(?P<value>(?=[A-Za-z_-]{0,16}[0-9]|[A-Za-z])[A-Za-z0-9][A-Za-z0-9_-]{2,23})",
        re.IGNORECASE,
    ),
    score=0.8,
)
