"""How often columns get the right data type, on labelled schemas and files: `python benchmarks/columns.py CASES`.

CASES holds `schemas.jsonl` (one line a column: app, table, table_label, column, column_label, sql_type, data_type,
alt_types) and `files.jsonl` with `files/` (file, encoding, table_label, position, column, data_type, alt_types).
Prints precision and recall of every type and the misses; strict counts `data_type`, lenient `alt_types` too.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classifiers.columns import tag_columns
from classifiers.tags import Column, ColumnTag, Table
from classifiers.vocabulary import data_categories

Case = dict[str, Any]


def main(folder: Path) -> None:
    """Measure the schemas by names alone, then the files with their values."""
    for title, cases in (("schemas.jsonl, names only", _schemas(folder)), ("files, names and values", _files(folder))):
        started = time.perf_counter()
        judged = [(case, tag) for table, rows in cases for case, tag in zip(rows, tag_columns(table), strict=True)]
        print(f"\n# {title}: {len(judged)} columns in {time.perf_counter() - started:.2f} s")
        if judged:
            _report(judged)


def _schemas(folder: Path) -> list[tuple[Table, list[Case]]]:
    tables: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in _lines(folder / "schemas.jsonl"):
        tables[case["app"], case["table"]].append(case)
    return [
        (
            Table(
                app,
                name,
                tuple(Column(row["column"], row["column_label"], row["sql_type"]) for row in rows),
                label=rows[0]["table_label"],
            ),
            rows,
        )
        for (app, name), rows in tables.items()
    ]


def _files(folder: Path) -> Iterator[tuple[Table, list[Case]]]:
    files: dict[str, list[Case]] = defaultdict(list)
    for case in _lines(folder / "files.jsonl"):
        files[case["file"]].append(case)
    for name, rows in files.items():
        path = folder / "files" / name
        if path.suffix != ".csv":
            continue
        with path.open(encoding=rows[0]["encoding"], newline="") as file:
            header, *data = list(csv.reader(file))
        columns = []
        for row in rows:
            cells = [line[row["position"]] for line in data if row["position"] < len(line) and line[row["position"]]]
            counts = Counter(cells)
            columns.append(
                Column(header[row["position"]], values=tuple(counts), counts=tuple(counts.values()), rows=len(data))
            )
        yield Table("files", path.stem, tuple(columns), label=rows[0]["table_label"]), rows


def _lines(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _report(judged: list[tuple[Case, ColumnTag]]) -> None:
    types = data_categories()
    truth = [case["data_type"] for case, _ in judged]
    said = [types[tag.data_category].data_type for _, tag in judged]
    allowed = [{case["data_type"], *case["alt_types"]} for case, _ in judged]
    lenient = [held if held in many else right for held, right, many in zip(said, truth, allowed, strict=True)]
    right = sum(a == b for a, b in zip(said, truth, strict=True))
    near = sum(held in many for held, many in zip(said, allowed, strict=True))
    print(f"strict {right / len(judged):.3f}  lenient {near / len(judged):.3f}  ", end="")
    print(f"macro-F1 {_macro(truth, said):.3f}  lenient macro-F1 {_macro(lenient, said):.3f}")
    print(f"{'type':34}{'n':>5}{'P':>7}{'R':>7}{'F1':>7}")
    for name in sorted(set(truth)):
        precision, recall, f1 = _scores(name, truth, said)
        print(f"{name:34}{truth.count(name):5}{precision:7.2f}{recall:7.2f}{f1:7.2f}")
    _calibration(judged, [held in many for held, many in zip(said, allowed, strict=True)])
    for (case, tag), held, many in zip(judged, said, allowed, strict=True):
        if held != case["data_type"]:
            mark = "~" if held in many else "x"
            where = f"{case.get('table', case.get('file'))}.{case['column']} «{case.get('column_label', '')}»"
            print(f"{mark} {where}: {case['data_type']} → {tag.data_category} {tag.confidence:.2f}")


def _scores(name: str, truth: list[str], said: list[str]) -> tuple[float, float, float]:
    hits = sum(a == b == name for a, b in zip(truth, said, strict=True))
    precision = hits / said.count(name) if name in said else 0.0
    recall = hits / truth.count(name) if name in truth else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def _macro(truth: list[str], said: list[str]) -> float:
    names = set(truth)
    return sum(_scores(name, truth, said)[2] for name in names) / len(names)


def _calibration(judged: list[tuple[Case, ColumnTag]], right: list[bool]) -> None:
    """Confidence against how often it was right: the two columns should agree."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for (_, tag), held in zip(judged, right, strict=True):
        bins[min(9, int(tag.confidence * 10))].append((tag.confidence, held))
    for held_bin in sorted(bins):
        pairs = bins[held_bin]
        mean = sum(confidence for confidence, _ in pairs) / len(pairs)
        print(f"confidence {mean:.2f} right {sum(held for _, held in pairs) / len(pairs):.2f} of {len(pairs)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
