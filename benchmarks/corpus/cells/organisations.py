"""Firms, offices, shops and banks."""

from __future__ import annotations

import jaconv

from benchmarks.corpus import firms, people
from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import words


def _firm(who: Who, pen: Pen) -> str:
    firm = who.firm
    return pen.usual((firm.registered, firm.registered, firm.spaced, firm.short(pen.random)))


def _firm_kana(who: Who, pen: Pen) -> str:
    return pen.usual((who.firm.kana, who.firm.stem_kana, str(jaconv.z2h(who.firm.kana))))


def _firm_holder(who: Who, _pen: Pen) -> str:
    firm = who.firm
    legal = firms.BANK_SHORT[firm.legal]
    name = f"{legal}){firm.stem_kana}" if firm.front else f"{firm.stem_kana}({legal}"
    return str(jaconv.z2h(name.translate(str.maketrans("ァィゥェォャュョッ", "アイウエオヤユヨツ")), kana=True))


def _another_surname(who: Who) -> str:
    return people.draw(who.random, who.split).surname


def _law_office(who: Who, pen: Pen) -> str:
    stem = _another_surname(who) if pen.chance(0.5) else pen.choice(words(who.split, "office_stems"))
    return stem + pen.choice(("法律事務所", "法律事務所", "総合法律事務所"))


def _tax_office(who: Who, pen: Pen) -> str:
    return _another_surname(who) + pen.choice(("税理士事務所", "会計事務所", "司法書士事務所", "社会保険労務士事務所"))


def _clinic(who: Who, pen: Pen) -> str:
    stem = _another_surname(who) if pen.chance(0.6) else pen.choice(words(who.split, "office_stems"))
    return stem + pen.choice(("クリニック", "医院", "歯科医院", "内科", "整形外科", "病院", "薬局"))


def _shop(who: Who, pen: Pen) -> str:
    surname = _another_surname(who)
    before, after = pen.choice((("", "商店"), ("鮨 ", ""), ("", "屋"), ("居酒屋", ""), ("", "酒店"), ("カフェ", "")))
    return before + surname + after if pen.chance(0.55) else pen.choice(words(who.split, "shops"))


def _foreign_firm(who: Who, pen: Pen) -> str:
    return pen.choice(words(who.split, "foreign_firms"))


def _trader(who: Who, pen: Pen) -> str:
    """A company named after a place, a family or a word, and its trade."""
    stem = _another_surname(who) if pen.chance(0.35) else pen.choice(words(who.split, "trade_stems"))
    name = stem + pen.choice(words(who.split, "trade_ends"))
    forms = (
        f"株式会社{name}",
        f"{name}株式会社",
        f"㈱{name}",
        f"{name}㈱",
        f"有限会社{name}",
        f"{name}(株)",
        f"合同会社{name}",
    )
    return pen.choice(forms) if pen.chance(0.85) else name


def _facility(ends: str) -> Cell:
    """A house with a name of its own: `|` between what it may end in."""

    def _made(who: Who, pen: Pen) -> str:
        stem = _another_surname(who) if pen.chance(0.3) else pen.choice(words(who.split, "house_stems"))
        return stem + pen.choice(ends.split("|"))

    return Cell("company_name", _made)


def _from_list(name: str) -> Cell:
    return Cell("company_name", lambda who, pen: pen.choice(words(who.split, name)))


CELLS = {
    "firm": Cell("company_name", _firm),
    "firm_registered": Cell("company_name", lambda who, _pen: who.firm.registered),
    "firm_kana": Cell("company_name", _firm_kana),
    "firm_holder": Cell("company_name", _firm_holder, ("bank_account_holder",)),
    "law_office": Cell("company_name", _law_office),
    "tax_office": Cell("company_name", _tax_office),
    "clinic": Cell("company_name", _clinic),
    "shop": Cell("company_name", _shop),
    "foreign_firm": Cell("company_name", _foreign_firm),
    "trader": Cell("company_name", _trader),
    "hospital": _facility("病院|総合病院|医療センター|記念病院|中央病院"),
    "care_home": _facility("の里|苑|ケアセンター|訪問介護ステーション|デイサービス|居宅介護支援事業所"),
    "lodging": _facility("ホテル|旅館|リゾート|ゲストハウス|荘"),
    "eatery": _facility("食堂|亭|珈琲|ダイニング|庵|製麺所"),
    "dealer": _facility("自動車|モータース|オート販売|カーセンター"),
    "design_office": _facility("建築設計事務所|一級建築士事務所|設計室|都市デザイン"),
    "insurance_firm": _facility("損害保険|海上火災保険|共済|生命保険"),
    "association": _from_list("associations"),
    "school": _from_list("schools"),
    "bank": Cell("bank_name", lambda who, pen: pen.often(words(who.split, "banks")), ignore=True),
    "branch": Cell("bank_name", lambda who, pen: pen.choice(words(who.split, "branches")), ignore=True),
    "place": Cell("not_personal", lambda who, pen: pen.choice(words(who.split, "sights")), ignore=True),
    "public_body": Cell("not_personal", lambda who, pen: pen.choice(words(who.split, "public_bodies")), ignore=True),
}
