"""A labelled table as the classifiers take one: its columns' distinct values and counts, its rows as an Arrow table."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.corpus import LabelledTable
from classifiers.tags import Column, Table


def arrow(labelled: LabelledTable) -> pa.Table:
    """The rows, as a store reads them: strings, null where a cell is empty or blank."""
    return pa.table({column.name: pa.array(_cells(column.values), pa.string()) for column in labelled.columns})


def described(labelled: LabelledTable, records: pa.Table) -> Table:
    """The table with what was read of it."""
    columns = []
    for column in labelled.columns:
        counted = pc.value_counts(records.column(column.name).drop_null())
        columns.append(
            Column(
                name=column.name,
                label=column.label,
                sql_type=column.sql_type,
                values=tuple(counted.field("values").to_pylist()),
                counts=tuple(counted.field("counts").to_pylist()),
                rows=records.num_rows,
            )
        )
    return Table(
        labelled.store, labelled.name, tuple(columns), label=labelled.label, hints=labelled.hints, records=records
    )


def headless(table: Table) -> Table:
    """The same table with nothing said of its columns: `col1`, `col2` …; its own name stays."""
    names = [f"col{number}" for number in range(1, len(table.columns) + 1)]
    records = table.records.rename_columns(names) if table.records is not None else None
    columns = tuple(
        replace(column, name=name, label="", sql_type="") for name, column in zip(names, table.columns, strict=True)
    )
    return replace(table, columns=columns, records=records)


def _cells(values: list[str | None]) -> list[str | None]:
    return [value if value and not value.isspace() else None for value in values]
