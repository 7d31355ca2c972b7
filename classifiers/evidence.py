"""Evidence worded: what a tag rests on, as a Japanese or an English sentence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from classifiers.tags import Evidence

Language = Literal["ja", "en"]


@cache
def wordings() -> dict[str, dict[Language, str]]:
    """Every row of `vocabulary/evidence/*.yml`: code → language → sentence with gaps."""
    folder = files("classifiers.vocabulary").joinpath("evidence")
    found: dict[str, dict[Language, str]] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        found |= yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    return found


def sentence(evidence: Evidence, language: Language = "ja") -> str:
    """The evidence in one sentence; KeyError where no row words its code, which a test rules out."""
    return wordings()[evidence.code][language].format(**evidence.words)
