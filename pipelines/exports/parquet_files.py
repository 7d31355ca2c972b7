"""Parquet, one file a section, for a warehouse; what has parts (evidence, mentions) is JSON in a column of text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipelines.exports.contents.told import Row, Told
from pipelines.register.sections import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "parquet"
TITLE_JA = "台帳の表（Parquet）"
TITLE_EN = "the register's tables as Parquet files"


def files(told: Told) -> Mapping[str, bytes]:
    """One file a section."""
    return {
        f"{section}.parquet": _written(_table(fields, told.sections[section])) for section, fields in FIELDS.items()
    }


def _table(fields: Mapping[str, type], rows: Sequence[Row]) -> pa.Table:
    import pyarrow as pa

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(name, types.get(kind, pa.string())) for name, kind in fields.items()])
    return pa.table([pa.array([_cell(row[name]) for row in rows], schema.field(name).type) for name in fields], schema)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _written(table: pa.Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    content: bytes = sink.getvalue().to_pybytes()
    return content
