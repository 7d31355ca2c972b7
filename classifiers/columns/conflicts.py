"""Where a header and its values say different things: which of them to believe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.columns.context import Context
from classifiers.columns.fits import NAMES, PLACES, Fit
from classifiers.columns.named import Named
from classifiers.columns.owners import UNOWNED
from classifiers.columns.values import NO_HITS, Hits, Values
from classifiers.columns.vote import Vote, in_words, is_keys, is_login
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, Evidence
from classifiers.vocabulary import data_categories

AGREED = 0.98
IMPERSONAL = {"flag": 0.85, "number": 0.75, "date": 0.75, "time": 0.85, "code": 0.7, "choice": 0.6, "words": 0.55}
_KANA = {"name": "name_kana", "surname": "surname_kana", "given_name": "given_name_kana", "former_name": "name_kana"}
_KANJI = {"name_kana": "name", "surname_kana": "surname", "given_name_kana": "given_name"}
_FIRMS = 0.9
"""How sure values are that nearly all are firms: a header that is not sure of a thing gives way."""
_HINTED, _SPOKEN = 0.35, 0.6
"""How sure values are that only hint at special care, and those that speak of it."""
_CERTAIN, _SEVERAL = 0.9, 5
"""How sure values are, and how many of them, that show what they are whatever they are called."""
_ENOUGH, _NAMED = 8, 0.25
"""Values from which, and a share of them up to which, no name among them says that there are none."""
_BORN = 0.65
"""How sure days are of births that a header does not tell."""
# 第51-55号 is as much a number of a document as of a house.
_PARTS_OF_ADDRESS = frozenset({"street", "building"})
_PERSONS = NAMES - {"company_name"}
_TOLD = frozenset({"nationality", "education", "department"})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column was found to be."""

    category: str
    confidence: float
    evidence: tuple[Evidence, ...]
    hits: Hits = NO_HITS
    alternatives: tuple[tuple[str, float], ...] = ()


def decision(category: str, sure: float, evidence: tuple[Evidence, ...], hits: Hits = NO_HITS) -> Decision:
    return Decision(category, round(sure, 3), evidence, hits)


def shaped(values: Values, says: str) -> Evidence:
    return Evidence(f"column_shape_{values.shape}", says, 0.2, {"n": values.n})


def is_sensitive(category: str) -> bool:
    return bool(data_categories()[category].special_care) or category in ("my_number", "restricted_item")


def unlike_names(left: Sequence[tuple[Named, Fit]], values: Values, around: Context) -> Decision | None:
    """A header of names over values that are none: handles that people chose, or firms in kana; None where neither."""
    first, how = left[0]
    if how == "confirmed" or first.confidence >= 0.9 or _look_named(values):
        return None
    if first.category in _PERSONS and values.few and values.shape == "choice" and not any(values.names.values()):
        return decision(NOT_PERSONAL, 0.6, (shaped(values, NOT_PERSONAL), *first.evidence))
    if values.n < _ENOUGH:
        return None
    chosen = next((one for one, _ in left if one.category == "nickname"), None)
    if first.category == "name" and chosen:
        return decision("nickname", 0.75, chosen.evidence)
    if first.category == "name" and not around.persons and not any(values.names.values()):
        return decision(UNRESOLVED, 0.5, first.evidence)
    if first.category == "name_kana" and around.companies:
        return decision("company_name", 0.75, (*first.evidence, Evidence("column_firm", "company_name", 0.2)))
    return None


def _look_named(values: Values) -> bool:
    return max((values.share(hits) for hits in values.names.values()), default=0.0) >= _NAMED


def among_names(first: Named, best: Vote, values: Values) -> Decision:
    """A header says which part of whose name; the values say whose, and in which script."""
    category = first.category
    if category == "nickname" and first.confidence < 0.9 and best.category == "name":
        return decision(best.category, 0.8, (best.evidence, *first.evidence), best.hits)
    persons = sum(hits.formed for kind, hits in values.names.items() if kind != "company_name")
    if best.category == "company_name" and category in _PERSONS and first.confidence >= 0.9 and persons >= 2:
        return decision(category, 0.8, (*first.evidence, best.evidence), best.hits)
    if best.category == "bank_account_holder" and category in _PERSONS:
        # As transfers write a firm: whoever the header calls them by, they hold an account.
        return decision(best.category, 0.85, (best.evidence, *first.evidence), best.hits)
    if best.category == "company_name" or category == "company_name":
        # Firms bear persons' names and lists mix both: only a header that is sure stands against its values.
        if first.confidence >= 0.9 and category == "company_name":
            return decision(category, 0.85, (*first.evidence, best.evidence), best.hits)
        if best.category != category:
            return decision(best.category, 0.75, (best.evidence, *first.evidence), best.hits)
    elif best.category.endswith("_kana") and category in _KANA:
        category = _KANA[category]
    elif best.category in _KANA and category in _KANJI:
        category = _KANJI[category]
    elif best.category == "name_romaji":
        category = "name_romaji" if category == "name" else category
    return decision(category, AGREED, (*first.evidence, best.evidence), best.hits)


def against(first: Named) -> tuple[Evidence, ...]:
    """The evidence of a header that its values overrule, less what they disprove."""
    return tuple(one for one in first.evidence if one.code != "column_key")


def _is_told(best: Vote) -> bool:
    """Whether cells tell by themselves what they are, under any header: 韓国, …大学卒, 株式会社…."""
    return (in_words(best) and best.category in _TOLD) or (best.category == "company_name" and best.hits.rows >= 0.9)


def against_impersonal(first: Named, best: Vote | None, values: Values) -> Decision:
    """A header that says it is no person's, against values that may say otherwise."""
    if best and best.category == "birth_date" and best.confidence >= _BORN and first.is_a_day:
        return decision(best.category, best.confidence, (best.evidence, *against(first)), best.hits)
    if best and best.category not in _PARTS_OF_ADDRESS and not (is_keys(best) and first.confidence > UNOWNED):
        weak = first.confidence < 0.9 and (best.category != "company_name" or best.confidence >= _FIRMS)
        needed = 0.6 if weak else 0.8 if best.deterministic or is_login(best) else 0.9
        # 東海, 関東 and 九州 are surnames too: a handful of choices stands against no header that is sure.
        chosen = values.few and first.confidence >= 0.9
        named = best.category in ("name", "name_kana", "name_romaji") and not chosen
        theirs = weak or named or best.deterministic or is_login(best)
        if best.confidence >= needed and theirs and not (best.category == "url" and first.confidence >= 0.9):
            return decision(best.category, best.confidence - 0.05, (best.evidence, *against(first)), best.hits)
        if best.confidence >= 0.75 and (is_sensitive(best.category) or _is_told(best)):
            return decision(best.category, 0.6, (best.evidence, *first.evidence), best.hits)
    sure = min(0.97, first.confidence + (0.04 if values.shape in IMPERSONAL else 0))
    return decision(NOT_PERSONAL, sure, (*first.evidence, shaped(values, NOT_PERSONAL)))


def unless_grave(decided: Decision, by_value: Sequence[Vote]) -> Decision:
    """Not personal, unless values speak of special care: 起訴, 勾留中 under `stage` are nobody's progress bar."""
    grave = next((one for one in by_value if one.confidence >= _HINTED and is_sensitive(one.category)), None)
    if not grave:
        return decided
    category, sure = (grave.category, grave.confidence) if grave.confidence >= _SPOKEN else (UNRESOLVED, 0.5)
    return decision(category, sure, (grave.evidence, *decided.evidence), grave.hits)


def is_plain(best: Vote, first: Named) -> bool:
    """Whether values show what they are, under a header of something near: doctors' names under a word of care."""
    if best.confidence < _CERTAIN or best.hits.formed < _SEVERAL:
        return False
    if first.category in PLACES:
        return best.category in ("ip_address", "mac_address", "email", "url", "name")
    kind = data_categories()[first.category].data_type
    return (
        kind == "other_personal"
        and first.category != "nickname"
        and best.category in ("name", "address", "phone", "email")
    )
