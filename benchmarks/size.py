"""A company of ten million rows, sampled and read whole, beside the bare readers: `python -m benchmarks.run size`.

Every figure is a process of its own: its processor seconds, its memory. The bare reader makes the same rows Arrow
strings and lets them go: pyarrow of a Parquet and of a CSV file, `COPY` parsed by pyarrow of PostgreSQL. The server's
own time is in the wall seconds alone.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import large_company, report
from benchmarks.bars import Bar, Section
from benchmarks.this_run import Run

STORES = ("parquet", "csv", "postgresql")
MODES = ("bare", "full", "sample")
ROUNDS = 3
ROWS = 10_000_000


def bare(store: str, place: str) -> tuple[int, int]:
    """Rows and bytes of text that the bare reader makes."""
    rows = size = 0
    for batch in _BARE[store](place):
        rows, size = rows + batch.num_rows, size + batch.nbytes
    return rows, size


def scanned(store: str, place: str, *, full: bool) -> tuple[int, int]:
    """Rows and bytes of text that a scan reads and classifies."""
    from pipelines.declarations import StoreDeclaration
    from pipelines.scan import Reading, Scanned, datasets, scan_group

    kind, where = ("sql", "url") if store == "postgresql" else ("files", "path")
    allowed = {"read_level": "full", "allowed_by": "benchmark", "allowed_on": "2026-11-01"}
    # the URL's password is the benchmark's own server's
    os.environ["PLACE"] = place
    declared = StoreDeclaration.model_validate({"id": "large", "kind": kind, where: "${PLACE}", **allowed})
    found, missed = datasets(declared)
    answers = list(scan_group(declared, found, Reading(date(2026, 11, 23), full=full)))
    read = [one for one in answers if isinstance(one, Scanned)]
    if missed or len(read) != 1 or not sum(column.data_category != "" for column in read[0].columns) >= 14:
        raise SystemExit(f"{store}: not scanned: {[*missed, *answers]}")
    return read[0].rows_read, read[0].bytes_read


def _parquet(place: str) -> Iterator[Any]:
    from pyarrow import parquet

    yield from parquet.ParquetFile(place).iter_batches(batch_size=65_536, use_threads=False)


def _csv(place: str) -> Iterator[Any]:
    import pyarrow as pa
    from pyarrow import csv

    yield from csv.open_csv(
        place,
        read_options=csv.ReadOptions(use_threads=False, block_size=4 * 2**20),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(large_company.COLUMNS, pa.string())),
    )


def _postgresql(place: str) -> Iterator[Any]:
    import psycopg
    import pyarrow as pa
    from pyarrow import csv

    def parsed(raw: bytes) -> Any:
        return csv.read_csv(
            pa.BufferReader(raw),
            read_options=csv.ReadOptions(
                use_threads=False, column_names=list(large_company.COLUMNS), block_size=len(raw) + 1
            ),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(large_company.COLUMNS, pa.string())),
        )

    with psycopg.connect(place) as connection, connection.cursor().copy("COPY orders TO STDOUT (FORMAT csv)") as copy:
        held: list[Any] = []
        size = 0
        for block in copy:
            held.append(block)
            size += len(block)
            if size >= 4 * 2**20:
                yield parsed(b"".join(held))
                held, size = [], 0
        if held:
            yield parsed(b"".join(held))


_BARE: Mapping[str, Callable[[str], Iterator[Any]]] = {"parquet": _parquet, "csv": _csv, "postgresql": _postgresql}


def one(mode: str, store: str, place: str) -> dict[str, Any]:
    """What one run takes, start-up left out: it is the same for a table of any size."""
    if mode != "bare":
        with tempfile.TemporaryDirectory() as folder:
            large_company.write(Path(folder), 1_000)
            for name in ("parquet", "csv"):
                scanned(name, str(Path(folder) / f"orders.{name}"), full=True)
    clocks = time.perf_counter(), time.process_time()
    rows, size = bare(store, place) if mode == "bare" else scanned(store, place, full=mode == "full")
    wall, cpu = time.perf_counter() - clocks[0], time.process_time() - clocks[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "bytes": size, "wall_s": wall, "cpu_s": cpu, "rss_mb": peak}


def measured(places: Mapping[str, str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Every mode of every store, `ROUNDS` times, turn by turn."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for _ in range(ROUNDS):
        for store, place in places.items():
            for mode in MODES:
                command = [sys.executable, "-m", "benchmarks.size", mode, store]
                told = subprocess.run(command, input=place, capture_output=True, text=True, check=True).stdout
                found.setdefault((store, mode), []).append(json.loads(told))
    return found


def of_size(run: Run) -> Section:
    """The results' section: what reading `ROWS` rows takes, a third of them in each store."""
    from tests.servers import postgresql

    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        each = ROWS // len(STORES)
        large_company.write(Path(folder), each)
        server.run("postgres", "CREATE DATABASE large ENCODING 'UTF8' TEMPLATE template0")
        url = server.url("large").replace("+psycopg", "")
        large_company.load(url, Path(folder), each)
        files = {name: str(Path(folder) / f"orders.{name}") for name in ("parquet", "csv")}
        found = measured({**files, "postgresql": url})
    head = (
        "store",
        "mode",
        "rows read",
        "wall s",
        "processor s",
        "rows/s",
        "MB/s",
        "MB/s a core",
        "of bare",
        "peak MB",
    )
    lines, bars = [], []
    for (store, mode), runs in found.items():
        wall, cpu = (statistics.median(run[name] for run in runs) for name in ("wall_s", "cpu_s"))
        share = statistics.median(run["cpu_s"] for run in found[store, "bare"]) / cpu
        size, count = runs[0]["bytes"] / 1e6, runs[0]["rows"]
        peak = max(run["rss_mb"] for run in runs)
        of_bare = f"{share:.2f}" if mode == "full" else ""
        lines.append((store, mode, count, wall, cpu, count / wall, size / wall, size / cpu, of_bare, f"{peak:,.0f}"))
        if mode == "full":
            bars.append(Bar("all rows: of the bare reader's speed", share, 1 / 3))
            bars.append(Bar("all rows: peak memory, MB", peak, 2_000, at_least=False))
        if mode == "sample":
            bars.append(Bar("a sample of a store: seconds", wall, 60, at_least=False))
    return Section(
        f"{run.stamp()}\n{ROWS:,} rows of {len(large_company.COLUMNS)} columns; medians of {ROUNDS}.\n\n"
        + report.table(head, lines),
        tuple(bars),
    )


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], sys.argv[2], sys.stdin.read())))
