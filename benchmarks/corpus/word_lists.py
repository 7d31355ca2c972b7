"""The lists that names, places and words are taken from: `lists/*.yml`, each saying in its head where it comes from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from benchmarks.corpus.labels import Split


@cache
def document(name: str) -> Any:
    """`lists/{name}.yml` as it stands; FileNotFoundError where there is none."""
    text = files("benchmarks.corpus").joinpath("lists", f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)


@cache
def words(split: Split, name: str) -> tuple[str, ...]:
    """A list of words: the split's own and what both splits share."""
    shared, own = document("shared_words"), document(f"{split}_words")
    if name not in shared and name not in own:
        raise KeyError(f"neither shared_words.yml nor {split}_words.yml has a list {name!r}")
    return tuple(map(str, [*shared.get(name, ()), *own.get(name, ())]))
