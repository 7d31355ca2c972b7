"""What a column's neighbours and its table's name say of it: is this a table of persons, of companies, of things?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from classifiers.headers import match, words
from classifiers.headers.entries import grammar
from classifiers.headers.matching import spelled, trapped
from classifiers.headers.spans import HeaderMatch
from classifiers.tags import NOT_PERSONAL, Table
from classifiers.vocabulary import data_categories

# Columns that only a person has: one of them makes the table one of persons.
# fmt: off
PERSON_ONLY = frozenset({
    "name", "surname", "given_name", "former_name", "name_romaji", "name_kana", "surname_kana", "given_name_kana",
    "birth_date", "age", "gender", "my_number", "nickname", "drivers_licence", "passport", "residence_card",
    "pension_number", "resident_code", "insured_number", "employee_number", "family", "medical_history", "disability",
    "nationality", "employment_insurance_number",
})
# fmt: on
_ATTRIBUTES = frozenset({"birth_date", "age", "gender", "my_number", "family", "job_title", "medical_history"})
_PLACED = frozenset({"phone", "fax", "address", "postal_code", "prefecture", "municipality", "street", "building"})
_ADDRESSED = _PLACED - {"prefecture", "municipality"}
_KEYS = frozenset({"account_id", "employee_number"})
_TELLING = (PERSON_ONLY - {"age", "gender", "family", "medical_history", "disability", "nationality"}) | {
    "email", "phone", "address", "street", "account_id", "bank_account", "company_name",
    "professional_registration_number",
}  # fmt: skip
"""What tells somebody apart."""
BRANCHES = frozenset({"支店名", "支店", "branch_name", "支店コード", "支店番号"})
"""A bank's, or a firm's own."""
_PAIRS = (frozenset({"surname", "given_name"}), frozenset({"surname_kana", "given_name_kana"}))
_CLAUSE = 3
_LISTED = frozenset({"nationality", "department", "job_title", "occupation", "education", "gender", "family"})
"""What masters list the kinds of."""
_LIVES = frozenset({"income", "family", "work_history", "education", "health_check", "insured_number"})
_TOLD = 3
"""Columns of somebody's pay, family or career that make a table one of persons, though no column names them."""
_SYMBOLS, _NUMBERS = frozenset({"記号", "kigo", "kigou"}), frozenset({"番号", "bango", "bangou"})
"""An insured person's two, which say little alone."""
_FEWEST_GLUED, _LONGEST_GLUED = 4, 3
"""Columns from which letters that all begin with are a prefix, and how long that may be."""
_ASKED_FOR = frozenset({"gender", "age", "nationality", "disability", "employee_number"})
"""What a post may ask for."""
_APPLYING = _TELLING - {"company_name", "phone", "email", "address", "street"}
"""What an applicant has, and no post."""
_REACHED = frozenset({"email", "phone", "fax"})
_COMPANY_ONLY = frozenset({"company_name", "corporate_number", "invoice_number"})


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a column."""

    persons: bool = False
    """A neighbour is a person's (a name in parts or kana, a birth date …), or the table's name is a kind of person."""
    keyed: bool = False
    """A neighbour is a person's number, login or key."""
    numbered: bool = False
    """A neighbour is named as a person's number or login: each row is somebody's, and bears that number."""
    companies: bool = False
    contact: bool = False
    """A neighbour is an e-mail address or a password, or the rows are documents and mails."""
    placed: bool = False
    """A neighbour is an address, a postal code or a phone number."""
    addressed: bool = False
    """A neighbour is an address, a postal code or a phone number, not only the name of a region."""
    bank: bool = False
    halves: frozenset[str] = frozenset()
    """The parts of a name, or of an insured person's number, that stand in columns side by side (`pax_last`,
    `pax_first`; 記号, 番号), however little each says."""
    certain: frozenset[str] = frozenset()
    """The data categories of the columns that are sure."""
    master: bool = False
    """A neighbour is an attribute that only a register of persons has (a birth date, a gender, My Number …)."""
    special: bool = False
    """A neighbour is special-care data or a restricted item."""
    examined: str = ""
    """The special-care data category by which the table is named (ストレスチェック, `t_kenshin`); '' none."""
    kinds: bool = False
    """The table is named as a master of such data, and nothing in it tells anybody apart: its rows are kinds of it."""
    postings: bool = False
    """The table is named after posts to be filled, and nobody's name, birth or account is in it."""
    machines: str = ""
    """A word by which what is ill or treated in the table is a machine, a plant or a program; '' none."""
    counted: bool = False
    """The table is named as a statistic, and nothing in it tells anybody apart: its rows are groups of people."""
    applicants: bool = False
    """A word for recruiting stands in the table's name."""
    qualified: bool = False
    """A word for a licensed profession stands in the table's or a column's name."""
    traps: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Data categories that the table's names only look like (障害管理 is no disability) → the vocabulary's word."""
    noun: str = ""
    """`person`, `organisation`, `either` or `thing`: what the last noun of the table's name means; '' none known."""
    word: str = ""
    """That noun, as the vocabulary spells it."""


def context(
    table: Table, matches: Sequence[Sequence[HeaderMatch]], known: Iterable[str] = (), *, qualified: bool = False
) -> Context:
    """The surroundings of a table's columns, by their names' matches and what their values made known.

    `known` are the data categories found by values; `qualified`: a column's values name licensed professions.
    """
    titles = (table.name, table.label, *table.hints)
    columns = tuple(text for column in table.columns for text in (column.name, column.label) if text)
    sure = [hits[0] for hits in matches if hits and hits[0].strength == "strong" and not leans(hits[0])]
    machines = _machines(titles, columns, {hit.category for hit in sure} | set(known))
    ills = grammar("machines_ills").values() if machines else ()
    leading = [hit.category for hit in sure if hit.word not in ills]
    named = set(leading)
    certain = (named | set(known)) - {NOT_PERSONAL}
    noun, word = _noun(table)
    traps = {entry.category: entry.word for name in (table.name, table.label) for entry in trapped(name)}
    if failed := _said("failures", columns):
        traps.setdefault("disability", failed)
    examined = _examined(table, traps)
    applying = bool(_said("recruiting", titles))
    posted = not applying and not certain & _APPLYING and bool(_said("postings", titles[:2]))
    owned = bool(certain & _TELLING) or _is_keyed(matches)
    return Context(
        persons=bool(certain & (PERSON_ONLY - _ASKED_FOR if posted else PERSON_ONLY))
        or noun == "person"
        or _names_persons(table)
        or _is_reached(certain)
        or (noun != "thing" and not posted and sum(category in _LIVES for category in leading) >= _TOLD),
        keyed=_is_keyed(matches),
        numbered=bool(named & _KEYS) and noun != "thing",
        companies=bool(certain & _COMPANY_ONLY) or noun == "organisation",
        contact=bool(certain & {"email", "password"}) or table.kind == "documents",
        placed=bool(certain & _PLACED),
        addressed=bool(certain & _ADDRESSED),
        bank=bool(certain & {"bank_name", "bank_account", "bank_account_holder", "yucho_account"}),
        halves=_halves(matches),
        certain=frozenset(certain),
        master=bool(certain & PERSON_ONLY) and bool(certain & _ATTRIBUTES),
        special=any(data_categories()[category].special_care for category in certain),
        examined=examined,
        kinds=not owned and bool(_said("masters", titles[:2])) and bool(examined or _lists_attributes(table)),
        postings=posted,
        machines=machines,
        counted=not certain & _TELLING and _is_statistic(table),
        applicants=applying,
        qualified=qualified or bool(_said("professions", (*titles, *columns))) or _enumerates_professions(table),
        traps=traps,
        noun=noun,
        word=word,
    )


def _machines(titles: Sequence[str], columns: Sequence[str], certain: set[str]) -> str:
    """The word by which a table is about machines: in its name, or in a column's where nobody is told apart."""
    if _said("patients", (*titles, *columns)):
        return ""
    return _said("machines", titles[:2]) or ("" if certain & _TELLING else _said("machines", columns))


def _is_keyed(matches: Sequence[Sequence[HeaderMatch]]) -> bool:
    return any(hit.category in _KEYS for hits in matches for hit in hits)


def _is_statistic(table: Table) -> bool:
    held = {word for name in (table.name, table.label) for word in words(name)}
    said = grammar("statistics")
    return any(spelt.strip("|") in held for spelt in said) or any(
        spelt in name for name in (table.name, table.label) for spelt in said if not spelt.isascii()
    )


def leans(hit: HeaderMatch) -> bool:
    """Whether a word takes its meaning from the columns beside it: a reading of what, a branch of whom."""
    if hit.category == "bank_name":
        return hit.word in BRANCHES
    return hit.category == "name_kana" and hit.word in grammar("readings").values()


def _is_reached(certain: set[str]) -> bool:
    """Whether a post stands beside a mail address or a phone, or a department beside a mail address: somebody's."""
    return bool(certain & _REACHED if "job_title" in certain else certain & {"email"} and certain & {"department"})


def _enumerates_professions(table: Table) -> bool:
    """Whether a label says in its remarks what a code stands for, professions among it: 職種(1:医師、2:看護師)."""
    told = " ".join(column.label for column in table.columns)
    return any(len(word) > 1 and not word.isascii() and word in told for word in grammar("professions").values())


def _examined(table: Table, traps: Mapping[str, str]) -> str:
    hits = (hit for name in (table.label, table.name.rpartition("#")[2]) for hit in match(name))
    rows = (data_categories()[hit.category] for hit in hits if hit.strength != "weak")
    return next((row.id for row in rows if row.special_care and row.id not in traps), "")


def _lists_attributes(table: Table) -> bool:
    """Whether a table is named after what people are: 国籍マスタ, 宗派コード."""
    return any(hit.category in _LISTED for name in (table.label, table.name) for hit in match(name))


def _halves(matches: Sequence[Sequence[HeaderMatch]]) -> frozenset[str]:
    named = {hits[0].category for hits in matches if hits}
    weak = {hit.word for hits in matches for hit in hits if hit.category == "insured_number" and hit.strength == "weak"}
    insured = {"insured_number"} if weak & _SYMBOLS and weak & _NUMBERS else set()
    return frozenset(insured).union(*(pair for pair in _PAIRS if pair <= named))


def _said(part: str, names: Iterable[str]) -> str:
    """The first word of a row of the grammar that stands in one of the names; '' where none does."""
    spelt = grammar(part).items()
    texts = [spelled(name).text for name in names if name]
    return next((word for text in texts for written, word in spelt if written in text), "")


@cache
def _nouns() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for part, kind in (("thing_nouns", "thing"), ("organisation_nouns", "organisation"), ("person_nouns", "person")):
        for spelt, word in grammar(part).items():
            held = found.get(spelt.strip("|"))
            found[spelt.strip("|")] = (
                "either" if held and {held[0], kind} == {"organisation", "person"} else kind,
                word,
            )
    return found


def _noun(table: Table) -> tuple[str, str]:
    for name in (table.label, table.name.rpartition("#")[2] or table.name, table.name, *table.hints):
        told = [word for word in words(name) if not _is_ending(word)]
        last = told[-1] if told else ""
        for noun in ("||".join(told[-2:]), last):
            if noun in _nouns():
                return _nouns()[noun]
        if len(last) > _CLAUSE and last.endswith("人"):
            # 葬儀に呼ぶ人: somebody, said in words.
            return "person", "人"
    return "", ""


def _is_ending(word: str) -> bool:
    return word.isdigit() or len(word) == 1 or word in {spelt.strip("|") for spelt in grammar("table_endings")}


def _names_persons(table: Table) -> bool:
    """Whether a kind of person stands anywhere in the table's name (`emp_picture`, 応募者_添付)."""
    held = {word for name in (table.name, table.label) for word in words(name)}
    return any(_nouns().get(word, ("", ""))[0] == "person" for word in held)


def shared_prefix(names: Sequence[str]) -> str:
    """The prefix of letters that a table gives to most of its columns (`emp_`, `TK`); '' where there is none.

    >>> shared_prefix(["emp_name", "emp_birthday", "emp_zip", "id"])
    'emp_'
    >>> shared_prefix(["TKCD", "TKNAM", "TKZIP", "TKTEL", "TKBYMD"])
    'TK'
    """
    heads = [name.partition("_")[0] + "_" for name in names if "_" in name[1:]]
    counts = {head: heads.count(head) for head in dict.fromkeys(heads)}
    best = max(counts, key=counts.__getitem__, default="")
    if best and counts[best] >= 3 and counts[best] * 2 >= len(names) and best[:-1].isalpha():
        return best
    return _glued_prefix(names)


def _glued_prefix(names: Sequence[str]) -> str:
    """One to three capitals that all columns of an old system begin with, where something is left of each."""
    if len(names) < _FEWEST_GLUED or not all(name.isascii() and name.isupper() and name.isalnum() for name in names):
        return ""
    sizes = (size for size in range(_LONGEST_GLUED, 0, -1) if len({name[:size] for name in names}) == 1)
    shared = names[0][: next(sizes, 0)]
    return shared if shared.isalpha() and all(len(name) >= len(shared) + 2 for name in names) else ""
