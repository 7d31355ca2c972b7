"""Rulings: a person's word goes before the machine's, as long as what he saw is so, and never lowers by itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import Workbook

from expectations.facts import Declared, Source, Use
from expectations.observed import ObservedColumn, ObservedDataset, ObservedFlows, ObservedUse, Partition, Place
from expectations.policy import load
from expectations.rulings import Judged, Ruling, judged
from expectations.verdicts import Verdict
from pipelines.cli import main
from pipelines.declarations import load as load_declarations
from pipelines.judging import judge
from pipelines.register import Register
from pipelines.reports import ledger
from tests.checking import check
from tests.filled_register import (
    CARDS,
    CRM,
    CUSTOMERS,
    FILES,
    ORDERS,
    STAFF,
    column,
    dataset,
    filled,
    policy,
    rows_of,
    scan,
)
from tests.test_report_ledger import edit, rows

POLICY = load("handling-of-personal-information")
TODAY = date(2026, 11, 23)
LIST = ObservedDataset(
    id="d1",
    store="files",
    name="一覧.xlsx",
    columns=(
        ObservedColumn(name="氏名", data_category="name", data_type="person_name"),
        ObservedColumn(name="病名", data_category="medical_history", data_type="other_personal", special_care="病歴"),
    ),
    partitions=(Partition(subject="business_partner", custody="own", nature="personal"),),
)
NEWSLETTER = Declared(
    uses=(
        Use(
            id="U-1",
            job="月次の案内",
            use="marketing",
            source=Source(store="files", dataset="一覧.xlsx"),
            purposes=("customer-D",),
        ),
    )
)
WHOSE: dict[str, Any] = {
    "id": "whose",
    "about": "rows",
    "store": "files",
    "dataset": "一覧.xlsx",
    "saw": "business_partner",
    "says": "customer",
    "by": "営業部",
    "on": "2026-11-01",
    "why": "会員の一覧",
}
APPROVED = {"role": "privacy", "by": "個人情報保護室", "second": "情報管理室", "until": "2027-11-01"}
NO_ILLNESS = {
    **WHOSE,
    "id": "no-illness",
    "about": "column",
    "column": "病名",
    "saw": "medical_history",
    "says": "not_personal",
}


def checked(some: Any, flows: ObservedFlows = ObservedFlows()) -> tuple[Verdict, ...]:  # noqa: B008 - frozen
    return check(POLICY, some, NEWSLETTER, TODAY, flows=flows)


def judge_by(*rulings: dict[str, Any], dataset: ObservedDataset = LIST, use: str = "") -> Judged:
    """The judgement with some rulings; `use`: what SQL shows the list to be used for."""
    at = (Place(store="jobs", job="batch.sql", line=3),)
    seen = ObservedFlows(uses=(ObservedUse(dataset="d1", use=use, places=at),) if use else ())
    return judged(checked, [dataset], seen, [Ruling.model_validate(row) for row in rulings], TODAY)


def of(subject: str) -> ObservedDataset:
    """The list, of other persons."""
    return LIST.model_copy(update={"partitions": (Partition(subject=subject, custody="own", nature="personal"),)})


def outcome(rulings: list[dict[str, Any]], dataset: ObservedDataset = LIST) -> tuple[str, dict[str, str]]:
    """The verdict of the newsletter, and each ruling's state."""
    found = judge_by(*rulings, dataset=dataset)
    use = next(one.verdict for one in found.verdicts if one.use)
    return use, {one.ruling.id: one.state for one in found.standings}


def test_without_a_ruling_the_machine_decides() -> None:
    assert outcome([]) == ("violation", {})


def test_a_ruling_that_lowers_a_severity_needs_the_privacy_role_a_second_person_and_an_end() -> None:
    assert outcome([{**WHOSE, **APPROVED}]) == ("compliant", {"whose": "in_force"})
    assert outcome([WHOSE]) == ("violation", {"whose": "lacking"})
    for missing in APPROVED.keys() - {"by"}:
        some = {key: value for key, value in APPROVED.items() if key != missing}
        assert outcome([{**WHOSE, **some}]) == ("violation", {"whose": "lacking"}), missing


def test_a_ruling_that_raises_a_severity_is_in_force_by_itself() -> None:
    customers = LIST.model_copy(
        update={"partitions": (Partition(subject="customer", custody="own", nature="personal"),)}
    )
    raising = {**WHOSE, "saw": "customer", "says": "business_partner"}
    assert outcome([], customers)[0] == "compliant"
    assert outcome([raising], customers) == ("violation", {"whose": "in_force"})


def test_a_ruling_re_opens_when_the_machine_says_something_else() -> None:
    retirees = of("retiree")
    assert outcome([{**WHOSE, **APPROVED}], retirees)[1] == {"whose": "reopened"}


def test_a_ruling_ends() -> None:
    assert outcome([{**WHOSE, **APPROVED, "until": "2026-11-22"}]) == ("violation", {"whose": "expired"})
    assert outcome([{**WHOSE, **APPROVED, "until": "2026-11-23"}])[1] == {"whose": "in_force"}


def test_what_the_machine_says_by_now_is_agreed_and_what_is_gone_is_lost() -> None:
    agreed = {**WHOSE, "saw": "customer", "says": "business_partner"}
    lost = {**WHOSE, "id": "lost", "dataset": "別の一覧.xlsx"}
    assert [one.state for one in judge_by(agreed, lost).standings] == ["agreed", "lost"]


def test_a_column_is_judged_as_what_a_person_says_it_is() -> None:
    found = judge_by({**NO_ILLNESS, **APPROVED})
    before, after = ({(one.rule, one.column) for one in some} for some in (found.before, found.verdicts))
    assert ("special-care-based", "病名") in before - after
    # not approved, special care stays special care
    assert [one.state for one in judge_by(NO_ILLNESS).standings] == ["lacking"]


def test_a_use_that_sql_shows_is_judged_as_what_a_person_says_it_is() -> None:
    no_use = {**WHOSE, "about": "use", "use": "list_sale", "saw": "list_sale", "says": "not_so"}

    def shown(*rulings: dict[str, Any], use: str = "list_sale") -> tuple[set[str], list[str]]:
        found = judge_by(*rulings, use=use)
        sold = {one.use_kind for one in found.verdicts if one.table == "observed_uses"}
        return sold, [one.state for one in found.standings]

    assert shown() == ({"list_sale"}, [])
    assert shown({**no_use, **APPROVED}) == (set(), ["in_force"])
    assert shown(no_use) == ({"list_sale"}, ["lacking"]), "alone nobody makes a finding go away"
    assert shown({**no_use, "says": "solicitation", **APPROVED}) == ({"solicitation"}, ["in_force"])
    assert shown({**no_use, **APPROVED}, use="solicitation") == ({"solicitation"}, ["lost"])


def test_a_verdict_may_be_borne_knowingly_until_its_ground_changes() -> None:
    found = next(one for one in checked([LIST]) if one.use)
    row = {**WHOSE, **APPROVED, "about": "verdict", "verdict": found.id, "saw": found.digest, "says": "accepted"}
    assert outcome([row]) == ("violation", {"whose": "in_force"})
    assert outcome([{**row, "second": ""}])[1] == {"whose": "lacking"}
    assert outcome([{**row, "saw": "another"}])[1] == {"whose": "reopened"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"dataset": ""},
        {"says": "no_such_subject"},
        {"about": "column"},
        {"about": "verdict"},
        {"second": "営業部"},
        {"until": "2026-10-31"},
        {"why": ""},
        {"colour": "red"},
    ],
)
def test_a_ruling_that_is_not_whole_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        Ruling.model_validate({**WHOSE, **wrong})


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of declarations and a register that was scanned and checked."""
    (tmp_path / "declarations").mkdir()
    shutil.copy("data_samples/declarations/company.yml", tmp_path / "declarations")
    rows = [{"id": id, "kind": "files", "url": f"./{id}"} for id in ("crm", "files", "client")]
    (tmp_path / "declarations" / "stores.yml").write_text(yaml.safe_dump({"stores": rows}), encoding="utf-8")
    filled(tmp_path / "register.sqlite")
    return tmp_path / "declarations", tmp_path / "register.sqlite"


def rulings(place: tuple[Path, Path], *command: str, given: str = "") -> Result:
    folder, register = place
    options = ["--declarations", str(folder), "--register", str(register)]
    return CliRunner().invoke(main, ["rulings", command[0], *options, *command[1:]], input=given)


CARD_PHONE = {"id": "fax", "about": "column", "store": "files", "dataset": CARDS.name, "column": "電話", "says": "fax"}


def test_a_ruling_is_written_beside_what_the_machine_said_and_survives_a_rescan(place: tuple[Path, Path]) -> None:
    added = rulings(place, "add", "--by", "架空太郎", given=json.dumps({**CARD_PHONE, "why": "ファックスの欄"}))
    assert added.exit_code == 0, added.output
    (ruling,) = load_declarations(place[0]).rulings
    assert (ruling.saw, ruling.says, ruling.by) == ("phone", "fax", "架空太郎")
    register = Register.open(place[1])
    for _ in range(2):
        scan(register)
        judge(load_declarations(place[0]), register, place[0].parent / "docs", TODAY)
        assert [(one.id, one.machine, one.says, one.state) for one in register.rulings()] == [
            ("fax", "phone", "fax", "in_force")
        ]
    # the machine's view stays what it is
    cards = next(one for one in register.datasets() if one.id == CARDS.id)
    assert "phone" in [one.data_category for one in cards.columns]
    assert "架空太郎".encode() not in place[1].read_bytes()


def test_remarks_and_lines_of_the_file_stay(place: tuple[Path, Path]) -> None:
    rulings(place, "add", "--by", "営業部", given=json.dumps({**CARD_PHONE, "why": "欄"}))
    path = place[0] / "rulings.yml"
    path.write_text(path.read_text(encoding="utf-8") + "  # 来月見直す\n", encoding="utf-8")
    more = {**CARD_PHONE, "id": "name", "column": "氏名", "says": "nickname", "why": "あだ名"}
    assert rulings(place, "add", "--by", "営業部", given=json.dumps(more)).exit_code == 0
    assert "# 来月見直す" in path.read_text(encoding="utf-8")
    assert [one.id for one in load_declarations(place[0]).rulings] == ["fax", "name"]
    assert rulings(place, "add", "--by", "営業部", given=json.dumps(more)).exit_code == 2, "the id stands there"


def test_wrong_rows_are_told_all_at_once_and_nothing_is_written(place: tuple[Path, Path]) -> None:
    rows = [
        {**CARD_PHONE, "why": "欄"},
        {**CARD_PHONE, "column": "ない列", "why": "欄"},
        {**CARD_PHONE, "says": "色", "why": "欄"},
    ]
    told = rulings(place, "add", "--by", "営業部", given="\n".join(map(json.dumps, rows)))
    assert told.exit_code == 2
    assert "  2: " in told.output
    assert "  3: " in told.output
    assert not (place[0] / "rulings.yml").exists()


def test_the_same_header_elsewhere_is_offered_the_same_ruling(place: tuple[Path, Path]) -> None:
    register = Register.open(place[1])
    more = dataset("crm", "dtb_old_card", [column("電話", "phone"), column("氏名", "name")], [rows_of("customer")])
    scan(register, {"crm": (CRM, (CUSTOMERS, ORDERS, more), ()), "files": (FILES, (CARDS, STAFF), ())})
    rulings(place, "add", "--by", "営業部", given=json.dumps({**CARD_PHONE, "why": "ファックスの欄"}))
    offers = [json.loads(line) for line in rulings(place, "offer").output.splitlines()]
    assert ("dtb_old_card", "電話", "fax") in {(one["dataset"], one["column"], one["says"]) for one in offers}
    taken = rulings(place, "add", "--by", "営業部", given="\n".join(map(json.dumps, offers)))
    assert taken.exit_code == 0, taken.output
    assert rulings(place, "offer").output == ""


def test_a_preview_shows_what_would_flip_and_refuses_what_lacks_a_second_person(place: tuple[Path, Path]) -> None:
    source = {"store": "files", "dataset": CARDS.name}
    use = {"id": "U-1", "job": "月次の案内", "use": "marketing", "source": source, "purposes": ["customer-D"]}
    (place[0] / "uses.yml").write_text(yaml.safe_dump({"uses": [use]}), encoding="utf-8")
    whose = {"about": "rows", **source, "says": "customer", "why": "会員の一覧"}
    rulings(place, "add", "--by", "営業部", given=json.dumps({**whose, "id": "alone"}))
    refused = rulings(place, "preview", "--as-of", "2026-11-23")
    assert refused.exit_code == 2
    assert "second" in refused.output
    assert "変わる判定 0 件" in refused.output
    (place[0] / "rulings.yml").unlink()
    two = ["--by", "個人情報保護室", "--role", "privacy", "--second", "情報管理室", "--until", "2027-11-01"]
    rulings(place, "add", *two, given=json.dumps({**whose, "id": "two"}))
    shown = rulings(place, "preview", "--as-of", "2026-11-23", "--format", "jsonl")
    assert shown.exit_code == 0, shown.output
    flips = [json.loads(line) for line in shown.output.splitlines()]
    assert ("U-1", "violation", "compliant") in {(one["about"], one["before"], one["after"]) for one in flips}
    (listed,) = rulings(place, "list", "--as-of", "2026-11-23", "--format", "jsonl").output.splitlines()
    assert json.loads(listed)["state"] == "in_force"
    assert "有効" in rulings(place, "list", "--as-of", "2026-11-23").output


def corrected(place: tuple[Path, Path], entries: Sequence[tuple[str, str, str, Any]]) -> Path:
    """The ledger of the register, corrected as people do."""
    file = ledger.write(Register.open(place[1]), policy(), place[0].parent, "ja")
    edit(file, entries)
    return file


def test_what_people_correct_in_the_ledger_becomes_a_ruling_once(place: tuple[Path, Path]) -> None:
    file = corrected(
        place,
        [
            ("個人情報管理台帳", CARDS.name, "正しい本人の種類", "顧客"),
            ("個人情報管理台帳", CARDS.name, "訂正の理由", "会員証の控え"),
            ("項目の詳細", "電話", "正しい項目", "FAX番号"),
            ("項目の詳細", "電話", "訂正の理由", "ファックスの欄"),
            ("指摘", "v-cards", "判定への判断", "承知のうえ"),
            ("指摘", "v-cards", "訂正の理由", "今月で終わる"),
            ("指摘", "v-cards", "訂正の期限", date(2026, 12, 31)),
            ("指摘", "v-cards", "確かめた二人目", "情報管理室"),
        ],
    )
    for written in ("3 件", "0 件"):
        done = rulings(place, "import", str(file), "--by", "個人情報保護室", "--role", "privacy")
        assert done.exit_code == 0, done.output
        assert written in done.output
    found = {one.about: one for one in load_declarations(place[0]).rulings}
    assert (found["rows"].dataset, found["rows"].saw, found["rows"].says) == (
        CARDS.name, "business_partner", "customer"
    )  # fmt: skip
    assert (found["column"].column, found["column"].says, found["column"].why) == ("電話", "fax", "ファックスの欄")
    assert (found["verdict"].says, found["verdict"].second, found["verdict"].until) == (
        "accepted", "情報管理室", date(2026, 12, 31)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([("項目の詳細", "電話", "正しい項目", "色")], "選べる語ではありません"),
        ([("項目の詳細", "電話", "訂正の理由", "違う")], "何が正しいかが空です"),
        ([("項目の詳細", "電話", "正しい項目", "FAX番号")], "why"),
    ],
)
def test_a_correction_that_is_not_whole_is_told_and_nothing_is_written(
    place: tuple[Path, Path], entries: Sequence[tuple[str, str, str, Any]], told: str
) -> None:
    done = rulings(place, "import", str(corrected(place, entries)), "--by", "営業部")
    assert done.exit_code == 2
    assert told in done.output
    assert not (place[0] / "rulings.yml").exists()


def test_a_workbook_of_something_else_is_no_ledger(place: tuple[Path, Path]) -> None:
    other = place[0].parent / "予算.xlsx"
    Workbook().save(other)
    assert rulings(place, "import", str(other), "--by", "営業部").exit_code == 2


def test_what_was_ruled_stands_in_the_next_ledger(place: tuple[Path, Path]) -> None:
    rulings(place, "add", "--by", "営業部", given=json.dumps({**CARD_PHONE, "why": "ファックスの欄"}))
    register = Register.open(place[1])
    judge(load_declarations(place[0]), register, place[0].parent / "docs", TODAY)
    file = ledger.write(register, policy(), place[0].parent, "ja")
    phone = next(one for one in rows(file, "項目の詳細") if one["列"] == "電話")
    assert phone["個人情報の項目"] == "電話番号", "the machine's view stays beside it"
    assert phone["人の判断"].startswith("FAX番号 [有効")
