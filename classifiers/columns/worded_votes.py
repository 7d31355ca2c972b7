"""What columns of closed vocabularies say beside a person's: posts, departments, kinship, banks, by their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from classifiers.columns.context import Context
from classifiers.columns.values import Hits, Values
from classifiers.columns.vote import LONE, Vote, vote

_MOST = 0.7
"""Share of the rows that must hold a word of the category."""
_SENSITIVE = (
    "race", "creed", "medical_history", "health_check", "medical_care", "disability", "criminal_record", "crime_victim",
    "juvenile_case",
)  # fmt: skip
_OF_PERSONS = (
    "job_title", "department", "occupation", "family", "education", "nationality", "work_history", "personal_other",
    *_SENSITIVE,
)  # fmt: skip
_SPOKEN = 0.5
"""Share of the rows that must hold a word somewhere."""
_HINT = 0.15
"""Share of the rows that must hold a word of special care for a column to be doubtful."""
_FEWEST = 2
_TREATED = ("medical_history", "medical_care", "health_check")
_CERTAIN_ENDS = {"bank_name": 0.94, "company_name": 0.85, "bank_account_holder": 0.85}


def worded(values: Values, around: Context) -> Iterator[Vote]:
    """The categories whose words most rows hold; attributes of persons only where persons are."""
    if values.shape not in ("choice", "words", "code"):
        return
    for category, sure in _CERTAIN_ENDS.items():
        hits = values.worded(category)
        if hits.rows >= _MOST:
            yield _vote(values, category, sure, hits)
    if around.bank:
        hits = values.worded("bank_branch")
        if hits.rows >= _MOST:
            yield _vote(values, "bank_name", 0.8, hits)
    if around.persons or around.contact:
        # 内科 beside a licence is what a doctor practises, not where somebody is treated.
        told = [one for one in _OF_PERSONS if not (around.qualified and one in _TREATED)]
        found = {category: values.worded(category) for category in told}
        best = max(found, key=lambda category: found[category].rows)
        if found[best].rows >= _MOST:
            yield _vote(values, best, 0.75, found[best])
        elif values.shape != "code":
            yield from _spoken(values, around)
            yield from _in_sum(values, {one: hits for one, hits in found.items() if one in _SENSITIVE})


def _spoken(values: Values, around: Context) -> Iterator[Vote]:
    """What cells speak of in words of their own (左膝の打撲, 万引き 現行犯), where none is a word of a list."""
    told = {one: values.spoken_of(one) for one in _SENSITIVE if not (around.qualified and one in _TREATED)}
    best = max(told, key=lambda category: told[category].rows)
    if told[best].rows >= _SPOKEN and told[best].formed > 1:
        yield vote(values, best, 0.65, told[best], "column_values_words", deterministic=False)


def _in_sum(values: Values, told: Mapping[str, Hits]) -> Iterator[Vote]:
    """What words of several kinds of special care say together: autism, epilepsy and Crohn's are diagnoses.

    Where fewer rows speak of it, the vote is too weak for more than a doubt.
    """
    best = max(told, key=lambda category: told[category].rows, default="")
    if not best or sum(hits.formed for hits in told.values()) < _FEWEST:
        return
    spoken = sum(hits.rows for hits in told.values())
    if spoken >= _HINT:
        sure = 0.65 if spoken >= _MOST else 0.4
        yield vote(values, best, sure, told[best], "column_values_words", deterministic=False)


def _vote(values: Values, category: str, sure: float, hits: Hits) -> Vote:
    return vote(values, category, sure if hits.formed > 1 else LONE, hits, "column_values_words", deterministic=False)
