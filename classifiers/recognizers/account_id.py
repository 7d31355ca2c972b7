"""会員番号・ログインID: a number or code a company gives its customers, members or staff, after the word for one.

Handles after `@`, users in log lines, and the codes of a table or a list under a word for one count too.

>>> def read(text): return [text[start:end] for start, end, _ in RECOGNIZER.spans(text)]
>>> [read(text) for text in ("会員番号A-10293", "顧客ID: 004512", "login_id=yamada01", "診察券番号:1204 5518 で")]
[['A-10293'], ['004512'], ['yamada01'], ['1204 5518']]
>>> [read(text) for text in ("ログインID: t.suzuki です", "会員0012345(退会)", "user=yamada.t ip=", "会員番号は後日")]
[['t.suzuki'], ['0012345'], ['yamada.t'], []]
>>> RECOGNIZER.matches("A-10293")
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.listed import cells, entries
from classifiers.recognizers import Recognizer

_NUMBER = r"(?:の?(?:識別|登録|管理|整理|確認)?(?:番号|[Ii][Dd])|[Nn][Oo]\.?|コード|№)"
_WHO = (
    "会員証?|顧客|お客様|お客さま|利用者|患者|学籍|学生証?|生徒|受験|受講者?|加入者|契約者?|申込者|登録者|使用者|診察券|カルテ|当院|組合員|株主|寄付者|"
    "入居者|教職員|乗務員|隊員|部員|オペレーター?|図書館?(?:利用)?(?:カード|券)|利用カード|貸出カード|ポイントカード|メンバーズ?(?:カード)?|"
    "マイレージ|証券|供給地点特定|職員証|社員証|入館証|担当者|応募者?|支援者|里親|飼い主|飼主|"
    "取引先|得意先|加盟店|予約者|来館者|来場者|入場者|購読者|購入者|注文者|出品者|出展者|落札者|寄[付附]者|奨学生|研修生|実習生|塾生|園児|児童|"
    "保護者|教員|講師|受検者|受診者|検診|健診|診察(?:カード)?|被験者|対象者|回答者|納税者|納税義務者|住民|宛名|世帯|滞納者|選手|団員|"
    "乗客|搭乗者|ドライバー|配達員|キャスト|クルー|作業[員者]|技術者|相談者|債務者|借受者|入所者|通所者|世帯主|マイページ|サポーター|ファンクラブ"
)
_ENGLISH = (
    "member(?:ship)?|customer|user|login|account|patient|student|client|subscriber|policy|contract|cardholder|operator|"
    "employee|staff|library[ _]card"
)
# The accounts of systems, which are nobody's.
_SYSTEM = (
    "root|admin|administrator|nobody|www-data|daemon|system|postgres|mysql|nginx|apache|git|ubuntu|ec2-user|guest|"
    "anonymous|null|none|undefined|true|false|user|test|invalid|illegal|unknown"
)
_HANDLE = r"[a-z][a-z0-9]*[._-][a-z0-9._-]*[a-z0-9](?![A-Za-z0-9@/(])"
_NO_HANDLE = r"(?![a-z0-9.-]+\.(?:com|jp|net|org|example|py|js|md|txt))"
_GAP = r"[\"'」)】\]]{0,2} {0,2}[:=は#|]? {0,2}[\"'「(]?"
_VALUE = (
    rf"{_GAP}(?P<value>(?!(?:{_SYSTEM})(?![A-Za-z0-9_.-]))"
    r"(?:[0-9]{3,5}(?: [0-9]{3,5}){1,3}(?![0-9円年月日,./-])"
    r"|(?=[A-Za-z_.-]{0,16}[0-9]|[A-Za-z])(?=[A-Za-z0-9_.-]{3})"
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,23}(?:\.[A-Za-z0-9_-]{1,23})*))"
)
# Every expression begins with a letter or a set of letters: the engine then skips over everything else.
_LABELLED = re.compile(rf"(?:{_WHO}) ?{_NUMBER}(?={_GAP}[A-Za-z_.-]{{0,8}}[0-9]){_VALUE}")
_LOGIN = re.compile(
    r"(?:会員|顧客|お客様|利用者|患者|学籍|ユーザ|ログイン|アカウント|メンバー)"
    rf"(?:ー? ?{_NUMBER}|(?<=[ザント])ー?名|(?=[A-Z]{{0,2}}-?[0-9]{{4}})"
    rf"|(?<=[ザント])ー?(?=[は:] ?{_NO_HANDLE}[a-z][a-z0-9]*[0-9._-])){_VALUE}"
)
_DOERS = (
    "実行者|更新者|登録者|操作者|入力者|処理者|承認者|作成者|申請者|利用者|依頼者|起票者|担当者|変更者|削除者|閲覧者|検索者|出力者|印刷者|"
    "持出者|返却者|貸出者|受付者|記録者|記入者|報告者|確認者|点検者|検査者|作業者|決裁者|起案者|提出者|評価者|対象者|受講者|受験者|退職者|異動者"
)
_PERSON = re.compile(
    rf"[者当](?:(?<={_DOERS})(?:ID|コード|番号)?(?= ?[:=] ?[A-Z]?-?[0-9])"
    r"|(?= ?[:=] ?[A-Z]{1,3}-?[0-9]{3,8}(?![0-9A-Za-z-]))"
    r"| ?: ?[一-龥ァ-ヶーぁ-ん ]{2,12} ?\((?=[A-Z]{1,3}-?[0-9]{3,8}[ /、,)])"
    rf"| ?[:=] ?(?:[一-龥ァ-ヶーぁ-ん・ ]{{2,16}}\()?{_NO_HANDLE}(?={_HANDLE})){_VALUE}"
)
_NETWORKS = "|".join(
    rf"(?<={name}[ _の]id)"
    for name in (
        *("line", "x", "twitter", "instagram", "facebook", "tiktok", "discord", "skype", "slack", "chatwork", "github"),
        *("wechat", "kakaotalk", "telegram", "ライン", "インスタ", "ツイッター"),
    )
)
_INITIAL = re.compile("[abceilmoprsuABCEILMOPRSU](?<![A-Za-z].)")
"""What a Latin word begins with that may be one of those below."""
_LATIN = re.compile(
    r"(?:(?:member|customer|user|login|account|patient)(?=[\"']? ?[:=])(?-i:(?!.{1,4}[A-Z][a-z]+ [A-Z]))"
    rf"|(?:{_ENGLISH})[_ -]?(?:id|no\.?|number|code|cd)(?: is(?= [A-Z]{{0,4}}-?[0-9]))?"
    r"|(?<![0-9_ァ-ヶー一-龥])(?:uid|userid|id)(?=[\"']? ?[:=] ?[\"']?[A-Za-z])"
    r"|(?<![0-9_一-龥ァ-ヶー/-])(?<![A-Za-z一-龥ァ-ヶー] )(?-i:ID)"
    r"(?= ?[:=]? ?[A-Za-z_]{0,20}-?[0-9]{2,}[0-9-]*(?![0-9 ]*[A-Za-z]))"
    r"|(?-i:OP)(?= ?:? ?[0-9]{3,6}[一-龥ァ-ヶ ])"
    # view,cust/100482
    r"|(?<!/)(?:cust|customer|user|member|patient|client)s?/(?=[0-9]{3,}(?![0-9A-Za-z./-]))"
    # LINE ID: kuma_no_te
    rf"|id(?:{_NETWORKS})"
    r"(?= ?(?:[:=は] ?@?[a-z]|[a-z][a-z.-]*[0-9_]))(?:[:=は ]{0,2}@)?"
    # uid=1002(ymorita), User 'n.sakaguchi' logged in, user_name=ksakai
    r"|uid=[0-9]+(?=\([a-z])|user (?=['\"][a-z])"
    r"|(?:user|login|account|screen)[_ ]?name"
    r"(?=[\"']? ?[:=] ?[\"']?[a-z][a-z0-9._-]*(?![a-z0-9._-]| [A-Za-z]+(?![A-Za-z=:])))"
    # "customer":{"id":204817
    r"|(?:customer|user|member|patient|employee|owner)\": ?\{ ?\"id(?=\": ?\"?[0-9A-Z])"
    # sshd and sudo
    r"|(?:publickey|password|opened|closed) for (?:(?:invalid |illegal )?user )?(?=[a-z])"
    r"|sudo(?:\[[0-9]+\])?: {1,3}(?=[a-z0-9_.-]+ : )"
    # Reviewed-by: t.yamada, reporter=山田 (t-yamada), "operator":"op_nagai"
    r"|(?:assignee|assigned(?: to)?|reporter|author|owner|operator|actor|agent|editor|creator|requeste[ro]r?|approver|"
    r"reviewer|submitter|initiator|updater|by)[\"']? ?[:=] ?[\"']?"
    rf"(?:[一-龥ァ-ヶーぁ-ん・ ]{{2,16}}\()?{_NO_HANDLE}(?={_HANDLE})){_VALUE}",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"(?:{_WHO}|お客さ?ま|ご契約)の?(?:番号|ID)(?:(?!電話|携帯|生年|住所|連絡|TEL|番号)[^0-9\n]){{1,24}}"
    r"(?:\n[^\n0-9:]{1,12}: ?[^0-9\n]{0,10})?"
    r"(?P<value>[0-9](?:、[0-9]){3,}|(?!0[0-9]{1,4}-)[0-9]{3,}(?:-[0-9]+)+)(?![0-9年月日円])"
)
"""A number that is asked for and told: 番号はお分かりですか。 客: ええと、5502-7719-03です."""
_SPEAKER = re.compile(
    r"(?P<value>[A-Za-z](?<![^\n].)(?:[A-Za-z]{0,16}_)?[A-Za-z]{1,16}[0-9]{2,4})(?=: ?[ぁ-んァ-ヶ一-龥])"
)
"""Who speaks in a chat: sato_k21: 了解"""
_SPOKEN = re.compile(":(?<=[0-9]:) ?[ぁ-んァ-ヶ一-龥]")
_DOMAIN = re.compile(r"\\(?<=[A-Z]\\)(?P<value>[a-z][a-z0-9._-]{2,20})(?![\\a-z0-9.])")
"""A user of a Windows domain: CORP\\t-ogawa."""
_ACCESS_LOG = re.compile(r" - (?P<value>[a-z][a-z0-9_.@-]*)(?= \[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4})")
# A handle that a sentence goes on behind, or that no word could be: @Override on its own is code.
_AT = re.compile(
    r"@(?<![A-Za-z0-9._@/]@)(?P<value>[A-Za-z][A-Za-z0-9_.]{2,22}[A-Za-z0-9_](?= ?(?:さん|氏|様|[ぁ-ん、。]))"
    r"|(?<=[^\n]@)(?=[A-Za-z]+[0-9_])[A-Za-z0-9_]{4,24}(?![A-Za-z0-9_(/@-]|\.[A-Za-z]))"
)
_HEADER = re.compile(
    r"(?:会員|社員|職員|従業員|スタッフ|学籍|学生|顧客|お客様|患者|利用者|ユーザー?|ログイン|診察券|契約者?|証券|組合員)"
    r" ?(?:番号|ID|No\.?|コード|CD)"
    r"|(?<![A-Za-z_])(?:staff|employee|emp|member|customer|cust|user|login|student|patient|shain|kaiin|kokyaku)"
    r"[_ ]?(?:id|no|cd|code|number|bango)(?![A-Za-z])"
    r"|user(?:name)?|login|account|operator|actor|(?:操作|実行|更新|登録|入力|処理|閲覧|変更)者",
    re.IGNORECASE,
)
_CELL = re.compile(r"[A-Za-z]{0,4}[-_.]?[0-9]{3,}(?:-[0-9]+)*|[a-z][a-z0-9._-]{2,20}")
_ROSTER = re.compile(
    r"(?:\A|(?<=\n))[^\n。:0-9]{0,8}(?:会員|社員|職員|学生|生徒|受講|入館|入室|利用者|患者|ゼミ|部員|打刻)[^\n。:]{0,12}(?=\n)"
)
_ENTRY = re.compile(
    r"(?:[0-9][0-9:/ -]{4,18} )?(?P<value>[A-Z]{1,3}[0-9]{1,6}(?:-[0-9]{2,6})?)(?<=[0-9]{3}) "
    r"(?=[一-龥々ァ-ヶーぁ-ん]{1,4} ?[一-龥々ァ-ヶーぁ-ん]{1,4}(?![0-9ァ-ヶー])|[A-Z][A-Za-z]+ [A-Z])"
)

_CODE = re.compile("[A-Z][0-9]")
"""What every entry holds."""


class _Accounts(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        for start, end in dict.fromkeys(_values(text)):
            yield start, end, None


def _is_numbered(text: str) -> bool:
    """Whether a word for a number stands in the text: most have none, and need not be read for whose it is."""
    if "番号" in text or "コード" in text or "ID" in text or "No" in text or "№" in text:
        return True
    return "id" in text or "Id" in text or "NO" in text or "no" in text


def _values(text: str) -> list[tuple[int, int]]:
    found = [match for pattern in (_LOGIN, _PERSON) for match in pattern.finditer(text)]
    found += _LABELLED.finditer(text) if _is_numbered(text) else ()
    found += [match for word in _INITIAL.finditer(text) if (match := _LATIN.match(text, word.start()))]
    found += _ASKED.finditer(text) if "ーと" in text or "えと" in text or "えっと" in text else ()
    found += _SPEAKER.finditer(text) if _SPOKEN.search(text) else ()
    found += _AT.finditer(text) if "@" in text else ()
    found += _DOMAIN.finditer(text) if "\\" in text else ()
    found += _ACCESS_LOG.finditer(text) if " - " in text else ()
    found += entries(text, _ROSTER, _ENTRY) if "\n" in text and _CODE.search(text) else ()
    return [*cells(text, _HEADER, _CELL), *(match.span("value") for match in found)]


RECOGNIZER = _Accounts(category="account_id", pattern=_LABELLED, score=0.8)
