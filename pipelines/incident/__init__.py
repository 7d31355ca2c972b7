"""The breach desk (漏えい等): what the register knows of what got out, and what it cannot know. A person decides.

Art 26 of the Act, arts 7 to 10 of its Enforcement Rules. Only names of stores, datasets and columns and counts stand in
an assessment: no value of any person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from classifiers.vocabulary import data_categories, subjects
from pipelines.declarations.stores import OF_STATEMENTS
from pipelines.incident.causes import Cause, causes
from pipelines.incident.deadlines import Deadlines, deadlines
from pipelines.incident.grounds import Ground, Seen, grounds
from pipelines.incident.persons import Persons, persons
from pipelines.reports.pagework.holdings import categories_of, personal_columns, personal_partitions

if TYPE_CHECKING:
    from expectations.facts import Contract
    from pipelines.register import Register, RegisteredDataset, RegisteredNotRead, RegisteredStore

__all__ = ["Entruster", "Incident", "IncidentError", "Reached", "assess"]

_CONTACTS = ("email", "address", "street", "phone", "mobile", "postal_code")


class IncidentError(Exception):
    """What is said to have got out is not in the register."""


@dataclass(frozen=True, slots=True)
class Entruster:
    """An entruster (委託元) whose data is concerned."""

    party: str
    """'' no contract is declared."""
    contract: str
    work: str
    store: str
    datasets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """Individuals of one kind, and by what of the data they may be reached."""

    subject: str
    custody: str
    datasets: tuple[str, ...]
    by: tuple[str, ...]
    """Data categories."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What is known of a breach, and what is open."""

    stores: tuple[RegisteredStore, ...]
    datasets: tuple[RegisteredDataset, ...]
    """Those with personal data."""
    unread: tuple[RegisteredNotRead, ...]
    cause: Cause | None
    encrypted: bool | None
    deadlines: Deadlines
    persons: Persons
    grounds: tuple[Ground, ...]
    items: tuple[str, ...]
    """Data categories that got out, those found inside texts among them."""
    entrusters: tuple[Entruster, ...]
    reached: tuple[Reached, ...]
    seen_on: datetime | None
    """When the last scan began; None: there was none."""

    @property
    def my_number(self) -> bool:
        """Whether the numbers of the My Number Act are concerned, which has duties of its own."""
        return "my_number" in self.items


def assess(
    register: Register,
    stores: Sequence[str],
    known_at: datetime,
    cause: str = "",
    chosen: Sequence[str] = (),
    encrypted: bool | None = None,
) -> Incident:
    """What the register knows of a breach of those stores, or of the chosen datasets of them.

    `known_at` without a time zone is Japan's; `cause` is an id of `causes.yml`, '' not known. Raises IncidentError.
    """
    declared = {store.id: store for store in register.stores()}
    _refuse(stores, declared, "保管場所", "store")
    within = [one for one in register.datasets() if one.store in stores]
    _refuse(chosen, [one.name for one in within], "データ", "dataset")
    hit = [one for one in within if not chosen or one.name in chosen]
    personal = tuple(one for one in hit if personal_partitions(one))
    unread = tuple(one for one in register.not_read() if one.store in stores and (not chosen or one.name in chosen))
    empty = [store for store in stores if not any(one.store == store for one in within)]
    unscanned = [store for store in empty if declared[store].kind not in OF_STATEMENTS]
    count = persons(personal, register.lineage())
    seen = Seen(
        datasets=personal,
        unread=tuple(dict.fromkeys([*(one.store for one in unread), *unscanned])),
        persons=count,
        cause=causes()[cause] if cause else None,
        encrypted=encrypted,
    )
    last = register.last_run("scan")
    return Incident(
        stores=tuple(declared[id] for id in dict.fromkeys(stores)),
        datasets=personal,
        unread=unread,
        cause=seen.cause,
        encrypted=encrypted,
        deadlines=deadlines(known_at),
        persons=count,
        grounds=grounds(seen),
        items=_items(personal),
        entrusters=tuple(_entrusters(personal, declared, register.declared().contracts)),
        reached=tuple(_reached(personal)),
        seen_on=last.started if last else None,
    )


def _refuse(asked: Iterable[str], known: Iterable[str], ja: str, en: str) -> None:
    if wrong := sorted(set(asked) - set(known)):
        raise IncidentError(f"{'、'.join(wrong)}: 台帳にない{ja}です · no such {en} is in the register")


def _items(datasets: Iterable[RegisteredDataset]) -> tuple[str, ...]:
    found = {id for one in datasets for column in personal_columns(one) for id in categories_of(column)}
    return tuple(id for id in data_categories() if id in found)


def _entrusters(
    datasets: Iterable[RegisteredDataset], stores: dict[str, RegisteredStore], contracts: Iterable[Contract]
) -> Iterator[Entruster]:
    known = {one.id: one for one in contracts}
    found: dict[tuple[str, str], list[str]] = {}
    for one in datasets:
        if any(part.custody == "entrusted" for part in personal_partitions(one)):
            contract = one.contract or stores[one.store].contract
            found.setdefault((contract, "" if contract in known else one.store), []).append(one.name)
    for (contract, store), names in found.items():
        row = known.get(contract)
        yield Entruster(row.party if row else "", contract, row.work if row else "", store, tuple(names))


def _reached(datasets: Sequence[RegisteredDataset]) -> Iterator[Reached]:
    found: dict[tuple[str, str], list[RegisteredDataset]] = {}
    for one in datasets:
        for key in dict.fromkeys((part.subject, part.custody) for part in personal_partitions(one)):
            found.setdefault(key, []).append(one)
    order = list(subjects())
    for (subject, custody), those in sorted(
        found.items(), key=lambda one: (order.index(one[0][0]) if one[0][0] in order else len(order), one[0][1])
    ):
        held = {column.data_category for one in those for column in personal_columns(one)}
        yield Reached(subject, custody, tuple(one.name for one in those), tuple(id for id in _CONTACTS if id in held))
