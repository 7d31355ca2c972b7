"""A case's search: the individual looked up live, every row a candidate, every store that is still open told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.casebook import gates
from pipelines.casebook.case import Case
from pipelines.casebook.corrections import uncorrected
from pipelines.casebook.gates.settling import OWNER
from pipelines.casebook.hands import Hand
from pipelines.casebook.intake import sure
from pipelines.casebook.progress import UNTOLD, Candidate, Open, Search
from pipelines.casebook.provisions.record import Provided
from pipelines.casebook.untagged import untagged
from pipelines.disclosure import findings
from pipelines.disclosure.links import Origin
from pipelines.disclosure.lookup import Record, Step, run_lookup, unseen
from pipelines.disclosure.release import Place, Suggestion, is_secret, suggestions
from pipelines.disclosure.where import NEED_NOT, categories

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.register import Register

_LINKED: Mapping[Origin, str] = {"foreign_key": "linked", "declared": "declared", "inferred": "inferred"}


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate's row as its store gives it. It stays in memory, but for the letter."""

    candidate: findings.Candidate = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)
    kinds: tuple[str, ...]
    """Data category of each cell; '' unknown."""

    @property
    def content(self) -> bytes:
        """What its digest is of. A My Number is not even hashed."""
        cells = ["" if kind == "my_number" else cell for cell, kind in zip(self.cells, self.kinds, strict=True)]
        return json.dumps([self.names, cells], ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Looked:
    """A search, and the rows of its candidates by their ids."""

    search: Search
    rows: Mapping[str, Row | Provided] = field(repr=False)


def look(
    case: Case,
    stores: Sequence[StoreDeclaration],
    register: Register,
    record: Record,
    step: Step = unseen,
) -> Looked:
    """Look the case's individual up in every declared store; raises RefusedError where there is none to look for."""
    if case.individual is None:
        raise gates.RefusedError("not_now")
    kept: list[Row] = []
    by_id = {store.id: store for store in stores}
    datasets = {one.id: one for one in register.datasets()}
    result = run_lookup(
        case.individual,
        stores,
        register,
        record,
        case.number,
        lambda candidate, names, cells: kept.append(
            Row(candidate, tuple(names), tuple(cells), categories(datasets.get(candidate.dataset_id), names))
        ),
        step,
    )
    known = sure(case)
    rows = {_id(case, row): row for row in kept}
    suggested = suggestions((row.candidate for row in kept), known)
    ids = {(row.candidate.dataset_id, row.candidate.row): id for id, row in rows.items()}
    owners = {store.id: store.owner for store in stores}
    names = {place: _name(by_id, *place) for place in {(one.candidate.store, one.candidate.dataset) for one in kept}}
    search = Search(
        as_of=result.at,
        stores=tuple(dict.fromkeys(one.store for one in result.searched)),
        open=tuple(_open(result.not_searched, owners)),
        candidates=tuple(_candidate(case, id, row, suggested, ids, names) for id, row in rows.items()),
        result=result.digest(),
        keys=tuple(result.kinds.items()),
    )
    return Looked(search, rows)


def digests(case: Case, rows: Mapping[str, Row | Provided]) -> dict[str, str]:
    """The rows' digests as they are now, by candidate; what an owner said stands as it was said."""
    found = {id: case.fingerprint(row.content) for id, row in rows.items()}
    search = case.progress.search
    return found | {one.id: one.digest for one in (search.candidates if search else ()) if one.reasons == OWNER}


def owner_answered(case: Case, by: Hand, store: str, held: str, label: str = "") -> Case:
    """What a store's owner answered: `held` says where it has something of the person, '' nothing; RefusedError.

    `label` is what the company calls the store.

    After the answer it is of the new search.
    """
    again = case.progress.step == "close"
    search = case.progress.recheck if again else case.progress.search
    if search is None or store not in {one.store for one in search.open}:
        raise gates.RefusedError("no_open_store")
    more = search.candidates
    if held:
        digest = case.fingerprint(held.encode())
        found = Candidate(
            id=f"o-{digest[:12]}", store=store, dataset=store, locator=held, digest=digest,
            suggestion="candidate", reasons=OWNER, name=label or store,
        )  # fmt: skip
        more = (*more, found)
    left = tuple(one for one in search.open if one.store != store)
    return found_anew(case, by, search.model_copy(update={"open": left, "candidates": more}))


def found_anew(case: Case, by: Hand, search: Search) -> Case:
    """The case with a search: the one it is decided by, or after the answer the one that shows what is left.

    Raises RefusedError.
    """
    gate = gates.rechecked if case.progress.step == "close" else gates.searched
    return case.model_copy(update={"progress": gate(case.progress, by, search)})


def _candidate(
    case: Case,
    id: str,
    row: Row,
    suggested: Mapping[Place, Suggestion],
    ids: Mapping[Place, str],
    names: Mapping[tuple[str, str], str],
) -> Candidate:
    found = row.candidate
    where = f"{found.key.column}={found.key.value}" if found.key else found.document or f"row {found.row}"
    reasons = [f"{one.match.key}:{one.match.level}" for one in found.weighed.found]
    reasons += [f"not:{key}" for key in found.weighed.contradictions]
    if is_secret(found):
        reasons.append(UNTOLD)
    reasons += dict.fromkeys(f"{_LINKED[one.origin]}:{_link(one)}" for one in found.linked)
    parents = dict.fromkeys(ids[one.dataset_id, one.row] for one in found.linked)
    return Candidate(
        id=id,
        store=found.store,
        dataset=found.dataset,
        name=names[found.store, found.dataset],
        locator=where,
        digest=case.fingerprint(row.content),
        suggestion=suggested[found.dataset_id, found.row],
        reasons=tuple(reasons),
        parents=tuple(parents),
        secrets=untagged(row.names, row.cells, row.kinds),
        uncorrected=uncorrected(case.asked.corrections, row.cells),
    )


def _link(one: findings.Linked) -> str:
    """The link by its ends; of a foreign key its target is enough."""
    return one.by if one.origin == "foreign_key" else f"{one.column}→{one.by}"


def _name(stores: Mapping[str, StoreDeclaration], store: str, dataset: str) -> str:
    """What the company calls a dataset, in which store."""
    declared = stores[store]
    return f"{declared.label or store}・{declared.dataset(dataset).label or dataset}"


def _id(case: Case, row: Row) -> str:
    """The same for the same record at the next search, as long as its store tells it apart."""
    found = row.candidate
    told = found.key.value if found.key else case.fingerprint(row.content)
    return "c-" + hashlib.blake2b(f"{found.dataset_id}\0{told}".encode(), digest_size=6).hexdigest()


def _open(not_searched: Sequence[findings.NotSearched], owners: Mapping[str, str]) -> list[Open]:
    """Stores with something unsearched that may hold the person, each once, with the reason of the first."""
    found: dict[str, Open] = {}
    for one in not_searched:
        if one.reason not in NEED_NOT:
            found.setdefault(one.store, Open(store=one.store, reason=one.reason, owner=owners.get(one.store, "")))
    return list(found.values())
