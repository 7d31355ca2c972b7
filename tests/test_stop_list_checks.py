"""Who asked for a stop: counted by scans, judged by the checks, told in a look-up; and no value of theirs anywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from expectations.check import Verdict
from expectations.facts import Declared, Notice, Provision, Source, StopEntries, Use
from expectations.observed import ObservedColumn, ObservedDataset, Partition, StopHits
from expectations.policy import Policy, load
from expectations.rules import rules
from expectations.stops import Scope, scopes
from pipelines.declarations import StoreDeclaration
from pipelines.disclosure.person import Person
from pipelines.register import Register, schema
from pipelines.scan import Reading, Scanned, datasets, scan_group
from pipelines.scan.unchanged import split
from pipelines.suppression.book import Order, StopList
from pipelines.suppression.hashing import HashKey
from tests.checking import check
from tests.conftest import daicho
from tests.filled_register import take_back

TODAY = date(2026, 11, 23)
KEY = "k" * 40
SOURCE = Source(store="s", dataset="名簿")
TARO = Person(
    names=("戸隠山 太郎左",), birth_date=date(1980, 1, 2), phones=("090-8765-4321",), mails=("canary.t@sample.example",)
)
CANARIES = ("戸隠山", "太郎左", "87654321", "8765-4321", "canary.t")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("handling-of-personal-information")


def entries(*living: Scope, late: int = 0) -> tuple[StopEntries, ...]:
    return tuple(StopEntries(scope=one, entries=int(one in living), late=late * (one in living)) for one in scopes())


def judged(
    policy: Policy,
    act: Use | Provision | None,
    hits: Sequence[StopHits] = (),
    stops: Sequence[StopEntries] = (),
    custody: str = "own",
) -> dict[str, Verdict]:
    """Rule → verdict of one act, or of a dataset, over professionals' data; by the codes of its evidence."""
    seen = ObservedDataset(
        id="d",
        store="s",
        name="名簿",
        partitions=(Partition(subject="professional", custody=custody, nature="personal"),),  # type: ignore[arg-type]
        columns=(ObservedColumn(name="氏名", data_category="name", data_type="person_name"),),
        stops=tuple(hits),
    )
    notice = Notice(
        id="N",
        kind="opt_out",
        url="https://sample.example/",
        published_on=date(2026, 1, 1),
        items=tuple(item.id for item in policy.opt_out.items),
        data_categories=("name",),
        filing="1",
        filed_on=date(2026, 1, 1),
    )
    acts = {"uses": (act,)} if isinstance(act, Use) else {"provisions": (act,)} if act else {}
    declared = Declared(**acts, stops=tuple(stops), notices=(notice,))  # type: ignore[arg-type]
    found = check(policy, [seen], declared, TODAY)
    return {sentence["code"]: one for one in found for sentence in one.evidence if sentence["code"] in rules()}


def hit(scope: Scope, hits: int = 3, doubts: int = 0, *, whole: bool = False) -> StopHits:
    return StopHits(scope=scope, rows=1000, hits=hits, doubts=doubts, whole=whole)


def opt_out(**more: object) -> Provision:
    fields: dict[str, object] = {"ground": "TP-6", "notice": "N", "purposes": ("professional-E",), "use": "publish"}
    return Provision(id="P", source=SOURCE, recipient="購読者", **{**fields, **more})  # type: ignore[arg-type]


def use(kind: str, **more: object) -> Use:
    return Use(id="U", job="j", use=kind, source=SOURCE, purposes=("professional-C",), **more)  # type: ignore[arg-type]


STOPS = ("opt-out-leaves-stopped-out", "provision-leaves-stopped-out", "use-leaves-stopped-out")


@pytest.mark.parametrize(
    ("scope", "act", "rule"),
    [
        ("opt_out", opt_out(), "opt-out-leaves-stopped-out"),
        ("provision", opt_out(), "opt-out-leaves-stopped-out"),
        ("use", opt_out(), "opt-out-leaves-stopped-out"),
        ("marketing", opt_out(), ""),
        ("provision", opt_out(ground="TP-1"), "provision-leaves-stopped-out"),
        ("opt_out", opt_out(ground="TP-1"), ""),
        # no third party, or demanded by law
        ("provision", opt_out(ground="TP-4"), ""),
        ("use", opt_out(ground="TP-4"), "provision-leaves-stopped-out"),
        ("use", opt_out(ground="TP-2"), ""),
        ("marketing", use("marketing"), "use-leaves-stopped-out"),
        ("marketing", use("inquiry"), ""),
        ("use", use("inquiry"), "use-leaves-stopped-out"),
        ("opt_out", use("marketing"), ""),
    ],
)
def test_an_act_that_a_stop_reaches_and_does_not_filter_is_a_finding(
    policy: Policy, scope: Scope, act: Use | Provision, rule: str
) -> None:
    found = judged(policy, act, [hit(scope)], entries(scope))
    assert set(found) & set(STOPS) == ({rule} if rule else set())
    if rule:
        assert found[rule].verdict == "violation"
        assert "1,000" in found[rule].evidence[-1]["ja"] or any("3 of" in one["en"] for one in found[rule].evidence)
    filtered = judged(policy, act.model_copy(update={"suppressed_by": "stop_list"}), [hit(scope, 3, 2)], entries(scope))
    assert not {one for one in filtered if rules()[one].row.requirement in ("R-27", "35(2)", "35(4)", "35(6)")}


def test_opt_out_cites_the_policys_promise(policy: Policy) -> None:
    verdict = judged(policy, opt_out(), [hit("opt_out")], entries("opt_out"))["opt-out-leaves-stopped-out"]
    assert (verdict.requirement, verdict.clause, verdict.law) == ("R-27", "2.2(2)", "27(2)")
    assert verdict.severity == "error"


def test_an_opt_out_names_the_list_whoever_stands_on_it(policy: Policy) -> None:
    clean = [hit("opt_out", 0, whole=True)]
    assert "opt-out-stop-list-applied" in judged(policy, opt_out(), clean, entries())
    assert "opt-out-stop-list-applied" not in judged(policy, opt_out(suppressed_by="stop_list"), clean, entries())
    # without a list of the company's nothing is asked
    assert "opt-out-stop-list-applied" not in judged(policy, opt_out(), [], ())


def test_what_was_compared_as_a_whole_and_is_clean_needs_no_filter(policy: Policy) -> None:
    living = entries("marketing")
    assert "stop-list-applied" in judged(policy, use("marketing"), [], living)
    assert "stop-list-applied" in judged(policy, use("marketing"), [hit("marketing", 0)], living)
    assert "stop-list-applied" not in judged(policy, use("marketing"), [hit("marketing", 0, whole=True)], living)
    assert "stop-list-applied" not in judged(policy, use("inquiry"), [], living)


def test_rows_that_a_person_has_to_check_are_told(policy: Policy) -> None:
    found = judged(policy, opt_out(), [hit("opt_out", 0, 2)], entries("opt_out"))
    assert found["stop-doubts-checked"].verdict == "gap"


def test_a_late_stop_is_told_filtered_or_not(policy: Policy) -> None:
    act = opt_out(suppressed_by="stop_list")
    assert "opt-out-stopped-at-once" in judged(policy, act, [], entries("provision", late=1))
    assert "opt-out-stopped-at-once" not in judged(policy, act, [], entries("marketing", late=1))
    assert "opt-out-stopped-at-once" not in judged(policy, act, [], entries("provision"))


def test_whose_use_was_stopped_does_not_come_back(policy: Policy) -> None:
    verdict = judged(policy, None, [hit("use")], entries("use"))["stopped-stay-out"]
    assert (verdict.requirement, verdict.table, verdict.severity) == ("R-29", "datasets", "error")
    assert "stopped-stay-out" not in judged(policy, None, [hit("opt_out")], entries("opt_out"))
    assert "stopped-stay-out" not in judged(policy, None, [hit("use", 0)], entries("use"))


def test_entrusted_data_is_its_owners_to_stop(policy: Policy) -> None:
    assert not set(judged(policy, opt_out(), [hit("use")], entries("use"), "entrusted")) & {*STOPS, "stopped-stay-out"}


@pytest.mark.parametrize(
    ("told", "fine"),
    [
        ({}, True),
        ({"changed_on": date(2026, 6, 1)}, False),
        ({"changed_on": date(2026, 6, 1), "change_published_on": date(2026, 5, 1)}, False),
        ({"change_published_on": date(2026, 5, 1), "change_filed_on": date(2026, 6, 2)}, False),
        ({"change_published_on": date(2026, 5, 1), "change_filed_on": date(2026, 5, 1)}, True),
    ],
)
def test_a_change_is_published_and_filed_beforehand(policy: Policy, told: Mapping[str, date], fine: bool) -> None:
    notice = Notice(
        id="N",
        kind="opt_out",
        url="u",
        published_on=date(2026, 1, 1),
        items=(),
        **({"changed_on": date(2026, 6, 1), **told} if told else {}),  # type: ignore[arg-type]
    )
    seen = ObservedDataset(
        id="d",
        store="s",
        name="名簿",
        partitions=(Partition(subject="professional", custody="own", nature="personal"),),
        columns=(),
    )
    found = check(policy, [seen], Declared(provisions=(opt_out(),), notices=(notice,)), TODAY)
    codes = {sentence["code"] for one in found for sentence in one.evidence}
    assert ("opt-out-change-refiled" not in codes) is fine


# scans


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StopList:
    monkeypatch.setenv("DAICHO_STOP_LIST_KEY", KEY)
    held = StopList.start(tmp_path / "list.sqlite")
    held.add(Order("C-1", "opt_out", date(2026, 11, 1), "管理者"), TARO, HashKey(KEY))
    held.add(Order("C-1", "use", date(2026, 11, 1), "管理者"), TARO, HashKey(KEY))
    return held


def customers(folder: Path, rows: int, stopped: Sequence[int]) -> None:
    lines = ["顧客番号,氏名,生年月日,電話番号"]
    for number in range(rows):
        anyone = f"佐藤 花子,1990-01-01,03-{number:04}-0000"
        lines.append(f"C{number:05},{'戸隠山　太郎左,1980/1/2,090-8765-4321' if number in stopped else anyone}")
    lines[1] = "C00000,戸隠山太郎左,,03-0000-0000"
    folder.mkdir(exist_ok=True)
    (folder / "顧客.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def scanned(store: StoreDeclaration, reading: Reading) -> Scanned:
    found, _ = datasets(store)
    (one,) = scan_group(store, found, reading)
    assert isinstance(one, Scanned)
    return one


def reading_of(tmp_path: Path, held: StopList, **more: object) -> Reading:
    return Reading(TODAY, stop_list=str(tmp_path / "list.sqlite"), stops=held.state(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize("rows", [300, 9_000])
def test_a_scan_counts_the_rows_of_who_asked_for_a_stop(
    tmp_path: Path, listed: StopList, rows: int, full: bool
) -> None:
    customers(tmp_path / "s", rows, [5, rows // 2, rows - 1])
    leave: dict[str, object] = {"read_level": "full", "allowed_by": "管理者", "allowed_on": TODAY}
    store = StoreDeclaration(id="s", kind="files", path=str(tmp_path / "s"), **leave)  # type: ignore[arg-type]
    one = scanned(store, reading_of(tmp_path, listed, full=full))
    assert {count.scope for count in one.stops} == {"opt_out", "use"}
    for count in one.stops:
        if full or rows < 1000:
            assert (count.rows, count.hits, count.doubts) == (rows, 3, 1)
        else:
            assert (count.rows, one.level) == (1000, "sample")


def test_entrusted_data_is_not_held_against_the_list(tmp_path: Path, listed: StopList) -> None:
    customers(tmp_path / "s", 300, [5])
    leave: dict[str, object] = {"read_level": "full", "allowed_by": "委託元", "allowed_on": TODAY}
    store = StoreDeclaration(id="s", kind="files", path=str(tmp_path / "s"), custody="entrusted", **leave)  # type: ignore[arg-type]
    assert scanned(store, reading_of(tmp_path, listed, full=True)).stops == ()


def test_a_new_stop_makes_personal_data_due_again_and_nothing_else(tmp_path: Path, listed: StopList) -> None:
    customers(tmp_path / "s", 300, [5])
    items = "\n".join(f"S{number},{number * 10}" for number in range(50))
    (tmp_path / "s" / "商品.csv").write_text(f"sku,price\n{items}\n", encoding="utf-8")
    store = StoreDeclaration(id="s", kind="files", path=str(tmp_path / "s"))
    reading = reading_of(tmp_path, listed)
    register, found = Register.open("sqlite://"), datasets(store)[0]
    run = register.begin("scan", TODAY, {})
    answers = [one for one in scan_group(store, found, reading) if isinstance(one, Scanned)]
    register.put_scan(run, store, answers, [], load("handling-of-personal-information").category_of)
    known = register.known("s")
    assert split(store, found, known, reading, run + 1)[0] == []
    listed.lift("C-1", "use", "管理者", "撤回")
    due, _ = split(store, found, known, reading_of(tmp_path, listed), run + 1)
    assert [one.name for one in due] == ["顧客.csv"]
    again = [one for one in scan_group(store, due, reading_of(tmp_path, listed)) if isinstance(one, Scanned)]
    second = register.begin("scan", TODAY, {})
    register.put_datasets(second, store, again, load("handling-of-personal-information").category_of)
    assert [(row.before, row.after) for row in register.changes(second) if row.kind == "stops"] == [("1 of 300", "")]


def test_where_the_key_is_missing_the_dataset_is_due_again(
    tmp_path: Path, listed: StopList, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On some other machine of a cluster."""
    customers(tmp_path / "s", 300, [5])
    store = StoreDeclaration(id="s", kind="files", path=str(tmp_path / "s"))
    reading = reading_of(tmp_path, listed)
    monkeypatch.delenv("DAICHO_STOP_LIST_KEY")
    one = scanned(store, reading)
    assert one.stops == () and one.columns
    register = Register.open("sqlite://")
    run = register.begin("scan", TODAY, {})
    register.put_scan(run, store, [one], [], load("handling-of-personal-information").category_of)
    found = datasets(store)[0]
    assert split(store, found, register.known("s"), reading, run + 1)[0] == list(found)


def test_a_register_of_the_version_before_takes_counts(tmp_path: Path) -> None:
    Register.open(tmp_path / "old.sqlite")
    take_back(tmp_path / "old.sqlite", 2)
    Register.open(tmp_path / "old.sqlite", create=False)
    Register.open(tmp_path / "new.sqlite")
    fresh, old = (sa.inspect(sa.create_engine(f"sqlite:///{tmp_path}/{name}.sqlite")) for name in ("new", "old"))
    for ask in ("get_columns", "get_pk_constraint", "get_foreign_keys"):
        assert repr(getattr(old, ask)(schema.stops.name)) == repr(getattr(fresh, ask)(schema.stops.name))


# the whole of it, as its users run it


def test_a_company_with_a_stop_list(
    tmp_path: Path, environment: dict[str, str], responder: dict[str, str], listed: StopList
) -> None:
    customers(tmp_path / "s", 300, [5, 6])
    folder = tmp_path / "declarations"
    folder.mkdir()
    company = {
        "company": {"name": "例示商事", "stop_list": "${LIST}"},
        "policy": {"desk": {"name": "窓口", "name_en": "desk", "phone": "03-0000-0000", "email": "p@sample.example"}},
    }
    (folder / "company.yml").write_text(json.dumps(company, ensure_ascii=False), encoding="utf-8")
    (folder / "stores.yml").write_text(
        json.dumps({"stores": [{"id": "crm", "kind": "files", "path": str(tmp_path / "s")}]}), encoding="utf-8"
    )
    act = {"id": "P-1", "source": {"store": "crm", "dataset": "顧客.csv"}, "recipient": "x", "use": "marketing"}
    (folder / "provisions.yml").write_text(json.dumps({"provisions": [{**act, "ground": "TP-6"}]}), encoding="utf-8")
    home = tmp_path / "home"
    own = {**environment, **responder, "HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
    own["LIST"] = str(tmp_path / "list.sqlite")
    home.mkdir()
    where = ("--declarations", str(folder), "--register", str(home / "register.sqlite"))
    refused = daicho("scan", *where, environment={**own, "DAICHO_STOP_LIST_KEY": ""}, check=False)
    assert refused.returncode == 2 and "DAICHO_STOP_LIST_KEY" in refused.stderr
    own["DAICHO_STOP_LIST_KEY"] = KEY
    printed = daicho("run", *where, "--out", str(home / "out"), environment=own).stdout
    exported = daicho("export", "verdicts", *where[2:], environment=own).stdout
    verdicts = [json.loads(line) for line in exported.splitlines()]
    said = {sentence["code"]: sentence for one in verdicts for sentence in one["evidence"]}
    assert "2 of all 300 rows" in said["opt-out-leaves-stopped-out"]["en"]
    assert {"opt-out-stopped-at-once", "stopped-stay-out"} <= set(said)
    look = ("lookup", *where, "--reason", "受付 7")
    found = daicho(*look, stdin='{"電話番号": "09087654321"}', environment=own).stdout
    assert "C-1" in found and "オプトアウト" in found
    elsewhere = daicho(*look, "--format", "jsonl", stdin='{"電話番号": "0311112222"}', environment=own)
    assert "not on it" in elsewhere.stderr
    written = [path.read_bytes() for path in home.rglob("*") if path.is_file()] + [printed.encode(), found.encode()]
    for canary in CANARIES:
        assert not [1 for content in written if canary.encode() in content], canary
    shutil.rmtree(home)
