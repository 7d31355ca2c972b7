"""A watch over a connection whose driver would wait for ever for a server that says nothing more."""

from __future__ import annotations

import math
import os
import socket
import threading
from contextlib import suppress
from time import monotonic


class Watch:
    """Shuts a socket down when no answer came in time: the driver, waiting in C, then finds its connection closed."""

    def __init__(self, seconds: float) -> None:
        self.fired = False
        self._seconds = seconds
        self._due = math.inf
        self._over = threading.Event()
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def look_at(self, descriptor: int) -> None:
        """Watch that open socket from now on; it stays its driver's."""
        self._socket = socket.socket(fileno=os.dup(descriptor))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.expect()
        self._thread.start()

    def expect(self) -> None:
        """An answer is due."""
        self._due = monotonic() + self._seconds

    def rest(self) -> None:
        """Nothing is asked of the server at present."""
        self._due = math.inf

    def close(self) -> None:
        """Watch no more."""
        self._over.set()
        if self._thread:
            self._thread.join()
        if self._socket:
            self._socket.close()

    def _run(self) -> None:
        # woken at least once in the time it may take: what is expected meanwhile is late by no more than that again
        while not self._over.wait(min(max(self._due - monotonic(), 0.01), self._seconds)):
            if monotonic() >= self._due and self._socket:
                self.fired = True
                # its other end may have gone at this very moment
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
                return
