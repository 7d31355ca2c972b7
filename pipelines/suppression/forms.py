"""What of a person is hashed, and what of a cell is held against those hashes: both sides folded by the matching keys.

A hash is found only by an equal text, so every fold that a look-up compares by has to be done before. A name is held in
its loosest form (`name`: it finds, and never decides), and in the form that decides together with a birth date or an
address. A person's side holds every order and every reading of the name, so that a cell's needs one or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Literal

from classifiers.people import address, dates, mail, number, phone
from classifiers.people.contacts import untagged
from classifiers.people.kana import fold_kana, shorten, unvoice
from classifiers.people.keys import NameKeys, name_keys
from classifiers.people.letters import fold_mixed, fold_variants, prepare
from classifiers.people.places import Address
from classifiers.people.romaji import fold_romaji, is_latin
from pipelines.disclosure.person import Person
from pipelines.disclosure.sought import seek

Kind = Literal["mail", "phone", "member_number", "name", "name_birth_date", "name_address", "alike_birth_date"]
"""`alike_birth_date`: a name that is only alike, with the birth date. No proof, but no contradiction either."""

_MOST_PARTS = 4
_LAST_LATIN = "\u024f"
_KANJI = re.compile("[\u4e00-\u9fff]+")
"""Most names are kanji and nothing else: no kana of theirs has to be folded."""
_MAILS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+\.[a-z]{2,}")
_PHONES = re.compile(r"(?<![0-9])(?:\+|\(?0)[0-9][0-9()\s./‐‑‒–—―−ー-]{7,18}[0-9](?![0-9])")


def of_person(person: Person) -> frozenset[tuple[Kind, str]]:
    """Everything that is hashed of a person."""
    same: set[str] = set()
    alike: set[str] = set()
    for name in seek(person).names:
        alike |= _alike(name.keys)
        if name.ceiling in ("exact", "kana"):
            same |= name.keys.kana
    found: set[tuple[Kind, str]] = {("name", form) for form in alike}
    found |= {("mail", untagged(mail(one))) for one in person.mails}
    found |= {("phone", phone(one)) for one in person.phones}
    found |= {("member_number", number(one)) for one in person.member_ids}
    if person.birth_date:
        found |= {("name_birth_date", beside(form, person.birth_date.isoformat())) for form in same}
        found |= {("alike_birth_date", beside(form, person.birth_date.isoformat())) for form in alike}
    for one in person.addresses:
        found |= {("name_address", beside(form, place)) for form in same for place in places(one)}
    return frozenset(found)


def _alike(keys: NameKeys) -> frozenset[str]:
    spelt = keys.latin | keys.latin_of_kana | keys.latin_of_reading
    return spelt if keys.latin else spelt | keys.unvoiced


def beside(form: str, other: str) -> str:
    """A name with what stands beside it."""
    return f"{form}\0{other}"


def alike(text: str) -> tuple[str, ...]:
    """The loosest forms of a name in a cell; none of one with lost letters."""
    keys = name_keys(text)
    if keys.lost:
        return ()
    parts = keys.parts
    if all(part[0] <= _LAST_LATIN and is_latin(part) for part in parts):
        return tuple({fold_romaji("".join(order)) for order in _orders(tuple(map(fold_romaji, parts)))})
    return tuple({_loosest("".join(order)) for order in _orders(tuple(map(fold_variants, parts)))})


def _orders(parts: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return permutations(parts) if 1 < len(parts) <= _MOST_PARTS else (parts,) if parts else ()


def _loosest(folded: str) -> str:
    if _KANJI.fullmatch(folded):
        return fold_mixed(folded)
    return unvoice(fold_mixed(shorten(fold_kana(folded))))


def same(text: str) -> frozenset[str]:
    """The forms of a name in a cell that decide beside a birth date or an address."""
    return name_keys(text).kana


def mails(text: str) -> tuple[str, ...]:
    """Every mail address in a cell or text, without tags."""
    if "@" not in text and "＠" not in text:
        return ()
    whole = mail(text)
    if len(whole) == len(text):
        return (untagged(whole),)
    found = {whole, *_MAILS.findall(prepare(text))} - {""}
    return tuple(untagged(one.rstrip(".")) for one in found)


def phones(text: str) -> tuple[str, ...]:
    """The phone number that a cell is, also as it was before a spreadsheet ate its leading zero."""
    found = phone(text)
    if not found:
        return ()
    return (found,) if found[0] in "0+" else (found, f"0{found}")


def phones_in(text: str) -> tuple[str, ...]:
    """Every phone number in a text."""
    return tuple({found for one in _PHONES.findall(prepare(text)) if (found := phone(one))})


def member_numbers(text: str) -> tuple[str, ...]:
    """The member number that a cell is."""
    found = number(text)
    return (found,) if found else ()


def days(text: str) -> frozenset[str]:
    """Every birth date that a cell may mean."""
    return frozenset(day.isoformat() for day in dates(text))


def places(text: str) -> Iterator[str]:
    """An address down to its number, from where on it is strong; nothing for one that ends before."""
    found: Address = address(text)
    if found.city and found.number:
        # the prefecture is often left out
        yield "\0".join((found.city, found.town, "-".join(found.number)))
