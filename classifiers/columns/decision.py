"""Names and values together: one data category for a column, how sure, why, and what else it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifiers.columns.conflicts import (
    AGREED,
    IMPERSONAL,
    Decision,
    against,
    against_impersonal,
    among_names,
    decision,
    is_plain,
    is_sensitive,
    shaped,
    unless_grave,
    unlike_names,
)
from classifiers.columns.context import Context
from classifiers.columns.fits import CERTAIN, NAMES, PLACES, Fit, how_they_fit
from classifiers.columns.name_votes import ATTRIBUTES, SUPPORTED
from classifiers.columns.named import Named
from classifiers.columns.names_alone import by_names_alone, other_categories
from classifiers.columns.number_votes import MOST_DIGITS
from classifiers.columns.openness import (
    are_numbers_of_somebody,
    look_given,
    may_be_numbers,
    may_be_theirs,
    may_tell,
)
from classifiers.columns.reassigned import DOUBTED, of_an_actor, on_a_card
from classifiers.columns.telling import telling
from classifiers.columns.value_votes import refuted_by_chance, votes
from classifiers.columns.values import ALIKE, NO_HITS, Hits, Values
from classifiers.columns.vote import Vote, in_words, is_list
from classifiers.headers.licences import REGISTRATION
from classifiers.tags import FREE_TEXT, NOT_PERSONAL, UNRESOLVED, Evidence

_NOTE = 15
"""Mean length from which a value is more than a name."""
_LONG_NOTE, _SEVERAL = 60, 5
"""Mean length and number of values between which all notes being one thing says that they are no notes."""
_EACH = 0.95
"""Distinct values to each row from which the first column of a table of persons is their number."""
_NUMBERED = frozenset({NOT_PERSONAL, "account_id", "insured_number"})
_WORDED_OTHERWISE = NAMES | {"department", "job_title", "occupation", "education"}
"""What a header may take for another where the cells' words say what they are: 最終所属 over 営業部."""
_NUMBERED_PERSONS = frozenset({
    "name", "professional_registration_number", "insured_number", "insurer_number", "account_id", "employee_number",
    "employment_insurance_number", "pension_number", "drivers_licence", "passport", "residence_card", "bank_account",
    "credit_card", "corporate_number", "invoice_number",
})  # fmt: skip
"""Of whom a number may stand where the header promises something else of theirs (担当者 over E15481), or a number in a
form of its own."""
_ELSEWHERE = frozenset({"company_name", "building", "device_id", "department", "credit_card", "phone"})
"""What a header may mean though its values are none: a shop by its site, a room by its tree."""
_HOLDERS = frozenset({"name", "name_kana", "surname", "bank_account_holder"})
_TOLD = frozenset({"work_history", "education", "occupation", "job_title", "family", "personal_other"})
"""What somebody writes about at length: the text holds more than its header says."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What keeps a column from being simply nobody's."""

    sensitive: str
    """A special-care or My Number category that its header speaks of and its values refute."""
    unnamed: bool
    """Nothing is said of it at all."""
    refuted: bool
    """Its header speaks of something of a person's that its values are not."""
    elsewhere: bool
    """Its header speaks of something that says nothing of anybody's health, whatever its values are."""


def decide(
    by_name: Sequence[Named],
    values: Values,
    around: Context,
    rows: int,
    *,
    part: Vote | None = None,
    has_name: bool = False,
    leads: bool = False,
) -> Decision:
    """The data category of a column: by its names (`by_name`, surest first), its values and its surroundings.

    `rows` were read of it; without a value among them the names decide alone. `part`: what the columns beside it make
    of it. `has_name`: the column is called something, known or not. `leads`: it is the table's first.
    """
    if not values.n:
        return by_names_alone(by_name, rows, around)
    by_value = [one for one in votes(values, around) if not is_list(one) or any(map(_is_of_names, by_name))]
    if has_name and all(one.category != REGISTRATION for one in by_name):
        # Fees, receipts and cases have numbers as long as a lawyer's registration.
        by_value = [one for one in by_value if one.evidence.code != "column_values_registered"]
    if around.counted or any(one.is_of_no_person for one in by_name):
        by_value = [one for one in by_value if one.deterministic and one.category not in ATTRIBUTES]
    if part:
        by_value = sorted([part, *by_value], key=lambda one: -one.confidence)
    fits = how_they_fit(by_name, by_value, values, around)
    refuted = tuple(
        Evidence("column_values_refute", one.category, -0.5, {"n": values.n}) for one, how in fits if how == "refuted"
    )
    left = [(one, how) for one, how in fits if how != "refuted"]
    by_value = telling(by_value, fits, values, has_name=has_name)
    refuted_categories = {one.category for one, how in fits if how == "refuted"}
    doubt = _Doubt(
        sensitive=_doubted(fits, values),
        unnamed=not has_name and not left,
        refuted=bool(refuted_categories & _NUMBERED_PERSONS),
        elsewhere=bool(refuted_categories & _ELSEWHERE),
    )
    decided = on_a_card(fits, values) or of_an_actor(fits, values) or _together(left, by_value, values, around, doubt)
    if leads and around.noun == "person" and values.alone >= _EACH and _is_open_key(decided):
        first = Evidence("column_key_first", "account_id", 0.3, {"n": values.n})
        decided = decision("account_id", 0.7, (first, *decided.evidence[1:]))
    if decided.category == NOT_PERSONAL and (around.persons or around.keyed):
        decided = unless_grave(decided, by_value)
    others = other_categories(decided.category, [one for one, _ in left], by_value)
    chance = tuple(
        Evidence(
            "column_check_chance", category, -0.5, {"hits": hits.proven, "n": hits.tried, "chance": round(100 * odds)}
        )
        for category, hits, odds in refuted_by_chance(values)
        if decided.category in (NOT_PERSONAL, UNRESOLVED)
    )
    return replace(decided, evidence=(*decided.evidence, *refuted, *chance), alternatives=others)


def _is_open_key(decided: Decision) -> bool:
    return decided.evidence[0].code == "column_key_open"


def _is_of_names(one: Named) -> bool:
    return one.category in NAMES


def _doubted(fits: Sequence[tuple[Named, Fit]], values: Values) -> str:
    """A special-care or My Number header that the values refute: never simply not personal."""
    for one, how in fits:
        if how == "refuted" and one.category == "my_number" and _is_state(values):
            # マイナンバー提出, 済 or 未: whether it came in, in words.
            continue
        if how == "refuted" and one.confidence >= 0.45 and is_sensitive(one.category):
            return one.category
        if how == "refuted" and one.category == "password" and one.confidence >= SUPPORTED:
            return one.category
    return ""


def _is_state(values: Values) -> bool:
    """Whether a handful of words without a digit comes again and again: 済, 未, 拒否."""
    return values.few and not any(character.isdigit() for value in values.folded for character in value)


def _together(
    left: Sequence[tuple[Named, Fit]], by_value: Sequence[Vote], values: Values, around: Context, doubt: _Doubt
) -> Decision:
    best = by_value[0] if by_value else None
    if not left:
        return _by_values(best, None, values, around, doubt)
    first, how = left[0]
    if first.category == UNRESOLVED or first.confidence < 0.5:
        return _by_values(best, first, values, around, doubt)
    agreeing = next((vote for vote in by_value if vote.category == ALIKE.get(first.category, first.category)), None)
    if agreeing and agreeing.confidence >= 0.6:
        return decision(first.category, AGREED, (*first.evidence, agreeing.evidence), agreeing.hits)
    if _may_be_an_account(first, around) and best and best.category == "bank_account":
        # 受取人番号 beside a bank's name, seven digits each: the account's number, whatever it is called.
        return decision(best.category, 0.8, (best.evidence, *first.evidence), best.hits)
    if first.is_key and are_numbers_of_somebody(values):
        made = Evidence("column_key_made", "account_id", 0.3, {"n": values.n})
        return decision("account_id", 0.75, (made, *against(first)))
    if first.category == NOT_PERSONAL:
        decided = against_impersonal(first, best, values)
        if decided.category == NOT_PERSONAL and may_be_theirs(first, values, around):
            made = Evidence("column_key_open", UNRESOLVED, 0.2, {"n": values.n})
            return decision(UNRESOLVED, 0.5, (made, *against(first)))
        return decided
    if first.category == "bank_account" and best and best.category in _HOLDERS:
        return decision("bank_account_holder", 0.85, (best.evidence, *first.evidence), best.hits)
    if first.category in NAMES and (other := unlike_names(left, values, around)):
        return other
    unsure = first.confidence <= DOUBTED and first.category != FREE_TEXT
    if values.shape == "text" and (unsure or first.category in _TOLD):
        return decision(FREE_TEXT, 0.85, (shaped(values, FREE_TEXT), *first.evidence))
    if first.category == FREE_TEXT and best and _is_all(best, values):
        return decision(best.category, best.confidence, (best.evidence, *first.evidence), best.hits)
    if how == "possible" and first.confidence < DOUBTED and first.category in PLACES:
        return _by_values(best, None, values, around, doubt)
    if best and best.confidence >= 0.8:
        if first.category in NAMES and best.category in NAMES:
            return among_names(first, best, values)
        if first.category in PLACES and best.category in PLACES:
            return decision(first.category, 0.95, (*first.evidence, best.evidence), best.hits)
        if best.deterministic and first.confidence < 0.9 and first.category != FREE_TEXT:
            return decision(best.category, 0.85, (best.evidence, *first.evidence), best.hits)
    if best and how != "confirmed" and is_plain(best, first):
        return decision(best.category, 0.8, (best.evidence, *first.evidence), best.hits)
    worded = best and in_words(best) and (first.category, best.category) != ("company_name", "education")
    if best and worded and first.confidence < CERTAIN and first.category in _WORDED_OTHERWISE:
        return decision(best.category, best.confidence, (best.evidence, *first.evidence), best.hits)
    hits = values.hits_of(first.category)
    if values.shape == "hidden":
        return decision(first.category, min(0.8, first.confidence), (*first.evidence, shaped(values, first.category)))
    if how == "confirmed":
        sure = AGREED if first.confidence >= 0.9 else min(0.92, first.confidence + 0.2)
        return decision(first.category, sure, (*first.evidence, _fitting(first.category, values, hits)), hits)
    return decision(first.category, first.confidence, first.evidence, hits)


def _may_be_an_account(first: Named, around: Context) -> bool:
    """Whether a number beside a bank may be the account's: no other column is, and no word calls it a member's."""
    if first.category not in _NUMBERED or "bank_account" in around.certain:
        return False
    return first.category != "account_id" or first.confidence < CERTAIN or first.is_composed


def _is_all(best: Vote, values: Values) -> bool:
    """Whether cells under a word for notes hold one thing and nothing beside it: a phone number, a name."""
    if values.shape == "text" or best.confidence < 0.9 or sum(map(len, values.folded)) >= _LONG_NOTE * values.n:
        return False
    return best.hits.rows >= 0.9 and best.hits.formed >= _SEVERAL


def _fitting(category: str, values: Values, hits: Hits) -> Evidence:
    if category == FREE_TEXT:
        return Evidence("column_shape_text", category, 0.3, {"n": values.n})
    counted = {"hits": hits.formed, "n": values.n, "share": round(100 * values.share(hits))}
    return (
        Evidence("column_values_fit", category, 0.3, counted)
        if hits.formed
        else Evidence("column_values_possible", category, 0.1, {"n": values.n})
    )


def _by_values(best: Vote | None, first: Named | None, values: Values, around: Context, doubt: _Doubt) -> Decision:
    hinted = first.evidence if first else ()
    if first and first.category == FREE_TEXT and _is_wordy(best, values, around):
        return decision(FREE_TEXT, 0.55, (*hinted, shaped(values, FREE_TEXT)))
    if best and best.confidence >= 0.6:
        return decision(best.category, best.confidence, (best.evidence, *hinted), best.hits)
    if values.shape == "text":
        return decision(FREE_TEXT, 0.85, (shaped(values, FREE_TEXT), *hinted))
    if best and _are_choices(best, first, values):
        best = None
    if doubt.sensitive or (best and best.confidence >= 0.35):
        why = (best.evidence,) if best else (Evidence("column_doubt", doubt.sensitive, 0.0),)
        return decision(UNRESOLVED, 0.5, (*why, *hinted), best.hits if best else NO_HITS)
    if first and first.category not in (NOT_PERSONAL, UNRESOLVED) and is_sensitive(first.category):
        return decision(UNRESOLVED, 0.5, hinted)
    if first and first.category == UNRESOLVED and around.special:
        return decision(UNRESOLVED, 0.5, hinted)
    numbered = doubt.refuted or (doubt.unnamed and values.sizes[1] <= MOST_DIGITS)
    owned = around.persons or (doubt.refuted and around.companies)
    if (owned and numbered and look_given(values)) or (first and may_be_numbers(first, values, around)):
        return decision(UNRESOLVED, 0.5, (Evidence("column_key_open", UNRESOLVED, 0.2, {"n": values.n}), *hinted))
    may_be_told = around.persons and not doubt.elsewhere and may_tell(values, around, unnamed=doubt.unnamed)
    if values.shape in IMPERSONAL and not may_be_told:
        return decision(NOT_PERSONAL, IMPERSONAL[values.shape], (shaped(values, NOT_PERSONAL), *hinted))
    if values.shape == "hidden":
        return decision(UNRESOLVED, 0.5, (*hinted, shaped(values, UNRESOLVED)))
    beside = around.persons and (around.special or around.examined)
    return decision(
        UNRESOLVED, 0.5, (*hinted, Evidence("column_special_open" if beside else "column_unknown", UNRESOLVED, 0.0))
    )


def _are_choices(best: Vote, first: Named | None, values: Values) -> bool:
    """Whether what now and then looks like names (宮城, 本店, 松) is a handful of choices under no word for names."""
    return best.category in NAMES and values.shape == "choice" and not (first and first.category in NAMES)


def _is_wordy(best: Vote | None, values: Values, around: Context) -> bool:
    """Whether values under a word for notes are notes: too long for the names that open them, or nothing else."""
    if values.shape not in ("words", "text") or (best and best.deterministic):
        return False
    return sum(map(len, values.folded)) >= _NOTE * values.n if best else around.persons
