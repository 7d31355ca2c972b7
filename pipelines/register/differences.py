"""What a run changed: two states of the same things, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipelines.register.contents import Change

State = Mapping[tuple[str, str, str], str]
"""(kind, dataset id, item) → what it is, in a word or two."""


def changes(run: int, before: State, after: State) -> Iterator[dict[str, Any]]:
    """Rows of the `changes` table: what is new, gone or other than it was."""
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, ""), after.get(key, "")
        if was != now:
            kind, dataset, item = key
            yield {"run": run, "kind": kind, "dataset_id": dataset, "item": item, "before": was, "after": now}


def folded(steps: Iterable[Change]) -> Iterator[Change]:
    """Changes of runs that followed each other as one: what in the end is as it was before them is none."""
    first: dict[tuple[str, str, str], Change] = {}
    last: dict[tuple[str, str, str], Change] = {}
    for change in steps:
        key = (change.kind, change.dataset_id, change.item)
        first.setdefault(key, change)
        last[key] = change
    for key, change in last.items():
        if first[key].before != change.after:
            yield replace(change, before=first[key].before)


def state(tables: Mapping[str, Sequence[Mapping[Any, Any]]]) -> State:
    """The state of some datasets, from rows of `datasets`, `columns`, `partitions` and `stops`."""
    found: dict[tuple[str, str, str], str] = {}
    for row in tables["datasets"]:
        found["dataset", row["id"], ""] = "held"
    for row in tables["columns"]:
        found["column", row["dataset_id"], row["column"]] = row["data_category"]
    for row in tables["partitions"]:
        entrusted = " entrusted" if row["custody"] == "entrusted" else ""
        found["partition", row["dataset_id"], row["row_filter"]] = f"{row['subject']}{entrusted}"
    for row in tables["stops"]:
        if row["hits"]:
            found["stops", row["dataset_id"], row["scope"]] = f"{row['hits']} of {row['rows']}"
    return found
