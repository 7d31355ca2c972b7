"""Cells that databases spell otherwise than the other stores do."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.stores import Field, frames

_MIDNIGHT = ("TIMESTAMP", "DATETIME")
_MIDNIGHT_PATTERN = r"^(\d{4}-\d{2}-\d{2}) 00:00:00(\.0+)?$"
_WHOLE = ("DOUBLE", "FLOAT", "REAL")
_WHOLE_PATTERN = r"^(-?\d+)\.0$"


def spelt(batch: pa.RecordBatch, fields: Sequence[Field]) -> pa.RecordBatch:
    """The batch with midnight unsaid, whole numbers without `.0`, and null where a cell is blank."""
    columns = [_column(column, field.sql_type.upper()) for column, field in zip(batch.columns, fields, strict=True)]
    whole = pa.RecordBatch.from_arrays(columns, names=batch.schema.names) if columns else batch
    return frames.blanks_to_null(whole)


def _column(column: pa.Array, sql_type: str) -> pa.Array:
    if sql_type.startswith(_MIDNIGHT):
        return pc.replace_substring_regex(column, _MIDNIGHT_PATTERN, r"\1")
    if sql_type.startswith(_WHOLE):
        return pc.replace_substring_regex(column, _WHOLE_PATTERN, r"\1")
    return column
