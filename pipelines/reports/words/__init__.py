"""The reports' words: what an id of the register is called in Japanese and in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from classifiers.vocabulary import DataCategory, Subject, Use, data_categories, subjects, uses
from expectations.verdicts import LABELS

if TYPE_CHECKING:
    from expectations.policy import Policy
    from expectations.published import Quoted

Pair = Mapping[str, str]
"""The same in both languages: `ja` and `en`."""

_COMMON = re.compile("に関する個人情報|（[^）]*）")

FINDINGS = ("violation", "entrusted_scope", "gap")
"""Verdicts that somebody has to act on, the gravest first."""


def words(list_name: str) -> Mapping[str, Pair]:
    """One list of `words.yml`: id → words, in the order of display."""
    return _lists()[list_name]


@cache
def _lists() -> Mapping[str, Mapping[str, Pair]]:
    text = files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    lists: Mapping[str, Mapping[str, Pair]] = yaml.safe_load(text)
    return lists


@cache
def verdicts() -> Mapping[str, Pair]:
    """Verdict → its words, the gravest first."""
    return {id: {"ja": LABELS[id][0], "en": LABELS[id][1]} for id in words("mark")}


@cache
def vocabulary(list_name: str) -> Mapping[str, Pair]:
    """`data_category`, `subject` or `use`: id → words, as the classifiers' vocabulary has them."""
    lists: Mapping[str, Callable[[], Mapping[str, DataCategory | Subject | Use]]] = {
        "data_category": data_categories,
        "subject": subjects,
        "use": uses,
    }
    return {id: {"ja": row.ja, "en": row.en} for id, row in lists[list_name]().items()}


LISTS: Mapping[str, str] = {"column": "data_category", "rows": "subject", "use": "use"}
"""What a ruling is about → the list of the vocabulary whose words it says."""


def worded(known: Mapping[str, Pair], id: str) -> Pair:
    """The words of an id; the id itself where a register of another version holds one that has none."""
    return known.get(id) or {"ja": id, "en": id}


def subject_category(policy: Policy, id: str) -> Pair:
    """本人の区分 in the policy's own words."""
    try:
        label = policy.label(id)
    except KeyError:
        return {"ja": id, "en": id}
    return {"ja": label.ja, "en": label.en}


def clauses(policy: Policy) -> Mapping[str, tuple[str, str]]:
    """Clause of the published policy (`1.1(4)`) → the sentence that stands there, and its Japanese where it has one."""
    quoted: tuple[Quoted, ...] = (
        *policy.categories,
        *policy.purposes,
        *policy.third_parties.grounds,
        *policy.opt_out.promises,
    )
    leading = policy.third_parties
    # the first section's lead sentence stands above all categories
    leads = {"1": (policy.quote, policy.quote_ja), leading.clause: (leading.quote, leading.quote_ja)}
    return leads | {row.clause: (row.quote, row.ja) for row in quoted}


def short(category: Pair) -> Pair:
    """A subject category's words without what all of them share: 「に関する個人情報」 and remarks in brackets."""
    return {"ja": _COMMON.sub("", category["ja"]) or category["ja"], "en": category["en"]}
