"""Reports: one file a report, found by its place.

A report's module has `NAME` (of its file), `TITLE_JA`, `TITLE_EN`, and `write`; what several of them share lies in the
folders beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol, cast

if TYPE_CHECKING:
    from expectations.policy import Policy
    from expectations.reviews import Item, ReviewStep
    from pipelines.register import Register

Language = Literal["ja", "en"]
Approvals = Mapping["Item", "ReviewStep"]
"""Store and dataset → its last approval in a yearly review; what nobody approved is missing."""
NO_APPROVALS: Approvals = MappingProxyType({})


class ReportError(Exception):
    """A report cannot be written; the message says which, why and what to do (exit code 2)."""


class Report(Protocol):
    """What a report's module has."""

    NAME: str
    """The name of the file it writes."""
    TITLE_JA: str
    TITLE_EN: str

    def write(self, register: Register, policy: Policy, out: Path, language: Language, approvals: Approvals) -> Path:
        """Write the report into the folder `out`; answers its path."""


@cache
def reports() -> tuple[Report, ...]:
    """Every report, in the order of their files' names."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if not module.ispkg)
    return tuple(cast(Report, module) for module in modules)


def write_all(
    register: Register, policy: Policy, out: Path, language: Language = "ja", approvals: Approvals = NO_APPROVALS
) -> tuple[Path, ...]:
    """Write every report into `out`; raises ReportError where the folder cannot be made or written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        return tuple(report.write(register, policy, out, language, approvals) for report in reports())
    except OSError:
        raise ReportError(
            f"{out}: reports cannot be written there; check its rights and the space on its disk"
        ) from None
