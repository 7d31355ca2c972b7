"""Rows held against the stop list, a batch at a time: folded and hashed once a distinct value, no row touched by itself
but those that hold a hit."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from pipelines.disclosure.places import Place, Role
from pipelines.suppression import forms
from pipelines.suppression.book import Entry, StopList
from pipelines.suppression.forms import Kind
from pipelines.suppression.hashing import HashKey

if TYPE_CHECKING:
    import pyarrow as pa

Entries = frozenset[int]
_NONE: Entries = frozenset()
_SHORT = 30
"""Letters of an untagged cell that may be a name and nothing else."""
_LONGEST_NAME = 60
_OWN: frozenset[Kind] = frozenset({"mail"})
"""Kinds that decide whatever name stands beside them; a phone is a family's, a member number another table's."""


class Answer(IntEnum):
    """Whether a row may leave."""

    NO = 0
    """Nobody on the list."""
    PERSON = 1
    """Perhaps somebody on the list: for a person to check."""
    YES = 2
    """Somebody on the list."""


class Stops:
    """The entries in force of some scopes, in memory."""

    def __init__(self, book: StopList, scopes: Iterable[str], keys: Sequence[HashKey]) -> None:
        found = book.living(scopes, keys)
        self.entries: Mapping[int, Entry] = {entry.id: entry for entry in found}
        used = {key for entry in found for key in entry.key_ids}
        self._keys = tuple(key for key in keys if key.id in used)
        self._by_prefix: dict[bytes, list[tuple[bytes, int]]] = {}
        for entry, _, digest in book.hashes(self.entries, self._keys):
            self._by_prefix.setdefault(digest[:8], []).append((digest, entry))

    def find(self, kind: Kind, texts: Iterable[str]) -> Entries:
        """The entries that hold one of the texts as that kind."""
        if not self._keys:
            return _NONE
        found: set[int] = set()
        for text in texts:
            for key in self._keys:
                digest = key.digest(kind, text)
                for held, entry in self._by_prefix.get(digest[:8], ()):
                    # a prefix is looked up by its place; the rest in the same time whatever it holds
                    if hmac.compare_digest(held, digest):
                        found.add(entry)
        return frozenset(found)

    def has(self, entry: int, kind: Kind) -> bool:
        """Whether an entry holds a hash of a kind."""
        return kind in self.entries[entry].kinds


Hits = Mapping[Kind, Entries]


def _address(text: str, stops: Stops) -> Hits:
    return {"mail": stops.find("mail", forms.mails(text))}


def _phone(text: str, stops: Stops) -> Hits:
    return {"phone": stops.find("phone", forms.phones(text))}


def _number(text: str, stops: Stops) -> Hits:
    return {"member_number": stops.find("member_number", forms.member_numbers(text))}


def _name(text: str, stops: Stops) -> Hits:
    return {"name": stops.find("name", forms.alike(text))}


def _text(text: str, stops: Stops) -> Hits:
    found = dict(_address(text, stops))
    found["phone"] = stops.find("phone", forms.phones_in(text))
    if len(text) <= _SHORT and "@" not in text:
        found["name"] = stops.find("name", forms.alike(text))
    return found


_PROBES: Mapping[Role, Callable[[str, Stops], Hits]] = {
    "email": _address,
    "phone": _phone,
    "member_id": _number,
    "name": _name,
    "kana": _name,
    "text": _text,
    "other": _address,
}
COMPARED: frozenset[Role] = frozenset({"email", "phone", "member_id", "name", "kana"})
"""Roles that a row is found by; a birth date or an address only decides beside a name."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What a batch holds of the list."""

    rows: Mapping[int, Mapping[int, Answer]]
    """Row (0-based) → entry → `YES` or `PERSON`; rows without a hit are not in it."""

    def answer(self, row: int) -> Answer:
        """What the list says of a row."""
        return max(self.rows.get(row, {}).values(), default=Answer.NO)


def screen(columns: Sequence[pa.Array], places: Sequence[Place], stops: Stops) -> Screened:
    """Hold every row of some columns against the list; `places` are positions in `columns`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    hits: dict[int, dict[Kind, set[int]]] = {}
    if not stops.entries:
        return Screened({})
    for place in places:
        probe = _PROBES.get(place.role)
        if probe is None:
            continue
        encoded = _cells(columns, place).dictionary_encode()
        known = {
            number: found
            for number, text in enumerate(encoded.dictionary.to_pylist())
            if (found := _probed(text, probe, stops))
        }
        if not known:
            continue
        rows = pc.indices_nonzero(pc.is_in(encoded.indices, value_set=pa.array(list(known), encoded.indices.type)))
        for row, number in zip(rows.to_pylist(), encoded.indices.take(rows).to_pylist(), strict=True):
            held = hits.setdefault(row, {})
            for kind, entries in known[number].items():
                held.setdefault(kind, set()).update(entries)
    decided = {row: _decided(_Row(columns, places, row), held, stops) for row, held in hits.items()}
    return Screened({row: decided[row] for row in sorted(decided) if decided[row]})


def _probed(text: str | None, probe: Callable[[str, Stops], Hits], stops: Stops) -> dict[Kind, Entries]:
    found: dict[Kind, Entries] = {}
    for part in (text or "").split("\n"):
        if part.strip():
            for kind, entries in probe(part, stops).items():
                if entries:
                    found[kind] = found.get(kind, _NONE) | entries
    return found


def _cells(columns: Sequence[pa.Array], place: Place) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = [_texts(columns[column]) for column in place.columns]
    if len(cells) == 1:
        return cells[0]
    return pc.binary_join_element_wise(*cells, pa.scalar(place.separator), null_handling="replace")


def _texts(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column.cast(pa.list_(pa.string())), "\n")
    return column.cast(pa.string())


class _Row:
    """The cells of a row that are read only where it holds a hit."""

    def __init__(self, columns: Sequence[pa.Array], places: Sequence[Place], row: int) -> None:
        self._columns, self._places, self._row = columns, places, row

    def texts(self, *roles: Role) -> Iterator[str]:
        """What the row holds in places of some roles."""
        for place in self._places:
            if place.role in roles:
                cells = (_texts(self._columns[column].slice(self._row, 1))[0].as_py() for column in place.columns)
                text = place.separator.join(filter(None, cells))
                yield from (part for part in text.split("\n") if part.strip())


def _decided(row: _Row, held: Mapping[Kind, set[int]], stops: Stops) -> dict[int, Answer]:
    answers: dict[int, Answer] = {}
    named = held.get("name", set())
    others_name = any(True for _ in row.texts("name", "kana"))
    for kind in ("mail", "phone", "member_number"):
        for entry in held.get(kind, ()):
            another = kind not in _OWN and others_name and stops.has(entry, "name") and entry not in named
            answers[entry] = max(answers.get(entry, Answer.NO), Answer.PERSON if another else Answer.YES)
    if named - {entry for entry, answer in answers.items() if answer is Answer.YES}:
        beside = _beside(row, stops)
        for entry in named:
            if entry in beside.sure or answers.get(entry) is Answer.YES:
                answers[entry] = Answer.YES
            elif entry in beside.alike or not (beside.born and stops.has(entry, "alike_birth_date")):
                answers[entry] = Answer.PERSON
    return answers


class _Beside(NamedTuple):
    """What stands beside a name."""

    sure: Entries
    """Meant by name and birth date, or by name and address."""
    alike: Entries
    """The birth date of these beside a name that is only alike."""
    born: bool
    """Whether there is a birth date, which speaks against everybody else's."""


def _beside(row: _Row, stops: Stops) -> _Beside:
    names = [text for text in row.texts("name", "kana", "text") if len(text) <= _LONGEST_NAME]
    same = {form for text in names for form in forms.same(text)}
    alike = {form for text in names for form in forms.alike(text)}
    days = [forms.days(text) for text in row.texts("birth_date")]
    every = frozenset(day for some in days for day in some)
    places = {place for text in row.texts("address") for place in forms.places(text)}

    def find(kind: Kind, names: Iterable[str], others: Iterable[str]) -> Entries:
        return stops.find(kind, (forms.beside(*pair) for pair in product(names, others)))

    return _Beside(
        sure=find("name_birth_date", same, every) | find("name_address", same, places),
        alike=find("alike_birth_date", alike, every),
        born=any(len(some) == 1 for some in days),
    )
