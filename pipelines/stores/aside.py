"""Files read aside, in a process of their own: what hangs, crashes or eats memory there costs one file.

Readers of PDF, Office, web pages and SQL work on whatever anybody sent. Here their process is given the bytes of one
file after another, some time for each and a bound of memory, and nothing of the environment but where programs lie: no
password.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any, BinaryIO, cast

from pipelines.stores import Reason, StoreError
from pipelines.stores.plain_texts import Document
from pipelines.stores.process import bound, environment

SECONDS = 60.0
"""How long one file may take."""
LONGER = {"script": 600.0, "log": 900.0}
"""How long those may take that have many statements."""
MEMORY = 4 * 2**30
"""Bytes its reader may use."""


def document(suffix: str, raw: bytes) -> Document:
    """What a document of that suffix says; StoreError."""
    return Document(*read(suffix, raw))


def read(reader: str, raw: bytes) -> Any:
    """What the reader of that name answers for a file, as lists of JSON; StoreError."""
    return _reader().read(reader, raw)


@cache
def _reader() -> _Reader:
    reader = _Reader()
    atexit.register(reader.end)
    return reader


class _Reader:
    """The process, started when the first file is read and again after it had to be ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, reader: str, raw: bytes) -> Any:
        with self._lock:
            process = self._process
            if process is None or process.poll() is not None:
                self.end()
                process = self._process = _started()
            try:
                answer = _answer(process, reader, raw)
            except BaseException:
                self.end()
                raise
        if isinstance(answer, dict):
            raise StoreError(cast(Reason, answer["reason"]), answer["hint"])
        return answer

    def end(self) -> None:
        """Let no process outlive whoever asks it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # what was still to be written
            with suppress(OSError):
                cast(BinaryIO, pipe).close()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )


def _answer(process: subprocess.Popen[bytes], reader: str, raw: bytes) -> Any:
    asked, answered = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    seconds = LONGER.get(reader, SECONDS)
    until = monotonic() + seconds
    try:
        asked.write(f"{reader} {len(raw)}\n".encode())
        asked.write(raw)
        asked.flush()
    except OSError:
        raise StoreError("broken", "読み取りの途中で異常終了しました") from None
    given = bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(answered, selectors.EVENT_READ)
        while not given.endswith(b"\n"):
            if not ready.select(max(0.0, until - monotonic())):
                raise StoreError("timed_out", f"{seconds:.0f} 秒で読み終わらないため中断しました")
            piece = os.read(answered.fileno(), 2**20)
            if not piece:
                raise StoreError("broken", "読み取りの途中で異常終了しました")
            given += piece
    return json.loads(given)


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Read one file after another until nobody asks any more."""
    from pipelines.stores import document_reading, mail_reading, statement_reading
    from pipelines.stores.failures import reworded

    documents = {**document_reading.READERS, **mail_reading.READERS}
    while line := asked.readline():
        reader, size = line.decode().split(" ")
        raw = asked.read(int(size))
        try:
            scripts = statement_reading.READERS
            answer: object = scripts[reader](raw) if reader in scripts else astuple(documents[reader](raw))
        except Exception as error:
            failure = reworded(error)
            answer = {"reason": failure.reason, "hint": failure.hint}
        answered.write(json.dumps(answer).encode() + b"\n")
        answered.flush()


if __name__ == "__main__":
    bound(MEMORY)
    # what a library prints must not stand between the answers
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, channel)
