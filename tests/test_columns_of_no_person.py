"""What is said of animals, machines, plants, kinds and posts in the words that people's data are named by."""

from __future__ import annotations

import pytest

from classifiers.columns import tag_columns
from classifiers.tags import Column, Table
from tests.people_columns import PEOPLE, column

_PETS = ["ココ", "モモ", "レオ", "チョコ", "ハナ", "むぎ"]
_BREEDS = ["柴犬", "トイプードル", "チワワ", "スコティッシュフォールド", "マンチカン", "ミックス"]
_SEXES = ["オス", "メス", "オス（去勢済）", "メス（避妊済）", "オス", "メス"]
_BORN = ["2019-04-01", "2021-11-30", "2016-07-15", "2022-02-02", "2014-09-09", "2020-12-24"]
_ILL = ["外耳炎", "腎不全", "皮膚炎", "膝蓋骨脱臼", "なし", "結膜炎"]
_TELEPHONES = [f"03-5253-{number}" for number in range(5111, 5117)]


def _said(name: str, *columns: Column, label: str = "") -> dict[str, str]:
    tags = tag_columns(Table("db", name, columns, label))
    return {held.name: tag.data_category for held, tag in zip(columns, tags, strict=True)}


def test_what_follows_the_pet_on_its_keepers_sheet_is_the_pets() -> None:
    said = _said(
        "T_飼主",
        column("飼主名", PEOPLE),
        column("TEL", _TELEPHONES),
        column("ペット名", _PETS),
        column("種類", _BREEDS),
        column("性別", _SEXES),
        column("生年月日", _BORN),
        column("既往歴", _ILL),
        column("狂犬病ワクチン", ["済", "未"] * 3),
        column("担当獣医師", PEOPLE[::-1]),
    )
    assert (said["飼主名"], said["TEL"], said["担当獣医師"]) == ("name", "phone", "name")
    theirs = ("ペット名", "種類", "性別", "生年月日", "既往歴", "狂犬病ワクチン")
    assert {said[name] for name in theirs} == {"not_personal"}


def test_an_illness_beside_one_word_for_animals_is_left_to_a_person() -> None:
    rider = ("会員氏名", "担当馬", "馬名", "持病", "血液型")
    assert _said("乗馬クラブ会員", *map(Column, rider))["持病"] == "medical_history"


def test_what_stands_before_the_pet_is_its_keepers() -> None:
    born = ["1970-04-01", "1985-11-30", "1962-07-15", "1990-02-02", "1958-09-09", "1999-12-24"]
    said = _said(
        "ペット保険契約",
        column("契約者名", PEOPLE),
        column("生年月日", born),
        column("性別", ["男", "女"] * 3),
        column("ペットの名前", _PETS),
        column("品種", _BREEDS),
        column("ペット生年月日", _BORN),
    )
    assert (said["生年月日"], said["性別"]) == ("birth_date", "gender")
    assert (said["ペットの名前"], said["ペット生年月日"]) == ("not_personal", "not_personal")


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("ご当地キャラ名鑑", ["なまえ", "お誕生日", "身長", "性格", "家族"]),
        ("牛個体台帳", ["名号", "性別", "生年月日", "父牛", "産次", "病歴", "体重"]),
        ("animals", ["name", "species", "gender", "date_of_birth", "weight", "medical_notes", "owner_id"]),
        ("キャラクター設定", ["name", "age", "gender", "birthday", "blood_type"]),
    ],
)
def test_nothing_in_a_table_of_animals_or_characters_is_a_persons(table: str, names: list[str]) -> None:
    assert set(_said(table, *map(Column, names)).values()) == {"not_personal"}


@pytest.mark.parametrize(
    ("table", "beside", "name"),
    [
        ("渡航外来_接種", "氏名", "狂犬病ワクチン"),
        ("PET検診", "受診者番号", "PET検査結果"),
        ("動物病院スタッフ", "氏名", "病歴"),
        ("顧客", "氏名", "持病"),
    ],
)
def test_what_only_sounds_like_an_animals_is_a_persons(table: str, beside: str, name: str) -> None:
    assert _said(table, Column(beside), Column("ペットの有無"), Column(name))[name] != "not_personal"


@pytest.mark.parametrize("name", ["物件名・号室", "馬場様電話番号", "犬山支店住所"])
def test_letters_that_meet_by_chance_are_no_animals(name: str) -> None:
    assert _said("契約者", Column("氏名"), Column(name))[name] != "not_personal"


@pytest.mark.parametrize("table", ["修理受付", "障害票", "rma_cases", "病害虫調査"])
def test_symptoms_of_machines_and_plants_are_no_persons(table: str) -> None:
    assert set(_said(table, Column("症状"), Column("処置"), Column("既往")).values()) == {"not_personal"}


def test_a_patients_illness_stays_one_beside_the_machine_that_treats_it() -> None:
    said = _said("在宅CPAP管理", *map(Column, ("患者氏名", "病名", "症状", "機種", "シリアル番号")))
    assert "not_personal" not in {said["病名"], said["症状"]}


def test_a_customers_illness_stays_one_beside_the_machine_that_is_sold_to_him() -> None:
    said = _said("補聴器顧客", *map(Column, ("顧客氏名", "電話番号", "診断", "手術歴", "機種", "型番")))
    assert "not_personal" not in {said["診断"], said["手術歴"]}


def test_illnesses_that_come_again_in_a_master_are_left_open() -> None:
    again = column("病名", ["高血圧", "糖尿病"] * 12)
    assert _said("病名マスタ", column("コード", [str(number) for number in range(24)]), again)["病名"] != "not_personal"


def test_a_master_of_illnesses_is_about_nobody_and_a_list_of_the_ill_is_not() -> None:
    codes = column("ICD10", ["K21.0", "G43.9", "F20.0", "J45.9", "E11.9", "I10"])
    assert _said("傷病名マスタ", column("コード", list("123456")), codes)["ICD10"] == "not_personal"
    assert _said("傷病名マスタ", Column("氏名"), Column("病名"))["病名"] == "medical_history"


@pytest.mark.parametrize("name", ["車齢", "樹齢", "築年齢", "役の年齢"])
def test_the_age_of_a_thing_is_no_persons(name: str) -> None:
    assert _said("台帳", Column("氏名"), Column(name))[name] == "not_personal"


def test_the_pay_of_a_post_is_nobodys_and_an_applicants_is_his() -> None:
    offered = ("job_title", "hourly_wage", "必要資格")
    assert set(_said("job_postings", *map(Column, offered)).values()) == {"not_personal"}
    assert _said("求人応募者", Column("保有免許"), Column("希望年収"))["希望年収"] != "not_personal"


def test_bridges_and_rooms_in_texts_about_nobody_are_no_persons() -> None:
    texts = [
        "高橋の架け替え工事のため、周辺道路は通行止めです。",
        "本日の会議室は松本です。明日は高山と川口を使ってください。",
        "在庫がないため、次の入荷までお待ちください。",
        "点検のため、午前中は立ち入りできません。",
    ]
    assert _said("区分コード", column("コード", list("1234")), column("col10", texts))["col10"] == "unresolved"
    reached = [f"{text} 連絡は佐藤花子まで 03-5253-5111" for text in texts]
    assert _said("区分コード", column("コード", list("1234")), column("col10", reached))["col10"] == "free_text"
