"""The register (台帳): what is held where, whose, for what, judged how. It never holds a personal value.

One writer at a time; every write is one transaction, so that a store that fails leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from pipelines.register import schema
from pipelines.register.contents import (
    Change,
    RegisteredColumn,
    RegisteredDataset,
    RegisteredJob,
    RegisteredLink,
    RegisteredNotRead,
    RegisteredPartition,
    RegisteredRuling,
    RegisteredStatement,
    RegisteredStore,
    RegisteredUse,
    RegisteredVerdict,
    Run,
)
from pipelines.register.differences import State, changes
from pipelines.register.keeping import keep
from pipelines.register.opening import RegisterError, engine_of, in_words
from pipelines.register.readings import Readings
from pipelines.register.scanned import (
    CategoryOf,
    Row,
    column_rows,
    dataset_row,
    gone,
    link_rows,
    partition_rows,
    statement_rows,
    stop_rows,
    store_row,
    unread_row,
    use_rows,
)
from pipelines.register.sections import sections
from pipelines.register.statements import delete, first_runs, held, insert, living, replace, retire, snapshot

if TYPE_CHECKING:
    from expectations.check import Verdict
    from expectations.facts import Declared
    from expectations.rulings import Standing
    from pipelines.declarations import StoreDeclaration
    from pipelines.scan import Scanned, Unread

__all__ = [
    "Change",
    "Register",
    "RegisterError",
    "RegisteredColumn",
    "RegisteredDataset",
    "RegisteredJob",
    "RegisteredLink",
    "RegisteredNotRead",
    "RegisteredPartition",
    "RegisteredRuling",
    "RegisteredStatement",
    "RegisteredStore",
    "RegisteredUse",
    "RegisteredVerdict",
    "Run",
    "masked",
]


class Register(Readings):
    """A register that can be written."""

    @classmethod
    def open(cls, location: str | Path, create: bool = True) -> Self:
        """Open the register at a path or SQLAlchemy URL (`sqlite://` is one in memory); raises RegisterError."""
        return cls(engine_of(location, create))

    def begin(self, kind: str, as_of: date, versions: Mapping[str, str]) -> int:
        """Note that a run of a kind (`scan`, `check`) begins, and what it goes by; answers the run's id."""
        row = {"kind": kind, "started": datetime.now(UTC), "status": "running", "as_of": as_of}
        with in_words("written"), self._engine.begin() as connection:
            query = sa.insert(schema.runs).values(**row, versions=dict(versions), counts={})
            begun: int = connection.execute(query.returning(schema.runs.c.id)).scalar_one()
        return begun

    def expect(self, run: int, due: int, skipped: int) -> None:
        """Note how many datasets a scan is about to read, and how many it leaves as they are: its progress is told by
        what it has written of these."""
        counts = {"due": due, "skipped": skipped}
        with in_words("written"), self._engine.begin() as connection:
            connection.execute(sa.update(schema.runs).where(schema.runs.c.id == run).values(counts=counts))

    def finish(self, run: int, status: str, counts: Mapping[str, Any]) -> None:
        """Note that a run ended: how, its counts, and what stands in the register now."""
        held_now = sections(self)
        row = {"finished": datetime.now(UTC), "status": status, "counts": dict(counts)}
        with in_words("written"), self._engine.begin() as connection:
            connection.execute(sa.update(schema.runs).where(schema.runs.c.id == run).values(row))
            keep(connection, run, held_now)

    def put_scan(
        self,
        run: int,
        store: StoreDeclaration,
        scanned: Sequence[Scanned],
        unread: Sequence[Unread],
        category_of: CategoryOf,
    ) -> None:
        """Replace what the register knows of a store by what a run saw of it."""
        self.put_datasets(run, store, scanned, category_of)
        self.close_store(run, store, [one.id for one in scanned], unread)

    def put_datasets(
        self, run: int, store: StoreDeclaration, scanned: Sequence[Scanned], category_of: CategoryOf
    ) -> None:
        """Write some datasets of a store over what was known of them, in one transaction."""
        ids = [one.id for one in scanned]
        with in_words("written"), self._engine.begin() as connection:
            replace(connection, schema.stores.c.id, store_row(store, run))
            before = snapshot(connection, living(connection, ids))
            first = first_runs(connection, ids)
            delete(connection, schema.datasets.c.id, ids)
            insert(connection, schema.datasets, [dataset_row(one, run, first.get(one.id, run)) for one in scanned])
            insert(connection, schema.columns, [row for one in scanned for row in column_rows(one)])
            insert(connection, schema.partitions, [row for one in scanned for row in partition_rows(one, category_of)])
            insert(connection, schema.links, [row for one in scanned for row in link_rows(one)])
            insert(connection, schema.uses, [row for one in scanned for row in use_rows(one)])
            insert(connection, schema.statements, [row for one in scanned for row in statement_rows(one)])
            insert(connection, schema.stops, [row for one in scanned for row in stop_rows(one)])
            insert(connection, schema.changes, list(changes(run, before, snapshot(connection, ids))))

    def close_store(self, run: int, store: StoreDeclaration, seen: Collection[str], unread: Sequence[Unread]) -> None:
        """Note what of a store could not be read, and mark as gone what was there and is no more.

        `seen` are the ids of the datasets that are there, read anew or known already; one that could not be read keeps
        its last known state.
        """
        with in_words("written"), self._engine.begin() as connection:
            replace(connection, schema.stores.c.id, store_row(store, run))
            earlier = {row["id"]: row["name"] for row in held(connection, store.id)}
            missing = sorted(gone(earlier, seen, unread))
            before = snapshot(connection, missing)
            retire(connection, run, missing)
            insert(connection, schema.changes, list(changes(run, before, {})))
            delete(connection, schema.not_read.c.store, [store.id])
            insert(connection, schema.not_read, [unread_row(one, run) for one in unread])

    def retire_stores(self, run: int, declared: Collection[str]) -> None:
        """Mark every store that is declared no more, and its datasets, as gone."""
        with in_words("written"), self._engine.begin() as connection:
            known = connection.scalars(sa.select(schema.stores.c.id).where(schema.stores.c.gone_run.is_(None)))
            for store in sorted(set(known) - set(declared)):
                ids = [row["id"] for row in held(connection, store)]
                before = snapshot(connection, ids)
                retire(connection, run, ids)
                connection.execute(sa.update(schema.stores).where(schema.stores.c.id == store).values(gone_run=run))
                insert(connection, schema.changes, list(changes(run, before, {})))

    def recategorise(self, category_of: CategoryOf) -> None:
        """Map every partition anew: the policy may be another one than at the scan."""
        table = schema.partitions
        kinds = (table.c.subject, table.c.custody, table.c.nature)
        with in_words("written"), self._engine.begin() as connection:
            for row in connection.execute(sa.select(*kinds).distinct()).all():
                same = sa.and_(*(column == value for column, value in zip(kinds, row, strict=True)))
                connection.execute(sa.update(table).where(same).values(subject_category=category_of(*row)))

    def put_declared(self, run: int, declared: Declared) -> None:
        """Replace the declared facts; who approved something is masked: the register names no person."""
        rows = [
            {"run": run, "kind": kind, "fact": fact}
            for kind, facts in masked(declared).model_dump(mode="json").items()
            for fact in facts
        ]
        with in_words("written"), self._engine.begin() as connection:
            connection.execute(sa.delete(schema.declared))
            insert(connection, schema.declared, rows)

    def put_verdicts(self, run: int, verdicts: Iterable[Verdict]) -> None:
        """Replace the verdicts; one whose outcome is the same as before keeps the run since which it stands."""
        table = schema.verdicts
        with in_words("written"), self._engine.begin() as connection:
            earlier = {row["id"]: row for row in connection.execute(sa.select(table)).mappings()}
            rows = [_verdict_row(run, position, verdict) for position, verdict in enumerate(verdicts)]
            for row in rows:
                if (was := earlier.get(row["id"])) and was["verdict"] == row["verdict"]:
                    row["since_run"] = was["since_run"]
            connection.execute(sa.delete(table))
            insert(connection, table, rows)
            before, after = (_outcomes(found) for found in (earlier.values(), rows))
            insert(connection, schema.changes, list(changes(run, before, after)))

    def put_rulings(self, run: int, standings: Iterable[Standing]) -> None:
        """Replace the rulings, and note which of them stand otherwise than before; who ruled is left out."""
        table = schema.rulings
        with in_words("written"), self._engine.begin() as connection:
            earlier = _states(connection.execute(sa.select(table)).mappings())
            rows = [_ruling_row(one) for one in standings]
            connection.execute(sa.delete(table))
            insert(connection, table, rows)
            insert(connection, schema.changes, list(changes(run, earlier, _states(rows))))


def _states(rows: Iterable[Mapping[Any, Any]]) -> State:
    return {("ruling", row["dataset_id"], row["id"]): row["state"] for row in rows}


def _ruling_row(standing: Standing) -> Row:
    ruling = standing.ruling
    return {
        "id": ruling.id,
        **standing.saying._asdict(),
        "machine": standing.machine,
        "state": standing.state,
        "why": ruling.why,
        "ruled_on": ruling.on,
        "until": ruling.until,
    }


def masked(declared: Declared) -> Declared:
    """Declared facts as a register keeps them: that somebody approved something stays, for nothing is carried without
    it; who it was does not."""
    return type(declared).model_validate(_masked(declared.model_dump()))


def _masked(fact: Any) -> Any:
    from classifiers.masking import MASK

    if isinstance(fact, dict):
        return {key: MASK if key == "approver" and value else _masked(value) for key, value in fact.items()}
    return [_masked(one) for one in fact] if isinstance(fact, list | tuple) else fact


def _verdict_row(run: int, position: int, verdict: Verdict) -> Row:
    known = [column.name for column in schema.verdicts.columns if column.name not in ("position", "run", "since_run")]
    row: Row = {name: getattr(verdict, name) for name in known}
    row["evidence"] = [dict(reason) for reason in verdict.evidence]
    row["next_step"] = dict(verdict.next_step)
    return {**row, "run": run, "since_run": run, "position": position}


def _outcomes(rows: Iterable[Mapping[Any, Any]]) -> dict[tuple[str, str, str], str]:
    return {("verdict", row["dataset_id"], row["id"]): row["verdict"] for row in rows}
