"""Requests over the fictional company against their key (`requests/README.md`): the right person's rows, nobody else's.

Each is taken from its form to its letter once; every test looks at a part of what came of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

import pytest

from tests.conftest import Run
from tests.requesting import Desk, Played, labelled, people, requests, rows_of, rows_of_all, whose

KEY = requests()
ASKED = {
    "purpose_notice": "利用目的の通知", "disclosure": "開示", "provision_record": "第三者提供記録の開示",
    "correction": "訂正・追加・削除", "stop_use": "利用停止・消去", "stop_provision": "第三者提供の停止",
}  # fmt: skip
FORMS = {"": "書面", "electronic": "電磁的記録"}


def having(*fields: str) -> Any:
    """Every request whose key says something of a field."""
    return pytest.mark.parametrize("id", [id for id, key in KEY.items() if any(field in key for field in fields)])


@pytest.fixture(scope="module")
def desk(company_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("requests"), company_run)


@pytest.fixture(scope="module")
def played(desk: Desk) -> Mapping[str, Played]:
    return {id: desk.play(key) for id, key in KEY.items()}


@having("refused")
def test_a_form_that_cannot_be_is_refused_with_what_can(id: str, played: Mapping[str, Played]) -> None:
    assert KEY[id]["refused"] in played[id].refused


@pytest.mark.parametrize("id", KEY)
def test_the_intake_says_what_the_key_says(id: str, played: Mapping[str, Played]) -> None:
    one = played[id]
    assert bool(one.refused) == ("refused" in KEY[id]), one.refused
    for field, told in (("at_first", one.at_first), ("intake", one.intake)):
        if field not in KEY[id]:
            continue
        assert told
        said = {
            "missing": [lack.code for lack in told.intake.missing],
            "tasks": [lack.code for lack in told.intake.tasks],
            "fee": {"due": told.fee.due, "owed": told.fee.owed, "to_return": told.fee.to_return},
            "identity": sorted(told.identity),
            "related": sorted(other.how for other in told.case.related),
            "due": told.due.what if told.due else "",
            "step": told.case.progress.step,
        }
        wanted = KEY[id][field]
        in_order = {name: sorted(value) if name in ("identity", "related") else value for name, value in wanted.items()}
        assert {name: said[name] for name in wanted} == in_order


@having("stop")
def test_a_stop_stands_on_the_stop_list_on_the_day_it_arrives(id: str, played: Mapping[str, Played]) -> None:
    assert played[id].stopped


@having("search")
def test_the_search_puts_forward_what_the_key_says(id: str, played: Mapping[str, Played]) -> None:
    one, key = played[id], KEY[id]["search"]
    wanted = {label: {kind} for kind in ("release", "candidate") for label in labelled(KEY[id], key.get(kind, []))}
    assert {label: set(one.suggested(label, wanted[label] == {"candidate"})) for label in wanted} == wanted
    assert set(key.get("open", [])) <= set(one.opened)
    assert one.looked
    for place in key.get("none_of", []):
        store, _, dataset = place.partition("/")
        here = [found for found in one.looked.search.candidates if found.store == store]
        assert not [found for found in here if not dataset or found.dataset.startswith(dataset)]
    for label in key.get("others", {}).get("excluded", []):
        assert set(one.suggested(label)) <= {"excluded"}, label
    for label in key.get("others", {}).get("never", []):
        assert "release" not in one.suggested(label), label


@having("before_owners", "refused_decisions", "cannot_confirm", "still_there", "undone")
def test_what_must_be_refused_is_refused_for_the_reason_of_the_key(id: str, played: Mapping[str, Played]) -> None:
    assert played[id].codes
    assert [said for _, said in played[id].codes] == [wanted for wanted, _ in played[id].codes]


@having("decide")
def test_the_letter_has_all_fields_and_says_what_the_key_says(id: str, played: Mapping[str, Played]) -> None:
    one, key = played[id], KEY[id]
    wanted = key.get("letter", {})
    missing = [part for part in (*fields(one), *map(str, wanted.get("says", ()))) if part not in one.letter]
    too_much = [part for part in map(str, wanted.get("never", ())) if part in one.letter]
    assert (missing, too_much) == ([], [])
    if "to" in wanted:
        assert one.to == wanted["to"]
    if "reason" in str(key["decide"]):
        assert all(item["reason"] in one.letter for item in key["decide"] if item["outcome"] != "comply")


def fields(one: Played) -> Iterator[str]:
    """The fourteen fields of a letter, as far as they follow from the form."""
    assert one.case and one.case.individual and one.intake
    case, number = one.case, one.case.number
    yield from (f"文書番号　{number}-", "年", "様")
    yield from ("株式会社あおば法務サービス", "東京都千代田区あおば町1-2-3", "代表取締役 青葉 みのり")
    yield f"受付番号 {number}　受付日 2026年11月20日　種別 {'、'.join(ASKED[kind] for kind in case.kinds)}"
    yield case.asked.scope or "当社が保有個人データとして管理するご本人のデータ"
    yield from ("ご請求の対象", "決定", "回答の方法", FORMS[case.asked.form])
    yield f"{one.intake.fee.due:,}円を受領いたしました。" if one.intake.fee.due else "手数料はいただいておりません。"
    if case.progress.search:
        yield "現在、当社が保有個人データとして管理するデータを、ご提示の事項により検索した結果です。"
    yield from ("個人情報保護相談窓口", "TEL 03-1234-0100", "privacy@aoba-law.example", "10:00–18:00")
    yield "本件の対応のみに用い、対応の終了後に返却または廃棄いたします。"


def test_letters_on_nothing_are_alike_but_for_name_number_and_dates(played: Mapping[str, Played]) -> None:
    letters = set()
    for id, key in KEY.items():
        if key.get("letter", {}).get("same_as") == "nothing":
            case, said = played[id].case, played[id].letter
            assert case and case.individual
            for part in (case.number, *case.individual.names, *case.individual.addresses):
                said = said.replace(part, "…")
            letters.add(said)
    assert len(letters) == 1


@having("close")
def test_a_case_is_closed_when_nothing_is_left_to_do(id: str, played: Mapping[str, Played]) -> None:
    assert played[id].closed == KEY[id]["close"]


def test_every_row_of_the_key_is_in_the_samples(desk: Desk) -> None:
    assert [label for label, count in desk.counted(rows_of_all()).items() if not count] == []


def searched(played: Mapping[str, Played]) -> Iterator[tuple[str, Played]]:
    return ((id, one) for id, one in played.items() if one.looked)


def test_no_row_of_anybody_else_is_put_forward_for_release(played: Mapping[str, Played]) -> None:
    wrong = [
        (id, candidate.store, candidate.dataset)
        for id, one in searched(played)
        if one.looked
        for candidate in one.looked.search.candidates
        if candidate.suggestion == "release" and one.labels[candidate.id].partition(".")[0] not in whose(KEY[id])
    ]
    assert sum(1 for _ in searched(played)) >= 50
    assert wrong == []


def shares(desk: Desk, played: Mapping[str, Played], group: str) -> tuple[int, int, list[str]]:
    """How many rows of the right persons were put forward, of how many; and which were not."""
    rows = {label: row for one in people() for label, row in rows_of(one, group).items()}
    counted = desk.counted(rows)
    found = total = 0
    missed = []
    for id, one in searched(played):
        unread = set(labelled(KEY[id], KEY[id].get("unread", [])))
        for person in whose(KEY[id]):
            for label in rows_of(person, group).keys() - unread:
                here = sum(suggested != "excluded" for suggested in one.suggested(label))
                found, total = found + here, total + counted[label]
                missed += [f"{id}: {label}"] if here < counted[label] else []
    return found, total, missed


def test_the_right_persons_rows_are_found(
    desk: Desk, played: Mapping[str, Played], capsys: pytest.CaptureFixture[str]
) -> None:
    found, total, missed = shares(desk, played, "rows")
    hanging, hang, unhung = shares(desk, played, "hanging")
    with capsys.disabled():
        print(f"\nrequests: {len(KEY)}, by theme {dict(Counter(key['theme'] for key in KEY.values()))}")
        print(f"the right persons' rows: {found} of {total} found ({found / total:.1%})")
        print(f"rows that hang on them by a number: {hanging} of {hang}")
        for miss in (*missed, *unhung):
            print("  miss:", miss)
    assert total >= 250
    assert hang >= 80
    assert found / total >= 0.99
    assert hanging / hang >= 0.99


def test_a_row_says_by_which_link_it_was_found(played: Mapping[str, Played]) -> None:
    told: dict[str, set[tuple[str, ...]]] = {}
    for _, one in searched(played):
        for found in one.looked.search.candidates if one.looked else ():
            if found.by_link:
                links = (reason for reason in found.reasons if not reason.startswith("not:"))
                told.setdefault(one.labels[found.id].partition(".")[2], set()).add(tuple(links))
    assert told["order_item"] == {("linked:dtb_order.id",)}
    assert told["features"] == {("declared:customer_id→dtb_customer.id",)}
    assert told["followup"] == {("inferred:顧客ID→dtb_customer.id",)}


@pytest.mark.parametrize("person", ["takuya", "yuuna", "haruki"])
def test_what_hangs_on_them_is_put_forward_where_nobody_declared_a_link(desk: Desk, person: str) -> None:
    hanging, put = rows_of(person, "hanging"), desk.undeclared(person)
    found = Counter(label for label, said in put if said != "excluded")
    assert {label: found[label] for label in hanging} == desk.counted(hanging)
    assert {label.partition(".")[0] for label, said in put if said == "release"} == {person}


def test_few_wrong_candidates_are_put_forward(played: Mapping[str, Played], capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        id: sum(
            candidate.suggestion != "excluded" and one.labels[candidate.id].partition(".")[0] not in whose(KEY[id])
            for candidate in (one.looked.search.candidates if one.looked else ())
        )
        for id, one in searched(played)
    }
    with capsys.disabled():
        print(f"\nwrong candidates a request: median {median(wrong.values())}, most {sorted(wrong.values())[-5:]}")
    assert median(wrong.values()) <= 5
    assert all(wrong[id] <= key["most_wrong"] for id, key in KEY.items() if "most_wrong" in key)


@having("issued")
def test_a_my_number_goes_to_its_holder_alone(id: str, played: Mapping[str, Played]) -> None:
    for number in KEY[id]["issued"]:
        assert number in played[id].issued
        assert number not in played[id].letter


@having("kept_nowhere")
def test_what_is_kept_nowhere_stands_in_no_file_of_the_desk(
    id: str, desk: Desk, played: Mapping[str, Played], company_run: Run
) -> None:
    assert played[id].letter
    written = [path for folder in (desk.folder, company_run.folder) for path in folder.rglob("*") if path.is_file()]
    assert written
    for value in KEY[id]["kept_nowhere"]:
        assert [path.name for path in written if value.encode() in path.read_bytes()] == []
