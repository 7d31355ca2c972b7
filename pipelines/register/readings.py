"""Reading a register: what is held, whose, judged how, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from pydantic import ValidationError

from expectations.facts import Declared
from expectations.observed import ObservedDataset
from pipelines.register import keeping, rows, schema
from pipelines.register.contents import (
    Change,
    Known,
    RegisteredDataset,
    RegisteredJob,
    RegisteredLink,
    RegisteredNotRead,
    RegisteredPartition,
    RegisteredRuling,
    RegisteredStops,
    RegisteredStore,
    RegisteredUse,
    RegisteredVerdict,
    Run,
)
from pipelines.register.differences import folded
from pipelines.register.lineage import Lineage
from pipelines.register.observing import observed
from pipelines.register.opening import RegisterError, in_words
from pipelines.register.sections import sections

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Answer = TypeVar("Answer", bound="DataclassInstance")
# built once: the desk asks these for every page
_LAST_FINISHED = sa.select(sa.func.max(schema.runs.c.id).label("id")).where(schema.runs.c.finished.is_not(None))
_RUNS = sa.select(schema.runs).order_by(schema.runs.c.id.desc())
_NEWEST = _RUNS.limit(1)

STATEMENTS = "statements"
"""The kind of a dataset that is a file of statements."""
TAG_FIELDS = ("data_category", "data_type", "confidence", "prevalence", "distinct_hits", "n")
VERDICT_FIELDS = (
    "id", "rule", "requirement", "verdict", "severity", "store", "dataset", "row_filter", "use", "purpose", "clause",
    "law", "evidence", "subject_category", "column", "next_step", "dataset_id", "digest",
)  # fmt: skip


class Readings:
    """The reading half of a register: what reports, exports, checks and look-ups ask of it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def stores(self) -> tuple[RegisteredStore, ...]:
        """Every store that is still declared, by id."""
        query = sa.select(schema.stores).where(schema.stores.c.gone_run.is_(None)).order_by(schema.stores.c.id)
        return tuple(rows.as_kind(RegisteredStore, row, reads=tuple(row["reads"])) for row in self._rows(query))

    def datasets(self) -> tuple[RegisteredDataset, ...]:
        """Every dataset that is still there, by store and name; files of statements hold no data and are `jobs`."""
        table = schema.datasets
        query = _living().where(table.c.kind != STATEMENTS)
        parts: dict[str, defaultdict[str, list[Any]]] = {
            "columns": self._by_dataset(schema.columns, rows.column),
            "partitions": self._by_dataset(schema.partitions, lambda row: rows.as_kind(RegisteredPartition, row)),
            "links": self._by_dataset(schema.links, lambda row: rows.as_kind(RegisteredLink, row)),
            "uses": self._by_dataset(schema.uses, lambda row: rows.as_kind(RegisteredUse, row)),
            "stops": self._by_dataset(schema.stops, lambda row: rows.as_kind(RegisteredStops, row)),
        }
        return tuple(
            rows.as_kind(RegisteredDataset, row, **{name: tuple(part[row["id"]]) for name, part in parts.items()})
            for row in self._rows(query)
        )

    def jobs(self) -> tuple[RegisteredJob, ...]:
        """Every view and every file of statements that is still there, by store and name."""
        told = self._by_dataset(schema.statements, rows.statement)
        telling = schema.datasets.c.id.in_(sa.select(schema.statements.c.dataset_id))
        query = _living().where(sa.or_(schema.datasets.c.kind == STATEMENTS, telling))
        return tuple(rows.as_kind(RegisteredJob, row, statements=tuple(told[row["id"]])) for row in self._rows(query))

    def known(self, store: str) -> dict[str, Known]:
        """What the register rests on, of every dataset of a store that is still there, by id."""
        table = schema.datasets
        columns = (table.c.id, table.c.version, table.c.basis, table.c.last_run)
        query = sa.select(*columns).where(table.c.store == store, table.c.gone_run.is_(None))
        return {row["id"]: rows.as_kind(Known, row) for row in self._rows(query)}

    def lineage(self) -> Lineage:
        """What feeds what by the SQL of every job, names resolved to the datasets that are there now."""
        return Lineage(self.stores(), self.datasets(), self.jobs())

    def observed(self) -> tuple[ObservedDataset, ...]:
        """The datasets as the scan saw them, for the checks."""
        return tuple(observed(dataset) for dataset in self.datasets())

    def declared(self) -> Declared:
        """What people had declared at the last check; approvers' names are masked. Raises RegisterError."""
        facts: defaultdict[str, list[Any]] = defaultdict(list)
        for kind, fact in self.facts():
            facts[kind].append(fact)
        try:
            return Declared.model_validate(facts)
        except ValidationError:
            raise RegisterError(
                "the declared facts were written by another version: run `daicho check` again"
            ) from None

    def facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Kind and row of every declared fact as it was written, by whichever version."""
        query = sa.select(schema.declared.c.kind, schema.declared.c.fact).order_by(schema.declared.c.id)
        for row in self._rows(query):
            yield row["kind"], row["fact"]

    def stood(self, run: int) -> dict[str, list[dict[str, Any]]]:
        """What stood in the register after a run, as `sections` has it; raises RegisterError where nobody kept it."""
        if rows := self._rows(keeping.kept(run)):
            return keeping.gathered(rows)
        last = self.last_run()
        if last and last.id == run:
            # nothing was kept yet: an earlier version wrote all of it
            return sections(self)
        (first,) = self._rows(keeping.first_kept())
        since = f"#{first['run']}" if first["run"] else "-"
        raise RegisterError(
            f"#{run}: その実行の後の台帳は残っていません（{since} から残っています）"
            f" · what stood in the register after that run was not kept; it is since {since}"
        )

    def tags(self) -> Iterator[dict[str, Any]]:
        """One row a column and row partition, as `daicho export tags` writes it."""
        for dataset in self.datasets():
            for column in dataset.columns:
                for partition in dataset.partitions:
                    yield {
                        "store": dataset.store,
                        "dataset": dataset.name,
                        "column": column.column,
                        **{field: getattr(column, field) for field in TAG_FIELDS[:3]},
                        "evidence": [*column.evidence, *partition.evidence],
                        "subject": partition.subject,
                        "custody": partition.custody,
                        "subject_category": partition.subject_category,
                        "row_filter": partition.row_filter,
                        "dataset_id": dataset.id,
                        **{field: getattr(column, field) for field in TAG_FIELDS[3:]},
                        "alternatives": [{"data_category": c, "confidence": share} for c, share in column.alternatives],
                        "mentions": dict(column.mentions),
                    }

    def verdicts(self) -> Iterator[dict[str, Any]]:
        """The verdicts of the last check, as `daicho export verdicts` writes them, in the order of the check.

        `ruling`: `not_so` or `accepted` where a person's ruling on the verdict is in force; else ''.
        """
        said = {one.item: one.says for one in self._in_force() if one.about == "verdict"}
        for row in self._rows(sa.select(schema.verdicts).order_by(schema.verdicts.c.position)):
            yield {field: row[field] for field in VERDICT_FIELDS} | {"ruling": said.get(row["id"], "")}

    def rulings(self) -> tuple[RegisteredRuling, ...]:
        """People's rulings as they stood at the last check."""
        return tuple(rows.as_kind(RegisteredRuling, row) for row in self._rows(sa.select(schema.rulings)))

    def _in_force(self) -> list[RegisteredRuling]:
        return [one for one in self.rulings() if one.state == "in_force"]

    def verdict(self, id: str) -> RegisteredVerdict | None:
        """The verdict of that id, whole; None: the last check gave none such."""
        for row in self._rows(sa.select(schema.verdicts).where(schema.verdicts.c.id == id)):
            known = {field.name: row[field.name] for field in fields(RegisteredVerdict)}
            return RegisteredVerdict(**(known | {"evidence": tuple(row["evidence"])}))
        return None

    def verdict_history(self, ids: Iterable[str] | None = None) -> tuple[Change, ...]:
        """What became of the verdicts of these ids, or of all, from check to check, the earliest first."""
        table = schema.changes
        query = sa.select(table).where(table.c.kind == "verdict").order_by(table.c.id)
        if ids is not None:
            query = query.where(table.c.item.in_(sorted(ids)))
        return tuple(rows.as_kind(Change, row) for row in self._rows(query))

    def not_read(self) -> tuple[RegisteredNotRead, ...]:
        """Everything that the last scan of its store could not read; a store that is gone does not count."""
        table, live = schema.not_read, schema.stores.c.gone_run.is_(None)
        query = sa.select(table).join(schema.stores).where(live).order_by(table.c.store, table.c.name, table.c.id)
        found = [*(rows.as_kind(RegisteredNotRead, row) for row in self._rows(query)), *self._unreadable()]
        return tuple(sorted(found, key=lambda one: (one.store, one.name)))

    def _unreadable(self) -> Iterator[RegisteredNotRead]:
        """The jobs of whose statements some could not be read."""
        known, table = schema.datasets, schema.statements
        wrong = sa.case((table.c.kind == "unreadable", 1), else_=0)
        first = sa.func.min(sa.case((table.c.kind == "unreadable", table.c.line)))
        query = (
            sa.select(known.c.store, known.c.name)
            .add_columns(sa.func.count().label("all"), sa.func.sum(wrong).label("wrong"), first.label("first"))
            .join(table)
            .where(known.c.gone_run.is_(None))
            .group_by(known.c.id, known.c.store, known.c.name)
            .having(sa.func.sum(wrong) > 0)
        )
        for row in self._rows(query):
            where = f"（{row['first']} 行目など）" if row["first"] else ""
            hint = f"SQL の文 {row['all']} のうち {row['wrong']} を読み取れませんでした{where}"
            yield RegisteredNotRead(row["store"], row["name"], "unsupported", hint)

    def runs(self) -> tuple[Run, ...]:
        """Every run, the newest first."""
        return tuple(map(rows.run, self._rows(_RUNS)))

    def newest_run(self) -> Run | None:
        """The newest run as it stands this moment; None: there was none."""
        return next(map(rows.run, self._rows(_NEWEST)), None)

    def last_run(self, kind: str = "") -> Run | None:
        """The newest run, of a kind where one is asked for (`scan`, `check`); None where there was none."""
        return next((run for run in self.runs() if kind in ("", run.kind)), None)

    def broken_off(self, kind: str, versions: Mapping[str, str]) -> Run | None:
        """The newest run of a kind where it never finished and went by the same versions and settings; else None."""
        last = self.last_run(kind)
        return last if last and last.status == "running" and last.versions == versions else None

    def last_finished(self) -> int:
        """The newest run that has ended, whichever kind; 0: none. What stands in the register is as old as that."""
        (row,) = self._rows(_LAST_FINISHED)
        last: int = row["id"] or 0
        return last

    def written_by(self, run: int) -> int:
        """How many datasets a scan has written: while it goes on, how far it has come."""
        query = sa.select(sa.func.count().label("n")).where(schema.datasets.c.last_run == run)
        (row,) = self._rows(query)
        written: int = row["n"]
        return written

    def changes(self, run: int | None = None) -> tuple[Change, ...]:
        """What a run, or every run, found otherwise than the run before it."""
        query = sa.select(schema.changes).order_by(schema.changes.c.id)
        if run is not None:
            query = query.where(schema.changes.c.run == run)
        return tuple(rows.as_kind(Change, row) for row in self._rows(query))

    def between(self, after: int, until: int) -> tuple[Change, ...]:
        """What the runs after one and up to another changed, taken together; `after` 0: all since the beginning."""
        return tuple(folded(change for change in self.changes() if after < change.run <= until))

    def places(self) -> dict[str, tuple[str, str]]:
        """Every dataset's store and masked name by its id, those that are gone too."""
        table = schema.datasets
        query = sa.select(table.c.id, table.c.store, table.c.name)
        return {row["id"]: (row["store"], row["name"]) for row in self._rows(query)}

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        with in_words("read"), self._engine.connect() as connection:
            return connection.execute(query).mappings().all()

    def _by_dataset(self, table: sa.Table, read: Callable[[sa.RowMapping], Answer]) -> defaultdict[str, list[Answer]]:
        found: defaultdict[str, list[Answer]] = defaultdict(list)
        for row in self._rows(sa.select(table).order_by(*table.primary_key)):
            found[row["dataset_id"]].append(read(row))
        return found


def _living() -> sa.Select[Any]:
    table = schema.datasets
    return sa.select(table).where(table.c.gone_run.is_(None)).order_by(table.c.store, table.c.name, table.c.id)
