"""What a name in SQL means: a dataset of the stores that its job reads, or something that no scan saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from classifiers.masking import MASK
from classifiers.statements import Statement, same_names
from pipelines.register.contents import RegisteredDataset, RegisteredJob, RegisteredStatement, RegisteredStore

Parts = tuple[str, ...]

_OF_TABLES = ("sql", "data_dictionary")
_MAKES = ("view", "create")


@dataclass(frozen=True, slots=True)
class End:
    """What a statement reads or writes."""

    name: str
    """Masked; as the register shows it, or as SQL calls it where no scanned dataset is called so."""
    dataset_id: str = ""
    store: str = ""
    """'' both where no scanned dataset is called so."""


class Names:
    """The datasets of all stores by what SQL may call them: `crm.public.dtb_customer`, `dtb_customer`.

    A file is called as it is without folder and suffix, as a table over it usually is.
    """

    def __init__(self, stores: Iterable[RegisteredStore], datasets: Iterable[RegisteredDataset]) -> None:
        self._kinds = {store.id: store.kind for store in stores}
        self._called: defaultdict[str, list[tuple[Parts, RegisteredDataset]]] = defaultdict(list)
        for dataset in datasets:
            parts = _parts(dataset.name, in_sql=self._kinds.get(dataset.store) in _OF_TABLES)
            # what is masked alike is not the same
            if parts and MASK not in parts[-1]:
                self._called[parts[-1]].append((parts, dataset))

    def find(self, name: str, stores: Collection[str]) -> RegisteredDataset | None:
        """The dataset of one of the stores (none named: of every database) that a statement calls so.

        None where there is none, and where there are several and the name does not say which.
        """
        parts = _parts(name, in_sql=True)
        if not parts:
            return None
        read = stores or [store for store, kind in self._kinds.items() if kind == "sql"]
        found = [
            (own, dataset)
            for own, dataset in self._called[parts[-1]]
            if dataset.store in read and _ends_alike(own, parts)
        ]
        if len(found) > 1:
            found = [one for one in found if one[1].store.casefold() in parts[:-1]] or found
        if len(found) > 1:
            found = [one for one in found if one[0] == parts]
        return found[0][1] if len(found) == 1 else None


def _parts(name: str, *, in_sql: bool) -> Parts:
    if not in_sql:
        path = PurePosixPath(name.partition("#")[0])
        return () if name.endswith("/") or not path.name else (path.stem.casefold(),)
    return tuple(part.casefold() for part in name.split(".") if part)


def _ends_alike(one: Parts, other: Parts) -> bool:
    """Whether the shorter of two names is the end of the longer."""
    length = min(len(one), len(other))
    return one[-length:] == other[-length:]


class Keys:
    """What stands for what a job's names mean: a dataset's id, or a number for what was not scanned."""

    def __init__(
        self,
        stores: Mapping[str, RegisteredStore],
        datasets: Mapping[str, RegisteredDataset],
        jobs: Sequence[RegisteredJob],
        ends: dict[str, End],
    ) -> None:
        self._ends = ends
        self._stores = stores
        self._names = Names(stores.values(), datasets.values())
        self._found: dict[tuple[tuple[str, ...], str], str] = {}
        self._makers: defaultdict[str, set[str]] = defaultdict(set)
        names = {name for job in jobs for one in job.statements for name in _all(one) if not self._known(job, name)}
        self._called = same_names(names)
        for job in jobs:
            for one in job.statements:
                if one.kind in _MAKES and one.target and not self._known(job, one.target):
                    self._makers[self._called[one.target]].add(job.id)
        self._numbers: dict[tuple[str, str], str] = {}

    def of(self, job: RegisteredJob, name: str) -> str:
        """The key of a name in a job; '' of ''."""
        if not name:
            return ""
        if known := self._known(job, name):
            return known
        called = self._called[name]
        # where two jobs make something of the same name, each means its own: scratch tables are called alike
        scratch = len(self._makers[called]) > 1 and job.id in self._makers[called]
        return self._number(job.id if scratch or MASK in called else "", called)

    def unions(self) -> list[Statement]:
        """What several jobs make under one name, for those that only read it: made of each of them."""
        return [
            Statement("create", self._number("", called), tuple(self._number(job, called) for job in sorted(makers)))
            for called, makers in sorted(self._makers.items())
            if len(makers) > 1
        ]

    def _known(self, job: RegisteredJob, name: str) -> str:
        """The id of the dataset that a job calls so; '' where there is none."""
        store = self._stores.get(job.store)
        reads = (job.store,) if job.kind == "table" or store is None else store.reads
        if (reads, name) not in self._found:
            dataset = self._names.find(name, reads) if name else None
            if dataset is not None:
                self._ends[dataset.id] = End(dataset.name, dataset.id, dataset.store)
            self._found[reads, name] = dataset.id if dataset is not None else ""
        return self._found[reads, name]

    def _number(self, job: str, called: str) -> str:
        # no name: `classifiers.statements` takes a.b for b where there is no other
        key = self._numbers.setdefault((job, called), f"n{len(self._numbers)}")
        self._ends[key] = End(called)
        return key


def _all(statement: RegisteredStatement) -> Iterator[str]:
    pairs = (name for pair in statement.together for name in pair)
    fed = (source for source, _, _ in statement.feeds)
    yield from (name for name in (statement.target, *statement.sources, *pairs, *fed) if name)
