"""Which requests come in at all, and what every answer carries: around the whole app, before any page."""

from __future__ import annotations

import hmac
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.desk.forms import LONGEST_QUERY
from pipelines.desk.settings import Settings

PROXY_HEADER = "x-daicho-proxy-secret"
LONGEST_PATH = 1_000
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # not `no-referrer`: forms would be sent with `Origin: null`
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_TLS_ONLY = {"strict-transport-security": "max-age=31536000"}


class Guard:
    """Turns away what was sent to another name, past the proxy, or out of all measure."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._headers = HEADERS | (_TLS_ONLY if settings.secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # a websocket before it is accepted: refused
            await send({"type": "websocket.close", "code": 1008})
            return

        async def carrying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                # nginx would put what is longer than its memory aside in a file
                headers["x-accel-buffering"] = "no"
            await send(message)

        status = self._refused(scope)
        app = PlainTextResponse(_SAYS[status], status) if status else self._app
        await app(scope, receive, carrying)

    def _refused(self, scope: MutableMapping[str, Any]) -> int:
        """The status by which it is turned away; 0: it comes in."""
        headers = Headers(scope=scope)
        if headers.getlist("host") != [host := headers.get("host", "")] or host not in self._settings.host_names:
            return 421
        if len(scope["raw_path"] or b"") > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            return 414
        proxy = self._settings.proxy
        if proxy and not _is_one_of(headers.getlist(PROXY_HEADER), proxy.secrets):
            return 403
        return 0


_SAYS = {
    403: "Only through the reverse proxy.\n",
    414: "Too long.\n",
    421: "Another host name is needed.\n",
}


def _is_one_of(given: list[str], secrets: tuple[str, ...]) -> bool:
    return len(given) == 1 and any(hmac.compare_digest(given[0].encode(), secret.encode()) for secret in secrets)


def address_of(scope: MutableMapping[str, Any], settings: Settings) -> str:
    """The browser's address; what the proxy added last to `X-Forwarded-For`, for whatever stands before it anybody may
    have written."""
    if settings.proxy:
        # several lines are one list (RFC 9110, 5.3)
        return ",".join(Headers(scope=scope).getlist("x-forwarded-for")).rpartition(",")[2].strip()
    client: tuple[str, int] | None = scope.get("client")
    return client[0] if client else ""


def user_of(scope: MutableMapping[str, Any], settings: Settings) -> str:
    """Whom the proxy has let in; '' where it names nobody, or more than one."""
    if not settings.proxy or not settings.proxy.user_header:
        return ""
    named = Headers(scope=scope).getlist(settings.proxy.user_header)
    return named[0] if len(named) == 1 else ""
