"""Columns whose names say nothing: closed vocabularies of persons, and numbers that may be somebody's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from classifiers.columns import tag_columns
from classifiers.columns.value_words import marked
from classifiers.normalize import fold
from classifiers.tags import ColumnTag, Table
from classifiers.vocabulary import word_lists
from tests.people_columns import PEOPLE, column


def beside_people(name: str, values: Sequence[str], table: str = "t_01") -> ColumnTag:
    """What a column of 60 rows is, beside names and birth dates."""
    rows = [values[at % len(values)] for at in range(60)]
    names = column("氏名", [PEOPLE[at % len(PEOPLE)] for at in range(60)])
    births = column("生年月日", [f"19{50 + at % 45}-0{1 + at % 9}-1{at % 9}" for at in range(60)])
    return tag_columns(Table("s", table, (names, births, column(name, rows))))[2]


@pytest.mark.parametrize(
    ("values", "category"),
    [
        (["曹洞宗", "真宗大谷派", "日蓮宗", "神道"], "creed"),
        (["右膝", "腰", "頸部", "左肩"], "medical_history"),
        (["陽性", "陰性", "未検査"], "health_check"),
        (["抜歯", "虫歯治療", "定期検診", "ホワイトニング"], "medical_care"),
        (["身体2級", "精神3級", "療育B"], "disability"),
        (["家庭の事情", "人間関係", "キャリアアップ", "契約満了"], "work_history"),
        (["介護福祉士", "社会福祉士", "日商簿記2級"], "personal_other"),
        (["20代", "30代", "40代", "50代"], "age"),
        (["400万円台", "500万円台", "700万円以上", "わからない"], "income"),
        ([f"{36 + at // 10}.{at % 10}" for at in range(14)], "health_check"),
        (["左膝の打撲で通院", "花粉症あり（薬）", "糖尿病のため配慮"], "medical_history"),
    ],
)
def test_a_word_of_a_closed_vocabulary_is_known_under_a_name_that_says_nothing(
    values: list[str], category: str
) -> None:
    assert beside_people("F07", values).data_category == category


@pytest.mark.parametrize("values", [["曹洞宗", "真宗大谷派"], ["20代", "30代", "40代"], ["抜歯", "虫歯治療"]])
def test_it_is_nobodys_where_nobody_is(values: list[str]) -> None:
    goods = column("商品名", [f"品{at}" for at in range(60)])
    listed = column("F07", [values[at % len(values)] for at in range(60)])
    assert tag_columns(Table("s", "商品マスタ", (goods, listed)))[1].data_category == "not_personal"


def test_what_a_doctor_practises_is_no_treatment() -> None:
    doctors = Table("s", "医師名簿", (
        column("氏名", [PEOPLE[at % 6] for at in range(60)]),
        column("医籍登録番号", [f"第{100000 + at}号" for at in range(60)]),
        column("F07", [["内科", "外科", "小児科"][at % 3] for at in range(60)]),
    ))  # fmt: skip
    assert tag_columns(doctors)[2].data_category != "medical_care"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("F01", [f"A{at * 7919 % 100000:05}" for at in range(60)]),
        ("OKYKSM_NO", [f"{92 + at % 7}-{800000 + at * 311}-{at % 10}" for at in range(60)]),
        ("担当オペレーター", [f"E{at * 7919 % 100000:05}" for at in range(60)]),
    ],
)
def test_a_number_beside_persons_that_nothing_explains_is_left_open(name: str, values: list[str]) -> None:
    tag = beside_people(name, values)
    assert tag.data_category in ("unresolved", "account_id", "employee_number")
    assert tag.data_category != "unresolved" or "column_key_open" in {one.code for one in tag.evidence}


@pytest.mark.parametrize("values", [["6.1%", "4.6%", "10.6%", "3.2%"], ["4.10.6", "10.2.29", "12.7.12", "3.0.1"]])
def test_a_rate_or_a_version_numbers_nobody(values: list[str]) -> None:
    assert beside_people("F02", values * 3).data_category == "not_personal"


MEASURES = ["42", "37", "81", "99", "64.5", "58"]


def in_the_ward(name: str, values: Sequence[str]) -> ColumnTag:
    """What a column of 60 rows is, beside names and what people are ill with."""
    rows = [values[at % len(values)] for at in range(60)]
    names = column("氏名", [PEOPLE[at % len(PEOPLE)] for at in range(60)])
    ills = column("病名", [["糖尿病", "高血圧", "肺炎"][at % 3] for at in range(60)])
    return tag_columns(Table("s", "t_01", (names, ills, column(name, rows))))[2]


@pytest.mark.parametrize(
    ("name", "values"),
    [("zqx_r", MEASURES), ("zqx_f", ["0", "1"]), ("ZQXK", ["Ⅰ", "Ⅱ", "Ⅲ"]), ("zqx_k", ["甲", "乙", "丙"])],
)
def test_what_nobody_knows_beside_special_care_is_left_open_and_says_why(name: str, values: list[str]) -> None:
    tag = in_the_ward(name, values)
    assert tag.data_category == "unresolved"
    assert "column_special_open" in {one.code for one in tag.evidence}
    assert beside_people(name, values).data_category == "not_personal"


@pytest.mark.parametrize(
    "values", [["郵送", "窓口", "オンライン"], ["済", "未"] * 2 + ["督促中"], [f"{1200 + 37 * at}" for at in range(30)]]
)
def test_plain_states_and_sums_say_nothing_of_it(values: list[str]) -> None:
    assert in_the_ward("zqx_s", values).data_category == "not_personal"


@pytest.mark.parametrize(
    ("name", "values", "category"),
    [
        ("発達面", ["療育通所中", "加配対象", "ことばの教室"], "disability"),
        ("mobility", ["車いす", "ストレッチャー", "独歩"], "disability"),
        ("F07", ["速度超過", "免停歴", "酒気帯び"], "criminal_record"),
        ("F07", ["在日三世", "アイヌ", "日系ブラジル人"], "race"),
        ("F07", ["ストーカー被害", "DV避難中", "空き巣"], "crime_victim"),
        ("vein_template", [f"{at * 7919:064x}" for at in range(1, 60)], "biometric_features"),
    ],
)
def test_what_is_told_in_the_words_of_a_trade_is_known(name: str, values: list[str], category: str) -> None:
    assert beside_people(name, values).data_category == category


def test_a_weak_word_for_an_account_leaves_its_keys_open() -> None:
    guids = [f"{at * 7919:08x}-9774-47de-a811-{at:012x}" for at in range(1, 60)]
    assert beside_people("acct_guid", guids).data_category in ("unresolved", "account_id")


def test_a_stray_cell_does_not_say_how_long_numbers_are() -> None:
    numbers = [f"{46073468 + at * 7919}" for at in range(59)]
    assert beside_people("KYU_NO", [*numbers, "0"]).data_category in ("unresolved", "account_id")


def test_cells_that_tell_what_they_are_outweigh_a_header() -> None:
    assert beside_people("国", ["韓国", "ネパール", "日本", "ベトナム"]).data_category == "nationality"
    firms = [f"株式会社さくら{one}" for one in ("商事", "建設", "工業", "物産", "印刷", "運輸")]
    assert beside_people("Now at", firms).data_category == "company_name"


def test_places_of_business_are_no_firms() -> None:
    assert beside_people("店舗", ["大学前店", "駅前通り店", "西口店", "国道店"]).data_category == "not_personal"
    assert (
        beside_people("店名", ["株式会社ひかり商店", "合同会社みほん屋", "有限会社さくら堂"]).data_category
        == "company_name"
    )


def test_findings_that_are_written_out_are_texts() -> None:
    told = [
        "志望度は高いです。二次は別の者が担当します。",
        "落ち着いて話せていました。次回は一年後とします。",
        "資料を持ち帰って検討したいとのことでした。",
    ]
    assert (
        beside_people("面談所見", [f"{one}第{at}回。" for at in range(20) for one in told]).data_category == "free_text"
    )


def test_numbers_under_a_number_of_another_form_are_left_open() -> None:
    short = [f"{100000000000 + at * 7919}" for at in range(60)]
    firms = Table(
        "s", "t_02", (column("会社名", [f"株式会社さくら{at}商事" for at in range(60)]), column("法人番号", short))
    )
    assert tag_columns(firms)[1].data_category == "unresolved"
    assert beside_people("雇用保険番号", short).data_category == "unresolved"


def test_every_word_of_values_is_found_in_a_cell_that_is_made_of_it() -> None:
    rows = word_lists("value_words")
    lost = [
        (row, word)
        for row, words in rows.items()
        for word in words
        if not marked([fold(word.replace("～", "ん"))], row)[0]
    ]
    assert lost == []


def test_a_no_is_no_creed() -> None:
    assert beside_people("F07", ["no", "yes", "maybe later"]).data_category == "not_personal"
