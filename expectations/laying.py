"""Every case of a company: its declared acts over the row partitions they reach, and what was observed by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from expectations.books import Act, Books, acts
from expectations.cases import (
    Case,
    Handling,
    Holding,
    NamedPurpose,
    SensitiveColumn,
    Sighting,
    my_number,
    restricted,
    special_care,
)
from expectations.facts import Declared
from expectations.observed import (
    ObservedCopy,
    ObservedDataset,
    ObservedExport,
    ObservedFlows,
    ObservedMatch,
    ObservedUse,
    Partition,
)
from expectations.policy import PolicyError, Purpose


def laid_out(
    books: Books, datasets: Sequence[ObservedDataset], declared: Declared, flows: ObservedFlows
) -> Iterator[Case]:
    """Every case there is: declared acts over every partition they reach, then what was observed by itself."""
    by_name: defaultdict[tuple[str, str], list[ObservedDataset]] = defaultdict(list)
    for dataset in datasets:
        by_name[dataset.store, dataset.name].append(dataset)
    for act in acts(declared):
        seen = by_name.get((act.source.store, act.source.dataset))
        if not seen:
            yield Handling(act, None, None, "unresolved", books.fit("unresolved", act))
        for dataset in seen or ():
            yield from _handlings(books, act, dataset)
    for dataset in datasets:
        for partition in dataset.partitions:
            category = _category(books, partition)
            over = books.acts[dataset.store, dataset.name]
            acts_over = tuple(act for act in over if partition in _reached(act, dataset))
            acquired, kept = books.acquisitions(dataset, partition), books.retentions(dataset, partition)
            yield Holding(dataset, partition, category, acts_over, acquired, kept)
            yield from _sensitive(books, dataset, partition, category)
    yield from _sightings(books, {dataset.id: dataset for dataset in datasets}, flows)
    for purpose in _named(books, declared):
        yield NamedPurpose(purpose)


def _sightings(books: Books, datasets: Mapping[str, ObservedDataset], flows: ObservedFlows) -> Iterator[Sighting]:
    seen: tuple[ObservedUse | ObservedExport, ...] = (*flows.uses, *flows.exports)
    for fact in seen:
        dataset = datasets[fact.dataset]
        around = [dataset, *(datasets[id] for id in fact.related)]
        declared = tuple(act for one in around for act in books.acts[one.store, one.name])
        for partition in dataset.partitions:
            category = _category(books, partition)
            fit = books.fit_of(category, fact.use) if isinstance(fact, ObservedUse) else None
            yield Sighting(fact, dataset, partition, category, declared, fit)
    pairs: tuple[ObservedMatch | ObservedCopy, ...] = (*flows.matches, *flows.copies)
    for pair in pairs:
        dataset, other = datasets[pair.dataset], datasets[pair.other]
        others = tuple(dict.fromkeys((_category(books, row), row.custody) for row in other.partitions))
        for partition in dataset.partitions:
            if partition.custody == "entrusted":
                category = _category(books, partition)
                yield Sighting(pair, dataset, partition, category, (), other=other, others=others)


def _named(books: Books, declared: Declared) -> Iterator[Purpose]:
    """The published purposes that somebody names, each once."""
    named = dict.fromkeys(id for act in acts(declared) for id in act.purposes)
    found: dict[str, Purpose] = {}
    for id in named:
        try:
            purpose = books.policy.purpose(id)
        except PolicyError:
            continue
        found[purpose.id] = purpose
    yield from found.values()


def _category(books: Books, partition: Partition) -> str:
    return books.policy.category_of(partition.subject, partition.custody, partition.nature)


def _reached(act: Act, dataset: ObservedDataset) -> tuple[Partition, ...]:
    rows = act.source.rows
    reached = tuple(partition for partition in dataset.partitions if rows in ("", partition.row_filter))
    # rows of a dataset that is one kind of person's throughout are that kind of person's
    return dataset.partitions if not reached and len(dataset.partitions) == 1 else reached


def _handlings(books: Books, act: Act, dataset: ObservedDataset) -> Iterator[Handling]:
    reached = _reached(act, dataset)
    if not reached:
        yield Handling(act, dataset, None, "unresolved", books.fit("unresolved", act))
    for partition in reached:
        category = _category(books, partition)
        yield Handling(
            act,
            dataset,
            partition,
            category,
            books.fit(category, act),
            books.consent(act, dataset, partition),
            books.exception(act, dataset),
            books.acquisitions(dataset, partition),
        )


def _sensitive(
    books: Books, dataset: ObservedDataset, partition: Partition, category: str
) -> Iterator[SensitiveColumn]:
    for column in dataset.columns:
        for kinds in (my_number(column), special_care(column), restricted(column, partition)):
            if kinds:
                consent = books.consent_to_column(dataset, partition, column.name)
                exception = books.exception_for(dataset, partition, column.name, kinds)
                acquired = books.acquisitions(dataset, partition)
                yield SensitiveColumn(dataset, partition, category, column, kinds, consent, exception, acquired)
