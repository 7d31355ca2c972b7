"""Identifiers under a header that names them, in another form than their own: masked, worded, a house's own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from classifiers.columns import tag_columns
from classifiers.tags import Column, Table
from tests.people_columns import PEOPLE, column


def beside_people(name: str, values: Sequence[str], table: str = "t_01") -> str:
    """The data category of a column of 60 rows beside names."""
    names = column("お客様名", [PEOPLE[at % len(PEOPLE)] for at in range(60)])
    rows = column(name, [values[at % len(values)] for at in range(60)])
    return tag_columns(Table("s", table, (names, rows)))[1].data_category


def numbers(form: str) -> list[str]:
    """Forty numbers that no check was made for, in a form: `#` is a digit."""
    return [
        "".join(str((at * 7 + place * 3) % 10) if c == "#" else c for place, c in enumerate(form)) for at in range(40)
    ]


@pytest.mark.parametrize(
    ("header", "form", "category"),
    [
        ("電話番号", "03-5###-#### 内線##", "phone"),
        ("電話番号", "090-****-####", "phone"),
        ("電話番号", "090-1###-####(母)", "phone"),
        ("電話番号", "090-1###-#### / 03-5###-####", "phone"),
        ("電話番号", "8190########", "phone"),
        ("メールアドレス", "u##(at)mail.example", "email"),
        ("郵便番号", "###-****", "postal_code"),
        ("IPアドレス", "203.0.113.##:443", "ip_address"),
        ("旅券番号", "C########", "passport"),
        ("在留カード番号", "AB ######## CD", "residence_card"),
        ("被保険者番号", "東####-#####", "insured_number"),
        ("クレジットカード番号", "4###-XXXX-XXXX-####", "credit_card"),
        ("弁護士登録番号", "東京弁護士会 #####", "professional_registration_number"),
        ("保育士登録番号", "東京都-######", "professional_registration_number"),
        ("宅建士登録番号", "愛知知事第#####号", "professional_registration_number"),
        ("医籍登録番号", "No.######", "professional_registration_number"),
        ("生年月日", "19##年生まれ", "birth_date"),
        ("生年月日", "19##-**-**", "birth_date"),
        ("生年月日", "02/1#/19##", "birth_date"),
        ("性別", "0#", "gender"),
    ],
)
def test_a_header_that_is_sure_needs_no_form(header: str, form: str, category: str) -> None:
    assert beside_people(header, numbers(form)[: 3 if header == "性別" else 40]) == category


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("電話番号", [f"2026-01-{day:02}" for day in range(10, 30)]),
        ("電話番号", ["本社", "支社", "工場"]),
        ("郵便番号", ["発送済", "未発送"]),
        ("弁護士登録番号", ["済", "未"]),
    ],
)
def test_what_is_something_else_is_not_believed(header: str, values: list[str]) -> None:
    assert beside_people(header, values) in ("not_personal", "unresolved", "company_name")


def test_values_that_prove_another_identifier_outweigh_a_header_of_something_like_it() -> None:
    mails = [f"user{at}@mail.example" for at in range(40)]
    assert beside_people("電話番号", mails) == "email"


def test_a_contact_is_a_phone_whoever_answers_it() -> None:
    told = [f"090-1234-{at:04} ({who})" for at, who in enumerate(["母", "夫", "同居の長女", "祖父"] * 10)]
    assert beside_people("緊急連絡先", told) == "phone"


def test_the_register_of_a_profession_says_whose_a_bare_number_is() -> None:
    licensed = column("資格", ["弁護士", "税理士", "司法書士"] * 20)
    for form in ("登録第######号", "大阪-#####", "######号"):
        bare = column("登録番号", (numbers(form) * 2)[:60])
        table = Table("s", "先生一覧", (column("氏名", PEOPLE * 10), licensed, bare))
        assert tag_columns(table)[2].data_category == "professional_registration_number"


def test_numbers_of_a_licence_or_a_class_are_no_street() -> None:
    homes = column("住所", [f"東京都千代田区丸の内1-{at}" for at in range(1, 61)])
    for values in (numbers("第###号"), ["1号", "2号", "3号"]):
        rows = column("F07", [values[at % len(values)] for at in range(60)])
        table = Table("s", "t_01", (column("氏名", PEOPLE * 10), homes, rows))
        assert tag_columns(table)[2].data_category != "street"


def test_a_day_of_nothing_in_particular_is_a_birth_date_where_people_were_born_on_it() -> None:
    born = [f"19{40 + at}-0{1 + at % 9}-1{at % 9}" for at in range(59)]
    assert beside_people("YMD", born) == "birth_date"
    assert beside_people("登録日", born) == "not_personal"
    lately = [f"{1975 + at}-0{1 + at % 9}-1{at % 9}" for at in range(50)]
    assert beside_people("YMD", lately) == "not_personal"
    assert beside_people("YMD", [f"2026-0{1 + at % 9}-1{at % 9}" for at in range(40)]) == "not_personal"


def test_sei_is_a_sex_over_digits_and_a_surname_over_names() -> None:
    assert beside_people("SEI", ["1", "2"]) == "gender"
    assert beside_people("SEI", ["架空", "見本", "佐藤", "鈴木", "高橋"]) == "surname"


def test_a_stage_name_may_come_again_and_again() -> None:
    assert beside_people("芸名", ["見本座長", "架空亭", "例示丸"]) == "nickname"
    bins = column("愛称", ["たな一", "たな二"] * 30)
    assert (
        tag_columns(Table("s", "商品マスタ", (column("棚番", numbers("A-###")), bins)))[1].data_category != "nickname"
    )


def test_the_number_by_which_a_sheet_keeps_somebody_is_theirs() -> None:
    assert beside_people("顧客ID", numbers("C######")) == "account_id"
    for header in ("顧客ID", "債務者ID", "ゲスト番号", "住民ID", "meiginin_bango"):
        table = Table("s", "t_01", (Column("氏名"), Column(header)))
        assert tag_columns(table)[1].data_category == "account_id"


@pytest.mark.parametrize(
    ("header", "values", "category"),
    [
        ("給与体系", ["A", "B", "C"], "personal_other"),
        ("暮らし向き", ["ゆとり組", "ふつう組", "きつきつ組"], "personal_other"),
        ("幻聴の頻度", ["週に一度", "毎晩", "月に二度"], "unresolved"),
        ("傷口の様子", ["豆粒", "小豆", "米粒"], "unresolved"),
        ("梱包材", ["木枠", "袋", "裸"], "not_personal"),
    ],
)
def test_a_name_that_no_word_decides_is_what_it_is_near_to_beside_persons(
    header: str, values: list[str], category: str
) -> None:
    assert beside_people(header, values) == category
    parts = column("部品番号", numbers("P-####") + numbers("Q-####")[:20])
    alone = Table("s", "部品マスタ", (parts, column(header, [values[at % 3] for at in range(60)])))
    assert tag_columns(alone)[1].data_category != "personal_other"


def test_what_is_near_is_said_with_how_near_and_without_a_value() -> None:
    names = column("お客様名", [PEOPLE[at % len(PEOPLE)] for at in range(60)])
    told = column("暮らし向き", ["ゆとり組", "ふつう組", "きつきつ組"] * 20)
    evidence = tag_columns(Table("s", "t_01", (names, told)))[1].evidence
    assert evidence[0].code == "column_meaning_attribute"
    assert 0 < int(evidence[0].words["share"]) <= 100


def test_one_head_over_several_cells_of_an_address_heads_all_of_them() -> None:
    names = column("氏名", [PEOPLE[at % len(PEOPLE)] for at in range(60)])
    prefectures = column("住所", ["奈良県", "高知県", "大阪府"] * 20)
    towns = column("列3", [f"{name}村" for name in "東西南北上中下内外前後奥" for _ in range(5)])
    lots = column("", [f"{at}-{at % 7 + 1}" for at in range(1, 61)])
    flags = column("列5", ["済", "未"] * 30)
    tags = tag_columns(Table("s", "t_01", (names, prefectures, towns, lots, flags)))
    assert [tag.data_category for tag in tags[2:]] == ["address", "address", "not_personal"]
    lone = tag_columns(Table("s", "t_01", (names, towns, lots)))
    assert "address" not in [tag.data_category for tag in lone]


def test_the_head_of_linked_data_is_its_propertys_own_name() -> None:
    heads = (
        "https://schema.org/address",
        "https://schema.org/telephone",
        "http://www.w3.org/2003/01/geo/wgs84_pos#lat",
    )
    tags = tag_columns(Table("s", "t_01", (column("氏名", PEOPLE), *(Column(head) for head in heads))))
    assert [tag.data_category for tag in tags[1:3]] == ["address", "phone"]


def test_a_place_on_the_map_is_nobodys_number() -> None:
    names = column("氏名", [PEOPLE[at % len(PEOPLE)] for at in range(60)])
    births = column("生年月日", [f"19{50 + at % 45}-0{1 + at % 9}-1{at % 9}" for at in range(60)])
    east = column("c1", [f"140.9{at:05}" for at in range(60)])
    assert tag_columns(Table("s", "t_01", (names, births, east)))[2].data_category != "account_id"


def test_districts_are_called_as_families_are() -> None:
    shops = column("店舗", [f"みほん商店{at}号" for at in range(20)])
    areas = column("city_area", ["松本", "高橋", "国高", "山本", "味真野"] * 4)
    assert tag_columns(Table("s", "店舗一覧", (shops, areas)))[1].data_category not in ("surname", "given_name")


def test_what_has_a_name_and_no_persons_is_left_open() -> None:
    ponds = column(
        "名前", [f"{name}のため池" for name in ("大", "新", "奥谷", "桜", "六反", "古", "鴨", "竜", "亀", "蓮")]
    )
    places = column("場所", [f"愛媛県今治市見本町{at}" for at in range(1, 11)])
    assert tag_columns(Table("s", "ため池", (ponds, places)))[0].data_category != "name"


def test_a_licence_is_a_number_over_numbers_and_a_qualification_over_words() -> None:
    assert beside_people("技工士免許", [f"第{at:06}号" for at in range(100, 160)]) == "professional_registration_number"
    assert beside_people("調理師免許", ["有", "無"]) != "professional_registration_number"
