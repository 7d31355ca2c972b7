"""What has to hold, beside what a run measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks import report


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure and its bound, which it must reach (`at_least`) or must not pass."""

    what: str
    measured: float
    bound: float
    at_least: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figure keeps the bound."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


@dataclass(frozen=True, slots=True)
class Section:
    """What one part of a run found: Markdown, and its figures that have a bound."""

    body: str
    bars: tuple[Bar, ...] = ()


HEAD = ("what", "must be", "measured, worst seed", "holds", "measured on")


def summary(bars: Iterable[Bar], when: str, before: str = "") -> str:
    """Every bar, of several seeds the worst figure; with those of an earlier summary that were not measured now."""
    worst: dict[str, Bar] = {}
    for bar in bars:
        held = worst.setdefault(bar.what, bar)
        if (bar.measured < held.measured) == bar.at_least:
            worst[bar.what] = bar
    rows: dict[str, Sequence[object]] = {row[0]: row for row in report.rows(before) if len(row) == len(HEAD)}
    for bar in worst.values():
        bound = f"{'≥' if bar.at_least else '≤'} {bar.bound:.4g}"
        rows[bar.what] = (bar.what, bound, bar.measured, "yes" if bar.holds else "**no**", when)
    return report.table(HEAD, rows.values())
