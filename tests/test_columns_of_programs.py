"""What programs call their columns: flags, counts, keepers of rows, keys, cards in parts."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from classifiers.columns import tag_columns
from classifiers.tags import Column, ColumnTag, Table

_ROWS = 24


def _column(name: str, values: list[str], label: str = "") -> Column:
    held = tuple(dict.fromkeys(islice(cycle(values), _ROWS)))
    return Column(name, label, values=held, counts=(_ROWS // len(held),) * len(held), rows=_ROWS)


def _tags(table: str, *columns: Column) -> list[ColumnTag]:
    names = _column("name", ["架空太郎", "見本花子", "試験一郎", "例示次郎"], "氏名")
    return list(tag_columns(Table("db", table, (*columns, names, Column("email", "メール")))))


@pytest.mark.parametrize("name", ["is_restricted", "isAdmin", "num_followers", "max_repo_creation", "allow_git_hook"])
def test_a_flag_or_a_count_says_nothing_of_its_own(name: str) -> None:
    assert _tags("users", Column(name))[0].data_category == "not_personal"


def test_a_flag_of_something_grave_is_not_passed_over() -> None:
    assert _tags("users", Column("is_disabled_person", "障害者"))[0].data_category == "disability"


@pytest.mark.parametrize(("name", "label"), [("insert_user", "登録者"), ("updated_by", "更新者")])
def test_who_keeps_a_row_is_nobody_s_name_until_names_stand_there(name: str, label: str) -> None:
    assert _tags("M_KOKYAKU", Column(name, label))[0].data_category == "not_personal"
    kept = _column(name, ["佐藤 一郎", "鈴木 花子", "高橋 健太", "田中 美咲"], label)
    assert _tags("M_KOKYAKU", kept)[0].data_category == "name"


def test_the_first_column_of_a_table_of_persons_is_their_number() -> None:
    numbers = [f"LG-{number}" for number in range(72101, 72125)]
    assert _tags("linguists_members", _column("linguist_ref", numbers))[0].data_category == "account_id"
    later = _tags("linguists_members", Column("id"), _column("linguist_ref", numbers))[1]
    assert later.data_category != "not_personal"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("payment_last4", ["4242", "0005", "1117", "4444", "9424", "1881"]),
        ("カード有効期限", ["12/27", "03/28", "11/29", "01/30"]),
        ("card_exp", ["2712", "2803", "2911", "3001"]),
    ],
)
def test_a_card_is_kept_in_parts(name: str, values: list[str]) -> None:
    assert _tags("payments", _column(name, values))[0].data_category in ("credit_card", "card_expiry")


@pytest.mark.parametrize("name", ["在留カード有効期限", "会員カード有効期限"])
def test_another_card_s_expiry_is_no_payment_card_s(name: str) -> None:
    assert _tags("staff", Column(name))[0].data_category != "card_expiry"


@pytest.mark.parametrize("name", ["好きな色", "苦手な食材", "favorite_color"])
def test_what_somebody_likes_is_said_of_them(name: str) -> None:
    assert _tags("members", Column(name))[0].data_category == "personal_other"


def test_fees_are_no_registrations_though_lawyers_stand_beside_them() -> None:
    fees = [str(number) for number in range(481300, 505300, 1000)]
    lawyers = _column("弁護士名", ["佐藤 一郎", "鈴木 花子", "高橋 健太", "田中 美咲"])
    tags = tag_columns(Table("db", "cases", (lawyers, _column("retainer", fees))))
    assert tags[1].data_category != "professional_registration_number"


def test_a_text_that_names_nobody_accuses_nobody() -> None:
    told = ["城下町の面影を残す町並みが続き、春には桜が咲く。", "海に面した丘の上にあり、夕日がよく見える場所です。"]
    places = (
        Column("spot_id"),
        _column("yomimono", [f"{text}その{number}。" for number in range(12) for text in told]),
    )
    assert tag_columns(Table("db", "heritage_spots", places))[1].data_category != "free_text"
