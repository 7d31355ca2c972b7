"""利用目的 of a policy: vague, catch-all, by reference, for nobody, or named elsewhere in the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from classifiers.vocabulary import subjects, uses
from expectations.drafting.persons import subjects_in
from expectations.drafting.use_words import uses_in
from expectations.drafting.words import compiled, folded
from expectations.linting import Check, Finding, finding, rows
from expectations.policy import Policy, Purpose

_BOUNDED = compiled(
    [r"付随|附帯|付帯|関連|準ずる|準じ|類する", r"associated|related|relating|incidental|ancillary|connected|similar"]
)
_LETTERS = compiled([r"(?:from )?\b([a-z])\b ?(?:to|through|-|~|から) ?\b([a-z])\b"])
_COMMON = ("employee", "shareholder", "visitor", "site_visitor", "opponent", "emergency_contact")
"""Kinds of persons whose data most companies hold."""
_NAMES_USES = ("shared_use.purpose", "cookies", "analysis", "foreign_transfer")
"""Statements that may name a use beside the purposes."""


def vague(policy: Policy, _today: date) -> Iterator[Finding]:
    """Words that specify little, of every purpose."""
    for purpose in policy.purposes:
        yield from vague_words(purpose)


def vague_words(purpose: Purpose) -> Iterator[Finding]:
    """Words of one purpose that specify little; a graver word of a sentence leaves out the lighter ones."""
    if purpose.type == "by_reference":
        return
    text = folded(purpose.quote)
    for row in rows("vague"):
        wide = purpose.type == "catch_all" and row["severity"] == "error"
        if wide or not compiled(row["says"]).search(text) or compiled(row.get("unless", ())).search(text):
            continue
        words = {key: row[key] for key in ("ja", "en", "instead_ja", "instead_en")}
        yield Finding(
            "vague", row["severity"], "17(1)", purpose.id, purpose.clause, purpose.quote, **words, note="R-14"
        )
        if row["severity"] == "error":
            break


def catch_alls(policy: Policy, _today: date) -> Iterator[Finding]:
    """Catch-alls: bounded by the listed purposes, or not; and those that reach one another."""
    for purpose in policy.purposes:
        place = (purpose.id, purpose.clause, purpose.quote)
        if purpose.type == "catch_all":
            yield finding("catch_all" if _BOUNDED.search(folded(purpose.quote)) else "catch_all_wide", *place)
            if any(policy.purpose(parent).type != "direct" for parent in purpose.parents):
                yield finding("chained", *place)
            yield from _range(policy, purpose)
        elif purpose.type == "by_reference":
            yield finding("by_reference", *place)
        if purpose.parents_required:
            yield finding("above_purposes", *place)


def _range(policy: Policy, purpose: Purpose) -> Iterator[Finding]:
    found = _LETTERS.search(folded(purpose.quote))
    if not found:
        return
    place = (purpose.id, purpose.clause, purpose.quote)
    if re.search(r"[0-9０-９①-⑳]\)?$", purpose.clause):
        yield finding("letters", *place)
    before = [row for row in policy.purposes_of(purpose.category) if row.ordinal < purpose.ordinal]
    if ord(found[2]) - 96 != len(before) or found[1] != "a":
        yield finding("range", *place)


def persons(policy: Policy, _today: date) -> Iterator[Finding]:
    """Kinds of persons that share a category, have none, or are not meant by a sentence that is meant for all."""
    taken = {subject for row in policy.categories for subject in row.subjects}
    for row in policy.categories:
        taken |= {subject for sub in row.sub_categories for subject in sub.subjects}
        if len(row.sub_categories) > 1 or len(row.subjects) > 1:
            yield finding("mixed", row.id, row.clause, row.quote)
        if not policy.purposes_of(row.id):
            yield finding("no_purpose", row.id, row.clause, row.quote)
        if re.search(r"sub-?contracted", folded(row.quote)):
            yield finding("subcontracted", row.id, row.clause, row.quote)
    missing = [subjects()[one] for one in _COMMON if one not in taken]
    if missing:
        names = {"ja": "、".join(row.ja for row in missing), "en": ", ".join(row.en for row in missing)}
        yield finding("no_category", "categories", **names)
    if len(policy.categories) > 1:
        for where, clause, quote in _for_all(policy):
            named = subjects_in(quote)
            if named and len(named) < len(policy.categories):
                yield finding("lead", where, clause, quote)


def _for_all(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Sentences that are meant for the persons of every category."""
    yield "policy", "", policy.quote
    for ground in policy.third_parties.grounds:
        if ground.needs in ("consent", "vital_interest"):
            yield ground.id, ground.clause, ground.quote


def unlisted(policy: Policy, _today: date) -> Iterator[Finding]:
    """Uses that the text names, for which no category has a purpose."""
    listed = {use for purpose in policy.purposes for use in (*purpose.covers, *purpose.may_cover)}
    for row in policy.stated:
        if row.topic not in _NAMES_USES or any(purpose.quote == row.quote for purpose in policy.purposes):
            continue
        lacking = [uses()[use] for use in uses_in(row.quote)[0] if use not in listed]
        if lacking:
            names = {"ja": "、".join(use.ja for use in lacking), "en": ", ".join(use.en for use in lacking)}
            yield finding("unlisted_use", row.topic, row.clause, row.quote, **names)


def words(policy: Policy, _today: date) -> Iterator[Finding]:
    """Words that may be read in two ways."""
    for purpose in policy.purposes:
        if re.search(r"information confirmation|(?<!本人)(?<!登録)情報(等)?の確認", folded(purpose.quote)):
            yield finding("confirmation", purpose.id, purpose.clause, purpose.quote)


CHECKS: tuple[Check, ...] = (vague, catch_alls, persons, unlisted, words)
