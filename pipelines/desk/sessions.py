"""Who is signed in: sessions live in this process alone, under random ids, and end when unused or old."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Event, Lock
from typing import Literal

Role = Literal["engineer", "privacy", "responder", "approver"]
MOST = 5
"""Sessions of one account at once; the oldest one ends."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has proven himself: an account of the desk or of the casebook, with its role."""

    account: str
    role: Role


@dataclass(slots=True)
class Session:
    """One browser that somebody signed in with."""

    visitor: Visitor
    began: datetime
    used: datetime
    asked: datetime
    """When the account was last seen to be in use."""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    notice: str = ""
    """What the next page says once."""
    over: Event = field(default_factory=Event)
    """Set when it ends: whatever is kept for it is dropped then."""

    def taken(self) -> str:
        """The notice, which is gone with that."""
        said, self.notice = self.notice, ""
        return said


class Sessions:
    """The sessions there are."""

    def __init__(self, now: Callable[[], datetime], idle: timedelta, longest: timedelta) -> None:
        self._now, self._idle, self._longest = now, idle, longest
        # by digest: what looks ids up tells nothing of them by its time
        self._kept: dict[bytes, Session] = {}
        self._lock = Lock()

    def open(self, visitor: Visitor) -> str:
        """A new session; answers its id, which never was anybody's before."""
        id, at = secrets.token_urlsafe(32), self._now()
        with self._lock:
            for key in [key for key, one in self._kept.items() if not self._lives(one, at)]:
                self._drop(key)
            own = sorted((one.began, key) for key, one in self._kept.items() if one.visitor == visitor)
            for _, key in own[: max(0, len(own) - MOST + 1)]:
                self._drop(key)
            self._kept[_key(id)] = Session(visitor, at, at, at)
        return id

    def of(self, id: str, touch: bool = True) -> Session | None:
        """The session of an id, which is used by that unless a page only asks again by itself; None: there is none."""
        at = self._now()
        with self._lock:
            found = self._kept.get(_key(id))
            if found is None:
                return None
            if not self._lives(found, at):
                self._drop(_key(id))
                return None
            if touch:
                found.used = at
            return found

    def close(self, id: str) -> None:
        """End a session."""
        with self._lock:
            self._drop(_key(id))

    def lives(self, session: Session) -> bool:
        """Whether it has not ended, as it may have without anybody asking for it since."""
        return not session.over.is_set() and self._lives(session, self._now())

    def _drop(self, key: bytes) -> None:
        found = self._kept.pop(key, None)
        if found:
            found.over.set()

    def _lives(self, one: Session, at: datetime) -> bool:
        return at - one.used < self._idle and at - one.began < self._longest


def _key(id: str) -> bytes:
    return sha256(id.encode()).digest()
