"""Which kinds of persons a sentence of a policy speaks of, and the category a heading makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from expectations.drafting.words import Pattern, compiled, folded, rows, turns

ENTRUSTED = "entrusted"
"""Beside the subjects of the classifiers: data that was entrusted, whoever it is about."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A kind of person, and where a text speaks of it."""

    subject: str
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[str, Pattern], ...]:
    return tuple((row["subject"], compiled(row["says"])) for row in rows("persons"))


def spoken(text: str) -> list[Spoken]:
    """The kinds of persons a text speaks of, in its order, none inside another's words.

    >>> [one.subject for one in spoken("取引先の従業員の方および採用応募者")]
    ['business_partner', 'applicant']
    """
    read = folded(text)
    found = [Spoken(subject, *hit.span()) for subject, pattern in _patterns() for hit in pattern.finditer(read)]
    kept: list[Spoken] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def subjects_in(text: str) -> tuple[str, ...]:
    """The kinds of persons a text speaks of, each once; where data was entrusted, that alone."""
    named = [
        subject for one in spoken(text) for subject in (*_with(folded(text)[one.start : one.end], one), one.subject)
    ]
    found = tuple(dict.fromkeys(named))
    return (ENTRUSTED,) if ENTRUSTED in found else found


def _with(words: str, one: Spoken) -> tuple[str, ...]:
    """Whom the words name beside that kind: 「従業員とその家族」 names both, 「従業員の家族」 does not."""
    other = next((row.get("with") for row in rows("persons") if row["subject"] == one.subject), None)
    return (other,) if other and re.search(r"と|・|および|及び|\band\b", words) else ()


def names_persons(heading: str) -> bool:
    """Whether a heading is of persons and not of a purpose: 「お客様の個人情報」, not 「お客様へのご案内」.

    >>> names_persons("採用応募者の個人情報"), names_persons("お客様へのサービスのご案内のため")
    (True, False)
    """
    text = folded(heading)
    found = spoken(text)
    if not found:
        return False
    if turns()["of_persons"].search(text):
        return not re.search(r"(ため|為に|目的で)", text) or bool(re.search("(個人情報|個人データ)", text))
    if turns()["for_a_use"].search(text):
        return False
    named = sum(one.end - one.start for one in found)
    return named >= 0.4 * len(re.sub(r"[\s()()、・,及びおよびとの様等]", "", text))


def id_of(subjects: Sequence[str], taken: Sequence[str]) -> str:
    """A category's id: that of its persons, or one for each of them; a number behind it where that is taken."""
    known = {row["subject"]: row["id"] for row in rows("persons")}
    made = "_".join(known[subject] for subject in subjects[:2]) or "persons"
    return made if made not in taken else next(f"{made}_{n}" for n in range(2, 100) if f"{made}_{n}" not in taken)


def label_of(subjects: Sequence[str]) -> tuple[str, str]:
    """Japanese and English words for some kinds of persons."""
    known = {row["subject"]: row for row in rows("persons")}
    found = [known[subject] for subject in subjects if subject in known]
    return "、".join(row["ja"] for row in found), ", ".join(row["en"] for row in found)
