"""Signing in and out, and the language."""

from __future__ import annotations

import re
import sys

from pipelines.desk.people import RefusedError
from pipelines.desk.visit import Answer, Language, Moved, NotThereError, Shown, SignedIn, SignedOut, Visit
from pipelines.scan import place

_LONGEST = 1_000
_INSIDE = re.compile(r"/(?!/)[A-Za-z0-9/._~%=&-]*")
"""A path of the desk: never another site's."""


def sign_in(visit: Visit) -> Answer:
    """The form; whom the reverse proxy names is let in at once."""
    there = _there(visit.query("next"))
    if visit.session:
        return Moved(there)
    if visit.proxy_user:
        try:
            return SignedIn(visit.desk.people.named(visit.proxy_user, visit.address), there)
        except RefusedError:
            return _form(there, "unknown", 403)
    proxy = visit.desk.settings.proxy
    if proxy and proxy.user_header:
        return _form(there, "proxy", 403)
    return _form(there)


def sign_in_try(visit: Visit) -> Answer:
    """Somebody with a name and a secret."""
    there = _there(visit.form("next"))
    proxy = visit.desk.settings.proxy
    if proxy and proxy.user_header:
        raise NotThereError
    name, secret = visit.form("name"), visit.form.raw("secret")
    if not name or not secret or len(name) > _LONGEST or len(secret) > _LONGEST:
        return _form(there, "refused", 403)
    try:
        return SignedIn(visit.desk.people.sign_in(name, secret, visit.address), there)
    except RefusedError as error:
        if error.wait:
            minutes = -(-int(error.wait.total_seconds()) // 60)
            return _form(there, "locked", 429, minutes)
        return _form(there, "refused", 403)


def sign_out(visit: Visit) -> Answer:
    """Nothing of the session is left, whether or not its end could be written down."""
    try:
        visit.desk.people.left(visit.visitor, visit.address)
    except Exception as error:  # a locked file or a full disk must not keep anybody signed in
        print(f"daicho desk: sign_out: not written down: {place(error)}", file=sys.stderr)
    return SignedOut()


def language(visit: Visit) -> Answer:
    """Go on in the other language."""
    chosen: dict[str, Language] = {"ja": "ja", "en": "en"}
    if visit.place["language"] not in chosen:
        raise NotThereError
    return Moved(_there(visit.query("back")), language=chosen[visit.place["language"]])


ANSWERS = {"sign_in": sign_in, "sign_in_try": sign_in_try, "sign_out": sign_out, "language": language}


def _form(there: str, said: str = "", status: int = 200, minutes: int = 0) -> Shown:
    return Shown("sign_in.html.j2", {"there": there, "said": said, "minutes": minutes}, status)


def _there(path: str) -> str:
    return path if _INSIDE.fullmatch(path) else "/"
