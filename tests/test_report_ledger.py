"""The Excel ledger: the items an auditor asks for, what people fill in, and nothing that runs when it is opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.register import Register
from pipelines.reports import ledger
from pipelines.reports.sheets.fields import Cell, is_to_fill, sheets
from pipelines.reports.words import vocabulary
from pipelines.reports.writing.cells import safe
from tests.filled_register import (
    CARDS,
    FILES,
    STAFF,
    UNREAD,
    check,
    column,
    dataset,
    filled,
    policy,
    rows_of,
    scan,
    scan_jobs,
    store,
    verdict,
)

JIS = (
    "個人情報の項目", "利用目的", "保管場所", "保管方法・媒体", "アクセス権を有する者", "利用期限", "保管期限",
    "本人の区分", "件数", "取得方法", "委託", "第三者提供", "要配慮個人情報", "特定個人情報", "個人識別符号",
)  # fmt: skip
"""JIS Q 15001, 6.1 and its annex, and the flags of the Act."""


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return filled(tmp_path / "register.sqlite")


def write(register: Register, folder: Path, language: Any = "ja") -> Path:
    return ledger.write(register, policy(), folder, language)


def rows(file: Path, title: str) -> list[dict[str, Any]]:
    header, *found = load_workbook(file)[title].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in found]


def row(file: Path, dataset: str, **more: str) -> dict[str, Any]:
    found = [one for one in rows(file, "個人情報管理台帳") if one["表・ファイル"] == dataset]
    return next(one for one in found if all(one[key] == value for key, value in more.items()))


def cell(page: Worksheet, key: str, field: str) -> Any:
    header = [one.value for one in page[1]]
    line = next(line for line in page.iter_rows(min_row=2) if key in [one.value for one in line])
    return line[header.index(field)]


def edit(file: Path, entries: list[tuple[str, str, str, Any]]) -> None:
    """Fill in, as people do: sheet, a cell that tells the row, field, what they write."""
    book = load_workbook(file)
    for title, key, field, entry in entries:
        cell(book[title], key, field).value = entry
    book.save(file)


def test_it_has_the_items_of_the_standard(register: Register, tmp_path: Path) -> None:
    header = set(rows(write(register, tmp_path), "個人情報管理台帳")[0])
    assert set(JIS) <= header


def test_a_row_says_what_scan_and_declarations_know(register: Register, tmp_path: Path) -> None:
    file = write(register, tmp_path)
    customers = row(file, "dtb_customer")
    assert customers["データの名称"] == "顧客マスタ"
    assert customers["本人の区分"] == policy().label("customer").ja
    assert customers["件数"] == 1200
    assert "メールアドレス" in customers["個人情報の項目"]
    assert "電話番号" in customers["個人情報の項目"], "a free text mentions phones"
    assert policy().purpose("customer-D").ja in customers["利用目的"]
    assert "newsletter" in customers["利用（宣言）"]
    assert customers["取扱部署・責任者"] == "営業部"
    assert customers["保管場所"] == "顧客管理"
    assert "株式会社みほん配送" in customers["委託"]
    assert customers["第三者提供"] == "なし"
    assert customers["判定"] == "要確認"
    assert "規則7条4号" in customers["漏えい等報告の見込み"]


def test_special_data_is_flagged(register: Register, tmp_path: Path) -> None:
    staff = row(write(register, tmp_path), "hr_master.csv", 行の条件="退職日 <= as_of")
    assert staff["特定個人情報"].startswith("個人番号")
    assert "病歴" in staff["要配慮個人情報"]
    assert "個人番号" in staff["個人識別符号"]
    assert staff["財産的被害のおそれ"] == "なし"
    assert "規則7条1号" in staff["漏えい等報告の見込み"]
    assert staff["件数"] == "約80"


@pytest.mark.parametrize(
    ("records", "language", "told", "breach"),
    [(290_000, "ja", "約290,000", "規則7条4号"), (290_000, "en", "about 290,000", ""), (700, "ja", "約700", "可能性")],
)
def test_an_estimated_number_says_so(tmp_path: Path, records: int, language: Any, told: str, breach: str) -> None:
    register = Register.open("sqlite://")
    found = dataset(
        "crm", "t", [column("氏名", "name")], [rows_of("customer")], records=records, records_estimated=True
    )
    scan(register, {"crm": (store("crm"), (found,), ())})
    (cells,) = (
        load_workbook(ledger.write(register, policy(), tmp_path, language))
        .worksheets[0]
        .iter_rows(min_row=2, values_only=True)
    )
    assert told in cells
    assert any(breach in str(cell) for cell in cells)


@pytest.mark.parametrize(
    ("records", "read", "share", "number", "breach"),
    [
        (1000, 1000, 1.0, 1000, ""),
        (1001, 1000, 1.0, 1001, "規則7条4号"),
        (None, 1000, 1.0, "不明（1,000件以上）", "規則7条4号（1,000人超の可能性）"),
        (None, 1000, 0.25, "不明（約250件以上）", "規則7条4号（1,000人超の可能性）"),
        (None, 5000, 1.0, "不明（5,000件以上）", "規則7条4号"),
        (None, 0, 1.0, "不明", "規則7条4号（1,000人超の可能性）"),
    ],
)
def test_an_unknown_number_of_records_is_not_few(
    tmp_path: Path, records: int | None, read: int, share: float, number: Any, breach: str
) -> None:
    register = Register.open("sqlite://")
    rows_ = [rows_of("customer", "区分 = '顧客'" if share < 1 else "", share=share)]
    found = dataset("crm", "t", [column("氏名", "name")], rows_, records=records, rows_read=read)
    scan(register, {"crm": (store("crm"), (found,), ())})
    written = row(write(register, tmp_path), "t")
    assert written["件数"] == number
    assert written["漏えい等報告の見込み"] == (breach or "不正な目的によるときのみ")


@pytest.mark.parametrize(
    ("level", "individuals", "share", "read", "number"),
    [
        ("full", 812, 1.0, "全件", 812),
        ("sample", 812, 0.25, "標本", 203),
        ("sample", None, 1.0, "標本", "不明"),
        ("metadata", None, 1.0, "名称のみ", "不明"),
    ],
)
def test_how_far_it_was_read_and_about_how_many_persons_it_is_of(
    tmp_path: Path, level: str, individuals: int | None, share: float, read: str, number: Any
) -> None:
    register = Register.open("sqlite://")
    rows_ = [rows_of("customer", "区分 = '顧客'" if share < 1 else "", share=share)]
    found = dataset("crm", "t", [column("氏名", "name")], rows_, level=level, individuals=individuals)
    scan(register, {"crm": (store("crm"), (found,), ())})
    written = row(write(register, tmp_path), "t")
    assert (written["読んだ範囲"], written["本人の数（推定）"]) == (read, number)


def test_what_nothing_was_said_of_is_not_called_compliant(register: Register, tmp_path: Path) -> None:
    assert row(write(register, tmp_path), "dtb_order")["判定"] == "判定する利用なし"
    fresh = Register.open("sqlite://")
    scan(fresh)
    assert row(write(fresh, tmp_path), "dtb_order")["判定"] == "未判定"


def test_the_dataset_level_word_is_not_the_columns(register: Register, tmp_path: Path) -> None:
    details = rows(write(register, tmp_path), "項目の詳細")
    flag = next(one for one in details if one["列"] == "del_flg")
    assert flag["個人情報の項目"] == "個人の項目に当たらない"
    products = next(one for one in details if one["表・ファイル"] == "dtb_product")
    assert products["本人の区分"] == "個人情報でない"


def test_it_says_by_which_columns_one_individual_is_found(register: Register, tmp_path: Path) -> None:
    file = write(register, tmp_path)
    assert row(file, "dtb_customer")["本人検索キー"] == "customer_id、name01、email"
    assert row(file, "hr_master.csv")["本人検索キー"] == "氏名"


def test_entrusted_data_names_its_contract_and_is_not_retained(register: Register, tmp_path: Path) -> None:
    survey = row(write(register, tmp_path), "survey.csv")
    assert survey["自社・受託"] == "受託（預かり）"
    assert "みほん商事株式会社" in survey["委託元（契約）"]
    assert "C-01" in survey["委託元（契約）"]
    assert survey["保有個人データ"].startswith("否")
    assert survey["取得方法"] == "受託"


def test_impersonal_data_has_no_row_but_its_columns_are_listed(register: Register, tmp_path: Path) -> None:
    file = write(register, tmp_path)
    assert not [one for one in rows(file, "個人情報管理台帳") if one["表・ファイル"] == "dtb_product"]
    assert len(rows(file, "個人情報管理台帳")) == 6, "the staff's two row partitions are two rows"
    details = [one for one in rows(file, "項目の詳細") if one["表・ファイル"] == "dtb_product"]
    assert [one["列"] for one in details] == ["product_name"]


def test_what_nobody_knows_is_to_be_filled_in_by_its_owner(register: Register, tmp_path: Path) -> None:
    file = write(register, tmp_path)
    customers = row(file, "dtb_customer")
    for field in ("利用期限", "保管期限", "アクセス権を有する者", "取得方法", "廃棄・消去の方法"):
        assert customers[field] == "要記入（営業部に確認）"
    assert row(file, "meishi.xlsx#2025")["利用目的"].startswith("partner-C")


def test_choices_drop_down(register: Register, tmp_path: Path) -> None:
    page = load_workbook(write(register, tmp_path))["個人情報管理台帳"]
    listed = {validation.formula1 for validation in page.data_validations.dataValidation}
    assert '"本人から直接書面,本人から直接（書面以外）,間接（第三者から）,公開情報,受託,事業承継"' in listed
    assert all(len(formula) <= 257 for formula in listed), "Excel refuses longer lists"
    counts = {len(field.choices) for field in sheets()["ledger"].fields if field.choices}
    inline = [formula for formula in listed if formula.startswith('"')]
    assert {formula.count(",") + 1 for formula in inline} <= counts, "no choice is cut at its comma"


def test_long_lists_drop_down_from_a_sheet_that_nobody_sees(register: Register, tmp_path: Path) -> None:
    book = load_workbook(write(register, tmp_path, "en"))
    page = book["Columns"]
    (formula,) = (one.formula1 for one in page.data_validations.dataValidation)
    name, _, cells = formula.replace("$", "").partition("!")
    assert book[name].sheet_state == "hidden"
    offered = [cell.value for line in book[name][cells] for cell in line]
    assert {"name", "My Number"} & set(offered)
    assert len(offered) == len(vocabulary("data_category"))


def test_findings_say_why_and_what_to_do_and_take_a_state(register: Register, tmp_path: Path) -> None:
    file = write(register, tmp_path)
    found = rows(file, "指摘")
    assert [one["指摘ID"] for one in found][:2] == ["v-cards", "v-number"]
    assert {one["判定"] for one in found} == {"目的外のおそれ", "受託範囲外のおそれ", "要確認"}
    assert found[0]["利用・提供"] == "card-mail 名刺メール"
    assert found[0]["判定の理由"] == "v-cards の理由"
    assert found[0]["法令"] == "法18条1項（利用目的による制限）"
    assert found[0]["条項の文"] == policy().label("partner").ja
    assert found[0]["次にすること"] == "v-cards の次の一歩"


def test_what_was_not_read_has_a_row(register: Register, tmp_path: Path) -> None:
    found = rows(write(register, tmp_path), "読めなかったもの")
    assert {(one["名前"], one["理由"]) for one in found} == {
        ("old.xlsx", "パスワードなどで開けない"),
        ("mixed.csv", "文字コードが判らない"),
    }


def test_every_sheet_is_ready_to_use_and_to_print(register: Register, tmp_path: Path) -> None:
    book = load_workbook(write(register, tmp_path))
    seen = [page for page in book if page.sheet_state == "visible"]
    assert [page.title for page in seen] == ["個人情報管理台帳", "指摘", "読めなかったもの", "項目の詳細"]
    for page in seen:
        assert page.freeze_panes == "C2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page.print_title_rows in ("1:1", "$1:$1")
        assert page.page_setup.orientation == "landscape"


def test_it_is_written_in_english_too(register: Register, tmp_path: Path) -> None:
    book = load_workbook(write(register, tmp_path, "en"))
    assert book.sheetnames[:2] == ["Register", "Findings"]
    header, *_ = book["Register"].iter_rows(values_only=True)
    assert "Purposes of use" in header
    assert "TO FILL IN (ask 営業部)" in {one.value for line in book["Register"].iter_rows() for one in line}


def test_what_people_wrote_is_taken_over(register: Register, tmp_path: Path) -> None:
    file = write(register, tmp_path)
    edit(
        file,
        [
            ("個人情報管理台帳", "dtb_customer", "保管期限", "退会後3年"),
            ("個人情報管理台帳", "dtb_customer", "見直し日", date(2026, 11, 20)),
            ("個人情報管理台帳", "dtb_customer", "取扱部署・責任者", "営業企画部"),
            ("個人情報管理台帳", "dtb_customer", "データの名称", "people cannot overrule the scan here"),
            ("指摘", "v-cards", "対応状況", "対応中"),
            ("読めなかったもの", "old.xlsx", "対応の内容", "廃棄した"),
        ],
    )
    scan(register)
    check(register)
    file = write(register, tmp_path)
    customers = row(file, "dtb_customer")
    assert customers["保管期限"] == "退会後3年"
    assert customers["見直し日"].date() == date(2026, 11, 20)
    assert customers["取扱部署・責任者"] == "営業企画部"
    assert customers["データの名称"] == "顧客マスタ"
    assert is_to_fill(customers["利用期限"])
    assert next(one for one in rows(file, "指摘") if one["指摘ID"] == "v-cards")["対応状況"] == "対応中"
    assert next(one for one in rows(file, "読めなかったもの") if one["名前"] == "old.xlsx")["対応の内容"] == "廃棄した"
    assert "引き継げなかった記入" not in load_workbook(file).sheetnames


def test_what_people_wrote_is_taken_over_in_another_language(register: Register, tmp_path: Path) -> None:
    edit(write(register, tmp_path), [("個人情報管理台帳", "dtb_customer", "保管期限", "退会後3年")])
    file = write(register, tmp_path, "en")
    assert "退会後3年" in {one["Kept until"] for one in rows(file, "Register")}


def test_what_people_wrote_of_a_row_that_is_gone_is_kept_aside_and_returns(register: Register, tmp_path: Path) -> None:
    edit(write(register, tmp_path), [("個人情報管理台帳", "meishi.xlsx#2025", "保管期限", "5年")])
    scan(register, {"files": (FILES, (STAFF,), UNREAD)})
    for _ in range(2):
        lost = rows(write(register, tmp_path), "引き継げなかった記入")
        assert [(one["欄"], one["記入"]) for one in lost] == [("保管期限", "5年")]
    scan(register, {"files": (FILES, (CARDS, STAFF), UNREAD)})
    file = write(register, tmp_path)
    assert row(file, "meishi.xlsx#2025")["保管期限"] == "5年"
    assert "引き継げなかった記入" not in load_workbook(file).sheetnames


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_ledger_is_set_aside_and_never_lost(
    register: Register, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "ledger.xlsx").write_bytes(content)
    file = write(register, tmp_path)
    assert row(file, "dtb_customer")
    assert (tmp_path / "ledger-old-1.xlsx").read_bytes() == content


def test_somebody_elses_workbook_is_set_aside(register: Register, tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "予算"
    book.save(tmp_path / "ledger.xlsx")
    write(register, tmp_path)
    assert load_workbook(tmp_path / "ledger-old-1.xlsx").sheetnames == ["予算"]


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", '=HYPERLINK("http://x.example","x")')


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    register = Register.open("sqlite://")
    found = [
        dataset("crm", text, [column(text, "name")], [rows_of("customer", row_filter=text)], label=text)
        for text in HOSTILE
    ]
    scan(register, {"crm": (store("crm", label="=cmd", owner="=cmd"), found, ())})
    reason = ({"code": "purpose_fits", "ja": "=cmd", "en": "=cmd"},)
    check(register, [verdict("v", "violation", found[0], evidence=reason, column="=cmd")])
    for page in load_workbook(write(register, tmp_path)):
        for line in page.iter_rows():
            for one in line:
                assert one.data_type != "f"
                assert not str(one.value or "").lstrip().startswith(("=", "+", "-", "@", "＝", "\t"))


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_any_text_can_stand_in_a_cell(text: str) -> None:
    cell = safe(text)
    assert isinstance(cell, str)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
    page = Workbook().active
    page["A1"] = cell


@given(st.integers() | st.floats(allow_nan=False) | st.dates() | st.none())
def test_what_is_no_text_stays_as_it_is(cell: Cell) -> None:
    assert safe(cell) is cell


def test_an_empty_register_makes_a_ledger_of_headers(tmp_path: Path) -> None:
    book = load_workbook(write(Register.open("sqlite://"), tmp_path))
    assert all(page.max_row == 1 for page in book if page.sheet_state == "visible")


def test_what_daicho_knew_itself_follows_the_declarations(register: Register, tmp_path: Path) -> None:
    write(register, tmp_path)
    moved = FILES.model_copy(update={"owner": "情報管理部"})
    scan(register, {"files": (moved, (CARDS, STAFF), UNREAD)})
    assert row(write(register, tmp_path), "meishi.xlsx#2025")["取扱部署・責任者"] == "情報管理部"


def test_what_sql_does_stands_beside_what_is_declared(register: Register, tmp_path: Path) -> None:
    script = (
        "-- メルマガ配信\nINSERT INTO dm_list SELECT email FROM dtb_customer;\nCOPY dtb_customer TO '/srv/羽鳥.csv'"
    )
    scan_jobs(register, script)
    found = row(write(register, tmp_path), "dtb_customer")
    assert "newsletter: 商品・サービスの案内" in found["利用（宣言）"]
    assert "商品・サービスの案内 (SQL 日次/送付.sql:2)" in found["名称・SQLから見える利用"]
    assert "ファイルへ (SQL 日次/送付.sql:3)" in found["名称・SQLから見える利用"]
    assert "羽鳥" not in str(found)
    english = rows(write(register, tmp_path, "en"), "Register")
    shown = next(one for one in english if one["Dataset"] == "dtb_customer")["Uses its names and SQL show"]
    assert "to a file (SQL 日次/送付.sql:3)" in shown
    assert not [one for one in english if one["Dataset"] == "日次/送付.sql"], "a script holds nobody's data"
