"""Who entrusts a dataset, by what words say together: a note on what becomes of it when the work is done, from whom it
came and to whom it goes, a firm that is addressed, a number that somebody else gave its persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from classifiers.lexicon import alternation
from classifiers.normalize import fold
from classifiers.organisations import is_organisation
from classifiers.people.dictionary import is_surname
from classifiers.subjects.signals import person_lexicon
from classifiers.tags import Column, Evidence
from classifiers.vocabulary import entity_words, word_lists

STRONG, MEDIUM = 2.0, 0.9
"""What a word that tells it alone weighs, and one that does so beside another."""
_ADDRESSED = re.compile(r"(?P<before>[^\s/\\_.,、。#:=()\[\]「」-]{2,}) ?様(?P<after>[^\s]?)")
# ひかり様_支給, ひかり様分: alone it says little, an estimate is addressed, too.
_FOR_THEM = re.compile(r"分|より|から|受領|支給|データ|案件|[\s/\\_.#()\[\]-]|$")
_FOLDER = re.compile(r"[/\\]")
_KEY = r"(?:番号|no\.?|コード|code|ref|id|cd|キー|key|num|number)"


def of_notes(names: Iterable[str], *, of_partners: bool) -> list[Evidence]:
    """What names, notes and paths say; `of_partners`: the dataset is of business partners, whom one addresses anyway.

    >>> [one.words["word"] for one in of_notes(["会期後、主催者へ返却"], of_partners=False)]
    ['会期', '主催者']
    >>> of_notes(["退会後3年で削除", "本人へ返却", "client=ios"], of_partners=False)
    []
    """
    told = [fold(name).lower() for name in names]
    said = {(code, word): weight for text in told for code, word, weight in _told(text)}
    evidence = [Evidence(code, "entrusted", weight, {"word": word}) for (code, word), weight in said.items()]
    vendors = {match["word"] for text in told for match in _vendors().finditer(text)}
    evidence += [Evidence("custody_vendor", "own", STRONG, {"word": word}) for word in sorted(vendors)]
    return [*evidence, *_addressed(told, of_partners=of_partners)]


def of_staff(names: Iterable[str], columns: Iterable[Column]) -> list[Evidence]:
    """What names and columns say of a dataset of staff: those of 顧問先, or kept by 顧問先コード, are no staff of ours.

    >>> [one.words["word"] for one in of_staff(["顧問先 給与データ"], [])], of_staff(["営業部 給与データ"], [])
    (['顧問先'], [])
    >>> [one.words["word"] for one in of_staff([], [Column("KMN_CD", "顧問先コード"), Column("担当関与先")])]
    ['顧問先']
    """
    found = {match["word"] for name in names for match in _staff_of().finditer(fold(name).lower())}
    found |= {match["word"] for name in _called(columns) if (match := _staffs_columns().match(name))}
    return _theirs_by("custody_their_staff", found)


@cache
def _staff_of() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{_any('staff_of')})(?!担当|対応|別|向け|常駐|先|訪問|マスタ|管理)")


@cache
def _staffs_columns() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{_any('staffs_columns')})(?:企業|会社)?の?(?:名|名称)?[ _]?{_KEY}?$")


def of_columns(columns: Iterable[Column]) -> list[Evidence]:
    """The columns of numbers that an entruster gave: 先方顧客番号, 院側患者ID, client_member_no.

    >>> [one.weight for one in of_columns([Column("先方顧客番号"), Column("顧客番号"), Column("先方担当者")])]
    [2.0]
    """
    names = _called(columns)
    found = {match["word"] for name in names for pattern in _theirs() if (match := pattern.search(name))}
    return _theirs_by("custody_their_number", found)


def _called(columns: Iterable[Column]) -> list[str]:
    return [fold(name).lower() for column in columns for name in (column.name, column.label)]


def _theirs_by(code: str, words: Iterable[str]) -> list[Evidence]:
    return [Evidence(code, "entrusted", STRONG, {"word": word}) for word in sorted(words)]


def _told(text: str) -> Iterator[tuple[str, str, float]]:
    """Each thing that a note says: code, the word by which it was told, weight."""
    for code, pattern, weight in _patterns():
        for match in pattern.finditer(text):
            yield code, match["word"] or match["place"], weight


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str], float]]:
    told = (*_of_ends(), *_of_places(), *_of_labels(), *_of_english())
    return [(code, re.compile(pattern), weight) for code, pattern, weight in told]


def _of_ends() -> Iterator[tuple[str, str, float]]:
    """納品後30日で消去, 会期後 主催者へ返却, purge after delivery."""
    after = r"(?:完了|終了|満了)?(?:の?後|次第|時|翌日|翌月|から)[^。;/]{0,16}?"
    gone, back = _any("erased"), _any("handed_back")
    yield "custody_work_done", rf"(?P<word>{_any('done_for_others')}){after}(?:{gone}|{back})", STRONG
    yield "custody_work_done", rf"(?P<word>{_any('done')}){after}(?:{gone}|{back})", MEDIUM
    yield "custody_work_done", rf"(?P<word>{_any('ended')}){after}(?:{back})", MEDIUM
    # 箱単位で返却, 原本は返送: what data stands on goes back
    yield "custody_handed_back", rf"(?P<word>{_any('carriers')})[^。、;/へに]{{0,6}}(?:{back})", MEDIUM
    when = rf"\b(?:{_any('destroyed')})\b[^.;]{{0,30}}\b(?:after|on|at|upon|when|once)\b[^.;]{{0,20}}\b"
    yield "custody_work_done", rf"{when}(?P<word>{_any('ends_of_work')})", STRONG
    yield "custody_work_done", rf"{when}(?P<word>{_any('ends_of_any_work')})", MEDIUM


def _of_places() -> Iterator[tuple[str, str, float]]:
    """主催者へ返却, 学校より支給, supplied by the client."""
    to, of = r"(?:へ|に|宛てに|宛に|宛|あてに|あて)[^。、;/]{0,10}?", r"(?:から|より)(?:の)?[^。、;/]{0,10}?"
    firm = rf"(?P<word>{_any('entrusters')})(?:[^。、;/へにかよ]{{0,12}})"
    # 湊市へ, 学校より, 町から: no 都市, and no 中村, 大町, who are persons.
    kind = rf"(?:(?<![都支本])(?P<word>{_any('entrusting_kinds')})|(?<![一-龥々])(?P<place>町|村))様?"
    back, by, received = _any("handed_back"), _any("entrusted_by"), _any("received")
    yield "custody_handed_back", rf"{firm}{to}(?:{back})", STRONG
    # of one's own staff much is sent to customers
    yield "custody_handed_back", rf"(?!先方|客先|発注者|荷主|依頼主){firm}{to}(?:{_any('handed_on')})", STRONG
    yield "custody_handed_back", rf"{kind}{to}(?:{back})", STRONG
    yield "custody_came_from", rf"{firm}{of}(?:{by}|{received})", STRONG
    yield "custody_came_from", rf"{kind}{of}(?:{by})", STRONG
    yield "custody_came_from", rf"{kind}{of}(?:{received})", MEDIUM
    # 管理組合より受任, 同窓会より制作受注: nobody takes on what is his own
    yield "custody_came_from", rf"(?:より|から)(?:の)?[^。、;/]{{0,4}}(?P<word>{_any('taken_on')})", STRONG
    client = _latin("clients_latin")
    yield "custody_handed_back", rf"\b(?:{_any('given_back')}) (?:back )?(?:over )?to {client}", STRONG
    yield "custody_came_from", rf"\b(?:{_any('given')}) by {client}", STRONG


def _of_labels() -> Iterator[tuple[str, str, float]]:
    """クライアント：…, 契約団体の従業員, 37社分, 学校支給, 当社：入力・集計."""
    nobody = rf"(?!(?:{_any('no_label')})(?![a-z]))"
    yield "custody_label", rf"(?<![a-z])(?P<word>{_any('labels')}) ?[:=] ?{nobody}\w", STRONG
    yield "custody_label", rf"(?P<word>{_any('weak_labels')}) ?[:=] ?{nobody}\w", MEDIUM
    # 発注者 湊病院機構: a name after a space
    yield "custody_label", rf"(?P<word>発注者|発注元|委託者|委託元|支給元) {nobody}[一-龥ァ-ヶ]{{2}}", STRONG
    body = rf"(?P<word>(?:{_any('contracted')})(?:{_any('bodies')})|{_any('users_of_ours')})様?"
    yield "custody_label", rf"{body}(?:ごと|毎|別|単位|の(?:{_any('of_theirs')}))", STRONG
    each = rf"(?:の(?:{_any('of_theirs')})|(?:コード|番号)(?:ごと|毎|別|単位))"
    yield "custody_label", rf"(?P<word>{_any('entrusters')}){each}", STRONG
    yield "custody_of_several", rf"各(?P<word>{_any('several')})(?:の|から|より|へ|が|に)", MEDIUM
    yield "custody_of_several", rf"[0-9](?P<word>{_any('several')})(?:様)?分", STRONG
    # 受検企業ごとに分離, 原債権者別ポートフォリオ: each one's kept apart
    parts = rf"(?:ごと|毎|別)に?(?:{_any('kept_apart')})"
    yield (
        "custody_of_several",
        rf"(?P<word>{_any('several')}|{_any('entrusters')}|テナント|基金|債権者)(?:コード)?{parts}",
        STRONG,
    )
    yield "custody_of_several", r"(?P<word>テナント|基金|債権者)(?:コード)?(?:ごと|毎|別)", MEDIUM
    # お客様名: 東雲百貨店
    yield (
        "custody_label",
        rf"(?P<word>お客様|お客さま|顧客|客先|ユーザー?)(?:名|企業名?|会社名?) ?[:=] ?{nobody}(?={_firm()})",
        STRONG,
    )
    lists = r"(?=名簿|データ|リスト|ファイル|情報|原本|媒体|の|[^\w]|$)"
    kind = rf"{_any('entrusting_kinds')}|{_any('entrusters')}|得意先|お客様"
    yield "custody_came_from", rf"(?P<word>{kind}) ?(?:支給|貸与){lists}", STRONG
    yield "custody_came_from", rf"(?P<word>{kind}) ?提供{lists}", MEDIUM
    yield "custody_handed_back", rf"(?P<word>{kind}|課|室)(?:納品|納入|返却)", STRONG
    yield "custody_our_part", rf"(?P<word>{_any('only_part')})(?:作業)?のみ", STRONG
    yield "custody_our_part", rf"(?:当社|弊社)側?(?:は|で) ?(?P<word>{_any('our_part')})", STRONG
    yield "custody_our_part", rf"(?:当社|弊社) ?[:=] ?(?P<word>{_any('labelled_part')})", STRONG


def _of_english() -> Iterator[tuple[str, str, float]]:
    """hosted for clinics, clients' employees, each clinic is the controller."""
    anybody, client, persons = _latin("acted_for"), _latin("clients_latin"), _any("persons_latin")
    plural = rf"(?:[a-z]+ )?(?P<word>{_any('acted_for')})s"
    yield "custody_label", rf"\b(?:{_any('acting')}) for {anybody}", STRONG
    ours = r"us|our\b|ourselves|(?:the |a )?(?:customer|minor|child|patient|member|person)"
    yield "custody_label", rf"\bon behalf of (?!{ours})(?:\w+ )?{anybody}", STRONG
    yield "custody_label", rf"\b(?:{persons}) (?:of|at) (?:each of )?our {plural}\b", STRONG
    yield "custody_label", rf"\b{plural}(?:['’]| companies['’]) (?:own )?(?:{persons})\b", STRONG
    yield "custody_label", rf"\b{client}(?: companies)?['’]s? (?:own )?(?:{persons}|counterparties)\b", STRONG
    yield "custody_label", rf"\beach of our {client}", STRONG
    yield "custody_label", rf"\b(?:{persons}) (?:of|at) {client}", STRONG
    yield (
        "custody_came_from",
        r"\b(?:uploaded|imported) by (?:our |each |the )?(?P<word>customer|client|tenant)s?\b",
        STRONG,
    )
    yield (
        "custody_our_part",
        rf"\b(?P<word>{_any('vendors_latin')}) (?:vendor|provider|bureau|outsourcer|agency)\b",
        STRONG,
    )
    parted = r"(?:workspace|schema|database|instance|bucket) (?:per|for each)"
    yield "custody_of_several", rf"\b{parted} (?P<word>customer|{_any('acted_for')})\b", STRONG
    yield "custody_label", r"\b(?P<word>shop|store|merchant|tenant|school|clinic)s? on our (?:\w+ )?platform", STRONG
    owner = r"(?: company| firm)? (?:is|remains|stays) (?:the )?(?:data )?(?:controller|owner)"
    yield "custody_label", rf"\b{anybody}{owner}", STRONG


def _firm() -> str:
    kinds = rf"{_any('addressed_kinds')}|{_any('entrusting_kinds')}"
    return rf"[^\s、。/]{{0,16}}(?:{alternation(_forms())}|{kinds})"


def _latin(which: str) -> str:
    return rf"(?:the |each |our |its |a |an )?(?:[a-z]+ )?(?P<word>{_any(which)})(?:s|ies|es)?\b"


def _addressed(told: Sequence[str], *, of_partners: bool) -> list[Evidence]:
    """Folders, jobs and notes that address a firm (ひかり生命様), or a whole folder of its name (株式会社ひかり/)."""
    if any(_dealings().search(text) for text in told):
        return []
    weight = 0.0
    for match in (match for text in told for match in _ADDRESSED.finditer(text)):
        person, firm = person_lexicon().last(match["before"]), _is_firm(match["before"])
        # お客様, 会員様, オーナー様: a kind of person, not a firm's name.
        if person and not (firm and person == "business_partner"):
            continue
        if firm and not of_partners:
            weight = STRONG
        elif _FOR_THEM.match(match["after"]):
            weight = max(weight, MEDIUM)
    if weight:
        return [Evidence("custody_addressed", "entrusted", weight)]
    folders = (part for text in told for part in _FOLDER.split(text)[:-1])
    if any(part.startswith(_forms()) or part.endswith(_forms()) for part in folders):
        return [Evidence("custody_firms_folder", "entrusted", MEDIUM)]
    return []


def _is_firm(name: str) -> bool:
    # 中村様, 大町様
    return not is_surname(name) and _ends_as_firm(name)


def _ends_as_firm(name: str) -> bool:
    return name.startswith(_forms()) or name.endswith((*_forms(), *_addressed_kinds())) or is_organisation(name)


@cache
def _forms() -> tuple[str, ...]:
    return tuple(fold(form).lower() for form in entity_words("organisation_form"))


@cache
def _addressed_kinds() -> tuple[str, ...]:
    return word_lists("custody_words")["addressed_kinds"]


@cache
def _dealings() -> re.Pattern[str]:
    # 運営業務 is no 営業
    return re.compile(rf"(?<!運)(?:{_any('dealings')})")


@cache
def _theirs() -> Sequence[re.Pattern[str]]:
    japanese = rf"(?P<word>{_any('their_side')})の?(?:{_any('their_numbers')}).{{0,3}}{_KEY}"
    latin = rf"(?<![a-z])(?P<word>client|senpo|kyaku|kisha)_?(?:{_any('their_numbers_latin')})_?{_KEY}"
    bodies = rf"(?<![a-z])(?P<word>client)_?(?:{_any('their_kinds_latin')})_?{_KEY}"
    return re.compile(japanese), re.compile(latin), re.compile(bodies)


@cache
def _vendors() -> re.Pattern[str]:
    """印刷会社に渡す, 健診機関より受領: what passes between us and whom we entrust."""
    return re.compile(rf"(?P<word>(?:{_any('vendors')})(?:{_any('vendors_kinds')}))(?:へ|に|から|より|宛|あて|渡)")


def _any(which: str) -> str:
    return alternation(word_lists("custody_words")[which])
