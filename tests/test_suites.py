"""The Great Expectations suites: in step with the rules, really deciding, and readable offline without a value."""

from __future__ import annotations

import copy
import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from expectations import check as checking
from expectations.check import CheckError, check
from expectations.compile import committed, suites, written
from expectations.facts import Declared, Source, Use
from expectations.observed import ObservedColumn, ObservedDataset, Partition
from expectations.policy import load
from expectations.rules import rules

POLICY = load("handling-of-personal-information")
TODAY = date(2026, 11, 23)
SUITES = files("expectations").joinpath("suites")
LIST = ObservedDataset(
    id="d1",
    store="s",
    name="名刺一覧",
    columns=(ObservedColumn(name="氏名", data_category="name", data_type="person_name"),),
    partitions=(Partition(subject="business_partner", custody="own", nature="personal"),),
)
NEWSLETTER = Declared(
    uses=(Use(id="秘密の用途", job="秘密の仕事", use="marketing", source=Source(store="s", dataset="名刺一覧")),)
)


def verdict_of_the_use() -> tuple[str, str]:
    found = next(verdict for verdict in check(POLICY, [LIST], NEWSLETTER, TODAY) if verdict.use)
    return found.verdict, found.rule


def test_the_committed_suites_are_what_the_rules_compile_to() -> None:
    compiled = suites()
    assert {entry.name for entry in SUITES.iterdir() if entry.name.endswith(".json")} == {f"{n}.json" for n in compiled}
    for name, suite in compiled.items():
        text = SUITES.joinpath(f"{name}.json").read_text(encoding="utf-8")
        assert text == written(suite), f"{name}.json is out of step: run python -m expectations.compile"


def test_each_rule_is_one_expectation_and_each_suite_counts_its_rows() -> None:
    columns = []
    for name, suite in committed().items():
        kinds = [expectation["type"] for expectation in suite["expectations"]]
        assert kinds.count("expect_table_row_count_to_equal") == 1, name
        columns += [one["kwargs"]["column"] for one in suite["expectations"] if "column" in one["kwargs"]]
    assert sorted(columns) == sorted(rules())


def test_suites_are_written_sorted_and_readable() -> None:
    for entry in SUITES.iterdir():
        text = entry.read_text(encoding="utf-8")
        assert "\\u" not in text
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def without(column: str) -> dict[str, dict[str, Any]]:
    changed = copy.deepcopy(committed())
    for suite in changed.values():
        suite["expectations"] = [one for one in suite["expectations"] if one["kwargs"].get("column") != column]
    return changed


def test_take_an_expectation_away_and_the_verdict_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict_of_the_use() == ("violation", "use-listed")
    weakened = without("use-listed")
    monkeypatch.setattr(checking, "committed", lambda: weakened)
    assert verdict_of_the_use()[0] != "violation"


def test_a_suite_that_asks_for_what_no_rule_answers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = copy.deepcopy(committed())
    changed["purposes"]["expectations"][1]["kwargs"]["column"] = "no-such-rule"
    monkeypatch.setattr(checking, "committed", lambda: changed)
    with pytest.raises(CheckError, match="no-such-rule"):
        check(POLICY, [LIST], NEWSLETTER, TODAY)


def test_answers_that_do_not_reach_the_suite_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = checking._frame
    monkeypatch.setattr(checking, "_frame", lambda answers, count: whole(answers, count).iloc[:0])
    with pytest.raises(CheckError, match="not every case"):
        check(POLICY, [LIST], NEWSLETTER, TODAY)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    for _ in range(2):
        check(POLICY, [LIST], NEWSLETTER, TODAY, folder)
    return folder


def test_data_docs_are_written_to_a_relative_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check(POLICY, [LIST], NEWSLETTER, TODAY, Path("docs"))
    assert (tmp_path / "docs" / "index.html").is_file()


def test_data_docs_name_every_rule_and_what_failed(docs: Path) -> None:
    index = (docs / "index.html").read_text(encoding="utf-8")
    pages = re.findall(r'href="([^"]+)"', index)
    assert len(pages) == 2 * len(committed())
    assert all((docs / page).is_file() for page in pages)
    failed = next(docs.glob("validations/purposes/**/*.html")).read_text(encoding="utf-8")
    assert rules()["use-listed"].row.title.ja in failed
    assert "fa-times" in failed


def test_data_docs_of_an_earlier_check_do_not_stay(docs: Path) -> None:
    assert len(list(docs.glob("validations/purposes/**/*.html"))) == 1


def test_data_docs_reach_nothing_outside_themselves(docs: Path) -> None:
    for page in docs.rglob("*"):
        if page.is_file():
            assert page.suffix == ".html", page
            text = page.read_text(encoding="utf-8")
            assert not re.search(r"<script|<img|<link|<iframe|https?:|url\(|\son\w+=", text), page
            assert "default-src 'none'" in text


def test_data_docs_hold_no_name_and_no_declared_word(docs: Path) -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in docs.rglob("*.html"))
    for word in ("名刺一覧", "氏名", "秘密", "d1"):
        assert f">{word}" not in text
        assert word not in re.sub(r"[0-9a-f-]{32,}", "", text) or word == "d1"
