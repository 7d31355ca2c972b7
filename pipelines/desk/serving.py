"""The desk on one address, until somebody ends it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from pipelines.desk import DeskError
from pipelines.desk.settings import Settings

_CONCURRENT = 200
"""Connections at once; more are answered 503."""


def serve(app: ASGIApp, settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until interrupted; raises DeskError where the address is taken."""
    listening = listen(settings.host, settings.port)
    say(settings.origin)
    server(app).run(sockets=[listening])


def server(app: ASGIApp) -> uvicorn.Server:
    """A server of an app, which `run(sockets=[…])` starts and `should_exit` ends."""
    # an address in a log is no use to anybody, and a query may hold a name
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="off",
            limit_concurrency=_CONCURRENT,
            timeout_graceful_shutdown=10,
            h11_max_incomplete_event_size=32 * 1024,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, on any free port for 0; raises DeskError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, or asyncio does not know it for that, and every answer waits 40 ms for an acknowledgement
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise DeskError(
            f"{host}:{port}: 待ち受けられません（{os.strerror(error.errno or 0)}）。--port で別の番号にします"
            " · cannot listen there: choose another --port"
        ) from None
    return listening
