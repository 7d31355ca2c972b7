"""Two things in one cell, as hands type them: a name and its reading, a firm and its person, a birthday and an age."""

from __future__ import annotations

from benchmarks.corpus.cells import Cell
from benchmarks.corpus.cells.attributes import CELLS as ATTRIBUTES
from benchmarks.corpus.cells.contacts import CELLS as CONTACTS
from benchmarks.corpus.cells.names import CELLS as NAMES
from benchmarks.corpus.cells.organisations import CELLS as ORGANISATIONS
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who


def _relation_phone(who: Who, pen: Pen) -> str:
    relation = ATTRIBUTES["family"].make(who, pen)
    phone = CONTACTS["phone"].make(who.other, pen)
    return f"{relation}{pen.always((' ', '　', '：', '/'))}{phone}"


def _firm_person(who: Who, pen: Pen) -> str:
    title = pen.usual(("様", "", "氏"))
    return f"{ORGANISATIONS['firm'].make(who, pen)}{pen.always(('　', ' ', '／'))}{who.name.surname}{title}"


def _department_person(who: Who, pen: Pen) -> str:
    return f"{ATTRIBUTES['department'].make(who, pen)}{pen.always((' ', '　', '/'))}{who.name.surname}"


def _name_reading(who: Who, pen: Pen) -> str:
    before, after = pen.always((("（", "）"), ("(", ")"), (" / ", "")))
    return f"{NAMES['full'].make(who, pen)}{before}{who.name.surname_kana}{who.name.given_kana}{after}"


def _name_age(who: Who, pen: Pen) -> str:
    age = ATTRIBUTES["age"].make(who, pen).removesuffix("歳")
    return f"{NAMES['full'].make(who, pen)}{pen.always((f'（{age}）', f' {age}歳', f'({age})'))}"


def _zip_address(who: Who, pen: Pen) -> str:
    code = who.home.postal_code
    return f"{pen.always(('〒', ''))}{code[:3]}-{code[3:]} {CONTACTS['address'].make(who, pen)}"


def _birth_age(who: Who, pen: Pen) -> str:
    age = ATTRIBUTES["age"].make(who, pen).removesuffix("歳")
    return f"{ATTRIBUTES['birth_date'].make(who, pen)}{pen.always((f'（{age}歳）', f' ({age})', f'・{age}才'))}"


def _reach(who: Who, pen: Pen) -> str:
    return f"{CONTACTS['mobile'].make(who, pen)}{pen.always((' / ', '　', ', '))}{who.mail}"


CELLS = {
    "relation_phone": Cell("phone", _relation_phone, ("family",)),
    "firm_person": Cell("name", _firm_person, ("surname", "company_name")),
    "department_person": Cell("surname", _department_person, ("name", "department")),
    "name_reading": Cell("name", _name_reading, ("name_kana",)),
    "name_age": Cell("name", _name_age, ("age",)),
    "zip_address": Cell("address", _zip_address, ("postal_code",)),
    "birth_age": Cell("birth_date", _birth_age, ("age",)),
    "reach": Cell("phone", _reach, ("email",)),
}
