"""What a scan answered, as rows of the register's tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from classifiers.tags import Custody, Nature
from classifiers.vocabulary import data_categories
from pipelines.register.evidence import stored

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.scan import Scanned, Unread

CategoryOf = Callable[[str, Custody, Nature], str]
"""Subject, custody and nature → subject category: `Policy.category_of`."""

Row = dict[str, Any]


def store_row(store: StoreDeclaration, run: int) -> Row:
    """A store without its path or URL."""
    known = ("id", "label", "owner", "kind", "country", "contract")
    row: Row = {name: getattr(store, name) for name in known}
    return {**row, "custody": store.custody or "", "reads": list(store.reads), "last_run": run, "gone_run": None}


def dataset_row(scanned: Scanned, run: int, first_run: int) -> Row:
    """A dataset, seen in this run."""
    known = (
        "id", "store", "name", "label", "kind", "contract", "records", "rows_read", "level", "individuals", "version",
        "basis",
    )  # fmt: skip
    row: Row = {name: getattr(scanned, name) for name in known}
    row["access"] = [[reader.kind, reader.name] for reader in scanned.access]
    row |= {
        "oldest": scanned.reach and scanned.reach.month,
        "oldest_column": scanned.reach.column if scanned.reach else "",
    }
    return {**row, "first_run": first_run, "last_run": run, "gone_run": None}


def column_rows(scanned: Scanned) -> Iterator[Row]:
    """A dataset's columns, in its store's order."""
    known = data_categories()
    for position, tag in enumerate(scanned.columns):
        yield {
            "dataset_id": scanned.id,
            "position": position,
            "column": tag.column,
            "data_category": tag.data_category,
            "data_type": known[tag.data_category].data_type,
            "confidence": tag.confidence,
            "prevalence": tag.prevalence,
            "distinct_hits": tag.distinct_hits,
            "n": tag.n,
            "evidence": stored(tag.evidence),
            "alternatives": [list(pair) for pair in tag.alternatives],
            "mentions": [list(pair) for pair in tag.mentions],
        }


def partition_rows(scanned: Scanned, category_of: CategoryOf) -> Iterator[Row]:
    """A dataset's row partitions, with the subject category that the policy gives them."""
    for tag in scanned.partitions:
        yield {
            "dataset_id": scanned.id,
            "row_filter": tag.row_filter,
            "subject": tag.subject,
            "custody": tag.custody,
            "nature": tag.nature,
            "subject_category": category_of(tag.subject, tag.custody, tag.nature),
            "confidence": tag.confidence,
            "share": tag.share,
            "evidence": stored(tag.evidence),
        }


def link_rows(scanned: Scanned) -> Iterator[Row]:
    """A dataset's links."""
    for link in scanned.links:
        yield {
            "dataset_id": scanned.id,
            "column": link.column,
            "target": link.target,
            "target_column": link.target_column,
            "origin": link.origin,
        }


def use_rows(scanned: Scanned) -> Iterator[Row]:
    """What a dataset was seen to be used for."""
    for tag in scanned.uses:
        row = {"use": tag.use, "confidence": tag.confidence, "evidence": stored(tag.evidence)}
        yield {"dataset_id": scanned.id, **row}


def statement_rows(scanned: Scanned) -> Iterator[Row]:
    """What a dataset's SQL does, in order; names as `classifiers.statements` masks them, and no word of the SQL."""
    for position, step in enumerate(scanned.steps):
        statement = step.statement
        yield {
            "dataset_id": scanned.id,
            "position": position,
            "line": statement.line,
            "kind": statement.kind,
            "target": statement.target,
            "outlet": statement.outlet,
            "sources": list(statement.sources),
            "passed_on": list(statement.passed_on),
            "together": sorted(map(list, statement.together)),
            "feeds": [[feed.source, feed.column, feed.target_column] for feed in statement.feeds],
            "uses": [
                {"use": tag.use, "confidence": tag.confidence, "evidence": stored(tag.evidence)} for tag in step.uses
            ],
        }


def stop_rows(scanned: Scanned) -> Iterator[Row]:
    """How many of a dataset's rows are of persons on the stop list, a scope each."""
    for count in scanned.stops:
        row = {"scope": count.scope, "rows": count.rows, "hits": count.hits, "doubts": count.doubts}
        yield {"dataset_id": scanned.id, **row}


def unread_row(unread: Unread, run: int) -> Row:
    """Something that could not be read."""
    return {"run": run, "store": unread.store, "name": unread.name, "reason": unread.reason, "hint": unread.hint}


def gone(earlier: Mapping[str, str], seen: Collection[str], unread: Sequence[Unread]) -> set[str]:
    """Which of a store's earlier datasets (id → masked name) are no more; `seen` are the ids of those that are.

    What could not be read this time is not known to be gone: its last known state stays in the register.
    """
    if any(not one.name and one.reason != "empty" for one in unread):
        return set()
    names = {one.name for one in unread}
    missing = earlier.keys() - set(seen)
    return {one for one in missing if earlier[one] not in names}
