"""Whether one person stands on the list: the answer to `daicho suppress check`, and a line of a look-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from expectations.stops import stopping
from pipelines.disclosure.person import Person
from pipelines.disclosure.places import Place, Role
from pipelines.suppression.book import Entry, StopList
from pipelines.suppression.hashing import hash_keys
from pipelines.suppression.screening import Answer, Stops, screen


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry that is the person's, or may be."""

    entry: Entry
    answer: Answer
    """`YES`, or `PERSON` where somebody has to look."""


def stops(path: Path, what: tuple[str, ...] = ()) -> Stops:
    """The entries of a list that stop exports of some kinds, all of them where none is named; raises StopListError."""
    return Stops(StopList(path), stopping(what), hash_keys())


def standings(person: Person, stops: Stops) -> tuple[Standing, ...]:
    """Every entry that is the person's or may be, the surest first."""
    import pyarrow as pa

    cells = list(_cells(person))
    columns = [pa.array([text]) for _, text in cells]
    places = [Place((at,), role) for at, (role, _) in enumerate(cells)]
    found = screen(columns, places, stops).rows.get(0, {})
    return tuple(
        Standing(stops.entries[entry], answer)
        for entry, answer in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    )


def _cells(person: Person) -> Iterator[tuple[Role, str]]:
    for name in (*person.names, *person.former_names, *person.romaji):
        yield "name", name
    for kana in person.kana:
        yield "kana", kana
    for mail in person.mails:
        yield "email", mail
    for phone in person.phones:
        yield "phone", phone
    for number in person.member_ids:
        yield "member_id", number
    for address in person.addresses:
        yield "address", address
    if person.birth_date:
        yield "birth_date", person.birth_date.isoformat()
