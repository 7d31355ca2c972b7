"""What people wrote into a ledger against the machine, as rows that `pipelines.rulings.made` makes rulings of."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.reports.sheets import holdings
from pipelines.reports.sheets.entries import entries_of
from pipelines.reports.sheets.fields import Cell
from pipelines.reports.words import Pair, vocabulary, words

if TYPE_CHECKING:
    from pipelines.register import Register

_RULED = "ruled"


class Misread(NamedTuple):
    """A correction that cannot be read, and what to do about it."""

    sheet: str
    key: str
    why: str


def corrections(ledger: Path, register: Register) -> tuple[list[dict[str, Any]], list[Misread]]:
    """Rulings as rows, and what could not be read; raises ValueError where the file is no ledger that can be read.

    The same correction has the same id however often it is read.
    """
    places = _places(register)
    rows, misread = [], []
    for (sheet, key), entry in _by_row(ledger).items():
        about, known = _WORDS[sheet]
        said = str(entry.get(_RULED) or "").strip()
        if not said:
            misread.append(Misread(sheet, key, "何が正しいかが空です · says not what is right"))
        elif (says := _id_of(known(), said)) is None:
            misread.append(Misread(sheet, key, "選べる語ではありません · is none of the words to choose from"))
        elif (place := places.get((sheet, key))) is None:
            misread.append(Misread(sheet, key, "台帳にその行がありません · the register has no such row"))
        else:
            row: dict[str, Any] = {"about": about, **place, "says": says, "why": str(entry.get("ruled_why") or "")}
            if second := str(entry.get("ruled_second") or "").strip():
                row["second"] = second
            if until := entry.get("ruled_until"):
                row["until"] = until.date() if isinstance(until, datetime) else until
            rows.append({"id": _id(row), **row})
    return rows, misread


_WORDS: Mapping[str, tuple[str, Any]] = {
    "ledger": ("rows", lambda: vocabulary("subject")),
    "findings": ("verdict", lambda: words("ruling_says")),
    "columns": ("column", lambda: vocabulary("data_category")),
}


def _by_row(ledger: Path) -> Mapping[tuple[str, str], dict[str, Cell]]:
    found: defaultdict[tuple[str, str], dict[str, Cell]] = defaultdict(dict)
    for (sheet, key, field), entry in entries_of(ledger).known.items():
        if sheet in _WORDS and field.startswith(_RULED):
            found[sheet, key][field] = entry
    return found


def _places(register: Register) -> Mapping[tuple[str, str], dict[str, str]]:
    return dict(_each_place(register))


def _each_place(register: Register) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    for dataset in register.datasets():
        at = {"store": dataset.store, "dataset": dataset.name}
        for partition in dataset.partitions:
            yield ("ledger", holdings.number(dataset, partition)), {**at, "rows": partition.row_filter}
        for position, column in enumerate(dataset.columns, start=1):
            yield ("columns", f"{dataset.id}/{position}"), {**at, "column": column.column}
    for verdict in register.verdicts():
        yield ("findings", verdict["id"]), {"verdict": verdict["id"]}


def _id_of(known: Mapping[str, Pair], said: str) -> str | None:
    return next((id for id, pair in known.items() if said in (id, *pair.values())), None)


def _id(row: Mapping[str, Any]) -> str:
    said = "\0".join(f"{key}={row[key]}" for key in sorted(row))
    return f"L-{hashlib.blake2b(said.encode(), digest_size=6).hexdigest()}"
