"""Work that is timed in a process of its own: `python -m benchmarks.timed columns|scaling|profile …`.

Its own process, so that start-up and peak memory are its own. What is timed is what a scan does with the rows it read:
distinct values counted, columns tagged. It prints one line of JSON.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from benchmarks.corpus import Split

GRID = ((1_000, 500), (10_000, 500), (100_000, 500), (100_000, 50), (100_000, 5_000))
"""Rows and distinct values a column."""


def columns(seed: int, split: Split, rows: int) -> dict[str, Any]:
    """Cells, distinct values and seconds of all tables of the corpus at a number of rows, and the first answer's."""
    started = time.perf_counter()
    from benchmarks.tables import arrow, described
    from classifiers.columns import tag_columns
    from classifiers.tags import Column, Table

    tag_columns(Table("first", "顧客", (Column("氏名", values=("佐藤花子",), counts=(1,), rows=1),)))
    start = time.perf_counter() - started
    from benchmarks.corpus import tables

    cells = distinct = 0
    wall = cpu = 0.0
    for labelled in tables(seed, split, rows):
        records = arrow(labelled)
        clocks = time.perf_counter(), time.process_time()
        table = described(labelled, records)
        tag_columns(table)
        wall, cpu = wall + time.perf_counter() - clocks[0], cpu + time.process_time() - clocks[1]
        cells += sum(records.num_rows - column.null_count for column in records.columns)
        distinct += sum(len(column.values) for column in table.columns)
    return {"start_s": start, "cells": cells, "distinct": distinct, "wall_s": wall, "cpu_s": cpu, "rss_mb": _peak()}


def scaling(seed: int, split: Split) -> list[dict[str, Any]]:
    """One table at several sizes: seconds by rows, with the distinct values kept, and by distinct values."""
    from benchmarks.corpus import tables
    from benchmarks.tables import arrow, described
    from classifiers.columns import tag_columns

    most = max(distinct for _, distinct in GRID)
    labelled = next(tables(seed, split, most))
    records = arrow(labelled)
    tag_columns(described(labelled, records))
    found = []
    for rows, distinct in GRID:
        sized = _sized(records, rows, distinct)
        started = time.process_time()
        tag_columns(described(labelled, sized))
        found.append({"rows": rows, "distinct": distinct, "cpu_s": time.process_time() - started})
    return found


def profile(what: str, seed: int, split: Split) -> list[tuple[str, float]]:
    """Where the time goes: shares of the processor seconds by module, the largest first."""
    return _by_module(*(_texts_work(seed, split) if what == "texts" else _columns_work(seed, split)))


def _sized(records: pa.Table, rows: int, distinct: int) -> pa.Table:
    """The table with so many rows, and at most so many distinct values a column: its first ones, over and over."""
    import numpy as np
    import pyarrow as pa

    return records.take(pa.array(np.arange(rows) % min(distinct, records.num_rows)))


def _columns_work(seed: int, split: Split) -> tuple[Callable[[], object], Callable[[], object]]:
    from benchmarks.corpus import tables
    from benchmarks.tables import arrow, described
    from classifiers.columns import tag_columns

    described_tables = [described(labelled, arrow(labelled)) for labelled in tables(seed, split, 1_000)]
    return lambda: tag_columns(described_tables[0]), lambda: [tag_columns(table) for table in described_tables]


def _texts_work(seed: int, split: Split) -> tuple[Callable[[], object], Callable[[], object]]:
    from benchmarks.corpus import texts
    from benchmarks.modes import MODES
    from benchmarks.peers.stream import WARM_UP

    standard = MODES["standard"]
    every = [labelled.text for labelled in texts(seed, split)]
    return lambda: standard(WARM_UP), lambda: standard(every)


def _by_module(warm_up: Callable[[], object], work: Callable[[], object]) -> list[tuple[str, float]]:
    warm_up()
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(work)
    spent: Counter[str] = Counter()
    stats: Any = pstats.Stats(profiler)
    for (file, _, _), (_, _, own, _, callers) in stats.stats.items():
        if file == "~":  # a built-in's time is its callers'
            for (caller, _, _), (_, _, there, _) in callers.items():
                spent[_module(caller)] += there
        else:
            spent[_module(file)] += own
    total = sum(spent.values())
    return [(name, seconds / total) for name, seconds in spent.most_common(20)]


def _module(file: str) -> str:
    """A module of ours by its path, a library by its package."""
    path, root = Path(file), Path(__file__).parent.parent
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1]
    if path.is_relative_to(root):
        return str(path.relative_to(root))
    if len(path.parts) > 1 and not path.is_absolute():  # compiled: `thinc/backends/numpy_ops.pyx`
        return path.parts[0]
    return "Python's own"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _arguments(words: list[str]) -> Iterator[Any]:
    return (int(word) if word.isdigit() else word for word in words)


if __name__ == "__main__":
    work: dict[str, Callable[..., Any]] = {"columns": columns, "scaling": scaling, "profile": profile}
    print(json.dumps(work[sys.argv[1]](*_arguments(sys.argv[2:])), ensure_ascii=False))
