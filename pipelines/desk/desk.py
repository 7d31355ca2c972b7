"""The desk itself: what every page is of, opened once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pipelines import clock
from pipelines import declarations as declared
from pipelines.casebook.book import Casebook
from pipelines.casebook.opening import CasebookFile
from pipelines.casebook.sealing import keyring
from pipelines.desk.accounts import AccountsFile
from pipelines.desk.foresight import Foresight
from pipelines.desk.people import People
from pipelines.desk.searches import Searches
from pipelines.desk.sessions import Sessions
from pipelines.desk.settings import Settings
from pipelines.desk.shelf import Shelf
from pipelines.judging import policy_of

if TYPE_CHECKING:
    from expectations.policy import Policy
    from pipelines.declarations import Declarations


class Desk:
    """A desk on a register, a folder of declarations, and perhaps a casebook."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = clock.now) -> None:
        """Open everything; raises what opening a register, declarations, accounts or a casebook raises."""
        self.settings = settings
        self.now = now
        self._declared: tuple[object, Declarations, Policy] | None = None
        self._writing = Lock()
        self.foresight = Foresight(self._writing)
        self.shelf = Shelf(settings.register)
        known, policy = self.declared()
        self.casebook: Casebook | None = None
        file = None
        if settings.casebook:
            file = CasebookFile(settings.casebook, keyring())
            self.casebook = Casebook(settings.casebook, keyring(), policy)
        self.people = People(AccountsFile(settings.accounts), file, now)
        self.sessions = Sessions(now, settings.idle, settings.longest)
        self.searches = Searches(self.sessions)
        self.company = known.company
        self.key = secrets.token_bytes(32)
        """Signs what forms bring back of those who are not signed in; a new one with every start."""

    def declared(self) -> tuple[Declarations, Policy]:
        """The declarations and the adopted policy as they stand now; raises DeclarationsError, PolicyError."""
        state = _state(self.settings.declarations)
        if self._declared is None or self._declared[0] != state:
            known = declared.load(self.settings.declarations)
            self._declared = state, known, policy_of(known)
        return self._declared[1], self._declared[2]

    @property
    def writing(self) -> Lock:
        """Whoever writes into the declarations holds it: nothing is written beside another one's reading."""
        return self._writing


def _state(folder: Path) -> object:
    """What is another one when a file of the folder was written."""
    return sorted((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in folder.glob("*.yml"))
