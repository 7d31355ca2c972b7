"""One person looked up in ten million rows, beside one bare scan: `python -m benchmarks.run lookup`.

The bare scan makes the same columns Arrow strings and lets them go (`benchmarks.size`). The person's keys are those of
a row of the company, but for a name that nobody in it bears: the company has 143 names, so that any other person would
have tens of thousands of namesakes. Every figure is a process of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import large_company, report, size
from benchmarks.bars import Bar, Section
from benchmarks.this_run import Run

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.disclosure.person import Person
    from pipelines.register import Register

MODES = ("bare", "look-up")
DOCUMENTS, LETTERS = 2_000, 10_000
_SENTENCE = "本日、担当者より契約の更新についてお電話し、来月の打合せの日程を調整した。書類は郵送で届く予定である。"


def person() -> Person:
    """Somebody who is in every one of the stores, and whose name nobody else bears."""
    from pipelines.disclosure.person import Person

    return Person(
        names=("小鳥遊 八雲",), kana=("タカナシ ヤクモ",), birth_date=date(1971, 3, 4), phones=("090-4321-0987",),
        mails=("user77@mihon.example",), addresses=("東京都世田谷区桜丘3-4-5",), member_ids=("00000077",),
    )  # fmt: skip


def looked_up(store: str, place: str) -> dict[str, Any]:
    """The person, looked up in one store that the register knows; scanning it is no part of the figures."""
    from pipelines.declarations import StoreDeclaration
    from pipelines.disclosure.lookup import run_lookup

    kind, where = ("sql", "url") if store == "postgresql" else ("files", "path")
    # the URL's password is the benchmark's own server's
    os.environ["PLACE"] = place
    declared = StoreDeclaration.model_validate({"id": "large", "kind": kind, where: "${PLACE}"})
    known = _registered(declared)
    # what is loaded once a process is no part either
    run_lookup(person(), (), known, _unheard, "benchmark")
    clocks = time.perf_counter(), time.process_time()
    result = run_lookup(person(), (declared,), known, _unheard, "benchmark")
    wall, cpu = time.perf_counter() - clocks[0], time.process_time() - clocks[1]
    if not result.searched or not all(one.registered for one in result.searched):
        raise SystemExit(f"{store}: not searched: {[one.reason for one in result.not_searched]}")
    rows = sum(one.rows for one in result.searched)
    return {"rows": rows, "found": len(result.candidates), "wall_s": wall, "cpu_s": cpu}


def one(mode: str, store: str, place: str) -> dict[str, Any]:
    """What one run takes."""
    if mode == "look-up":
        return looked_up(store, place)
    for module in ("psycopg", "pyarrow.csv", "pyarrow.parquet"):
        # what is loaded once a process is no part of a scan
        import_module(module)
    clocks = time.perf_counter(), time.process_time()
    rows, _ = size.bare(store, place)
    wall, cpu = time.perf_counter() - clocks[0], time.process_time() - clocks[1]
    return {"rows": rows, "found": 0, "wall_s": wall, "cpu_s": cpu}


def of_lookup(run: Run) -> Section:
    """The results' section: `size.ROWS` rows, a third of them in each store, and a folder of documents."""
    from tests.servers import postgresql

    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        each = size.ROWS // len(size.STORES)
        large_company.write(Path(folder), each)
        server.run("postgres", "CREATE DATABASE large ENCODING 'UTF8' TEMPLATE template0")
        url = server.url("large").replace("+psycopg", "")
        large_company.load(url, Path(folder), each)
        places = {name: str(Path(folder) / f"orders.{name}") for name in ("parquet", "csv")} | {"postgresql": url}
        found = measured(places)
        documents, megabytes = _documents(Path(folder) / "documents")
        read = [_process("look-up", "documents", documents) for _ in range(size.ROUNDS)]
    head = ("store", "mode", "rows", "candidates", "wall s", "processor s", "processor s of bare", "wall s of bare")
    lines: list[tuple[object, ...]] = []
    bars = []
    for (store, mode), runs in found.items():
        ratios = {
            clock: statistics.median(
                one[clock] / bare[clock] for one, bare in zip(runs, found[store, "bare"], strict=True)
            )
            for clock in ("cpu_s", "wall_s")
        }
        wall, cpu = (statistics.median(one[clock] for one in runs) for clock in ("wall_s", "cpu_s"))
        lines.append((store, mode, runs[0]["rows"], runs[0]["found"], wall, cpu, ratios["cpu_s"], ratios["wall_s"]))
        if mode == "look-up":
            bars.append(Bar("a look-up: processor time of one bare scan's", ratios["cpu_s"], 3, at_least=False))
            bars.append(Bar("a look-up: wall time of one bare scan's", ratios["wall_s"], 3, at_least=False))
    speed = statistics.median(megabytes / one["wall_s"] for one in read)
    lines.append(("documents", "look-up", DOCUMENTS, read[0]["found"], f"{speed:.1f} MB/s", "", "", ""))
    return Section(
        f"{run.stamp()}\n{size.ROWS:,} rows of {len(large_company.COLUMNS)} columns, {DOCUMENTS:,} texts of "
        f"{megabytes:,.0f} MB; medians of {size.ROUNDS}, the two modes turn by turn.\n\n" + report.table(head, lines),
        tuple(bars),
    )


def measured(places: Mapping[str, str]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Both modes of every store, turn by turn."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for _ in range(size.ROUNDS):
        for store, place in places.items():
            for mode in MODES:
                found.setdefault((store, mode), []).append(_process(mode, store, place))
    return found


def _process(mode: str, store: str, place: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.lookup_speed", mode, store]
    done = subprocess.run(command, input=place, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _documents(folder: Path) -> tuple[str, float]:
    """A folder of letters, and its megabytes; the person is named in one of a hundred."""
    folder.mkdir()
    for number in range(DOCUMENTS):
        name = "小鳥遊八雲様より。" if number % 100 == 0 else ""
        (folder / f"{number:05}.txt").write_text(name + _SENTENCE * (LETTERS // len(_SENTENCE)), encoding="utf-8")
    return str(folder), sum(file.stat().st_size for file in folder.iterdir()) / 1e6


def _registered(declared: StoreDeclaration) -> Register:
    from expectations.policy import load, policies
    from pipelines.register import Register
    from pipelines.scan import Reading, Scanned, datasets, scan_group

    register = Register.open("sqlite://")
    found, _ = datasets(declared)
    scanned = [one for one in scan_group(declared, found, Reading(date(2026, 11, 23))) if isinstance(one, Scanned)]
    run = register.begin("scan", date(2026, 11, 23), {})
    register.put_scan(run, declared, scanned, [], load(policies()[0]).category_of)
    return register


def _unheard(_event: str, _detail: Mapping[str, Any]) -> str:
    return "-"


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], sys.argv[2], sys.stdin.read())))
