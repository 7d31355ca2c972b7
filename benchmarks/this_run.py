"""What one run measures, and the line that tells it apart from other runs."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from benchmarks.corpus import LabelledTable, LabelledText, Split
from benchmarks.corpus import tables as corpus_tables
from benchmarks.corpus import texts as corpus_texts
from benchmarks.systems import ROOT


@dataclass(frozen=True, slots=True)
class Run:
    """What is measured: which split by which seeds, and where real cases lie."""

    split: Split
    seeds: tuple[int, ...]
    unseen: int | None = None
    """The seed among them that was drawn for this run."""
    cases: Path | None = None

    @property
    def shows_errors(self) -> bool:
        """Errors are looked at on the development split alone: of the test split, totals are all there is."""
        return self.split == "dev"

    def stamp(self) -> str:
        """Which run it was: day, code, machine, load, split, seeds."""
        seeds = ", ".join(f"{seed}{' (drawn for this run)' if seed == self.unseen else ''}" for seed in self.seeds)
        cores, load = os.cpu_count(), os.getloadavg()[0]
        return (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_commit()}, {platform.machine()} × {cores}, "
            f"Python {platform.python_version()}, load {load:.1f}; {self.split} split, seeds {seeds}.\n"
        )

    def when(self) -> str:
        """The day and the code."""
        return f"{datetime.now(UTC):%Y-%m-%d}, {_commit()}"

    @staticmethod
    @cache
    def tables(seed: int, split: Split) -> list[LabelledTable]:
        """The corpus's tables, made once a run."""
        return list(corpus_tables(seed, split))

    @staticmethod
    @cache
    def texts(seed: int, split: Split) -> list[LabelledText]:
        """The corpus's texts, made once a run."""
        return list(corpus_texts(seed, split))


@cache
def _commit() -> str:
    def git(*words: str) -> str:
        command = [shutil.which("git") or "git", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    judged = ("classifiers", "benchmarks", "expectations", ":!benchmarks/RESULTS.md")
    changed = " with changes" if git("status", "--porcelain", "--", *judged) else ""
    return f"commit {git('rev-parse', '--short', 'HEAD') or 'unknown'}{changed}"
