"""Verdicts (判定): what the checks say of one case, why, and what to do next. Words of doubt, never 違法."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from expectations.books import Books
from expectations.cases import Case, Handling, Holding, NamedPurpose, SensitiveColumn, Sighting, Table, digest
from expectations.facts import Use
from expectations.rules import Rule
from expectations.wording import Wording, article, places

Outcome = Literal[
    "compliant", "compliant_incidental", "gap", "violation", "entrusted_scope", "consented", "statutory_exception",
    "not_applicable",
]  # fmt: skip

LABELS: Mapping[str, tuple[str, str]] = {
    "compliant": ("適合", "compliant"),
    "compliant_incidental": ("適合（付随・要記録）", "compliant by association, to be recorded"),
    "gap": ("要確認", "to be checked"),
    "violation": ("目的外のおそれ", "may be beyond the published purposes"),
    "entrusted_scope": ("受託範囲外のおそれ", "may be beyond the entrusted work"),
    "consented": ("同意あり", "consented"),
    "statutory_exception": ("法令等例外", "carried by statute"),
    "not_applicable": ("対象外", "not personal information"),
}
"""Verdict → its words in Japanese and in English (appi: art 18, 27)."""

_CARRIED_BY_PURPOSE = ("compliant", "compliant_incidental")
_WORST = {"violation": 3, "entrusted_scope": 2, "gap": 1, "note": 0}
_GRAVITY = {"error": 3, "warning": 2, "info": 1}


class Sentence(TypedDict):
    """One sentence, in Japanese and in English."""

    code: str
    """A rule's id, or what the sentence states: `category`, `use`, `purpose`, `consent`, `exception`, `association`,
    `place` (of a statement, whose line moves with every edit: no part of the verdict's digest)."""
    ja: str
    en: str


class Step(TypedDict):
    """What to do next, in Japanese and in English."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of one use, provision, column or dataset, for one row partition. Holds no value."""

    id: str
    """Opaque and stable: of the rule, the case, the dataset and the row partition."""
    rule: str
    """The rule that decided; '' where none applied."""
    requirement: str
    verdict: Outcome
    severity: Literal["error", "warning", "info"]
    dataset_id: str
    """'' where no scan saw the dataset."""
    store: str
    dataset: str
    row_filter: str
    use: str
    """Id of the declared use or provision; '' of a column or a dataset by itself."""
    use_kind: str
    """What kind of use it is: a row of the vocabulary; ''."""
    table: Table
    subject_category: str
    column: str
    purpose: str
    """What carries it where it is compliant, else what its owner named: ids, comma-separated. Of a purpose's own
    sentence its id."""
    clause: str
    law: str
    evidence: tuple[Sentence, ...]
    next_step: Step
    digest: str
    """Of the outcome and the evidence: a ruling re-opens when it changes."""


def speaks(case: Case, failed: Sequence[Rule]) -> bool:
    """Whether a case has a verdict of its own.

    Personal data by itself has none where nothing failed: that is no word on what it is used for, and a reader would
    take `compliant` for one. Nor has a purpose whose sentence says enough, nor what SQL does: that an act is declared
    is judged of the act.
    """
    if any(rule.row.outcome != "note" for rule in failed):
        return True
    if isinstance(case, (NamedPurpose, Sighting)):
        return False
    return not isinstance(case, Holding) or case.category == "not_personal"


def verdict(
    case: Case, fact: str, failed: Sequence[Rule], held: Sequence[Rule], books: Books, wording: Wording
) -> Verdict:
    """What follows from the rules that failed and held of a case; `fact` is its opaque id."""
    worst = max((rule for rule in failed if rule.row.outcome != "note"), key=_rank, default=None)
    decider = worst or max(held, key=_decisive, default=None)
    outcome: Outcome = worst.row.outcome if worst and worst.row.outcome != "note" else _unfailed(case)
    evidence = tuple(_evidence(case, sorted(failed, key=_rank, reverse=True), outcome, books, wording))
    act = case.act if isinstance(case, Handling) else None
    rule, row_filter = decider.id if decider else "", case.partition.row_filter if case.partition else ""
    dataset = case.dataset
    purpose = _purpose(case, outcome)
    return Verdict(
        id=digest(rule, fact),
        rule=rule,
        requirement=decider.row.requirement if decider else "",
        verdict=outcome,
        severity=worst.row.severity if worst else "info",
        dataset_id=dataset.id if dataset else "",
        store=dataset.store if dataset else act.source.store if act else "",
        dataset=dataset.name if dataset else act.source.dataset if act else "",
        row_filter=row_filter,
        use=act.id if act else "",
        use_kind=act.use if act else case.use if isinstance(case, Sighting) else "",
        table=case.table,
        subject_category=case.category,
        column=case.column.name if isinstance(case, SensitiveColumn) else "",
        purpose=", ".join(purpose),
        clause=_clause(case, decider, purpose if not worst else (), books),
        law=_law(case, decider, outcome),
        evidence=evidence,
        next_step=Step(ja=worst.row.next_step.ja, en=worst.row.next_step.en) if worst else Step(ja="", en=""),
        digest=digest(outcome, *(f"{said['code']} {said['en']}" for said in evidence if said["code"] != "place")),
    )


def _rank(rule: Rule) -> tuple[int, int, bool, str]:
    """How bad a failed rule is; of equals, the one that does not ask every use is the more telling."""
    return _WORST[rule.row.outcome], _GRAVITY[rule.row.severity], "uses" not in rule.row.tables, rule.row.requirement


def _decisive(rule: Rule) -> tuple[int, int, str]:
    return _WORST[rule.row.outcome], _GRAVITY[rule.row.severity], rule.row.requirement


def _unfailed(case: Case) -> Outcome:
    if isinstance(case, Handling):
        if not case.personal:
            return "not_applicable"
        if case.carried:
            return "statutory_exception" if case.exception else "consented"
        return "compliant_incidental" if case.fit.only_incidental else "compliant"
    if isinstance(case, SensitiveColumn):
        if case.exception:
            return "statutory_exception"
        if case.consent and not case.entrusted and "my_number" not in case.kinds:
            return "consented"
    return "not_applicable" if case.category == "not_personal" else "compliant"


def _purpose(case: Case, outcome: Outcome) -> tuple[str, ...]:
    if isinstance(case, NamedPurpose):
        return (case.purpose.id,)
    if not isinstance(case, Handling):
        return ()
    fit = case.fit
    if outcome in _CARRIED_BY_PURPOSE:
        return fit.direct or fit.referred or fit.incidental
    return fit.named + fit.foreign


def _clause(case: Case, rule: Rule | None, carrying: tuple[str, ...], books: Books) -> str:
    if isinstance(case, NamedPurpose):
        return case.purpose.clause
    if carrying:
        return ", ".join(books.policy.purpose(id).clause for id in carrying)
    if rule and rule.row.clause:
        return rule.row.clause
    beyond = ("no_category", "not_personal", "unresolved")
    return "1" if case.category in beyond else books.policy.category(case.category).clause


def _law(case: Case, rule: Rule | None, outcome: Outcome) -> str:
    if outcome == "statutory_exception" and isinstance(case, (Handling, SensitiveColumn)) and case.exception:
        return case.exception.law
    if outcome == "consented":
        return "20(2)" if isinstance(case, SensitiveColumn) else "27(1)" if case.table == "provisions" else "18(1)"
    return rule.row.law if rule else ""


def _evidence(
    case: Case, failed: Sequence[Rule], outcome: Outcome, books: Books, wording: Wording
) -> Iterator[Sentence]:
    ja, en = wording.gaps(case)
    yield Sentence(code="category", ja=f"本人の区分: {ja['category']}", en=f"Persons: {en['category']}")
    if isinstance(case, Handling):
        yield Sentence(code="use", ja=f"利用: {ja['use']}", en=f"Use: {en['use']}")
        if outcome in _CARRIED_BY_PURPOSE:
            yield from _of_purposes(case, outcome, books)
        else:
            yield Sentence(
                code="purpose", ja=f"挙げられた利用目的: {ja['all_named']}", en=f"Purposes named: {en['all_named']}"
            )
    for rule in failed:
        detail, said = rule.detail(case, books), rule.row.finding
        yield Sentence(
            code=rule.id, ja=said.ja.format(**ja, detail=detail.ja), en=said.en.format(**en, detail=detail.en)
        )
    if isinstance(case, Sighting):
        stands = places(case.fact.places)
        yield Sentence(code="place", ja=stands.ja, en=stands.en)
    elif isinstance(case, (Handling, SensitiveColumn)):
        yield from _of_carriers(case)


def _of_purposes(case: Handling, outcome: Outcome, books: Books) -> Iterator[Sentence]:
    for id in _purpose(case, outcome):
        purpose = books.policy.purpose(id)
        yield Sentence(
            code="purpose", ja=f"{id}（{purpose.clause}）: {purpose.ja}", en=f"{id} ({purpose.clause}): {purpose.quote}"
        )
    if outcome == "compliant_incidental" and isinstance(case.act, Use) and case.act.association:
        on = case.act.association.approved_on.isoformat()
        parent = books.policy.purpose(case.act.association.parent).id
        yield Sentence(
            code="association", ja=f"{parent}に付随（承認 {on}）", en=f"Associated with {parent}, approved {on}"
        )


def _of_carriers(case: Handling | SensitiveColumn) -> Iterator[Sentence]:
    if consent := case.consent:
        yield Sentence(code="consent", ja=f"同意の記録: {consent.id}", en=f"Consent on record: {consent.id}")
    if exception := case.exception:
        ja, en = article(exception.law)
        yield Sentence(
            code="exception", ja=f"法令上の根拠: {exception.id}（{ja}）", en=f"Statute: {exception.id} ({en})"
        )
