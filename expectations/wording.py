"""What a verdict says: sentences built from ids, words of the vocabulary and numbers, never from a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from classifiers.vocabulary import data_categories, uses
from expectations.cases import Case, Handling, Sighting
from expectations.law import law as act
from expectations.observed import Place
from expectations.policy import Policy

_PLACE = re.compile(r"([0-9]+)(?:\(([0-9]+)\))?(?:\(([ivx]+)\))?")
SHOWN = 5
"""Places that are listed; a log may have thousands."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


class Says(NamedTuple):
    """The same in Japanese and in English."""

    ja: str
    en: str


OUTLETS: Mapping[str, Says] = {
    "file": Says("ファイルへ", "to a file"),
    "storage": Says("オブジェクトストレージへ", "to an object storage"),
    "stream": Says("別のプログラムへ", "to another program"),
}
"""Where rows leave a database."""


def listed(kinds: Iterable[str]) -> Says:
    """Data categories in words."""
    known = [data_categories()[kind] for kind in kinds if kind in data_categories()]
    return Says("、".join(row.ja for row in known), ", ".join(row.en for row in known))


def article(law: str) -> Says:
    """Articles of the Act as rules and exceptions cite them (`27(5)(i), 25`), in words: 法27条5項1号、法25条."""
    places = [_PLACE.fullmatch(place) for place in law.split(", ")]
    if not all(places):
        return Says(law, law)
    parts = [place.groups(default="") for place in places if place]
    ja = [
        f"法{a}条" + (f"{p}項" if p else "") + (f"{_ROMAN.index(i) + 1}号" if i in _ROMAN else "") for a, p, i in parts
    ]
    return Says("、".join(ja), f"APPI art {law}")


def titled(law: str) -> Says:
    """Articles with what they are about: 法27条2項（第三者提供の制限）."""
    numbers = dict.fromkeys(place.partition("(")[0] for place in law.split(", "))
    titles = [title for number in numbers if (title := act().articles.get(number))]
    cited = article(law)
    if not titles:
        return cited
    ja, en = "、".join(title.ja for title in titles), "; ".join(title.en for title in titles)
    return Says(f"{cited.ja}（{ja}）", f"{cited.en} ({en})")


def places(listed: Sequence[Place]) -> Says:
    """Where statements stand: store, file and line, never a word of the SQL; of many the first."""
    ja = [f"{at.store} › {at.job}" + (f" {at.line}行目" if at.line else "") for at in listed[:SHOWN]]
    en = [f"{at.store} › {at.job}" + (f", line {at.line}" if at.line else "") for at in listed[:SHOWN]]
    more = len(listed) - SHOWN
    return Says(
        "SQLの場所: " + "、".join(ja) + (f" ほか{more}か所" if more > 0 else ""),
        "SQL at: " + "; ".join(en) + (f" and {more} more" if more > 0 else ""),
    )


def category_words(policy: Policy, id: str) -> Says:
    """A subject category in words; a sub-category under its category's."""
    label = policy.label(id)
    return Says(label.ja, label.en)


def use_words(id: str) -> Says:
    """A use in words; a use outside the vocabulary is only called unknown, for it may be anything."""
    row = uses().get(id)
    return Says(row.ja, row.en) if row else Says("語彙にない利用", "a use outside the vocabulary")


def purpose_words(policy: Policy, ids: Iterable[str]) -> Says:
    """Purposes by id and clause."""
    found = [(id, policy.purpose(id).clause) for id in ids]
    return Says(
        "、".join(f"{id}（{clause}）" for id, clause in found) or "なし",
        ", ".join(f"{id} ({clause})" for id, clause in found) or "none",
    )


class Wording:
    """Words of one policy, each put together once: a check says the same of many cases."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._known: dict[tuple[str, str, tuple[str, ...]], tuple[dict[str, str], dict[str, str]]] = {}

    def gaps(self, case: Case) -> tuple[dict[str, str], dict[str, str]]:
        """What the gaps of sentences about a case are filled with, in Japanese and in English."""
        key = (
            (case.category, case.act.use, case.act.purposes)
            if isinstance(case, Handling)
            else (case.category, case.use if isinstance(case, Sighting) else "", ())
        )
        if key not in self._known:
            self._known[key] = _gaps(self._policy, case)
        return self._known[key]


def _gaps(policy: Policy, case: Case) -> tuple[dict[str, str], dict[str, str]]:
    words = {"category": category_words(policy, case.category)}
    if isinstance(case, Handling):
        words |= {
            "use": use_words(case.act.use),
            "named": purpose_words(policy, case.fit.named),
            "all_named": purpose_words(policy, case.fit.named + case.fit.foreign),
            "foreign": purpose_words(policy, case.fit.foreign),
            "proposal": purpose_words(policy, case.fit.listed or case.fit.associable),
        }
    elif isinstance(case, Sighting):
        fit = case.fit
        words |= {
            "use": use_words(case.use),
            "proposal": purpose_words(policy, (fit.listed or fit.associable) if fit else ()),
        }
    return {key: says.ja for key, says in words.items()}, {key: says.en for key, says in words.items()}
