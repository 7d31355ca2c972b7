"""The page's charts: rows of bars, drawn as tables, so that every number a bar shows stands beside it as text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.register import Change, RegisteredDataset, RegisteredNotRead, Run
from pipelines.reports.pagework.holdings import categories_of, personal_columns, personal_partitions
from pipelines.reports.words import FINDINGS, Pair, verdicts, vocabulary, worded, words

MOST = 15
"""Bars of a chart: the rest stand together in one."""
CHECKS = 12
"""Checks whose findings are drawn, the newest first."""
WIDTH = 1000
"""Of a bar that is as long as bars get."""
COVERAGE = ("full", "sample", "metadata", "unread", "excluded")
"""How far datasets were read, and what was not."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar."""

    kind: str
    """Its colour: a verdict, how far something was read; '' there is but one kind."""
    words: Pair
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart."""

    words: Pair
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """All parts together."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart."""

    id: str
    """Of `chart` in `words.yml`: its title and what it counts."""
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, Pair], ...] = ()
    """Kind of part → its words; () there is but one."""


Counts = tuple[Pair, Mapping[str, int]]
"""A bar's words, and kind of part → how many."""


def charts(
    datasets: Sequence[RegisteredDataset],
    unread: Sequence[RegisteredNotRead],
    labels: Mapping[str, str],
    runs: Iterable[Run],
    history: Iterable[Change],
    order: Sequence[str],
    subject_category: Callable[[str], Pair],
) -> tuple[Chart, ...]:
    """The charts that have something to show; `labels` is store → label, `order` the policy's subject categories."""
    subjects: Counter[str] = Counter()
    items: Counter[str] = Counter()
    for dataset in datasets:
        subjects.update({partition.subject_category for partition in personal_partitions(dataset)})
        items.update({category for column in personal_columns(dataset) for category in categories_of(column)})
    known = [*(id for id in order if id in subjects), *sorted(subjects.keys() - set(order))]
    data = vocabulary("data_category")
    made = (
        _chart("subjects", [(subject_category(id), {"": subjects[id]}) for id in known]),
        _chart("items", [(worded(data, id), {"": count}) for id, count in items.most_common()]),
        _chart("findings", list(_by_check(runs, history)), {id: verdicts()[id] for id in FINDINGS}),
        _chart("coverage", _by_store(datasets, unread, labels), {id: words("coverage")[id] for id in COVERAGE}),
    )
    return tuple(chart for chart in made if chart.bars)


def _chart(id: str, rows: Sequence[Counts], kinds: Mapping[str, Pair] | None = None) -> Chart:
    rows = [row for row in rows if sum(row[1].values()) or id == "findings"]
    if len(rows) > MOST:
        rest: Counter[str] = Counter()
        for _, counts in rows[MOST - 1 :]:
            rest.update(counts)
        rows = [*rows[: MOST - 1], (words("chart")["others"], rest)]
    longest = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    bars = tuple(Bar(name, tuple(_parts(counts, kinds or {"": name}, longest))) for name, counts in rows)
    shown = {part.kind for bar in bars for part in bar.parts}
    return Chart(id, bars, tuple((kind, pair) for kind, pair in (kinds or {}).items() if kind in shown))


def _parts(counts: Mapping[str, int], kinds: Mapping[str, Pair], longest: int) -> Iterator[Part]:
    x = 0.0
    for kind, pair in kinds.items():
        if count := counts.get(kind, 0):
            width = WIDTH * count / longest
            yield Part(kind, pair, count, round(x, 1), round(max(width, 4), 1))
            x += width


def _by_check(runs: Iterable[Run], history: Iterable[Change]) -> Iterator[Counts]:
    """What stood after each of the last checks, told from what each of them changed."""
    checks = sorted((run for run in runs if run.kind == "check" and run.finished), key=lambda run: run.id)
    changed: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for change in history:
        changed[change.run][change.item] = change.after
    stands: dict[str, str] = {}
    after: dict[int, Counter[str]] = {}
    for run in checks:
        stands |= changed[run.id]
        after[run.id] = Counter(outcome for outcome in stands.values() if outcome in FINDINGS)
    for run in reversed(checks[-CHECKS:]):
        name = f"{run.as_of} #{run.id}"
        yield {"ja": name, "en": name}, after[run.id]


def _by_store(
    datasets: Iterable[RegisteredDataset], unread: Iterable[RegisteredNotRead], labels: Mapping[str, str]
) -> list[Counts]:
    found: dict[str, Counter[str]] = {store: Counter() for store in labels}
    for dataset in datasets:
        found.setdefault(dataset.store, Counter())[dataset.level] += 1
    for one in unread:
        found.setdefault(one.store, Counter())["excluded" if one.reason == "excluded" else "unread"] += 1
    ranked = sorted(found.items(), key=lambda item: -sum(item[1].values()))
    return [({"ja": name, "en": name}, counts) for name, counts in ((labels.get(id, id), n) for id, n in ranked)]
