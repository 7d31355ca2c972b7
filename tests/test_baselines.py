"""Baselines: which findings are new beside them, and which of them are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.baselines import BaselineError, Finding, findings, read, write, written


def finding(id: str, severity: str = "warning", verdict: str = "gap", **more: str) -> Finding:
    """A verdict as the register answers it."""
    blank = dict.fromkeys(("rule", "store", "dataset", "row_filter", "column", "use"), "")
    return {**blank, "id": id, "verdict": verdict, "severity": severity, **more}


def test_what_was_written_is_known_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "baseline.yml"
    write(file, [finding("a"), finding("b", "error")])
    baseline = read(file)
    assert not baseline.new([finding("a"), finding("b", "error")])
    assert [one["id"] for one in baseline.new([finding("a"), finding("c", "info")])] == ["c"]
    assert [one["id"] for one in baseline.gone([finding("a")])] == ["b"]


def test_a_finding_that_has_grown_graver_is_new(tmp_path: Path) -> None:
    file = tmp_path / "baseline.yml"
    write(file, [finding("a", "info"), finding("b", "error")])
    baseline = read(file)
    assert [one["id"] for one in baseline.new([finding("a", "warning"), finding("b", "warning")])] == ["a"]
    assert not baseline.gone([finding("a", "warning"), finding("b", "warning")])


def test_an_id_that_a_person_wrote_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "baseline.yml"
    file.write_text("findings: [{id: a}]\n", encoding="utf-8")
    assert not read(file).new([finding("a", "error")])


def test_findings_are_what_somebody_has_to_act_on_from_a_severity_on() -> None:
    verdicts = [finding(verdict, severity, verdict) for verdict, severity in (
        ("compliant", "error"), ("gap", "info"), ("violation", "error"), ("entrusted_scope", "warning")
    )]  # fmt: skip
    assert [one["id"] for one in findings(verdicts)] == ["gap", "violation", "entrusted_scope"]
    assert [one["id"] for one in findings(verdicts, "warning")] == ["violation", "entrusted_scope"]
    assert [one["id"] for one in findings(verdicts, "error")] == ["violation"]


def test_the_same_findings_are_written_alike_whatever_their_order(tmp_path: Path) -> None:
    several = [
        finding("1e5", store="crm", dataset="b"),
        finding("no", store="crm", dataset="a", column="備考: x #y"),
        finding("0x1f", store="app", dataset="c"),
    ]
    assert written(several) == written(several[::-1])
    file = tmp_path / "baseline.yml"
    write(file, several)
    assert list(read(file).known) == ["0x1f", "no", "1e5"]
    write(file, [])
    assert not read(file).known


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be written"):
        write(tmp_path / "nowhere" / "baseline.yml", [])
