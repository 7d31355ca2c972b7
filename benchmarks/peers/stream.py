"""What every system under measurement speaks: JSON lines in, JSON lines out, its own times and memory last.

A text comes as `{"id", "text"}` and goes as `{"id", "mentions": [{"start", "end", "data_type"}]}`; a table comes as
`{"id", "columns": {name: [cell]}}` and goes as `{"id", "columns": {name: data_type}}`. The last line is
`{"timing": {"start_s", "wall_s", "cpu_s", "rss_mb"}}`: what loading took, what the work took, the peak resident memory.
This runs in the environments of other products: nothing but the standard library is imported.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict, TypeVar

Engine = TypeVar("Engine")
WARM_UP = [
    "担当：佐藤様（℡ 03-5253-5111）",
    "昨日は彌永と話した。ヴェルナーが来るそうだ。",
    "みなもと商店の件、雫石さんから折り返しあり",
    "〒100-0001 東京都千代田区千代田1-1-1 マイナンバー 123456789018 生年月日 昭和60年4月1日",
    "no,氏名,会員番号\n1,圷 光一,A-0012\n2,鍬形 徹,A-0013\n出席：比企、人見、戸張（書記）\n班　兵頭　楠瀬　西森",
    "Hi Peter,\nplease ask Maria Clara Reyes (employee ID is JP20931). 12A SATO/TARO MS\nBest regards,\nLars",
    "合同会社ソラノ総務部、岸辺電工(株)、東西産業交流協会の男性 06-4999-8765 法人番号 T7000012050002",
    "株式会社みなと商事 総務部 百目鬼（どうめき）様 振込先 みなと銀行 本店 普通 1234567 ﾔﾏﾀﾞ ﾊﾅｺ",
]
"""A plain text, and some that ask everything a system has."""


class Found(TypedDict):
    """A mention; offsets are characters of the text as it was given."""

    start: int
    end: int
    data_type: str


Annotate = Callable[[Sequence[str]], Iterable[Sequence[Found]]]
"""Texts → the mentions of each, in order."""
Label = Callable[[dict[str, list[str]]], dict[str, str]]
"""A table's columns → a data type for those that have one."""


def serve_texts(load: Callable[[], Annotate]) -> None:
    """Answer every text of standard input; loading is told apart from the work."""
    annotate, start = _loaded(load, lambda annotate: list(annotate(WARM_UP)))
    rows = [json.loads(line) for line in sys.stdin]
    clocks = time.perf_counter(), time.process_time()
    found = list(annotate([row["text"] for row in rows]))
    timing = _timing(start, clocks)
    _write({"id": row["id"], "mentions": list(mentions)} for row, mentions in zip(rows, found, strict=True))
    _write([timing])


def serve_tables(load: Callable[[], Label]) -> None:
    """Label the columns of every table of standard input."""
    label, start = _loaded(load, lambda label: label({"c": WARM_UP}))
    rows = [json.loads(line) for line in sys.stdin]
    clocks = time.perf_counter(), time.process_time()
    labelled = [label(row["columns"]) for row in rows]
    timing = _timing(start, clocks)
    _write({"id": row["id"], "columns": columns} for row, columns in zip(rows, labelled, strict=True))
    _write([timing])


def _loaded(load: Callable[[], Engine], first: Callable[[Engine], object]) -> tuple[Engine, float]:
    """The engine, and the seconds to its first answer: what loads late, loads there."""
    started = time.perf_counter()
    engine = load()
    first(engine)
    return engine, time.perf_counter() - started


def _timing(start: float, clocks: tuple[float, float]) -> dict[str, Any]:
    wall, cpu = clocks
    return {
        "timing": {
            "start_s": start,
            "wall_s": time.perf_counter() - wall,
            "cpu_s": time.process_time() - cpu,
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    }


def _write(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
