"""The stop list that a company declares (`company.yml`, `stop_list`): for scans, checks and look-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.facts import StopEntries
from expectations.stops import scopes
from pipelines.suppression.book import StopList
from pipelines.suppression.hashing import StopListError
from pipelines.suppression.screening import Answer
from pipelines.suppression.standing import standings, stops

if TYPE_CHECKING:
    from pipelines.declarations import Company
    from pipelines.disclosure.person import Person


def place(company: Company) -> Path | None:
    """Where the list lies; None: there is none. Raises StopListError."""
    from pipelines.declarations import MissingVariableError, expand

    try:
        return Path(expand(company.stop_list)) if company.stop_list else None
    except MissingVariableError as error:
        raise StopListError(f"company.yml, stop_list: 環境変数 {error} がありません ({error} is not set)") from None


def watched(company: Company) -> tuple[str, str]:
    """Where the list lies and its state, for a scan, which must be able to use it; two '' where there is none."""
    path = place(company)
    if path is None:
        return "", ""
    state = StopList(path).state()
    stops(path)
    return str(path.absolute()), state


def counted(company: Company) -> tuple[StopEntries, ...]:
    """How many entries are in force, a row a scope; () where there is no list. Needs no key."""
    path = place(company)
    if path is None:
        return ()
    living = [entry for entry in StopList(path).entries() if entry.lifted is None]
    entries, late = Counter(one.scope for one in living), Counter(one.scope for one in living if one.late)
    return tuple(StopEntries(scope=scope, entries=entries[scope], late=late[scope]) for scope in scopes())


def told(company: Company, person: Person) -> Iterator[str]:
    """For who looks a person up: which stops are the person's, a line each; nothing where no list is declared."""
    try:
        path = place(company)
        found = standings(person, stops(path)) if path else ()
    except StopListError as error:
        yield f"停止リストを照合できませんでした · the stop list could not be asked: {error}"
        return
    for one in found:
        entry, scope = one.entry, scopes()[one.entry.scope]
        sure = "" if one.answer is Answer.YES else "本人か要確認 to be checked · "
        yield (
            f"停止リスト stop list: {sure}受付 case {entry.case}、{scope.ja} {scope.en}、"
            f"{entry.since:%Y-%m-%d %H:%M} から since（法 art {entry.article}）"
        )
    if path and not found:
        yield "停止リスト stop list: 登録はありません not on it"
