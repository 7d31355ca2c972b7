"""What the checks say of what SQL does: uses nobody declared, rows that leave, entrusted data beside our own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from expectations.check import Verdict
from expectations.facts import Contract, Declared, Provision, Source, Use
from expectations.observed import (
    ObservedCopy,
    ObservedDataset,
    ObservedExport,
    ObservedFlows,
    ObservedMatch,
    ObservedUse,
    Place,
)
from expectations.policy import load
from tests.checking import check
from tests.test_check import CONTRACT, column, held, used

POLICY = load("handling-of-personal-information")
TODAY = date(2026, 11, 23)
AT = (Place(store="jobs", job="夜間/match.sql", line=12),)
OWN = held("members", "customer", columns=[column("氏名", "name"), column("mail", "email")])
LIST = held("list", "customer", custody="entrusted", contract="c")
WITHIN = used("list", "shipping", "subcontracted-A", contract="c", id="within")


def judged(datasets: Sequence[ObservedDataset], flows: ObservedFlows, **declared: Any) -> list[Verdict]:
    declared = {"contracts": (CONTRACT,)} | declared
    found = check(POLICY, datasets, Declared(**declared), TODAY, flows=flows)
    return [verdict for verdict in found if verdict.table in ("observed_uses", "exports", "matches", "copies")]


def match(other: ObservedDataset, **declared: Any) -> list[Verdict]:
    flows = ObservedFlows(matches=(ObservedMatch(dataset=LIST.id, other=other.id, places=AT),))
    return judged([LIST, other], flows, uses=(WITHIN,), **declared)


def seen(dataset: ObservedDataset, use: str, *uses: Use, related: Sequence[ObservedDataset] = ()) -> list[Verdict]:
    fact = ObservedUse(dataset=dataset.id, use=use, related=tuple(one.id for one in related), places=AT)
    return judged([dataset, *related], ObservedFlows(uses=(fact,)), uses=uses)


def left(*acts: Use | Provision, dataset: ObservedDataset = OWN, columns: tuple[str, ...] = ()) -> list[Verdict]:
    fact = ObservedExport(dataset=dataset.id, outlet="storage", columns=columns, places=AT)
    uses = tuple(act for act in acts if isinstance(act, Use))
    provisions = tuple(act for act in acts if isinstance(act, Provision))
    return judged([dataset], ObservedFlows(exports=(fact,)), uses=uses, provisions=provisions)


# -------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", ["customer", "business_partner", "applicant", "professional", "employee"])
def test_entrusted_data_beside_anybody_of_ours_may_be_beyond_the_entrusted_work(subject: str) -> None:
    (found,) = match(held("own", subject))
    assert (found.verdict, found.requirement, found.severity) == ("entrusted_scope", "R-08", "error")
    assert (found.dataset, found.clause, found.law) == ("list", "1.3", "25, 27(5)(i)")
    said = {sentence["code"]: sentence for sentence in found.evidence}
    assert "「own」" in said["entrusted-kept-apart"]["ja"] and "“own”" in said["entrusted-kept-apart"]["en"]
    assert said["place"]["ja"] == "SQLの場所: jobs › 夜間/match.sql 12行目"
    assert said["place"]["en"] == "SQL at: jobs › 夜間/match.sql, line 12"


def test_entrusted_data_beside_codes_is_nothing() -> None:
    assert match(held("prefectures", "none", nature="none")) == []


def test_entrusted_data_beside_what_nobody_knows_is_to_be_checked() -> None:
    (found,) = match(held("unknown", "unresolved"))
    assert (found.verdict, found.rule, found.severity) == ("gap", "entrusted-beside-resolved", "warning")


def test_data_of_two_entrusters_is_to_be_checked_and_of_one_contract_is_not() -> None:
    other = Contract.model_validate({**CONTRACT.model_dump(), "id": "d", "party": "別の委託元"})
    both = {"contracts": (CONTRACT, other)}
    (found,) = match(held("theirs", "customer", custody="entrusted", contract="d"), **both)
    assert (found.verdict, found.rule) == ("gap", "entrusters-kept-apart")
    assert match(held("same", "customer", custody="entrusted", contract="c"), **both) == []


def test_a_copy_of_entrusted_data_is_declared_as_what_it_is() -> None:
    def copied(other: ObservedDataset) -> list[str]:
        flows = ObservedFlows(copies=(ObservedCopy(dataset=LIST.id, other=other.id, places=AT),))
        return [found.rule for found in judged([LIST, other], flows, uses=(WITHIN,))]

    assert copied(held("work", "customer")) == ["entrusted-copy-declared"]
    assert copied(held("work", "customer", custody="entrusted", contract="d")) == ["entrusted-copy-declared"]
    assert copied(held("work", "customer", custody="entrusted", contract="c")) == []
    assert copied(held("counts", "none", nature="none")) == []


def test_a_moved_line_is_no_other_finding() -> None:
    (found,) = match(OWN)
    flows = ObservedFlows(
        matches=(ObservedMatch(dataset=LIST.id, other=OWN.id, places=(AT[0].model_copy(update={"line": 99}),)),)
    )
    (moved,) = judged([LIST, OWN], flows, uses=(WITHIN,))
    assert (moved.id, moved.digest) == (found.id, found.digest)
    assert moved.evidence != found.evidence


def test_of_many_places_some_are_named() -> None:
    lines = (Place(store="log", job="a.csv", line=line) for line in range(1, 8))
    places = (*lines, Place(store="dbt", job="m.sql"))
    flows = ObservedFlows(matches=(ObservedMatch(dataset=LIST.id, other=OWN.id, places=places),))
    (found,) = judged([LIST, OWN], flows, uses=(WITHIN,))
    assert found.evidence[-1]["ja"].endswith("log › a.csv 5行目 ほか3か所")
    assert found.evidence[-1]["en"].endswith("log › a.csv, line 5 and 3 more")
    alone = ObservedFlows(matches=(ObservedMatch(dataset=LIST.id, other=OWN.id, places=places[-1:]),))
    assert judged([LIST, OWN], alone, uses=(WITHIN,))[0].evidence[-1]["ja"] == "SQLの場所: dbt › m.sql"


# ------------------------------------------------------------------------------------- uses


def test_a_use_that_shows_and_nobody_declared_is_for_information() -> None:
    (found,) = seen(OWN, "marketing")
    assert (found.verdict, found.rule, found.severity) == ("gap", "observed-use-declared", "info")
    assert (found.use, found.use_kind) == ("", "marketing")
    reason = next(sentence for sentence in found.evidence if sentence["code"] == found.rule)
    assert "商品・サービスの案内" in reason["ja"] and "customer-D" in reason["ja"]


def test_a_use_that_is_declared_leaves_nothing_to_say() -> None:
    assert seen(OWN, "marketing", used("members", "marketing", "customer-D")) == []
    list_ = held("dm_list", "customer")
    assert seen(OWN, "marketing", used("dm_list", "marketing", "customer-D"), related=[list_]) == []
    assert len(seen(OWN, "marketing", used("members", "shipping", "customer-B"))) == 1


@pytest.mark.parametrize(("subject", "use"), [("customer", "list_sale"), ("business_partner", "marketing")])
def test_a_use_that_no_purpose_lists_is_to_be_checked_whether_or_not_it_is_so(subject: str, use: str) -> None:
    (found,) = seen(held("x", subject), use)
    assert (found.verdict, found.rule, found.severity, found.requirement) == (
        "gap",
        "observed-use-listed",
        "warning",
        "R-02",
    )


def test_of_whom_the_policy_does_not_speak_a_use_says_nothing() -> None:
    for dataset in (held("x", "employee"), held("x", "unresolved"), held("x", "none", nature="none")):
        assert seen(dataset, "marketing") == []


def test_a_use_of_entrusted_data_is_laid_beside_its_contract() -> None:
    assert seen(LIST, "shipping", WITHIN) == []
    (found,) = seen(LIST, "marketing", WITHIN)
    assert (found.verdict, found.rule, found.requirement) == ("gap", "entrusted-observed-use", "R-07")
    assert seen(LIST, "marketing", used("list", "marketing", contract="c")) == [], "judged as it was declared"


# ------------------------------------------------------------------------------------- exports


def test_rows_that_leave_without_a_word_where_to_are_to_be_checked() -> None:
    (found,) = left(columns=("MAIL",))
    assert (found.verdict, found.rule, found.requirement, found.severity) == (
        "gap",
        "export-declared",
        "R-17",
        "warning",
    )
    reason = next(sentence for sentence in found.evidence if sentence["code"] == found.rule)
    assert "オブジェクトストレージへ: メールアドレス）" in reason["ja"]
    (whole,) = left()
    assert any("氏名、メールアドレス" in sentence["ja"] for sentence in whole.evidence)


def test_rows_that_leave_for_a_declared_place_leave_nothing_to_say() -> None:
    provision = Provision(id="p", source=Source(store="s", dataset="members"), recipient="配送会社", use="shipping")
    assert left(provision) == []
    assert left(used("members", "marketing", "customer-D", destination="配信システム")) == []
    assert len(left(used("members", "marketing", "customer-D"))) == 1
    assert left(dataset=held("codes", "none", nature="none")) == []


def test_what_goes_back_to_the_entruster_needs_a_declared_use() -> None:
    assert left(WITHIN, dataset=LIST) == []
    assert [found.rule for found in left(dataset=LIST)] == ["export-declared"]


def test_every_row_partition_has_its_own_word() -> None:
    mixed = held("contacts", ("区分 = '顧客'", "customer"), ("区分 = '仕入先'", "business_partner"))
    found = {verdict.row_filter: verdict.rule for verdict in seen(mixed, "marketing")}
    assert found == {"区分 = '顧客'": "observed-use-declared", "区分 = '仕入先'": "observed-use-listed"}
