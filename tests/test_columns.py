"""A table's columns → data categories: names, values and neighbours in one explained decision."""

from __future__ import annotations

import random
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.columns import tag_columns
from classifiers.columns.calibration import calibrated
from classifiers.columns.chance import tail
from classifiers.columns.conflicts import Decision
from classifiers.evidence import sentence
from classifiers.tags import Column, ColumnTag, Evidence, Table
from classifiers.vocabulary import data_categories

_SURNAMES = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "山口",
    "松本",
]
_GIVEN = ["太郎", "花子", "健一", "美咲", "翔太", "陽子", "大輔", "由美", "拓也", "恵子", "直樹", "真由美"]
_SURNAMES_KANA = ["サトウ", "スズキ", "タカハシ", "タナカ", "イトウ", "ワタナベ", "ヤマモト", "ナカムラ"]
_GIVEN_KANA = ["タロウ", "ハナコ", "ケンイチ", "ミサキ", "ショウタ", "ヨウコ", "ダイスケ"]
_TOWNS = ["東京都千代田区丸の内", "大阪府大阪市北区梅田", "北海道札幌市中央区大通西"]
_FIRMS = ["株式会社見本商店", "有限会社台帳工業", "合同会社サンプル", "株式会社鈴木製作所", "見本株式会社"]

REAL = yaml.safe_load((Path(__file__).parent / "columns.yml").read_text(encoding="utf-8"))


def column(name: str, values: Sequence[str] = (), label: str = "", sql_type: str = "", rows: int = 0) -> Column:
    distinct = tuple(dict.fromkeys(values))
    counts = tuple(values.count(value) for value in distinct)
    return Column(name, label, sql_type, distinct, counts, rows or len(values))


def tags(*columns: Column, name: str = "t", label: str = "") -> list[ColumnTag]:
    return list(tag_columns(Table("store", name, columns, label=label)))


def categories(*columns: Column, name: str = "t") -> list[str]:
    return [tag.data_category for tag in tags(*columns, name=name)]


@pytest.fixture
def dice() -> random.Random:
    return random.Random(20261123)


def persons(dice: random.Random, n: int = 60) -> list[str]:
    return [dice.choice(_SURNAMES) + dice.choice(["", " ", "　"]) + dice.choice(_GIVEN) for _ in range(n)]


def dates(dice: random.Random, first: int, last: int, n: int = 60) -> list[str]:
    return [f"{dice.randint(first, last)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}" for _ in range(n)]


def my_number(dice: random.Random) -> str:
    digits = f"{dice.randrange(10**11):011}"
    rest = (
        sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    )
    return digits + str(0 if rest <= 1 else 11 - rest)


def test_values_decide_where_headers_mean_nothing(dice: random.Random) -> None:
    found = categories(
        column("col1", persons(dice)),
        column("col2", [dice.choice(_SURNAMES_KANA) + " " + dice.choice(_GIVEN_KANA) for _ in range(60)]),
        column("col3", dates(dice, 1940, 2004)),
        column("col4", [f"090-{dice.randrange(10**4):04}-{dice.randrange(10**4):04}" for _ in range(60)]),
        column("col5", [f"{dice.choice(_TOWNS)}{dice.randint(1, 9)}-{dice.randint(1, 30)}" for _ in range(60)]),
        column("col6", [f"user{number}@mail.example" for number in range(60)]),
        column("col7", [dice.choice("男女") for _ in range(60)]),
        column("col8", dates(dice, 2025, 2025)),
        column("col9", [str(dice.randint(100, 99999)) for _ in range(60)]),
        column("col10", [dice.choice(_FIRMS) for _ in range(60)]),
    )
    amounts = found.pop(8)
    assert found == [
        "name", "name_kana", "birth_date", "phone", "address", "email", "gender", "not_personal", "company_name",
    ]  # fmt: skip
    assert amounts in ("not_personal", "unresolved")


def test_headers_alone_decide_a_data_dictionary() -> None:
    found = tags(
        column("KAIIN_NO"),
        column("SHIMEI_KANA"),
        column("TEL1"),
        column("SEINENGAPPI"),
        column("BIKOU"),
        column("f_07", label="病歴"),
        name="M_KAIIN",
    )
    assert [tag.data_category for tag in found] == [
        "account_id", "name_kana", "phone", "birth_date", "free_text", "medical_history",
    ]  # fmt: skip
    assert all(tag.n == tag.distinct_hits == 0 and tag.prevalence == 0 for tag in found)


def test_an_empty_column_is_less_sure_than_a_dictionary_and_that_less_than_values(dice: random.Random) -> None:
    full, listed, empty = (
        tags(one)[0] for one in (column("氏名", persons(dice)), column("氏名"), column("氏名", rows=100))
    )
    assert full.data_category == listed.data_category == empty.data_category == "name"
    assert full.confidence > listed.confidence > empty.confidence


def test_a_header_that_lies_gives_way_to_values_and_says_so(dice: random.Random) -> None:
    tag = tags(column("電話", dates(dice, 2024, 2025)))[0]
    assert tag.data_category == "not_personal"
    assert {"column_values_refute", "column_shape_date"} <= {one.code for one in tag.evidence}
    tag = tags(column("商品コード", [f"user{number}@mail.example" for number in range(20)]))[0]
    assert tag.data_category == "email"


def test_check_digits_are_judged_against_chance(dice: random.Random) -> None:
    orders = column("order_no", [f"{dice.randrange(10**12):012}" for _ in range(200)])
    unnamed = column("f_01", [f"{dice.randrange(10**12):012}" for _ in range(200)])
    goods = column("f_02", [f"49{dice.randrange(10**11):011}" for _ in range(200)])
    real = column("f_03", [my_number(dice) for _ in range(30)])
    found = tags(orders, unnamed, goods, real)
    assert [tag.data_category for tag in found] == ["not_personal", "not_personal", "not_personal", "my_number"]
    assert "column_check_chance" in {one.code for one in found[0].evidence}


def test_too_few_my_numbers_are_left_open_rather_than_passed_over(dice: random.Random) -> None:
    assert categories(column("f_01", [my_number(dice), my_number(dice)])) == ["unresolved"]


@pytest.mark.parametrize("name", ["個人番号", "mynumber", "既往歴", "障害等級", "宗教", "健診結果", "前科"])
@pytest.mark.parametrize(
    "values", [[], ["0", "1", "1", "0"], ["2025-01-02", "2025-03-04"], ["100", "200", "300"], ["済"]]
)
def test_no_sensitive_header_is_called_not_personal(name: str, values: list[str]) -> None:
    for table in ("社員", "product", "t"):
        assert categories(column(name, values, rows=9), name=table) != ["not_personal"]


def test_dates_are_birth_dates_only_by_name_or_beside_persons(dice: random.Random) -> None:
    years = dates(dice, 1945, 2003)
    wareki = [f"昭和{dice.randint(20, 63)}年{dice.randint(1, 12)}月{dice.randint(1, 28)}日" for _ in range(30)]
    assert categories(column("c1", years)) == ["not_personal"]
    assert categories(column("c1", years), column("c2", persons(dice))) == ["birth_date", "name"]
    assert categories(column("更新日", years), column("氏名", persons(dice))) == ["not_personal", "name"]
    assert categories(column("生年月日", wareki)) == ["birth_date"]


def test_places_are_no_surnames() -> None:
    places = ["札幌", "仙台", "松本", "山口", "長崎", "名古屋", "横浜", "福島", "宮崎", "千葉", "石川"] * 3
    assert categories(column("c1", places))[0] not in ("surname", "name", "given_name")


def test_one_value_repeated_is_no_column_of_names() -> None:
    tag = tags(column("c1", ["松本"] * 50))[0]
    assert tag.data_category not in ("surname", "name")


def test_seven_digits_are_an_account_only_beside_a_bank(dice: random.Random) -> None:
    digits = [f"{dice.randrange(10**7):07}" for _ in range(40)]
    banks = [dice.choice(["見本銀行", "台帳信用金庫"]) for _ in range(40)]
    assert categories(column("c1", digits)) != ["bank_account"]
    assert categories(column("銀行名", banks), column("番号", digits))[1] == "bank_account"
    assert categories(column("口座番号", digits)) == ["bank_account"]


def test_a_registration_number_is_what_its_neighbours_make_it(dice: random.Random) -> None:
    digits = [str(dice.randint(10000, 69999)) for _ in range(40)]
    names = column("氏名", persons(dice, 40))
    assert (
        categories(names, column("登録番号", digits), column("所属弁護士会"))[1] == "professional_registration_number"
    )
    assert categories(column("製品名", ["A", "B"]), column("登録番号", digits))[1] in ("not_personal", "unresolved")
    assert categories(column("会社名"), column("登録番号", ["T5835678256246", "T7000012050002"]))[1] == "invoice_number"


def test_codes_of_gender_need_the_header() -> None:
    codes = ["1", "2", "1", "2", "9"]
    assert categories(column("性別", codes)) == ["gender"]
    assert categories(column("c1", codes)) == ["not_personal"]


DIRT = ["-", "*", "不明", "要確認", "N/A", "テスト", "未定", "?"]


def test_placeholders_hide_nothing_and_are_no_values(dice: random.Random) -> None:
    genders = [dice.choice("男女") for _ in range(200)] + DIRT + ["M", "女性", "1", "female", "男性", "2"]
    ages = [str(dice.randint(18, 79)) for _ in range(200)] + DIRT
    found = tags(column("c1", persons(dice, 214)), column("c2", genders), column("c3", ages))
    assert [tag.data_category for tag in found] == ["name", "gender", "age"]
    assert found[1].n == len(set(genders))
    assert found[1].prevalence < 1


def test_a_column_of_nothing_but_placeholders_is_still_answered() -> None:
    assert categories(column("障害者手帳", ["なし"] * 95 + ["3級"] * 5)) == ["disability"]
    assert categories(column("c1", ["不明"] * 20)) != ["name"]


def test_spellings_of_one_gender_code_give_the_codes_away() -> None:
    spelt = ["1"] * 90 + ["2"] * 90 + ["男性"] * 4 + ["female"] * 3 + ["M"]
    assert categories(column("c1", spelt)) == ["gender"]
    assert categories(column("c1", ["M"] * 90 + ["F"] * 80)) == ["gender"]
    assert categories(column("敬称", ["様"] * 90 + ["御中"] * 20), column("氏名"))[0] == "not_personal"


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("job_title", ["部長", "課長", "主任", "代表取締役", "一般"]),
        ("department", ["営業部", "総務部", "情報システム部", "品質保証課"]),
        ("family", ["長男", "妻", "母", "配偶者"]),
        ("education", ["見本大学 法学部卒", "台帳高等学校卒", "見本大学院修了"]),
        ("occupation", ["会社員", "公務員", "自営業", "学生"]),
        ("nationality", ["日本", "ベトナム", "ブラジル", "ネパール"]),
    ],
)
def test_words_of_an_attribute_count_beside_persons_alone(category: str, words: list[str], dice: random.Random) -> None:
    cells = [dice.choice(words) for _ in range(60)] + DIRT[:3]
    assert categories(column("c1", persons(dice, 63)), column("c2", cells)) == ["name", category]
    assert categories(column("c1", cells)) != [category]


def test_a_bank_is_told_from_a_firm_and_makes_seven_digits_an_account(dice: random.Random) -> None:
    banks = [dice.choice(["見本銀行", "台帳信用金庫", "みほん信用組合"]) for _ in range(60)]
    digits = [f"{dice.randrange(10**7):07}" for _ in range(60)]
    branches = [dice.choice(["本店", "駅前支店", "中央支店"]) for _ in range(60)]
    holders = [dice.choice(["ｶ)ﾐﾎﾝｼﾖｳｼﾞ", "ﾕ)ﾀﾞｲﾁﾖｳ", "ｻﾝﾌﾟﾙ(ｶ"]) for _ in range(60)]
    found = categories(column("c1", banks), column("c2", branches), column("c3", digits), column("c4", holders))
    assert found == ["bank_name", "bank_name", "bank_account", "bank_account_holder"]


def test_forms_that_nothing_else_has(dice: random.Random) -> None:
    def some(written: str) -> list[str]:
        return ["".join(str(dice.randrange(10)) if sign == "9" else sign for sign in written) for _ in range(40)]

    licences = [f"第{dice.randint(10000, 69999)}号" for _ in range(40)]
    hashes = [f"$2b$12${dice.randrange(10**53):053}" for _ in range(40)]
    found = categories(
        column("c1", persons(dice, 40)),
        column("c2", licences),
        column("c3", hashes),
        column("c4", some("35.999999,139.999999")),
        column("c5", some("9999-999999")),
        column("c6", some("9999-999999-9")),
    )
    assert found[1:] == [
        "professional_registration_number", "password", "location", "pension_number", "employment_insurance_number",
    ]  # fmt: skip


def test_a_code_of_its_own_in_every_row_numbers_the_persons_of_a_register(dice: random.Random) -> None:
    codes = [f"E{number:05}" for number in dice.sample(range(10**5), 60)]
    amounts = [str(dice.randint(100, 999_999)) for _ in range(60)]
    register = (column("c1", persons(dice)), column("c2", dates(dice, 1950, 2004)))
    number, amount = categories(*register, column("c3", codes), column("c4", amounts))[2:]
    assert number == "account_id"
    assert amount != "account_id"
    assert categories(*register, column("伝票番号", codes))[2] == "not_personal"
    assert categories(column("c3", codes)) == ["not_personal"]


def test_days_of_entering_are_no_birth_dates(dice: random.Random) -> None:
    staff = column("c1", persons(dice)), column("c2", dates(dice, 1995, 2020))
    assert categories(*staff) == ["name", "not_personal"]
    assert categories(column("氏名"), column("入社日"), column("退職年月日"))[1:] == ["not_personal"] * 2


def test_notes_that_are_all_one_thing_are_that_thing(dice: random.Random) -> None:
    phones = [f"090-{dice.randrange(10**4):04}-{dice.randrange(10**4):04}" for _ in range(60)]
    mails = [f"user{number}@mail.example" for number in range(60)]
    assert categories(column("備考1", phones), column("メモ", mails)) == ["phone", "email"]
    assert categories(column("備考", ["電話にて連絡済み。", "折り返し待ちです。", phones[0]])) == ["free_text"]


def test_a_header_of_names_over_values_that_are_none(dice: random.Random) -> None:
    handles = [dice.choice(["bluesky", "kuma", "neko77", "sora", "mikan", "umi", "hoshi", "yuki_x"]) for _ in range(60)]
    firms = ["ミホンショウジ", "ダイチョウロジテック", "グリーンフィールド", "サンプルブッサン", "ネクストシステム"]
    firms += ["テストデンキ", "ミホンセイサク", "キョウドウウンユ", "シナノジョウゾウ", "トウザイインサツ"]
    assert categories(column("display_name", handles), column("mail", [f"u{n}@m.example" for n in range(60)]))[0] == (
        "nickname"
    )
    kana = categories(column("会社名"), column("代表者名"), column("カナ", firms * 4))[2]
    assert kana == "company_name"
    assert categories(column("display_name", persons(dice)), column("mail"))[0] == "name"


def test_an_insured_number_is_the_one_whose_form_it_has(dice: random.Random) -> None:
    numbers = [f"{dice.randrange(10**11):011}" for _ in range(40)]
    assert categories(column("被保険者番号", numbers), column("氏名"))[0] == "employment_insurance_number"


def test_what_hangs_on_a_region_is_nobodys_address() -> None:
    assert categories(column("pref_id"), column("tax_rate"), name="tax_rule") == ["not_personal"] * 2
    assert categories(column("氏名"), column("pref_id"), column("住所"))[1] == "prefecture"
    assert categories(column("state", ["OK"] * 20 + ["NG"] * 4)) == ["not_personal"]


def test_notes_of_things_are_open_in_a_dictionary_and_read_where_values_are() -> None:
    assert categories(column("説明"), column("備考"), name="商品マスタ") == ["not_personal", "unresolved"]
    assert categories(column("名称"), column("備考"), name="仕入先マスタ")[1] == "free_text"
    written = ["見積を確認してください。", "返品の受付は終了しました。", "在庫がないため販売できません。"]
    assert categories(column("備考", written), name="商品マスタ") == ["free_text"]
    assert categories(column("既往歴"), name="商品マスタ") != ["not_personal"]


@given(
    st.sampled_from(["name", "phone", "not_personal", "age"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["column_header_strong", "column_values_form", "column_shape_code"]),
    st.booleans(),
)
def test_confidence_grows_with_the_weight_of_a_decision(
    category: str, one: float, other: float, code: str, read: bool
) -> None:
    low, high = sorted((one, other))
    evidence = (Evidence(code, category, 0.5),)
    shares = [calibrated(Decision(category, weight, evidence), read=read) for weight in (low, high)]
    assert 0 <= shares[0] <= shares[1] < 1


def test_an_open_column_claims_nothing() -> None:
    assert [tag.confidence for tag in tags(column("zzz"), column("氏名")) if tag.data_category == "unresolved"] == [0.0]


def test_free_text_says_what_was_found_inside(dice: random.Random) -> None:
    notes = [f"{dice.choice(_SURNAMES)}様より電話あり。折り返し希望とのこと。({number})" for number in range(20)]
    tag = tags(column("f_09", [*notes, "連絡先は 03-5253-5111 とのこと。", "うつ病で通院中と聞いた。"]))[0]
    assert tag.data_category == "free_text"
    found = dict(tag.mentions)
    assert found["surname"] >= 15
    assert found["phone"] == 1
    assert found["medical_history"] == 1


def test_one_certain_find_in_a_thousand_impersonal_values_counts() -> None:
    values = [f"部品{number}号 青" for number in range(999)]
    assert categories(column("c1", values)) == ["not_personal"]
    tag = tags(column("c1", [*values, "納品書 担当 03-5253-5111 まで"]))[0]
    assert tag.data_category in ("free_text", "unresolved")
    assert any(one.code == "column_rare_hits" and one.words["hits"] == 1 for one in tag.evidence)


def test_a_system_failure_is_no_disability_even_under_its_bare_name() -> None:
    values = ["システム障害のため停止", "通信障害が発生", "サーバ障害の復旧"]
    found = categories(column("障害番号"), column("障害", values), column("システム障害", values), name="障害管理")
    assert found == ["not_personal"] * 3


def test_applicants_family_is_a_restricted_item() -> None:
    columns = (column("氏名"), column("家族構成"), column("本籍"), column("宗教"))
    assert categories(*columns, name="採用応募者") == ["name", "restricted_item", "restricted_item", "creed"]
    assert categories(*columns, name="扶養親族")[1] == "family"


def test_zeros_that_a_spreadsheet_ate_do_not_hide_phones(dice: random.Random) -> None:
    eaten = [f"90{dice.randrange(10**8):08}" for _ in range(30)]
    assert categories(column("携帯電話", eaten)) == ["phone"]


def test_a_bare_name_is_whose_the_table_is() -> None:
    assert categories(column("name"), name="m_employee") == ["name"]
    assert categories(column("name"), name="m_product") == ["not_personal"]
    assert categories(column("name"), name="m_vendor") == ["company_name"]


def test_keys_to_other_tables_are_no_member_numbers() -> None:
    found = categories(column("customer_id", sql_type="integer"), column("会員番号", ["A-001", "A-002"]))
    assert found == ["not_personal", "account_id"]


def test_prevalence_hits_and_n_stay_apart() -> None:
    values = ["a@mail.example"] * 90 + ["b@mail.example"] * 9 + ["なし"]
    tag = tags(column("メール", values))[0]
    assert tag.data_category == "email"
    assert (tag.distinct_hits, tag.n, tag.prevalence) == (2, 3, 0.99)


def test_a_name_in_a_header_is_masked_and_the_vocabulary_is_not() -> None:
    assert [tag.column for tag in tags(column("氏名カナ"), column("山田太郎"))] != ["氏名カナ", "山田太郎"]
    assert tags(column("氏名カナ"))[0].column == "氏名カナ"


def test_every_evidence_code_of_columns_is_worded_in_both_languages(dice: random.Random) -> None:
    rows = yaml.safe_load(
        files("classifiers.vocabulary").joinpath("evidence", "columns.yml").read_text(encoding="utf-8")
    )
    source = "".join(
        file.read_text(encoding="utf-8") for file in files("classifiers.columns").iterdir() if file.name.endswith(".py")
    )
    for code in rows:
        made = [
            one for one in ("column_header", "column_shape", "column_type", "column_meaning") if code.startswith(one)
        ]
        assert f'"{code}"' in source or any(f'f"{stem}_{{' in source for stem in made), code
    assert all(row.keys() == {"ja", "en"} for row in rows.values())


def pieces_of(name: str) -> set[str]:
    return {name[start:end] for end in range(len(name) + 1) for start in range(end)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["氏名", "電話", "備考", "col1", "マイナンバー", "生年月日", "住所", "id", "性別", "口座番号", ""]
            ),
            st.lists(st.text(max_size=40), max_size=12),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_table_is_tagged_without_a_value_in_the_evidence(given_columns: list[tuple[str, list[str]]]) -> None:
    columns = [column(name, [value for value in values if value.strip()], rows=20) for name, values in given_columns]
    found = tags(*columns)
    assert len(found) == len(columns)
    words = {
        word
        for row in data_categories().values()
        for word in (*row.headers.strong, *row.headers.medium, *row.headers.weak)
    }
    for tag in found:
        assert tag.data_category in data_categories()
        assert 0 <= tag.confidence <= 1
        assert 0 <= tag.prevalence <= 1
        assert 0 <= tag.distinct_hits <= tag.n or tag.data_category == "free_text"
        assert tag.evidence
        for one in tag.evidence:
            assert sentence(one, "ja")
            assert sentence(one, "en")
            # What was learnt names a piece of the column's own name.
            told = words | {piece for name, _ in given_columns for piece in pieces_of(name)}
            assert all(not isinstance(word, str) or word in told for word in one.words.values())


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.01, 0.99))
def test_the_tail_is_a_probability_that_falls_with_every_pass(passed: int, more: int, chance: float) -> None:
    tried = passed + more
    here, further = tail(passed, tried, chance), tail(passed + 1, tried + 1, chance)
    assert 0 <= here <= 1
    assert further <= here + 1e-9


def test_the_parts_of_a_health_insurance_number_are_the_number() -> None:
    names = Column("氏名", values=("架空花子", "見本次郎", "例示三郎"), counts=(1, 1, 1), rows=3)
    symbol = Column("健康保険記号", values=("1234", "1235", "1236"), counts=(1, 1, 1), rows=3)
    number = Column("健康保険番号", values=("100", "101", "102"), counts=(1, 1, 1), rows=3)
    found = tag_columns(Table(store="s", name="list", columns=(names, symbol, number)))
    assert [tag.data_category for tag in found] == ["name", "insured_number", "insured_number"]


@pytest.mark.parametrize("table", REAL, ids=lambda table: table["name"])
def test_columns_of_real_systems_are_told_by_their_names(table: dict[str, Any]) -> None:
    wanted = {name: kind for kind, names in table["columns"].items() for name in names}
    found = tags(*map(column, wanted), name=table["name"], label=table.get("label", ""))
    types = (data_categories()[tag.data_category].data_type for tag in found)
    assert dict(zip(wanted, types, strict=True)) == wanted


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("予算実績", "会計年度 負債 資産 社会保険料 人件費 減価償却費 実績額"),
        ("医薬品マスタ", "薬品名 用法 用量 禁忌 薬価 投与経路"),
        ("求人票", "基本給 賞与 昇給 手当 応募資格 募集人数 選考方法"),
        ("品質検査", "検査結果 判定 試験結果 合否 不良数 処置区分"),
        ("cms_pages", "image_alt alt_text headline view_count author_id"),
        ("企業情報", "平均年収 平均年齢 強み 従業員数 企業理念"),
        ("api_log", "endpoint latency alt got pulse vision"),
        ("設備台帳", "設備名 シリアルナンバー 稼働状態 判定 点検結果"),
    ],
)
def test_words_of_persons_say_nothing_of_anybody_where_nobody_is(table: str, names: str) -> None:
    assert set(categories(*map(column, names.split()), name=table)) <= {"not_personal", "unresolved"}


@pytest.mark.parametrize(
    ("name", "label", "category"),
    [
        ("act_no", "入金口座番号,銀行:7桁 郵便局:12桁", "bank_account"),
        ("kana_sei", "フリガナ(姓)", "surname_kana"),
        ("q3", "お持ちの資格があればご記入ください", "education"),
        ("q4", "生年月日を教えてください（西暦）", "birth_date"),
        ("account_kana", "アカウント名（かな）", "name_kana"),
        ("main_copy", "メインコピー", "not_personal"),
        ("c12", "ヒンメイ", "unresolved"),
        ("weight", "出産期の体重", "health_check"),
        ("todoufukenn", "", "prefecture"),
        ("jomuin_cd", "乗務員コード", "account_id"),
        ("shokumu", "職務上の氏名", "name"),
        ("send_body", "本文", "free_text"),
    ],
)
def test_labels_as_definitions_and_forms_write_them(name: str, label: str, category: str) -> None:
    assert tags(column("氏名"), column("健診結果"), column(name, label=label))[2].data_category == category


def test_a_part_is_known_by_the_rest(dice: random.Random) -> None:
    expiry = [f"{dice.randint(1, 12):02}/{dice.randint(26, 31)}" for _ in range(40)]
    assert categories(column("カード番号"), column("有効期限", expiry)) == ["credit_card", "not_personal"]
    numbers = [f"{dice.randrange(10**7):07}" for _ in range(40)]
    assert categories(column("銀行名"), column("受取人番号", numbers))[1] == "bank_account"
    assert categories(column("保険者番号"), column("記号"), column("番号"))[1:] == ["insured_number"] * 2
    assert (
        categories(column("氏名"), column("HDLコレステロール"), column("AST"), column("HEIGHT"))[2:]
        == ["health_check"] * 2
    )
    assert categories(column("氏名"), column("有効期限"), column("番号"))[1:] == ["not_personal"] * 2


def test_a_place_on_the_map_is_somebodys_only_beside_persons() -> None:
    assert categories(column("所在地"), column("緯度"), column("経度"), name="店舗")[1:] == ["not_personal"] * 2
    assert categories(column("氏名"), column("緯度"), column("経度"), name="利用者")[1:] == ["location"] * 2


def test_account_numbers_that_lost_their_zeros_are_still_accounts(dice: random.Random) -> None:
    banks = [dice.choice(["みほん銀行", "台帳信用金庫", "架空信用組合"]) for _ in range(60)]
    numbers = [str(dice.randrange(10**6, 10**7)) for _ in range(54)] + [str(dice.randrange(10**5)) for _ in range(6)]
    assert categories(column("F1", banks), column("F2", numbers))[1] == "bank_account"


def test_remarks_that_come_again_beside_persons_are_left_open(dice: random.Random) -> None:
    remarks = [dice.choice(["騒音の苦情あり（３回）", "家賃の滞納が二か月分", "ペットの飼育を許可"]) for _ in range(40)]
    assert categories(column("c1", persons(dice)), column("c2", remarks))[1] in ("unresolved", "free_text")


def test_a_numbers_owner_is_the_noun_before_it(dice: random.Random) -> None:
    codes = [f"{number:07}" for number in dice.sample(range(10**7), 60)]
    found = categories(
        column("氏名", persons(dice)),
        column("生年月日", dates(dice, 1950, 2004)),
        column("予約番号", codes),
        column("乗務員番号", codes),
        column("カード番号", codes),
    )
    assert found == ["name", "birth_date", "not_personal", "account_id", "account_id"]


def test_a_handful_that_comes_again_and_again_is_no_name_unless_the_header_says_so() -> None:
    directions = [value for value in ("東", "西", "南", "北") for _ in range(20)]
    assert categories(column("v3", directions), column("v4", [str(number) for number in range(80)])) == [
        "not_personal", "not_personal",
    ]  # fmt: skip
    staff = [value for value in ("佐藤", "鈴木", "高橋", "田中") for _ in range(20)]
    assert categories(column("担当", staff)) == ["surname"]


def test_cells_say_more_than_a_word_for_a_kind(dice: random.Random) -> None:
    titles = [dice.choice(["部長", "課長", "係長", "主任"]) for _ in range(60)]
    assert categories(column("LastName", [dice.choice(_SURNAMES) for _ in range(60)]), column("Title", titles)) == [
        "surname", "job_title",
    ]  # fmt: skip
    assert categories(column("品名", [f"部品{number}" for number in range(60)]), column("Title", titles))[1] == (
        "not_personal"
    )


def test_results_in_a_table_that_an_examination_names_are_its_results(dice: random.Random) -> None:
    score = column("score", [str(dice.randint(17, 68)) for _ in range(60)])
    staff = column("emp_no", [f"E{number:05}" for number in range(60)])
    assert categories(staff, score, name="t_stress_check")[1] == "health_check"
    assert categories(staff, score, name="t_english_test")[1] == "personal_other"


def test_an_unknown_switch_in_such_a_table_is_left_open(dice: random.Random) -> None:
    staff = column("emp_no", [f"E{number:05}" for number in range(60)])
    name = column("氏名", persons(dice))
    flag = column("qzx", [dice.choice("01") for _ in range(60)])
    assert categories(staff, name, flag, name="t_stress_check")[2] == "unresolved"


@pytest.mark.parametrize(
    ("category", "form"),
    [
        ("personal_other", "品川 3{:02} さ {:02}-34"),
        ("bank_account", "見本銀行 南支店 普通 12{:02}5{:02}"),
        ("credit_card", "4111{:02}******00{:02}"),
        ("health_check", "1{:02}/{:02}"),
    ],
)
def test_forms_that_tell_what_a_cell_is_whatever_its_column_is_called(category: str, form: str) -> None:
    values = [form.format(10 + number % 50, 50 + number % 40) for number in range(60)]
    name = column("氏名", persons(random.Random(1)))
    assert categories(name, column("qzx", values))[1] == category


def test_a_handful_of_regions_under_a_header_for_one_are_no_names(dice: random.Random) -> None:
    regions = column("region", [dice.choice(["東海", "関東", "九州", "北海道"]) for _ in range(60)])
    assert categories(column("氏名", persons(dice)), regions)[1] == "not_personal"


def test_numbers_in_pieces_are_told_by_the_columns_beside_them(dice: random.Random) -> None:
    def digits(size: int, count: int = 40) -> list[str]:
        return [f"{dice.randrange(10**size):0{size}}" for _ in range(count)]

    areas = [dice.choice(["03", "06", "045", "0422", "090", "080"]) for _ in range(40)]
    codes = [
        dice.choice(["0600001", "1000005", "5300001", "2200012", "8100001", "4600008", "7300011"]) for _ in range(40)
    ]
    tails = sorted({code[3:] for code in codes} | {"0001", "0002", "0043", "0874", "1127"}) * 4
    symbols = [f"1{middle}0" for middle in digits(3)]
    pieces = (
        column("k1", areas),
        column("k2", digits(4)),
        column("k3", digits(4)),
        column("k4", [code[:3] for code in codes]),
        column("k5", tails),
        column("k6", symbols),
        column("k7", [f"{body}1" for body in digits(7)]),
    )
    found = categories(column("氏名", persons(dice)), *pieces)
    assert found == ["name", *["phone"] * 3, *["postal_code"] * 2, *["yucho_account"] * 2]
    assert not {"phone", "postal_code", "yucho_account"} & set(categories(*pieces))


def test_numbers_kept_as_numbers_are_told_beside_somebody(dice: random.Random) -> None:
    phones = [f"{dice.choice(['90', '80', '70', '3', '6'])}{dice.randrange(10**8):08}" for _ in range(40)]
    codes = ["600001", "1000005", "5300001", "2200012", "8100001", "4600008", "7300011", "9800021", "640820", "600042"]
    numbers = (column("q1", phones), column("q2", codes))
    assert categories(column("氏名", persons(dice)), *numbers) == ["name", "phone", "postal_code"]
    assert categories(column("氏名", persons(dice)), column("q1", [f"{one}.0" for one in phones])) == ["name", "phone"]
    assert "phone" not in categories(*numbers)


def test_a_number_of_its_own_beside_a_licensed_profession_is_its_registration(dice: random.Random) -> None:
    numbers = [str(number) for number in dice.sample(range(12000, 68000), 60)]
    professions = [dice.choice(["弁護士", "税理士", "司法書士"]) for _ in range(60)]
    names = column("氏名", persons(dice))
    among = categories(names, column("SIKAKU_K", professions), column("q", numbers))
    assert among[2] == "professional_registration_number"
    assert categories(names, column("q", numbers))[1] != "professional_registration_number"
    sums = [str(int(10 ** dice.uniform(3, 6))) for _ in range(60)]
    assert (
        categories(names, column("SIKAKU_K", professions), column("q", sums))[2] != "professional_registration_number"
    )


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("処分歴の有無", "work_history"),
        ("profile_image_url", "photo"),
        ("患者整理番号", "account_id"),
        ("phone_sha256", "phone"),
        ("アクセスコード_ハッシュ", "password"),
        ("申請管理番号", "not_personal"),
        ("評価期間", "not_personal"),
    ],
)
def test_an_end_that_only_carries_or_counts_leaves_a_thing_what_it_is(name: str, category: str) -> None:
    assert categories(column("氏名"), column("生年月日"), column(name))[2] == category


def test_where_each_row_is_somebodys_an_unknown_name_is_left_open() -> None:
    assert categories(column("会員番号"), column("zqkyxh"))[1] == "unresolved"
    assert categories(column("HbA1c"), column("血糖値"), column("TP"))[2] == "unresolved"
    assert categories(column("商品コード"), column("kyohi"))[1] == "not_personal"


def test_whoever_is_reached_at_a_post_is_a_person_whatever_the_table_is_called() -> None:
    found = categories(column("name"), column("position_title"), column("fax"), column("memo"), name="address_book")
    assert found == ["name", "job_title", "fax", "free_text"]
    assert categories(column("name"), column("price"), column("memo"), name="book")[0] == "not_personal"


def test_a_header_of_places_or_sums_over_words_that_are_none() -> None:
    states = ["approved", "pending", "rejected", "resubmit"] * 10
    assert categories(column("氏名", ["山田太郎", "佐藤花子"]), column("state", states))[1] != "prefecture"
    files = [f"tenpo_{number}.zip" for number in range(20)]
    assert categories(column("氏名", ["山田太郎", "佐藤花子"]), column("給与", files))[1] != "income"


def test_an_address_of_the_net_keeps_the_proxies_it_came_through() -> None:
    routes = [f"203.0.113.{number}, 10.1.0.{number}" for number in range(1, 9)] + ["198.51.100.7", "192.0.2.9"]
    assert categories(column("q", routes)) == ["ip_address"]


@pytest.mark.parametrize(
    ("name", "label", "sql_type", "category"),
    [
        ("created_by", "作成者", "bigint", "not_personal"),
        ("is_business", "ビジネスアカウント", "boolean", "not_personal"),
        ("tanto", "担当者", "integer", "not_personal"),
        ("shimei", "氏名", "date", "not_personal"),
        ("tanto", "担当者", "varchar(40)", "name"),
        ("tel", "電話番号", "bigint", "phone"),
        ("sex", "性別", "boolean", "gender"),
        ("shogai", "障害者手帳", "boolean", "disability"),
    ],
)
def test_a_declared_type_refutes_what_no_column_of_it_holds(
    name: str, label: str, sql_type: str, category: str
) -> None:
    beside = (column("氏名"), column("住所"))
    assert categories(*beside, column(name, label=label, sql_type=sql_type))[-1] == category


def test_the_sex_and_the_illness_in_a_table_of_animals_are_no_persons() -> None:
    kept = (column("name"), column("gender", label="性別"), column("病名"), column("kind", label="種類"))
    assert categories(*kept, name="pets") == ["not_personal"] * 4
    owned = categories(column("飼い主氏名"), column("住所"), column("病名"), name="pets")
    assert owned[:2] == ["name", "address"]
    assert owned[2] != "not_personal"


def test_a_list_of_somebody_said_in_words_is_one_of_persons() -> None:
    listed = tags(column("id"), column("name"), name="funeral_lists", label="葬儀に呼ぶ人リスト")
    assert listed[1].data_category == "name"


def test_the_state_of_a_criminal_proceeding_is_never_simply_not_personal() -> None:
    said = tags(column("customer_id"), column("koryu_status", label="勾留ステータス"), name="t_keiji_anken_customer")
    assert said[1].data_category != "not_personal"


def test_a_plural_names_what_its_table_is_of() -> None:
    assert categories(column("name"), column("address"), name="companies")[0] == "company_name"
    assert categories(column("name"), column("capacity"), name="nursing_homes")[0] == "company_name"


def test_a_reading_in_a_master_is_no_persons() -> None:
    assert categories(column("商品コード"), column("カナ名"), name="商品マスタ")[1] == "not_personal"
    assert categories(column("氏名"), column("カナ"), name="商品マスタ")[1] == "name_kana"


def test_a_label_outranks_the_name_beside_it() -> None:
    beside = (column("shimei", label="氏名"), column("yubin", label="郵便番号"))
    assert categories(*beside, column("billing_address", label="請求先部署"))[-1] == "department"
    assert categories(*beside, column("name", label="旅行名"))[-1] != "name"
    assert categories(*beside, column("last_name", label="名前(性)"))[-1] == "surname"


def test_a_table_of_somebodys_pay_and_family_is_one_of_persons_though_no_column_names_them() -> None:
    paid = (column("kihon", label="基本給"), column("fuyo", label="扶養人数"), column("gakureki", label="最終学歴"))
    assert categories(*paid, name="t_wages") == ["income", "family", "education"]


def test_an_applicants_bare_name_is_a_persons() -> None:
    assert tags(column("job_id"), column("name"), name="applications", label="応募")[1].data_category == "name"


def test_a_branch_is_a_banks_beside_a_bank_alone() -> None:
    assert categories(column("病院名"), column("支店名"), name="hospital")[1] == "not_personal"
    assert categories(column("銀行名"), column("口座番号"), column("支店名"))[2] == "bank_name"


def test_a_number_of_the_commercial_register_is_a_firms() -> None:
    numbers = [f"0{n:03}-01-0{n:05}" for n in range(100, 400)]
    assert categories(column("商号", _FIRMS), column("会社法人等番号", numbers))[1] == "corporate_number"
