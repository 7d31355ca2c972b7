"""What the checks say of a dataset by itself: whether anybody says what it is for, and under which contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import get_args

from classifiers.vocabulary import subjects
from expectations.check import Verdict
from expectations.facts import Custody, Declared, Nature, Provision, Source
from expectations.observed import ObservedDataset
from expectations.policy import load
from tests.checking import check
from tests.test_check import CONTRACT, EXCEPTION, column, held, used

POLICY = load("handling-of-personal-information")
TODAY = date(2026, 11, 23)


def by_itself(datasets: Sequence[ObservedDataset], declared: Declared) -> list[Verdict]:
    return [found for found in check(POLICY, datasets, declared, TODAY) if found.table == "datasets"]


def one(dataset: ObservedDataset, declared: Declared) -> Verdict:
    (found,) = by_itself([dataset], declared)
    return found


def test_no_dataset_is_ever_in_order_by_itself() -> None:
    kinds = list(product(sorted(subjects()), get_args(Custody), get_args(Nature)))
    datasets = [held(f"d{n}", kind[0], custody=kind[1], nature=kind[2]) for n, kind in enumerate(kinds)]
    uses = tuple(used(dataset.name, "shipping", id=f"u{n}") for n, dataset in enumerate(datasets))
    for declared in (Declared(), Declared(uses=uses)):
        assert {found.verdict for found in by_itself(datasets, declared)} == {"gap", "not_applicable"}


def test_data_nobody_says_the_use_of_is_to_be_checked() -> None:
    found = one(held("list", "customer"), Declared())
    assert (found.verdict, found.rule, found.requirement, found.severity) == ("gap", "use-declared", "R-02", "info")
    assert (found.clause, found.law) == ("1.1", "17(1)")
    assert "利用が宣言されていません" in found.evidence[-1]["ja"]
    assert "uses.yml" in found.next_step["ja"] and "uses.yml" in found.next_step["en"]


def test_a_declared_use_or_provision_leaves_the_dataset_nothing_to_say() -> None:
    provision = Provision(id="p", source=Source(store="s", dataset="list"), recipient="配送会社", use="shipping")
    for declared in (Declared(uses=(used("list", "list_sale"),)), Declared(provisions=(provision,))):
        assert by_itself([held("list", "customer")], declared) == []
    some_rows = Declared(uses=(used("list", "marketing", rows="同意 = '1'"),))
    assert by_itself([held("list", "customer")], some_rows) == [], "rows of a dataset of one kind are of that kind"


def test_each_row_partition_is_asked_for_a_use_of_its_own() -> None:
    mixed = held("contacts", ("区分 = '顧客'", "customer"), ("区分 = '弁護士'", "professional"))
    found = one(mixed, Declared(uses=(used("contacts", "marketing", rows="区分 = '顧客'"),)))
    assert (found.row_filter, found.rule, found.subject_category) == ("区分 = '弁護士'", "use-declared", "professional")


def test_a_use_of_another_stores_dataset_of_the_same_name_is_no_use_of_this() -> None:
    elsewhere = used("list", "marketing").model_copy(update={"source": Source(store="other", dataset="list")})
    assert one(held("list", "customer"), Declared(uses=(elsewhere,))).rule == "use-declared"


def test_only_the_policys_own_persons_are_asked_for_a_use() -> None:
    datasets = [
        held("staff", "employee"),
        held("nobody knows", "unresolved"),
        held("cookies", "customer", nature="related"),
        held("statistics", "customer", nature="anonymous"),
        held("pseudonyms", "customer", nature="pseudonymised"),
    ]
    found = {verdict.dataset: verdict.rule for verdict in by_itself(datasets, Declared())}
    assert found == {
        "staff": "dataset-in-policy",
        "nobody knows": "dataset-resolved",
        "statistics": "",
        "pseudonyms": "use-declared",
    }


def test_what_nobody_declared_comes_after_what_was_found() -> None:
    texts = [column("備考", "free_text", mentions=("disability",))]
    datasets = [held("a", "customer"), held("b", "customer", columns=texts), held("c", "employee")]
    found = check(POLICY, datasets, Declared(uses=(used("c", "list_sale"),)), TODAY)
    assert [verdict.rule for verdict in found if verdict.verdict == "gap"] == [
        "special-care-in-texts",
        "dataset-in-policy",
        "use-declared",
        "use-declared",
    ]


def test_entrusted_data_without_a_contract_is_found_before_anybody_uses_it() -> None:
    entrusted = held("ent", "customer", custody="entrusted")
    found = one(entrusted, Declared())
    assert (found.verdict, found.rule, found.severity) == ("gap", "entrusted-contract-recorded", "warning")
    assert {sentence["code"] for sentence in found.evidence} >= {"entrusted-contract-recorded", "use-declared"}
    named = held("ent", "customer", custody="entrusted", contract="c")
    assert one(named, Declared()).rule == "entrusted-contract-recorded", "a contract that nobody recorded"
    assert one(named, Declared(contracts=(CONTRACT,))).rule == "use-declared"
    other_way = CONTRACT.model_copy(update={"direction": "entrusted_by_us"})
    assert one(named, Declared(contracts=(other_way,))).rule == "entrusted-contract-recorded"


def test_the_missing_contract_is_one_finding_where_a_use_asks_for_it() -> None:
    entrusted = held("ent", "customer", custody="entrusted")
    use = used("ent", "entrusted_work", "subcontracted-A")
    found = check(POLICY, [entrusted], Declared(uses=(use,)), TODAY)
    assert [(verdict.table, verdict.rule) for verdict in found] == [("uses", "entrusted-contract-recorded")]
    by_law = used("ent", "statutory_reporting", exception="x")
    found = check(POLICY, [entrusted], Declared(uses=(by_law,), exceptions=(EXCEPTION,)), TODAY)
    assert {(verdict.table, verdict.verdict) for verdict in found} == {
        ("datasets", "gap"),
        ("uses", "statutory_exception"),
    }
