"""Exports of the register for other programs: one file a format, found by its place.

A format's module has `NAME` (as `daicho export NAME` calls it), `TITLE_JA`, `TITLE_EN`, and `files`; what several of
them share lies in the folders beside them. A format takes what stands in the register as flat rows and answers files:
it opens nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from pipelines.reports import ReportError
from pipelines.reports.writing import replacing

if TYPE_CHECKING:
    from pipelines.exports.contents.told import Told


class Format(Protocol):
    """What a format's module has."""

    NAME: str
    TITLE_JA: str
    TITLE_EN: str

    def files(self, told: Told) -> Mapping[str, bytes]:
        """The export's files: name → content. Raises ReportError where the format cannot say what is asked."""


@cache
def formats() -> Mapping[str, Format]:
    """Every format by its name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if not module.ispkg)
    return {one.NAME: one for one in (cast(Format, module) for module in modules)}


def write(files: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Write an export's files into the folder `out`, each whole or not at all; answers their paths.

    Raises ReportError.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        return tuple(replacing(out / name, content) for name, content in files.items())
    except OSError:
        raise ReportError(f"{out}: 書けません。権限と空きを確かめてください · cannot be written") from None
