"""Which columns of a table are an animal's: its name, sex, birth and illness are no person's; its keeper's are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from classifiers.columns.named import Named
from classifiers.columns.values import Values
from classifiers.headers import words
from classifiers.headers.entries import grammar
from classifiers.headers.matching import match, spelled
from classifiers.headers.spans import HeaderMatch
from classifiers.lexicon import alternation
from classifiers.tags import NOT_PERSONAL, Column, Evidence, Table
from classifiers.vocabulary import data_categories

_BORNE = frozenset({
    "gender", "age", "birth_date", "family", "nickname", "photo", "personal_other", "work_history", "device_id",
    "insured_number", "nationality",
})  # fmt: skip
"""What animals have, too; and every kind of special care."""
_OF_KEEPERS = frozenset({"personal_other", "photo", "nationality", "insured_number"})
"""What of these is its keeper's where there is one and nothing says that it is the animal's."""
_NAMES = frozenset({"name", "name_kana", "name_romaji", "surname", "given_name", "given_name_kana", "company_name"})
_EITHERS = frozenset({"名前", "なまえ", "お名前", "namae", "onamae", "フリガナ", "ふりがな", "furigana"})
"""Words for the name of a person or an animal."""
_SOMEBODY = frozenset({
    "surname", "given_name", "surname_kana", "given_name_kana", "email", "phone", "postal_code", "street",
    "bank_account", "my_number", "employee_number",
})  # fmt: skip
"""Columns of a person's: beside one, not everything is an animal's."""
_CALLED = re.compile(r"(?:お?名前|名|の?呼び?名|name|nm|id|番号|no|コード|cd|code)", re.IGNORECASE)
_ABOUT_THEM = re.compile(
    "(?:動物|家畜|ペット|犬猫)(?:用|の)?(?:病院|医院|クリニック|診療|看護|保険|愛護|園|ショップ|サロン|ホテル)"
)
"""Who treats, keeps and insures animals, and has staff, members and visitors."""
_SCANS = re.compile("PET[-_/ ]?(?:CT|検|ドック)", re.IGNORECASE)
"""An examination of people."""
_SPOKEN = 0.5
"""Share of the rows from which words for animals make a column one of theirs."""
_FEWEST, _MANY, _SHORT = 2, 3, 2
OF_AN_ANIMAL = Named(NOT_PERSONAL, 0.8, (Evidence("column_animals", NOT_PERSONAL, 0.4),))
"""What the name of an animal's column says, whatever its words are."""


def of_animals(table: Table, matches: Sequence[Sequence[HeaderMatch]], seen: Sequence[Values]) -> tuple[bool, ...]:
    """Of every column, whether it is an animal's (or a game character's): in tables of them, and beside their keepers'.

    A keeper's sheet goes from the keeper to the animal: what may be either's is the animal's once one of its columns
    has been passed, until the next that is its keeper's.
    """
    titled = any(_is_of_animals(name) for name in (table.name, table.label))
    told = [
        _told(column, hits, values, titled=titled)
        for column, hits, values in zip(table.columns, matches, seen, strict=True)
    ]
    several, many = told.count("animal") >= _FEWEST, told.count("animal") >= _MANY
    if not titled and "animal" not in told:
        return (False,) * len(told)
    alone = "keeper" not in told and (titled or several)
    theirs = titled or alone
    found = []
    for mine, hits in zip(told, matches, strict=True):
        if mine == "animal":
            theirs = titled or several
        elif mine == "keeper":
            theirs = False
        may_be = theirs and not mine and (_is_borne(hits, alone=alone, many=many) if hits else titled)
        found.append(mine == "animal" or may_be)
    return tuple(found)


def _told(column: Column, hits: Sequence[HeaderMatch], values: Values, *, titled: bool) -> str:
    """Whose a column says by itself to be: an `animal`'s, its `keeper`'s, `staff`'s; '' where it may be anybody's."""
    names = (column.name, column.label)
    if any(_holds(name, "animals_keepers") for name in names):
        # An `owner_id` points at who stands in another table.
        return "" if any(map(_is_a_key, names)) else "keeper"
    if any(_holds(name, "animals_staff") for name in names):
        return "staff"
    if hits and data_categories()[hits[0].category].special_care:
        # 狂犬病ワクチン and PET検査 are a traveller's and a patient's, unless animals stand beside them.
        return ""
    if any(_holds(name, "animals_columns") or _is_before(name) for name in names):
        return "animal"
    if hits and hits[0].strength != "weak" and (hits[0].category in _SOMEBODY or _is_a_name(hits[0], titled=titled)):
        return "keeper"
    if (not hits or hits[0].category in ("gender", NOT_PERSONAL)) and _speak_of_animals(values):
        return "animal"
    if any(spelled(name).text in grammar("animals") for name in names if name) and any(values.names.values()):
        return "animal"
    return ""


def _is_a_key(name: str) -> bool:
    """Whether a name ends with a Latin word for a key."""
    return any(f"|{word}|" in grammar("reference_heads") for word in words(name)[-1:])


def _is_a_name(hit: HeaderMatch, *, titled: bool) -> bool:
    """Whether a word names a person: 氏名; in a list of characters 名前 may be theirs."""
    return hit.category in ("name", "name_kana") and hit.strength == "strong" and not (titled and hit.word in _EITHERS)


def _speak_of_animals(values: Values) -> bool:
    """Whether cells say what animal each is, and none is a person: 柴犬, ♂去勢, ホルスタイン."""
    if values.shape not in ("choice", "words"):
        return False
    hits = values.worded("animal")
    return hits.rows >= _SPOKEN and hits.formed >= _FEWEST


def _is_borne(hits: Sequence[HeaderMatch], *, alone: bool, many: bool) -> bool:
    """Whether a column that may be either's is of what animals have, too; an illness beside `many` of theirs."""
    first = hits[0]
    if data_categories()[first.category].special_care:
        return alone or many
    if first.category == NOT_PERSONAL:
        return True
    if first.category in _NAMES:
        return alone or first.strength == "weak" or first.word in _EITHERS
    return first.category in _BORNE and (alone or first.category not in _OF_KEEPERS)


def _is_before(name: str) -> bool:
    """Whether a word for an animal begins a name that goes on with what it has: ペット名, `pet_birth`, 犬の性別."""
    found = _fronted().match(spelled(name).text)
    if not found:
        return False
    rest = found["rest"].strip("|")
    if _CALLED.fullmatch(rest):
        return True
    # 馬場 and 犬山 are places and families.
    apart = len(found["front"]) > 1 or found["of"]
    has = match(rest)[:1] if apart else ()
    return any(hit.category in ("account_id", *_NAMES, *_BORNE) for hit in has)


def _is_of_animals(name: str) -> bool:
    """Whether a table is called after animals: 牛個体台帳, `m_pet`; not after who treats or insures them."""
    held = words(_SCANS.sub("", name))
    whole = _ABOUT_THEM.sub("", "".join(word for word in held if not word.isascii()))
    return any(
        spelt in whole if len(spelt) > 1 and not spelt.isascii() else spelt.strip("|") in held
        for spelt in grammar("animals")
    )


def _holds(name: str, part: str) -> bool:
    return bool(name) and _spoken(part).search(spelled(name).text) is not None


@cache
def _spoken(part: str) -> re.Pattern[str]:
    short = [word for word in grammar(part) if len(word) <= _SHORT]
    inner = alternation(word for word in grammar(part) if len(word) > _SHORT)
    # Two letters meet by chance inside a longer name: 物件名・号室.
    return re.compile(rf"{inner}|^(?:{alternation(short)})|(?:{alternation(short)})$")


@cache
def _fronted() -> re.Pattern[str]:
    return re.compile(rf"(?P<front>{alternation(grammar('animals'))})(?P<of>の?)(?P<rest>.+)")
