"""Addresses and numbers in texts: how far they reach, what speaks for them, what is none."""

from __future__ import annotations

import pytest

from classifiers import addresses
from classifiers.normalize import normalize
from classifiers.texts import mentions

ADDRESSES = [
    "発生場所 【岐阜県可児市広見5丁目73番地先】交差点",
    "【愛知県豊田市保見ヶ丘5丁目1番地1 公団95-302】\n",
    "【広島県尾道市東御所町9-2 港ビル三〇一】\n",
    "【兵庫県赤穂市加里屋58-12】 TEL 0791-42-0000",
    "【愛知県半田市雁宿町2丁目21番地】 0569-24-0000",
    "Address: 【1-19-8 Jinnan, Shibuya-ku, Tokyo】\n",
    "【2-15-7 Minamihorie, Nishi-ku, Osaka】 550-0015",
]


@pytest.mark.parametrize("marked", ADDRESSES)
def test_an_address_reaches_to_its_last_number_or_room(marked: str) -> None:
    text = normalize(marked.replace("【", "").replace("】", ""))
    found = [text[one.start : one.end] for one in addresses.find(text) if one.depth == 4]
    assert found == [normalize(marked[marked.index("【") + 1 : marked.index("】")])]


@pytest.mark.parametrize(
    "text", ["宮崎市の南東約180キロを北上", "浜松市立高丘南小学校", "Chapter 3-2 Methods, Results, Discussion"]
)
def test_a_place_of_something_else_is_no_address(text: str) -> None:
    assert [one for one in addresses.find(text) if one.depth >= 3] == []


NUMBERS = [
    ("証券番号 HA-1140128836\n", "account_id", ["HA-1140128836"]),
    ("会員番号:9812 0044 1234\n", "account_id", ["9812 0044 1234"]),
    ("カルテNo.V-3381 飼い主", "account_id", ["V-3381"]),
    ("社員番号,氏名\nE10482,鰐淵 修\nE10511,雲母 里佳\n", "account_id", ["E10482", "E10511"]),
    ("sshd[1]: Accepted publickey for t_mori from 192.0.2.1", "account_id", ["t_mori"]),
    ("会員入館ログ\n2025-06-15 06:02 M009921 尼子 輝\n", "account_id", ["M009921"]),
    ("注文番号 HA-1140128836、品番 V-3381", "account_id", []),
    ("Accepted publickey for root from 192.0.2.1", "account_id", []),
    ("患者:砂川 喜久男 殿 昭和22年10月5日 男性", "birth_date", ["昭和22年10月5日"]),
    ("氏名,生年月日\n森 舞,1997.4.5\n", "birth_date", ["1997.4.5"]),
    ("Date of birth: 22 Sept 1993\n", "birth_date", ["22 Sept 1993"]),
    ("生年月日 平13.4.30\n", "birth_date", ["平13.4.30"]),
    ("佐藤様 2025年6月20日 来店", "birth_date", []),
    ("納品日 平成13年4月30日", "birth_date", []),
    ("マイナンバー提出状況\n森 勉 6214 9832 0257 扶養なし", "my_number", ["6214 9832 0257"]),
    ("追跡結果\n荷物 6214 9832 0257 到着", "my_number", []),
    ("株式会社サンプル 7000012050002 一致", "corporate_number", ["7000012050002"]),
    ("商品 JAN 7000012050002", "corporate_number", []),
    ("ゆうちょ 記号17810 番号12445671", "yucho_account", ["17810", "12445671"]),
    ("郵便振替 00960-2-118874", "yucho_account", ["00960-2-118874"]),
]


@pytest.mark.parametrize(("text", "category", "expected"), NUMBERS)
def test_a_number_is_what_the_words_around_it_say(text: str, category: str, expected: list[str]) -> None:
    found = mentions([text], mode="fast")[0]
    assert [
        text[one.start : one.end] for one in found if one.data_category in (category, "employee_number")
    ] == expected
