"""Personal data in texts, as JSON lines: `{"id","text"}` in, `{"id","mentions":[…]}` out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classifiers.texts import Mode

BATCH = 256
"""Lines annotated together: enough for the model's batches, few enough to stream."""


class MentionsError(Exception):
    """A line is not `{"id", "text"}`; the message names the line, never what stands in it."""


def annotate(lines: Iterable[str], mode: Mode = "standard") -> Iterator[dict[str, Any] | MentionsError]:
    """One answer a line, in order; a wrong line is answered with an error and costs no other line.

    `mode` is how deep the texts are read: `classifiers.texts.mentions` says what each costs.
    """
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(numbered, BATCH)):
        parsed = [_parse(number, line) for number, line in batch]
        found = _mentions([one["text"] for one in parsed if not isinstance(one, MentionsError)], mode)
        for one in parsed:
            yield one if isinstance(one, MentionsError) else {"id": one["id"], "mentions": next(found)}


def _parse(number: int, line: str) -> dict[str, Any] | MentionsError:
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except ValueError:
        return MentionsError(f"line {number}: is not JSON")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        return MentionsError(f'line {number}: must be an object with an "id" and a "text" that is a string')
    return row


def _mentions(texts: list[str], mode: Mode) -> Iterator[list[dict[str, Any]]]:
    from classifiers.texts import mentions
    from classifiers.vocabulary import data_categories

    categories = data_categories()
    for found in mentions(texts, mode=mode):
        yield [
            {
                "start": mention.start,
                "end": mention.end,
                "data_category": mention.data_category,
                "data_type": categories[mention.data_category].data_type,
                "score": round(mention.score, 3),
                "why": mention.why,
            }
            for mention in found
        ]
