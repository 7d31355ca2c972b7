"""Markdown for the results: tables of figures, and the file's sections, each replaced by the run that measured it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.metrics import Bin, Score, calibration_error

_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
HEAD = """# Results

Written by `python -m benchmarks.run`; what the figures mean stands in [README.md](README.md). A section, and a row of
what has to hold, is replaced by the run that measures it anew, and says which run that was.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; floats with three digits, large numbers with separators."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|")


def by_type(scores: Mapping[str, Score]) -> str:
    """Precision, recall and F1 of every label that occurs."""
    return table(
        ("type", "n", "precision", "recall", "F1"),
        ((label, score.true, score.precision, score.recall, score.f1) for label, score in scores.items() if score.true),
    )


def calibrated(bins: Sequence[Bin]) -> str:
    """Confidence beside the share that was right, and their mean distance."""
    rows = ((f"{one.confidence:.2f}", f"{one.right:.2f}", one.n) for one in bins)
    return table(("confidence", "right", "n"), rows) + f"\nMean distance {calibration_error(bins):.3f}.\n"


def confused(confusions: Sequence[tuple[str, str, int]], most: int = 15) -> str:
    """The most frequent confusions."""
    return table(("truth", "said", "n"), confusions[:most]) if confusions else "None.\n"


def rows(markdown: str) -> list[list[str]]:
    """The cells of a table's rows, as `table` wrote them; its head is left out."""
    lines = [line for line in markdown.splitlines() if line.startswith("| ")]
    return [[cell.replace("\\|", "|") for cell in line.strip("| ").split(" | ")] for line in lines[1:]]


def section(path: Path, title: str) -> str:
    """A section of the file; '' where it has none such."""
    if not path.exists():
        return ""
    _, *parts = _SECTION.split(path.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True)).get(title, "")


def merge(path: Path, sections: Mapping[str, str], order: Sequence[str]) -> None:
    """Write the sections into the file; those that it holds and this run did not measure stay as they are."""
    held: dict[str, str] = {}
    if path.exists():
        _, *parts = _SECTION.split(path.read_text(encoding="utf-8"))
        held = {title: body.strip("\n") for title, body in zip(parts[::2], parts[1::2], strict=True)}
    held |= {title: body.strip("\n") for title, body in sections.items()}
    body = "".join(f"\n## {title}\n\n{held[title]}\n" for title in order if title in held)
    path.write_text(HEAD + body, encoding="utf-8")
