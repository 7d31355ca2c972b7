"""`daicho explain`: what a verdict rests on, in words, from which a second person comes to the same one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from expectations.facts import Declared
from pipelines.cli import main
from pipelines.explaining import ExplainError, explain
from pipelines.explaining.telling import told
from pipelines.register import Register
from pipelines.versions import versions
from tests.checking import check
from tests.filled_register import AS_OF, DECLARED, policy, scan

JUDGE_AGAIN = Callable[[Declared], Register]


@pytest.fixture
def location(tmp_path: Path) -> Path:
    return tmp_path / "register.sqlite"


@pytest.fixture
def judged(location: Path) -> JUDGE_AGAIN:
    """The invented company's register, scanned once; called, it is checked by the facts that are given."""
    register = Register.open(location)
    scan(register)

    def again(declared: Declared) -> Register:
        by = {"policy": f"{policy().id} {policy().version} {policy().digest}", "law": policy().law_version}
        run = register.begin("check", AS_OF, {**versions(), **by})
        register.put_declared(run, declared)
        register.put_verdicts(run, check(policy(), register.observed(), declared, AS_OF))
        register.finish(run, "done", {})
        return register

    return again


def of_use(register: Register, use: str) -> str:
    return next(row["id"] for row in register.verdicts() if row["use"] == use)


def without(*ids: str) -> Declared:
    return DECLARED.model_copy(update={"uses": tuple(use for use in DECLARED.uses if use.id not in ids)})


def test_every_verdict_comes_out_the_same_from_what_the_register_holds(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    rows = list(register.verdicts())
    assert rows
    for row in rows:
        found = explain(register, row["id"])
        assert found.again, row
        assert found.changed == {}
        assert found.trace is not None
        assert found.trace.verdict is not None
        assert [step["ja"] for step in [found.trace.verdict.next_step]] == [row["next_step"]["ja"]]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "ja",
            ["目的外のおそれ", "新規", "2026-11-23", "files 共有フォルダ", "meishi.xlsx#2025", "所管: 総務部",
             "card-mail", "名刺メール", "marketing（商品・サービスの案内）", "business_partner", "氏名 → name（氏名）",
             "× 満たさない  R-02 use-listed", "方針の条項 1.2",
             "Personal information related to corporate business partners", "取引先・他社の役員",
             "partner-A 1.2(1)", "法18条1項", "利用を止めるか", "handling-of-personal-information 2011-09-28",
             "規則: ", "語彙: ", "appi-2022 個人情報の保護に関する法律", "同じになります", "--as-of 2026-11-23"],
        ),
        (
            "en",
            ["may be beyond the published purposes", "new (", "First seen", "Ask: 総務部", "fails  R-02 use-listed",
             "Clause of the policy 1.2", "APPI art 18(1)", "Stop the use", "rules: ", "give the same again"],
        ),
    ],
)  # fmt: skip
def test_a_finding_is_told_with_all_it_rests_on(judged: JUDGE_AGAIN, language: str, parts: Sequence[str]) -> None:
    register = judged(DECLARED)
    found = explain(register, of_use(register, "card-mail"))
    text = "\n".join(line.text for line in told(found, "ja" if language == "ja" else "en"))
    assert [part for part in parts if part not in text] == []


def test_no_person_is_named(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    for row in register.verdicts():
        text = "\n".join(line.text for line in told(explain(register, row["id"]), "ja"))
        assert "承認太郎" not in text
        assert "/secret/place" not in text


def test_what_is_in_order_says_so(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    found = explain(register, of_use(register, "newsletter"))
    assert found.state == "in order"
    text = "\n".join(line.text for line in told(found, "ja"))
    assert "ありません。" in text
    assert "Sending information about products and services" in text, "the purpose that carries it is quoted"


def test_new_open_gone_and_re_opened(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    id = of_use(register, "card-mail")
    assert explain(register, id).state == "new"
    first = explain(register, id).stages[0].run
    judged(DECLARED)
    assert explain(register, id).state == "open"
    judged(without("card-mail"))
    gone = explain(register, id)
    assert (gone.state, gone.verdict, gone.trace) == ("gone", None, None)
    assert [stage.verdict for stage in gone.stages] == ["violation", ""]
    text = "\n".join(line.text for line in told(gone, "ja"))
    assert "解消" in text
    assert "meishi.xlsx#2025" in text
    judged(DECLARED)
    back = explain(register, id)
    assert (back.state, back.stages[0].run) == ("re-opened", first)


def test_a_case_that_another_rule_decides_keeps_its_history(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    before = of_use(register, "newsletter")
    unnamed = tuple(use.model_copy(update={"purposes": ()}) if use.id == "newsletter" else use for use in DECLARED.uses)
    judged(DECLARED.model_copy(update={"uses": unnamed}))
    after = of_use(register, "newsletter")
    assert after != before
    found = explain(register, after)
    assert [stage.verdict for stage in found.stages] == ["compliant", "gap"]
    assert found.state == "new"
    assert found.trace is not None
    assert {before, after} <= found.trace.ids
    gone = explain(register, before)
    text = "\n".join(line.text for line in told(gone, "ja"))
    assert gone.state == "gone"
    assert after in text, "what the case is judged to be now"


def test_what_changed_since_the_check_is_said(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    id = of_use(register, "card-mail")
    scan(register)
    found = explain(register, id)
    assert found.changed.keys() == {"scan"}
    assert found.again


def test_facts_of_rows_that_a_case_names_are_shown(judged: JUDGE_AGAIN) -> None:
    contract = DECLARED.contracts[0].model_copy(update={"id": "C-02", "ends": AS_OF - timedelta(days=1)})
    provision = DECLARED.provisions[0].model_copy(update={"contract": "C-02"})
    register = judged(
        DECLARED.model_copy(update={"contracts": (*DECLARED.contracts, contract), "provisions": (provision,)})
    )
    found = explain(register, of_use(register, "list-out"))
    assert found.trace is not None
    facts = {fact.path: fact.value for fact in found.trace.facts}
    assert facts["act.recipient"] == "株式会社みほん配送"
    assert facts["contracts.C-02.ends"] == "2026-11-22"


def test_an_id_may_be_short_and_an_unknown_one_is_answered_with_those_there_are(judged: JUDGE_AGAIN) -> None:
    register = judged(DECLARED)
    id = of_use(register, "card-mail")
    assert explain(register, id[:8]).id == id
    with pytest.raises(ExplainError, match=id):
        explain(register, "card-mail")
    with pytest.raises(ExplainError, match=id):
        explain(register, id[:-2] + "zz")
    with pytest.raises(ExplainError, match="no such verdict"):
        explain(register, "")


def daicho(location: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments, "--register", str(location)])


def test_at_the_command_line(judged: JUDGE_AGAIN, location: Path) -> None:
    id = of_use(judged(DECLARED), "card-mail")
    done = daicho(location, id[:8], "--lang", "en")
    assert done.exit_code == 0
    assert f"Verdict {id}" in done.output
    unknown = daicho(location, "card-mail")
    assert unknown.exit_code == 2
    assert id in unknown.output


def test_a_policy_of_ones_own_has_to_be_named(judged: JUDGE_AGAIN, location: Path) -> None:
    register = judged(DECLARED)
    run = register.begin("check", AS_OF, {"policy": "our-own-policy 1 abc"})
    register.put_verdicts(run, check(policy(), register.observed(), DECLARED, AS_OF))
    done = daicho(location, of_use(register, "card-mail"))
    assert done.exit_code == 2
    assert "--declarations" in done.output


def test_a_register_without_a_check_says_so(location: Path) -> None:
    scan(Register.open(location))
    assert "daicho check" in daicho(location, "abc").output
