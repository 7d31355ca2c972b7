"""What a judgement rests on beside the content that was read."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from pipelines.scan.reading import Reading
from pipelines.suppression.declared import watched
from pipelines.versions import versions

if TYPE_CHECKING:
    from pipelines.declarations import Declarations, StoreDeclaration


_BESIDE: dict[str, Any] = {"window": True, "connections": True, "datasets": {"__all__": {"links"}}}
"""What is declared of a store and changes no answer."""


def reading_of(known: Declarations, as_of: date, *, rows: int, seed: int, full: bool) -> Reading:
    """How a scan of the declared stores reads, and what its answers are judged by; raises StopListError."""
    stop_list, stops = watched(known.company)
    return Reading(
        as_of=as_of,
        rows=rows,
        seed=seed,
        own_domains=known.company.mail_domains,
        full=full,
        versions=versions(),
        stop_list=stop_list,
        stops=stops,
    )


def basis(declared: StoreDeclaration, reading: Reading, *, dated: bool, stops: str = "") -> str:
    """All that an answer rests on beside the content, as a digest; with the day where another day may answer otherwise.

    `stops` is what of the stop list it rests on. Two equal ones of the same version of a dataset have the same answer.
    """
    said = {
        "store": declared.model_dump(mode="json", exclude=_BESIDE),
        "how": [reading.rows, reading.seed, reading.full, reading.own_domains],
        "versions": dict(reading.versions),
        "stops": stops,
        "day": str(reading.as_of) if dated else "",
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
