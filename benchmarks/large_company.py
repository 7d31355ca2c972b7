"""A company of many rows for measuring size: one kind of table in Parquet, in CSV and in PostgreSQL, no free text.

A row is a purchase; who bought repeats with the person, as it does in life: five purchases a person on average.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

COLUMNS: Mapping[str, str] = {
    "注文番号": "'C' || lpad(number::VARCHAR, 10, '0')",
    "会員番号": "lpad(person::VARCHAR, 8, '0')",
    "氏名": "surnames[1 + person % len(surnames)] || ' ' || given[1 + person // 7 % len(given)]",
    "フリガナ": "kana[1 + person % len(kana)] || ' ' || given_kana[1 + person // 7 % len(given_kana)]",
    "メールアドレス": "'user' || person || '@' || domains[1 + person % len(domains)]",
    "電話番号": "'090-' || (1000 + person * 7919 % 8999)::VARCHAR || lpad((person % 10000)::VARCHAR, 5, '-0000')",
    "郵便番号": "'1' || lpad((person % 9000)::VARCHAR, 6, '0')",
    "住所": "cities[1 + person % len(cities)] || (1 + person % 9) || '-' || (1 + person % 31) || '-' || (person % 300)",
    "生年月日": "strftime(DATE '1940-01-01' + (person % 25000)::INTEGER, '%Y-%m-%d')",
    "性別": "CASE person % 2 WHEN 0 THEN '男' ELSE '女' END",
    "商品コード": "'S' || lpad((number * 31 % 5000)::VARCHAR, 5, '0')",
    "数量": "(1 + number % 9)::VARCHAR",
    "金額": "(100 * (1 + number * 17 % 2000))::VARCHAR",
    "注文日": "strftime(DATE '2023-01-01' + (number % 1400)::INTEGER, '%Y-%m-%d')",
    "店舗": "'店舗' || (number % 200)",
    "状態": "states[1 + number % len(states)]",
}
"""Header → its cell, in DuckDB's SQL over a row's number and its person's."""
LISTS: Mapping[str, tuple[str, ...]] = {
    "surnames": ("羽鳥", "三枝", "鵜飼", "真壁", "仁科", "能見", "相馬", "早乙女", "生田目", "勅使河原", "日下部"),
    "kana": (
        "ハトリ",
        "サエグサ",
        "ウカイ",
        "マカベ",
        "ニシナ",
        "ノウミ",
        "ソウマ",
        "サオトメ",
        "ナマタメ",
        "テシガワラ",
        "クサカベ",
    ),
    "given": (
        "八重子",
        "慎一郎",
        "千鶴",
        "倫太郎",
        "小夜子",
        "宗佑",
        "結月",
        "朔",
        "陽向",
        "雅之",
        "恵理香",
        "拓海",
        "澪",
    ),
    "given_kana": (
        "ヤエコ",
        "シンイチロウ",
        "チヅル",
        "リンタロウ",
        "サヨコ",
        "ソウスケ",
        "ユヅキ",
        "サク",
        "ヒナタ",
        "マサユキ",
        "エリカ",
        "タクミ",
        "ミオ",
    ),
    "domains": ("reiji.example", "mihon.example", "tameshi.example"),
    "cities": (
        "東京都世田谷区桜丘",
        "大阪府豊中市本町",
        "福岡県久留米市御井町",
        "宮城県仙台市青葉区国分町",
        "愛知県岡崎市康生通",
    ),
    "states": ("受付", "出荷済", "配達済", "返品", "取消"),
}
PER_PERSON = 5


def rows(count: int, start: int = 0) -> str:
    """The rows from `start` on, as a statement of DuckDB's."""
    cells = ", ".join(f'{cell} AS "{name}"' for name, cell in COLUMNS.items())
    lists = ", ".join(f"{list(words)} AS {name}" for name, words in LISTS.items())
    people = max(1, count // PER_PERSON)
    numbers = f"range({start}, {start + count})"
    numbered = f"SELECT range AS number, (hash(range) % {people})::BIGINT AS person FROM {numbers}"  # noqa: S608
    return f"SELECT {cells} FROM ({numbered}), (SELECT {lists})"  # noqa: S608


def write(folder: Path, count: int) -> None:
    """`count` rows in a Parquet file and as many in a CSV file."""
    folder.mkdir(parents=True, exist_ok=True)
    database: Any = duckdb.connect()
    database.execute(f"COPY ({rows(count)}) TO '{folder / 'orders.parquet'}' (FORMAT parquet)")
    database.execute(f"COPY ({rows(count, count)}) TO '{folder / 'orders.csv'}' (FORMAT csv)")
    database.close()


def load(url: str, folder: Path, count: int) -> None:
    """`count` rows in a table of a PostgreSQL server."""
    import psycopg

    source = folder / "orders_sql.csv"
    database: Any = duckdb.connect()
    database.execute(f"COPY ({rows(count, 2 * count)}) TO '{source}' (FORMAT csv, HEADER false)")
    database.close()
    with psycopg.connect(url, autocommit=True) as connection, source.open("rb") as lines:
        names = ", ".join(f'"{name}" text' for name in COLUMNS)
        connection.execute(f"CREATE TABLE orders ({names})")
        with connection.cursor().copy("COPY orders FROM STDIN (FORMAT csv)") as copy:
            while block := lines.read(2**20):
                copy.write(block)
        connection.execute("ANALYZE orders")
    source.unlink()
