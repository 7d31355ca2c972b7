"""Which dataset feeds which, for what, and what leaves: the statements of all jobs, their names resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import cast

from classifiers.statements import Kind, Statement, beside, into_of, made_of, origins_of
from pipelines.register.contents import RegisteredDataset, RegisteredJob, RegisteredStatement, RegisteredStore
from pipelines.register.naming import End, Keys

_COPIES = ("view", "create", "insert")


Followed = Callable[[str], set[str]]
"""A key → itself and everything behind it."""


def _followed(graph: Mapping[str, set[str]]) -> Followed:
    # not of every key at once: in a warehouse nearly everything may hang together
    return lru_cache(maxsize=1024)(partial(origins_of, made=graph))


@dataclass(frozen=True, slots=True)
class At:
    """Where a statement stands."""

    store: str
    job: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """A statement with the names it means."""

    at: At
    statement: RegisteredStatement
    target: str
    """A key of `Lineage.ends`; '' where nothing is written."""
    sources: tuple[str, ...]
    """Keys of what is read."""
    passed_on: tuple[str, ...]
    """Those of which something is selected."""
    columns: Mapping[str, tuple[str, ...]]
    """Source's key → the columns that go on as they are; `*` is every one."""
    read: Statement
    """The statement over keys, as `classifiers.statements` follows it."""


class Lineage:
    """The flows between the datasets of a register."""

    def __init__(
        self,
        stores: Iterable[RegisteredStore],
        datasets: Iterable[RegisteredDataset],
        jobs: Sequence[RegisteredJob],
    ) -> None:
        self.stores = {store.id: store for store in stores}
        self.datasets = {dataset.id: dataset for dataset in datasets}
        self.ends: dict[str, End] = {}
        """Key → what it stands for."""
        self._jobs = jobs
        self._keys = Keys(self.stores, self.datasets, jobs, self.ends)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every statement of every job."""
        return tuple(self._step(job, statement) for job in self._jobs for statement in job.statements)

    @cached_property
    def made(self) -> Mapping[str, set[str]]:
        """What everything that is written is made of, keys to keys."""
        return made_of([*(step.read for step in self.steps), *self._keys.unions()])

    @cached_property
    def _copied_from(self) -> Followed:
        return _followed(self._copied)

    @cached_property
    def _copied(self) -> Mapping[str, set[str]]:
        """What holds rows of what; what is only changed by it (UPDATE, MERGE) has rows of its own."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for step in self.steps:
            if step.statement.kind in _COPIES and step.target:
                found[step.target].update(step.passed_on)
        for union in self._keys.unions():
            found[union.target].update(union.sources)
        return found

    @cached_property
    def _into(self) -> Followed:
        return _followed(into_of(self.made))

    @cached_property
    def _origins(self) -> Followed:
        return _followed(self.made)

    def scanned(self, key: str) -> set[str]:
        """The dataset that a key stands for; of what was not scanned, the datasets that it was made of."""
        if key in self.datasets:
            return {key}
        return self.origins(key)

    def origins(self, key: str) -> set[str]:
        """The datasets that something is made of, itself among them."""
        return self._origins(key) & self.datasets.keys()

    def goes_into(self, key: str) -> set[str]:
        """Everything that something goes into, itself among it: keys, of what was not scanned, too."""
        return self._into(key)

    def related(self, key: str) -> set[str]:
        """The datasets that something is made of, and those that it goes into."""
        return (self.origins(key) | (self.goes_into(key) & self.datasets.keys())) - {key}

    def beside(self, of: Iterable[str]) -> Iterator[tuple[str, str, tuple[At, ...]]]:
        """Each of those datasets with every other one it is put beside, and where; its copies are no other data."""
        steps = [*(step.read for step in self.steps), *self._keys.unions()]
        wanted = set(of)
        for pair, places in beside(steps, of=wanted).items():
            for one, other in (pair, pair[::-1]):
                if one in wanted and other in self.datasets and one not in self._copied_from(other):
                    yield one, other, tuple(dict.fromkeys(self.steps[at].at for at in places))

    def copies(self, of: Iterable[str]) -> Iterator[tuple[str, str, tuple[At, ...]]]:
        """Each of those datasets with every other one that rows of it are written into, and where."""
        wanted = set(of)
        for target in sorted(self._copied.keys() & self.datasets.keys()):
            if not (found := (self._copied_from(target) & wanted) - {target}):
                continue
            into = [step for step in self.steps if step.target == target and step.statement.kind in _COPIES]
            for one in sorted(found):
                places = (step.at for step in into if any(one in self._copied_from(key) for key in step.passed_on))
                yield one, target, tuple(dict.fromkeys(places))

    def _step(self, job: RegisteredJob, statement: RegisteredStatement) -> Step:
        def key(name: str) -> str:
            return self._keys.of(job, name)

        # whatever a view's definition calls it, it is the view that is made
        target = job.id if job.kind == "table" else key(statement.target)
        if job.kind == "table":
            self.ends[target] = End(job.name, job.id, job.store)
        columns: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for source, column, _ in statement.feeds:
            columns[key(source)][column] = None
        sources = tuple(dict.fromkeys(map(key, statement.sources)))
        return Step(
            at=At(job.store, job.name, statement.line),
            statement=statement,
            target=target,
            sources=sources,
            passed_on=tuple(dict.fromkeys(map(key, statement.passed_on))),
            columns={source: tuple(found) for source, found in columns.items()},
            read=Statement(
                cast(Kind, statement.kind),
                target,
                tuple(source for source in sources if source != target),
                together=frozenset((key(left), key(right)) for left, right in statement.together),
            ),
        )
