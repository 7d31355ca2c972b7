"""Tables as files: CSV that a spreadsheet opens, and takes for no formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipelines.reports.writing.cells import harmless, legal


def csv_of(fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV with a header, in UTF-8 with the mark that Excel needs."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fields, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _text(value) for key, value in row.items()})
    return file.getvalue().encode("utf-8-sig")


def json_of(told: Any) -> bytes:
    """Indented JSON."""
    return (json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _text(value: Any) -> Any:
    return harmless(legal(value)) if isinstance(value, str) else value
