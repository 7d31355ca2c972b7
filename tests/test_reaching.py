"""Since when records are held, by the days in them; and who is let in, by the store itself."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from classifiers.columns import tag_columns
from classifiers.tags import Column, Table
from pipelines.scan.reaching import reach
from pipelines.stores import Dataset, open_store

TODAY = date(2026, 11, 23)


def column(name: str, *values: str, label: str = "") -> Column:
    return Column(name, label, values=values, counts=(1,) * len(values), rows=len(values))


def reached(*columns: Column) -> tuple[str, str] | None:
    found = reach(columns, tag_columns(Table("crm", "t", columns)), TODAY)
    return (found.column, f"{found.month:%Y-%m-%d}") if found else None


@pytest.mark.parametrize(
    ("values", "month"),
    [
        (("2021-05-03", "2019-04-30", "2024-01-01"), "2019-04-01"),
        (("2021/5/3 10:20:30", "2019/4/30 00:00:00"), "2019-04-01"),
        (("20210503", "20190430"), "2019-04-01"),
        (("20190430102030", "20210503102030"), "2019-04-01"),
        (("令和3年5月3日", "平成31年4月30日"), "2019-04-01"),
        (("2019-04-30", "1900-01-01", "9999-12-31"), "2019-04-01"),
        (("2019-04-30", "2031-01-01"), "2019-04-01"),
    ],
)
def test_the_oldest_month_is_found_however_days_are_written(values: tuple[str, ...], month: str) -> None:
    assert reached(column("登録日", *values)) == ("登録日", month)


def test_of_several_columns_the_oldest_speaks() -> None:
    found = reached(column("created_at", "2022-01-09"), column("oubo_bi", "2018-03-01"), column("氏名", "見本太郎"))
    assert found == ("oubo_bi", "2018-03-01")


@pytest.mark.parametrize(
    "silent",
    [
        column("生年月日", "1980-05-03", "1971-01-02"),
        column("有効期限", "2019-04-30"),
        column("登録日", "いつか", "むかし", "2019-04-30"),
        column("登録日"),
        column("登録番号", "A-0012", "B-0044"),
    ],
)
def test_what_says_nothing_of_keeping_is_silent(silent: Column) -> None:
    assert reached(silent) is None


def test_a_label_names_what_the_header_does_not() -> None:
    assert reached(column("c07", "2019-04-30", label="申込日時")) == ("c07", "2019-04-01")


def only(location: Path) -> Dataset:
    (found,) = (one for one in open_store("files", str(location)).datasets() if isinstance(one, Dataset))
    return found


@pytest.mark.parametrize(
    ("mode", "kinds"), [(0o600, ["owner"]), (0o640, ["group", "owner"]), (0o644, ["everyone", "group", "owner"])]
)
def test_a_files_mode_says_who_may_read_it(tmp_path: Path, mode: int, kinds: list[str]) -> None:
    file = tmp_path / "名簿.csv"
    file.write_text("氏名\n見本太郎\n", encoding="utf-8")
    file.chmod(mode)
    assert [reader.kind for reader in only(tmp_path).access] == kinds


def test_letting_others_in_is_another_version_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "名簿.csv"
    file.write_text("氏名\n見本太郎\n", encoding="utf-8")
    file.chmod(0o600)
    before = only(tmp_path).version
    file.chmod(0o644)
    assert only(tmp_path).version != before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_the_account_of_a_person_is_not_named(tmp_path: Path) -> None:
    file = tmp_path / "名簿.csv"
    file.write_text("氏名\n見本太郎\n", encoding="utf-8")
    os.chown(file, 4242, 0)
    assert [(reader.kind, reader.name) for reader in only(tmp_path).access if reader.kind == "owner"] == [("owner", "")]
