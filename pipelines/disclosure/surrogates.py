"""Surrogate keys: primary keys that a system made up, by which a responder finds a record again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.tags import NOT_PERSONAL
from pipelines.disclosure.findings import RecordKey
from pipelines.disclosure.where import RegisteredDataset
from pipelines.stores import Dataset

_WHOLE = re.compile("-?[0-9]{1,19}")
_WHOLE_TYPE = re.compile(r"(?:TINY|SMALL|MEDIUM|BIG)?INT(?:EGER|2|4|8)?|(?:SMALL|BIG)?SERIAL|NUMBER|NUMERIC|DECIMAL")
_UUID = re.compile("[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)


class Surrogate:
    """The surrogate key of a dataset's records, where the register holds its column to be nobody's."""

    def __init__(
        self, dataset: Dataset, registered: RegisteredDataset | None, names: Sequence[str], categories: Sequence[str]
    ) -> None:
        at = names.index(dataset.key) if dataset.key in names else None
        self._at = at if at is not None and categories[at] == NOT_PERSONAL else None
        kind = next((field.sql_type for field in dataset.fields if field.name == dataset.key), "")
        self._is_whole = bool(_WHOLE_TYPE.fullmatch(kind.partition("(")[0].split(" ")[0].upper()))
        known = {one.column for one in registered.columns} if registered else set()
        # a masked name is not found here: then the position tells the record as well
        self._column = dataset.key if dataset.key in known else ""

    def of(self, row: Sequence[str]) -> RecordKey | None:
        """The record's key; None where it has none, or one that may say something of somebody."""
        if self._at is None or not self._column:
            return None
        value = row[self._at]
        shown = _UUID.fullmatch(value) or (self._is_whole and _WHOLE.fullmatch(value))
        return RecordKey(self._column, value) if shown else None
