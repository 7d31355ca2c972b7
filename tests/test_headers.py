"""Names of columns: their words, what they speak for, and where a table's header row is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers import headers
from classifiers.vocabulary import data_categories


def best(name: str, label: str = "") -> tuple[str, str]:
    found = headers.match(name, label)
    return (found[0].category, found[0].strength) if found else ("", "")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("custTelNo1", ("cust", "tel", "no", "1")),
        ("last_name", ("last", "name")),
        ("顧客電話番号_bk", ("顧客", "電話番号", "bk")),
        ("ＴＥＬ", ("tel",)),
        ("dateOfBirth", ("birth", "date")),
        ("", ()),
    ],
)
def test_names_are_cut_into_words(name: str, found: tuple[str, ...]) -> None:
    assert headers.words(name) == found


@pytest.mark.parametrize(
    "spellings",
    [
        ("SHIMEI", "simei"),
        ("jusho", "juusho", "jyuusyo", "JUUSYO"),
        ("seinengappi", "seinen_gappi", "SeinenGappi"),
        ("tantousha", "tantosha", "tantousya"),
    ],
)
def test_romaji_is_one_word_however_it_is_spelt(spellings: tuple[str, ...]) -> None:
    assert len({best(spelling) for spelling in spellings}) == 1
    assert best(spellings[0])[0]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("氏名", "name"),
        ("KAIIN_NM", "name"),
        ("担当者名", "name"),
        ("受講者の氏名", "name"),
        ("お名前(姓)", "surname"),
        ("emp_lastname", "surname"),
        ("氏名カナ", "name_kana"),
        ("氏名（フリガナ）", "name_kana"),
        ("配送先_お名前(セイ)", "surname_kana"),
        ("fullNameEn", "name_romaji"),
        ("会社名", "company_name"),
        ("会社名カナ", "company_name"),
        ("company_kana", "company_name"),
        ("vendor_name", "company_name"),
        ("勤務先電話", "phone"),
        ("TEL1", "phone"),
        ("ＦＡＸ番号", "fax"),
        ("郵便番号（ハイフンあり）", "postal_code"),
        ("性別(1:男性,2:女性)", "gender"),
        ("SEX_KBN", "gender"),
        ("都道府県ID", "prefecture"),
        ("ed_date_of_birth", "birth_date"),
        ("会員番号", "account_id"),
        ("社員コード", "employee_number"),
        ("弁護士登録番号", "professional_registration_number"),
        ("マイナンバー", "my_number"),
        ("障害者手帳有無", "disability"),
        ("既往歴", "medical_history"),
        ("shukyo", "creed"),
        ("本籍", "restricted_item"),
        ("相談内容", "free_text"),
    ],
)
def test_a_name_speaks_for_its_data_category(name: str, category: str) -> None:
    assert best(name) == (category, "strong")


@pytest.mark.parametrize(
    "name",
    [
        "商品名", "商品名カナ", "file_name", "product_name", "table_name", "サーバ名", "イベント名", "eventNameEn",
        "氏名変更日", "mail_flag", "メール配信可否", "電話受付時間", "created_by", "電話番号変更フラグ", "is_deleted",
        "システム障害", "障害管理番号", "健診受診日", "健診受診有無", "受注日", "有効期限", "disabled_at",
        "number_of_positions",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_personal_item_is_not_one(name: str) -> None:
    assert best(name)[0] == "not_personal"


@pytest.mark.parametrize(
    "name", ["マイナンバー提出日", "既往歴フラグ", "has_disability", "宗教コード", "本籍変更フラグ"]
)
def test_a_flag_or_date_of_a_sensitive_thing_is_never_simply_impersonal(name: str) -> None:
    found = {hit.category: hit.strength for hit in headers.match(name)}
    assert found.keys() - {"not_personal"}
    assert found.get("not_personal", "weak") == "weak"


def test_a_label_says_what_a_bare_name_does_not() -> None:
    assert best("name") == ("name", "weak")
    assert best("name", "商品名") == ("not_personal", "strong")
    assert best("kana01", "お名前(セイ)") == ("surname_kana", "strong")


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("郵便番号（所在地）", "postal_code"),
        ("役職名（担当者）", "job_title"),
        ("住所（都道府県）", "prefecture"),
        ("氏名（フリガナ）", "name_kana"),
        ("備考（既往歴）", "medical_history"),
        ("墓を継承して欲しい人", "name"),
        ("立ち会った方", "name"),
        ("受注先", "company_name"),
        ("荷主", "company_name"),
        ("お名前_F", "name_kana"),
        ("通称", "name"),
        ("通称_フリガナ", "name_kana"),
        ("配偶者の有無（デフォルト: false）", "family"),
        ("患者の状態", "medical_history"),
        ("保育士証の登録番号", "professional_registration_number"),
        ("柔道整復師免許証番号", "professional_registration_number"),
        ("性カナ", "surname_kana"),
        ("マイナンバーカードNo", "my_number"),
        ("酒気帯びチェック値", "health_check"),
        ("LINE ID", "account_id"),
        ("結婚フラグ", "family"),
    ],
)
def test_a_label_speaks_for_its_head(label: str, category: str) -> None:
    assert best("x", label)[0] == category


@pytest.mark.parametrize(
    "label", ["0:無効、1:有効", "1:管理者", "個人/法人", "事業所番号", "駅1の名前", "アカウント色"]
)
def test_a_label_of_codes_of_firms_or_of_things_is_no_personal_item(label: str) -> None:
    assert best("x", label)[0] == "not_personal"


def test_a_sex_beside_a_last_name_is_a_surname_typed_wrong() -> None:
    assert best("last_name", "性") == ("surname", "strong")
    assert best("sex", "性") == ("gender", "strong")


def test_a_sentence_in_a_label_does_not_decide() -> None:
    assert best("iban", "Code of the account, such as the routing number for the bank") == ("bank_account", "strong")


@pytest.mark.parametrize(
    ("name", "category"),
    [("懲戒処分", "work_history"), ("懲戒歴", "work_history"), ("視力", "health_check"), ("資産額", "income")],
)
def test_a_word_with_a_row_of_its_own_does_not_speak_for_any_other_attribute(name: str, category: str) -> None:
    assert [one.category for one in headers.match(name)] == [category]


@pytest.mark.parametrize("category", [row for row in data_categories() if row != "unresolved"])
def test_every_strong_word_leads_to_its_own_row(category: str) -> None:
    """A word that a longer, a trap or a later word hides would be dead; a few are shadowed on purpose by context."""
    strong = [word for word in data_categories()[category].headers.strong if not word.startswith("～")]
    lost = [word for word in strong if category not in {hit.category for hit in headers.match(word)}]
    assert lost == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_is_read_without_error(name: str, label: str) -> None:
    found = headers.match(name, label)
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert {hit.category for hit in found} <= data_categories().keys()
    headers.words(name)


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=8))
def test_any_rows_give_an_index_or_none(rows: list[list[str]]) -> None:
    found = headers.header_row(rows)
    assert found is None or 0 <= found < len(rows)


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([["氏名", "電話"], ["山田花子", "03-0000-0000"]], 0),
        ([["会員名簿", "", ""], ["", "", ""], ["氏名", "電話番号", "備考"], ["山田花子", "03-0000-0000", ""]], 2),
        ([["作成日: 2025/10/01", "", ""], ["", "", "取扱注意"], ["No.", "氏名", "部署"], ["1", "山田花子", "総務"]], 2),
        ([["col1", "col2", "f_03"], ["1", "2", "3"]], 0),
        ([["Full Name", "Phone Number", "E-mail"], ["Mary Jones", "03", "a@b.example"]], 0),
        ([["果物の名", "いくら"], ["りんご", "100"], ["みかん", "200"]], 0),
        ([["id", "name", "sort_no", "discriminator_type"], ["1", "男性", "0", "sex"]], 0),
    ],
)
def test_the_header_row_is_found_below_titles_and_notes(rows: list[list[str]], index: int) -> None:
    assert headers.header_row(rows) == index


@pytest.mark.parametrize(
    "rows",
    [
        [["山田花子", "東京都"], ["佐藤次郎", "大阪府"]],
        [["山田花子", "女", "1980-01-01"], ["佐藤次郎", "男", "1981-01-01"]],
        [["株式会社見本", "山田花子", "部長"], ["株式会社台帳", "佐藤次郎", "課長"]],
        [["山田花子 様", "hanako@mail.example", "090-0000-0000"]],
        [["John Smith", "Tokyo"], ["Mary Jones", "Osaka"]],
        [["りんご", "100"], ["みかん", "200"]],
        [["2024", "2025"], ["1", "2"]],
        [["", ""]],
        [],
    ],
)
def test_a_first_row_of_data_is_no_header(rows: list[list[str]]) -> None:
    assert headers.header_row(rows) is None
    assert not any(headers.looks_like_header(row) for row in rows)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("社員No", "employee_number"),
        ("診察券No.", "account_id"),
        ("郵便NO", "postal_code"),
        ("整理No", "not_personal"),
        ("役職CD", "job_title"),
        ("SHOKUGYO_CD", "occupation"),
        ("SEX_KBN", "gender"),
        ("商品コード", "not_personal"),
        ("取引先CD", "not_personal"),
        ("退職金額", "income"),
        ("severance_amount", "income"),
        ("bonus_total", "income"),
        ("売上金額", "not_personal"),
        ("SYAIN_KANJI", "name"),
        ("氏名（漢字）", "name"),
        ("nick_nm", "nickname"),
        ("siten_nm", "bank_name"),
        ("shiire_nm", "company_name"),
        ("brand_name", "not_personal"),
        ("点検者", "name"),
        ("支払サイト", "not_personal"),
        ("lang_pref", "not_personal"),
        ("BRTH_YMD", "birth_date"),
        ("入社日", "not_personal"),
        ("連帯保証人", "name"),
    ],
)
def test_short_forms_sums_codes_and_scripts_take_the_meaning_of_what_they_belong_to(name: str, category: str) -> None:
    assert best(name)[0] == category


def test_the_word_in_evidence_is_the_one_the_vocabulary_lists_first() -> None:
    assert headers.match("サーバー名")[0].word != "nm"
    assert headers.match("server_name")[0].word != "nm"


def test_a_head_that_nobody_knows_takes_no_meaning_from_a_thing_before_it() -> None:
    assert headers.match("利益") and not headers.match("利益相反先")


def test_a_word_that_stands_where_two_others_meet_is_none() -> None:
    assert best("事件名")[0] == "criminal_record"
    assert best("工事件名")[0] == "not_personal"
    assert best("送金先口座番号")[0] == "bank_account"


def test_a_label_outranks_what_an_english_name_seems_to_say() -> None:
    assert best("annual_revenue")[0] == "not_personal"
    assert best("annual_revenue", "年間収入見込")[0] == "income"


def test_the_format_that_a_label_states_changes_nothing() -> None:
    assert best("UMDATE", "生年月日 GEEMMDD")[0] == "birth_date"
