"""What stands in a register, as flat rows: one section a kind of row, as exports write them and the past is kept.

Rows name the run nowhere, so that a row is the same for as long as it says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pipelines.register.scanned import Row
from pipelines.reports.words import FINDINGS

if TYPE_CHECKING:
    from pipelines.register.readings import Readings

_OF_DATASET = {"dataset_id": str, "store": str, "dataset": str}

FIELDS: Mapping[str, Mapping[str, type]] = {
    "stores": {
        "id": str, "label": str, "owner": str, "kind": str, "country": str, "custody": str, "contract": str,
    },
    "datasets": {
        **_OF_DATASET, "label": str, "kind": str, "contract": str, "records": int, "records_estimated": bool,
        "rows_read": int, "level": str, "individuals": int, "oldest": str, "oldest_column": str, "access": list,
    },
    "partitions": {
        **_OF_DATASET, "row_filter": str, "subject": str, "custody": str, "nature": str, "subject_category": str,
        "confidence": float, "share": float, "evidence": list,
    },
    "columns": {
        **_OF_DATASET, "position": int, "column": str, "data_category": str, "data_type": str, "confidence": float,
        "prevalence": float, "distinct_hits": int, "n": int, "mentions": dict, "evidence": list,
    },
    "uses": {
        "origin": str, "id": str, "store": str, "dataset": str, "row_filter": str, "use": str, "job": str,
        "recipient": str, "country": str, "ground": str, "purposes": list, "confidence": float,
    },
    "verdicts": {
        "id": str, "is_finding": bool, "verdict": str, "severity": str, "rule": str, "requirement": str,
        **_OF_DATASET, "row_filter": str, "column": str, "use": str, "subject_category": str, "purpose": str,
        "clause": str, "law": str, "ruling": str, "evidence": list, "next_step": dict, "digest": str,
    },
    "rulings": {
        "id": str, "about": str, "dataset_id": str, "item": str, "machine": str, "says": str, "custody": str,
        "state": str, "why": str, "ruled_on": str, "until": str,
    },
    "not_read": {"store": str, "name": str, "reason": str, "hint": str},
}  # fmt: skip
"""Section → its rows' fields and their types; a day is text, and of a number None is unknown."""

_SEVERITIES = ("error", "warning", "info")


def sections(register: Readings) -> dict[str, list[Row]]:
    """Every section's rows, in order."""
    return in_order(
        {
            "stores": [filled("stores", _said(store)) for store in register.stores()],
            **_held(register),
            "verdicts": [_verdict(verdict) for verdict in register.verdicts()],
            "rulings": [
                filled("rulings", _with_days(_said(ruling), "ruled_on", "until")) for ruling in register.rulings()
            ],
            "not_read": [filled("not_read", _said(one)) for one in register.not_read()],
        }
    )


def in_order(rows: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    """Rows in the order that exports have them in: findings by their gravity, everything else by its place."""
    return {section: sorted(rows.get(section, ()), key=lambda row: _place(section, row)) for section in FIELDS}


def _place(section: str, row: Row) -> tuple[Any, ...]:
    place = tuple(str(row.get(field) or "") for field in ("store", "dataset", "name"))
    own = (row.get("position", 0), *(str(row.get(field) or "") for field in ("row_filter", "column", "use", "id")))
    if section == "verdicts":
        return (not row["is_finding"], _SEVERITIES.index(row["severity"]), *place, *own)
    return (*place, *own)


def _held(register: Readings) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {"datasets": [], "partitions": [], "columns": [], "uses": list(_declared(register))}
    for dataset in register.datasets():
        named: Row = {"dataset_id": dataset.id, "store": dataset.store, "dataset": dataset.name}
        access = [{"kind": kind, "name": name} for kind, name in dataset.access]
        found["datasets"].append(filled("datasets", _with_days(_said(dataset), "oldest") | named | {"access": access}))
        found["partitions"] += [filled("partitions", _said(partition) | named) for partition in dataset.partitions]
        for position, column in enumerate(dataset.columns):
            found["columns"].append(
                filled("columns", _said(column) | named | {"position": position, "mentions": dict(column.mentions)})
            )
        found["uses"] += [
            filled("uses", {**named, "origin": "observed", "use": use.use, "confidence": use.confidence})
            for use in dataset.uses
        ]
    return found


def _declared(register: Readings) -> Iterator[Row]:
    """Declared uses and provisions as they were written, whichever version wrote them."""
    for kind, fact in register.facts():
        if kind in ("uses", "provisions"):
            source: Mapping[str, Any] = fact.get("source", {})
            place = {"store": source.get("store"), "dataset": source.get("dataset"), "row_filter": source.get("rows")}
            yield filled("uses", {**fact, **place, "origin": "declared" if kind == "uses" else "provision"})


def _verdict(verdict: Mapping[str, Any]) -> Row:
    return filled("verdicts", {**verdict, "is_finding": verdict["verdict"] in FINDINGS and not verdict["ruling"]})


def _said(one: Any) -> Row:
    """What a dataclass says, nothing of it copied."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _with_days(row: Row, *days: str) -> Row:
    return row | {field: row[field].isoformat() for field in days if row[field]}


def filled(section: str, row: Mapping[str, Any]) -> Row:
    """A row with its section's fields and no others; what it does not say is '' or, of a number, None.

    A row that an earlier version kept may not say everything.
    """
    blank: Mapping[type, Any] = {str: "", list: [], dict: {}}
    return {field: _plain(row.get(field), blank.get(kind)) for field, kind in FIELDS[section].items()}


def _plain(cell: Any, blank: Any) -> Any:
    """A cell as JSON gives it back, so that what was kept is what stands there."""
    if cell is None:
        return blank
    if isinstance(cell, list | tuple):
        return [dict(one) if isinstance(one, Mapping) else one for one in cell]
    return dict(cell) if isinstance(cell, Mapping) else cell
