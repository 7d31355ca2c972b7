"""The sections of the results: each measures one thing over every seed of the run and puts it in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks import columns, report, subjects, texts
from benchmarks.bars import Bar, Section
from benchmarks.metrics import macro
from benchmarks.modes import MODES
from benchmarks.systems import ask_daicho
from benchmarks.this_run import Run

HEADERS = ((False, "with headers"), (True, "headers hidden"))


def of_columns(run: Run) -> Section:
    """Data types of columns, with headers and without."""
    rows: list[tuple[object, ...]] = []
    bars: list[Bar] = []
    parts: list[str] = []
    for seed in run.seeds:
        for hidden, title in HEADERS:
            found = columns.answers(run.tables(seed, run.split), hidden=hidden)
            figures = columns.figures(found)
            rows.append((str(seed), title, *columns.row(figures)))
            if not hidden:
                bars += [
                    Bar("columns with values: macro-F1, strict", figures.macro_f1, 0.95),
                    Bar("columns with values: macro-F1, lenient", figures.lenient_macro_f1, 0.95),
                    Bar("personal columns called not personal", figures.called_not_personal, 0.01, at_least=False),
                    Bar("special care or My Number called not personal", figures.grave_missed, 0, at_least=False),
                ]
            if seed == run.seeds[0]:
                parts.append(f"### By type, {title}, seed {seed}\n\n{columns.details(found)}")
            if run.shows_errors:
                print(f"\n# {title}, seed {seed}\n{columns.misses(found)}")
    return Section("\n".join((run.stamp(), report.table(("seed", "", *columns.FIGURES), rows), *parts)), tuple(bars))


def of_subjects(run: Run) -> Section:
    """Whose the tables are."""
    rows = []
    bars = []
    for seed in run.seeds:
        found = subjects.answers(run.tables(seed, run.split))
        rows.append((str(seed), *subjects.row(found)))
        entrusted = [one for one in found.tables if one.truth == subjects.ENTRUSTED]
        bars += [
            Bar("tables' subject categories", sum(one.near for one in found.tables) / len(found.tables), 0.90),
            Bar(
                "entrusted tables called customer",
                sum(one.said == subjects.CUSTOMER for one in entrusted),
                0,
                at_least=False,
            ),
        ]
        if run.shows_errors:
            print(f"\n# subjects, seed {seed}\n{subjects.misses(found)}")
    return Section(run.stamp() + "\n" + report.table(("seed", *subjects.FIGURES), rows), tuple(bars))


def of_texts(run: Run) -> Section:
    """Mentions in texts, in every mode, and what the language model adds."""
    rows: list[tuple[object, ...]] = []
    bars: list[Bar] = []
    parts: list[str] = []
    for seed in run.seeds:
        labelled = run.texts(seed, run.split)
        modes: dict[str, texts.TextFigures] = {}
        for mode in MODES:
            found, timing = ask_daicho(mode, ({"id": text.id, "text": text.text} for text in labelled))
            modes[mode] = texts.figures(labelled, found, timing)
            rows.append((str(seed), *texts.row(mode, modes[mode])))
            if run.shows_errors and mode == "standard":
                print(f"\n# texts, {mode}, seed {seed}\n{texts.misses(labelled, found)}")
        bars += list(_text_bars(modes))
        if seed == run.seeds[0]:
            parts.append(f"### By type, standard, seed {seed}\n\n{texts.details(modes['standard'])}")
            parts.append(f"### What GiNZA adds to persons, seed {seed}\n\n{texts.model_adds(modes)}")
    return Section("\n".join((run.stamp(), report.table(("seed", *texts.FIGURES), rows), *parts)), tuple(bars))


def _text_bars(modes: Mapping[str, texts.TextFigures]) -> Iterator[Bar]:
    standard, fast = modes["standard"], modes["fast"]
    persons, exact = standard.persons
    yield Bar("texts, standard: span macro-F1, overlap", macro(standard.overlap), 0.93)
    yield Bar("texts, standard: span macro-F1, exact", macro(standard.exact), 0.87)
    yield Bar("texts, standard: persons F1, overlap", persons.f1, 0.94)
    yield Bar("texts, standard: persons F1, exact", exact.f1, 0.88)
    losses = [
        macro(standard.overlap) - macro(fast.overlap),
        macro(standard.exact) - macro(fast.exact),
        persons.f1 - fast.persons[0].f1,
        exact.f1 - fast.persons[1].f1,
    ]
    yield Bar("texts: the most that fast loses on standard", max(losses), 0.02, at_least=False)
    yield Bar(
        "texts: peak memory of any mode, MB", max(one.timing.rss_mb for one in modes.values()), 1500, at_least=False
    )
