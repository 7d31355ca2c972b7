"""What a column's names say, in its surroundings: the header's words, weighed by the table they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from classifiers.columns.context import BRANCHES, Context, leans
from classifiers.columns.named import Named
from classifiers.columns.owners import (
    OF_A_THING,
    UNOWNED,
    is_key,
    is_nearly_whole,
    is_of_a_thing,
    is_of_firms,
    is_unowned,
    is_whole,
    points_at_a_person,
)
from classifiers.columns.sql_types import refuted
from classifiers.headers import words
from classifiers.headers.entries import grammar, single_words
from classifiers.headers.spans import HeaderMatch
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Column, Evidence
from classifiers.vocabulary import data_categories

STRONG, SUPPORTED, DOUBTFUL = 0.93, 0.8, 0.55
GENERIC = 0.7
"""How surely a column of a person's row is no attribute whose name only says of what kind something is."""
FILLER = 0.4
"""How much the name of a spare column says."""
_EACH = 0.9
"""Distinct values to each row from which the rows of a master are kinds."""
_KEYS = frozenset({"account_id", "employee_number"})
_A_WORD = 4
"""Letters from which a piece of a name in Latin letters is a word."""
_READABLE = re.compile(r"[^ -~]|[aeiou]")
"""SKRK stands for something, and nobody can say for what."""
# Said of a person they are an attribute; in a master of their own they are not.
# fmt: off
_OF_PERSONS_ONLY = frozenset({
    "job_title", "department", "occupation", "education", "income", "nickname", "personal_other", "location", "photo",
    "work_history", "family",
})
# fmt: on
ATTRIBUTES = _OF_PERSONS_ONLY | {"gender", "age", "prefecture", "municipality", "nationality"}
"""What groups of people are counted by."""
_OFFERED = ATTRIBUTES - {"prefecture", "municipality", "location", "nickname", "photo", "personal_other"}
"""What a post to be filled offers and asks for."""
_BARE = frozenset({"name", "name_kana", "name_romaji", "company_name"})
_ORGANISATIONS = frozenset({"corporate_number", "invoice_number"})
REGISTRATIONS = _ORGANISATIONS | {"professional_registration_number"}
_AREAS = frozenset({"prefecture", "municipality"})
_FAMILY = frozenset({"family"})
# An insured person's number, a height among results of a check: a weak word is a part beside the rest.
_PARTS = {
    "insured_number": frozenset({"insured_number", "insurer_number"}),
    "bank_name": frozenset({"bank_name", "bank_account"}),
    "health_check": frozenset({"health_check", "medical_history", "medical_care"}),
}


_NONE: frozenset[str] = frozenset()


def says_something(column: Column) -> bool:
    """Whether a column has a name at all, even one that no word is known of: `disposition`, not `col7` or 列5."""
    told = [word for text in (column.name, column.label) for word in words(text) if word not in _unsaid()]
    return any(_READABLE.search(word) and len(word) >= (_A_WORD if word.isascii() else 2) for word in told)


@cache
def _unsaid() -> frozenset[str]:
    return frozenset(spelt.strip("|") for spelt in grammar("neutral"))


def named(column: Column, matches: Sequence[HeaderMatch], around: Context) -> list[Named]:
    """The data categories a column's names speak for in its table, surest first; none where no word is known."""
    found = [_weighed(column, hit, matches, around) for hit in matches]
    return sorted(found, key=lambda one: -one.confidence)


def _weighed(column: Column, hit: HeaderMatch, matches: Sequence[HeaderMatch], around: Context) -> Named:
    row = data_categories()[hit.category]
    if declared := refuted(hit.category, column.sql_type):
        return _named(NOT_PERSONAL, UNOWNED, hit, Evidence(f"column_type_{declared}", NOT_PERSONAL, 0.4))
    if around.counted and hit.category in ATTRIBUTES:
        return _named(NOT_PERSONAL, STRONG, hit, Evidence("column_counted", NOT_PERSONAL, 0.3))
    if around.counted and row.special_care:
        return _named(UNRESOLVED, 0.5, hit, Evidence("column_counted", UNRESOLVED, 0.2))
    if around.kinds and hit.category in ATTRIBUTES:
        return _named(NOT_PERSONAL, SUPPORTED, hit, Evidence("column_kinds", NOT_PERSONAL, 0.4))
    if around.postings and (hit.category in _OFFERED or row.special_care):
        return _named(NOT_PERSONAL, SUPPORTED, hit, Evidence("column_postings", NOT_PERSONAL, 0.4))
    if hit.category == NOT_PERSONAL:
        if hit.word == "id" and around.noun == "person" and around.persons and column.name.lower() == "id":
            return _named(NOT_PERSONAL, UNOWNED, hit, Evidence("column_key", NOT_PERSONAL, 0.7))
        if around.persons and hit.word in grammar("care_nouns").values():
            return _named("medical_care", SUPPORTED, hit, Evidence("column_neighbours", "medical_care", 0.2))
        if around.examined and (around.persons or around.keyed) and hit.word.removeprefix("～") in _outcomes():
            return _named(around.examined, SUPPORTED, hit, Evidence("column_special_table", around.examined, 0.3))
        if around.special and column.rows and hit.word.removeprefix("～") in _outcomes() and _is_of_unknown(column):
            # Of what it is a level nobody knows, and beside special-care data it may be of that.
            return _named(UNRESOLVED, 0.5, hit, Evidence("column_special_neighbours", UNRESOLVED, 0.3))
        if hit.word in grammar("days").values() and is_nearly_whole(column, hit):
            return _named(NOT_PERSONAL, STRONG, hit, Evidence("column_day", NOT_PERSONAL, 0.0))
        if is_unowned(column, hit):
            return _named(NOT_PERSONAL, OF_A_THING if is_of_a_thing(column, hit) else UNOWNED, hit)
        if column.rows and hit.word.rstrip("0123456789_") in grammar("fillers").values():
            return _named(NOT_PERSONAL, FILLER, hit)
        if column.rows and _of_persons(around) and hit.word.removeprefix("～") in _generic():
            return _named(NOT_PERSONAL, GENERIC, hit)
        sure = {"strong": STRONG, "medium": 0.7, "weak": 0.45 if _of_persons(around) else 0.6}[hit.strength]
        return _named(NOT_PERSONAL, sure, hit)
    if hit.strength == "weak" and _PARTS.get(hit.category, _NONE) & around.certain and is_whole(column, hit):
        return _named(hit.category, 0.95, hit, Evidence("column_part", hit.category, 0.3))
    if hit.category in around.halves and hit.strength != "strong" and _is_half(column, hit):
        return _named(hit.category, SUPPORTED, hit, Evidence("column_part", hit.category, 0.3))
    if hit.category == "department" and hit.strength != "strong" and not (around.master or around.noun == "person"):
        return _named(NOT_PERSONAL, 0.6, hit, Evidence("column_key", NOT_PERSONAL, 0.2))
    if hit.category == "department" and around.noun == "thing" and not around.persons:
        return _named(NOT_PERSONAL, 0.6, hit, Evidence("column_impersonal", NOT_PERSONAL, 0.2))
    if hit.category == "building" and hit.strength != "strong" and not around.addressed:
        # A room is where somebody lives beside an address; elsewhere it is a hall, a ward, a meeting room.
        return _named(NOT_PERSONAL, 0.6, hit, Evidence("column_impersonal", NOT_PERSONAL, 0.2))
    branch = hit.category == "bank_name" and hit.word != "bank" and (hit.strength != "strong" or hit.word in BRANCHES)
    if branch and not around.bank:
        # 店番, `branch`: a shop's or a library's, where no account or bank stands beside it.
        return _named(NOT_PERSONAL, 0.6, hit, Evidence("column_impersonal", NOT_PERSONAL, 0.2))
    if hit.category == "location" and hit.strength != "strong" and _is_of_a_place(around):
        return _named(NOT_PERSONAL, 0.7, hit, Evidence("column_place", NOT_PERSONAL, 0.3))
    if hit.category == "account_id" and hit.strength == "medium" and is_of_firms(hit, around):
        return _named(NOT_PERSONAL, UNOWNED, hit, Evidence("column_firm", NOT_PERSONAL, 0.2))
    if hit.category in _KEYS and points_at_a_person(column, matches):
        return _named(hit.category, 0.85, hit)
    if hit.category in _KEYS and is_key(column, hit):
        return _named(NOT_PERSONAL, UNOWNED, hit, Evidence("column_key", NOT_PERSONAL, 0.7))
    if hit.category == "company_name" and _is_attended(hit, around):
        return _named("education", 0.85, hit, Evidence("column_neighbours", "education", 0.2))
    if hit.category in _BARE and _is_bare(column, hit, around):
        return _bare_name(hit, around)
    if hit.category in REGISTRATIONS and hit.strength != "strong":
        return _registration(hit, around)
    if hit.category == FREE_TEXT:
        return _free_text(hit, around)
    if hit.category in _FAMILY and around.applicants:
        return _named("restricted_item", 0.8, hit, _table(around, "restricted_item"))
    if row.special_care or hit.category == "restricted_item":
        return _sensitive(column, hit, matches, around)
    if hit.category == "nickname" and around.noun == "organisation":
        return _named("company_name", 0.6, hit, _table(around, "company_name"))
    if hit.category in _OF_PERSONS_ONLY and not _of_persons(around):
        sure = 0.55 if hit.strength == "strong" and around.keyed else 0.3
        return _named(hit.category, sure, hit)
    if hit.category in _AREAS and not (_of_persons(around) or around.companies or around.addressed):
        # A list of prefectures, a rate by prefecture: nobody's address.
        return _named(hit.category, 0.45 if hit.strength == "strong" else 0.3, hit)
    if hit.category == "bank_account" and around.bank and hit.strength != "strong":
        return _named(hit.category, 0.85, hit, Evidence("column_bank", hit.category, 0.3))
    if hit.strength == "strong":
        return _named(hit.category, STRONG, hit)
    supported = _of_persons(around) or around.placed or around.companies or (around.bank and "bank" in hit.category)
    if hit.strength == "medium":
        return _named(hit.category, SUPPORTED if supported else DOUBTFUL, hit, *_neighbours(around, hit.category))
    return _named(hit.category, 0.4 if supported else 0.2, hit)


def _named(category: str, sure: float, hit: HeaderMatch, *more: Evidence | None) -> Named:
    code = "column_header_trap" if hit.trap else f"column_header_{hit.strength}"
    said = Evidence(code, category, round(hit.score, 2), {"word": hit.word})
    return Named(category, sure, (said, *(one for one in more if one)))


def _of_persons(around: Context) -> bool:
    return around.persons or around.contact or around.noun in ("person", "either")


def _is_half(column: Column, hit: HeaderMatch) -> bool:
    """Whether a word may be a part of what its neighbours hold the rest of: 記号 of an insured person's, not 旧記号."""
    return hit.category != "insured_number" or is_whole(column, hit)


@cache
def _generic() -> frozenset[str]:
    return frozenset(grammar("generic_heads").values())


@cache
def _outcomes() -> frozenset[str]:
    return frozenset(grammar("outcomes").values())


def _is_of_unknown(column: Column) -> bool:
    """Whether a column's name holds a word that the vocabulary does not know."""
    told = words(column.label) or words(column.name)
    return any(len(word) > 1 and not word.isdigit() and word not in single_words() for word in told)


def _is_attended(hit: HeaderMatch, around: Context) -> bool:
    """Whether a school's name in somebody's row is where they learn or learnt."""
    of_a_person = around.persons and not around.companies and around.noun not in ("organisation", "thing")
    return of_a_person and hit.word in grammar("schools").values()


def _is_of_a_place(around: Context) -> bool:
    """Whether a latitude is a shop's or a sensor's: where an address is on the map, or nobody is in the table."""
    return around.noun in ("thing", "organisation") or (around.noun != "person" and around.addressed)


def _neighbours(around: Context, category: str) -> tuple[Evidence, ...]:
    return (Evidence("column_neighbours", category, 0.2),) if _of_persons(around) else ()


def _table(around: Context, category: str) -> Evidence | None:
    return Evidence("column_table", category, 0.3, {"word": around.word}) if around.word else None


def _is_bare(column: Column, hit: HeaderMatch, around: Context) -> bool:
    """Whether a word says that something is a name and not whose: `name`, and ヨミガナ where no person stands."""
    if hit.strength == "weak" and hit.word in grammar("name_heads").values():
        return True
    read = hit.category == "name_kana" and leans(hit) and is_whole(column, hit)
    return read and around.noun in ("thing", "organisation") and not around.persons


def _bare_name(hit: HeaderMatch, around: Context) -> Named:
    """`name`, 名称: of whom, only the table knows."""
    person = {"company_name": "name"}.get(hit.category, hit.category)
    of_table = _table(around, person)
    if around.noun == "person" or (around.applicants and not around.companies and around.noun != "organisation"):
        return _named(person, 0.75, hit, of_table)
    if around.noun == "either":
        return _named(person if around.persons or around.contact else "company_name", 0.5, hit, of_table)
    if around.noun == "organisation":
        return _named("company_name", 0.6, hit, of_table)
    if around.noun == "thing" and not (around.persons and (around.contact or around.placed)):
        return _named(NOT_PERSONAL, 0.75, hit, of_table)
    if around.persons or (around.contact and not around.placed):
        return _named(person, 0.7, hit, Evidence("column_neighbours", person, 0.3))
    if around.placed or around.contact:
        return _named(UNRESOLVED, 0.5, hit)
    if hit.category in ("name_kana", "name_romaji"):
        return _named(hit.category, DOUBTFUL, hit)
    return _named(NOT_PERSONAL, 0.55, hit, Evidence("column_impersonal", NOT_PERSONAL, 0.2))


def _registration(hit: HeaderMatch, around: Context) -> Named:
    """登録番号: a licence beside a profession, an invoice issuer's beside a firm, a product's beside neither."""
    qualified, firm = around.qualified, around.companies and not around.qualified
    if hit.category == "professional_registration_number" and qualified:
        return _named(hit.category, 0.8, hit, Evidence("column_qualified", hit.category, 0.3))
    if hit.category in _ORGANISATIONS and firm:
        return _named(hit.category, 0.65, hit, Evidence("column_firm", hit.category, 0.2))
    return _named(hit.category, 0.35, hit)


def _free_text(hit: HeaderMatch, around: Context) -> Named:
    if hit.strength == "strong":
        if _of_persons(around):
            return _named(FREE_TEXT, 0.9, hit)
        if around.noun == "organisation" or around.companies:
            # What is noted of a firm is noted of the people one meets there.
            return _named(FREE_TEXT, SUPPORTED, hit)
        if around.noun == "thing":
            return _named(UNRESOLVED, 0.5, hit, Evidence("column_impersonal", UNRESOLVED, 0.2))
        return _named(FREE_TEXT, 0.6, hit)
    persons = around.persons or around.contact
    return _named(FREE_TEXT, (0.6 if hit.strength == "medium" else 0.35) if persons else 0.3, hit)


def _sensitive(column: Column, hit: HeaderMatch, matches: Sequence[HeaderMatch], around: Context) -> Named:
    if hit.category in around.traps:
        return Named(
            NOT_PERSONAL, 0.7, (Evidence("column_table_trap", NOT_PERSONAL, 0.7, {"word": around.traps[hit.category]}),)
        )
    if around.machines and hit.word in grammar("machines_ills").values():
        trap = Evidence("column_machines", NOT_PERSONAL, 0.4, {"word": around.machines})
        return Named(NOT_PERSONAL, STRONG, (trap,))
    if around.kinds:
        # Each row another illness: a list of kinds. Where they come again, rows may be people after all.
        said = NOT_PERSONAL if column.rows and len(column.values) >= _EACH * column.rows else UNRESOLVED
        return _named(said, SUPPORTED, hit, Evidence("column_kinds", said, 0.4))
    if around.noun in ("organisation", "thing") and not (around.persons or around.keyed):
        # What a hospital offers, how many it operates on: nobody's health, but never simply not personal.
        return _named(hit.category, 0.45, hit, Evidence("column_impersonal", hit.category, -0.2))
    if hit.strength == "strong":
        return _named(hit.category, STRONG if _of_persons(around) or around.special else 0.7, hit)
    if around.special:
        return _named(hit.category, SUPPORTED, hit, Evidence("column_special_neighbours", hit.category, 0.3))
    harmless = any(other.category == "personal_other" for other in matches)
    return _named(hit.category, 0.35 if harmless else 0.55 if around.persons else 0.45, hit)
