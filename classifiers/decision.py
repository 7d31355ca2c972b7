"""Names and values together: one data category for a column, how sure, why, and what else it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.context import Context
from classifiers.fits import NAMES, PLACES, fit
from classifiers.name_votes import Named
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Evidence
from classifiers.value_votes import Vote, refuted_by_chance, votes
from classifiers.values import NO_HITS, Hits, Values
from classifiers.vocabulary import data_categories

_AGREED = 0.98
_EMPTY = 0.85
"""What is left of a header's word where there is no value to bear it out."""
_IMPERSONAL = {"flag": 0.85, "number": 0.75, "date": 0.75, "time": 0.85, "code": 0.7, "choice": 0.6, "words": 0.55}
_KANA = {"name": "name_kana", "surname": "surname_kana", "given_name": "given_name_kana", "former_name": "name_kana"}
_KANJI = {"name_kana": "name", "surname_kana": "surname", "given_name_kana": "given_name"}
_PERSONS = NAMES - {"company_name"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column was found to be."""

    category: str
    confidence: float
    evidence: tuple[Evidence, ...]
    hits: Hits = NO_HITS
    alternatives: tuple[tuple[str, float], ...] = ()


def decide(by_name: Sequence[Named], values: Values, around: Context) -> Decision:
    """The data category of a column: by its names (`by_name`, surest first), its values and its surroundings."""
    if not values.n:
        return _by_name_alone(by_name)
    by_value = votes(values, around)
    fits = [(one, fit(one.category, values)) for one in by_name]
    refuted = tuple(
        Evidence("column_values_refute", one.category, -0.5, {"n": values.n}) for one, how in fits if how == "refuted"
    )
    left = [(one, how) for one, how in fits if how != "refuted"]
    decision = _together(left, by_value, values, around, sensitive=_doubted(fits))
    others = _others(decision.category, [one for one, _ in left], by_value)
    chance = tuple(
        Evidence("column_check_chance", category, -0.5, {"hits": hits.proven, "n": hits.tried, "chance": round(100 * odds)})
        for category, hits, odds in refuted_by_chance(values)
        if category != decision.category and values.shape != "text"
    )
    return replace(decision, evidence=(*decision.evidence, *refuted, *chance), alternatives=others)


def _by_name_alone(by_name: Sequence[Named]) -> Decision:
    first = by_name[0]
    category, confidence = first.category, first.confidence * _EMPTY
    evidence = (*first.evidence, Evidence("column_empty", category, -0.1))
    if first.confidence < 0.5:
        category, confidence = UNRESOLVED, 0.5
    elif len(by_name) > 1 and by_name[1].confidence == first.confidence and _differ(by_name[1].category, category):
        confidence *= 0.8
    return Decision(category, confidence, evidence, alternatives=_others(category, by_name, ()))


def _differ(one: str, other: str) -> bool:
    return data_categories()[one].data_type != data_categories()[other].data_type


def _others(category: str, by_name: Sequence[Named], by_value: Sequence[Vote]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for one in (*by_name, *by_value):
        if one.category not in (category, UNRESOLVED):
            found[one.category] = max(found.get(one.category, 0.0), round(one.confidence * 0.5, 2))
    return tuple(sorted(found.items(), key=lambda item: -item[1]))[:4]


def _doubted(fits: Sequence[tuple[Named, str]]) -> str:
    """A special-care or My Number header that the values refute: never simply not personal."""
    for one, how in fits:
        if how == "refuted" and one.confidence >= 0.45 and _is_sensitive(one.category):
            return one.category
    return ""


def _is_sensitive(category: str) -> bool:
    return bool(data_categories()[category].special_care) or category in ("my_number", "restricted_item")


def _together(
    left: list[tuple[Named, str]], by_value: list[Vote], values: Values, around: Context, *, sensitive: str
) -> Decision:
    first, how = left[0] if left else (None, "refuted")
    best = by_value[0] if by_value else None
    if first is None or first.category == UNRESOLVED or first.confidence < 0.5:
        return _by_values(best, first, values, around, sensitive)
    agreeing = next((vote for vote in by_value if vote.category == first.category), None)
    if agreeing and agreeing.confidence >= 0.6:
        return _decision(first.category, _AGREED, (*first.evidence, agreeing.evidence), agreeing.hits)
    if first.category == NOT_PERSONAL:
        return _against_impersonal(first, best, values)
    if best and best.confidence >= 0.8:
        if first.category in NAMES and best.category in NAMES:
            return _among_names(first, best)
        if first.category in PLACES and best.category in PLACES:
            return _decision(first.category, 0.95, (*first.evidence, best.evidence), best.hits)
        if best.deterministic and first.confidence < 0.9 and first.category != FREE_TEXT:
            return _decision(best.category, 0.85, (best.evidence, *first.evidence), best.hits)
    hits = values.hits_of(first.category)
    if how == "confirmed":
        sure = _AGREED if first.confidence >= 0.9 else min(0.92, first.confidence + 0.2)
        return _decision(first.category, sure, (*first.evidence, _fitting(first.category, values, hits)), hits)
    return _decision(first.category, first.confidence, first.evidence, hits)


def _fitting(category: str, values: Values, hits: Hits) -> Evidence:
    if category == FREE_TEXT:
        return Evidence("column_shape_text", category, 0.3, {"n": values.n})
    counted = {"hits": hits.formed, "n": values.n, "share": round(100 * values.share(hits))}
    return Evidence("column_values_fit", category, 0.3, counted) if hits.formed else Evidence(
        "column_values_possible", category, 0.1, {"n": values.n}
    )


def _decision(category: str, sure: float, evidence: tuple[Evidence, ...], hits: Hits = NO_HITS) -> Decision:
    return Decision(category, round(sure, 3), evidence, hits)


def _among_names(first: Named, best: Vote) -> Decision:
    """A header says which part of whose name; the values say whose, and in which script."""
    category = first.category
    if best.category == "company_name" or category == "company_name":
        # Firms bear persons' names and lists mix both: only a header that is sure stands against its values.
        if first.confidence >= 0.9 and category == "company_name":
            return _decision(category, 0.85, (*first.evidence, best.evidence), best.hits)
        if best.category != category:
            return _decision(best.category, 0.75, (best.evidence, *first.evidence), best.hits)
    elif best.category.endswith("_kana") and category in _KANA:
        category = _KANA[category]
    elif best.category in _KANA and category in _KANJI:
        category = _KANJI[category]
    elif best.category == "name_romaji":
        category = "name_romaji" if category == "name" else category
    return _decision(category, _AGREED, (*first.evidence, best.evidence), best.hits)


def _against_impersonal(first: Named, best: Vote | None, values: Values) -> Decision:
    """A header that says it is no person's, against values that may say otherwise."""
    if best:
        needed = 0.8 if best.deterministic else 0.9 if first.confidence >= 0.9 else 0.8
        person = best.category in ("name", "name_kana", "name_romaji") or best.deterministic
        weak = first.confidence < 0.9 and best.category != "company_name"
        if best.confidence >= needed and (person or weak) and not (best.category == "url" and first.confidence >= 0.9):
            return _decision(best.category, best.confidence - 0.05, (best.evidence, *first.evidence), best.hits)
        if best.confidence >= 0.75 and _is_sensitive(best.category):
            return _decision(best.category, 0.6, (best.evidence, *first.evidence), best.hits)
    sure = min(0.97, first.confidence + (0.04 if values.shape in _IMPERSONAL else 0))
    return _decision(NOT_PERSONAL, sure, (*first.evidence, _shape(values, NOT_PERSONAL)))


def _shape(values: Values, says: str) -> Evidence:
    return Evidence(f"column_shape_{values.shape}", says, 0.2, {"n": values.n})


def _by_values(best: Vote | None, first: Named | None, values: Values, around: Context, sensitive: str) -> Decision:
    hinted = first.evidence if first else ()
    if best and best.confidence >= 0.6:
        return _decision(best.category, best.confidence, (best.evidence, *hinted), best.hits)
    if values.shape == "text":
        return _decision(FREE_TEXT, 0.85, (_shape(values, FREE_TEXT), *hinted))
    if sensitive or (best and best.confidence >= 0.35):
        doubt = (best.evidence,) if best else (Evidence("column_doubt", sensitive, 0.0),)
        return _decision(UNRESOLVED, 0.5, (*doubt, *hinted), best.hits if best else NO_HITS)
    if first and first.category not in (NOT_PERSONAL, UNRESOLVED) and _is_sensitive(first.category):
        return _decision(UNRESOLVED, 0.5, hinted)
    if values.shape in _IMPERSONAL and not (around.persons and values.shape == "words"):
        return _decision(NOT_PERSONAL, _IMPERSONAL[values.shape], (_shape(values, NOT_PERSONAL), *hinted))
    return _decision(UNRESOLVED, 0.5, (*hinted, Evidence("column_unknown", UNRESOLVED, 0.0)))
