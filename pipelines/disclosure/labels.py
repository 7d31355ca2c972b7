"""How a look-up's result is worded, Japanese first."""

from __future__ import annotations

from collections.abc import Mapping

from classifiers.people.names import Level
from pipelines.disclosure.links import Origin
from pipelines.disclosure.matching import Key, Where
from pipelines.disclosure.weighing import Disposition
from pipelines.disclosure.where import WhyNot

DISPOSITIONS: Mapping[Disposition, str] = {
    "candidate": "候補 candidate",
    "weak": "弱い候補 weak",
    "excluded": "除外（別人の可能性） excluded",
}
KEYS: Mapping[Key, tuple[str, str]] = {
    "name": ("氏名", "name"),
    "kana": ("カナ", "kana"),
    "romaji": ("ローマ字", "romaji"),
    "former_name": ("旧氏名", "former name"),
    "email": ("メール", "mail"),
    "phone": ("電話", "phone"),
    "member_id": ("番号", "number"),
    "birth_date": ("生年月日", "birth date"),
    "address": ("住所", "address"),
}
LEVELS: Mapping[Level, str] = {
    "exact": "",
    "variant": "異体字・表記ゆれ variant",
    "kana": "カナ一致 same kana",
    "reading": "読み・類似 reading",
    "romaji": "ローマ字一致 same romaji",
    "none": "",
}
WHERE: Mapping[Where, str] = {"whole": "", "inside": "文中 in text", "run_on": "語の一部か part of a word?"}
REASONS: Mapping[WhyNot, str] = {
    "missing": "見つからない missing",
    "denied": "権限がない denied",
    "locked": "ロック中 locked",
    "broken": "壊れている broken",
    "encoding": "文字コード不明 encoding",
    "unsupported": "未対応の形式 unsupported",
    "unreachable": "つながらない unreachable",
    "out_of_reach": "走査できない保管場所 out of reach: ask its owner",
    "empty": "空 empty",
    "excluded": "対象外の宣言 excluded",
    "not_allowed": "読み取り不可の宣言 not allowed to be read",
    "undeclared": "未申告 undeclared",
    "too_large": "大きすぎる too large",
    "timed_out": "時間切れ timed out",
    "outside_window": "走査の時間帯の外 outside its window",
    "failed": "プログラムの不具合 internal error",
    "not_personal": "個人情報ではない not personal",
    "pseudonymised": "仮名加工情報（照合禁止） pseudonymised: must not be searched",
    "anonymous": "匿名・統計（個人を識別しない） anonymous or statistical: identifies nobody",
    "unclear_link": "番号が誰のものか決められない行がある some rows' number may be another person's",
}
LINKED: Mapping[Origin, str] = {
    "foreign_key": "つながり（{column} → {by}） linked",
    "declared": "宣言したつながり（{column} → {by}） by a declared link",
    "inferred": "推定したつながり（{column} → {by}）要確認 by an inferred link: to be checked",
}
"""What a row says that hangs on another one, by who says that it does."""
