"""Whose numbers are, and what a handful of values is: by values, by the columns beside them, by a name's last word."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from classifiers.columns import tag_columns
from classifiers.headers import match
from classifiers.tags import Column, Table

_DICE = random.Random(20261130)
_SURNAMES = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤"]
_GIVEN = ["太郎", "花子", "健一", "美咲", "翔太", "陽子", "大輔", "由美"]
_ROWS = 60


def column(name: str, values: Sequence[str] = (), label: str = "") -> Column:
    distinct = tuple(dict.fromkeys(values))
    counts = tuple(values.count(value) for value in distinct)
    return Column(name, label, "", distinct, counts, len(values))


def codes(form: str, rows: int = _ROWS) -> list[str]:
    """Values made like a form, each `9` another digit."""
    return ["".join(str(_DICE.randrange(10)) if letter == "9" else letter for letter in form) for _ in range(rows)]


def some(*words: str) -> list[str]:
    return [_DICE.choice(words) for _ in range(_ROWS)]


def names() -> list[str]:
    return [_DICE.choice(_SURNAMES) + " " + _DICE.choice(_GIVEN) for _ in range(_ROWS)]


PERSON = column("氏名", names())


def told(*columns: Column, name: str = "t") -> list[str]:
    return [tag.data_category for tag in tag_columns(Table("store", name, columns))]


def beside_a_person(*columns: Column) -> list[str]:
    return told(PERSON, *columns)[1:]


@pytest.mark.parametrize(
    ("header", "category"),
    [
        ("検針員コード", "account_id"),
        ("使用者番号", "account_id"),
        ("shukkasha_no", "account_id"),
        ("kumiaiin_cd", "account_id"),
        ("業者番号", "not_personal"),
        ("事故番号", "not_personal"),
        ("ryoushuusho_no", "not_personal"),
        ("BSY", "department"),
        ("shisha_cd", "not_personal"),
        ("保険者", "insurer_number"),
        ("被保険者", "name"),
        ("ご家族の姓", "surname"),
        ("旧姓", "former_name"),
    ],
)
def test_the_last_word_says_whose_it_is_however_unknown_the_rest(header: str, category: str) -> None:
    assert match(header)[0].category == category


def test_codes_under_a_word_for_who_did_something_are_that_persons() -> None:
    entered, asked, keyed = (
        column("入力者", codes("OP99")),
        column("担当者", codes("E9999")),
        column("氏名", codes("K9999999")),
    )
    assert beside_a_person(entered, asked) == ["employee_number"] * 2
    assert told(keyed) != ["employee_number"]
    assert beside_a_person(column("担当者", names())) == ["name"]


@pytest.mark.parametrize("header", ["検知器番号", "傭車先CD", "itakumoto_cd"])
def test_a_number_whose_name_says_what_it_counts_is_a_things(header: str) -> None:
    assert beside_a_person(column(header, codes("K9999"))) == ["not_personal"]


def test_beside_somebodys_number_a_further_one_is_of_something_else() -> None:
    unknown = column("QXW_NO", codes("I99999"))
    assert beside_a_person(unknown) == ["unresolved"]
    assert beside_a_person(column("会員番号", codes("M999999")), unknown) == ["account_id", "not_personal"]
    assert beside_a_person(column("KIKI_NO", some("AU-41", "AU-42", "AU-43", "AU-97", "AU-98", "AU-11", "AU-12"))) == [
        "not_personal"
    ]


def test_numbers_that_are_counted_from_one_are_a_rows_key() -> None:
    counted = [str(number * 37) for number in range(1, _ROWS)]
    assert told(column("guardian_id", counted), column("氏名", names()), name="guardians")[0] == "not_personal"
    assert told(column("guardian_id", codes("GD999999")), column("氏名", names()), name="guardians")[0] == "account_id"


def test_an_account_is_known_by_the_codes_of_its_bank_before_it() -> None:
    bank, branch, kind, account = codes("9999"), codes("999"), some("1", "2"), codes("9999999")
    columns = [column("FRKM_GNK", bank), column("FRKM_STN", branch), column("X1", kind), column("FRKM_KOZ", account)]
    found = beside_a_person(*columns)
    assert (found[0], found[1], found[3]) == ("bank_name", "bank_name", "bank_account")
    assert told(*columns)[3] != "bank_account"


def test_an_insured_persons_symbol_and_number_stand_side_by_side() -> None:
    symbol, number = column("記号", codes("9999")), column("番号", codes("99999"))
    assert beside_a_person(symbol, number) == ["insured_number"] * 2
    assert beside_a_person(symbol) != ["insured_number"]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("店舗名", some("渋谷店", "大宮店", "松山店", "本店")),
        ("紹介元", some("市役所前", "知人", "広告")),
        ("部屋", some("竹", "松", "梅")),
        ("user_agent", some("Chrome", "Safari", "Edge")),
        ("マイナンバー提出", some("済", "未")),
        ("卒業見込証明", some("提出", "未提出")),
        ("利用拠点", some("新宿", "本店", "博多")),
        ("守衛", some("東部", "西部", "守衛室")),
    ],
)
def test_a_handful_of_places_kinds_and_states_is_nobodys(header: str, values: list[str]) -> None:
    assert beside_a_person(column(header, values)) == ["not_personal"]


def test_a_my_number_is_never_a_state() -> None:
    assert beside_a_person(column("マイナンバー", codes("999999999999"))) != ["not_personal"]


def test_what_values_show_stands_against_a_word_for_something_near() -> None:
    phones = [f"090-{_DICE.randrange(10**4):04}-{_DICE.randrange(10**4):04}" for _ in range(_ROWS)]
    assert beside_a_person(column("お届け先", names()), column("緊急時（家族）", phones)) == ["name", "phone"]
    assert beside_a_person(column("LINE", [f"@{code}" for code in codes("kuma9999")])) == ["account_id"]
    assert beside_a_person(column("更新者", [f"CORP\\{code}" for code in codes("k.asano9")])) == ["account_id"]
    assert beside_a_person(column("keypad_pin", codes("9999"))) == ["password"]
    assert beside_a_person(column("slug", [f"{code}" for code in codes("tanaka99")])) == ["account_id"]


def test_six_digits_that_are_days_over_lives_are_births() -> None:
    births = [f"{_DICE.randint(20, 99)}{_DICE.randint(1, 12):02}{_DICE.randint(1, 28):02}" for _ in range(_ROWS)]
    entries = [f"{_DICE.randint(10, 25)}{_DICE.randint(1, 12):02}{_DICE.randint(1, 28):02}" for _ in range(_ROWS)]
    assert beside_a_person(column("BYMD2", births))[0] == "birth_date"
    assert beside_a_person(column("BYMD2", entries))[0] != "birth_date"
    assert told(column("BYMD2", births))[0] != "birth_date"


def test_a_room_or_a_browser_is_not_left_open_beside_special_care() -> None:
    illnesses = column("既往歴", some("喘息", "高血圧", "なし"))
    assert beside_a_person(illnesses, column("部屋", some("A", "B", "C")))[1] == "not_personal"


def test_what_is_told_at_length_is_free_text_whatever_it_is_about() -> None:
    told_at_length = [
        f"{name}と申します。開業して{number}年になり、相続の相談を受けています。" for number, name in enumerate(names())
    ]
    assert beside_a_person(column("略歴", told_at_length)) == ["free_text"]
    assert beside_a_person(column("卒業年月", some("2027年3月", "2027年9月", "2026年3月"))) == ["education"]


def test_schools_in_somebodys_row_are_where_they_learn() -> None:
    schools = some("市立見本高等学校", "県立台帳高校", "私立サンプル大学", "みほん情報専門学校")
    assert beside_a_person(column("zaiseki_kou", schools)) == ["education"]
    assert told(column("zaiseki_kou", schools)) != ["education"]
