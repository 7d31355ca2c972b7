"""What a run was judged by: where one of these changes, its verdicts are due again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def versions() -> Mapping[str, str]:
    """Versions of the program, its dictionary and model, and digests of its vocabulary and rules."""
    return {
        "daicho": version("daicho"),
        "dictionary": f"sudachidict_core {version('SudachiDict-core')}",
        "model": f"ja_ginza {version('ja-ginza')}, spacy {version('spacy')}",
        "vocabulary": _digest("classifiers", ".yml"),
        "classifiers": _digest("classifiers", ".py"),
        "rules": _digest("expectations", ".py", ".yml", ".json"),
    }


def _digest(package: str, *suffixes: str) -> str:
    digest = hashlib.blake2b(digest_size=6)
    for name, content in sorted(_contents(files(package), suffixes)):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


def _contents(folder: Traversable, suffixes: tuple[str, ...], path: str = "") -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _contents(entry, suffixes, f"{path}{entry.name}/")
        elif entry.name.endswith(suffixes):
            found.append((path + entry.name, entry.read_bytes()))
    return found
