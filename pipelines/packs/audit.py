"""The auditor's pack: every requirement of the policy with what shows that it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import TypeAdapter

from expectations.published import Label, Text
from pipelines.disposing import rows as disposal_rows
from pipelines.disposing import standings as disposal_standings
from pipelines.judging import as_ruled, policy_of
from pipelines.packs import PackError, write
from pipelines.packs.page import page
from pipelines.reports.words import FINDINGS, verdicts, words
from pipelines.reports.writing.tables import csv_of, json_of
from pipelines.reviewing import review_of, standings
from pipelines.reviewing.evidence import evidence, rows

if TYPE_CHECKING:
    from expectations.policy import Policy
    from expectations.rules import Rule
    from pipelines.declarations import Declarations
    from pipelines.register import Register


class RequirementRow(Label):
    """A requirement that was read from the policy."""

    id: Text
    held_ja: str = ""
    """What keeps one that no rule asks; '' rules do."""
    held_en: str = ""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule of the check: of how many cases it was asked, and of how many it held."""

    id: str
    ja: str
    en: str
    passed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A requirement with its evidence."""

    id: str
    ja: str
    en: str
    state: str
    """`held`, `findings`, `ruled` (findings, and all of them ruled on), `not_asked` (no case), `procedure`."""
    rules: tuple[RuleShown, ...]
    verdicts: Mapping[str, int]
    ruled: int
    held_ja: str
    held_en: str


_STATES: Mapping[str, tuple[str, str, str]] = {
    "held": ("ok", "確かめた範囲で指摘なし", "no finding where it was asked"),
    "findings": ("bad", "指摘あり", "findings"),
    "ruled": ("open", "指摘に人の判断あり", "findings, all of them ruled on"),
    "not_asked": ("open", "該当する事例なし", "no case to ask it of"),
    "procedure": ("open", "手続きで守る（記録は別に添える）", "kept by procedure: its record is to be enclosed"),
}


@cache
def requirements() -> tuple[RequirementRow, ...]:
    """Every requirement, in order."""
    text = files(__package__).joinpath("requirements.yml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[RequirementRow, ...]).validate_python(yaml.safe_load(text))


def pack(known: Declarations, register: Register, out: Path, today: date) -> Path:
    """Write the pack into an empty folder; raises PackError, OSError."""
    last = register.last_run("check")
    if last is None:
        raise PackError("判定がまだありません（daicho check）· nothing was judged yet")
    policy = policy_of(known)
    judged = list(register.verdicts())
    shown = tuple(_shown(judged, _answers(policy, register, last.as_of)))
    reviewed = _reviewed(known, register, today)
    disposed = list(disposal_rows(disposal_standings(register, known, today)))
    runs = [asdict(run) for run in register.runs() if run.kind in ("scan", "check")]
    told: dict[str, bytes] = {
        "requirements.json": json_of([asdict(one) for one in shown]),
        "verdicts.json": json_of(judged),
        "rulings.json": json_of([asdict(one) for one in register.rulings()]),
        "disposals.json": json_of(disposed),
        "runs.json": json_of(runs),
        "policy.json": policy.model_dump_json(indent=2).encode(),
        "not_read.csv": csv_of(["store", "name", "reason", "hint"], [asdict(one) for one in register.not_read()]),
        **reviewed,
    }
    told["index.html"] = page(
        "audit",
        policy=policy,
        today=today,
        last=last,
        requirements=shown,
        states=_STATES,
        labels=verdicts(),
        counts=Counter(row["verdict"] for row in judged),
        reviews=_told_of_reviews(known, register, today),
        disposals=Counter(row["state"] for row in disposed),
        disposal_words=words("disposal"),
        rulings=Counter(one.state for one in register.rulings()),
        ruling_words=words("ruling"),
        files=sorted(told),
    )
    return write(out, told)


def _shown(judged: Sequence[Mapping[str, Any]], rules: Mapping[str, list[RuleShown]]) -> Iterable[Shown]:
    """The requirements of the policy, then those that the law alone asks."""
    known = {row.id: row for row in requirements()}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in judged:
        found.setdefault(one["requirement"], []).append(one)
    for id in (*known, *sorted(rules.keys() - known.keys())):
        row = known.get(id)
        of, asked = found.get(id, []), tuple(rules.get(id, ()))
        findings = [bool(one["ruling"]) for one in of if one["verdict"] in FINDINGS]
        ruled = sum(findings)
        yield Shown(
            id=id,
            ja=row.ja if row else "法令が求めること",
            en=row.en if row else "what the law alone asks",
            state=_state(row, asked, len(findings), ruled),
            rules=asked,
            verdicts=dict(Counter(one["verdict"] for one in of)),
            ruled=ruled,
            held_ja=row.held_ja if row else "",
            held_en=row.held_en if row else "",
        )


def _state(row: RequirementRow | None, asked: Sequence[RuleShown], findings: int, ruled: int) -> str:
    if row and row.held_ja:
        return "procedure"
    if findings or any(rule.failed for rule in asked):
        # a finding that a graver one of the same case hides is a finding all the same
        return "ruled" if findings and findings == ruled else "findings"
    return "held" if any(rule.passed for rule in asked) else "not_asked"


def _answers(policy: Policy, register: Register, as_of: date) -> dict[str, list[RuleShown]]:
    """Requirement → its rules, with the cases of the last check that passed and failed."""
    from expectations.answers import answered
    from expectations.rules import groups

    datasets, flows = as_ruled(register)
    laid = answered(policy, datasets, register.declared(), as_of, flows)
    found: dict[str, list[RuleShown]] = {}
    for group, rules in groups().items():
        for rule in rules:
            found.setdefault(rule.row.requirement, []).append(_rule(rule, laid.answers[group][rule.id]))
    return found


def _rule(rule: Rule, answers: Sequence[bool | None]) -> RuleShown:
    title = rule.row.title
    failed = 0 if rule.row.outcome == "note" else sum(one is False for one in answers)
    return RuleShown(rule.id, title.ja, title.en, sum(one is True for one in answers), failed)


def _reviewed(known: Declarations, register: Register, today: date) -> dict[str, bytes]:
    if not known.reviews:
        return {}
    told = {}
    for number, review in enumerate(known.reviews, start=1):
        found = standings(known, register, review, today)
        told[f"review-{number:03}.json"] = evidence(review, known.review_steps, found, "json")
    return told


def _told_of_reviews(known: Declarations, register: Register, today: date) -> list[dict[str, Any]]:
    told = []
    for review in known.reviews:
        found = list(rows(standings(known, register, review_of(known, review.id), today)))
        counts = Counter(row["state"] for row in found)
        told.append({"id": review.id, "due": review.due, "all": len(found), "approved": counts["approved"]})
    return told
