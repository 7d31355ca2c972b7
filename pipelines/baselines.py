"""Baselines: findings that are known and in somebody's hands, so that a pipeline fails for new ones alone.

A file to commit and review: one line a finding, in order, no value in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HEAD = (
    "# 把握済みの指摘。ここにないものだけが --fail-on new で失敗になります。\n"
    "# Findings that are known: `--fail-on new --baseline THIS` fails for others alone. Written by `daicho baseline`.\n"
)
FINDINGS = ("violation", "entrusted_scope", "gap")
"""Verdicts that somebody has to act on."""
_FIELDS = ("id", "verdict", "rule", "store", "dataset", "row_filter", "use")


class BaselineError(Exception):
    """A baseline cannot be read or written."""


def written(verdicts: Iterable[Mapping[str, Any]]) -> str:
    """The baseline of those verdicts that are findings, as YAML: sorted, so that a diff shows what changed."""
    rows = [{field: one[field] for field in _FIELDS if one[field]} for one in verdicts if one["verdict"] in FINDINGS]
    rows.sort(key=lambda row: [row.get(field, "") for field in ("store", "dataset", "row_filter", "use", "rule", "id")])
    if not rows:
        return f"{HEAD}findings: []\n"
    # JSON in YAML: every word in quotes, so that no id is taken for a number
    return f"{HEAD}findings:\n" + "".join(f"  - {json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def read(path: Path) -> frozenset[str]:
    """Ids of the findings a baseline knows; raises BaselineError."""
    import yaml

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return frozenset(str(row["id"]) for row in document["findings"])
    except OSError:
        raise BaselineError(f"{path}: 読めません。daicho baseline で作ります · cannot be read") from None
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError):
        raise BaselineError(f"{path}: daicho baseline の書いたものではありません · is no baseline") from None
