"""Tables of the terminal, one row a store, Japanese first: how each answers, what a scan would read, what one read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from pipelines import clock
from pipelines.reports.words import words

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.looks import Look
    from pipelines.plans import Plan
    from pipelines.register import Run
    from pipelines.scan import Unread
    from pipelines.stores import Level

NAMED = 5
"""Of many names so many are told."""
_WITH_MAILS = ("files", "mails")


def print_looks(looks: Iterable[Look]) -> None:
    """How the stores answer, and below what to do about them."""
    table = _table("保管場所 store", "応答 answers", "読む範囲 level", "メール mails", ">データ datasets", ">秒 s")
    notes: list[tuple[str, str]] = []
    for look in looks:
        store = look.store
        table.add_row(
            Text(store.id),
            _answer(look),
            _level(store.level),
            _level(store.mails) if store.kind in _WITH_MAILS else "",
            f"{len(look.found):,}",
            f"{look.seconds:.1f}",
        )
        notes += [(store.id, note) for note in _notes(look)]
    _print(table, notes)


def print_plans(plans: Sequence[Plan]) -> None:
    """What a scan would read, the sum below, and then what of it is not known."""
    table = _table(
        "保管場所 store", "読む範囲 level", ">データ datasets", ">読む due", ">同じ same", ">読む行 rows", ">全行中 of",
        ">約 bytes", ">約 time",
    )  # fmt: skip
    notes: list[tuple[str, str]] = []
    for plan in plans:
        table.add_row(
            Text(plan.store.id), _level(plan.store.level), *_amounts([plan]), style="dim" if plan.opens else None
        )
        notes += [(plan.store.id, note) for note in _unknown(plan)]
    if len(plans) > 1:
        table.add_section()
        table.add_row("計 total", "", *_amounts(plans))
    _print(table, notes)


def print_run(run: Run | None) -> None:
    """What a scan did, the sum below, and then why something was not read; nothing where it did not end."""
    rows = run.counts.get("by_store", ()) if run else ()
    if not rows:
        return
    table = _table(
        "保管場所 store", ">読了 read", ">同じ same", ">群 pieces", ">行 rows", ">容量 MB", ">秒 s", ">行/秒 rows/s",
        ">毎秒 MB/s", ">再試行 retried", ">読まず unread",
    )  # fmt: skip
    for row in rows:
        table.add_row(Text(row["store"]), *_done(row))
    if len(rows) > 1:
        counted = ("datasets", "skipped", "pieces", "rows", "bytes", "seconds", "retried", "not_read")
        total = {name: sum(row[name] for row in rows) for name in counted}
        table.add_section()
        table.add_row("計 total", *_done(total))
    _print(table, [(row["store"], f"読まなかったもの · not read: {_worded(row['why'])}") for row in rows if row["why"]])


def _done(row: Mapping[str, Any]) -> list[str]:
    seconds = row["seconds"]
    return [
        _short(row["datasets"]),
        _short(row["skipped"]),
        _short(row["pieces"]),
        _short(row["rows"]),
        _short(row["bytes"] / 1e6, 1),
        _short(seconds, 1),
        _short(row["rows"] / seconds) if seconds else "–",
        _short(row["bytes"] / 1e6 / seconds, 2) if seconds else "–",
        _short(row["retried"]),
        _short(row["not_read"]),
    ]


def _worded(why: str) -> str:
    """`broken 1, empty 2`, as a tally keeps it, in words."""
    pairs = (one.rpartition(" ") for one in why.split(", "))
    return "、".join(f"{_reason(reason)} {count}" for reason, _, count in pairs)


def _amounts(plans: Sequence[Plan]) -> list[str]:
    seconds = round(sum(plan.seconds or 0 for plan in plans))
    size = sum(plan.bytes for plan in plans)
    return [
        _short(sum(plan.datasets for plan in plans)),
        _short(sum(plan.due for plan in plans)),
        _short(sum(plan.datasets - plan.due for plan in plans)),
        _short(sum(plan.rows for plan in plans)),
        _short(sum(plan.of_rows for plan in plans)),
        _at_least(decimal(size) if size else "", any(plan.unsized for plan in plans)),
        _at_least(_hours(seconds) if seconds else "", any(plan.seconds is None for plan in plans)),
    ]


def _short(amount: float, decimals: int = 0) -> str:
    """An amount in at most eight characters, up to ten thousand million.

    >>> _short(2571), _short(12_345_678), _short(9_876_543_210), _short(0.256, 2), _short(12345.6, 1)
    ('2,571', '12.3M', '9,876.5M', '0.26', '12,346')
    """
    if amount >= 1e6:
        return f"{amount / 1e6:,.1f}M"
    return f"{amount:,.{decimals if amount < 1000 else 0}f}"


def _hours(seconds: int) -> str:
    """How long something takes.

    >>> _hours(75), _hours(123_456)
    ('0:01:15', '34:17:36')
    """
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _at_least(known: str, is_partial: bool) -> str:
    """An amount of which perhaps only a part is known.

    >>> _at_least("1.2 MB", True), _at_least("", True), _at_least("", False)
    ('1.2 MB+?', '?', '0')
    """
    if is_partial:
        return f"{known}+?" if known else "?"
    return known or "0"


def _unknown(plan: Plan) -> Iterator[str]:
    if plan.opens:
        yield _opens(plan.opens)
    if plan.uncounted:
        yield f"行数が読むまで判らないもの {plan.uncounted} 件 · of unknown number of rows"
    if plan.unsized:
        yield f"容量が判らないもの {plan.unsized} 件 · of unknown size"
    yield from _missing(plan.missed, leaves=plan.datasets)


def _answer(look: Look) -> Text:
    if look.whole is None:
        return Text("はい yes", style="green")
    return Text(_reason(look.whole.reason), style="red" if look.fails else "dim")


def _notes(look: Look) -> Iterator[str]:
    store = look.store
    yield from _missing(look.missed, leaves=len(look.found))
    if store.allowed_by:
        yield f"許可 allowed by {store.allowed_by}（{store.allowed_on}）"
    if look.may_write:
        yield "このアカウントは書込みもできます。読取りだけで足ります · may also write: reading is enough for a scan"
    if look.undeclared:
        yield f"同じサーバーの未申告のもの · undeclared beside it: {_some(look.undeclared)}"
    if closed := _closed(store):
        yield closed


def _closed(store: StoreDeclaration) -> str:
    """That a store's window is shut now, and when it opens; '' where it may be read."""
    moment = clock.now()
    if store.window is None or store.window.is_open(moment):
        return ""
    return _opens(store.window.next_opening(moment))


def _opens(moment: datetime) -> str:
    return f"走査の時間帯の外 · outside its scan window, opens {moment:%Y-%m-%d %H:%M %Z}"


def _missing(missed: Sequence[Unread], leaves: int) -> Iterator[str]:
    """Why something will not be read, and what; `leaves` is how many datasets of the store will."""
    for one in missed:
        if not one.name:
            yield ": ".join(part for part in (_reason(one.reason), one.hint) if part)
    parts = [one for one in missed if one.name and one.reason != "undeclared"]
    if not leaves and any(one.reason == "excluded" for one in parts):
        yield "include・exclude の型で何も残りません · the patterns of include and exclude leave nothing"
    if parts:
        counts = Counter(one.reason for one in parts)
        told = (f"{_reason(reason)} {_which(parts, reason, count)}" for reason, count in counts.most_common())
        yield f"読まないもの · not read: {'、'.join(told)}"


def _which(missed: Sequence[Unread], reason: str, count: int) -> str:
    # what is left out on purpose is nothing to mend
    names = [] if reason == "excluded" else [one.name for one in missed if one.reason == reason]
    return f"{count}（{_some(names)}）" if names else str(count)


def _reason(reason: str) -> str:
    return f"{words('reason')[reason]['ja']} {reason}"


def _level(level: Level) -> str:
    return f"{words('level')[level]['ja']} {level}"


def _some(names: Sequence[str]) -> str:
    more = f"、ほか {len(names) - NAMED} 件 more" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _table(*heads: str) -> Table:
    """A table with those headings, Japanese over English; `>` in front of one puts its column to the right."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    for head in heads:
        ja, en = head.removeprefix(">").split(" ", 1)
        is_number = head.startswith(">")
        # amounts stay whole in a narrow terminal, words break and are never cut
        table.add_column(f"{ja}\n{en}", justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return table


def _print(table: Table, notes: Iterable[tuple[str, str]]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    for id, note in notes:
        console.print(Text(f"{id}: {note}", style="yellow"))
