"""Names that may hide a personal value are masked; words of the vocabulary, dates and versions are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.masking import MASK, holds_person, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("履歴書_山田太郎.pdf", f"履歴書_{MASK}.pdf"),
        ("yamada_taro_2025.xlsx", f"{MASK}_2025.xlsx"),
        ("YamadaTaro.csv", f"{MASK}.csv"),
        ("ﾔﾏﾀﾞ", MASK),
        ("面談_佐藤花子_20250401.docx", f"面談_{MASK}_20250401.docx"),
        ("内定者_小林 美咲.pdf", f"内定者_{MASK}.pdf"),
        ("退職届（渡邉）.docx", f"退職届（{MASK}）.docx"),
        ("db_tanaka", f"db_{MASK}"),
        ("山田花子・佐藤次郎", MASK),
        ("会員12345678", f"会員{MASK}"),
        ("東京都千代田区丸の内1-2-3", MASK),
        ("履歴書_ヤマタ\u3099タロウ.pdf", f"履歴書_{MASK}.pdf"),
    ],
)
def test_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert holds_person(text)


@pytest.mark.parametrize(
    "value",
    [
        "髙橋健一",
        "田中様",
        "佐々木さん",
        "Yamada Taro",
        "tanaka",
        "ito",
        "やまだたろう",
        "090-1234-5678",
        "山﨑",
        "はなこ",
    ],
)
def test_a_value_never_survives(value: str) -> None:
    for text in (value, f"{value}.xlsx", f"契約書_{value}", f"[{value}]"):
        assert value not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "顧客",
        "取引先",
        "人事/健康診断結果_2026.xlsx#結果",
        "名簿/空.csv",
        "弁護士一覧",
        "lawyers",
        "dtb_customer",
        "meishi_2025",
        "hr_master",
        "public_lawyers",
        "mail_send_list",
        "orders",
        "松本営業所",
        "顧客一覧_20250401.csv",
        "v1.2.3",
        "2025年度",
        "Sheet1",
        "在職",
        "退職",
        "T_KYK_MST",
        "log_20250401123000",
        "dwh.fact_sales",
        "請求書2024-03",
        "first_name",
        "kana01",
        "生年月日",
        "健康診断結果",
        "商品マスタ",
        "seminar_2024",
        "関東",
        "男",
    ],
)
def test_kept(text: str) -> None:
    assert mask(text) == text
    assert not holds_person(text)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40))
def test_masking_never_breaks_and_agrees_with_holds_person(text: str) -> None:
    assert holds_person(text) == (mask(text) != text) or MASK in text
