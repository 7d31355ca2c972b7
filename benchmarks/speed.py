"""The sections on speed: cells and characters a second, start-up, memory, how cost grows, and where the time goes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from benchmarks import report
from benchmarks.bars import Bar, Section
from benchmarks.systems import ROOT
from benchmarks.this_run import Run

ROWS = (400, 5_000)
"""Rows of every table of the corpus: a scan reads a thousand at most, unless it is asked for more."""


def of_speed(run: Run) -> Section:
    """Columns at two sizes, and one table at several: every figure from a process of its own."""
    seed = str(run.seeds[0])
    rows = []
    bars = []
    for count in ROWS:
        one = timed("columns", seed, run.split, str(count))
        rows.append(
            (
                count,
                one["cells"],
                one["distinct"],
                round(one["cells"] / one["cpu_s"]),
                round(one["cells"] / one["wall_s"]),
                round(one["distinct"] / one["cpu_s"]),
                one["start_s"],
                round(one["rss_mb"]),
            )
        )
        bars.append(Bar("columns: peak memory, MB", one["rss_mb"], 1500, at_least=False))
    head = (
        "rows a table", "cells", "distinct values", "cells/s (processor)", "(wall)", "distinct values/s", "start, s",
        "peak memory, MB",
    )  # fmt: skip
    grown = timed("scaling", seed, run.split)
    growth = ((one["rows"], one["distinct"], one["cpu_s"]) for one in grown)
    body = (
        run.stamp(),
        report.table(head, rows),
        "One table at several sizes: the cost follows the distinct values, not the rows.\n",
        report.table(("rows", "distinct values a column, at most", "processor s"), growth),
    )
    return Section("\n".join(body), tuple(bars))


def of_profile(run: Run) -> Section:
    """Where the time goes, by module."""
    body = [run.stamp()]
    for what, title in (("columns", "Columns, 1,000 rows a table"), ("texts", "Texts, standard")):
        shares = timed("profile", what, str(run.seeds[0]), run.split)
        body.append(f"### {title}\n\n" + report.table(("module", "share"), ((n, f"{s:.1%}") for n, s in shares)))
    return Section("\n".join(body))


def timed(*words: str) -> Any:
    """What `benchmarks.timed` answers, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.timed", *words]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
