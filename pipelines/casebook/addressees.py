"""Who has got an individual's data (提供先・委託先), by the company's declarations and the records of provision.

Told of a correction or a stop so that it is one there, too: derived, never left to memory. It is rather too wide, as
where a provision is of some rows alone: whoever need not be told is left out with a reason, by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipelines.casebook.progress import RECORDS, Addressee, Search
from pipelines.casebook.provisions.record import Provided

if TYPE_CHECKING:
    from expectations.facts import Declared

UNSPECIFIED = "不特定多数の者"


def addressees(search: Search, declared: Declared, records: Mapping[str, Provided]) -> tuple[Addressee, ...]:
    """Who has got data of the row groups that a search found something in, and of all those of a store that is open:
    its owner may say yet that something is held. `records`: those of provision among the candidates, by id."""
    ours, open_stores = search.candidates, {one.store for one in search.open}
    groups = {one.group for one in ours if one.store != RECORDS}
    found = [one for one in _rows(declared) if one.group in groups or one.group.partition("/")[0] in open_stores]
    for one in ours:
        if (record := records.get(one.id)) and record.provision.side == "given":
            to = UNSPECIFIED if record.provision.party.unspecified else record.provision.party.name
            found.append(Addressee(what="tell_recipient", to=to, group=f"{RECORDS}/{record.number}", by=record.number))
    return tuple({(one.what, one.to, one.group): one for one in reversed(found)}.values())[::-1]


def _rows(declared: Declared) -> Iterator[Addressee]:
    trustees = {one.id: one.party for one in declared.contracts if one.direction == "entrusted_by_us"}
    for provision in declared.provisions:
        group = f"{provision.source.store}/{provision.source.dataset}"
        if provision.contract in trustees:
            yield Addressee(what="tell_trustee", to=trustees[provision.contract], group=group, by=provision.id)
        else:
            yield Addressee(what="tell_recipient", to=provision.recipient, group=group, by=provision.id)
    for use in declared.uses:
        if use.contract in trustees:
            group = f"{use.source.store}/{use.source.dataset}"
            yield Addressee(what="tell_trustee", to=trustees[use.contract], group=group, by=use.id)
