"""The desk's cookies: what they are called, and how they are set."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Cookies:
    """The names of the cookies, and how they are set."""

    secure: bool

    @property
    def session(self) -> str:
        """Of the session. `__Host-` is a promise that browsers hold: by TLS, of this host alone, for all paths."""
        return "__Host-daicho" if self.secure else "daicho"

    @property
    def door(self) -> str:
        """Of somebody who is not signed in."""
        return "__Host-daicho-door" if self.secure else "daicho-door"

    @property
    def language(self) -> str:
        """Of the language."""
        return "daicho-language"

    def put(self, response: Response, name: str, value: str, max_age: int | None = None) -> None:
        """Set one."""
        response.set_cookie(
            name, value, max_age=max_age, path="/", secure=self.secure, httponly=True, samesite="strict"
        )

    def drop(self, response: Response, name: str) -> None:
        """Unset one."""
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="strict")
