"""The part of crm that is about no person: masters, goods, shops, incidents, and the data dictionary."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from data_samples import numbers
from data_samples.company import Company, day, moment
from data_samples.tables import Cell, table

_PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県"
    " 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県"
    " 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
).split()

_PRODUCT = "CREATE TABLE dtb_product (id INTEGER PRIMARY KEY, name VARCHAR(255), jan_code VARCHAR(13), price DECIMAL(12))"
_SHOP = "CREATE TABLE mst_tenpo (tenpo_cd TEXT PRIMARY KEY, tenpo_mei TEXT, kaiten_bi TEXT, menseki INTEGER)"
_INCIDENT = """CREATE TABLE 障害管理 (
    障害番号 TEXT PRIMARY KEY, 発生日時 TEXT, システム名 TEXT, 障害区分 TEXT, 等級 TEXT, 原因 TEXT, 停止分数 INTEGER)"""


def write(connection: sqlite3.Connection, company: Company) -> None:
    """The masters first: other tables point at them."""
    for name, values in (
        ("mtb_sex", ["男性", "女性"]),
        ("mtb_job", company.trade("jobs")),
        ("mtb_pref", _PREFECTURES),
    ):
        table(connection, f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, name TEXT)", enumerate(values, start=1))
    table(connection, _PRODUCT, _products(company))
    table(connection, _SHOP, _shops(company))
    table(connection, _INCIDENT, _incidents(company))


def prefecture_id(name: str) -> int:
    """The prefecture's code, 1 … 47."""
    return _PREFECTURES.index(name) + 1


def jan_codes(company: Company) -> list[str]:
    """The goods' JAN codes, in their order."""
    random = company.cast.random("jan")
    return [numbers.jan_code(random) for _ in company.trade("goods")]


def write_dictionary(file: Path) -> None:
    """The CRM's data dictionary as the system's owner keeps it: SQLite has no comments of its own."""
    file.write_bytes(files("data_samples.rows").joinpath("crm_dictionary.csv").read_bytes())


def _products(company: Company) -> Iterator[tuple[Cell, ...]]:
    random = company.cast.random("dtb_product")
    for number, (name, code) in enumerate(zip(company.trade("goods"), jan_codes(company), strict=True), start=1):
        yield number, name, code, 100 * random.randint(8, 60)


def _shops(company: Company) -> Iterator[tuple[Cell, ...]]:
    random = company.cast.random("mst_tenpo")
    for number, name in enumerate(company.trade("shops"), start=1):
        yield f"S{number:03}", name, day(random), random.randint(40, 400)


def _incidents(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(40):
        random = company.cast.random("障害管理", number)
        somebody = company.cast.person("nobody", 0)
        yield (
            f"INC-{number:05}",
            moment(random),
            company.sentence(random, "systems", somebody),
            random.choice(("停止", "遅延", "誤作動")),
            random.choice("ABC"),
            company.sentence(random, "incidents", somebody),
            random.randint(3, 600),
        )
