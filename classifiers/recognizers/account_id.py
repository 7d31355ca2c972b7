"""会員番号・ログインID: a number or code a company gives its customers or users, after the word for one.

>>> [RECOGNIZER.pattern.search(text)["value"] for text in ("会員番号A-10293", "顧客ID: 004512", "login_id=yamada01")]
['A-10293', '004512', 'yamada01']
>>> texts = ("ログインID: t.suzuki です", "会員0012345(退会)", "user=yamada.t ip=")
>>> [RECOGNIZER.pattern.search(text)["value"] for text in texts]
['t.suzuki', '0012345', 'yamada.t']
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
        r"|(?<![A-Za-z])(?:member|customer|user|login|account|patient)(?=[\"']? ?[:=])(?-i:(?!.{1,4}[A-Z][a-z]+ [A-Z]))"
        r"|(?<![A-Za-z])(?:member|customer|user|login|account|patient)[_ -]?(?:id|no|number|code)"
        r"|(?<![A-Za-z0-9_])(?:uid|userid|id)(?=[\"']? ?[:=] ?[\"']?[A-Za-z])"
        r"|(?:実行|更新|登録|操作|入力|処理|承認|作成|申請|利用|依頼|起票|担当)者(?:ID|コード|番号)?"
        r"(?= ?[:=] ?[A-Z]?-?[0-9])"
        r"|(?:会員|顧客|お客様|利用者|患者|学籍)(?=[A-Z]{0,2}-?[0-9]{4}))"
        r"[\"'」)]{0,2} ?[:=は#]? ?[\"'「]?(?P<value>(?=[A-Za-z_.-]{0,16}[0-9]|[A-Za-z])(?=[A-Za-z0-9_.-]{3})"
        r"[A-Za-z0-9][A-Za-z0-9_-]{0,23}(?:\.[A-Za-z0-9_-]{1,23})*)"
        # A handle that a sentence goes on behind: @Override on its own is code.
        r"|(?<=@)(?<![A-Za-z0-9._@/]@)[A-Za-z][A-Za-z0-9_.]{2,22}[A-Za-z0-9_](?= ?(?:さん|氏|様|[ぁ-ん、。]))",
        re.IGNORECASE,
    ),
    score=0.8,
)
