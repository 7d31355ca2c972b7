"""Files of typed rows read in a process of their own, for formats whose reader a broken file can crash.

That process never sees the file: it asks for byte ranges, which are read here, and answers with Arrow batches. Between
the two stand lines of JSON, each followed by as many bytes as it says.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from time import monotonic
from typing import Any, BinaryIO, cast

import pyarrow as pa
from pyarrow import ipc

from pipelines.stores import Dataset, Field, Reason, StoreError, grouped
from pipelines.stores.failures import reworded
from pipelines.stores.process import bound, environment
from pipelines.stores.sources import File

SECONDS = 120.0
"""How long it may take from one answer or question to the next."""
MEMORY = 16 * 2**30
"""Bytes of address space of the reader: Arrow reserves far more than it uses."""
CRASHED = "内容が壊れていて、読み取りが異常終了しました"


def listed(reader: str, name: str, file: File) -> Dataset:
    """The one dataset of a file that the module `reader` opens."""
    told = next(_answers({"reader": reader, "call": "listed", "size": file.size}, file))
    fields = tuple(Field(column, sql_type=kind) for column, kind in told["fields"])
    return Dataset(name, fields=fields, records=told["records"])


def sampled(reader: str, file: File, rows: int, seed: int) -> pa.Table | None:
    """At most `rows` random rows."""
    call = {"reader": reader, "call": "sampled", "size": file.size, "rows": rows, "seed": seed}
    batches = list(_answers(call, file))
    return pa.Table.from_batches(batches) if batches else None


def all_of(reader: str, file: File) -> Iterator[pa.RecordBatch]:
    """All rows."""
    yield from _answers({"reader": reader, "call": "all_of", "size": file.size}, file)


def _answers(call: dict[str, Any], file: File) -> Iterator[Any]:
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        bufsize=0,
    )
    to, back = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    try:
        _send(to, call)
        with file.open() as opened:
            while True:
                message, content = _received(back)
                match message:
                    case {"at": int(at), "read": int(size)}:
                        opened.seek(at)
                        _send(to, {}, opened.read(size))
                    case {"reason": str(reason), "hint": str(hint)}:
                        raise StoreError(cast(Reason, reason), hint)
                    case {"end": True}:
                        return
                    case {"batch": True}:
                        yield from ipc.open_stream(content)
                    case _:
                        yield message
    except OSError:
        raise StoreError("broken", CRASHED) from None
    finally:
        process.kill()
        process.wait()
        for pipe in (to, back):
            with suppress(OSError):
                pipe.close()


def _received(back: BinaryIO) -> tuple[dict[str, Any], bytes]:
    until = monotonic() + SECONDS
    line = b""
    while not line.endswith(b"\n"):
        line += _some(back, 1, until)
    message = json.loads(line)
    content = bytearray()
    while len(content) < message.get("bytes", 0):
        content += _some(back, message["bytes"] - len(content), until)
    return message, bytes(content)


def _some(back: BinaryIO, size: int, until: float) -> bytes:
    with selectors.DefaultSelector() as ready:
        ready.register(back, selectors.EVENT_READ)
        if not ready.select(max(0.0, until - monotonic())):
            raise StoreError("timed_out", f"{SECONDS:.0f} 秒応答がないため中断しました")
    given = os.read(back.fileno(), size)
    if not given:
        raise StoreError("broken", CRASHED)
    return given


def _send(to: BinaryIO, message: dict[str, Any], content: bytes = b"") -> None:
    rest = memoryview(json.dumps(message | {"bytes": len(content)}).encode() + b"\n" + content)
    while rest:
        rest = rest[to.write(rest) :]


class _Asked:
    """The file as the process sees it: whatever it reads, it asks for."""

    def __init__(self, asked: BinaryIO, answered: BinaryIO) -> None:
        self._asked, self._answered, self._at = asked, answered, 0

    def seek(self, offset: int, /) -> object:
        self._at = offset
        return offset

    def read(self, size: int, /) -> bytes:
        _send(self._answered, {"at": self._at, "read": size})
        given = self._asked.read(json.loads(self._asked.readline())["bytes"])
        self._at += len(given)
        return given

    def close(self) -> None:
        """Nothing is held."""


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer the one call that comes."""
    call = json.loads(asked.readline())
    file = File("", call["size"], "", lambda: _Asked(asked, answered))
    try:
        opened = import_module(f"pipelines.stores.{call['reader']}").opened(file)
        if call["call"] == "listed":
            one = grouped.listed("", opened)
            told = [(field.name, field.sql_type) for field in one.fields]
            _send(answered, {"fields": told, "records": one.records})
        elif call["call"] == "sampled":
            table = grouped.sampled(opened, call["rows"], call["seed"])
            for batch in table.to_batches() if table is not None else ():
                _send(answered, {"batch": True}, _packed(batch))
        else:
            for batch in grouped.all_of(opened):
                _send(answered, {"batch": True}, _packed(batch))
        _send(answered, {"end": True})
    except Exception as error:
        failure = reworded(error)
        _send(answered, {"reason": failure.reason, "hint": failure.hint})


def _packed(batch: pa.RecordBatch) -> bytes:
    made = pa.BufferOutputStream()
    with ipc.new_stream(made, batch.schema) as stream:
        stream.write_batch(batch)
    return cast(bytes, made.getvalue().to_pybytes())


if __name__ == "__main__":
    bound(MEMORY)
    # what a library prints must not stand between the answers
    channel = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    serve(sys.stdin.buffer, cast(BinaryIO, channel))
