"""Files that are their owner's alone (0600): the stop list and the casebook."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class PrivateFileError(Exception):
    """A file cannot be made, or others may read or write it; says which and what to do."""


def make(path: Path) -> None:
    """Make an empty file that its owner alone reads; raises PrivateFileError where there is one already."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise PrivateFileError(f"{path}: 作れません (cannot be made: {os.strerror(error.errno or 0)})") from None
    os.close(descriptor)


def guard(path: Path) -> None:
    """Refuse what is no file or what others may read or write: PrivateFileError; FileNotFoundError where nothing is."""
    try:
        mode = path.stat().st_mode
    except OSError:
        raise FileNotFoundError(path) from None
    if not stat.S_ISREG(mode):
        raise PrivateFileError(f"{path}: ファイルではありません (is no file)")
    if mode & 0o077:
        raise PrivateFileError(f"{path}: ほかの利用者が読み書きできます。chmod 600 (others may read or write it)")
