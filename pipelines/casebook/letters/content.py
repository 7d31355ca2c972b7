"""What an answer says: the fourteen fields of a letter and its annex, from the case, the policy and the declarations.

Whatever does not hang on the decision is the same in every letter: whether nothing is held, only entrusted data, or
data whose existence is secret, the letter differs by name, number and dates alone. No store is named, only business
terms.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import yaml

from classifiers.tags import NOT_PERSONAL, UNRESOLVED
from classifiers.vocabulary import data_categories
from expectations.facts import Declared
from expectations.policy import Policy
from expectations.wording import article
from pipelines.casebook.case import Case
from pipelines.casebook.fees import fee
from pipelines.casebook.gates import GIVING
from pipelines.casebook.intake import deputy_proven
from pipelines.casebook.letters.meanings import Meanings
from pipelines.casebook.progress import GRANTED, Candidate, Item
from pipelines.casebook.provisions.record import LABELS, Provided, Provision, rules
from pipelines.casebook.searching import Row
from pipelines.casebook.untagged import SECRET
from pipelines.clock import TOKYO

if TYPE_CHECKING:
    from pipelines.declarations import Company
    from pipelines.register import RegisteredDataset

Language = Literal["ja", "en"]
_SHOWN_BY = frozenset({"disclosure", "purpose_notice"})
"""Kinds that are answered with the individual's rows."""
_TITLES = {"disclosure": "annex", "provision_record": "annex_records", "purpose_notice": "annex_purposes"}
"""The annex's title, by the first of these kinds that is complied with."""
Found = tuple[Candidate, Row | Provided | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Annex:
    """One record that is handed over, or the purposes of one category."""

    facts: tuple[tuple[str, str], ...] = field(repr=False)
    """What it is, whose, for what, since when, to whom: heading and text."""
    items: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Item and content; () only the purposes are told."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, to be put into a document."""

    language: Language
    title: str
    head: tuple[str, ...] = field(repr=False)
    """Number and day."""
    to: tuple[str, ...] = field(repr=False)
    sender: tuple[str, ...] = field(repr=False)
    opening: str = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    closing: str
    annex_title: str
    annex: tuple[Annex, ...] = field(repr=False)
    note: str
    """Said where something in the annex is blacked out."""

    @property
    def content(self) -> bytes:
        """All that it says, in whatever file."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Source:
    """What a letter is written from, beside the case."""

    policy: Policy
    company: Company
    declared: Declared
    datasets: Mapping[str, RegisteredDataset]
    """By id: names in business terms and the columns' labels."""
    rows: Mapping[str, Row | Provided] = field(repr=False)
    """The candidates' rows as they are now."""
    today: date
    nth: int = 1
    """Which letter of the case it is."""
    meanings: Meanings = field(default_factory=dict, repr=False)
    """What codes mean."""


def elsewise(case: Case) -> bool:
    """Whether it was decided to hand data over in another form than the one that was asked for (art 33(2))."""
    items = case.progress.decision.items if case.progress.decision else ()
    return any(item.kind in GIVING and item.outcome == "other_measure" for item in items)


def letter(case: Case, source: Source, language: Language) -> Letter:
    """The letter of a decided case, as it is put up and kept: a My Number in it is blacked out."""
    return _Writing(case, source, language).letter()


def with_number(case: Case, source: Source, language: Language) -> Letter | None:
    """The letter with its holder's My Number in it, to be sent and kept nowhere; None where it has none to tell."""
    writing = _Writing(case, source, language, live=True)
    live = writing.letter()
    return live if writing.numbers else None


def _is_holder(case: Case, candidate: Candidate) -> bool:
    """Whether a row's My Number is told: asked for by the individual in person, whose papers are complete and checked.

    Its disclosure to its holder follows art 33 (番号法 asks for nothing more). No deputy gets it, and no row that the
    search held to be somebody else's.
    """
    asked = case.asked.my_number and case.deputy is None and case.progress.taken_in
    return asked and candidate.suggestion != "excluded"


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("letter.yml").read_text(encoding="utf-8"))
    return words


def said(word: str, language: Language, **gaps: Any) -> str:
    """One of the letter's words, filled in."""
    text: str = _words()[word][language]
    return text.format(**gaps)


def day_of(day: date, language: Language) -> str:
    """A day as a letter writes it."""
    return said("issued", language, year=day.year, month=day.month, day=day.day)


def sender_of(company: Company, policy: Policy, language: Language) -> Iterator[str]:
    """Company, representative and desk."""
    named = company.name if language == "ja" else company.name_en or company.name
    yield from filter(None, [named, company.address, company.representative])
    yield policy.desk.name if language == "ja" else policy.desk.name_en or policy.desk.name


def desk_of(policy: Policy, language: Language) -> Iterator[str]:
    """How the desk is reached, and when."""
    desk = policy.desk
    yield desk.name if language == "ja" else desk.name_en or desk.name
    hours = f"{desk.opens}–{desk.closes}" if desk.opens and desk.closes else ""
    yield from filter(None, [desk.address, f"TEL {desk.phone}" if desk.phone else "", desk.email, hours])


class _Writing:
    """One letter in one language."""

    def __init__(self, case: Case, source: Source, language: Language, *, live: bool = False) -> None:
        self._live = live
        self.numbers = 0
        """My Numbers that the letter tells, or would."""
        self._case, self._source, self._language = case, source, language
        self._items: tuple[Item, ...] = case.progress.decision.items if case.progress.decision else ()
        self._given = {item.kind for item in self._items if item.outcome in GRANTED}
        """The kinds of request that are complied with, in part at least."""
        self._blacked = False

    def letter(self) -> Letter:
        annex = tuple(self._annexes())
        return Letter(
            language=self._language,
            title=self._say("title"),
            head=(
                self._say("number", number=self._case.number, letter=self._source.nth),
                self._day(self._source.today),
            ),
            to=tuple(self._to()),
            sender=tuple(sender_of(self._source.company, self._source.policy, self._language)),
            opening=self._say("opening", received=self._day(self._arrived)),
            sections=tuple(self._sections()),
            closing=self._say("closing"),
            annex_title=self._say(next((word for kind, word in _TITLES.items() if kind in self._given), "annex")),
            annex=annex,
            note=self._say("masked_note") if self._blacked else "",
        )

    @property
    def _arrived(self) -> date:
        return self._case.arrived.astimezone(TOKYO).date()

    def _say(self, word: str, **gaps: Any) -> str:
        return said(word, self._language, **gaps)

    def _of(self, group: str, id: str) -> str:
        text: str = _words()[group][id][self._language]
        return text

    def _day(self, day: date) -> str:
        return day_of(day, self._language)

    def _to(self) -> Iterator[str]:
        person, deputy = self._case.individual, self._case.deputy
        name = person.names[0] if person and person.names else ""
        if deputy and deputy.receives and deputy_proven(self._case, self._source.policy):
            yield from filter(None, [deputy.address])
            yield self._say("to_deputy", name=name, deputy=deputy.name)
            return
        # the address that stands on the identity paper is the first one given; a guarded person's goes on no letter
        if person and person.addresses and not self._case.guarded:
            yield person.addresses[0]
        yield self._say("to", name=name)

    def _sections(self) -> Iterator[Section]:
        case, policy = self._case, self._source.policy
        kinds = [policy.request_kind(kind) for kind in case.kinds]
        named = "、".join(kind.ja for kind in kinds) if self._language == "ja" else ", ".join(kind.en for kind in kinds)
        row = self._say("request_row", number=case.number, received=self._day(self._arrived), kinds=named)
        yield Section(self._say("request"), (row,))
        yield Section(self._say("scope"), (case.asked.scope or self._say("scope_all"),))
        yield Section(self._say("decision"), tuple(self._decisions()))
        if reasons := tuple(self._reasons()):
            yield Section(self._say("reason"), reasons)
        if done := tuple(self._carried_out()):
            yield Section(self._say("carried_out"), done)
        yield Section(self._say("form"), (self._of("forms", "other" if elsewise(case) else case.asked.form),))
        due = fee(case, policy)
        paid = self._say("fee_row", amount=due.due) if due.due else self._say("fee_none")
        yield Section(self._say("fee"), (paid,))
        searched = case.progress.search
        if searched:
            on = self._day(searched.as_of.astimezone(TOKYO).date())
            yield Section(self._say("searched"), (self._say("searched_row", on=on),))
        yield Section(self._say("desk"), tuple(desk_of(policy, self._language)))
        if case.papers:
            yield Section(self._say("papers"), (self._say("papers_row"),))

    def _decisions(self) -> Iterator[str]:
        searched = self._case.progress.search
        on = self._day(searched.as_of.astimezone(TOKYO).date() if searched else self._source.today)
        words = _words()["outcomes"]
        for item in self._items:
            words_of: str = words.get(f"{item.outcome}.{item.kind}", words[item.outcome])[self._language]
            kind = self._source.policy.request_kind(item.kind)
            what = item.what or (kind.ja if self._language == "ja" else kind.en)
            yield f"{what}：{words_of.format(on=on)}" if self._language == "ja" else f"{what}: {words_of.format(on=on)}"

    def _reasons(self) -> Iterator[str]:
        for item in self._items:
            if item.outcome != "comply" and item.reason:
                ground = article(item.ground)._asdict()[self._language] if item.ground else ""
                yield self._say("reason_row", reason=item.reason, ground=ground) if ground else item.reason

    def _carried_out(self) -> Iterator[str]:
        if stopped_on := self._case.progress.stopped_on:
            yield self._say("carried_out_row", what=self._of("measures", "stop_list"), on=self._day(stopped_on))
        for one in self._case.progress.measures:
            if one.acknowledged_on:
                what = self._of("measures", one.what)
                yield self._say("carried_out_row", what=what, on=self._day(one.acknowledged_on))

    def _annexes(self) -> Iterator[Annex]:
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

    def _rows(self, found: Iterable[Found]) -> list[tuple[Candidate, Row | None]]:
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
        for name, cell, category in zip(row.names, row.cells, row.kinds, strict=True):
            if not cell.strip():
                continue
            if category == "my_number" and name not in blacked and _is_holder(self._case, candidate):
                self.numbers += 1
                yield self._item(name, category), cell if self._live else self._say("masked_number")
                continue
            if name in blacked or category in SECRET:
                self._blacked = True
                cell = self._say("masked")
            elif word := self._source.meanings.get((row.candidate.dataset_id, name), {}).get(cell.strip()):
                cell = self._say("annex_meaning", code=cell, means=word)
            yield self._item(name, category), cell

    def _item(self, name: str, category: str) -> str:
        row = data_categories().get(category)
        known = row is not None and category not in (NOT_PERSONAL, UNRESOLVED)
        label = (row.ja if self._language == "ja" else row.en) if row and known else ""
        return self._say("annex_named", item=label, name=name) if label and label != name else name


def _category(row: Row | None) -> str:
    return row.candidate.whose.subject_category if row else ""
