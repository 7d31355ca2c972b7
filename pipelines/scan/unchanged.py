"""What needs no reading: neither its content changed since it was read, nor what that was judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from pipelines.scan.answers import dataset_id
from pipelines.scan.basis import basis
from pipelines.scan.reading import Reading
from pipelines.stores import Dataset

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration


class Known(Protocol):
    """What the register's answer about a dataset rests on."""

    @property
    def version(self) -> str:
        """Of the content that was read; '': unknown."""

    @property
    def basis(self) -> str:
        """Of the judgement."""

    @property
    def last_run(self) -> int:
        """The run that read it."""


def split(
    declared: StoreDeclaration,
    found: Sequence[Dataset],
    known: Mapping[str, Known],
    reading: Reading,
    run: int,
    *,
    anew: bool = False,
) -> tuple[list[Dataset], list[str]]:
    """The datasets that are due, and the ids of those whose answer stands.

    One that this very run has read (it was broken off and goes on) stands whatever its content; `anew`: only those do.
    A judgement that may be another one tomorrow stands for its day.
    """
    good = {
        basis(declared, reading, dated=dated, stops=stops) for dated in (False, True) for stops in {"", reading.stops}
    }
    due: list[Dataset] = []
    stand: list[str] = []
    for dataset in found:
        one = dataset_id(declared.id, dataset.name)
        held = known.get(one)
        mine = held is not None and held.last_run == run
        same = held is not None and not anew and held.version == dataset.version != ""
        if held is not None and held.basis in good and (mine or same):
            stand.append(one)
        else:
            due.append(dataset)
    return due, stand
