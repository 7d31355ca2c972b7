"""The judged cases (`cases/*.yml`): facts in, verdict out, written so that a privacy lawyer can add one.

A case names shared data and papers (`cases/given.yml`) and says only what is special to it. All cases of a world (what
holds for the whole company: site policies, versions of the policy, the stop list) are judged in one check, each in a
store of its own, so that they cannot meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field

from classifiers.vocabulary import data_categories
from expectations.check import Verdict
from expectations.facts import Declared, Provision, Use
from expectations.observed import ObservedDataset, ObservedFlows
from expectations.policy import Policy, load

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 23)
Facts = dict[str, Any]

_NAMED_BY = {"contract": "contracts", "consent": "consents", "exception": "exceptions", "notice": "notices"}
_OF_SOURCE = ("consents", "acquisitions", "retentions")
_OF_SQL = ("observed_uses", "exports", "matches", "copies")
_WITH_CHANNEL = ("acquisitions", "collection_notices")


class Place(BaseModel):
    """Whose verdict a case is about, where it is not the act's: a column's, some rows', a purpose's."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str = ""
    rows: str = ""
    purpose: str = ""


class Judged(BaseModel):
    """One case. What is left out was not judged, but for `verdict` and `requirement`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    case: str
    world: str = "plain"
    brief: int = 0
    """The number of the case in the brief of a privacy professional."""
    data: str | Facts
    stops: tuple[Facts, ...] = ()
    act: Facts
    """A use or a provision; {} none."""
    beside: tuple[Facts, ...] = ()
    """Other acts over the same data."""
    sql: Facts = Field(default_factory=dict)
    """What SQL was seen to do with the data: `use`, or `outlet` with `columns`, or `beside` or `into` other data."""
    unreached: bool = False
    """Whether no scanner reaches the store."""
    papers: Mapping[str, Mapping[str, Facts]] = Field(default_factory=dict)
    of: Literal["act", "dataset", "sql"] | Place
    verdict: str
    """`none`: nothing is said."""
    requirement: str
    shows: Literal["holds", "fails", "missing"]
    """What the case shows of its requirement: it holds, it fails, or the evidence is missing."""
    evidence_missing_for: str = ""
    """Another requirement whose evidence is missing here."""
    beside_requirement: bool = False
    """The requirement is told of beside the one that decides."""
    rule: str = ""
    severity: str = ""
    clause: str = ""
    law: str = ""
    category: str = ""
    told: str = ""
    """Words of the evidence."""
    also: tuple[str, ...] = ()
    """Other rules that are told of."""
    never: tuple[str, ...] = ()
    """Rules that must not be."""


_ACT = {*Use.model_fields, *Provision.model_fields, "act", "provide", "columns", "rows"} - {"id", "job"}


@cache
def given() -> Facts:
    """What the cases share."""
    shared: Facts = _read(FOLDER / "given.yml")
    return shared


@cache
def cases() -> tuple[Judged, ...]:
    """Every case of every file."""
    files = sorted(file for file in FOLDER.glob("*.yml") if file.name != "given.yml")
    return tuple(_case(row) for file in files for row in _read(file))


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _case(row: Facts) -> Judged:
    act = {key: value for key, value in row.items() if key in _ACT}
    rest = {key: value for key, value in row.items() if key not in _ACT}
    of = "sql" if "sql" in row else "act" if act else "dataset"
    return Judged.model_validate({"of": of, "act": act} | rest)


@dataclass(frozen=True)
class World:
    """Cases that are judged in one check, and their facts."""

    cases: Sequence[Judged]
    policy: Policy
    datasets: tuple[ObservedDataset, ...]
    declared: Declared
    flows: ObservedFlows


def world(name: str, of: Iterable[Judged]) -> World:
    """The facts of a world's cases, each in a store of its own."""
    chosen = [case for case in of if case.world == name]
    facts: defaultdict[str, list[Facts]] = defaultdict(list)
    for kind, rows in given()["worlds"][name].items():
        if kind not in ("grounds", "law"):
            facts[kind] += rows
    datasets, flows = [], defaultdict[str, list[Facts]](list)
    for case in chosen:
        datasets.append(_dataset(case))
        for kind, row, others in _seen(case):
            flows[kind].append(row)
            datasets += others
        for kind, row in _declared(case):
            facts[kind].append(row)
    policy = _with_grounds(given()["worlds"][name].get("grounds", {}), given()["worlds"][name].get("law", ""))
    declared, seen = Declared.model_validate(facts), ObservedFlows.model_validate(flows)
    return World(chosen, policy, tuple(datasets), declared, seen)


def _with_grounds(open_to: Mapping[str, Sequence[str]], law: str) -> Policy:
    """The policy, but that some grounds are open to these categories alone, and judged by a text of the Act to come."""
    policy = load("handling-of-personal-information")
    grounds = tuple(
        row.model_copy(update={"categories": tuple(open_to[row.id])}) if row.id in open_to else row
        for row in policy.third_parties.grounds
    )
    fields = {name: getattr(policy, name) for name in Policy.model_fields}
    return Policy.model_construct(
        **fields
        | {"third_parties": policy.third_parties.model_copy(update={"grounds": grounds})}
        | {"law_version": law or policy.law_version}
    )


@cache
def _numbers() -> Mapping[str, int]:
    return {case.case: number for number, case in enumerate(cases())}


def store(case: Judged) -> str:
    """The store that a case has to itself."""
    return f"s{_numbers()[case.case]}"


def _seen(case: Judged) -> Iterator[tuple[str, Facts, list[ObservedDataset]]]:
    """What SQL was seen to do with the case's data, and the data that it meets there."""
    row = {"dataset": f"{store(case)} data", "places": [{"store": store(case), "job": "job.sql", "line": 1}]}
    for key, kind in {"beside": "matches", "into": "copies"}.items():
        if key in case.sql:
            other = _dataset(case, case.sql[key], "other")
            yield kind, row | {"other": other.id}, [other]
    if "use" in case.sql:
        yield "uses", row | {"use": case.sql["use"]}, []
    if "outlet" in case.sql:
        yield "exports", row | {"outlet": case.sql["outlet"], "columns": case.sql.get("columns", ())}, []


def _dataset(case: Judged, of: str | Facts = "", name: str = "data") -> ObservedDataset:
    of = of or case.data
    data = given()["data"][of] if isinstance(of, str) else of
    kind = {"custody": data.get("custody", "own"), "nature": data.get("nature", "personal")}
    rows = data.get("rows") or {"": data["subject"]}
    contract = data.get("contract", "")
    return ObservedDataset.model_validate(
        {
            "id": f"{store(case)} {name}",
            "store": store(case),
            "name": name,
            "partitions": [{"row_filter": row, "subject": subject, **kind} for row, subject in rows.items()],
            "columns": [_column(name, said) for name, said in data["columns"].items()],
            "contract": _own(case, contract),
            "stops": case.stops,
        }
    )


def _column(name: str, said: str) -> Facts:
    """`free_text(disability)`: texts in which disabilities are spoken of."""
    category, _, mention = said.rstrip(")").partition("(")
    special = category if data_categories()[category].special_care else ""
    mentions = [mention] if mention else []
    return {
        "name": name, "data_category": category, "data_type": "", "special_care": special, "mentions": mentions,
    }  # fmt: skip


def _own(case: Judged, id: str) -> str:
    return f"{id} {_numbers()[case.case]}" if id else ""


def _declared(case: Judged) -> Iterator[tuple[str, Facts]]:
    """The case's acts, and the papers that they, its data or the case itself name."""
    if case.unreached:
        yield "unreached", {"store": store(case)}
    acts = [_whole(act) for act in (case.act, *case.beside) if act]
    for number, act in enumerate(acts):
        yield _act(case, act, number)
    contract = _dataset(case).contract.partition(" ")[0]
    named = {
        ("contracts", contract),
        *((_NAMED_BY[key], act[key]) for act in acts for key in _NAMED_BY if act.get(key)),
    }
    changed = {(kind, id) for kind, rows in case.papers.items() for id in rows}
    for kind, id in sorted((named | changed) - {("contracts", "")}):
        paper = given()["papers"].get(kind, {}).get(id, {}) | case.papers.get(kind, {}).get(id, {})
        if kind in _OF_SOURCE:
            paper |= {"source": {"store": store(case), "dataset": "data"} | paper.get("source", {})}
        if kind in _WITH_CHANNEL and paper.get("channel"):
            paper |= {"channel": _own(case, paper["channel"])}
        yield kind, paper | {"id": _own(case, id)}


def _whole(act: Facts) -> Facts:
    """An act with what the shared one it names says."""
    return {**given()["acts"].get(act.get("act", ""), {}), **{key: said for key, said in act.items() if key != "act"}}


def _act(case: Judged, act: Facts, number: int) -> tuple[str, Facts]:
    said = {key: _own(case, value) if key in _NAMED_BY else value for key, value in act.items()}
    source = {"store": store(case), "dataset": said.pop("source", "data")}
    source |= {key: said.pop(key) for key in ("rows", "columns") if key in said}
    row = said | {"id": f"{store(case)} act {number}", "source": source}
    if "provide" not in row:
        return "uses", {"job": ""} | row
    return "provisions", {"recipient": ""} | {key: value for key, value in row.items() if key != "provide"} | {
        "use": row["provide"]
    }


def verdict_of(case: Judged, verdicts: Iterable[Verdict]) -> Verdict | None:
    """The one verdict that a case is about; None: nothing was said."""
    found = [one for one in verdicts if _about(case, one)]
    assert len(found) <= 1, f"{case.case}: say of which it is ({[one.row_filter or one.column for one in found]})"
    return found[0] if found else None


def _about(case: Judged, one: Verdict) -> bool:
    if isinstance(case.of, Place) and case.of.purpose:
        return one.table == "purposes" and one.purpose == case.of.purpose
    if one.store != store(case):
        return False
    if case.of == "act":
        return one.use == f"{store(case)} act 0"
    if case.of == "dataset":
        return one.table == "datasets"
    if case.of == "sql":
        return one.table in _OF_SQL
    place = case.of
    return one.column == place.column if place.column else one.table == "datasets" and one.row_filter == place.rows


def wrong(case: Judged, verdicts: Iterable[Verdict]) -> list[str]:
    """What of a case is not as it was judged."""
    found = verdict_of(case, verdicts)
    if found is None:
        return [] if case.verdict == "none" else [f"nothing was said, {case.verdict} was judged"]
    codes = {sentence["code"] for sentence in found.evidence}
    text = " ".join(sentence["ja"] for sentence in found.evidence)
    expected = {"verdict": case.verdict, "rule": case.rule, "severity": case.severity, "clause": case.clause}
    expected |= {"law": case.law, "subject_category": case.category}
    if case.shows != "holds" and not case.beside_requirement:
        expected["requirement"] = case.requirement
    misses = [
        f"{key} is {getattr(found, key)}, judged {said}"
        for key, said in expected.items()
        if said and getattr(found, key) != said
    ]
    misses += [f"{code} is not told of" for code in case.also if code not in codes]
    misses += [f"{code} is told of" for code in case.never if code in codes]
    return misses + ([f"{case.told} is not said: {text}"] if case.told not in text else [])


SHOWS = get_args(Judged.model_fields["shows"].annotation)
