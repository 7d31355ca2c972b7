"""Before a page answers: is somebody signed in, may he see it, did this very browser's form send it; and after it: was
personal data seen by somebody whom the audit names?"""

from __future__ import annotations

import hmac
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import sqlalchemy as sa
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from pipelines.casebook.schema import audit
from pipelines.casebook.sealing import CasebookError
from pipelines.declarations import DeclarationsError
from pipelines.desk import DeskError, forms
from pipelines.desk.access import Access
from pipelines.desk.cookies import Cookies
from pipelines.desk.desk import Desk
from pipelines.desk.forms import FormError
from pipelines.desk.guard import address_of, user_of
from pipelines.desk.rendering import Renderer
from pipelines.desk.visit import (
    Answer,
    Language,
    Moved,
    NotThereError,
    Sent,
    Shown,
    SignedIn,
    SignedOut,
    Visit,
    WrongInputError,
)
from pipelines.register import RegisterError
from pipelines.scan import place

if TYPE_CHECKING:
    from pipelines.desk.access import Answering

RECHECKED = timedelta(minutes=1)
"""How long an account that was closed may still be signed in."""
_QUICK, _SLOW = 8, 4
_IN_WORDS = (CasebookError, DeclarationsError, DeskError, RegisterError)
"""Errors that say in words, and without a value, what is wrong and what to do."""

Refusal = Literal["no_session", "forbidden", "form", "too_large", "not_there", "fault", "unaudited"]
_STATUS = {
    "no_session": 403, "forbidden": 403, "form": 400, "too_large": 413, "not_there": 404, "fault": 500,
    "unaudited": 500,
}  # fmt: skip


class TurnedAwayError(Exception):
    """The request gets no further; carries why."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def door(
    desk: Desk, renderer: Renderer, queues: Queues, page: str, row: Access, answer: Answering
) -> Callable[[Request], Awaitable[Response]]:
    """What Starlette calls for a page."""
    cookies = Cookies(desk.settings.secure)
    queue = queues.slow if row.slow else queues.quick

    async def enter(request: Request) -> Response:
        visit = _visit(desk, request, cookies, page, row)

        def answered() -> Response:
            said = _answered(visit, row, answer)
            try:
                return _response(visit, renderer, cookies, said, request)
            except Exception as error:  # a template's fault may quote what it was to show
                _complain(visit, place(error))
                return _response(visit, renderer, cookies, refusal("fault"), request)

        try:
            # whoever leaves is not asked whether he may stay
            if visit.session and page != "sign_out" and visit.desk.now() - visit.session.asked > RECHECKED:
                await run_sync(_recheck, visit, request.cookies.get(cookies.session, ""), limiter=queue)
            if moved := _unless_in(visit, row):
                return moved
            if row.method == "POST":
                visit.form = await _form(request)
                _demand_own(visit, request)
            return await run_sync(answered, limiter=queue)
        except TurnedAwayError as error:
            refused = refusal(error.why)
        except FormError:
            refused = refusal("form")
        return _response(visit, renderer, cookies, refused, request)

    return enter


class Queues:
    """How many pages are answered at once: what takes long waits by itself, and never before what does not."""

    def __init__(self) -> None:
        self.quick, self.slow = CapacityLimiter(_QUICK), CapacityLimiter(_SLOW)


def refusal(why: Refusal) -> Shown:
    """The page that says why something was not shown."""
    return Shown("refused.html.j2", {"why": why}, _STATUS[why])


def stranger(desk: Desk, request: Request) -> Visit:
    """A visit of a path that no page has: whoever it is is told no more than that."""
    return _visit(desk, request, Cookies(desk.settings.secure), "", None)


def _visit(desk: Desk, request: Request, cookies: Cookies, page: str, row: Access | None) -> Visit:
    id = request.cookies.get(cookies.session, "")
    session = desk.sessions.of(id, touch=row is not None and not row.background) if id else None
    user = user_of(request.scope, desk.settings)
    proxy = desk.settings.proxy
    if session and proxy and proxy.user_header and session.visitor.account != user:
        # somebody else sits there by now, or nobody
        desk.sessions.close(id)
        session = None
    language: Language = "en" if request.cookies.get(cookies.language) == "en" else "ja"
    knocked = request.cookies.get(cookies.door, "")
    try:
        query = forms.read(request.scope["query_string"])
    except FormError:
        query = forms.Fields({})
    return Visit(
        desk=desk,
        page=page,
        session=session,
        language=language,
        path=request.url.path,
        place=dict(request.path_params),
        query=query,
        form=forms.Fields({}),
        address=address_of(request.scope, desk.settings),
        door=_signed(desk, knocked) if knocked else "",
        proxy_user=user,
        partial=request.headers.get("hx-request") == "true",
    )


def _recheck(visit: Visit, id: str) -> None:
    """End the session of an account that was closed meanwhile."""
    if visit.session:
        visit.session.asked = visit.desk.now()
        if not visit.desk.people.stands(visit.session.visitor):
            visit.desk.sessions.close(id)
            visit.session = None


def _unless_in(visit: Visit, row: Access) -> Response | None:
    """Where somebody has to go who is not signed in; None: he may see the page. Raises TurnedAwayError."""
    if row.lets(visit.session.visitor.role if visit.session else None):
        return None
    if visit.session:
        raise TurnedAwayError("forbidden")
    if row.method != "GET":
        raise TurnedAwayError("no_session")
    there = "/sign-in" if visit.path == "/" else f"/sign-in?next={quote(visit.path, safe='')}"
    if visit.partial:
        # htmx would put the sign-in page where a part was to be
        return Response(status_code=403, headers={"hx-redirect": "/sign-in"})
    return Response(status_code=303, headers={"location": there})


async def _form(request: Request) -> forms.Fields:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != forms.KIND:
        raise FormError
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > forms.LARGEST:
        raise TurnedAwayError("too_large")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > forms.LARGEST:
            raise TurnedAwayError("too_large")
    return forms.read(bytes(content))


def _demand_own(visit: Visit, request: Request) -> None:
    """Refuse what another site's page sent, or a form that was not made for this session."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin") or origin not in (None, _origin(visit, request)):
        raise TurnedAwayError("form")
    expected = visit.session.csrf if visit.session else visit.door
    given = visit.form.raw("csrf") or request.headers.get("x-csrf", "")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise TurnedAwayError("form")


def _origin(visit: Visit, request: Request) -> str:
    return f"{'https' if visit.desk.settings.secure else 'http'}://{request.headers['host']}"


def _answered(visit: Visit, row: Access, answer: Answering) -> Answer:
    """What the page answers, or why it cannot."""
    try:
        seen = _last_seen(visit) if row.personal else 0
        answered = answer(visit)
        if row.personal and isinstance(answered, Shown | Sent) and _last_seen(visit) == seen:
            _complain(visit, "personal data without an entry in the audit")
            return refusal("unaudited")
        return answered
    except FormError:
        raise
    except NotThereError:
        return refusal("not_there")
    except WrongInputError as error:
        return Shown("wrong.html.j2", {"says": str(error)}, 400)
    except _IN_WORDS as error:
        return Shown("wrong.html.j2", {"says": str(error)}, 503)
    except Exception as error:  # a fault of ours costs one page; its message may quote a value
        _complain(visit, place(error))
        return refusal("fault")


def _complain(visit: Visit, what: str) -> None:
    print(f"daicho desk: {visit.page}: {what}", file=sys.stderr)


def _last_seen(visit: Visit) -> int:
    """The number of the last entry in the casebook's audit that the visitor's account caused."""
    with visit.casebook.transaction() as transaction:
        query = sa.select(sa.func.max(audit.c.number)).where(audit.c.account == visit.visitor.account)
        return transaction.connection.execute(query).scalar_one() or 0


def _response(visit: Visit, renderer: Renderer, cookies: Cookies, answered: Answer, request: Request) -> Response:
    if isinstance(answered, SignedIn):
        response = Response(status_code=303, headers={"location": answered.path})
        # whatever id the browser came with is nobody's from here on
        visit.desk.sessions.close(request.cookies.get(cookies.session, ""))
        cookies.put(response, cookies.session, visit.desk.sessions.open(answered.visitor))
        cookies.drop(response, cookies.door)
        return response
    if isinstance(answered, SignedOut):
        visit.desk.sessions.close(request.cookies.get(cookies.session, ""))
        response = Response(status_code=303, headers={"location": "/sign-in"})
        cookies.drop(response, cookies.session)
        return response
    if isinstance(answered, Moved):
        if answered.notice and visit.session:
            visit.session.notice = answered.notice
        # htmx would put the page there where a part was to be
        status, name = (200, "hx-redirect") if visit.partial else (303, "location")
        response = Response(status_code=status, headers={name: answered.path})
        if answered.language:
            cookies.put(response, cookies.language, answered.language, max_age=365 * 24 * 3600)
        return response
    knock = ""
    if isinstance(answered, Shown) and visit.session is None and not visit.door:
        knock = secrets.token_urlsafe(32)
        visit.door = _signed(visit.desk, knock)
    response = renderer.response(visit, answered)
    if knock:
        cookies.put(response, cookies.door, knock)
    return response


def _signed(desk: Desk, knocked: str) -> str:
    return hmac.new(desk.key, knocked.encode(), "sha256").hexdigest()
