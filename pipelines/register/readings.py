"""Reading a register: what is held, whose, judged how, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import ValidationError

from classifiers.vocabulary import data_categories
from expectations.facts import Declared, ObservedColumn, ObservedDataset, Partition, StopHits
from pipelines.register import schema
from pipelines.register.contents import (
    Change,
    Known,
    RegisteredColumn,
    RegisteredDataset,
    RegisteredLink,
    RegisteredNotRead,
    RegisteredPartition,
    RegisteredStops,
    RegisteredStore,
    RegisteredUse,
    Run,
)
from pipelines.register.differences import folded
from pipelines.register.evidence import worded
from pipelines.register.opening import RegisterError, in_words

Answer = TypeVar("Answer")

TAG_FIELDS = ("data_category", "data_type", "confidence", "prevalence", "distinct_hits", "n")
VERDICT_FIELDS = (
    "id", "rule", "requirement", "verdict", "severity", "store", "dataset", "row_filter", "use", "purpose", "clause",
    "law", "evidence", "subject_category", "column", "next_step", "dataset_id",
)  # fmt: skip


class Readings:
    """The reading half of a register: what reports, exports, checks and look-ups ask of it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def stores(self) -> tuple[RegisteredStore, ...]:
        """Every store that is still declared, by id."""
        query = sa.select(schema.stores).where(schema.stores.c.gone_run.is_(None)).order_by(schema.stores.c.id)
        return tuple(_as(RegisteredStore, row) for row in self._rows(query))

    def datasets(self) -> tuple[RegisteredDataset, ...]:
        """Every dataset that is still there, by store and name."""
        table = schema.datasets
        query = sa.select(table).where(table.c.gone_run.is_(None)).order_by(table.c.store, table.c.name, table.c.id)
        parts: dict[str, defaultdict[str, list[Any]]] = {
            "columns": self._by_dataset(schema.columns, _column),
            "partitions": self._by_dataset(schema.partitions, lambda row: _as(RegisteredPartition, row)),
            "links": self._by_dataset(schema.links, lambda row: _as(RegisteredLink, row)),
            "uses": self._by_dataset(schema.uses, lambda row: _as(RegisteredUse, row)),
            "stops": self._by_dataset(schema.stops, lambda row: _as(RegisteredStops, row)),
        }
        return tuple(
            _as(RegisteredDataset, row, **{name: tuple(part[row["id"]]) for name, part in parts.items()})
            for row in self._rows(query)
        )

    def known(self, store: str) -> dict[str, Known]:
        """What the register rests on, of every dataset of a store that is still there, by id."""
        table = schema.datasets
        columns = (table.c.id, table.c.version, table.c.basis, table.c.last_run)
        query = sa.select(*columns).where(table.c.store == store, table.c.gone_run.is_(None))
        return {row["id"]: _as(Known, row) for row in self._rows(query)}

    def observed(self) -> tuple[ObservedDataset, ...]:
        """The datasets as the checks judge them."""
        return tuple(_observed(dataset) for dataset in self.datasets())

    def declared(self) -> Declared:
        """What people had declared at the last check; approvers' names are left out. Raises RegisterError."""
        query = sa.select(schema.declared.c.kind, schema.declared.c.fact).order_by(schema.declared.c.id)
        facts: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self._rows(query):
            facts[row["kind"]].append(row["fact"])
        try:
            return Declared.model_validate(facts)
        except ValidationError:
            raise RegisterError(
                "the declared facts were written by another version: run `daicho check` again"
            ) from None

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
        """The verdicts of the last check, as `daicho export verdicts` writes them, in the order of the check."""
        for row in self._rows(sa.select(schema.verdicts).order_by(schema.verdicts.c.position)):
            yield {field: row[field] for field in VERDICT_FIELDS}

    def not_read(self) -> tuple[RegisteredNotRead, ...]:
        """Everything that the last scan of its store could not read; a store that is gone does not count."""
        table, live = schema.not_read, schema.stores.c.gone_run.is_(None)
        query = sa.select(table).join(schema.stores).where(live).order_by(table.c.store, table.c.name, table.c.id)
        return tuple(_as(RegisteredNotRead, row) for row in self._rows(query))

    def runs(self) -> tuple[Run, ...]:
        """Every run, the newest first."""
        rows = self._rows(sa.select(schema.runs).order_by(schema.runs.c.id.desc()))
        return tuple(_as(Run, row, started=_utc(row["started"]), finished=_utc(row["finished"])) for row in rows)

    def last_run(self, kind: str = "") -> Run | None:
        """The newest run, of a kind where one is asked for (`scan`, `check`); None where there was none."""
        return next((run for run in self.runs() if kind in ("", run.kind)), None)

    def broken_off(self, kind: str, versions: Mapping[str, str]) -> Run | None:
        """The newest run of a kind where it never finished and went by the same versions and settings; else None."""
        last = self.last_run(kind)
        return last if last and last.status == "running" and last.versions == versions else None

    def changes(self, run: int | None = None) -> tuple[Change, ...]:
        """What a run, or every run, found otherwise than the run before it."""
        query = sa.select(schema.changes).order_by(schema.changes.c.id)
        if run is not None:
            query = query.where(schema.changes.c.run == run)
        return tuple(_as(Change, row) for row in self._rows(query))

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


def _as(kind: Callable[..., Answer], row: sa.RowMapping, **more: Any) -> Answer:
    names = {field.name for field in fields(kind)} - more.keys()  # type: ignore[arg-type]
    known = {name: row[name] for name in names}
    if "evidence" in known:
        known["evidence"] = worded(known["evidence"])
    return kind(**known, **more)


def _utc(moment: datetime | None) -> datetime | None:
    # SQLite keeps no time zone; the writer's is UTC
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def _column(row: sa.RowMapping) -> RegisteredColumn:
    pairs = {name: tuple((str(key), value) for key, value in row[name]) for name in ("alternatives", "mentions")}
    return _as(RegisteredColumn, row, **pairs)


def _observed(dataset: RegisteredDataset) -> ObservedDataset:
    known = data_categories()
    return ObservedDataset(
        id=dataset.id,
        store=dataset.store,
        name=dataset.name,
        contract=dataset.contract,
        partitions=tuple(
            Partition(row_filter=p.row_filter, subject=p.subject, custody=p.custody, nature=p.nature)
            for p in dataset.partitions
        ),
        columns=tuple(
            ObservedColumn(
                name=column.column,
                data_category=column.data_category,
                data_type=column.data_type,
                special_care=known[column.data_category].special_care if column.data_category in known else "",
                mentions=tuple(category for category, _ in column.mentions),
            )
            for column in dataset.columns
        ),
        stops=tuple(
            StopHits(
                scope=row.scope,
                rows=row.rows,
                hits=row.hits,
                doubts=row.doubts,
                whole=dataset.level == "full" or row.rows == dataset.records,
            )
            for row in dataset.stops
        ),
    )
