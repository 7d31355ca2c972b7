"""What an answer says: the fourteen fields of a letter and its annex, from the case, the policy and the declarations.

Whatever does not hang on the decision is the same in every letter: whether nothing is held, only entrusted data, or
data whose existence is secret, the letter differs by name, number and dates alone. No store is named, only business
terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from expectations.policy import Policy
from expectations.wording import article
from pipelines.casebook.case import Case
from pipelines.casebook.fees import fee
from pipelines.casebook.gates import GIVING
from pipelines.casebook.intake import deputy_proven
from pipelines.casebook.letters.annex import Annexes
from pipelines.casebook.letters.parts import Kind, Language, Letter, Section, Source, day_of, said, words
from pipelines.casebook.progress import GRANTED, Item
from pipelines.clock import TOKYO

if TYPE_CHECKING:
    from pipelines.declarations import Company

_TITLES = {"disclosure": "annex", "provision_record": "annex_records", "purpose_notice": "annex_purposes"}
"""The annex's title, by the first of these kinds that is complied with."""


def elsewise(case: Case) -> bool:
    """Whether it was decided to hand data over in another form than the one that was asked for (art 33(2))."""
    items = case.progress.decision.items if case.progress.decision else ()
    return any(item.kind in GIVING and item.outcome == "other_measure" for item in items)


def letter(case: Case, source: Source, language: Language, kind: Kind = "pdf") -> Letter:
    """The letter of a decided case, as it is put up and kept as that kind of file: a My Number in it is blacked out."""
    return _Writing(case, source, language, kind).letter()


def with_number(case: Case, source: Source, language: Language, kind: Kind = "pdf") -> Letter | None:
    """The letter with its holder's My Number in it, to be sent and kept nowhere; None where it has none to tell."""
    writing = _Writing(case, source, language, kind, live=True)
    live = writing.letter()
    return live if writing.numbers else None


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

    def __init__(self, case: Case, source: Source, language: Language, kind: Kind, *, live: bool = False) -> None:
        self._case, self._source, self._language, self._kind = case, source, language, kind
        self._items: tuple[Item, ...] = case.progress.decision.items if case.progress.decision else ()
        self._given = {item.kind for item in self._items if item.outcome in GRANTED}
        """The kinds of request that are complied with, in part at least."""
        self._annexes = Annexes(case, source, language, self._given, live=live)

    @property
    def numbers(self) -> int:
        """My Numbers that the letter tells, or would."""
        return self._annexes.numbers

    def letter(self) -> Letter:
        annex = tuple(self._annexes.written())
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
            note=self._say("masked_note") if self._annexes.blacked else "",
        )

    @property
    def _arrived(self) -> date:
        return self._case.arrived.astimezone(TOKYO).date()

    def _say(self, word: str, **gaps: Any) -> str:
        return said(word, self._language, **gaps)

    def _of(self, group: str, id: str) -> str:
        text: str = words()[group][id][self._language]
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
        yield Section(self._say("form"), tuple(self._forms()))
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

    def _forms(self) -> Iterator[str]:
        form = self._case.asked.form
        if elsewise(self._case):
            yield self._of("forms", "other")
            return
        yield self._of("forms", form)
        if form == "electronic" and self._kind in ("csv", "json"):
            yield self._of("forms", "attached")

    def _decisions(self) -> Iterator[str]:
        searched = self._case.progress.search
        on = self._day(searched.as_of.astimezone(TOKYO).date() if searched else self._source.today)
        outcomes = words()["outcomes"]
        for item in self._items:
            words_of: str = outcomes.get(f"{item.outcome}.{item.kind}", outcomes[item.outcome])[self._language]
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
