"""The vocabulary's data types, the only thing the corpus takes from the classifiers: ids, no words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


def data_type(category: str) -> str:
    """The data type of a data category; KeyError where the vocabulary has no such row."""
    return _types()[category]


@cache
def _types() -> dict[str, str]:
    text = files("classifiers.vocabulary").joinpath("data_categories.yml").read_text(encoding="utf-8")
    return {row["id"]: row["data_type"] for row in yaml.load(text, yaml.CSafeLoader)}
