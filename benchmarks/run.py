"""The benchmark: `python -m benchmarks.run [all|PART] [CASES]`.

Without `--seed` it measures the published seed and one that it draws and prints. The test split's sections go to
`RESULTS.md`; the development split prints its errors too and is written nowhere unless `--out` names a file.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    authored,
    bars,
    by_hand,
    desk_users,
    lookup_speed,
    many_machines,
    others,
    report,
    sections,
    size,
    speed,
)
from benchmarks.bars import Section
from benchmarks.this_run import Run

PUBLISHED = 20261123
RESULTS = Path(__file__).parent / "RESULTS.md"
SUMMARY = "What has to hold"
PARTS: Mapping[str, tuple[str, Callable[[Run], Section]]] = {
    "columns": ("Columns", sections.of_columns),
    "subjects": ("Subjects", sections.of_subjects),
    "texts": ("Texts", sections.of_texts),
    "authored": ("Tables written afresh", authored.of_authored),
    "handwritten": ("Written by hand", by_hand.of_handwritten),
    "cases": ("Real schemas, files and sentences", others.of_cases),
    "peers": ("Other products, the same run", others.of_peers),
    "size": ("Ten million rows", size.of_size),
    "lookup": ("One person in ten million rows", lookup_speed.of_lookup),
    "desk": ("Fifty people at the desk", desk_users.of_desk),
    "machines": ("Many machines", many_machines.of_many_machines),
    "speed": ("Speed and memory", speed.of_speed),
    "profile": ("Where the time goes", speed.of_profile),
}


def main() -> None:
    """Measure what the command line names, print it, and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="?", default="all", choices=("all", *PARTS))
    parser.add_argument("cases", nargs="?", type=Path, help="a folder of labelled real cases")
    parser.add_argument("--seed", type=int, action="append", help="instead of the published seed and a drawn one")
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--out", type=Path, help="instead of RESULTS.md")
    arguments = parser.parse_args()
    if arguments.what == "cases" and arguments.cases is None:
        parser.error("cases: name the folder that holds schemas.jsonl, files.jsonl and person_spans.jsonl")
    run = _run(arguments)
    chosen = [arguments.what] if arguments.what != "all" else [name for name in PARTS if name != "cases" or run.cases]
    out = arguments.out or (RESULTS if run.split == "test" else None)
    written: dict[str, str] = {}
    held: list[bars.Bar] = []
    for name in chosen:
        title, measure = PARTS[name]
        print(f"{title} …", file=sys.stderr, flush=True)
        section = measure(run)
        written[title] = section.body
        held += section.bars
        print(f"\n## {title}\n\n{section.body}", flush=True)
    print(bars.summary(held, run.when()))
    if out:
        written[SUMMARY] = bars.summary(held, run.when(), report.section(out, SUMMARY))
        report.merge(out, written, (SUMMARY, *(title for title, _ in PARTS.values())))


def _run(arguments: argparse.Namespace) -> Run:
    if arguments.seed:
        return Run(arguments.split, tuple(arguments.seed), cases=arguments.cases)
    drawn = secrets.randbelow(1_000_000)
    print(f"drawn seed {drawn}", file=sys.stderr)
    return Run(arguments.split, (PUBLISHED, drawn), drawn, arguments.cases)


if __name__ == "__main__":
    main()
