"""A look-up's result for the responder: in the terminal, or record by record. No value of any person.

The terminal shows candidates per store with what matched, then what was not searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from classifiers.vocabulary import subjects
from pipelines.disclosure.findings import Candidate, LookupResult
from pipelines.disclosure.labels import DISPOSITIONS, KEYS, LEVELS, LINKED, REASONS, WHERE
from pipelines.disclosure.person import LABELS
from pipelines.disclosure.weighing import Found

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_MOST_ROWS = 8
"""Records that one line shows."""


def render(result: LookupResult, console: Console | None = None) -> None:
    """Print the result to the console, by default the terminal's."""
    from rich.console import Console

    console = console or Console()
    keys = "、".join(f"{'/'.join(LABELS[kind])} {count}" for kind, count in result.kinds.items())
    console.print(
        f"[bold]本人照会[/bold] look-up  {result.at:%Y-%m-%d %H:%M %Z}  手がかり keys: {keys}", highlight=False
    )
    for store, ours in _by_store(result.candidates):
        console.print(_candidates(store, ours))
    if not result.candidates:
        console.print("候補は見つかりませんでした no candidate was found", highlight=False)
    if len(result.candidates) > _MOST_ROWS:
        console.print("記録をすべて書き出すには --format jsonl (all records, one a line)", highlight=False)
    if result.entrusted:
        console.print(_entrusted(result))
    _searched(result, console)
    if result.not_searched:
        console.print(_not_searched(result))
    counts = "  ".join(f"{DISPOSITIONS[kind]}: {n}" for kind, n in result.counts().items())
    console.print(f"[bold]{counts}[/bold]  照合番号 digest {result.digest()[:16]}", highlight=False)


def rows(result: LookupResult) -> Iterator[dict[str, Any]]:
    """Every candidate as one object of plain types, strongest first: what `render` shows cut short.

    `{store, dataset, record: {row, key?, document?}, standing, matched: [{key, columns, level, where}], linked:
    [{column, key, origin}], against: [{key, contradicts}], subject_category}`, where `linked` names the keys of other
    candidates it hangs on (`customers.id`), by which of its columns and who says so, and `against` what contradicts the
    person's keys and, with `contradicts` false, what merely differs. Words are the code's: `weak`, `birth_date`.
    """
    for one in result.candidates:
        found = zip(one.weighed.found, one.columns, strict=True)
        yield {
            "store": one.store,
            "dataset": one.dataset,
            "record": {
                "row": one.row,
                **({"key": {one.key.column: one.key.value}} if one.key else {}),
                **({"document": one.document} if one.document else {}),
            },
            "standing": one.weighed.disposition,
            "matched": [
                {"key": each.match.key, "columns": columns, "level": each.match.level, "where": each.match.where}
                for each, columns in found
            ],
            "linked": [
                {"column": column, "key": by, "origin": origin}
                for column, by, origin in dict.fromkeys((each.column, each.by, each.origin) for each in one.linked)
            ],
            "against": [
                *({"key": key, "contradicts": True} for key in one.weighed.contradictions),
                *({"key": key, "contradicts": False} for key in one.weighed.differing),
            ],
            "subject_category": one.whose.subject_category,
        }


def _by_store(candidates: Iterable[Candidate]) -> Iterable[tuple[str, list[Candidate]]]:
    by_store: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_store.setdefault(candidate.store, []).append(candidate)
    return by_store.items()


def _candidates(store: str, candidates: list[Candidate]) -> Table:
    table = _table(
        store,
        "表・ファイル dataset",
        "記録 record",
        "判定 standing",
        "一致 matched",
        "不一致 against",
        "本人の区分 whose",
    )
    for _, alike in groupby(candidates, key=_line):
        several = list(alike)
        one = several[0]
        _add(
            table,
            one.dataset,
            _records(several),
            DISPOSITIONS[one.weighed.disposition],
            "\n".join((*map(_found, one.weighed.found, one.columns), *_linked(one))),
            "\n".join(_against(one)),
            _whose(one),
        )
    return table


def _line(candidate: Candidate) -> tuple[object, ...]:
    document = candidate.row if candidate.kind == "documents" else ""
    linked = {(one.origin, one.column, one.by) for one in candidate.linked}
    return candidate.dataset_id, candidate.weighed, candidate.whose, candidate.columns, linked, document


def _records(several: list[Candidate]) -> str:
    if several[0].document:
        return f"{several[0].row}: {several[0].document}"
    shown = ", ".join(f"{one.key.column}={one.key.value}" if one.key else str(one.row) for one in several[:_MOST_ROWS])
    return shown if len(several) <= _MOST_ROWS else f"{shown} … 計 {len(several)} 件"


def _found(found: Found, column: str) -> str:
    notes = "・".join(filter(None, (LEVELS[found.match.level], WHERE[found.match.where])))
    ja, en = KEYS[found.match.key]
    return f"{ja}（{column}） {en}" + (f": {notes}" if notes else "")


def _linked(candidate: Candidate) -> Iterator[str]:
    told = (LINKED[one.origin].format(column=one.column, by=one.by) for one in candidate.linked)
    yield from dict.fromkeys(told)


def _against(candidate: Candidate) -> Iterator[str]:
    yield from (f"{KEYS[key][0]}が異なる another {KEYS[key][1]}" for key in candidate.weighed.contradictions)
    for key in candidate.weighed.differing:
        yield f"{KEYS[key][0]}が一致しない（以前のものか別人） {KEYS[key][1]} differs"


def _whose(candidate: Candidate) -> str:
    known = subjects().get(candidate.whose.subject)
    return f"{known.ja} {known.en}" if known else candidate.whose.subject


def _entrusted(result: LookupResult) -> Table:
    table = _table(
        "受託データ（回答に含めない） entrusted: never into an answer",
        "ストア store",
        "表・ファイル dataset",
        "件数 rows",
    )
    for one in result.entrusted:
        _add(table, one.store, one.dataset, str(one.rows))
    return table


def _searched(result: LookupResult, console: Console) -> None:
    rows = sum(one.rows for one in result.searched)
    new = sum(not one.registered for one in result.searched)
    console.print(
        f"探したもの searched: {len(result.searched)} 件 datasets, {rows:,} 行 rows"
        + (f"（台帳にないもの not in the register: {new}）" if new else ""),
        highlight=False,
    )


def _not_searched(result: LookupResult) -> Table:
    table = _table("探していないもの not searched", "ストア store", "表・ファイル dataset", "理由 why")
    for one in result.not_searched:
        why = REASONS[one.reason] + (f"\n{one.hint}" if one.hint else "")
        until = f"\n{one.rows:,} 行まで rows were searched" if one.rows else ""
        _add(table, one.store, one.dataset or "（全体 all of it）", why + until)
    return table


def _table(title: str, *columns: str) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left", show_lines=True)
    for column in columns:
        table.add_column(escape(column), overflow="fold")
    return table


def _add(table: Table, *cells: str) -> None:
    from rich.text import Text

    table.add_row(*map(Text, cells))  # names may hold what looks like markup
