"""Whose words and names stand in texts: the persons that they name, by what stands beside each (相手方の…, …弁護士)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from classifiers.lexicon import Hit
from classifiers.subjects.signals import person_lexicon
from classifiers.tags import Evidence, Mention
from classifiers.texts import Mode, mentions
from classifiers.vocabulary import data_categories, subjects

_BEFORE, _AFTER, _FIRM = 14, 8, 24
"""How far from a name a word is a word on that person, and how far before it a company is that person's."""
_ROLE, _BESIDE_FIRM = 3.0, 2.0
_BREAK = re.compile(r"[。！？!?、，,\n]")
_KEEPER = "担当"


def of_mentions(texts: Sequence[str], mode: Mode = "standard") -> list[Evidence]:
    """What the persons say whom texts name: by the word beside a name, or the company before it.

    A person whom a word makes the keeper of the record (担当, 記録者) says nothing of whose it is.
    """
    told: list[tuple[str, str]] = []
    for text, found in zip(texts, mentions(texts, mode=mode), strict=True):
        told += [role for mention in found if _is_person(mention) and (role := _role(text, mention, found)) is not None]
    counted = Counter(role for role in told if role[0])
    return [
        Evidence(
            "subject_mention" if word else "subject_mention_firm",
            subject,
            round((_ROLE if word else _BESIDE_FIRM) * n / len(told), 2),
            {"word": word or subjects()[subject].ja, "n": n, "of": len(told)},
        )
        for (subject, word), n in counted.items()
    ]


def _role(text: str, person: Mention, found: Sequence[Mention]) -> tuple[str, str] | None:
    """The subject that a named person is and the word that says so ('' a company); None for who keeps the record."""
    before = _BREAK.split(text[max(0, person.start - _BEFORE) : person.start])[-1]
    after = _BREAK.split(text[person.end : person.end + _AFTER])[0]
    near = [*reversed(person_lexicon().find(before)), *person_lexicon().find(after)]
    if _KEEPER in before or any(hit.row == "none" for hit in near):
        return None
    if roles := [hit for hit in near if _tells(hit)]:
        return roles[0].row, roles[0].word
    firms = (one for one in found if one.data_category == "company_name" and one.end <= person.start)
    if any(person.start - firm.end <= _FIRM and not _BREAK.search(text[firm.end : person.start]) for firm in firms):
        return "business_partner", ""
    return "", ""


def _tells(hit: Hit) -> bool:
    return hit.strength == "strong" and hit.word in _kinds_of_persons()


@cache
def _kinds_of_persons() -> frozenset[str]:
    """Words that stand for a person, not for what a table is about: values of kind columns."""
    return frozenset(word for row in subjects().values() for word in (*row.values, *row.states, *row.names.strong))


def _is_person(mention: Mention) -> bool:
    row = data_categories().get(mention.data_category)
    return row is not None and row.data_type == "person_name"
