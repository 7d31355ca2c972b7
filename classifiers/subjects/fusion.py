"""Evidence weighed: which subject it speaks for, by how much, and when it does not decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from classifiers.lexicon import Lexicon
from classifiers.tags import UNRESOLVED, Evidence
from classifiers.vocabulary import Trap, traps

NONE = "none"
DECIDES = 1.5
"""Weight under which nobody is named: a medium word alone is not enough, with a second signal it is."""
_MARGIN = 0.1
"""Lead over the second best under which the two are a tie."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The subject that evidence speaks for, or `unresolved`."""

    subject: str
    confidence: float
    weight: float = 0.0
    """Of the best subject, decided or not."""


def decide(evidence: Iterable[Evidence]) -> Decision:
    """The subject whose evidence weighs most; `unresolved` where it weighs little or another one nearly as much."""
    totals: dict[str, float] = {}
    for reason in evidence:
        if reason.says not in ("", NONE, UNRESOLVED):
            totals[reason.says] = totals.get(reason.says, 0.0) + reason.weight
    ranked = sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))
    if not ranked:
        return Decision(UNRESOLVED, 0.0)
    (best, weight), second = ranked[0], max(ranked[1][1] if len(ranked) > 1 else 0.0, 0.0)
    if weight < DECIDES or weight - second < _MARGIN:
        return Decision(UNRESOLVED, 0.0, weight)
    return Decision(best, _confidence(weight, weight - second), weight)


def _confidence(weight: float, margin: float) -> float:
    return round(min(0.99, 1 / (1 + exp(-0.1 - 0.25 * min(weight, 5.0) - 0.5 * min(margin, 4.0)))), 2)


def sprung(evidence: Sequence[Evidence], named: Iterable[str], columns: Iterable[str] = ()) -> list[Evidence]:
    """The evidence with every trap sprung: words that mean something else beside certain names or columns."""
    in_names = {hit.row: hit.word for name in named for hit in _near().find(name)}
    beside = {hit.row: hit.word for column in columns for hit in _near().find(column)} | in_names
    changed = list(evidence)
    for trap in traps():
        if near := (in_names if trap.named else beside).get(trap.id):
            changed = [_trapped(reason, trap, near) for reason in changed]
    return changed


def of_partners(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence where every row names a firm, one of many: what speaks for staff speaks for those firms' staff."""
    return [
        replace(reason, code="subject_staff_of_firms", says="business_partner") if reason.says == "employee" else reason
        for reason in evidence
    ]


def _trapped(reason: Evidence, trap: Trap, near: str) -> Evidence:
    word = reason.words.get("word")
    if word not in trap.words or word == near or reason.says in (trap.means, NONE):
        return reason
    code = "subject_trap" if trap.means else "subject_trap_nobody"
    return replace(reason, code=code, says=trap.means, words={"word": str(word), "near": near})


@cache
def _near() -> Lexicon:
    return Lexicon((trap.id, word, "strong") for trap in traps() for word in trap.near)
