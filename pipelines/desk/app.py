"""The app: every page of the table behind its door, everything behind the guard."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from pipelines.desk.access import answering, table
from pipelines.desk.desk import Desk
from pipelines.desk.door import Queues, door, refusal, stranger
from pipelines.desk.guard import Guard
from pipelines.desk.rendering import Renderer


def app_of(desk: Desk) -> ASGIApp:
    """The desk as an ASGI app; raises DeskError where table and pages do not fit."""
    renderer, queues, answers = Renderer(), Queues(), answering()
    routes = [
        Route(row.path, door(desk, renderer, queues, page, row, answers[page]), methods=[row.method], name=page)
        for page, row in table().items()
    ]

    async def nowhere(request: Request, _error: Exception) -> Response:
        return renderer.response(stranger(desk, request), refusal("not_there"))

    app = Starlette(routes=routes, exception_handlers={404: nowhere, 405: nowhere})
    app.router.redirect_slashes = False
    return Guard(app, desk.settings)
