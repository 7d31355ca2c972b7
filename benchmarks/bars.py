"""What has to hold, beside what a run measured."""

from __future__ import annotations

from collections.abc import Iterable
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


def summary(bars: Iterable[Bar]) -> str:
    """Every bar; of several seeds the worst figure."""
    worst: dict[str, Bar] = {}
    for bar in bars:
        held = worst.setdefault(bar.what, bar)
        if (bar.measured < held.measured) == bar.at_least:
            worst[bar.what] = bar
    return report.table(
        ("what", "must be", "measured, worst seed", "holds"),
        (
            (bar.what, f"{'≥' if bar.at_least else '≤'} {bar.bound:g}", bar.measured, "yes" if bar.holds else "**no**")
            for bar in worst.values()
        ),
    )
