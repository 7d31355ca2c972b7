"""Packs of evidence: a folder for an entruster or an auditor, sealed by a list of SHA-256 sums.

A pack has names of stores, datasets and columns, counts and people's decisions: no value of any person. Its files have
fixed names, whatever an entruster is called.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pipelines.reports.writing import replacing

SUMS = "SHA256SUMS"
"""The list, as `sha256sum --check` reads it, too."""


class PackError(Exception):
    """A pack cannot be made or read; says why."""


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Put the files and the list of their sums into a new or empty folder; raises PackError, OSError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackError(f"{folder}: 空のフォルダにだけ書きます · is written into an empty folder alone")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(files.items()):
        replacing(folder / name, content)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())]
    replacing(folder / SUMS, "".join(lines).encode())
    return folder


def verify(folder: Path) -> dict[str, str]:
    """What of a pack is not as it was sealed: file → `changed`, `missing` or `added`. Raises PackError.

    Who changes a file and the list tells no lie that this finds: note the sum of the list itself elsewhere.
    """
    try:
        lines = [line.split("  ", 1) for line in (folder / SUMS).read_text("utf-8").splitlines()]
        listed = {name: digest for digest, name in lines}
    except (OSError, ValueError):
        raise PackError(f"{folder}: {SUMS} を読めません · has no list of sums that can be read") from None
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if not one.is_dir()} - {SUMS}
    wrong = dict.fromkeys(there - listed.keys(), "added") | dict.fromkeys(listed.keys() - there, "missing")
    for name in sorted(listed.keys() & there):
        file = folder / name
        if file.is_symlink() or hashlib.sha256(file.read_bytes()).hexdigest() != listed[name]:
            wrong[name] = "changed"
    return dict(sorted(wrong.items()))


def seal(folder: Path) -> str:
    """The sum of the list of sums: noted elsewhere, it proves the whole pack. Raises PackError."""
    try:
        return hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()
    except OSError:
        raise PackError(f"{folder}: {SUMS} を読めません · has no list of sums that can be read") from None
