"""A letter's annex as data, for a machine to read: CSV with a mark that a Japanese Excel needs, or JSON."""

from __future__ import annotations

from pipelines.casebook.letters.parts import Letter
from pipelines.reports.writing.tables import csv_of, json_of

_FIELDS = ("record", "item", "content")


def csv(letter: Letter) -> bytes:
    """One line for everything that is said of a record: `record` (its number in the annex), `item`, `content`."""
    return csv_of(
        _FIELDS,
        (
            dict(zip(_FIELDS, (number, *row), strict=True))
            for number, one in enumerate(letter.annex, start=1)
            for row in (*one.facts, *one.items)
        ),
    )


def json(letter: Letter) -> bytes:
    """`{title, note, records: [{facts: [{item, content}], items: [{item, content}]}]}`."""
    return json_of(
        {
            "title": letter.annex_title,
            "note": letter.note,
            "records": [{"facts": _rows(one.facts), "items": _rows(one.items)} for one in letter.annex],
        }
    )


def _rows(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"item": item, "content": content} for item, content in pairs]
