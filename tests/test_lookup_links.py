"""From the rows found to the rows that hang on them, one way only: an order leads to no shop, no clerk, nobody else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.casebook import gates
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Candidate, Progress, Review, Search
from pipelines.disclosure.findings import LookupResult
from pipelines.disclosure.lookup import lookup
from pipelines.disclosure.person import Person
from pipelines.disclosure.release import Sure, suggestions
from pipelines.disclosure.render import rows
from pipelines.disclosure.where import StoreToSearch
from pipelines.stores import open_store
from tests.test_lookup import TARO, TODAY, Part, registered, screen

CUSTOMERS = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, kana TEXT, birth TEXT, mail TEXT)"
TARO_ROW = (1, "田中太郎", "タナカタロウ", "1980-01-01", "tanaka.t@sample.example")
OTHERS = [(2, "鈴木花子", "スズキハナコ", "1975-03-03", "h@sample.example")]
NAMED = {"id": "not_personal", "name": "name", "kana": "name_kana", "birth": "birth_date", "mail": "email"}
KNOWN = Sure(frozenset({("name", 1), ("kana", 1), ("birth_date", 1), ("email", 1)}))
NOBODY = Part(subject="none", nature="none", subject_category="not_personal")


class Shop:
    """An SQLite database, and what the register knows of it."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "shop.sqlite"
        self.known: list[SimpleNamespace] = []

    def table(self, statement: str, content: Sequence[Sequence[Any]], tags: Mapping[str, str], *parts: Part) -> None:
        name = statement.split()[2]
        with sqlite3.connect(self.place) as connection:
            connection.execute(statement)
            marks = ", ".join("?" * len(tags))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", content)
        connection.close()
        self.known.append(registered(name, tags, *parts))

    def customers(self, *more: Sequence[Any], parts: Sequence[Part] = ()) -> None:
        self.table(CUSTOMERS, [TARO_ROW, *OTHERS, *more], NAMED, *parts)

    def look(self, person: Person = TARO) -> LookupResult:
        store = StoreToSearch("s", lambda: open_store("sql", f"sqlite:///{self.place}"))
        return lookup(person, [store], self.known, TODAY)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def found(result: LookupResult) -> dict[tuple[str, int], str]:
    return {(one.dataset, one.row): one.weighed.disposition for one in result.candidates}


def orders(shop: Shop, *parts: Part, columns: str = "customer_id INTEGER REFERENCES customers(id)") -> None:
    statement = f"CREATE TABLE orders (id INTEGER PRIMARY KEY, {columns}, item TEXT)"
    content = [(10, 1, "本"), (11, 2, "本"), (12, 1, "傘"), (13, None, "傘")]
    shop.table(statement, content, dict.fromkeys(("id", "customer_id", "item"), "not_personal"), *parts)


def test_rows_that_point_at_the_persons_row_are_found_link_by_link(shop: Shop) -> None:
    shop.customers()
    orders(shop, NOBODY)
    shop.table(
        "CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders(id), memo TEXT)",
        [(100, 10, None), (101, 11, None), (102, 12, None), (103, 12, None)],
        {"id": "not_personal", "order_id": "not_personal", "memo": "free_text"},
    )
    result = shop.look()
    assert set(found(result)) == {
        ("customers", 1), ("orders", 1), ("orders", 3), ("lines", 1), ("lines", 3), ("lines", 4)
    }  # fmt: skip
    assert {one.dataset: [at.by for at in one.linked] for one in result.candidates} == {
        "customers": [], "orders": ["customers.id"], "lines": ["orders.id"]
    }  # fmt: skip
    assert {one.whose.subject for one in result.candidates} == {"customer"}, "an order is of whoever it hangs on"
    assert {one.dataset for one in result.searched} == {"customers", "orders", "lines"}
    assert "つながり（customer_id → customers.id）" in screen(result)
    told = {"column": "customer_id", "key": "customers.id", "origin": "foreign_key"}
    assert [one["linked"] for one in rows(result) if one["dataset"] == "orders"] == [[told]] * 2
    released = suggestions(result.candidates, KNOWN)
    assert set(released.values()) == {"release"}
    assert set(suggestions(result.candidates, Sure()).values()) == {"candidate"}


def test_nothing_leads_from_a_row_up_to_what_it_points_at(shop: Shop) -> None:
    shop.table("CREATE TABLE shops (id INTEGER PRIMARY KEY, town TEXT)", [(7, "港区")],
               {"id": "not_personal", "town": "not_personal"}, NOBODY)  # fmt: skip
    employee = Part(subject="employee", subject_category="no_category")
    tags = {"id": "not_personal", "name": "name"}
    shop.table("CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT)", [(5, "佐藤恵")], tags, employee)
    shop.table(
        "CREATE TABLE visits (id INTEGER PRIMARY KEY, name TEXT, shop_id INTEGER REFERENCES shops(id), "
        "staff_id INTEGER REFERENCES staff(id))",
        [(1, "田中太郎", 7, 5), (2, "鈴木花子", 7, 5)],
        {"id": "not_personal", "name": "name", "shop_id": "not_personal", "staff_id": "employee_number"},
    )
    assert set(found(shop.look())) == {("visits", 1)}


def test_what_a_person_worked_on_is_not_the_persons(shop: Shop) -> None:
    employee = Part(subject="employee", subject_category="no_category")
    shop.table(CUSTOMERS.replace("customers", "staff"), [TARO_ROW], NAMED, employee)
    shop.table(
        "CREATE TABLE sales (id INTEGER PRIMARY KEY, staff_id INTEGER REFERENCES staff(id), item TEXT)",
        [(1, 1, "本")], dict.fromkeys(("id", "staff_id", "item"), "not_personal"), NOBODY,
    )  # fmt: skip
    shop.table(
        "CREATE TABLE tickets (id INTEGER PRIMARY KEY, handled INTEGER REFERENCES staff(id), who TEXT)",
        [(1, 1, "鈴木花子")], {"id": "not_personal", "handled": "not_personal", "who": "name"},
    )  # fmt: skip
    shop.table(
        "CREATE TABLE attendance (id INTEGER PRIMARY KEY, employee_id INTEGER REFERENCES staff(id), day TEXT)",
        [(1, 1, "2026-11-01")], dict.fromkeys(("id", "employee_id", "day"), "not_personal"), employee,
    )  # fmt: skip
    assert set(found(shop.look())) == {("staff", 1), ("attendance", 1)}


def test_a_master_row_that_many_share_leads_to_nobody(shop: Shop) -> None:
    tags = {"id": "not_personal", "manager": "name", "town": "not_personal"}
    statement = "CREATE TABLE shops (id INTEGER PRIMARY KEY, manager TEXT, town TEXT)"
    shop.table(statement, [(7, "田中太郎", "港区")], tags, NOBODY)
    shop.customers()
    shop.table(
        "CREATE TABLE visits (id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shops(id), name TEXT)",
        [(1, 7, "鈴木花子"), (2, 7, None)], {"id": "not_personal", "shop_id": "not_personal", "name": "name"},
    )  # fmt: skip
    assert set(found(shop.look())) == {("shops", 1), ("customers", 1)}


def test_a_value_that_several_persons_share_is_no_key(shop: Shop) -> None:
    statement = CUSTOMERS.replace("mail TEXT", "household INTEGER")
    tags = {**{name: tag for name, tag in NAMED.items() if name != "mail"}, "household": "not_personal"}
    family = [(*TARO_ROW[:4], 70), (2, "田中花子", "タナカハナコ", "1982-02-02", 70), (3, "田中太郎", None, None, 71)]
    shop.table(statement, family, tags)
    shop.table(
        "CREATE TABLE deliveries (id INTEGER PRIMARY KEY, household INTEGER REFERENCES customers(household))",
        [(1, 70), (2, 71)], {"id": "not_personal", "household": "not_personal"}, NOBODY,
    )  # fmt: skip
    assert set(found(shop.look())) == {("customers", 1), ("customers", 3), ("deliveries", 2)}


def test_a_key_of_several_columns_is_followed_whole(shop: Shop) -> None:
    tags = {"branch": "not_personal", "number": "not_personal", "name": "name"}
    statement = "CREATE TABLE members (branch TEXT, number TEXT, name TEXT, PRIMARY KEY (branch, number))"
    shop.table(statement, [("東", "1", "田中太郎"), ("西", "1", "鈴木花子"), ("東", "2", "鈴木花子")], tags)
    shop.table(
        "CREATE TABLE points (b TEXT, n TEXT, FOREIGN KEY (b, n) REFERENCES members(branch, number))",
        [("東", "1"), ("西", "1"), ("東", "2"), ("東", None)], dict.fromkeys(("b", "n"), "not_personal"), NOBODY,
    )  # fmt: skip
    assert {place for place in found(shop.look()) if place[0] == "points"} == {("points", 1)}


def test_rows_that_name_somebody_else_are_set_apart_and_lead_no_further(shop: Shop) -> None:
    shop.customers()
    shop.table(
        "CREATE TABLE gifts (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), name TEXT)",
        [(1, 1, "鈴木 花子"), (2, 1, "田中 太郎"), (3, 1, None)],
        {"id": "not_personal", "customer_id": "not_personal", "name": "name"},
    )
    shop.table(
        "CREATE TABLE parcels (id INTEGER PRIMARY KEY, gift_id INTEGER REFERENCES gifts(id))",
        [(1, 1), (2, 2), (3, 3)], dict.fromkeys(("id", "gift_id"), "not_personal"), NOBODY,
    )  # fmt: skip
    result = shop.look()
    assert {place[1]: said for place, said in found(result).items() if place[0] == "gifts"} == {
        1: "excluded", 2: "candidate", 3: "candidate"
    }  # fmt: skip
    assert {place for place in found(result) if place[0] == "parcels"} == {("parcels", 2), ("parcels", 3)}
    released = suggestions(result.candidates, KNOWN)
    shown = {(one.dataset, one.row): released[one.dataset_id, one.row] for one in result.candidates}
    assert (shown["gifts", 1], shown["gifts", 2], shown["parcels", 2]) == ("excluded", "release", "release")


def test_a_row_of_somebody_else_that_mentions_the_person_is_not_released_by_its_link(shop: Shop) -> None:
    shop.customers()
    shop.table(
        "CREATE TABLE gifts (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id), name TEXT, "
        "born TEXT, memo TEXT)",
        [
            (1, 1, "鈴木花子", None, "田中太郎様より"), (2, 1, None, None, "田中太郎様より"),
            (3, 1, None, "1975-03-03", "田中太郎様（1980-01-01）より"), (4, 1, "田中太郎", None, "田中太郎様より"),
        ],
        {**dict.fromkeys(("id", "customer_id"), "not_personal"), "name": "name", "born": "birth_date",
         "memo": "free_text"},
    )  # fmt: skip
    shop.table(
        "CREATE TABLE parcels (id INTEGER PRIMARY KEY, gift_id INTEGER REFERENCES gifts(id))",
        [(1, 1), (2, 2), (3, 3), (4, 4)], dict.fromkeys(("id", "gift_id"), "not_personal"), NOBODY,
    )  # fmt: skip
    result = shop.look()
    against = {one.row: one.weighed.contradictions for one in result.candidates if one.dataset == "gifts"}
    assert against == {1: ("name",), 2: (), 3: ("birth_date",), 4: ()}
    released = suggestions(result.candidates, KNOWN)
    assert {(one.dataset, one.row) for one in result.candidates if released[one.dataset_id, one.row] == "release"} == {
        ("customers", 1), ("gifts", 2), ("gifts", 4), ("parcels", 2), ("parcels", 4)
    }  # fmt: skip
    assert {row for name, row in found(result) if name == "parcels"} == {2, 4}, "what a link tells apart leads on"


def test_members_that_the_person_recruited_and_rings_of_links_end(shop: Shop) -> None:
    tags = {**NAMED, "parent": "not_personal", "main": "not_personal"}
    statement = CUSTOMERS.replace(
        "mail TEXT", "mail TEXT, parent INTEGER REFERENCES customers(id), main INTEGER REFERENCES addresses(id)"
    )
    shop.table(statement, [(*TARO_ROW, None, 50), (*OTHERS[0], 1, 51)], tags)
    shop.table(
        "CREATE TABLE addresses (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(id))",
        [(50, 1), (51, 2), (52, 1)], dict.fromkeys(("id", "customer_id"), "not_personal"), NOBODY,
    )  # fmt: skip
    assert set(found(shop.look())) == {("customers", 1), ("addresses", 1), ("addresses", 3)}


def test_two_columns_that_point_at_persons_are_never_released_by_themselves(shop: Shop) -> None:
    shop.customers()
    shop.table(
        "CREATE TABLE transfers (id INTEGER PRIMARY KEY, giver INTEGER REFERENCES customers(id), "
        "taker INTEGER REFERENCES customers(id))",
        [(1, 1, 2), (2, 2, 1)], dict.fromkeys(("id", "giver", "taker"), "not_personal"),
    )  # fmt: skip
    result = shop.look()
    assert {place for place in found(result) if place[0] == "transfers"} == {("transfers", 1), ("transfers", 2)}
    released = suggestions(result.candidates, KNOWN)
    assert sorted(released.values()) == ["candidate", "candidate", "release"]


def test_links_lead_neither_from_entrusted_rows_nor_into_them_nor_into_pseudonymised_data(shop: Shop) -> None:
    entrusted = Part(custody="entrusted", subject_category="subcontracted")
    shop.customers(parts=[entrusted])
    orders(shop, NOBODY)
    result = shop.look()
    assert (result.candidates, [one.rows for one in result.entrusted]) == ((), [1])

    shop.known[0] = registered("customers", NAMED)
    shop.known[1] = registered("orders", dict.fromkeys(("id", "customer_id", "item"), "not_personal"), entrusted)
    result = shop.look()
    assert (set(found(result)), [one.rows for one in result.entrusted]) == ({("customers", 1)}, [2])

    shop.known[1] = registered("orders", {}, Part(nature="pseudonymised"))
    result = shop.look()
    assert set(found(result)) == {("customers", 1)}
    assert ("orders", "pseudonymised") in {(one.dataset, one.reason) for one in result.not_searched}


def test_a_mention_and_a_stranger_lead_nowhere(shop: Shop) -> None:
    shop.customers((3, "田中太郎", "タナカタロウ", "1991-09-09", None))
    shop.table(
        "CREATE TABLE inquiries (id INTEGER PRIMARY KEY, name TEXT, body TEXT)",
        [(1, "鈴木花子", "田中太郎様の紹介")], {"id": "not_personal", "name": "name", "body": "free_text"},
    )  # fmt: skip
    for table, target in (("answers", "inquiries"), ("orders", "customers")):
        shop.table(
            f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, other INTEGER REFERENCES {target}(id))",
            [(1, 1), (2, 3)], dict.fromkeys(("id", "other"), "not_personal"), NOBODY,
        )  # fmt: skip
    assert {place for place, said in found(shop.look()).items() if said != "excluded"} == {
        ("customers", 1), ("inquiries", 1), ("orders", 1)
    }  # fmt: skip


# the review

BY = Hand("tanto", "responder")


def _progress() -> Progress:
    def candidate(id: str, *parents: str, reasons: tuple[str, ...] = ()) -> Candidate:
        return Candidate(
            id=id, store="s", dataset=id, locator="id=1", digest="d", suggestion="candidate",
            reasons=reasons or ("linked:customers.id",), parents=parents,
        )  # fmt: skip

    search = Search(
        as_of=datetime(2026, 11, 29, tzinfo=UTC), stores=("s",), result="r",
        candidates=(
            candidate("customer", reasons=("name:exact",)),
            candidate("order", "customer", reasons=("declared:customer_id→customers.id",)),
            candidate("line", "order", reasons=("inferred:order_id→orders.id",)),
            candidate("named", "customer", reasons=("name:exact", "linked:customers.id")),
        ),
    )  # fmt: skip
    steps = ("intake", "search", "review", "decide", "approve", "answer", "close")
    return Progress(steps=steps, step="review", kinds=("disclosure",), taken_in=True, search=search)


def _review(**verdicts: str) -> Review:
    return Review.model_validate_json(json.dumps({
        "rulings": [{"candidate": id, "verdict": said, "reason": "別人"} for id, said in verdicts.items()]
    }))  # fmt: skip


def test_rows_found_by_their_links_alone_fall_with_the_row_they_hang_on() -> None:
    progress = gates.reviewed(_progress(), BY, _review(customer="exclude", named="exclude"))
    assert progress.review
    assert {one.candidate: one.verdict for one in progress.review.rulings} == dict.fromkeys(
        ("customer", "order", "line", "named"), "exclude"
    )
    assert all(one.reason for one in progress.review.rulings)


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ({"customer": "exclude", "order": "release", "line": "exclude", "named": "exclude"}, "parent_excluded"),
        ({"customer": "exclude", "named": "release"}, "parent_excluded"),
        ({"customer": "release", "order": "exclude", "line": "release", "named": "release"}, "parent_excluded"),
        ({"customer": "exclude"}, "unreviewed"),
        ({"customer": "release", "named": "release"}, "unreviewed"),
    ],
)
def test_a_row_is_not_released_without_the_row_it_hangs_on(verdicts: dict[str, str], code: str) -> None:
    with pytest.raises(gates.RefusedError) as refused:
        gates.reviewed(_progress(), BY, _review(**verdicts))
    assert refused.value.code == code
