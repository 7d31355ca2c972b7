"""Tables of the terminal, one row a store, Japanese first: how each answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines import clock
from pipelines.reports.words import words

if TYPE_CHECKING:
    from pipelines.declarations import StoreDeclaration
    from pipelines.looks import Look
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
    console = _console()
    console.print(table)
    for id, note in notes:
        console.print(Text(f"{id}: {note}", style="yellow"))


def _answer(look: Look) -> Text:
    if look.whole is None:
        return Text("はい yes", style="green")
    return Text(_reason(look.whole.reason), style="red" if look.fails else "dim")


def _notes(look: Look) -> Iterator[str]:
    store = look.store
    if look.whole and look.whole.hint:
        yield look.whole.hint
    if store.allowed_by:
        yield f"許可 allowed by {store.allowed_by}（{store.allowed_on}）"
    if look.may_write:
        yield "このアカウントは書込みもできます。読取りだけで足ります · may also write: reading is enough for a scan"
    if look.undeclared:
        yield f"同じサーバーの未申告のもの · undeclared beside it: {_some(look.undeclared)}"
    if unreadable := _by_reason(one for one in look.missed if one.name and one.reason != "undeclared"):
        yield f"読まないもの · not read: {unreadable}"
    if closed := closed_until(store):
        yield closed


def closed_until(store: StoreDeclaration) -> str:
    """That a store's window is shut now, and when it opens; '' where it may be read."""
    moment = clock.now()
    if store.window is None or store.window.is_open(moment):
        return ""
    return f"走査の時間帯の外 · outside its scan window, opens {store.window.next_opening(moment):%Y-%m-%d %H:%M %Z}"


def _by_reason(missed: Iterable[Unread]) -> str:
    counts = Counter(one.reason for one in missed)
    return "、".join(f"{_reason(reason)} {count}" for reason, count in counts.most_common())


def _reason(reason: str) -> str:
    return f"{words('reason')[reason]['ja']} {reason}"


def _level(level: Level) -> str:
    return f"{words('level')[level]['ja']} {level}"


def _some(names: Sequence[str]) -> str:
    more = f"、ほか {len(names) - NAMED} 件 more" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _table(*heads: str) -> Table:
    """A table with those headings, Japanese over English; `>` in front of one puts its column to the right."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in heads:
        ja, en = head.removeprefix(">").split(" ", 1)
        table.add_column(f"{ja}\n{en}", justify="right" if head.startswith(">") else "left")
    return table


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False)
