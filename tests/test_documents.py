"""What a document is and whose; a folder of them in partitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa
import pytest

from classifiers.evidence import sentence
from classifiers.partitions import row_filters
from classifiers.subjects import tag_subjects
from classifiers.subjects.documents import SUBJECT, tag_document
from classifiers.tags import SubjectTag, Table
from classifiers.vocabulary import document_types, subjects

AS_OF = date(2026, 11, 23)
COLUMNS = ("file", "title", "author", "sender", "recipients", "subject", "body")

RESUME = {"file": "履歴書_2025.docx", "body": "履歴書\n学歴・職歴\n志望の動機\n本人希望記入欄"}
CONTRACT = {
    "file": "業務委託契約書.pdf",
    "body": "業務委託契約書\n株式会社さくら（以下「甲」という）と当社（以下「乙」という）は契約を締結する。",
}
CONSULTATION = {
    "file": "0001.eml",
    "subject": "離婚についてのご相談",
    "body": "慰謝料について弁護士に相談したいのですが、教えてください。",
}
MANUAL = {"file": "サーバー室の利用手順.txt", "body": "1. 入室の前に申請する。"}


def folder(name: str, *documents: Mapping[str, str], hints: tuple[str, ...] = ()) -> tuple[SubjectTag, ...]:
    records = pa.table({c: pa.array([d.get(c) for d in documents], pa.string()) for c in COLUMNS})
    tags = tag_subjects(Table("s", name, (), kind="documents", records=records, hints=hints), (), AS_OF)
    assert sum(tag.share for tag in tags) == pytest.approx(1.0, abs=0.001)
    assert all(sentence(reason, language) for tag in tags for reason in tag.evidence for language in ("ja", "en"))
    return tags


@pytest.mark.parametrize(
    ("name", "text", "kind", "subject"),
    [
        ("履歴書.docx", "", "resume", "applicant"),
        ("CV_2025.pdf", "", "resume", "applicant"),
        ("scan001.pdf", "職務経歴書\n職務要約 活かせる経験 自己PR", "work_history", "applicant"),
        ("0012.eml", "選考結果のご連絡\nこのたびはご応募ありがとうございます。", "recruiting_mail", "applicant"),
        ("退職届.pdf", "一身上の都合により退職いたしたく", "resignation", "retiree"),
        ("離職票送付.eml", "離職票をお送りします", "separation", "retiree"),
        ("御見積書_0042.pdf", "御見積", "quotation", "business_partner"),
        ("invoice_2025-04.pdf", "", "invoice", "business_partner"),
        ("発注書.pdf", "下記の通り発注いたします", "order_form", "business_partner"),
        ("秘密保持契約書.docx", "以下「甲」以下「乙」", "agreement", "business_partner"),
        ("mail7.eml", "平素より格別のお引き立てを賜り\n貴社ますますご清栄", "partner_mail", "business_partner"),
        ("0001.eml", "ご相談\n慰謝料について相談したいのですが", "inquiry", "customer"),
        ("お申し込み内容.txt", "ご注文 お届け先", "inquiry", "customer"),
        ("弁護士プロフィール.txt", "所属弁護士会 取扱分野 修習期", "professional_profile", "professional"),
        ("掲載申込書.pdf", "掲載プラン", "professional_profile", "professional"),
        ("健康診断結果2025.pdf", "総合判定", "health_check", "employee"),
        ("雇用契約書.docx", "", "staff_papers", "employee"),
        ("就業規則.docx", "この規程は", "rules", "none"),
        ("操作マニュアル.pdf", "改訂履歴", "rules", "none"),
        ("定例議事録.docx", "出席者 議題 決定事項", "minutes", "unresolved"),
        ("memo.txt", "牛乳を買う", "other", "unresolved"),
    ],
)
def test_a_document_is_told_by_its_name_its_title_or_its_phrases(name: str, text: str, kind: str, subject: str) -> None:
    found = tag_document(name, text)
    assert (found.type, found.tag.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("受託データ一覧.txt", "", "entrusted"),
        ("0001.eml", "名簿の件\n委託元のさくら商事です。支給データをお渡しします。", "entrusted"),
        ("作業.txt", "お預かりした個人情報は、業務終了後、返還または消去すること。", "entrusted"),
        ("委託先管理.txt", "委託先の一覧", "own"),
        ("業務委託契約書.pdf", "業務委託契約 甲 乙", "own"),
    ],
)
def test_entrusted_papers_are_told_by_their_direction(name: str, text: str, held: str) -> None:
    assert tag_document(name, text).tag.custody == held


def test_a_folder_of_one_kind_is_one_partition() -> None:
    [tag] = folder("採用/", RESUME, RESUME)
    assert (tag.subject, tag.row_filter, tag.share) == ("applicant", "", 1.0)


def test_a_mixed_folder_is_parted_by_person() -> None:
    tags = folder("共有/", RESUME, CONTRACT, CONSULTATION, CONSULTATION, MANUAL)
    assert {tag.row_filter: tag.subject for tag in tags} == {
        "文書の本人 = '顧客'": "customer",
        "文書の本人 = '採用応募者'": "applicant",
        "文書の本人 = '取引先・他社の役職員'": "business_partner",
        "文書の本人 = '個人に関しない'": "none",
    }
    assert tags[0].share == 0.4
    for tag in tags:
        assert row_filters.holds(tag.row_filter, {SUBJECT: subjects()[tag.subject].ja}, AS_OF)


def test_entrusted_documents_stand_apart_from_our_own_in_one_folder() -> None:
    entrusted = {"file": "受託データ_名簿.txt", "body": "委託元からお預かりしたデータ"}
    tags = folder("作業/", CONSULTATION, entrusted)
    assert {(tag.custody, tag.row_filter) for tag in tags} == {
        ("own", "文書の本人 = '顧客'"),
        ("entrusted", "文書の本人 = '未確定（受託）'"),
    }


def test_a_folder_speaks_for_a_document_that_says_nothing_and_not_against_one_that_does() -> None:
    [tag] = folder("採用/", {"file": "memo.txt", "body": "来週の予定"})
    assert tag.subject == "applicant"
    assert "business_partner" in {tag.subject for tag in folder("採用/", CONTRACT, RESUME)}


def test_a_folder_that_was_not_read_is_judged_by_its_name() -> None:
    [tag] = folder("受託/さくら商事/")
    assert tag.custody == "entrusted"


def test_no_evidence_quotes_a_document() -> None:
    said = {"file": "履歴書_神代佑磨.pdf", "body": "履歴書 氏名 神代佑磨 学歴・職歴", "author": "神代佑磨"}
    for tag in folder("採用/", said):
        assert "神代" not in repr(tag)


def test_every_type_speaks_for_a_subject_of_the_vocabulary_and_has_words() -> None:
    for row in document_types().values():
        assert row.subject in subjects()
        assert row.ja
        assert row.en
        words: Sequence[str] = (*row.names.strong, *row.names.medium, *row.phrases)
        assert words or row.id == "other"
