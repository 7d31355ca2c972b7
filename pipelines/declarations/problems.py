"""What is wrong with a folder of declarations: one problem a place, in both languages, with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "hint"]
"""An `error` keeps a run from starting; a `hint` is for people to look at."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, and where it stands. Holds no value of a wrong row but ids and words of the vocabulary."""

    file: str
    line: int
    """From 1; 0 is the file as a whole."""
    row: str
    """The row's id; '' where it has none."""
    key: str
    """`source.store`; '' is the row as a whole."""
    ja: str
    en: str
    instead: str = ""
    """What was probably meant, or what may stand there."""
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        place = " ".join(part for part in (where, self.row, self.key) if part)
        return f"{place}: {self.ja} · {self.en}" + (f" → {self.instead}" if self.instead else "")


def nearest(word: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """The known words that were probably meant, the likeliest first; '' where none is near.

    A mapping leads from everything a person may write (an id, its Japanese or English label) to the id.

    >>> nearest("marketting", ["marketing", "shipping"])
    'marketing'
    >>> nearest("広告宣伝", {"marketing": "marketing", "広告・宣伝": "marketing"})
    'marketing'
    """
    meant = known if isinstance(known, Mapping) else {one: one for one in known}
    folded = {text.casefold(): id for text, id in meant.items()}
    found = get_close_matches(word.casefold(), folded, n=3, cutoff=0.6)
    best = get_close_matches(word.casefold(), folded, n=1, cutoff=0.85)
    # 公開 for 公開・掲載
    holding = [text for text in folded if len(word) > 1 and word.casefold() in text]
    return " / ".join(dict.fromkeys(folded[one] for one in best or holding[:3] or found))
