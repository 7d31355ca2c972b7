"""What data is used for, by names and statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.evidence import sentence
from classifiers.statements import read
from classifiers.uses import infer_uses, shown_uses, uses_of
from classifiers.vocabulary import uses


def found(*names: str, statement: str = "") -> set[str]:
    tags = infer_uses(*names, statement=statement)
    assert all(0.0 < tag.confidence < 1.0 and tag.use in uses() for tag in tags)
    assert all(sentence(reason, language) for tag in tags for reason in tag.evidence for language in ("ja", "en"))
    return {tag.use for tag in tags}


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("mail_send_list", "marketing"),
        ("メルマガ配信/2025-04.csv", "marketing"),
        ("DM発送リスト.xlsx", "marketing"),
        ("MERUMAGA_HAISHIN", "marketing"),
        ("送り状_2025.xlsx", "shipping"),
        ("HASSO_DATA", "shipping"),
        ("本人確認書類/", "identity_check"),
        ("ekyc_results", "identity_check"),
        ("dwh.customer_cohort", "research"),
        ("購買分析マート", "research"),
        ("アンケート送付先", "questionnaire"),
        ("問い合わせ対応履歴", "inquiry"),
        ("support_tickets", "inquiry"),
        ("契約更新対象者", "contract"),
        ("会費請求データ", "billing"),
        ("支払通知_202504", "payment"),
        ("shiharai_yotei", "payment"),
        ("商談履歴", "meeting"),
        ("meishi_2025.xlsx", "business_contact"),
        ("取引先マスタ", "partner_management"),
        ("torihikisaki_mst", "partner_management"),
        ("受託_発送名簿", "entrusted_work"),
        ("選考評価シート", "recruiting"),
        ("candidates", "recruiting"),
        ("会社説明会案内_送付先", "recruiting_contact"),
        ("OB会案内", "retiree_contact"),
        ("alumni_mail_2025", "retiree_contact"),
        ("掲載プラン申込", "listing_service"),
        ("弁護士紹介_マッチング", "introduce"),
        ("v_lawyer_public_directory", "publish"),
        ("名簿販売用", "list_sale"),
        ("llm_train_corpus", "model_training"),
        ("model_training_set", "model_training"),
        ("custom_audience_upload", "ad_audience"),
        ("与信審査", "credit_scoring"),
        ("督促対象者", "debt_collection"),
        ("反社チェック結果", "watchlist_check"),
        ("kyuyo_2025", "staff_management"),
        ("支払調書_R6.xlsx", "statutory_reporting"),
        ("prod_copy_customers", "system_test"),
        ("pc_log_monitoring", "monitoring"),
        ("fraud_detection", "security"),
        ("audit_log", "audit"),
        ("due_diligence/名簿", "due_diligence"),
        ("選挙運動_支援者", "solicitation"),
    ],
)
def test_a_name_shows_the_use(name: str, use: str) -> None:
    assert use in found(name)


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("面接案内", "marketing"),
        ("広告主マスタ", "marketing"),
        ("決済代行会社", "entrusted_work"),
        ("委託先一覧", "entrusted_work"),
        ("人材紹介会社", "introduce"),
        ("資料請求者", "billing"),
        ("非公開リスト", "publish"),
        ("支払調書", "payment"),
        ("ABテスト結果", "system_test"),
        ("クレジットカード", "credit_scoring"),
        ("訪問者数", "meeting"),
        ("学習塾の生徒", "model_training"),
        ("active_directory", "publish"),
        ("purchase_order", "service_provision"),
        ("test_score", "system_test"),
    ],
)
def test_a_word_that_only_looks_like_a_use_shows_none(name: str, use: str) -> None:
    assert use not in found(name)


@pytest.mark.parametrize("name", ["", "t_001", "data.csv", "Sheet1", "x", "コード表", "dtb_x#シート2"])
def test_a_name_that_says_nothing_shows_no_use(name: str) -> None:
    assert found(name) == set()


def test_names_and_statements_add_up_and_a_dataset_may_have_several_uses() -> None:
    assert found("受託_アンケート名簿", "メルマガ") >= {"entrusted_work", "questionnaire", "marketing"}
    assert "marketing" in found("v_001", statement="SELECT mail FROM newsletter_members JOIN customers USING (id)")


def test_literals_and_comments_of_a_statement_say_nothing() -> None:
    statement = """
        SELECT id, mail FROM t WHERE memo = 'メルマガ 神代佑磨' AND x <> $$採用$$ -- 督促
        /* 反社チェック */ AND y = N'it''s 給与' AND z = 'unclosed 配送
    """
    assert infer_uses("v", statement=statement) == ()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("INSERT INTO dm_list SELECT a FROM t", "use_statement_target"),
        ("SELECT a FROM newsletter", "use_statement_word"),
        ("COPY (SELECT a FROM t) TO '/out/メルマガ/x.csv'", "use_statement_destination"),
        ("-- メルマガ配信対象を抽出\nSELECT a FROM t", "use_statement_heading"),
        ("SELECT a FROM t WHERE opt_in = 1 AND campaign_id = 3 -- DM発送", "use_statement_remark"),
        ("SELECT a FROM t WHERE opt_in = 1 AND campaign_id = 3", "use_statement_column"),
        ("UPDATE t SET 配信停止 = 1 WHERE id = 3", "use_statement_stop_list"),
        (
            "SELECT a FROM t WHERE NOT EXISTS (SELECT 1 FROM suppression_list s WHERE s.k = t.k)",
            "use_statement_stop_list",
        ),
    ],
)
def test_every_part_of_a_statement_may_show_the_use(statement: str, code: str) -> None:
    (tag,) = infer_uses("v_01", statement=statement)
    assert tag.use == "marketing"
    assert code in {reason.code for reason in tag.evidence}


def test_what_is_written_says_more_than_what_is_read() -> None:
    assert found(statement="SELECT a FROM orders") == {"service_provision"}
    assert found(statement="INSERT INTO dm_list SELECT a FROM orders") == {"marketing"}
    assert found("メルマガ配信", statement="SELECT a FROM orders") == {"marketing"}


def test_a_schema_says_where_a_dataset_lies_and_not_what_for() -> None:
    assert found(statement="SELECT a FROM public.t1") == set()
    assert found(statement="INSERT INTO dwh.dm_list SELECT a FROM t1") == {"marketing"}


def test_a_comment_that_says_who_is_left_out_shows_no_use() -> None:
    assert found(statement="-- 督促対象は除く\nSELECT a FROM t") == set()


@given(st.text(max_size=80))
def test_no_evidence_holds_a_piece_of_a_statement_s_literal(literal: str) -> None:
    plain = infer_uses("v", statement="SELECT mail FROM newsletter WHERE name = ''")
    quoted = literal.replace("'", "''").replace("\\", "")
    assert infer_uses("v", statement=f"SELECT mail FROM newsletter WHERE name = '{quoted}'") == plain


@given(st.text(max_size=60))
def test_evidence_is_words_of_the_vocabulary(name: str) -> None:
    words = {word for row in uses().values() for word in (*row.names.strong, *row.names.medium, *row.names.weak)}
    for tag in infer_uses(name):
        assert all(reason.words["word"] in words for reason in tag.evidence)


def test_a_job_s_name_speaks_for_its_statements() -> None:
    (statement,) = read("SELECT mail FROM t")
    assert [tag.use for tag in uses_of(statement, names=["メルマガ配信.sql"])] == ["marketing"]
    assert [tag.use for tag in shown_uses(statement, names=["メルマガ配信.sql"])] == ["marketing"]


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("SELECT mail FROM newsletter", set()),
        ("CREATE VIEW stg_orders AS SELECT id FROM dtb_order", set()),
        ("INSERT INTO dm_list SELECT mail FROM newsletter", {"marketing"}),
        ("-- 受注管理\nSELECT id FROM orders", {"service_provision"}),
        ("SELECT a FROM orders WHERE opt_in = 1 AND campaign_id = 3", {"marketing"}),
    ],
)
def test_what_a_statement_shows_is_more_than_what_it_reads_is_called(sql: str, shown: set[str]) -> None:
    (statement,) = read(sql)
    assert {tag.use for tag in shown_uses(statement)} == shown
