"""From the search to the answer: nothing of a case leaks, tampering shows, a crash loses nothing and sends nothing
twice, and a second person with a secret of his own releases what he saw. Through the commands, over a small company.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from pipelines.casebook import keeping
from pipelines.casebook.opening import CasebookFile, Transaction
from pipelines.casebook.sealing import Keyring
from pipelines.cli import main
from pipelines.register import Register
from pipelines.suppression.book import StopList
from tests.conftest import DECLARATIONS
from tests.dying import dies
from tests.office_with_rows import KEY, PERSON, SECRETS

CANARIES = (
    *("鶴亀", "金糸雀", "ツルカメ", "1980-01-02", "カナリア町", "090-1749-2063", "09017492063", "canary@reiji.example"),
    *("鳥籠の手紙", "籠の下の箱", "別人の雀", "羽が抜けたため"),
)
"""Of the person, of the rows, and of what the responder writes: none of it stands anywhere in clear."""
FORM = {
    "kinds": ["disclosure", "stop_use"], "requester": "self", "channel": "post", "arrived": "2026-11-20T10:30+09:00",
    "individual": PERSON, "asked": {"scope": "鳥籠の手紙"},
}  # fmt: skip
CAME = {
    "papers": [
        {"paper": "DS-1", "seal": "matches"},
        {"paper": "DS-2", "document": "drivers_licence", "matches": ["name", "birth_date", "address"]},
        {"paper": "DS-3", "issued_on": "2026-11-01"},
    ],
    "payments": [{"paid_by": "postal_money_order", "amount": 1000, "on": "2026-11-20"}],
}
DECISION = {"items": [
    {"kind": "disclosure", "outcome": "partly", "ground": "33(2)(i)", "reason": "羽が抜けたため"},
    {"kind": "stop_use", "outcome": "comply"},
]}  # fmt: skip
DONE = {
    "id": "m1", "what": "erase", "to": "総務部", "groups": ["meibo/会員.csv", "kami/kami"],
    "instructed_on": "2026-11-24", "acknowledged_on": "2026-11-26",
}  # fmt: skip


class Step(NamedTuple):
    """One command of a responder, or of the approver, and the entry it leaves in the audit."""

    event: str
    command: tuple[str, ...]
    given: Any = ""
    by: str = "tanto"


STEPS = (
    Step("verified", ("verify",), CAME),
    Step("stopped", ("stop",)),
    Step("searched", ("search",)),
    Step("owner_answered", ("owner", "--store", "kami"), "籠の下の箱"),
    Step("reviewed", ("review",), "rulings"),
    Step("decided", ("decide",), DECISION),
    Step("letter_put_up", ("letter",)),
    Step("approved", ("approve",), "of", "kessai"),
    Step("instructed", ("measure",), DONE),
    Step("letter_put_up", ("letter",)),
    Step("approved", ("approve",), "of", "kessai"),
    Step("answered", ("answer", "--how", "registered_mail", "--tracking", "1")),
    Step("verified", ("verify",), {"papers_settled_on": "2026-11-28"}),
    Step("searched_again", ("search",)),
    Step("owner_answered", ("owner", "--store", "kami", "--nothing")),
    Step("closed", ("close",)),
)


class Office:
    """A company with one file and one cabinet, a responder and an approver."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.book = folder, folder / "casebook.sqlite"
        self.file = folder / "meibo" / "会員.csv"
        folder.chmod(0o700)
        self._write(folder)
        self._environment = {
            "DAICHO_CASEBOOK": str(self.book), "DAICHO_CASEBOOK_KEY": KEY,
            "DAICHO_DECLARATIONS": str(folder / "declared"),
            "DAICHO_REGISTER": str(folder / "register.sqlite"), "DAICHO_STOP_LIST": str(folder / "stop.sqlite"),
            "DAICHO_STOP_LIST_KEY": "s" * 40, "HOME": str(folder), "PREFECT_HOME": str(folder / "prefect"),
            "TMPDIR": str(folder / "tmp"),
        }  # fmt: skip
        Register.open(str(folder / "register.sqlite"))
        self.do("casebook", "start", by="")
        self.do("casebook", "account", "kessai", "--role", "approver", given=SECRETS["kessai"], by="")
        self.do("casebook", "account", "tanto", "--role", "responder", given=SECRETS["tanto"], by="kessai")
        self.do("suppress", "start", by="")
        self.started = self._files()
        self._before: dict[str, dict[Path, bytes]] = {}

    def _write(self, folder: Path) -> None:
        for name in ("meibo", "declared", "tmp"):
            (folder / name).mkdir()
        shutil.copy(DECLARATIONS / "company.yml", folder / "declared")
        stores = [
            {"id": "meibo", "kind": "delimited", "path": str(folder / "meibo"), "owner": "総務部", "custody": "own"},
            {"id": "kami", "kind": "paper", "owner": "総務部"},
        ]
        (folder / "declared" / "stores.yml").write_text(json.dumps({"stores": stores}), encoding="utf-8")
        rows = [
            [*PERSON],
            [*PERSON.values()],
            ["別人の雀", "ベツジン", "1990-01-01", "大阪府", "06-0000-0000", "o@b.example"],
        ]
        self.file.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")

    def environment(self, by: str) -> dict[str, str]:
        return {**self._environment, "DAICHO_ACCOUNT": by, "DAICHO_ACCOUNT_SECRET": SECRETS[by]}

    def do(self, *command: str, given: Any = "", by: str = "tanto", fails: int = 0) -> Result:
        stdin = given if isinstance(given, str) else json.dumps(given)
        done = CliRunner().invoke(main, command, input=stdin, env=self.environment(by))
        assert done.exit_code == fails, (command, done.output)
        return done

    def dies(self, *command: str, given: Any, by: str, at: str) -> None:
        stdin = given if isinstance(given, str) else json.dumps(given)
        dies(command, stdin, self.environment(by), at)

    def shown(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.do("request", "show", number, "--format", "json").stdout)
        return found

    def new(self) -> str:
        told = json.loads(self.do("request", "new", "--format", "json", given=FORM).stdout)
        return str(told["number"])

    def command(self, step: Step, number: str) -> tuple[str, ...]:
        of = ("--of", self.shown(number)["for_release"]) if step.given == "of" else ()
        return ("request", *step.command, *of, number)

    def given(self, step: Step, number: str) -> Any:
        if step.given == "rulings":
            found = self.shown(number)["case"]["progress"]["search"]["candidates"]
            return {"rulings": [{"candidate": one["id"], "verdict": "release"} for one in found]}
        return "" if step.given == "of" else step.given

    def take(self, step: Step, number: str) -> Result:
        if step.event == "searched_again":
            # the owner has erased what was to be erased
            self.file.write_text(",".join(PERSON) + "\n", encoding="utf-8")
        return self.do(*self.command(step, number), given=self.given(step, number), by=step.by)

    def walk(self) -> None:
        """Take a case to its end, and keep what the office was before each step."""
        number = self.new()
        for step in STEPS:
            self._before.setdefault(step.event, self._files())
            self.take(step, number)

    def up_to(self, event: str) -> str:
        """A case that has come as far as before that event, the first of its kind."""
        self.set_back(self._before[event])
        return "2026-0001"

    def set_back(self, files: dict[Path, bytes]) -> None:
        """Make the office what it was."""
        for path in self._files().keys() - files.keys():
            path.unlink()
        for path, content in files.items():
            path.write_bytes(content)

    def _files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def whole(self) -> None:
        with CasebookFile(self.book, Keyring([KEY])).transaction() as transaction:
            keeping.verify(transaction)

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.book)) as connection, connection:
            return connection.execute(statement, values).fetchall()


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("office"))
    office.walk()
    return office


@pytest.fixture
def office(walked: Office) -> Office:
    """The office as it was in the beginning."""
    walked.set_back(walked.started)
    return walked


# nothing leaks


def in_clear(folder: Path, but: Path) -> list[tuple[str, str]]:
    """Values in files and their names; the store itself holds them, of course."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() and but not in path.parents else b""
        for value in CANARIES:
            spelt = (value.encode(), value.encode("utf-16-le"), json.dumps(value)[1:-1].encode())
            found += [(path.name, value) for one in spelt if one in content or value in path.name]
    return found


def test_nothing_of_a_case_leaks_from_any_step_done_or_failed(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(office.folder / "tmp"))
    caplog.set_level(logging.DEBUG)
    number = office.new()
    said = []
    wrongs = ('{"鶴亀": "金糸雀"', {"鶴亀 金糸雀": [PERSON]}, {"items": [{"kind": "鶴亀"}], "reason": "羽が抜けたため"})
    for step in STEPS:
        command = office.command(step, number)
        for wrong in wrongs if step.given and step.given != "of" and step.command[0] != "owner" else ():
            failed = office.do(*command, given=wrong, by=step.by, fails=2)
            said += [failed.stdout, failed.stderr]
        for other in ("decide", "review", "close")[: 2 if step.event == "closed" else 3]:
            # whatever is not this one's turn, or comes with what is none of its own
            said.append(office.do("request", other, number, given={"鶴亀": 1}, fails=2).output)
        done = office.take(step, number)
        said.append(done.stderr)
        if step.command[0] not in ("search", "owner"):  # those show the responder what was found
            said.append(done.stdout)
    said += [office.do("casebook", "verify").output, office.do("request", "list", "--format", "json").output]
    assert office.shown(number)["step"] == "closed"
    assert [value for value in CANARIES if any(value in one for one in said)] == []
    assert [value for value in CANARIES if value in caplog.text] == []
    assert in_clear(office.folder, office.file.parent) == []
    assert "鶴亀" in office.do("request", "show", number).stdout, "the search itself would find it"


def test_copies_of_a_letter_are_their_owners_alone_and_overwrite_nothing(office: Office) -> None:
    number = office.up_to("approved")
    copy = office.folder / "tmp" / "copy.docx"
    office.do("request", "read", number, "--out", str(copy), by="kessai")
    assert copy.stat().st_mode & 0o777 == 0o600
    for command in (("request", "read", number), ("request", "letter", number)):
        assert "作れません" in office.do(*command, "--out", str(copy), fails=2).stderr
    assert office.shown(number)["case"]["progress"]["letters"] == 1, "what could not be looked at is not put up"


# a crash


@pytest.mark.parametrize("step", dict.fromkeys(step.event for step in STEPS))
def test_a_failure_at_the_end_of_a_transaction_leaves_the_case_as_it_was(
    step: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.up_to(step)
    before = office.shown(number)
    recorded = Transaction.record

    def record(self: Transaction, event: str, *rest: Any, **more: Any) -> Any:
        head = recorded(self, event, *rest, **more)
        if event == step:
            raise RuntimeError(*CANARIES)
        return head

    one = next(one for one in STEPS if one.event == step)
    command, given = office.command(one, number), office.given(one, number)
    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "record", record)
        output = office.do(*command, given=given, by=one.by, fails=70).output
    assert not any(value in output for value in CANARIES)
    office.whole()
    assert office.shown(number) == before
    office.take(one, number)
    assert office.shown(number) != before


def test_a_process_that_dies_at_any_step_loses_nothing(office: Office) -> None:
    for step in {step.event: step for step in reversed(STEPS)}.values():
        number = office.up_to(step.event)
        before = office.shown(number)
        office.dies(*office.command(step, number), given=office.given(step, number), by=step.by, at=step.event)
        office.whole()
        assert office.shown(number) == before, step
        if step.event == "stopped":
            office.take(step, number)
            assert len(StopList(office.folder / "stop.sqlite").entries()) == 1, "entered once, though tried twice"


def test_an_answer_whose_process_died_after_it_was_recorded_goes_once(office: Office) -> None:
    number = office.up_to("answered")
    answer = next(step for step in STEPS if step.event == "answered")
    office.dies(*office.command(answer, number), given="", by="tanto", at="told")
    assert office.shown(number)["step"] == "close"
    sent = office.shown(number)["case"]["progress"]["sent"]
    for again in ("answer", "letter"):
        office.do("request", again, *(("--how", "mail") if again == "answer" else ()), number, fails=2)
    assert office.shown(number)["case"]["progress"]["sent"] == sent
    assert office.sql("SELECT count(*) FROM audit WHERE event = 'answered'") == [(1,)]


# tampering


def test_an_earlier_state_of_a_sealed_case_put_back_is_found(office: Office) -> None:
    number = office.up_to("approved")
    [earlier] = office.sql("SELECT step, due, due_on, sealed FROM requests WHERE number = ?", number)
    office.take(STEPS[7], number)
    office.do("casebook", "verify")
    office.sql("UPDATE requests SET step = ?, due = ?, due_on = ?, sealed = ? WHERE number = ?", *earlier, number)
    assert office.shown(number)["step"] == "approve", "it opens, for it was sealed there"
    assert "記録のない変更" in office.do("casebook", "verify", fails=2).stderr


def test_a_letter_put_in_the_place_of_another_is_found(office: Office) -> None:
    number = office.up_to("approved")
    office.take(STEPS[6], number)
    letters = dict(office.sql("SELECT number, sealed FROM letters WHERE request = ?", number))
    assert len(letters) == 2
    office.sql("UPDATE letters SET sealed = ? WHERE request = ? AND number = 2", letters[1], number)
    for command in (
        ("casebook", "verify"),
        ("request", "read", number, "--out", str(office.folder / "tmp" / "x.docx")),
    ):
        assert "封が破れています" in office.do(*command, by="kessai", fails=2).stderr


@pytest.mark.parametrize("event", ["lookup_begun", "searched", "owner_answered", "reviewed", "decided", "letter_seen"])
def test_an_entry_of_any_step_that_is_taken_out_is_found(event: str, office: Office) -> None:
    number = office.up_to("approved")
    office.do("request", "read", number, "--out", str(office.folder / "tmp" / "y.docx"), by="kessai")
    office.shown(number)
    office.do("casebook", "verify")
    office.sql("DELETE FROM audit WHERE event = ?", event)
    assert "改変・削除・挿入" in office.do("casebook", "verify", fails=2).stderr


# four eyes


def test_a_second_account_with_the_same_secret_is_no_second_person(office: Office) -> None:
    same = SECRETS["tanto"]
    refused = office.do("casebook", "account", "futari", "--role", "approver", given=same, by="kessai", fails=2)
    assert "その秘密は使えません" in refused.stderr
    assert same not in refused.output


def test_nobody_releases_his_own_work_nor_another_mans_by_his_name(office: Office) -> None:
    number = office.up_to("approved")
    of = office.shown(number)["for_release"]
    assert "役割" in office.do("request", "approve", number, "--of", of, fails=2).stderr
    stolen = {**office.environment("kessai"), "DAICHO_ACCOUNT_SECRET": SECRETS["tanto"]}
    done = CliRunner().invoke(main, ("request", "approve", number, "--of", of), env=stolen)
    assert done.exit_code == 2
    assert "口座名か秘密が違います" in done.stderr
    assert office.sql("SELECT count(*) FROM audit WHERE event = 'unproven'") == [(1,)]
    assert office.shown(number)["step"] == "approve"


@pytest.mark.parametrize("edit", ["reviewed", "decided", "letter_put_up", "verified"])
def test_an_edit_after_the_approval_voids_it(edit: str, office: Office) -> None:
    number = office.up_to("instructed")
    approved = office.shown(number)
    step = next(step for step in STEPS if step.event == edit)
    given = {"proofs": [{"attribute": "mail", "control": "mail_round_trip"}]} if edit == "verified" else None
    office.do(*office.command(step, number), given=office.given(step, number) if given is None else given)
    now = office.shown(number)
    assert approved["case"]["progress"]["approval"]
    assert now["case"]["progress"]["approval"] is None
    assert office.do("request", "answer", number, "--how", "mail", fails=2).stderr
    of = approved["case"]["progress"]["approval"]["of"]
    assert office.do("request", "approve", number, "--of", of, by="kessai", fails=2).stderr, "not what he saw"
    assert office.shown(number)["case"]["progress"]["approval"] is None
