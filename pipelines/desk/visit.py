"""What a page gets, and what it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from pipelines.casebook.hands import Hand
from pipelines.desk.forms import Fields
from pipelines.desk.sessions import Session, Visitor

if TYPE_CHECKING:
    from pipelines.casebook.book import Casebook
    from pipelines.desk.desk import Desk
    from pipelines.desk.shelf import Holdings

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, of a template."""

    template: str
    told: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, to be saved."""

    content: bytes
    name: str
    kind: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the desk's own, which never changes under its path."""

    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Go on there, which is a path of the desk; `notice` is said there once."""

    path: str
    notice: str = ""
    language: Language | None = None
    """The language to go on in."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session for somebody who has proven himself just now."""

    visitor: Visitor
    path: str


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The session ends."""


Answer = Shown | Sent | Asset | Moved | SignedIn | SignedOut


class NotThereError(Exception):
    """There is no such thing: status 404."""


class WrongInputError(Exception):
    """What was asked cannot be done as it was written; the message says what to do: status 400."""


@dataclass
class Visit:
    """One request for a page, let in: who, in which language, and what was asked."""

    desk: Desk
    page: str
    session: Session | None
    language: Language
    path: str
    """As the browser asked for it, without its query."""
    place: Mapping[str, str]
    """What stands in the path's braces."""
    query: Fields
    form: Fields
    address: str
    """The browser's, as the reverse proxy names it where there is one."""
    door: str
    """What a form of somebody who is not signed in must bring back."""
    proxy_user: str
    """Whom the reverse proxy has let in; '' it names nobody."""
    partial: bool
    """Whether only a part of the page is asked for (by htmx)."""

    @property
    def visitor(self) -> Visitor:
        """Who is signed in. A page for everybody must not ask."""
        if self.session is None:
            raise RuntimeError("nobody is signed in: the page's row in access.yml lets everybody in")
        return self.session.visitor

    @property
    def hand(self) -> Hand:
        """Who is at work on the casebook; a page of other roles must not ask."""
        if self.visitor.role not in ("responder", "approver"):
            raise RuntimeError("no role of the casebook")
        return Hand(self.visitor.account, self.visitor.role)

    @property
    def casebook(self) -> Casebook:
        """The casebook; raises NotThereError where the desk was started without one."""
        if self.desk.casebook is None:
            raise NotThereError
        return self.desk.casebook

    @cached_property
    def holdings(self) -> Holdings:
        """What the register holds, as its last finished run left it: the same all through a visit."""
        return self.desk.shelf.holdings()

    def says(self, ja: str, en: str) -> str:
        """The words of the visitor's language."""
        return ja if self.language == "ja" else en

    def wrong(self, ja: str, en: str) -> NoReturn:
        """Refuse what was asked, in the visitor's language; raises WrongInputError."""
        raise WrongInputError(self.says(ja, en))
