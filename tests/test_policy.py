"""The published policy as data: what it holds, how it is asked, how it is adopted, and what a wrong one is told."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.vocabulary import subjects, uses
from expectations.policy import Adoption, Desk, Policy, PolicyError, load, policies

NAME = "handling-of-personal-information"
TEXT = files("expectations").joinpath("policies", f"{NAME}.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(NAME)


def test_the_shipped_policy_is_listed() -> None:
    assert NAME in policies()


def test_it_holds_every_item_of_the_text(policy: Policy) -> None:
    letters = {category.id: "" for category in policy.categories}
    for purpose in policy.purposes:
        letters[purpose.category] += purpose.id[-1]
    assert letters == {
        "customer": "ABCDEFGH",
        "partner": "ABC",
        "subcontracted": "AB",
        "applicant_retiree": "ABCD",
        "professional": "ABCDEFGH",
    }
    assert [ground.id for ground in policy.third_parties.grounds] == [f"TP-{n}" for n in range(1, 8)]
    assert len(policy.opt_out.items) == 9
    assert len(policy.shared_use.items) == 5
    assert [row.id for row in policy.requesters] == ["RQ-1", "RQ-2", "RQ-3"]
    assert [row.id for row in policy.papers] == ["DS-1", "DS-2", "DS-3", "DD-1", "DD-2", "DD-3"]
    assert len(policy.request_kinds) == 6
    assert [row.id for row in policy.oddities] == [f"O-{n}" for n in range(1, 22)]


def test_every_row_read_from_the_text_quotes_it_in_english_and_words_it_in_japanese(policy: Policy) -> None:
    read = (*policy.categories, *policy.purposes, *policy.third_parties.grounds, *policy.requesters, *policy.papers)
    for row in read:
        assert row.quote.isascii() or "’" in row.quote, row.id
        assert not row.ja.isascii(), row.id


def test_catch_alls_name_their_parents_and_cover_nothing_by_themselves(policy: Policy) -> None:
    catch_alls = {purpose.id: purpose for purpose in policy.purposes if purpose.type == "catch_all"}
    assert set(catch_alls) == {"customer-H", "partner-C", "subcontracted-B", "applicant_retiree-D", "professional-H"}
    for id, purpose in catch_alls.items():
        earlier = [other.id for other in policy.purposes_of(purpose.category) if other.ordinal < purpose.ordinal]
        assert list(purpose.parents) == earlier, id
        assert not purpose.covers


def test_every_use_of_the_vocabulary_has_a_place(policy: Policy) -> None:
    placed = {use for purpose in policy.purposes for use in (*purpose.covers, *purpose.may_cover)}
    assert set(uses()) == placed | {row.use for row in policy.outside}


@pytest.mark.parametrize(
    ("subject", "custody", "nature", "category"),
    [
        ("customer", "own", "personal", "customer"),
        ("business_partner", "own", "personal", "partner"),
        ("applicant", "own", "personal", "applicant_retiree.applicant"),
        ("retiree", "own", "personal", "applicant_retiree.retiree"),
        ("professional", "own", "personal", "professional"),
        ("employee", "own", "personal", "no_category"),
        ("shareholder", "own", "personal", "no_category"),
        ("site_visitor", "own", "related", "no_category"),
        ("opponent", "own", "personal", "no_category"),
        ("customer", "own", "pseudonymised", "customer"),
        ("customer", "own", "anonymous", "not_personal"),
        ("none", "own", "personal", "not_personal"),
        ("none", "entrusted", "none", "not_personal"),
        ("unresolved", "own", "personal", "unresolved"),
        ("customer", "entrusted", "personal", "subcontracted"),
        ("employee", "entrusted", "personal", "subcontracted"),
        ("unresolved", "entrusted", "personal", "subcontracted"),
    ],
)
def test_subject_custody_and_nature_make_the_category(
    policy: Policy, subject: str, custody: str, nature: str, category: str
) -> None:
    assert policy.category_of(subject, custody, nature) == category  # type: ignore[arg-type]


def test_every_subject_has_a_category_with_words(policy: Policy) -> None:
    for subject in subjects():
        assert policy.label(policy.category_of(subject)).ja


@pytest.mark.parametrize(
    "spelling",
    [
        "customer-D",
        "customer-d",
        "customer-4",
        "customer-④",
        "customer-(4)",
        "customer-（４）",
        "customer-エ",
        "customer-Ｄ",
    ],
)
def test_a_purpose_is_found_by_letter_number_and_kana(policy: Policy, spelling: str) -> None:
    assert policy.purpose(spelling).id == "customer-D"


def test_a_sites_purpose_is_its_reference(policy: Policy) -> None:
    assert policy.purpose("professional-G.portal.3").id == "professional-G"


@pytest.mark.parametrize("spelling", ["customer-I", "customer-9", "customer", "", "shareholder-A", "customer-ン", "-"])
def test_a_purpose_that_is_not_there_is_refused(policy: Policy, spelling: str) -> None:
    with pytest.raises(PolicyError, match="no such purpose"):
        policy.purpose(spelling)


def test_fees_are_taken_where_the_act_lets_them(policy: Policy) -> None:
    assert {kind.id: (kind.fee, kind.fee_locked) for kind in policy.request_kinds} == {
        "purpose_notice": (1000, False),
        "disclosure": (1000, False),
        "provision_record": (0, False),
        "correction": (0, True),
        "stop_use": (0, True),
        "stop_provision": (0, True),
    }


def test_a_company_adopts_it_with_its_own_name_desk_and_fee(policy: Policy) -> None:
    adoption = Adoption.model_validate({"adopts": NAME, "desk": {"name": "相談窓口"}, "fee": {"amount": 500}})
    own = policy.adopt(adoption, "株式会社みほん")
    assert (own.company.name, own.desk.name, own.desk.phone) == ("株式会社みほん", "相談窓口", "")
    assert own.request_kind("disclosure").fee == own.fee.amount == 500
    assert [kind.fee for kind in own.request_kinds if kind.fee_locked] == [0, 0, 0]
    assert own.digest != policy.digest
    assert own.purposes == policy.purposes


def test_the_published_desk_does_not_stay_with_a_company_that_adopts_it() -> None:
    with pytest.raises(ValueError, match="desk"):
        Adoption.model_validate({"adopts": NAME})


def test_the_digest_says_whether_the_policy_is_the_same(policy: Policy) -> None:
    adopted = [policy.adopt(Adoption(desk=Desk(name=name)), "甲") for name in ("窓口", "窓口", "受付")]
    assert adopted[0].digest == adopted[1].digest != adopted[2].digest


def written(folder: Path, text: str) -> Path:
    file = folder / "own.yml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("covers: [marketing]", "covers: [marketting]", "purposes, customer-D, covers: 'marketting' is no use"),
        (
            "ordinal: 4\n    quote: Sending",
            "ordinal: 3\n    quote: Sending",
            "customer-D, ordinal: item 3 is C, not 'D'",
        ),
        ("ordinal: 4\n    quote: Sending", "ordinal: 04\n    quote: Sending", "customer-D, ordinal: must be a whole"),
        (
            "ordinal: 7\n    quote: Customer",
            "ordinal: 9\n    quote: Customer",
            "purposes, customer: item 7 (G) is missing",
        ),
        (
            "parents: [partner-A, partner-B]",
            "parents: [partner-A, partner-Z]",
            "partner-C, parents: 'partner-Z' is no purpose",
        ),
        ("parents: [partner-A, partner-B]", "parents: [customer-A]", "'customer-A' is another category's"),
        ("    parents: [partner-A, partner-B]\n", "", "partner-C, parents: a catch-all needs the purposes"),
        ("    quote: Execution of contracts\n", "", "purposes, customer-F, quote: is missing"),
        ("quote: Execution of contracts", "quote: ''", "purposes, customer-F, quote: is empty"),
        (
            "subjects: [business_partner]",
            "subjects: [supplier]",
            "categories, partner, subjects: 'supplier' is no subject",
        ),
        ("subjects: [business_partner]", "subjects: [customer]", "'customer' is customer's already"),
        ("ordinal: 8\n    quote: Other", "ordinal: 99999999999\n    quote: Other", "customer-H, ordinal"),
        ("third_party: true", "third_party: yes", "professional-D, third_party: must be true or false"),
        ("sub_category: retiree", "sub_category: retired", "applicant_retiree has no 'retired'"),
        ("categories: [professional]", "categories: [customer]", "no purpose of 'customer' involves third parties"),
        (
            "fee: 0, fee_locked: true, refusal: 34(2)",
            "fee: 1000, fee_locked: true, refusal: 34(2)",
            "correction, fee: no fee",
        ),
        ("papers: [DS-1, DS-2, DS-3]", "papers: [DS-1, DS-9]", "requesters, RQ-1, papers: 'DS-9' is no paper"),
        ('opens: "10:00"', "opens: 10am", "desk, opens"),
        ('version: "2011-09-28"', 'verzion: "2011-09-28"', "verzion: is not known"),
        (
            "gap_in: [customer, partner]",
            "gap_in: [clients]",
            "outside, credit_scoring, gap_in: 'clients' is no category",
        ),
        ("- id: TP-2", "- id: TP-1", "third_parties, grounds, TP-1: stands 2 times"),
    ],
)
def test_a_wrong_row_is_named_with_what_to_do(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    assert was in TEXT
    with pytest.raises(PolicyError) as error:
        load(written(tmp_path, TEXT.replace(was, becomes, 1)))
    assert told in str(error.value)
    assert "own.yml" in str(error.value)


def test_every_wrong_row_is_named_at_once(tmp_path: Path) -> None:
    text = TEXT.replace("covers: [marketing]", "covers: [spam]").replace(
        "quote: Execution of contracts", "quote: ''", 1
    )
    text = text.replace("papers: [DS-1, DS-2, DS-3]", "papers: [DS-9]").replace("amount: 1000", "amount: 01000")
    with pytest.raises(PolicyError) as error:
        load(written(tmp_path, text))
    for told in ("customer-D, covers", "professional-C, covers", "customer-F, quote", "RQ-1, papers", "fee, amount"):
        assert told in str(error.value)
    assert "5 to mend" in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: [", "own.yml, line 1: is not YAML"),
        ("- a\n- b\n", "must be a mapping"),
        ("id: a\nid: b\n", "key 'id' stands twice"),
        ("id: &a [*a]\n", "own.yml"),
    ],
)
def test_a_file_that_is_no_policy_is_told_so(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(PolicyError) as error:
        load(written(tmp_path, text))
    assert told in str(error.value)


def test_a_missing_policy_names_the_shipped_ones() -> None:
    with pytest.raises(PolicyError, match=NAME):
        load("handling-of-personal-informations")


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "own.yml"
    file.write_bytes("ja: 取扱い".encode("cp932"))
    with pytest.raises(PolicyError, match="UTF-8"):
        load(file)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["customer", "customer-A", "TP-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "covers", "ordinal"]), inner),
    max_leaves=8,
)


@given(section=st.sampled_from(sorted(yaml.safe_load(TEXT))), value=anything)
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_section_is_a_policy_or_a_policy_error(
    tmp_path_factory: pytest.TempPathFactory, section: str, value: object
) -> None:
    document = yaml.safe_load(TEXT) | {section: value}
    file = written(tmp_path_factory.mktemp("policy"), yaml.safe_dump(document, allow_unicode=True))
    try:
        load(file)
    except PolicyError as error:
        assert "to mend" in str(error)
