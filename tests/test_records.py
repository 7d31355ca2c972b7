"""Whose one record, one document, one mail is, asked for on demand. All rows are invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa
import pytest

from classifiers.columns import tag_columns
from classifiers.evidence import sentence
from classifiers.subjects import tag_record, tag_subjects
from classifiers.tags import Column, SubjectTag, Table

AS_OF = date(2026, 11, 23)
OWN = ("aoba.example",)

Row = Mapping[str, str | None]


def table(name: str, rows: Sequence[Row], *, hints: tuple[str, ...] = ()) -> Table:
    columns = []
    for column in rows[0]:
        counted = Counter(cell for row in rows if (cell := row[column]))
        columns.append(Column(column, "", "", tuple(counted), tuple(counted.values()), len(rows)))
    records = pa.table({column: pa.array([row[column] for row in rows], pa.string()) for column in rows[0]})
    return Table("s", name, tuple(columns), hints=hints, records=records, own_domains=OWN)


def answer(read: Table, row: Row) -> SubjectTag:
    columns = tag_columns(read)
    tag = tag_record(read, columns, row, tag_subjects(read, columns, AS_OF), AS_OF)
    for reason in tag.evidence:
        for language in ("ja", "en"):
            said = sentence(reason, language)
            assert said
            assert not any(cell in said for cell in row.values() if cell and len(cell) > 4)
    return tag


PEOPLE = ["青木 一郎", "石田 花子", "上野 健", "江口 由美", "大西 誠", "加賀 美咲"]
MAILS = [f"user{number}@mail{number}.example" for number in range(6)]


def listed(**cells: Sequence[str | None]) -> list[Row]:
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def test_a_record_is_its_partitions() -> None:
    kinds = ["顧客", "顧客", "仕入先", "仕入先", "弁護士", "弁護士"]
    rows = listed(氏名=PEOPLE, 区分=kinds, メール=MAILS)
    contacts = table("contacts", rows)
    found = [answer(contacts, row) for row in rows]
    assert [tag.subject for tag in found] == [*["customer"] * 2, *["business_partner"] * 2, *["professional"] * 2]
    assert found[2].row_filter == "区分 = '仕入先'"
    assert any(reason.code == "subject_partition" for reason in found[2].evidence)


def test_a_row_of_somebody_who_left_is_a_retirees_and_one_who_leaves_next_year_is_staff() -> None:
    days = [None, None, None, "2020-03-31", "2021-09-30", "2027-03-31"]
    rows = listed(社員番号=[f"{n:04}" for n in range(6)], 氏名=PEOPLE, 退職日=days)
    master = table("人事マスタ", rows)
    assert [answer(master, row).subject for row in rows] == [*["employee"] * 3, "retiree", "retiree", "employee"]


def test_a_row_that_came_after_the_scan_is_judged_by_its_own_day_of_leaving() -> None:
    rows = listed(社員番号=[f"{n:04}" for n in range(6)], 氏名=PEOPLE, 退職日=[None] * 5 + ["2027-03-31"])
    master = table("社員マスタ", rows)
    assert answer(master, {**rows[0], "退職日": "2026-10-31"}).subject == "retiree"
    assert answer(master, rows[5]).subject == "employee"


def test_a_row_of_a_batch_held_for_somebody_else_keeps_its_custody() -> None:
    rows = listed(氏名=PEOPLE, 住所=["東京都千代田区丸の内1-1-1"] * 6, 種別=["会員"] * 6)
    entrusted = answer(table("受託名簿_さくら商事様", rows), rows[0])
    assert entrusted.custody == "entrusted"
    mixed = listed(氏名=PEOPLE, 委託元=["さくら商事"] * 3 + [None] * 3, メール=MAILS)
    lists = table("名簿", mixed)
    assert [answer(lists, row).custody for row in mixed] == [*["entrusted"] * 3, *["own"] * 3]


NOTES = [
    ("先日注文した商品が届きません。お客様番号は 1234 です。返品したいのですが。", "customer"),
    (
        "株式会社さくら商事の佐藤健一です。平素より格別のお引き立てを賜り、御見積をお送りします。",
        "business_partner",
    ),
    ("一次面接の日程についてご連絡いたします。ご応募ありがとうございます。", "applicant"),
    ("相手方の田中太郎は事故の当日、赤信号で進入したと述べている。", "opponent"),
    ("弁護士の高橋誠一が本日来所。", "professional"),
    ("元社員の鈴木一郎より、離職票の再発行を求められた。", "retiree"),
]


@pytest.mark.parametrize(("note", "subject"), NOTES)
def test_a_note_is_of_those_of_whom_it_speaks(note: str, subject: str) -> None:
    rows = listed(番号=[str(n) for n in range(6)], メモ=[note for note, _ in NOTES])
    assert answer(table("memo", rows), rows[[text for text, _ in NOTES].index(note)]).subject == subject


def test_who_keeps_a_note_says_nothing_of_whose_it_is() -> None:
    rows = listed(番号=["1", "2"], メモ=["担当：佐藤健一。特に問題なし。", "担当者の佐藤健一が確認した。以上。"])
    assert {answer(table("memo", rows), row).subject for row in rows} <= {"unresolved", "none"}


def test_a_note_on_the_opposing_party_makes_no_opponent_of_the_client_whose_row_it_is() -> None:
    note = "相手方の田中太郎に連絡したところ、支払を拒まれた。"
    rows = listed(相談者氏名=PEOPLE, 相談日=["2026-04-01"] * 6, 相談メモ=[note] + ["通常の相談。"] * 5)
    assert answer(table("相談票", rows), rows[0]).subject == "customer"
    notes = listed(相談番号=["1", "2"], メモ=[note, "相手方の山田次郎から電話があった。"])
    assert answer(table("相談経過メモ", notes), notes[0]).subject == "opponent"


def test_our_own_mail_domain_marks_staff_in_a_list_of_nobodys() -> None:
    rows = listed(氏名=PEOPLE, メール=["aoki@aoba.example", *MAILS[1:]])
    people = table("アドレス帳", rows)
    assert answer(people, rows[0]).subject == "employee"
    assert answer(people, rows[1]).subject == "unresolved"


def test_what_somebody_does_for_a_living_marks_no_kind() -> None:
    rows = listed(会員番号=[f"M{n}" for n in range(6)], 氏名=PEOPLE, 職業=["弁護士"] * 2 + ["会社員"] * 4)
    assert answer(table("会員マスタ", rows), rows[0]).subject == "customer"


def test_one_document_of_a_mixed_folder_is_judged_by_itself() -> None:
    files: list[Row] = [
        {"file": "a/履歴書_1.docx", "title": "", "subject": "", "body": "学歴・職歴 志望の動機"},
        {"file": "a/2.eml", "title": "", "subject": "御見積の件", "body": "平素より格別のお引き立て…貴社ご担当者様"},
        {"file": "a/3.eml", "title": "", "subject": "問い合わせ", "body": "商品が届きません。返品したいです。"},
        {"file": "a/4.txt", "title": "", "subject": "", "body": "相手方の田中太郎が来た。"},
    ]
    folder = Table("s", "共有", (), kind="documents", records=pa.Table.from_pylist(files), own_domains=OWN)
    said = [tag_record(folder, (), row, (), AS_OF).subject for row in files]
    assert said == ["applicant", "business_partner", "customer", "opponent"]
