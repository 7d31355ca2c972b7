"""The audit file: one line for every beginning and every end of a look-up, each bound to the line before it.

No key and no value stands in it: who, when, why, which kinds of keys, how many datasets, how many candidates. A line
that was changed, taken out or put in breaks the chain; what was cut off at the end shows only against a digest that
was noted elsewhere, so `verify` answers the last one.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import pwd
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.clock import TOKYO

_START = "0" * 64


class AuditError(Exception):
    """The audit file cannot be written, or its chain is broken: no look-up without it. Names line and remedy."""


def append(path: Path, entry: Mapping[str, Any]) -> str:
    """Add one line, on disk when this returns, and answer its digest; raises AuditError.

    The file is its owner's alone (0600), and several look-ups may write at once.
    """
    try:
        with _locked(path) as descriptor:
            count, last = _chain(path, descriptor)
            line = {"line": count + 1, "at": _now(), "who": _who(), **entry, "previous": last}
            line["digest"] = _digest(line)
            os.lseek(descriptor, 0, os.SEEK_END)
            _write(descriptor, (json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n").encode())
            os.fsync(descriptor)
            return str(line["digest"])
    except OSError as error:
        raise AuditError(
            f"{path}: 記録簿に書けないため照会しませんでした。書き込めるフォルダのファイルを指定してください "
            f"(the audit file cannot be written, {errno.errorcode.get(error.errno or 0, 'unknown')}: no look-up)"
        ) from None


def verify(path: Path) -> tuple[int, str]:
    """How many lines the audit file holds, and the last one's digest; AuditError names the first line that is wrong."""
    try:
        with path.open("rb") as file:
            return _chain(path, file.fileno())
    except OSError:
        raise AuditError(f"{path}: 記録簿を読めません (the audit file cannot be read)") from None


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise AuditError(f"{path}: ファイルではありません (not a file)")
        if mode & 0o077:
            raise AuditError(
                f"{path}: ほかの利用者が読み書きできます。chmod 600 を実行してください (others may read or write it)"
            )
        yield descriptor
    finally:
        os.close(descriptor)


def _chain(path: Path, descriptor: int) -> tuple[int, str]:
    last, count = _START, 0
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        for count, raw in enumerate(file, start=1):
            try:
                line = json.loads(raw)
                claimed = line.pop("digest")
                intact = raw.endswith(b"\n") and line["previous"] == last and line["line"] == count
            except (ValueError, KeyError, TypeError, AttributeError):
                intact = False
            if not intact or claimed != _digest(line):
                raise AuditError(
                    f"{path}: {count}行目が改変または切断されています。これは保存し、新しい記録簿を始めてください "
                    f"(line {count} was changed or cut: keep the file and begin another one)"
                )
            last = str(claimed)
    return count, last


def _digest(line: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(line, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _write(descriptor: int, line: bytes) -> None:
    while line:
        line = line[os.write(descriptor, line) :]


def _now() -> str:
    return datetime.now(TOKYO).isoformat(timespec="seconds")


def _who() -> str:
    # of the process, not of $USER, which anybody may set
    uid = os.getuid()
    try:
        return f"{pwd.getpwuid(uid).pw_name} ({uid})"
    except KeyError:
        return str(uid)
