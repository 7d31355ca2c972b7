"""Who may sign in: an account of the desk or of the casebook, proven by its secret or named by the reverse proxy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from pipelines.casebook import accounts as casebook_accounts
from pipelines.desk.accounts import AccountsFile
from pipelines.desk.sessions import Visitor
from pipelines.desk.throttle import Throttle

if TYPE_CHECKING:
    from pipelines.casebook.opening import CasebookFile
    from pipelines.desk.journal import Entry, Event


class RefusedError(Exception):
    """Somebody has not proven to be who he says, or has to wait. Says nothing of which half was wrong."""

    def __init__(self, wait: timedelta = timedelta(0)) -> None:
        super().__init__()
        self.wait = wait


class People:
    """Everybody who has an account, in the two files that hold them."""

    def __init__(self, own: AccountsFile, casebook: CasebookFile | None, now: Callable[[], datetime]) -> None:
        self._own, self._casebook = own, casebook
        self._throttle = Throttle(now)
        # apart: whoever the proxy names in vain keeps nobody from proving himself by a secret
        self._unknown = Throttle(now)
        # one after another: nobody tries secrets beside each other before a failure counts, or fills the memory
        self._proving = Lock()

    def sign_in(self, name: str, secret: str, address: str) -> Visitor:
        """Whoever it is by that secret; raises RefusedError."""
        found = self.prove(name, secret, address)
        self._told("signed_in", found, address, "secret")
        return found

    def prove(self, name: str, secret: str, address: str) -> Visitor:
        """Whoever it is by that secret, who does not come in by it; raises RefusedError."""
        if wait := self._throttle.wait(name, address):
            raise RefusedError(wait)
        with self._proving:
            if wait := self._throttle.wait(name, address):
                raise RefusedError(wait)
            found = self._proven(name, secret)
            if found is None:
                self._throttle.failed(name, address)
                wait = self._throttle.wait(name, address)
                # the casebook tells itself of a wrong secret for an account of its own that is in use
                if not self._of_casebook().get(name):
                    self._refused(name, address, locked=bool(wait))
                raise RefusedError(wait)
            self._throttle.passed(name)
        return found

    def named(self, name: str, address: str) -> Visitor:
        """Whoever the reverse proxy names, having proven him; raises RefusedError where he has no account in use."""
        found = self._living().get(name)
        if found is None:
            if wait := self._unknown.wait(name, address):
                raise RefusedError(wait)
            self._unknown.failed(name, address)
            wait = self._unknown.wait(name, address)
            self._refused(name, address, "proxy", locked=bool(wait))
            raise RefusedError(wait)
        self._told("signed_in", found, address, "proxy")
        return found

    def left(self, visitor: Visitor, address: str) -> None:
        """Somebody has signed out."""
        self._told("signed_out", visitor, address)

    def journal(self) -> tuple[Entry, ...]:
        """Who came in with one of the desk's own accounts, and who was refused; the newest first."""
        return self._own.entries()

    def stands(self, visitor: Visitor) -> bool:
        """Whether the account is still in use, in the same role."""
        return self._living().get(visitor.account) == visitor

    def others(self, visitor: Visitor) -> tuple[str, ...]:
        """The other accounts of the same role: who can be a second person."""
        return tuple(one.account for one in self._living().values() if one.role == visitor.role and one != visitor)

    def _living(self) -> dict[str, Visitor]:
        found = {name: one for name, one in self._of_casebook().items() if one}
        return found | {one.name: Visitor(one.name, one.role) for one in self._own.listed() if not one.disabled_at}

    def _proven(self, name: str, secret: str) -> Visitor | None:
        if own := self._own.prove(name, secret):
            return Visitor(own.name, own.role)
        if self._casebook is None:
            return None
        try:
            hand = casebook_accounts.prove(self._casebook, name, secret)
        except casebook_accounts.UnprovenError:
            return None
        return Visitor(hand.account, hand.role)

    def _told(self, event: Event, visitor: Visitor, address: str, by: str = "") -> None:
        """In the casebook's audit stands who came in to see its cases, and left; in the journal stand the others."""
        if visitor.role in ("engineer", "privacy"):
            self._own.note(event, visitor.account, address, by)
        elif self._casebook:
            with self._casebook.transaction() as transaction:
                detail = {"at": "desk", "by": by, "from": address}
                transaction.record(event, visitor.account, detail={name: said for name, said in detail.items() if said})

    def _refused(self, name: str, address: str, by: str = "", *, locked: bool = False) -> None:
        """Into the journal, once for each try: who has to wait writes nothing more."""
        known = name if name in {one.name for one in self._own.listed()} | self._of_casebook().keys() else ""
        self._own.note("refused", known, address, by)
        if locked:
            self._own.note("locked", known, address, by)

    def _of_casebook(self) -> dict[str, Visitor | None]:
        """The casebook's accounts by name; None: closed."""
        if self._casebook is None:
            return {}
        with self._casebook.transaction() as transaction:
            return {
                one.name: None if one.disabled_at else Visitor(one.name, one.role)
                for one in casebook_accounts.listed(transaction)
            }
