"""What a judgement rests on beside the content that was read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pipelines.scan.reading import Reading

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration


def basis(declared: StoreDeclaration, reading: Reading, *, dated: bool, stops: str = "") -> str:
    """All that an answer rests on beside the content, as a digest; with the day where another day may answer otherwise.

    `stops` is what of the stop list it rests on. Two equal ones of the same version of a dataset have the same answer.
    """
    said = {
        "store": declared.model_dump(mode="json", exclude={"window", "connections"}),
        "how": [reading.rows, reading.seed, reading.full, reading.own_domains],
        "versions": dict(reading.versions),
        "stops": stops,
        "day": str(reading.as_of) if dated else "",
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
