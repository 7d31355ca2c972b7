"""JSON: the whole register in one file, as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipelines.exports.contents.told import Told

NAME = "json"
TITLE_JA = "台帳の全体（JSON）"
TITLE_EN = "the whole register as one JSON file"


def files(told: Told) -> Mapping[str, bytes]:
    """One object: the runs whose word it is, and a list of rows a section."""
    runs = [
        {
            "id": run.id,
            "kind": run.kind,
            "as_of": run.as_of.isoformat(),
            "finished": run.finished.isoformat() if run.finished else None,
            "versions": dict(run.versions),
        }
        for run in told.runs
    ]
    whole = {"runs": runs, **told.sections}
    return {"register.json": json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"}
