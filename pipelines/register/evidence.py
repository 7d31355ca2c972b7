"""Evidence in and out of the register: stored as code and words, so that a better wording reads at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from classifiers.evidence import Language, sentence
from classifiers.tags import Evidence


def stored(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Evidence as the register keeps it."""
    return [{"code": e.code, "says": e.says, "weight": e.weight, "words": dict(e.words)} for e in evidence]


def worded(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, str], ...]:
    """Stored evidence as sentences in both languages, the weightiest first."""
    ordered = sorted(rows, key=lambda row: -abs(float(row["weight"])))
    return tuple({language: _sentence(row, language) for language in ("ja", "en")} for row in ordered)


def _sentence(row: Mapping[str, Any], language: Language) -> str:
    try:
        return sentence(Evidence(row["code"], row["says"], row["weight"], row["words"]), language)
    except (KeyError, ValueError):
        # written by a version whose wording is gone since: the words still say something
        words = ", ".join(str(word) for word in row["words"].values())
        return f"{row['code']} ({words})" if words else str(row["code"])
