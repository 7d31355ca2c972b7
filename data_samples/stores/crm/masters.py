"""The part of crm that is about no person: masters, goods, shops, incidents, and the data dictionary."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from data_samples import numbers
from data_samples.company import Company, day, moment
from data_samples.tables import Cell, table

_PRODUCT = (
    "CREATE TABLE dtb_product (id INTEGER PRIMARY KEY, name VARCHAR(255), jan_code VARCHAR(13), price DECIMAL(12))"
)
_SHOP = "CREATE TABLE mst_tenpo (tenpo_cd TEXT PRIMARY KEY, tenpo_mei TEXT, kaiten_bi TEXT, menseki INTEGER)"
_INCIDENT = """CREATE TABLE 障害管理 (
    障害番号 TEXT PRIMARY KEY, 発生日時 TEXT, システム名 TEXT, 障害区分 TEXT, 等級 TEXT, 原因 TEXT, 停止分数 INTEGER)"""


def write(connection: sqlite3.Connection, company: Company) -> None:
    """The masters first: other tables point at them."""
    for name, values in (
        ("mtb_sex", ["男性", "女性"]),
        ("mtb_job", company.trade("jobs")),
        ("mtb_pref", company.trade("prefectures")),
    ):
        table(connection, f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, name TEXT)", enumerate(values, start=1))
    table(connection, _PRODUCT, _products(company))
    table(connection, _SHOP, _shops(company))
    table(connection, _INCIDENT, _incidents(company))


def prefecture_ids(company: Company) -> dict[str, int]:
    """Every prefecture's code, 1 … 47."""
    return {name: number for number, name in enumerate(company.trade("prefectures"), start=1)}


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
        yield (
            f"INC-{number:05}",
            moment(random),
            company.phrase(random, "systems"),
            random.choice(("停止", "遅延", "誤作動")),
            random.choice("ABC"),
            company.phrase(random, "incidents"),
            random.randint(3, 600),
        )
