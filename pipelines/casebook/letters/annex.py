"""A letter's annex: the individual's rows with whose, for what, to whom and how long; records of provision."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from classifiers.tags import NOT_PERSONAL, UNRESOLVED
from classifiers.vocabulary import data_categories
from pipelines.casebook.case import Case
from pipelines.casebook.letters.parts import Annex, Language, Source, day_of, said
from pipelines.casebook.progress import Candidate
from pipelines.casebook.provisions.record import LABELS, Provided, Provision, rules
from pipelines.casebook.searching import Row
from pipelines.casebook.untagged import SECRET

_SHOWN_BY = frozenset({"disclosure", "purpose_notice"})
"""Kinds that are answered with the individual's rows."""
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Kana and kanji."""
_Found = tuple[Candidate, Row | Provided | None]


class Annexes:
    """The annexes of one letter; what was blacked out on the way."""

    def __init__(self, case: Case, source: Source, language: Language, given: set[str], *, live: bool) -> None:
        self._case, self._source, self._language, self._given, self._live = case, source, language, given, live
        self.numbers = 0
        """My Numbers that are told, or would be."""
        self.blacked = False

    def written(self) -> Iterator[Annex]:
        """Each of them, by category."""
        told: dict[str, int] = {}
        found = [(one, self._source.rows.get(one.id)) for one in self._case.progress.released]
        for number, (candidate, row) in enumerate(self._rows(found), start=1):
            items = tuple(self._values(candidate, row)) if "disclosure" in self._given else ()
            first = told.setdefault(_category(row), number)
            yield Annex(tuple(self._facts(candidate, row, 0 if first == number else first)), items)
        if "provision_record" in self._given:
            for _, record in found:
                if isinstance(record, Provided):
                    yield self._record(record.provision)

    def _rows(self, found: Iterable[_Found]) -> list[tuple[Candidate, Row | None]]:
        if not self._given & _SHOWN_BY:
            return []
        rows = [(one, row) for one, row in found if not isinstance(row, Provided)]
        return sorted(rows, key=lambda pair: _category(pair[1]))

    def _record(self, provision: Provision) -> Annex:
        """What the Rules ask of the record, and nothing else of what led to it."""
        rule = rules()[provision.side, provision.ground]
        head = self._say("annex_record"), rule.ja if self._language == "ja" else rule.en
        words = {
            "on": " – ".join(self._day(day) for day in (provision.on, provision.until) if day),
            "party": self._party(provision),
            "individual": "、".join(provision.individual.values()) if provision.individual else "",
            "items": "・".join(provision.items),
            "consent": provision.consent,
            "obtained": provision.obtained,
            "published": provision.published,
        }
        labels = {name: label.ja if self._language == "ja" else label.en for name, label in LABELS.items()}
        return Annex((head,), tuple((labels[name], words[name]) for name in labels if name in rule.needs))

    def _party(self, provision: Provision) -> str:
        party = provision.party
        if party.unspecified:
            return self._say("annex_unspecified")
        return "\n".join(filter(None, (party.name, party.address, party.representative)))

    def _facts(self, candidate: Candidate, row: Row | None, same_as: int) -> Iterator[tuple[str, str]]:
        """`same_as`: the record of the same category at which its purposes stand; 0 this one."""
        if row is None:
            yield self._say("annex_data"), self._say("owner_row", store=candidate.store)
            return
        policy, found = self._source.policy, row.candidate
        dataset = self._source.datasets.get(found.dataset_id)
        category = found.whose.subject_category
        label = policy.label(category)
        yield self._say("annex_category"), label.ja if self._language == "ja" else label.en
        yield self._say("annex_data"), (dataset.label if dataset else "") or found.dataset
        purposes = self._say("annex_same", number=same_as) if same_as else "\n".join(self._purposes(category))
        yield self._say("annex_used"), purposes or self._say("annex_none")
        provided = [
            f"{fact.recipient}"
            for fact in self._source.declared.provisions
            if (fact.source.store, fact.source.dataset) == (found.store, found.dataset)
        ]
        yield self._say("annex_provided"), "\n".join(dict.fromkeys(provided)) or self._say("annex_none")
        kept = [
            f"{fact.years}年" if self._language == "ja" else f"{fact.years} years"
            for fact in self._source.declared.retentions
            if (fact.source.store, fact.source.dataset) == (found.store, found.dataset)
        ]
        if kept:
            yield self._say("annex_kept"), "、".join(kept)

    def _purposes(self, category: str) -> Iterator[str]:
        """In the published words; where those are in another language than the letter, with ours beside them."""
        for purpose in self._source.policy.purposes_of(category):
            yield f"{purpose.clause} {purpose.quote}"
            if self._source.policy.language != self._language:
                ours = purpose.ja if self._language == "ja" else purpose.en
                yield self._say("annex_translated", text=ours)

    def _values(self, candidate: Candidate, row: Row | None) -> Iterator[tuple[str, str]]:
        if row is None:
            yield self._say("annex_value"), candidate.locator
            return
        review = self._case.progress.review
        blacked: Sequence[str] = next(
            (one.mask for one in (review.rulings if review else ()) if one.candidate == candidate.id), ()
        )
        filled = [one for one in zip(row.names, row.cells, row.kinds, strict=True) if one[1].strip()]
        items = called(((name, category) for name, _, category in filled), self._language)
        for (name, cell, category), item in zip(filled, items, strict=True):
            if category == "my_number" and name not in blacked and _is_holder(self._case, candidate):
                self.numbers += 1
                yield item, cell if self._live else self._say("masked_number")
                continue
            if name in blacked or category in SECRET:
                self.blacked = True
                cell = self._say("masked")
            elif word := self._source.meanings.get((row.candidate.dataset_id, name), {}).get(cell.strip()):
                cell = self._say("annex_meaning", code=cell, means=word)
            yield item, cell

    def _say(self, word: str, **gaps: Any) -> str:
        return said(word, self._language, **gaps)

    def _day(self, day: date) -> str:
        return day_of(day, self._language)


def called(columns: Iterable[tuple[str, str]], language: Language) -> tuple[str, ...]:
    """What columns (name, data category) are called in words that the individual can read.

    A name that a programmer gave stands beside the words only where two would be called the same, and alone only where
    nothing is known of the column.
    """
    told = [(name, _word(name, category, language)) for name, category in columns]
    often = Counter(word for _, word in told)
    return tuple(
        said("annex_named", language, item=word, name=name) if word and word != name and often[word] > 1
        else word or name
        for name, word in told
    )  # fmt: skip


def _word(name: str, category: str, language: Language) -> str:
    """A column's head where it is written in the letter's own language, else its data category; '' neither."""
    if language == "ja" and _JAPANESE.search(name):
        return name
    row = data_categories().get(category)
    if row is None or category in (NOT_PERSONAL, UNRESOLVED):
        return ""
    return row.ja if language == "ja" else row.en


def _is_holder(case: Case, candidate: Candidate) -> bool:
    """Whether a row's My Number is told: asked for by the individual in person, whose papers are complete and checked.

    Its disclosure to its holder follows art 33 (番号法 asks for nothing more). No deputy gets it, and no row that the
    search held to be somebody else's.
    """
    asked = case.asked.my_number and case.deputy is None and case.progress.taken_in
    return asked and candidate.suggestion != "excluded"


def _category(row: Row | None) -> str:
    return row.candidate.whose.subject_category if row else ""
