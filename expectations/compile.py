"""The Great Expectations suites that the rules compile to: `python -m expectations.compile` rewrites them.

One suite a group of rules, one expectation a rule: its column holds true for every case it applies to (null: does not
apply). One more says how many cases there are, so that no suite passes because nothing was laid before it. They are
sorted UTF-8 JSON without ids, committed, and a test proves that they and the rules agree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from expectations.rules import Rule, groups

ROWS = "cases"
"""The suite parameter: how many cases there are."""

_SEVERITY = {"error": "critical", "warning": "warning", "info": "info"}


def suites() -> dict[str, dict[str, Any]]:
    """Every group's suite, by its name."""
    return {name: _suite(name, rules) for name, rules in groups().items()}


def _suite(name: str, rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "name": name,
        "expectations": [_row_count(), *map(expectation, rules)],
        "meta": {"requirements": _asked(rules)},
    }


def _asked(rules: Sequence[Rule]) -> list[str]:
    return sorted({rule.row.requirement for rule in rules})


def _row_count() -> dict[str, Any]:
    return {
        "type": "expect_table_row_count_to_equal",
        "kwargs": {"value": {"$PARAMETER": ROWS}},
        "description": "すべての事実が照合された · Every fact was laid before the suite",
        "meta": {},
        "severity": "critical",
    }


def expectation(rule: Rule) -> dict[str, Any]:
    """One rule as a core expectation of its column."""
    row = rule.row
    return {
        "type": "expect_column_values_to_be_in_set",
        "kwargs": {"column": row.id, "value_set": [True]},
        "description": f"{row.requirement} {row.title.ja} · {row.title.en}",
        "meta": {
            "rule": row.id,
            "requirement": row.requirement,
            "clause": row.clause,
            "law": row.law,
            "outcome": row.outcome,
        },
        "severity": _SEVERITY[row.severity],
    }


def written(suite: dict[str, Any]) -> str:
    """A suite as its file holds it."""
    return json.dumps(suite, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def committed() -> dict[str, dict[str, Any]]:
    """Every committed suite, by its name."""
    folder = files("expectations").joinpath("suites")
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")), key=lambda entry: entry.name
    )
    return {entry.name.removesuffix(".json"): json.loads(entry.read_text(encoding="utf-8")) for entry in entries}


def main() -> None:
    """Rewrite the committed suites, and remove those whose group is gone."""
    folder = Path(str(files("expectations").joinpath("suites")))
    folder.mkdir(exist_ok=True)
    compiled = suites()
    for file in folder.glob("*.json"):
        if file.stem not in compiled:
            file.unlink()
    for name, suite in compiled.items():
        (folder / f"{name}.json").write_text(written(suite), encoding="utf-8")


if __name__ == "__main__":
    main()
