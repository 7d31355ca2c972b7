"""Fifty people at the desk at once, on a register of twenty thousand columns: how long each page takes them.

    python -m benchmarks.run desk
    python -m benchmarks.desk_users [--think 1.0] [--seconds 30]

The desk runs in a process of its own, as it does in life; the users are threads of this one, each with a connection and
a session, who open pages, search, filter and leaf through, and think before each. Those who never think have fifty
requests under way at every moment, which is as many as the cores give.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles

import httpx
import psutil

from benchmarks import report
from benchmarks.bars import Bar, Section
from benchmarks.this_run import Run
from classifiers.tags import ColumnTag, Evidence, SubjectTag
from pipelines.declarations import StoreDeclaration
from pipelines.desk.accounts import AccountsFile
from pipelines.desk.serving import listen
from pipelines.register import Register
from pipelines.scan import Scanned, dataset_id

USERS, COLUMNS, SECONDS, THINK = 50, 20_000, 30.0, 1.0
WIDTH = 40
"""Columns of a dataset."""
ITEMS = (
    ("name", "氏名"), ("email", "mail"), ("phone", "電話番号"), ("address", "住所"), ("birth_date", "生年月日"),
    ("not_personal", "status"), ("not_personal", "数量"), ("free_text", "備考"), ("account_id", "会員番号"),
)  # fmt: skip
SECRET = "only-for-the-benchmark"  # noqa: S105 - of accounts that are thrown away
TARGET_MS = 300


def filled(folder: Path) -> None:
    """A register, declarations, and accounts."""
    register = Register.open(folder / "register.sqlite")
    why = (Evidence("declared_entrusted", says="customer", weight=1.0),)
    run = register.begin("scan", date(2026, 11, 23), {"rules": "1"})
    for number in range(10):
        store = StoreDeclaration.model_validate(
            {"id": f"s{number}", "kind": "sql", "path": "x", "label": f"店舗{number}"}
        )
        tables = [
            Scanned(
                dataset_id(store.id, name := f"t_{table:04}"),
                store.id,
                name,
                label=f"台帳{table}",
                kind="table",
                columns=tuple(
                    ColumnTag(f"{word}_{place}", item, 0.9, why, prevalence=0.9, distinct_hits=9, n=10)
                    for place in range(WIDTH)
                    for item, word in (ITEMS[(table + place) % len(ITEMS)],)
                ),
                partitions=(SubjectTag("customer", "own", "personal", 0.9, why, "", 1.0),),
                records=1_000,
                rows_read=1_000,
            )
            for table in range(COLUMNS // WIDTH // 10)
        ]
        register.put_scan(run, store, tables, (), lambda *_: "customer")
    register.finish(run, "done", {})
    (folder / "declarations").mkdir()
    (folder / "declarations" / "company.yml").write_text(
        "company: {name: 株式会社みほん}\n"
        "policy: {adopts: handling-of-personal-information, desk: {name: 個人情報相談窓口}}\n",
        encoding="utf-8",
    )
    (folder / "declarations" / "stores.yml").write_text(
        "stores:\n" + "".join(f"  - {{id: s{number}, kind: sql, path: x}}\n" for number in range(10)), encoding="utf-8"
    )
    accounts = AccountsFile.start(folder / "accounts.sqlite")
    for number in range(10):
        # five sessions an account
        accounts.add(f"user{number}", "engineer", f"{SECRET}-{number}")


def signed_in(base: str, number: int) -> httpx.Client:
    """A browser of a user who is signed in."""
    browser = httpx.Client(base_url=base, trust_env=False, timeout=60)
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get("/sign-in").text)
    assert found
    form = {"csrf": found[1], "name": f"user{number % 10}", "secret": f"{SECRET}-{number % 10}", "next": "/"}
    assert browser.post("/sign-in", data=form).status_code == 303
    return browser


def use(browser: httpx.Client, seed: int, think: float, until: float) -> dict[str, list[float]]:
    """What one user does until it is over: kind of page → milliseconds of each."""
    chance, took = random.Random(seed), defaultdict[str, list[float]](list)
    dataset = ""
    while time.monotonic() < until:
        if think:
            time.sleep(chance.uniform(0.5, 1.5) * think)
        kind, path = chance.choice(
            [
                ("register", "/register"),
                ("register, a page", f"/register?page={chance.randrange(1, 200)}"),
                ("register, searched", f"/register?q=t_{chance.randrange(50):04}+{chance.choice(ITEMS)[1]}"),
                ("register, filtered", f"/register?item={chance.choice(ITEMS[:5])[0]}&store=s{chance.randrange(10)}"),
                ("dataset", dataset or "/register"),
                ("overview", "/"),
            ]
        )
        began = time.perf_counter()
        answer = browser.get(path)
        took[kind if path != "/register" else "register"].append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, (path, answer.status_code)
        links = re.findall(r'href="(/register/[^"?]+)"', answer.text)
        dataset = chance.choice(links) if links else dataset
    return took


@dataclass(frozen=True, slots=True)
class Used:
    """What a while of use took."""

    think: float
    seconds: float
    took: Mapping[str, Sequence[float]]
    """Kind of page → milliseconds of each."""
    cpu_ms: float
    """Of the desk's process, a page."""

    @property
    def every(self) -> list[float]:
        """The milliseconds of every page."""
        return [one for times in self.took.values() for one in times]

    @property
    def p95(self) -> float:
        """Of every page, milliseconds."""
        return quantiles(self.every, n=20)[18]

    def lines(self) -> list[tuple[object, ...]]:
        """A row a kind of page, and one of all of them."""
        rows: list[tuple[object, ...]] = []
        for kind, times in [*sorted(self.took.items()), ("all", self.every)]:
            cuts = quantiles(times, n=20)
            rows.append((f"{self.think:g} s", kind, len(times), round(cuts[9]), round(cuts[18])))
        return rows


HEAD = ("thinking", "page", "n", "p50 ms", "p95 ms")


def of_desk(run: Run) -> Section:
    """The results' section: people who think between two pages, and people who never do."""
    used = measured((THINK, 0.0), SECONDS)
    says = "".join(
        f"\nThinking {one.think:g} s: {len(one.every) / one.seconds:.0f} pages a second, "
        f"{one.cpu_ms:.1f} ms of the desk's processor a page.\n"
        for one in used
    )
    return Section(
        f"{run.stamp()}\n{USERS} people on a register of {COLUMNS:,} columns; the desk is one process, and they are "
        f"made on the same {os.cpu_count()} cores.\n{says}\n"
        + report.table(HEAD, [line for one in used for line in one.lines()]),
        tuple(
            Bar(f"the desk, fifty users{how}: p95 of a page, ms", one.p95, TARGET_MS, at_least=False)
            for one, how in zip(used, ("", " who never think"), strict=True)
        ),
    )


def measured(thinking: Sequence[float], seconds: float) -> list[Used]:
    """One desk, used so long by each way of thinking."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder)
        with listen("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "pipelines", "desk", "--port", str(port)]
        command += ["--declarations", str(folder / "declarations"), "--register", str(folder / "register.sqlite")]
        command += ["--accounts", str(folder / "accounts.sqlite")]
        without = {name: value for name, value in os.environ.items() if name != "DAICHO_CASEBOOK"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=without) as desk:
            try:
                assert desk.stdout
                desk.stdout.readline()
                browsers = [signed_in(f"http://127.0.0.1:{port}", number) for number in range(USERS)]
                # reads the register into memory, once a run of it
                browsers[0].get("/register")
                return [used(browsers, think, seconds, psutil.Process(desk.pid)) for think in thinking]
            finally:
                desk.terminate()


def used(browsers: Sequence[httpx.Client], think: float, seconds: float, desk: psutil.Process) -> Used:
    """Everybody uses it at once."""
    before, until = desk.cpu_times(), time.monotonic() + seconds
    with ThreadPoolExecutor(len(browsers)) as everybody:
        under_way = [everybody.submit(use, browser, n, think, until) for n, browser in enumerate(browsers)]
        took = [one.result() for one in under_way]
    after = desk.cpu_times()
    together: dict[str, list[float]] = defaultdict(list)
    for one in took:
        for kind, times in one.items():
            together[kind] += times
    cpu = after.user + after.system - before.user - before.system
    return Used(think, seconds, together, 1000 * cpu / sum(map(len, together.values())))


def main() -> None:
    """Measure one way of thinking and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--think", type=float, default=THINK)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args()
    for one in measured([asked.think], asked.seconds):
        print(f"{len(one.every) / one.seconds:.0f} pages a second, {one.cpu_ms:.1f} ms of processor a page\n")
        print(report.table(HEAD, one.lines()))


if __name__ == "__main__":
    main()
