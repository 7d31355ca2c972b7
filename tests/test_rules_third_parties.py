"""Data that leaves the company: the policy's seven grounds with their conditions, and what the law asks besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from expectations.check import Verdict
from expectations.facts import Consent, Contract, Declared, Notice, Provision, Source, StatutoryException, Use
from expectations.observed import ObservedColumn, ObservedDataset, Partition
from expectations.policy import load
from tests.checking import check
from tests.test_check import moved

POLICY = load("handling-of-personal-information")
TODAY = date(2026, 11, 23)
START = date(2026, 6, 1)
NINE = tuple(item.id for item in POLICY.opt_out.items)
FIVE = tuple(item.id for item in POLICY.shared_use.items)


def dataset(name: str, subject: str, custody: str = "own", nature: str = "personal", **extra: str) -> ObservedDataset:
    """A dataset with a name and a phone column, and what `extra` adds: column → data category."""
    kinds = {"氏名": "name", "電話": "phone"} | extra
    special = {"medical_history": "medical_history"}
    columns = tuple(
        ObservedColumn(name=column, data_category=kind, data_type="", special_care=special.get(kind, ""))
        for column, kind in kinds.items()
    )
    partition = Partition.model_validate({"subject": subject, "custody": custody, "nature": nature})
    return ObservedDataset(id=name, store="s", name=name, partitions=(partition,), columns=columns, contract="in")


DATASETS = {
    one.name: one
    for one in (
        dataset("customers", "customer"),
        dataset("lawyers", "professional"),
        dataset("lawyers_born", "professional", 生年月日="birth_date"),
        dataset("lawyers_split", "professional", 姓="surname", 名="given_name"),
        dataset("lawyers_ill", "professional", 病歴="medical_history"),
        dataset("lawyers_odd", "professional", c07="unresolved"),
        dataset("vendors", "business_partner", 個人番号="my_number"),
        dataset("entrusted", "customer", custody="entrusted"),
        dataset("facts", "customer", nature="pseudonymised"),
        dataset("cookies", "site_visitor", nature="related"),
        dataset("someone", "unresolved"),
        dataset("staff", "employee"),
    )
}


def papers(kind: str, **changes: Any) -> dict[str, Any]:
    """One paper that carries a provision, whole but for `changes`."""
    whole: Mapping[str, Any] = {
        "consents": Consent(
            id="k",
            source=Source(store="s", dataset="customers"),
            uses=("introduce", "marketing", "ad_audience"),
            obtained="画面",
            text_version="1",
            since=START,
            recipients=("乙社",),
        ),
        "exceptions": StatutoryException(
            id="x",
            law="27(1)(i)",
            statute="所得税法第225条",
            document="支払調書",
            approver="管理者",
            approved_on=START,
            uses=("statutory_reporting", "marketing"),
            data_categories=("name", "phone", "my_number"),
        ),
        "contracts": Contract(
            id="c",
            direction="entrusted_by_us",
            party="乙社",
            work="発送",
            uses=("shipping",),
            starts=START,
            selected_on=START,
            monitored_on=TODAY - timedelta(days=30),
        ),
        "notices": Notice(
            id="n",
            kind="opt_out",
            url="https://example.example/optout",
            published_on=date(2026, 4, 1),
            items=NINE,
            data_categories=("name", "phone"),
            filing="2026-1",
            filed_on=date(2026, 4, 1),
            starts_on=START,
        ),
        "shared": Notice(
            id="n",
            kind="shared_use",
            url="https://example.example/shared",
            published_on=date(2026, 4, 1),
            items=FIVE,
            data_categories=("name", "phone"),
            recipients=("乙社",),
        ),
    }
    return {"notices" if kind == "shared" else kind: (whole[kind].model_copy(update=changes),)}


def judged(name: str, use: str, ground: str, declared: dict[str, Any] | None = None, **more: Any) -> Verdict:
    return all_judged([((name, use, ground), declared or {}, more)])[0]


def all_judged(cases: Sequence[tuple[tuple[str, str, str], dict[str, Any], dict[str, Any]]]) -> list[Verdict]:
    """One verdict a case, in order, by one check."""
    provisions = [moved(provided(*facts, **more), n) for n, (facts, _, more) in enumerate(cases)]
    datasets = [moved(DATASETS[facts[0]], n) for n, (facts, _, _) in enumerate(cases)]
    carriers: defaultdict[str, list[Any]] = defaultdict(list)
    for n, (_, declared, _) in enumerate(cases):
        for kind, rows in declared.items():
            carriers[kind] += [moved(row, n) for row in rows]
    declared = Declared.model_validate({"provisions": provisions} | carriers)
    found = {verdict.use: verdict for verdict in check(POLICY, datasets, declared, TODAY)}
    return [found[provision.id] for provision in provisions]


def provided(name: str, use: str, ground: str, **more: Any) -> Provision:
    fields = {"recipient": "乙社", "record": "記録簿", "since": START} | more
    source = Source(store="s", dataset=name, columns=fields.pop("columns", ()))
    return Provision(id="p", source=source, use=use, ground=ground, **fields)


D, E, B = ("professional-D",), ("professional-E", "professional-D"), ("customer-B",)
SHIP = {"contract": "c", "purposes": B}
OUT = {"notice": "n", "purposes": E}
AGREED = {"consent": "k"}
ABROAD, GERMAN = SHIP | {"country": "US"}, SHIP | {"country": "DE"}

CASES: list[tuple[str, tuple[str, str, str], dict[str, Any], dict[str, Any], str, str]] = [
    # what                     data, use, ground           papers                provision                   verdict
    ("no ground", ("customers", "shipping", ""), {}, {"purposes": B}, "gap", "R-17"),
    ("ground of the Act only", ("customers", "shipping", "27(1)(iii)"), {}, {"purposes": B}, "gap", "R-17"),
    ("no recipient", ("customers", "shipping", "TP-4"), papers("contracts"), SHIP | {"recipient": " "}, "gap", "R-17"),
    ("consent", ("customers", "marketing", "TP-1"), papers("consents"), {"consent": "k"}, "consented", ""),
    ("no consent", ("customers", "marketing", "TP-1"), {}, {"purposes": ("customer-D",)}, "gap", "R-17"),
    (
        "consent to another recipient",
        ("customers", "marketing", "TP-1"),
        papers("consents", recipients=("丙社",)),
        {"consent": "k", "purposes": ("customer-D",)},
        "gap",
        "R-17",
    ),
    (
        "unrecorded",
        ("customers", "marketing", "TP-1"),
        papers("consents"),
        {"consent": "k", "record": ""},
        "gap",
        "R-18",
    ),
    (
        "consent to a list sale is another use",
        ("customers", "list_sale", "TP-1"),
        papers("consents"),
        {"consent": "k"},
        "violation",
        "R-02",
    ),
    (
        "by law",
        ("vendors", "statutory_reporting", "TP-2"),
        papers("exceptions"),
        {"exception": "x", "record": ""},
        "statutory_exception",
        "",
    ),
    (
        "by law, without its document",
        ("vendors", "statutory_reporting", "TP-2"),
        papers("exceptions", document=""),
        {"exception": "x", "columns": ("氏名",)},
        "gap",
        "R-17",
    ),
    (
        "My Number beyond the statute",
        ("vendors", "statutory_reporting", "TP-2"),
        papers("exceptions", data_categories=()),
        {"exception": "x"},
        "violation",
        "R-16",
    ),
    ("life or assets", ("customers", "marketing", "TP-3"), papers("exceptions"), {"exception": "x"}, "gap", "R-17"),
    (
        "life or assets, recorded",
        ("customers", "marketing", "TP-3"),
        papers("exceptions", law="27(1)(ii)"),
        {"exception": "x"},
        "statutory_exception",
        "",
    ),
    ("outsourced", ("customers", "shipping", "TP-4"), papers("contracts"), SHIP | {"record": ""}, "compliant", ""),
    ("to another", ("customers", "shipping", "TP-4"), papers("contracts", party="丙社"), SHIP, "gap", "R-17"),
    ("not supervised", ("customers", "shipping", "TP-4"), papers("contracts", monitored_on=None), SHIP, "gap", "R-17"),
    (
        "supervised long ago",
        ("customers", "shipping", "TP-4"),
        papers("contracts", monitored_on=date(2025, 11, 1)),
        SHIP,
        "gap",
        "R-17",
    ),
    ("ended", ("customers", "shipping", "TP-4"), papers("contracts", ends=START), SHIP, "gap", "R-17"),
    ("outside the purposes", ("customers", "list_sale", "TP-4"), papers("contracts"), SHIP, "violation", "R-02"),
    ("succession", ("customers", "shipping", "TP-5"), papers("contracts"), SHIP, "compliant", ""),
    ("succession without its agreement", ("customers", "shipping", "TP-5"), {}, SHIP, "gap", "R-17"),
    ("opt-out", ("lawyers", "publish", "TP-6"), papers("notices"), OUT, "compliant", ""),
    ("opt-out of parts", ("lawyers_split", "publish", "TP-6"), papers("notices"), OUT, "compliant", ""),
    ("opt-out, customers", ("customers", "shipping", "TP-6"), papers("notices"), SHIP | OUT, "violation", "R-21"),
    ("opt-out for staff", ("staff", "publish", "TP-6"), papers("notices"), OUT, "violation", "R-21"),
    ("opt-out for nobody knows whom", ("someone", "publish", "TP-6"), papers("notices"), OUT, "gap", "R-01"),
    ("no notice", ("lawyers", "publish", "TP-6"), {}, OUT, "gap", "R-24"),
    ("an item missing", ("lawyers", "publish", "TP-6"), papers("notices", items=NINE[1:]), OUT, "gap", "R-22"),
    ("birth dates", ("lawyers_born", "publish", "TP-6"), papers("notices"), OUT, "violation", "R-23"),
    (
        "birth dates left out",
        ("lawyers_born", "publish", "TP-6"),
        papers("notices"),
        OUT | {"columns": ("氏名",)},
        "compliant",
        "",
    ),
    ("an unknown column", ("lawyers_odd", "publish", "TP-6"), papers("notices"), OUT, "gap", "R-23"),
    ("not filed", ("lawyers", "publish", "TP-6"), papers("notices", filing=""), OUT, "gap", "R-24"),
    ("too soon", ("lawyers", "publish", "TP-6"), papers("notices", published_on=START), OUT, "gap", "R-25"),
    (
        "special care",
        ("lawyers_ill", "publish", "TP-6"),
        papers("notices", data_categories=("name", "phone", "medical_history")),
        OUT,
        "violation",
        "R-26",
    ),
    ("opt-out without record", ("lawyers", "publish", "TP-6"), papers("notices"), OUT | {"record": ""}, "gap", "R-18"),
    ("shared", ("customers", "shipping", "TP-7"), papers("shared"), {"notice": "n", "purposes": B}, "compliant", ""),
    ("not published", ("customers", "shipping", "TP-7"), {}, {"notice": "n", "purposes": B}, "gap", "R-17"),
    (
        "beyond the users",
        ("customers", "shipping", "TP-7"),
        papers("shared", recipients=("丙社",)),
        {"notice": "n", "purposes": B},
        "gap",
        "R-17",
    ),
    (
        "published afterwards",
        ("customers", "shipping", "TP-7"),
        papers("shared", published_on=date(2026, 7, 1)),
        {"notice": "n", "purposes": B},
        "gap",
        "R-17",
    ),
    ("abroad", ("customers", "shipping", "TP-5"), papers("contracts", monitored_on=None), ABROAD, "gap", "28"),
    ("abroad, checked", ("customers", "shipping", "TP-4"), papers("contracts"), ABROAD, "compliant", ""),
    ("equivalent country", ("customers", "shipping", "TP-5"), papers("contracts"), GERMAN, "compliant", ""),
    ("cookies", ("cookies", "ad_audience", "TP-1"), {}, {}, "gap", "R-20"),
    ("pseudonymised", ("facts", "research", "TP-1"), {}, {"purposes": ("customer-C",)}, "violation", "41"),
    ("entrusted, opted out", ("entrusted", "publish", "TP-6"), papers("notices"), OUT, "entrusted_scope", "R-07"),
    (
        "entrusted, passed on within the contract",
        ("entrusted", "shipping", "TP-4"),
        papers("contracts", id="in", direction="entrusted_to_us", at_end="erase"),
        {"purposes": ("subcontracted-A",)},
        "compliant",
        "",
    ),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Verdict]:
    verdicts = all_judged([case[1:4] for case in CASES])
    return {case[0]: verdict for case, verdict in zip(CASES, verdicts, strict=True)}


@pytest.mark.parametrize(("what", "verdict", "requirement"), [(case[0], *case[4:]) for case in CASES])
def test_a_provision(found: dict[str, Verdict], what: str, verdict: str, requirement: str) -> None:
    assert found[what].verdict == verdict, found[what]
    if requirement:
        assert found[what].requirement == requirement, found[what]


def test_what_is_beyond_the_notice_is_named_and_every_other_failing_rule_told() -> None:
    found = judged("lawyers_born", "publish", "TP-6", papers("notices", filing="", items=NINE[:-1]), **OUT)
    said = {sentence["code"]: sentence["ja"] for sentence in found.evidence}
    assert "生年月日" in said["opt-out-items-published"]
    assert "提供を開始する予定日" in said["opt-out-notice-complete"]
    assert "opt-out-filed" in said
    assert (found.clause, found.law) == ("2.2(1)", "27(2)(iii)")


def test_cookies_handed_on_ask_for_the_consent_at_the_recipient(found: dict[str, Verdict]) -> None:
    assert "related-data-consented" in {sentence["code"] for sentence in found["cookies"].evidence}


def test_recipients_are_not_repeated() -> None:
    found = judged("customers", "list_sale", "", recipient="山田 太郎")
    assert "山田" not in repr(found)


@pytest.mark.parametrize(("ground", "verdict"), [("TP-6", "compliant"), ("", "gap")])
def test_a_use_that_passes_data_on_needs_a_provision_with_a_ground(ground: str, verdict: str) -> None:
    source = Source(store="s", dataset="lawyers")
    use = Use(id="u", job="", use="publish", source=source, purposes=E)
    provision = Provision(id="p", source=source, use="publish", recipient="閲覧者", ground=ground)
    declared = Declared(uses=(use,), provisions=(provision,))
    found = next(v for v in check(POLICY, [DATASETS["lawyers"]], declared, TODAY) if v.use == "u")
    assert found.verdict == verdict


@pytest.mark.parametrize(("purposes", "verdict"), [(("professional-E",), "gap"), (E, "compliant")])
def test_a_database_for_inspection_serves_a_purpose_above(purposes: tuple[str, ...], verdict: str) -> None:
    found = judged("lawyers", "publish", "TP-6", papers("notices"), notice="n", purposes=purposes)
    assert (found.verdict, found.requirement == "R-11") == (verdict, verdict == "gap")
