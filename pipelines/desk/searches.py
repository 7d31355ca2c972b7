"""Look-ups of a case that go on beside its pages: each in a thread, its rows in this process's memory alone.

Rows are kept for the session that asked, and the case it asked of. They are dropped when the session ends, in
whatever way, and when the case moves on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal

from pipelines.casebook.sealing import CasebookError
from pipelines.declarations import DeclarationsError
from pipelines.disclosure.person import PersonError
from pipelines.register import RegisterError
from pipelines.scan import place

if TYPE_CHECKING:
    from pipelines.casebook.searching import Looked
    from pipelines.desk.sessions import Session, Sessions

What = Literal["search", "look", "recheck", "letter", "answer"]
"""Why somebody is looked up: a step of the case, values to be seen again, or rows held against what they are now."""
IN_WORDS = (CasebookError, DeclarationsError, PersonError, RegisterError)
"""Errors that say in words, and without a value, what is wrong and what to do."""
FAULT = "内部エラーです。台帳の机の管理者に知らせてください · an internal error: tell whoever runs the desk"
_ASKS_AGAIN = 15
"""Seconds after which it is noticed that a session has run out."""


class Search:
    """One look-up: how far it has come, what became of it, its rows while they are kept."""

    def __init__(
        self, number: str, what: What, session: Session, back: str, typed: Mapping[str, str], all: int
    ) -> None:
        self.number, self.what, self.session = number, what, session
        self.back = back
        """The page that goes on with it."""
        self.typed = typed
        """What stood in the form that asked for it, for the page that says why it failed."""
        self.all = all
        """Stores it goes through."""
        self.searched = 0
        """Stores that are done."""
        self.done = False
        self.wrong = ""
        """Why it failed; '' it has not."""
        self.looked: Looked | None = None

    def __repr__(self) -> str:
        return f"Search({self.number}, {self.what})"

    def after_store(self, _store: str) -> None:
        """A store is done; called from any thread."""
        self.searched += 1


class Searches:
    """Every look-up that goes on or whose rows are kept."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._kept: list[Search] = []
        self._lock = Lock()

    def start(self, search: Search, work: Callable[[Search], Looked]) -> bool:
        """Look up beside the pages; False where that case is looked up already."""
        with self._lock:
            if any(one.number == search.number and not one.done for one in self._kept):
                return False
            self._kept = [one for one in self._kept if (one.number, one.session) != (search.number, search.session)]
            self._kept.append(search)
        Thread(target=self._run, args=(search, work), daemon=True).start()
        return True

    def of(self, session: Session, number: str) -> Search | None:
        """The look-up of a case that this session asked for last."""
        with self._lock:
            return next((one for one in self._kept if one.number == number and one.session is session), None)

    def failed(self, session: Session, number: str, what: What) -> Search | None:
        """A look-up that failed, which is told once."""
        found = self.of(session, number)
        if found is None or not found.wrong or found.what != what:
            return None
        self._drop(found)
        return found

    def moved_on(self, number: str) -> None:
        """The case stands elsewhere now: nobody keeps its rows."""
        with self._lock:
            gone = [one for one in self._kept if one.number == number and one.done]
        for one in gone:
            self._drop(one)

    def _run(self, search: Search, work: Callable[[Search], Looked]) -> None:
        try:
            search.looked = work(search)
        except IN_WORDS as error:
            search.wrong = str(error)
        except Exception as error:  # its message may quote a value
            search.wrong = FAULT
            print(f"daicho desk: {search.what}: {place(error)}", file=sys.stderr)
        search.done = True
        while search.looked is not None and self._sessions.lives(search.session):
            search.session.over.wait(_ASKS_AGAIN)
        if not self._sessions.lives(search.session):
            self._drop(search)

    def _drop(self, search: Search) -> None:
        search.looked = None
        with self._lock:
            self._kept = [one for one in self._kept if one is not search]
