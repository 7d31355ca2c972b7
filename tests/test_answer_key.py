"""The pipeline against the fictional company's answer key (`data_samples/expected.yml`)."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import yaml

from classifiers.vocabulary import data_categories
from tests.conftest import ROOT, Run

FINDINGS = {"violation", "entrusted_scope", "gap", "compliant_incidental", "consented", "statutory_exception"}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def key() -> Row:
    expected: Row = yaml.safe_load((ROOT / "data_samples" / "expected.yml").read_text(encoding="utf-8"))
    return expected


def exported(run: Run, what: str) -> list[Row]:
    done = run.daicho("export", what, "--register", str(run.register), "--format", "jsonl")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def tags(company_run: Run) -> list[Row]:
    return exported(company_run, "tags")


@pytest.fixture(scope="module")
def verdicts(company_run: Run) -> list[Row]:
    return exported(company_run, "verdicts")


def test_columns_hold_what_the_key_says(key: Row, tags: list[Row], capsys: pytest.CaptureFixture[str]) -> None:
    found = {(tag["store"], tag["dataset"], tag["column"]): tag["data_category"] for tag in tags}
    wrong, total = [], 0
    for dataset in key["datasets"]:
        for column, accepted in dataset.get("columns", {}).items():
            total += 1
            answer = found.get((dataset["store"], dataset["dataset"], column), "absent")
            if answer not in (accepted if isinstance(accepted, list) else [accepted]):
                wrong.append((dataset["store"], dataset["dataset"], column, accepted, answer))
    with capsys.disabled():
        print(f"\ncolumns: {total - len(wrong)} of {total} right ({1 - len(wrong) / total:.1%})")
        for miss in wrong:
            print("  miss:", *miss)
    assert 1 - len(wrong) / total >= 0.95


def test_no_column_that_must_not_be_missed_is_called_not_personal(key: Row, tags: list[Row]) -> None:
    grave = {row.id for row in data_categories().values() if row.special_care} | {"my_number"}
    found = {(tag["store"], tag["dataset"], tag["column"]): tag["data_category"] for tag in tags}
    for dataset in key["datasets"]:
        for column, accepted in dataset.get("columns", {}).items():
            if set(accepted if isinstance(accepted, list) else [accepted]) & grave:
                assert found[dataset["store"], dataset["dataset"], column] != "not_personal", column


def test_every_dataset_is_whose_the_key_says(key: Row, tags: list[Row], capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for tag in tags:
        found.setdefault((tag["store"], tag["dataset"]), {})[tag["row_filter"]] = tag["subject_category"]
    wrong = []
    for dataset in key["datasets"]:
        expected = {part.get("row_filter", ""): part["subject_category"] for part in dataset["partitions"]}
        answer = found.get((dataset["store"], dataset["dataset"]), {})
        if answer != expected:
            wrong.append((dataset["store"], dataset["dataset"], expected, answer))
    with capsys.disabled():
        print(f"\ndatasets: {len(key['datasets']) - len(wrong)} of {len(key['datasets'])} whose the key says")
        for miss in wrong:
            print("  miss:", *miss)
    assert not wrong


def test_no_entrusted_dataset_is_called_our_own(key: Row, tags: list[Row]) -> None:
    entrusted = {
        (dataset["store"], dataset["dataset"])
        for dataset in key["datasets"]
        if any(part["subject_category"] == "subcontracted" for part in dataset["partitions"])
    }
    assert entrusted
    for tag in tags:
        if (tag["store"], tag["dataset"]) in entrusted:
            assert tag["subject_category"] in {"subcontracted", "unresolved", "not_personal"}


def test_no_dataset_is_found_that_the_key_does_not_have(key: Row, tags: list[Row]) -> None:
    known = {(dataset["store"], dataset["dataset"]) for dataset in key["datasets"]}
    assert {(tag["store"], tag["dataset"]) for tag in tags} == known


def judged(row: Row) -> tuple[str, str]:
    return row.get("use") or row.get("provision") or row["dataset"] or row["purpose"], row["verdict"]


def test_every_planted_wrong_is_found(key: Row, verdicts: list[Row], capsys: pytest.CaptureFixture[str]) -> None:
    found = {(row["use"] or row["dataset"] or row["purpose"], row["verdict"]) for row in verdicts}
    missed = [judged(row) for row in key["verdicts"] if judged(row) not in found]
    with capsys.disabled():
        print(f"\nverdicts of the key: {len(key['verdicts']) - len(missed)} of {len(key['verdicts'])} found")
        print(" ", dict(Counter(row["verdict"] for row in verdicts)))
    assert not missed


def test_no_wrong_is_found_that_the_key_does_not_have(key: Row, verdicts: list[Row]) -> None:
    known = {judged(row) for row in key["verdicts"]}
    grave = {"violation", "entrusted_scope"}
    assert [
        (row["use"], row["dataset"], row["column"], row["rule"])
        for row in verdicts
        if row["verdict"] in grave and (row["use"] or row["dataset"], row["verdict"]) not in known
    ] == []


def end(found: Row | None) -> str:
    if found is None:
        return ""
    return f"{found['store']}/{found['dataset']}" if found["store"] else found["dataset"]


def test_what_sql_does_is_what_the_key_says(key: Row, company_run: Run) -> None:
    found = {
        (end(edge["source"]), end(edge["target"]), edge["outlet"]): (
            {use["use"] for use in edge["uses"]},
            {f"{at['store']}/{at['job']}:{at['line']}" for at in edge["places"]},
        )
        for edge in exported(company_run, "lineage")
    }
    assert found == {
        (row["source"], row.get("target", ""), row.get("outlet", "")): (set(row["uses"]), set(row["at"]))
        for row in key["lineage"]
    }


def test_what_sql_does_is_judged_as_the_key_says_with_its_place(key: Row, verdicts: list[Row]) -> None:
    found = {}
    for row in verdicts:
        for reason in row["evidence"]:
            if reason["code"] == "place":
                found[row["dataset"], row["verdict"], row["requirement"]] = reason
    keyed = {(row["dataset"], row["verdict"], row["rule"]): row["at"] for row in key["verdicts"] if "at" in row}
    assert found.keys() == keyed.keys()
    for verdict, at in keyed.items():
        store, _, place = at.partition("/")
        job, _, line = place.rpartition(":")
        assert f"{store} › {job} {line}行目" in found[verdict]["ja"]
        assert f"{store} › {job}, line {line}" in found[verdict]["en"]


def test_every_verdict_says_by_which_clause_and_why(verdicts: list[Row]) -> None:
    for row in verdicts:
        assert row["clause"] and row["evidence"], row
        assert row["rule"] or row["verdict"] in {"not_applicable", "compliant"}, row


def test_what_could_not_be_read_is_told_with_its_reason(key: Row, company_run: Run) -> None:
    last = company_run.output.strip().splitlines()[-1]
    for row in key["not_read"]:
        assert row["store"] in company_run.output
        assert row["reason"] in company_run.output
    assert f"{len(key['not_read'])} 件" in last
