"""What many labelled tables taught: what columns like one held, by its names, its values and what stands around it.

A softmax regression over traits (`traits.py`), the rules' own decision among them. Its weights are those of
`learnt.npz`, which `python -m benchmarks.train_columns` learns from labelled tables, most of them by people who had not
read the rules. What the rules are sure of stays; where they are not, or leave a column open, this says what is likely,
and where it takes what the rules call nobody's for somebody's, the column is left open at the least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from zlib import crc32

from classifiers.columns.conflicts import Decision, is_sensitive
from classifiers.columns.name_votes import says_something
from classifiers.columns.rules import Ruled
from classifiers.columns.traits import traits
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, Evidence, Table
from classifiers.vocabulary import data_categories

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS: Final = "learnt.npz"
SPECIAL: Final = "special_care"
"""The class of special care of kinds too rare to be learnt one by one."""
_KEPT = 0.95
"""Weight from which a decision of the rules that a column is somebody's stays."""
_ANSWERED = 0.4
"""How likely a type must be to answer for a column that the rules leave open."""
_CLAIMED, _UNNAMED = 0.6, 0.8
"""How likely it must be where the rules call a column nobody's, by a name and where it has none that says anything."""
_CHANGED = 0.9
"""How likely it must be where they call it something else of somebody's."""
_IMPERSONAL, _DISOWNED = 0.9, 0.97
"""How likely a column must be nobody's where the rules left it open, and where they call it somebody's."""
_DOUBTED = 0.6
"""How likely a column must be nobody's to be left so."""
_GRAVE, _SPECIAL = 0.03, 0.5
"""How likely special care may be in what is called nobody's, and must be to be spoken of."""
_ON_PURPOSE = frozenset({
    "column_special_open", "column_special_neighbours", "column_meaning_special_care", "column_impersonal",
    "column_rare_hits", "column_counted", "column_doubt", "column_kinds",
})  # fmt: skip
"""Why the rules leave a column to a person: never nobody's by likeness alone."""
_KNOWN = frozenset({
    "column_animals", "column_machines", "column_kinds", "column_postings", "column_counted", "column_header_trap",
    "column_shape_hidden",
})  # fmt: skip
"""Why the rules call a column nobody's whose likes may be somebody's: by what the table is about, or as a digest."""
_LOOSE = frozenset({"other_personal", "account_id", "free_text", "organization_name"})
"""Data types of what things have, too: only these are called nobody's against the rules."""
_ANYWHERE = frozenset({"organization_name", "address", "phone", "postal_code", "email", "url", "free_text"})
"""Data types of what firms and places have: only these are answered where nobody stands."""
_TOLD = frozenset({"told", "name", "word"})
"""Traits that are letters of the column's own names."""
_TELLING = 0.3
"""Weight from which a piece of a name is told as what spoke for the answer."""


def by_experience(table: Table, ruled: Ruled) -> tuple[Decision, ...]:
    """The decisions of a table's columns, in their order: the rules', with what was learnt where they are not sure."""
    if table.kind == "documents":
        return ruled.decided
    beside = ruled.around.persons or ruled.around.keyed or ruled.around.numbered
    return tuple(
        decision
        if _is_kept(decision, read=values.n > 0, beside=beside)
        else _reconsidered(decision, _model().read(found), beside=beside, has_name=says_something(column))
        for column, decision, values, found in zip(
            table.columns, ruled.decided, ruled.seen, traits(table, ruled), strict=True
        )
    )


def _is_kept(decision: Decision, *, read: bool, beside: bool) -> bool:
    """Whether the rules' decision stays: what is sensitive, what they are sure is somebody's or have a reason to call
    nobody's, and all that they make of names without values, or of tables in which nobody stands."""
    if decision.category == UNRESOLVED:
        return False
    if not (read and beside):
        return True
    if decision.category == NOT_PERSONAL:
        return any(one.code in _KNOWN for one in decision.evidence)
    return is_sensitive(decision.category) or decision.confidence >= _KEPT


def _reconsidered(decision: Decision, reading: Reading, *, beside: bool, has_name: bool) -> Decision:
    category, share = reading.answer(decision)
    if decision.category == UNRESOLVED:
        return _resolved(decision, category, share, reading, beside=beside, has_name=has_name)
    if decision.category == NOT_PERSONAL:
        if category != NOT_PERSONAL and share >= (_CLAIMED if has_name else _UNNAMED) and not _is_special(category):
            return _answered(decision, category, share, reading)
        return decision if reading.likely[NOT_PERSONAL] >= _DOUBTED else _opened(decision, reading)
    if category == NOT_PERSONAL:
        disowned = share >= _DISOWNED and reading.special < _GRAVE and not _is_grave(decision)
        loose = _kind(decision.category) in _LOOSE
        return _answered(decision, category, share, reading) if disowned and loose else decision
    changed = share >= _CHANGED and _kind(category) != _kind(decision.category) and not _is_special(category)
    return _answered(decision, category, share, reading) if changed else decision


def _resolved(
    decision: Decision, category: str, share: float, reading: Reading, *, beside: bool, has_name: bool
) -> Decision:
    """What a column is that the rules leave open; open still where it is not likely enough."""
    if category == NOT_PERSONAL:
        careful = _is_grave(decision) or any(one.code in _ON_PURPOSE for one in decision.evidence)
        sure = share >= _IMPERSONAL and reading.special < _GRAVE and not careful
        return _answered(decision, category, share, reading) if sure else decision
    if _is_special(category):
        spoken = reading.special >= _SPECIAL and category != SPECIAL
        return _answered(decision, category, reading.special, reading) if spoken else decision
    likely = share >= (_ANSWERED if has_name else _UNNAMED) and (beside or _kind(category) in _ANYWHERE)
    return _answered(decision, category, share, reading) if likely else decision


def _is_grave(decision: Decision) -> bool:
    """Whether anything speaks, or spoke, of what must not be passed over."""
    return any(one.says != UNRESOLVED and is_sensitive(one.says) for one in decision.evidence)


def _answered(decision: Decision, category: str, share: float, reading: Reading) -> Decision:
    """The learnt answer; what the rules said stays beside it."""
    others = dict(decision.alternatives)
    if decision.category != UNRESOLVED:
        others[decision.category] = round(1 - share, 2)
    others.pop(category, None)
    return replace(
        decision,
        category=category,
        confidence=round(share, 3),
        evidence=(reading.evidence(category, share), *decision.evidence),
        alternatives=tuple(sorted(others.items(), key=lambda one: -one[1])),
    )


def _opened(decision: Decision, reading: Reading) -> Decision:
    """Nobody's by the rules, somebody's by what was learnt, and not sure enough to say so: for a person to look at."""
    why = Evidence("column_learnt_doubt", UNRESOLVED, 0.3, {"share": round(100 * (1 - reading.likely[NOT_PERSONAL]))})
    return replace(decision, category=UNRESOLVED, confidence=0.5, evidence=(why, *decision.evidence))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a column."""

    likely: Mapping[str, float]
    """Data category, or `SPECIAL` → how likely, 0..1 and 1 together."""
    spoke: Mapping[str, NDArray[np.float32]]
    """The column's traits that the model knows → how much each speaks for each class."""

    @property
    def special(self) -> float:
        """How likely special care of any kind is, 0..1."""
        return sum(share for category, share in self.likely.items() if _is_special(category))

    def answer(self, decision: Decision) -> tuple[str, float]:
        """The data category of the likeliest type, the rules' own where they know one of it, and the type's share."""
        kinds: dict[str, float] = {}
        for category, share in self.likely.items():
            kinds[_kind(category)] = kinds.get(_kind(category), 0.0) + share
        kind = max(kinds, key=kinds.__getitem__)
        known = (category for category, _ in decision.alternatives if _kind(category) == kind)
        of_kind = (category for category in self.likely if _kind(category) == kind)
        return next(known, max(of_kind, key=self.likely.__getitem__)), kinds[kind]

    def evidence(self, category: str, share: float) -> Evidence:
        """Why: how likely, and the piece of the names that speaks most for it, where one does."""
        place = list(self.likely).index(category) if category in self.likely else 0
        told = {
            trait.partition(":")[2].strip("^$_"): float(weights[place])
            for trait, weights in self.spoke.items()
            if trait.partition(":")[0] in _TOLD and not any(letter.isdigit() for letter in trait)
        }
        piece = max(told, key=lambda one: (told[one], len(one)), default="")
        words: dict[str, str | int | float] = {"share": round(100 * share)}
        if not piece or told[piece] < _TELLING:
            return Evidence("column_learnt", category, 0.3, words)
        return Evidence("column_learnt_word", category, 0.3, words | {"word": piece})


@dataclass(frozen=True, slots=True)
class _Model:
    rows: Mapping[int, int]
    """CRC-32 of a trait → its row."""
    weights: NDArray[np.float32]
    """Traits × classes."""
    bias: NDArray[np.float32]
    classes: tuple[str, ...]

    def read(self, found: Iterable[str]) -> Reading:
        import numpy as np

        known = {trait: row for trait in found if (row := self.rows.get(hashed(trait))) is not None}
        spoke = self.weights[list(known.values())]
        scores = spoke.sum(axis=0) + self.bias
        likely = np.exp(scores - scores.max())
        shares = map(float, likely / likely.sum())
        return Reading(dict(zip(self.classes, shares, strict=True)), dict(zip(known, spoke, strict=True)))


def hashed(trait: str) -> int:
    """What a trait is known by in the weights."""
    return crc32(trait.encode("utf-8", "surrogatepass"))


def _is_special(category: str) -> bool:
    return category == SPECIAL or (category != UNRESOLVED and bool(data_categories()[category].special_care))


def _kind(category: str) -> str:
    """The data type of a category; special care of rare kinds is of the type of the others."""
    if category in (NOT_PERSONAL, UNRESOLVED):
        return category
    return data_categories()["personal_other" if category == SPECIAL else category].data_type


@cache
def _model() -> _Model:
    import numpy as np

    with files(__package__).joinpath(WEIGHTS).open("rb") as file, np.load(file) as held:
        traits_known, scale = held["traits"], float(held["scale"])
        weights, bias = held["weights"].astype(np.float32) * scale, held["bias"].astype(np.float32)
        classes = tuple(map(str, held["classes"]))
    return _Model({int(trait): row for row, trait in enumerate(traits_known)}, weights, bias, classes)
