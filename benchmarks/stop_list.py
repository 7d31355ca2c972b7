"""A million rows through `daicho suppress filter`: seconds, processor time and peak memory.

`python -m benchmarks.stop_list [rows]`. Names, mails and phones are distinct, the worst case.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SURNAMES = ("佐藤", "鈴木", "高橋", "渡邊", "斎藤", "小林", "加藤", "吉田", "山本", "中村")
LETTERS = "一二三四五六七八九十百千太郎花子美恵真広竜礼実"
STOPPED = 100


def main(rows: int) -> None:
    """Filter so many rows by a list of a hundred persons."""
    from datetime import date

    from pipelines.disclosure.person import Person
    from pipelines.suppression.book import Order, StopList
    from pipelines.suppression.hashing import hash_keys

    os.environ["DAICHO_STOP_LIST_KEY"] = "benchmark" * 4
    random.seed(0)
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "export.csv", Path(folder) / "list.sqlite"
        held, (key,) = StopList.start(path), hash_keys()
        with source.open("w", encoding="utf-8") as file:
            file.write("会員番号,氏名,生年月日,電話番号,メール,住所\n")
            for number in range(rows):
                name = f"{random.choice(SURNAMES)} {''.join(random.choices(LETTERS, k=3))}"
                born = date.fromordinal(710_000 + number % 20_000)
                phone, mail = f"090-{number // 10_000:04}-{number % 10_000:04}", f"p{number}@sample.example"
                file.write(f"M{number:08},{name},{born},{phone},{mail},東京都港区芝公園{number % 9 + 1}-2-8\n")
                if number * STOPPED // rows != (number - 1) * STOPPED // rows:
                    person = Person(names=(name,), birth_date=born, phones=(phone,), mails=(mail,))
                    held.add(Order(f"C-{number}", "opt_out", date.today(), "管理者"), person, key)  # noqa: DTZ011
        started = time.perf_counter()
        command = [sys.executable, "-m", "pipelines", "suppress", "filter", "--list", str(path), str(source)]
        with (Path(folder) / "out.csv").open("wb") as out:
            subprocess.run(command, stdout=out, check=True)
        seconds = time.perf_counter() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = {"rows": rows, "seconds": round(seconds, 1), "cpu_s": round(used.ru_utime + used.ru_stime, 1)}
        print(json.dumps({**told, "peak_mib": round(used.ru_maxrss / 1024)}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
