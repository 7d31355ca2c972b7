"""A look-up's result in the terminal: candidates per store with what matched, then what was not searched. No values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from classifiers.vocabulary import subjects
from pipelines.disclosure.findings import Candidate, LookupResult
from pipelines.disclosure.person import LABELS
from pipelines.disclosure.weighing import Disposition, Found

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_DISPOSITIONS: Mapping[Disposition, str] = {
    "candidate": "候補 candidate",
    "weak": "弱い候補 weak",
    "excluded": "除外(別人の可能性) excluded",
}
_KEYS: Mapping[str, str] = {
    "name": "氏名 name",
    "kana": "カナ kana",
    "romaji": "ローマ字 romaji",
    "former_name": "旧氏名 former name",
    "email": "メール mail",
    "phone": "電話 phone",
    "member_id": "番号 number",
    "birth_date": "生年月日 birth date",
    "address": "住所 address",
}
_LEVELS: Mapping[str, str] = {
    "exact": "",
    "variant": "異体字・表記ゆれ variant",
    "kana": "カナ一致 same kana",
    "reading": "読み・類似 reading",
    "romaji": "ローマ字一致 same romaji",
}
_WHERE: Mapping[str, str] = {"whole": "", "inside": "文中 in text", "run_on": "語の一部か part of a word?"}
_REASONS: Mapping[str, str] = {
    "missing": "見つからない missing",
    "denied": "権限がない denied",
    "locked": "ロック中 locked",
    "broken": "壊れている broken",
    "encoding": "文字コード不明 encoding",
    "unsupported": "未対応の形式 unsupported",
    "unreachable": "つながらない unreachable",
    "empty": "空 empty",
    "excluded": "対象外の宣言 excluded",
    "too_large": "大きすぎる too large",
    "not_personal": "個人情報ではない not personal",
    "pseudonymised": "仮名加工情報(照合禁止) pseudonymised: must not be searched",
    "anonymous": "匿名加工情報(照合禁止) anonymous: must not be searched",
}
_MOST_ROWS = 8
"""Row numbers that one line shows."""


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
    if result.entrusted:
        console.print(_entrusted(result))
    _searched(result, console)
    if result.not_searched:
        console.print(_not_searched(result))
    counts = "  ".join(f"{_DISPOSITIONS[kind]}: {n}" for kind, n in result.counts().items())  # type: ignore[index]
    console.print(f"[bold]{counts}[/bold]  照合番号 digest {result.digest()[:16]}", highlight=False)


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
        "矛盾 against",
        "本人の区分 whose",
    )
    for _, alike in groupby(candidates, key=_line):
        several = list(alike)
        one = several[0]
        _add(
            table,
            one.dataset,
            _records(several),
            f"{_DISPOSITIONS[one.weighed.disposition]}\n{one.weighed.strength:g}",
            "\n".join(_found(found, column) for found, column in zip(one.weighed.found, one.columns, strict=True)),
            "\n".join(f"{_KEYS[key]} が異なる" for key in one.weighed.contradictions),
            _whose(one),
        )
    return table


def _line(candidate: Candidate) -> tuple[object, ...]:
    document = candidate.row if candidate.kind == "documents" else ""
    return candidate.dataset_id, candidate.weighed, candidate.whose, candidate.columns, document


def _records(several: list[Candidate]) -> str:
    if several[0].document:
        return f"{several[0].row}: {several[0].document}"
    shown = ", ".join(str(one.row) for one in several[:_MOST_ROWS])
    return shown if len(several) <= _MOST_ROWS else f"{shown} … 計 {len(several)} 件"


def _found(found: Found, column: str) -> str:
    notes = "・".join(filter(None, (_LEVELS[found.match.level], _WHERE[found.match.where])))
    return f"{_KEYS[found.match.key]} ({column})" + (f": {notes}" if notes else "")


def _whose(candidate: Candidate) -> str:
    known = subjects().get(candidate.whose.subject)
    return f"{known.ja} {known.en}" if known else candidate.whose.subject


def _entrusted(result: LookupResult) -> Table:
    table = _table(
        "受託データ(回答に含めない) entrusted: never into an answer",
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
        + (f" (台帳にないもの not in the register: {new})" if new else ""),
        highlight=False,
    )


def _not_searched(result: LookupResult) -> Table:
    table = _table("探していないもの not searched", "ストア store", "表・ファイル dataset", "理由 why")
    for one in result.not_searched:
        why = _REASONS[one.reason] + (f"\n{one.hint}" if one.hint else "")
        until = f"\n{one.rows:,} 行まで rows were searched" if one.rows else ""
        _add(table, one.store, one.dataset or "(全体 all of it)", why + until)
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
