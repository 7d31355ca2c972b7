"""The sections that need something from outside: other products, and labelled real cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import cases, columns, report, side_by_side, texts
from benchmarks.bars import Bar, Section
from benchmarks.metrics import Judged, Score
from benchmarks.modes import MODES
from benchmarks.speed import timed
from benchmarks.systems import PeerError, ask_daicho, ask_peer, peers
from benchmarks.this_run import Run
from benchmarks.types import COMPARED

STRUCTURED, STOCK = "presidio_structured", "ginza"
GINZAS = {STOCK: "GiNZA as it installs", "ginza_alone": "GiNZA's entity recogniser alone"}
"""The peers that texts are measured against; the bars are against the first."""


_GINZA = "ginza_tuned"


def of_peers(run: Run) -> Section:
    """Other products over the first seed's texts and columns, and how much faster this one is."""
    seed = run.seeds[0]
    found = dict(side_by_side.texts(run.texts(seed, run.split)))
    figures = {title: one for title, one in found.items() if not isinstance(one, PeerError)}
    failed = [f"{title}: {one}" for title, one in found.items() if isinstance(one, PeerError)]
    tables = run.tables(seed, run.split)
    asked = dict(side_by_side.columns(tables))
    failed += [f"{title}: {one}" for title, one in asked.items() if isinstance(one, PeerError)]
    by_columns = {title: one for title, one in asked.items() if not isinstance(one, PeerError)}
    column_rows = [
        side_by_side.column_row(f"daicho, {title}", side_by_side.ours(tables, hidden=hidden), None)
        for hidden, title in ((False, "with headers"), (True, "headers hidden"))
    ]
    column_rows += [side_by_side.column_row(title, one.judged, one) for title, one in by_columns.items()]
    titles = {peer.id: peer.title for peer in peers()}
    ratios, bars = _ratios(
        run,
        {mode: figures[f"daicho, {mode}"] for mode in MODES},
        {peer: figures[titles[peer]] for peer in GINZAS if titles[peer] in figures},
        by_columns.get(titles[STRUCTURED]),
    )
    body = [
        run.stamp(),
        f"Texts: {side_by_side.TEXTS} of the split's, the same for everybody. Columns: {side_by_side.VALUES} distinct "
        f"values each (presidio-structured: {side_by_side.VALUES} rows a table), for daicho all of them.\n",
        "### Texts\n",
        report.table(texts.FIGURES, (texts.row(title, one) for title, one in figures.items())),
        "### Texts: F1 by type, overlap\n",
        report.table(("system", *COMPARED), (_by_type(title, one) for title, one in figures.items())),
        "### Columns: F1 by type, lenient\n",
        report.table(side_by_side.COLUMN_FIGURES, column_rows),
        "### How much faster\n",
        report.table(("what", "daicho", "beside", "times"), ratios),
    ]
    if failed:
        body += ["### Could not be run\n", *(f"- {line}" for line in failed)]
    return Section("\n".join(body), tuple(bars))


def _by_type(title: str, figures: texts.TextFigures) -> tuple[str, ...]:
    return title, *(f"{figures.overlap[type].f1:.2f}" if type in figures.overlap else "–" for type in COMPARED)


def _ratios(
    run: Run,
    modes: dict[str, texts.TextFigures],
    ginzas: dict[str, texts.TextFigures],
    structured: side_by_side.ColumnsOf | None,
) -> tuple[list[tuple[object, ...]], list[Bar]]:
    rows: list[tuple[object, ...]] = []
    bars: list[Bar] = []
    wanted = {"fast": 100.0, "standard": 10.0}
    for peer, beside in ginzas.items():
        for mode, one in modes.items():
            times = one.per_second / beside.per_second
            rows.append((f"characters/s, {mode}, to {GINZAS[peer]}", one.per_second, beside.per_second, times))
            if peer == STOCK and mode in wanted:
                bars.append(Bar(f"texts, {mode}: times GiNZA's characters/s", times, wanted[mode]))
    if structured:
        one = timed("columns", str(run.seeds[0]), run.split, "5000")
        ours = one["cells"] / one["cpu_s"]
        times = ours / structured.per_second
        rows.append(("cells/s, 5,000 rows a table, to presidio-structured", ours, structured.per_second, times))
        bars.append(Bar("columns: times presidio-structured's cells/s", times, 1000))
    return rows, bars


def of_cases(run: Run) -> Section:
    """Real schemas by names alone, real files with values, real sentences beside GiNZA alone."""
    if run.cases is None:
        raise ValueError("no folder of cases was named")
    schemas = cases.schemas(run.cases)
    named, valued = cases.column_answers(schemas), cases.column_answers(cases.files(run.cases))
    by_names = columns.figures(named)
    rows = [("schemas, names alone", *columns.row(by_names)), ("files", *columns.row(columns.figures(valued)))]
    clear, ambiguous = (cases.subject_answers(schemas, ambiguous=which) for which in (False, True))
    print(columns.misses(named))
    print("\n".join(f"x {one.where}: {one.truth} → {one.said}" for one in (*clear, *ambiguous) if not one.near))
    persons = _persons(run.cases)
    body = (
        run.stamp(),
        report.table(("", *columns.FIGURES), rows),
        report.table(
            ("tables", "n", "category right", "unresolved"),
            (_subject_row("unambiguous", clear), _subject_row("ambiguous", ambiguous)),
        ),
        "Persons in encyclopedic sentences:\n",
        report.table(("system", "n", "precision", "recall", "F1, overlap", "F1, exact"), persons.values()),
    )
    right = sum(one.near for one in clear) / len(clear)
    bars = (
        Bar("real schemas: personal columns, lenient", by_names.personal_found, 0.92),
        Bar("real schemas: not-personal columns left alone or unresolved", by_names.not_accused, 0.97),
        Bar("real schemas: personal columns called not personal", by_names.called_not_personal, 0.01, at_least=False),
        Bar("real schemas: category of unambiguous tables", right, 0.90),
        *_beside_ginza(persons),
    )
    return Section("\n".join(body), bars)


def _beside_ginza(persons: Mapping[str, tuple[object, ...]]) -> Iterator[Bar]:
    ours, ginza = (persons[name][4] for name in ("standard", _GINZA))
    if isinstance(ours, float) and isinstance(ginza, float):
        yield Bar("real sentences: persons F1, standard, less GiNZA's", ours - ginza, 0.0)


def _persons(folder: Path) -> dict[str, tuple[object, ...]]:
    sentences = cases.sentences(folder)
    asked = [{"id": sentence["id"], "text": sentence["text"]} for sentence in sentences]
    rows: dict[str, tuple[object, ...]] = {}
    for mode in MODES:
        answers, _ = ask_daicho(mode, asked)
        rows[mode] = _person_row(f"daicho, {mode}", cases.person_scores(sentences, answers))
    for peer in peers():
        if peer.id in (_GINZA, "sudachi"):
            try:
                rows[peer.id] = _person_row(peer.title, cases.person_scores(sentences, ask_peer(peer, asked)[0]))
            except PeerError as error:
                rows[peer.id] = (peer.title, str(error), "", "", "", "")
    return rows


def _person_row(name: str, scores: tuple[Score, Score]) -> tuple[object, ...]:
    overlap, exact = scores
    return name, overlap.true, overlap.precision, overlap.recall, overlap.f1, exact.f1


def _subject_row(name: str, judged: list[Judged]) -> tuple[object, ...]:
    n = len(judged)
    unresolved = sum(one.said == "unresolved" for one in judged)
    return name, n, sum(one.near for one in judged) / n if n else "–", unresolved
