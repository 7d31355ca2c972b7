"""Fifty people at the desk at once, on a register of twenty thousand columns: how long each page takes them.

    python -m benchmarks.desk_users [--users 50] [--columns 20000] [--seconds 30] [--think 1.0]

The desk runs in a process of its own, as it does in life; the users are threads of this one, each with a connection and
a session, who open pages, search, filter and leaf through, and think before each. `--think 0`: they never do, which is
as many requests as two cores give. Prints p50 and p95 a kind of page, in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import quantiles

import httpx

from classifiers.tags import ColumnTag, Evidence, SubjectTag
from pipelines.declarations import StoreDeclaration
from pipelines.desk.accounts import AccountsFile
from pipelines.desk.serving import listen
from pipelines.register import Register
from pipelines.scan import Scanned, dataset_id

WIDTH = 40
"""Columns of a dataset."""
ITEMS = (
    ("name", "氏名"), ("email", "mail"), ("phone", "電話番号"), ("address", "住所"), ("birth_date", "生年月日"),
    ("not_personal", "status"), ("not_personal", "数量"), ("free_text", "備考"), ("account_id", "会員番号"),
)  # fmt: skip
SECRET = "only-for-the-benchmark"  # noqa: S105 - of accounts that are thrown away
TARGET_MS = 300


def filled(folder: Path, columns: int) -> None:
    """A register of so many columns, declarations, and accounts."""
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
            for table in range(columns // WIDTH // 10)
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


def use(browser: httpx.Client, seed: int, think: float, until: float, took: dict[str, list[float]]) -> None:
    """What one user does until it is over."""
    chance = random.Random(seed)
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--columns", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--think", type=float, default=1.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled(folder, asked.columns)
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
                measure(f"http://127.0.0.1:{port}", asked.users, asked.think, asked.seconds)
            finally:
                desk.terminate()


def measure(base: str, users: int, think: float, seconds: float) -> None:
    """Let them use it, and print what it took."""
    browsers = [signed_in(base, number) for number in range(users)]
    began = time.perf_counter()
    browsers[0].get("/register")
    print(f"the first page, with the register read into memory: {time.perf_counter() - began:.1f} s")
    took: list[dict[str, list[float]]] = [defaultdict(list) for _ in browsers]
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=use, args=(browser, number, think, until, took[number]))
        for number, browser in enumerate(browsers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together: dict[str, list[float]] = defaultdict(list)
    for one in took:
        for kind, times in one.items():
            together[kind] += times
    every = [time for times in together.values() for time in times]
    print(f"{users} users, thinking {think:g} s: {len(every) / seconds:.0f} pages a second")
    print(f"{'':24}{'n':>7}{'p50 ms':>9}{'p95 ms':>9}")
    for kind, times in [*sorted(together.items()), ("all", every)]:
        cuts = quantiles(times, n=20)
        print(f"{kind:24}{len(times):>7}{cuts[9]:>9.0f}{cuts[18]:>9.0f}")
    print(f"p95 under {TARGET_MS} ms: {'yes' if quantiles(every, n=20)[18] < TARGET_MS else 'no'}")


if __name__ == "__main__":
    main()
