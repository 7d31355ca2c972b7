"""The words of published policies: rows of this folder's YAML files, compiled once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u3000": " ", "〜": "~"})
Pattern = re.Pattern[str]


def folded(text: str) -> str:
    """A text as the patterns expect it: NFKC, small letters, straight quotes, single spaces.

    >>> folded("Ｃｕｓｔｏｍｅｒ’s　情報")
    "customer's 情報"
    """
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).translate(_QUOTES)).strip().lower()


@cache
def rows(name: str) -> Any:
    """What one of the files holds."""
    return yaml.safe_load(files("expectations.drafting").joinpath(f"{name}.yml").read_text(encoding="utf-8"))


def compiled(patterns: Iterable[str]) -> Pattern:
    """Patterns as one; a word's edge is one of Latin letters, so that it holds beside Japanese, too."""
    found = list(patterns)
    return re.compile("|".join(f"(?:{one})" for one in found), re.ASCII) if found else re.compile(r"(?!)")


@cache
def turns() -> Mapping[str, Pattern]:
    """Turns of phrase that say what sort of purpose a sentence is."""
    return {name: compiled(patterns) for name, patterns in rows("turns").items()}


@cache
def _headings() -> tuple[tuple[str, Pattern, Pattern, bool], ...]:
    return tuple(
        (row["topic"], compiled(row["is"]), compiled(row.get("not", ())), row.get("major", False))
        for row in rows("headings")
    )


def topic(heading: str) -> str:
    """What a heading is about; '' where no row of `headings.yml` knows it."""
    text = folded(heading)
    return next((name for name, found, but, _ in _headings() if found.search(text) and not but.search(text)), "")


def is_major(heading: str) -> bool:
    """Whether a heading is of a subject that policies give a heading on the first level."""
    return len(heading) <= 80 and topic(heading) in {name for name, *_, major in _headings() if major}


def sentences(text: str) -> list[str]:
    """A paragraph's sentences, with what ends them.

    >>> sentences("利用します。ただし、除きます。"), sentences("We use it. No. 3 applies.")
    (['利用します。', 'ただし、除きます。'], ['We use it.', 'No. 3 applies.'])
    """
    parts = re.split(
        r"(?<=[。！？])(?![）」』)])|(?<=[a-z)\"'][.!?])\s+(?=[A-Z])(?<!No\. )(?<!Inc\. )(?<!Ltd\. )(?<!Co\. )", text
    )
    return [part.strip() for part in parts if part.strip()]
