"""Baselines: findings that are known and in somebody's hands, so that a pipeline fails for new ones alone.

A file to commit and review: one line a finding, in order, no value in it. A finding's id is the same at every run and
on every machine: it rests on the rule, the declared use, and the names of the dataset, its rows and its column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.reports.words import FINDINGS
from pipelines.reports.writing import replacing

if TYPE_CHECKING:
    from pipelines.register import Register

HEAD = (
    "# 把握済みの指摘。ここにないものだけが --fail-on new で失敗になります。\n"
    "# Findings that are known: `--fail-on new --baseline THIS` fails for others alone. Written by `daicho baseline`.\n"
)
SEVERITIES = ("info", "warning", "error")
"""From the least grave."""
_FIELDS = ("id", "verdict", "severity", "rule", "store", "dataset", "row_filter", "column", "use")

Finding = Mapping[str, Any]
"""A verdict that somebody has to act on, as `daicho export verdicts` writes it."""


class BaselineError(Exception):
    """A baseline cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that were known when it was written."""

    known: Mapping[str, Finding]
    """By id; of what a person wrote perhaps nothing but that."""

    def new(self, found: Iterable[Finding]) -> list[Finding]:
        """Those it does not know, or knows as less grave."""
        return [one for one in found if one["id"] not in self.known or self._is_graver(one)]

    def gone(self, found: Iterable[Finding]) -> list[Finding]:
        """Those of its own that are found no more."""
        still = {one["id"] for one in found}
        return [one for id, one in self.known.items() if id not in still]

    def _is_graver(self, finding: Finding) -> bool:
        was = self.known[finding["id"]].get("severity")
        return was in SEVERITIES and SEVERITIES.index(finding["severity"]) > SEVERITIES.index(was)


def findings(verdicts: Iterable[Finding], least: str = "info") -> list[Finding]:
    """The verdicts that somebody has to act on, as grave as `least` or graver; who has been ruled on is in hand."""
    grave = SEVERITIES[SEVERITIES.index(least) :]
    return [
        one for one in verdicts if one["verdict"] in FINDINGS and one["severity"] in grave and not one.get("ruling")
    ]


def new_since_the_last_check(register: Register, found: Sequence[Finding]) -> list[Finding]:
    """Those that the last check found and the one before it did not."""
    last = register.last_run("check")
    changed = register.changes(last.id) if last else ()
    new = {change.item for change in changed if change.kind == "verdict" and change.after}
    return [one for one in found if one["id"] in new]


def written(found: Sequence[Finding]) -> str:
    """The baseline of those findings, as YAML: sorted, so that a diff shows what changed."""
    rows = [{field: one[field] for field in _FIELDS if one[field]} for one in found]
    order = ("store", "dataset", "row_filter", "column", "use", "rule", "id")
    rows.sort(key=lambda row: [row.get(field, "") for field in order])
    if not rows:
        return f"{HEAD}findings: []\n"
    # JSON in YAML: every word in quotes, so that no id is taken for a number
    return f"{HEAD}findings:\n" + "".join(f"  - {json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def write(path: Path, found: Sequence[Finding]) -> None:
    """Write the baseline of those findings, whole or not at all; raises BaselineError."""
    try:
        replacing(path, written(found).encode())
    except OSError:
        raise BaselineError(f"{path}: 書けません · cannot be written") from None


def read(path: Path) -> Baseline:
    """The baseline in a file; raises BaselineError."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Baseline({str(row["id"]): dict(row) for row in document["findings"]})
    except OSError:
        raise BaselineError(f"{path}: 読めません。daicho baseline で作ります · cannot be read") from None
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError, KeyError):
        raise BaselineError(f"{path}: daicho baseline の書いたものではありません · is no baseline") from None
