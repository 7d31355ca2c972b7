"""Which records of provision may be an individual's (art 33(5)): put forward as candidates, for a person to confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.casebook.addressees import addressees
from pipelines.casebook.case import Case
from pipelines.casebook.gates.moving import CHANGING
from pipelines.casebook.intake import verified
from pipelines.casebook.progress import RECORDS, Candidate
from pipelines.casebook.provisions import shelf
from pipelines.casebook.provisions.record import Provided, Provision
from pipelines.casebook.repeats import marks
from pipelines.casebook.searching import Looked, look
from pipelines.disclosure.lookup import Record, Step, unseen

if TYPE_CHECKING:
    from pipelines.casebook.opening import Transaction
    from pipelines.declarations import Declarations
    from pipelines.register import Register

KIND = "provision_record"
_BY_NAME = frozenset({"name", "alike_birth_date"})
"""Marks that somebody else may share."""


def look_up(
    case: Case,
    known: Declarations,
    register: Register,
    record: Record,
    opened: Callable[[], AbstractContextManager[Transaction]],
    step: Step = unseen,
) -> Looked:
    """The case's individual in every store and, where records of provision are asked for or somebody is to be told of a
    change, in those of the casebook that `opened` opens; with everybody who has got data of his or hers by `known`, the
    declarations. Raises RefusedError."""
    found = look(case, known.stores, register, record, step)
    if {KIND, *CHANGING}.intersection(case.kinds):
        with opened() as transaction:
            found = with_records(case, found, shelf.kept_records(transaction))
    records = {id: row for id, row in found.rows.items() if isinstance(row, Provided)}
    told = addressees(found.search, known.declared, records)
    return replace(found, search=found.search.model_copy(update={"addressees": told}))


def with_records(case: Case, looked: Looked, records: Iterable[tuple[str, Provision]]) -> Looked:
    """The search with the records that may be the individual's; of a change, of what was provided alone."""
    wanted = records if KIND in case.kinds else ((number, one) for number, one in records if one.side == "given")
    found = list(_found(case, wanted))
    search = looked.search.model_copy(
        update={"candidates": (*looked.search.candidates, *(candidate for candidate, _ in found))}
    )
    return replace(looked, search=search, rows={**looked.rows, **{one.id: record for one, record in found}})


def _found(case: Case, records: Iterable[tuple[str, Provision]]) -> Iterator[tuple[Candidate, Provided]]:
    own, sure = frozenset(case.marks), verified(case).keys()
    for number, provision in records:
        if provision.individual is None:
            continue
        shared = {mark.partition(":")[0] for mark in own.intersection(marks(provision.individual))}
        if not shared:
            continue
        record = Provided(number, provision)
        born = {one.birth_date for one in (provision.individual, case.individual) if one and one.birth_date}
        told = "name_birth_date" in shared and "birth_date" in sure and bool(shared - _BY_NAME - {"name_birth_date"})
        yield (
            Candidate(
                id=f"p-{number}",
                store=RECORDS,
                dataset=RECORDS,
                name=f"{RECORDS} {number}",
                locator=number,
                digest=case.fingerprint(record.content),
                suggestion="excluded" if len(born) > 1 else "release" if told else "candidate",
                reasons=(*sorted(shared), *(("not:birth_date",) if len(born) > 1 else ())),
            ),
            record,
        )
