"""Whose a row is that a look-up found: the row partition of the register it lies in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from classifiers.partitions.row_filters import holds
from classifiers.subjects.documents import ENTRUSTED, SUBJECT, tag_document
from classifiers.subjects.signals import segments
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, Custody, Table
from classifiers.vocabulary import subjects
from pipelines.disclosure.where import RegisteredDataset, RegisteredPartition, StoreToSearch
from pipelines.stores import Dataset


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a row is, as far as the register can tell."""

    subject: str
    subject_category: str
    custody: Custody
    row_filter: str = ""

    def may_be_of(self, other: Whose) -> bool:
        """Whether a row like this that hangs on one of `other` may be the same person's: an order that hangs on its
        clerk's row is a customer's."""
        open_ends = {UNRESOLVED, NOT_PERSONAL}
        return self.subject == other.subject or bool(open_ends & {self.subject_category, other.subject_category})

    def as_of(self, other: Whose) -> Whose:
        """Whose it is by the row it hangs on, where its own dataset does not say."""
        told = self.subject_category not in (UNRESOLVED, NOT_PERSONAL)
        return self if told else replace(self, subject=other.subject, subject_category=other.subject_category)


class Ownership:
    """Tells whose a row is by the dataset's row partitions."""

    def __init__(
        self, store: StoreToSearch, dataset: Dataset, registered: RegisteredDataset | None, as_of: date
    ) -> None:
        self._partitions = tuple(registered.partitions) if registered else ()
        self._columns = tuple(column.column for column in registered.columns) if registered else ()
        self._custody = store.custody
        self._as_of = as_of
        self._around = tuple(
            segments(Table(store.id, dataset.name, (), dataset.label, dataset.kind, (store.label, *dataset.hints)))
            if dataset.kind == "documents" and len(self._partitions) > 1
            else ()
        )
        self._of_documents = dataset.kind == "documents" and len(self._partitions) > 1

    def of(self, names: Sequence[str], row: Sequence[str]) -> Whose | None:
        """Whose the row is, by its columns as the store names them; None where it must not be looked into.

        What cannot be told falls on the strict side: perhaps entrusted is entrusted.
        """
        record = self._record(names, row) if len(self._partitions) > 1 else {}
        possible = [partition for partition in self._partitions if self._may_hold(partition, record)]
        if any(partition.nature in ("pseudonymised", "anonymous") for partition in possible):
            return None
        if len(possible) == 1:
            [partition] = possible
            return Whose(partition.subject, partition.subject_category, partition.custody, partition.row_filter)
        entrusted = self._custody == "entrusted" or any(one.custody == "entrusted" for one in self._partitions)
        return Whose(UNRESOLVED, UNRESOLVED, "entrusted" if entrusted else "own")

    def _may_hold(self, partition: RegisteredPartition, record: Mapping[str, str | None]) -> bool:
        try:
            return holds(partition.row_filter, record, self._as_of)
        except ValueError:
            return True

    def _record(self, names: Sequence[str], row: Sequence[str]) -> Mapping[str, str | None]:
        """The row by both spellings of its columns' names: the store's, and the register's, which may be masked."""
        record: dict[str, str | None] = dict(zip(names, row, strict=True))
        record |= dict(zip(self._columns, row, strict=False))
        return record | {SUBJECT: self._of_document(record)} if self._of_documents else record

    def _of_document(self, record: Mapping[str, str | None]) -> str:
        name = " ".join(filter(None, ((record.get("file") or "").rpartition("/")[2], record.get("title"))))
        tag = tag_document(name, f"{record.get('subject') or ''}\n{record.get('body') or ''}", self._around).tag
        mixed = any(ENTRUSTED in partition.row_filter for partition in self._partitions)
        return subjects()[tag.subject].ja + (ENTRUSTED if mixed and tag.custody == "entrusted" else "")
