"""The casebook keeps a request sealed, says who did what, and shows when anybody tampered with it."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from expectations.policy import load
from pipelines.casebook import accounts, gates, keeping
from pipelines.casebook.book import Casebook
from pipelines.casebook.case import Case
from pipelines.casebook.chain import Head, TamperedError
from pipelines.casebook.draft import Draft, parse
from pipelines.casebook.hands import Hand
from pipelines.casebook.lookups import recorder
from pipelines.casebook.opening import CasebookFile
from pipelines.casebook.progress import Candidate, Decision, Item, Review, Ruling, Search
from pipelines.casebook.sealing import CasebookError, Keyring, LostKeyError
from pipelines.cli import main
from pipelines.clock import now
from pipelines.disclosure.lookup import run_lookup

KEY, NEW = "k" * 40, "n" * 40
SECRETS = {"tanto": "responder-no-himitsu", "kessai": "approver-no-himitsu"}
CANARIES = (
    "田中",
    "太郎",
    "タナカ",
    "1980-01",
    "090-1234",
    "09012345678",
    "canary@reiji.example",
    "カナリア町",
    "M-0099",
)
PERSON = {
    "氏名": "田中 太郎",
    "フリガナ": "タナカ タロウ",
    "生年月日": "1980-01-02",
    "電話番号": "090-1234-5678",
    "メール": "canary@reiji.example",
    "住所": "東京都港区カナリア町4-2-8",
    "会員番号": "M-0099",
}
FORM = {
    "kinds": ["disclosure"],
    "requester": "self",
    "channel": "post",
    "arrived": "2026-11-20T10:30+09:00",
    "individual": PERSON,
    "asked": {"scope": "田中太郎の注文履歴", "form": "electronic"},
    "papers": [{"paper": "DS-1", "seal": "matches"}],
}
REST = {
    "papers": [
        {"paper": "DS-2", "document": "drivers_licence", "matches": ["name", "birth_date", "address"]},
        {"paper": "DS-3", "issued_on": "2026-11-01"},
    ],
    "payments": [{"paid_by": "postal_money_order", "amount": 1000, "on": "2026-11-20"}],
}


@dataclass
class Desk:
    """A casebook with a responder and an approver."""

    path: Path
    by: Hand
    keys: Keyring

    @property
    def book(self) -> Casebook:
        return Casebook(self.path, self.keys, load("handling-of-personal-information"))

    @property
    def file(self) -> CasebookFile:
        return CasebookFile(self.path, self.keys)

    def open(self, **changes: object) -> Case:
        return self.book.open(parse(json.dumps({**FORM, **changes}), Draft), self.by)

    def verify(self, *heads: Head) -> Head:
        with self.file.transaction() as transaction:
            return keeping.verify(transaction, heads)

    def sql(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(statement, values)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with two accounts."""
    path = tmp_path_factory.mktemp("casebook") / "casebook.sqlite"
    file = CasebookFile.start(path, Keyring([KEY]))
    with file.transaction() as transaction:
        accounts.add(transaction, "kessai", "approver", SECRETS["kessai"], None)
        accounts.add(transaction, "tanto", "responder", SECRETS["tanto"], Hand("kessai", "approver"))
    return path


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Desk:
    path = tmp_path / "casebook.sqlite"
    path.touch(0o600)
    path.write_bytes(empty.read_bytes())
    return Desk(path, Hand("tanto", "responder"), Keyring([KEY]))


def candidate(case: Case, content: bytes = b"row") -> Candidate:
    return Candidate(id="c1", store="crm", dataset="会員", locator="氏名=田中太郎", digest=case.fingerprint(content),
                     suggestion="release")  # fmt: skip


def up_for_approval(desk: Desk) -> Case:
    """A case whose letter waits for the approver."""
    number, by, book = desk.open(**{**REST, "papers": [*FORM["papers"], *REST["papers"]]}).number, desk.by, desk.book  # type: ignore[misc]

    def searched(case: Case) -> Case:
        found = Search(as_of=now(), stores=("crm",), candidates=(candidate(case),), result="r")
        progress = gates.searched(case.progress, by, found)
        progress = gates.reviewed(progress, by, Review(rulings=(Ruling(candidate="c1", verdict="release"),)))
        items = (Item(kind="disclosure", outcome="comply"),)
        return case.model_copy(update={"progress": gates.decided(progress, by, Decision(items=items))})

    book.change(number, by, "searched_reviewed_decided", searched)
    return book.put_letter(number, by, "田中太郎様 別紙のとおり開示いたします。".encode())


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        yield path.name, path.name.encode()
        if path.is_file():
            yield path.name, path.read_bytes()


def leaks(folder: Path) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, content in written(folder)
        for value in CANARIES
        for spelt in (value.encode(), value.encode("utf-16-le"), json.dumps(value)[1:-1].encode())
        if spelt in content
    ]


# sealed


def test_nothing_of_a_case_stands_in_clear_in_any_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    case = up_for_approval(desk)
    desk.book.approve(case.number, "kessai", SECRETS["kessai"], case.progress.for_release)
    keeping.back_up(desk.file, tmp_path / "copy.sqlite", "tanto")
    assert leaks(tmp_path) == []
    assert not any(value in caplog.text for value in CANARIES)
    assert stat.S_IMODE(desk.path.stat().st_mode) == stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600
    assert "田中太郎様" in desk.book.letter(case.number, desk.by).decode()
    assert desk.book.case(case.number, desk.by).individual == parse(json.dumps(FORM), Draft).individual


def test_a_file_that_others_may_read_is_refused(desk: Desk) -> None:
    desk.path.chmod(0o640)
    with pytest.raises(CasebookError, match="chmod 600"):
        desk.open()


@pytest.mark.parametrize("content", [b"", b"x" * 8192])
def test_what_is_no_casebook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.touch(0o600)
    path.write_bytes(content)
    with pytest.raises(CasebookError, match="no casebook"):
        CasebookFile(path, Keyring([KEY]))
    with pytest.raises(CasebookError, match="cannot be made"):
        CasebookFile.start(path, Keyring([KEY]))
    with pytest.raises(CasebookError, match="daicho casebook start"):
        CasebookFile(tmp_path / "typo", Keyring([KEY]))


def test_a_lost_key_says_what_is_lost_and_what_remains(desk: Desk) -> None:
    case = desk.open()
    other = Desk(desk.path, desk.by, Keyring([NEW]))
    for attempt in (lambda: other.book.case(case.number, desk.by), other.verify, other.open):
        with pytest.raises(LostKeyError, match="letters and the proof of the audit are lost; numbers, kinds"):
            attempt()
    assert [line.number for line in other.book.lines()] == [case.number]
    assert keeping.counts(other.file) == {"intake": 1}


def test_a_sealed_case_cannot_be_put_in_the_place_of_another(desk: Desk) -> None:
    one, two = desk.open().number, desk.open().number
    desk.sql("UPDATE requests SET sealed = (SELECT sealed FROM requests WHERE number = ?) WHERE number = ?", one, two)
    with pytest.raises(CasebookError, match="altered or moved"):
        desk.book.case(two, desk.by)


def test_everything_is_brought_under_a_new_key_and_the_old_one_opens_nothing(desk: Desk) -> None:
    case, head = up_for_approval(desk), desk.verify()
    desk.keys = Keyring([NEW, KEY])
    with desk.file.transaction() as transaction:
        assert keeping.rotate(transaction) == 2
    desk.keys = Keyring([NEW])
    assert desk.book.case(case.number, desk.by) == case
    assert desk.book.letter(case.number, desk.by)
    assert desk.verify(head).number > head.number
    with pytest.raises(LostKeyError):
        Desk(desk.path, desk.by, Keyring([KEY])).open()


# all or nothing


def test_a_crash_in_the_middle_leaves_a_case_as_it_was(desk: Desk) -> None:
    case, head = desk.open(), desk.verify()

    def crash(_case: Case) -> Case:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.book.change(case.number, desk.by, "crashed", crash)
    with pytest.raises(RuntimeError), desk.book.transaction() as transaction:
        transaction.record("never")
        raise RuntimeError
    assert desk.verify() == head
    assert desk.book.case(case.number, desk.by) == case


def test_a_process_that_dies_while_writing_leaves_a_case_as_it_was(desk: Desk) -> None:
    case, head = desk.open(), desk.verify()
    if (child := os.fork()) == 0:
        with desk.book.transaction() as transaction:
            transaction.record("dying")
            transaction.connection.exec_driver_sql("DELETE FROM requests")
            os._exit(9)
    os.waitpid(child, 0)
    assert desk.verify() == head
    assert desk.book.case(case.number, desk.by) == case


def test_a_refused_step_leaves_no_entry(desk: Desk) -> None:
    case, head = desk.open(), desk.verify()
    with pytest.raises(gates.RefusedError):
        desk.book.close(case.number, desk.by)
    assert desk.verify() == head


def test_numbers_go_on_and_never_come_again(desk: Desk) -> None:
    year = f"{now():%Y}"
    assert [desk.open().number for _ in range(3)] == [f"{year}-{n:04d}" for n in (1, 2, 3)]


# accounts


def test_secrets_are_kept_as_slow_hashes_and_prove_who_is_who(desk: Desk) -> None:
    assert desk.book.prove("tanto", SECRETS["tanto"]) == desk.by
    for name, secret in (("tanto", SECRETS["kessai"]), ("nobody", SECRETS["tanto"]), ("tanto", "")):
        with pytest.raises(accounts.UnprovenError):
            desk.book.prove(name, secret)
    desk.verify()
    with closing(sqlite3.connect(desk.path)) as connection:
        tried = connection.execute("SELECT subject FROM audit WHERE event = 'unproven'").fetchall()
    assert tried == [("account tanto",)] * 2
    content = desk.path.read_bytes()
    assert b"$argon2id$" in content
    assert not any(secret.encode() in content for secret in SECRETS.values())


def test_a_responder_cannot_make_his_own_approver(desk: Desk) -> None:
    with desk.file.transaction() as transaction:
        for by in (desk.by, None):
            with pytest.raises(CasebookError, match="only an approver"):
                accounts.add(transaction, "mitsume", "approver", secrets.token_hex(), by)
        with pytest.raises(CasebookError, match="last approver"):
            accounts.disable(transaction, "kessai", Hand("kessai", "approver"))


def test_two_accounts_never_share_a_secret(desk: Desk) -> None:
    with desk.file.transaction() as transaction, pytest.raises(CasebookError, match="take another"):
        accounts.add(transaction, "mitsume", "approver", SECRETS["tanto"], Hand("kessai", "approver"))


def test_a_closed_account_proves_nothing_any_more(desk: Desk) -> None:
    with desk.file.transaction() as transaction:
        accounts.disable(transaction, "tanto", Hand("kessai", "approver"))
    with pytest.raises(accounts.UnprovenError):
        desk.book.prove("tanto", SECRETS["tanto"])
    desk.verify()


def test_an_approval_wants_the_approvers_own_secret_and_what_he_saw(desk: Desk) -> None:
    case, book = up_for_approval(desk), desk.book
    with pytest.raises(accounts.UnprovenError):
        book.approve(case.number, "kessai", SECRETS["tanto"], case.progress.for_release)
    with pytest.raises(gates.RefusedError, match="role"):
        book.approve(case.number, "tanto", SECRETS["tanto"], case.progress.for_release)
    book.put_letter(case.number, desk.by, b"another letter")
    with pytest.raises(gates.RefusedError, match="look again"):
        book.approve(case.number, "kessai", SECRETS["kessai"], case.progress.for_release)
    again = book.case(case.number, desk.by).progress.for_release
    assert book.approve(case.number, "kessai", SECRETS["kessai"], again).progress.step == "answer"
    with pytest.raises(gates.RefusedError, match="role"):
        book.open(parse(json.dumps(FORM), Draft), Hand("kessai", "approver"))


# tampering

TAMPERINGS: dict[str, str] = {
    "an entry is changed": "UPDATE audit SET account = 'betsu' WHERE event = 'opened'",
    "an entry is taken out": "DELETE FROM audit WHERE event = 'seen'",
    "all but the first are taken out": "DELETE FROM audit WHERE number > 1",
    "an entry is doubled": "INSERT INTO audit SELECT number + 100, epoch, at, account, process, event, subject, detail,"
    " row, previous, mac FROM audit WHERE event = 'seen'",
    "a step is changed": "UPDATE requests SET step = 'closed'",
    "a date is changed": "UPDATE requests SET arrived = '2026-11-24T10:30+09:00'",
    "a request is deleted": "DELETE FROM requests",
    "a request's content is taken away": "UPDATE requests SET sealed = NULL",
    "a letter is deleted": "DELETE FROM letters",
    "a role is changed": "UPDATE accounts SET role = 'approver' WHERE name = 'tanto'",
    "a secret is exchanged": "UPDATE accounts SET secret = (SELECT secret FROM accounts WHERE name = 'tanto')",
    "an account is deleted": "DELETE FROM accounts WHERE name = 'tanto'",
    "an account is slipped in": "INSERT INTO accounts SELECT 'ura', role, secret, '' FROM accounts"
    " WHERE name = 'kessai'",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_was_changed_beside_the_audit_is_found(desk: Desk, statement: str) -> None:
    case = up_for_approval(desk)
    desk.book.case(case.number, desk.by)
    desk.book.letter(case.number, desk.by)
    desk.verify()
    desk.sql(statement)
    with pytest.raises(TamperedError):
        desk.verify()


def test_a_casebook_that_was_set_back_shows_against_a_head_noted_outside(desk: Desk) -> None:
    case = desk.open()
    before = desk.path.read_bytes()
    desk.book.case(case.number, desk.by)
    noted = desk.verify()
    desk.path.write_bytes(before)
    desk.verify()
    with pytest.raises(TamperedError, match="cut, or an old copy"):
        desk.verify(noted)
    # gone on from there: as long as it was, and another one
    desk.book.change(case.number, desk.by, "other", lambda case: case)
    desk.book.case(case.number, desk.by)
    with pytest.raises(TamperedError, match="is not the one that was noted outside"):
        desk.verify(noted)
    assert Head.read(f" {noted}\n") == noted
    with pytest.raises(CasebookError):
        Head.read("12")


def test_the_audit_says_who_saw_and_did_what_and_nothing_of_whom(desk: Desk) -> None:
    case = up_for_approval(desk)
    desk.book.case(case.number, desk.by)
    with closing(sqlite3.connect(desk.path)) as connection:
        rows = connection.execute(
            "SELECT account, event, subject, detail FROM audit WHERE account = 'tanto'"
        ).fetchall()
    assert [row[1] for row in rows] == ["opened", "searched_reviewed_decided", "letter_kept", "letter_put_up", "seen"]
    assert {row[2] for row in rows} == {f"request {case.number}", f"letter {case.number}/1"}


def test_a_look_up_stands_in_the_audit_with_who_and_why(desk: Desk) -> None:
    record = recorder(desk.file, "tanto", SECRETS["tanto"])
    taro = parse(json.dumps(FORM), Draft).individual
    assert taro
    run_lookup(taro, [], SimpleNamespace(datasets=list), record, "受付 2026-0001")  # type: ignore[arg-type]
    desk.verify()
    with closing(sqlite3.connect(desk.path)) as connection:
        rows = connection.execute("SELECT account, event, detail FROM audit ORDER BY number DESC LIMIT 2").fetchall()
    assert [row[:2] for row in rows] == [("tanto", "lookup_done"), ("tanto", "lookup_begun")]
    assert "受付 2026-0001" in rows[1][2]
    with pytest.raises(gates.RefusedError, match="role"):
        recorder(desk.file, "kessai", SECRETS["kessai"])
    desk.path.chmod(0o644)
    with pytest.raises(CasebookError, match="chmod 600"):
        run_lookup(taro, [], SimpleNamespace(datasets=list), record, "受付 2026-0001")  # type: ignore[arg-type]


# kept, copied, erased


def test_a_backup_is_restored_whole_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    case = desk.open()
    head = keeping.back_up(desk.file, tmp_path / "copy", "tanto")
    later = desk.open()
    with pytest.raises(CasebookError, match="cannot be made"):
        keeping.restore(tmp_path / "copy", desk.path, desk.keys)
    keeping.restore(tmp_path / "copy", tmp_path / "again", desk.keys, [head])
    restored = Desk(tmp_path / "again", desk.by, desk.keys)
    restored.verify(head)
    assert restored.book.case(case.number, desk.by) == case
    with pytest.raises(CasebookError, match="no request of that number"):
        restored.book.case(later.number, desk.by)
    with pytest.raises(TamperedError):
        keeping.restore(tmp_path / "copy", tmp_path / "third", desk.keys, [desk.verify()])
    with pytest.raises(LostKeyError):
        keeping.restore(tmp_path / "copy", tmp_path / "third", Keyring([NEW]))
    assert not (tmp_path / "third").exists()


def test_a_closed_case_is_erased_in_its_time_and_its_line_stays(desk: Desk) -> None:
    case, book = up_for_approval(desk), desk.book
    book.change(
        case.number, desk.by, "withdrawn",
        lambda case: case.model_copy(update={
            "progress": gates.withdrawn(case.progress, desk.by, now().date()), "papers_settled_on": now().date()}),
    )  # fmt: skip
    closed = book.close(case.number, desk.by)
    assert closed.closed_on
    (line,) = book.lines()
    assert line.keep_until == closed.closed_on.replace(year=closed.closed_on.year + 3).isoformat()
    with desk.file.transaction() as transaction:
        assert keeping.erase_due(transaction, now().date(), "tanto") == ()
        assert keeping.erase_due(transaction, date.fromisoformat(line.keep_until), "tanto") == (case.number,)
    assert desk.book.lines()[0].step == "erased"
    assert desk.book.lines()[0].arrived == line.arrived
    desk.verify()
    with pytest.raises(CasebookError, match="erased"):
        desk.book.case(case.number, desk.by)
    with closing(sqlite3.connect(desk.path)) as connection:
        assert connection.execute("SELECT count(*) FROM letters").fetchone() == (0,)
    desk.sql("UPDATE requests SET step = 'closed'")
    with pytest.raises(TamperedError):
        desk.verify()


# the command line

Daicho = Callable[..., Result]


@pytest.fixture
def daicho(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Daicho:
    for name, value in {"KEY": KEY, "": str(desk.path)}.items():
        monkeypatch.setenv("_".join(filter(None, ("DAICHO_CASEBOOK", name))), value)

    def run(*arguments: str, stdin: object = "", fails: int = 0, account: str = "tanto") -> Result:
        monkeypatch.setenv("DAICHO_ACCOUNT", account)
        monkeypatch.setenv("DAICHO_ACCOUNT_SECRET", SECRETS[account])
        text = stdin if isinstance(stdin, str) else json.dumps(stdin)
        result = CliRunner().invoke(main, arguments, input=text)
        assert result.exit_code == fails, result.output
        return result

    return run


def test_a_responder_is_led_from_the_first_paper_to_the_search(daicho: Daicho) -> None:
    told = json.loads(daicho("request", "new", "--format", "json", stdin=FORM).stdout)
    assert (told["step"], [one["code"] for one in told["missing"]]) == ("intake", ["paper", "paper", "fee"])
    assert f"daicho request verify {told['number']}" in told["next"]["ja"]
    told = json.loads(daicho("request", "verify", told["number"], "--format", "json", stdin=REST).stdout)
    assert (told["step"], told["missing"], told["tasks"]) == ("search", [], [])
    assert told["identity"] == {
        "name": "drivers_licence",
        "birth_date": "drivers_licence",
        "address": "drivers_licence",
    }
    assert told["days"]["target"]
    shown = daicho("request", "show", told["number"]).stdout
    assert "田中 太郎" in shown
    assert "→ 次: 全ての保管場所を検索します" in shown


def test_what_is_told_but_for_show_holds_nothing_of_the_person(daicho: Daicho) -> None:
    number = json.loads(daicho("request", "new", "--format", "json", stdin=FORM).stdout)["number"]
    printed = "".join(
        daicho(*command).output
        for command in (
            ("request", "list"),
            ("request", "list", "--format", "json"),
            ("request", "verify", number),
            ("casebook", "verify"),
            ("casebook", "head"),
            ("casebook", "count"),
        )
    )
    assert number in printed
    assert not any(value in printed for value in CANARIES)


@pytest.mark.parametrize(
    "stdin",
    [
        '{"kinds": ["disclosure"], "individual": {"氏名": "田中 太郎"',
        {**FORM, "田中太郎": 1},
        {**FORM, "channel": "田中太郎"},
        {**FORM, "kinds": ["田中太郎"]},
        {**FORM, "requester": "田中太郎"},
        {**FORM, "papers": [{"paper": "田中太郎"}]},
        {**FORM, "payments": [{"paid_by": "stamps", "amount": "田中太郎", "on": "1980-01-02"}]},
        {**FORM, "individual": {"氏名": ["田中 太郎", 1980]}},
        {**FORM, "individual": "田中 太郎"},
        {**FORM, "arrived": "1980年"},
        "[]",
    ],
)
def test_a_form_that_cannot_be_is_refused_without_a_word_of_it(daicho: Daicho, stdin: object) -> None:
    output = daicho("request", "new", stdin=stdin, fails=2).output
    assert output.startswith("daicho: ")
    assert not any(value in output for value in CANARIES)
    assert json.loads(daicho("casebook", "count").stdout) == {}


def test_a_fault_of_ours_says_its_place_and_nothing_of_the_case(
    daicho: Daicho, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    number = desk.open().number

    def fail(*arguments: object) -> None:
        raise ValueError(arguments)

    monkeypatch.setattr("pipelines.casebook.book.due", fail)
    output = daicho("request", "verify", number, stdin=REST, fails=70).output
    assert not any(value in output for value in CANARIES)
    monkeypatch.undo()
    desk.verify()
    assert [paper.paper for paper in desk.book.case(number, desk.by).papers] == ["DS-1"]


def test_a_light_stop_is_led_to_its_end(daicho: Daicho, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAICHO_STOP_LIST", str(tmp_path / "list.sqlite"))
    monkeypatch.setenv("DAICHO_STOP_LIST_KEY", "s" * 40)
    form = {"route": "opt_out_stop", "channel": "phone", "individual": PERSON}
    told = json.loads(daicho("request", "new", "--format", "json", stdin=form).stdout)
    number = told["number"]
    assert (told["step"], told["due"]["what"]) == ("stop", "stop")
    # no list yet: nothing is stopped, and nothing says so
    daicho("request", "stop", number, fails=2)
    assert json.loads(daicho("request", "list", "--format", "json").stdout)[0]["step"] == "stop"
    daicho("request", "answer", number, "--how", "telephone", fails=2)
    daicho("suppress", "start")
    daicho("request", "stop", number)
    asked = daicho("suppress", "check", "--for", "opt_out", stdin='{"メール": "canary@reiji.example"}').stdout
    assert json.loads(asked)["stops"][0]["case"] == number
    daicho("request", "answer", number, "--how", "telephone")
    told = json.loads(daicho("request", "close", number, "--format", "json").stdout)
    assert (told["step"], told["due"]) == ("closed", None)


def test_a_late_request_is_red_and_says_what_is_late(daicho: Daicho, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    daicho("request", "new", stdin={**FORM, "arrived": "2024-01-10T10:00+09:00"})
    (line,) = json.loads(daicho("request", "list", "--format", "json").stdout)
    assert line["late"]
    assert (line["due"], line["due_on"], line["suit_from"]) == ("acknowledge", "2024-01-15", "2024-01-25")
    assert "\x1b[1;31m2024-01-15 受付の連絡" in daicho("request", "list").stdout


def test_accounts_are_added_from_the_command_line(daicho: Daicho) -> None:
    daicho("casebook", "account", "atarashii", "--role", "responder", stdin="atarashii-himitsu\n", fails=2)
    daicho("casebook", "account", "atarashii", "--role", "responder", stdin="atarashii-himitsu\n", account="kessai")
    daicho("casebook", "secret", stdin="kaeta-ato-no-himitsu\n")
    daicho("request", "list", fails=2)
    daicho("casebook", "verify")
    daicho("casebook", "disable", "atarashii", account="kessai")
