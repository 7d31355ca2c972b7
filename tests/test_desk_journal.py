"""Who came to the desk, left it or was refused is written down, only ever added to, and shown to the privacy team."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from pipelines.casebook import accounts as casebook_accounts
from pipelines.casebook.hands import Hand
from pipelines.cli import main
from pipelines.desk.accounts import VERSION, AccountsFile
from pipelines.desk.settings import Proxy
from tests.desk_of import SECRETS, Opened, opened, sent, sign_in

WRONG = "wrong-secret-here"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Opened]:
    with opened(tmp_path) as found:
        yield found


def entries(desk: Opened) -> list[tuple[str, str, str]]:
    """Event, account and address of each sign-in, the oldest first."""
    kept = AccountsFile(desk.folder / "accounts.sqlite").entries()
    return [(one.event, one.account, one.address) for one in reversed(kept) if one.event != "account_added"]


def test_who_came_left_and_was_refused_stands_in_the_journal(desk: Opened) -> None:
    sign_in(desk.browser(), "ken", WRONG)
    sent(desk.signed_in("ken"), "/sign-out", {})
    desk.signed_in("hoshi")
    here = "127.0.0.1"
    assert entries(desk) == [
        ("refused", "ken", here), ("signed_in", "ken", here), ("signed_out", "ken", here), ("signed_in", "hoshi", here),
    ]  # fmt: skip


def test_a_secret_stands_nowhere_even_where_it_was_typed_as_a_name(desk: Opened) -> None:
    sign_in(desk.browser(), SECRETS["ken"], WRONG)
    sign_in(desk.browser(), "ken", WRONG)
    assert entries(desk) == [("refused", "", "127.0.0.1"), ("refused", "ken", "127.0.0.1")]
    kept = b"".join(file.read_bytes() for file in desk.folder.glob("accounts.sqlite*"))
    assert SECRETS["ken"].encode() not in kept
    assert WRONG.encode() not in kept


def test_whoever_is_locked_out_fills_no_journal(desk: Opened) -> None:
    for _ in range(9):
        sign_in(desk.browser(), "ken", WRONG)
    assert [event for event, _, _ in entries(desk)] == ["refused"] * 5 + ["locked"]


def test_nothing_in_it_can_be_changed_or_taken_out(desk: Opened) -> None:
    desk.signed_in("ken")
    before = entries(desk)
    with sqlite3.connect(desk.folder / "accounts.sqlite") as connection:
        for statement in ("DELETE FROM journal", "UPDATE journal SET account = 'hoshi'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)
    connection.close()
    assert entries(desk) == before


def test_responders_and_approvers_stand_in_the_casebooks_audit_instead(desk: Opened) -> None:
    sign_in(desk.browser(), "tanto", WRONG)
    sent(desk.signed_in("tanto"), "/sign-out", {})
    assert entries(desk) == []
    shown = desk.signed_in("kessai").get("/audit").text
    for said in ("サインイン", "サインアウト", "秘密が違う", "接続元: 127.0.0.1"):
        assert said in shown


def test_the_privacy_team_sees_it_and_nobody_else(desk: Opened) -> None:
    sign_in(desk.browser(), "nobody-there", WRONG)
    engineer = desk.signed_in("ken")
    page = desk.signed_in("hoshi").get("/audit").text
    assert "（ない口座）" in page
    assert "nobody-there" not in page
    assert "127.0.0.1" in page
    only = desk.signed_in("hoshi").get("/audit", params={"event": "refused"}).text.partition("<tbody>")[2]
    assert len(re.findall("<tr>", only.partition("</tbody>")[0])) == 1
    none = desk.signed_in("hoshi").get("/audit", params={"account": "tsuki", "event": "refused"}).text
    assert "当てはまる記録はありません" in none
    assert engineer.get("/audit").status_code == 403
    assert "サインインの記録" not in desk.signed_in("kessai").get("/audit").text


def test_a_second_person_who_proves_himself_has_not_come_in(desk: Opened) -> None:
    browser = desk.signed_in("hoshi")
    form = {"about": "column", "store": "crm", "dataset": "dtb_customer", "column": "email", "says": "phone"}
    form |= {"why": "x", "second": "tsuki", "second_secret": SECRETS["tsuki"], "until": "2027-03-31"}
    assert sent(browser, "/rulings", form).status_code == 303
    assert [account for event, account, _ in entries(desk) if event == "signed_in"] == ["hoshi"]


def test_behind_a_proxy_it_says_from_where_and_by_whom(tmp_path: Path) -> None:
    headers = {"host": "desk.example", "x-daicho-proxy-secret": "p" * 40, "x-forwarded-for": "evil, 203.0.113.9"}
    with opened(tmp_path, Proxy("desk.example", ("p" * 40,), "x-user")) as desk:
        desk.browser({**headers, "x-user": "hoshi"}).get("/sign-in")
        desk.browser({**headers, "x-user": "mallory"}).get("/sign-in")
        assert entries(desk) == [("signed_in", "hoshi", "203.0.113.9"), ("refused", "", "203.0.113.9")]
        assert next(one for one in AccountsFile(tmp_path / "accounts.sqlite").entries() if one.by).by == "proxy"


def close_of_casebook(desk: Opened, account: str) -> None:
    assert desk.desk.casebook
    with desk.desk.casebook.transaction() as transaction:
        casebook_accounts.disable(transaction, account, Hand("kessai", "approver"))


def test_whoever_tries_a_closed_account_of_the_casebook_stands_in_the_journal(desk: Opened) -> None:
    close_of_casebook(desk, "tanto")
    for _ in range(7):
        sign_in(desk.browser(), "tanto", SECRETS["tanto"])
    assert [one[:2] for one in entries(desk)] == [("refused", "tanto")] * 5 + [("locked", "tanto")]


def test_whom_the_proxy_names_in_vain_stands_in_the_journal_until_he_has_to_wait(tmp_path: Path) -> None:
    headers = {"host": "desk.example", "x-daicho-proxy-secret": "p" * 40, "x-forwarded-for": "203.0.113.9"}
    with opened(tmp_path, Proxy("desk.example", ("p" * 40,), "x-user")) as desk:

        def named(account: str) -> int:
            return desk.browser({**headers, "x-user": account}).get("/sign-in").status_code

        close_of_casebook(desk, "tanto")
        assert {named("tanto") for _ in range(7)} == {403}
        assert [one[:2] for one in entries(desk)] == [("refused", "tanto")] * 5 + [("locked", "tanto")]
        assert {one.by for one in AccountsFile(tmp_path / "accounts.sqlite").entries()} == {"", "proxy"}
        assert {named(f"nobody-{number}") for number in range(40)} == {403}
        kept = entries(desk)
        assert len(kept) == 32, "thirty of one address, and that each of the two has to wait"
        assert named("hoshi") == 303, "whom it names rightly is in"
        assert entries(desk)[len(kept) :] == [("signed_in", "hoshi", "203.0.113.9")]


def test_of_several_lines_of_addresses_the_proxys_own_is_the_last(tmp_path: Path) -> None:
    lines = [("host", "desk.example"), ("x-daicho-proxy-secret", "p" * 40), ("x-user", "hoshi")]
    lines += [("x-forwarded-for", "198.51.100.1, 198.51.100.2"), ("x-forwarded-for", "203.0.113.9")]
    with opened(tmp_path, Proxy("desk.example", ("p" * 40,), "x-user")) as desk:
        with httpx.Client(base_url=desk.base, headers=lines, trust_env=False) as browser:
            assert browser.get("/sign-in").status_code == 303
        assert entries(desk) == [("signed_in", "hoshi", "203.0.113.9")]


def test_what_is_done_to_accounts_stands_in_it_and_an_older_file_gets_one(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    AccountsFile.start(file).add("ken", "engineer", SECRETS["ken"])
    with sqlite3.connect(file) as connection:  # as the version before left it
        for statement in ("DROP TABLE journal", "PRAGMA user_version = 1"):
            connection.execute(statement)
    connection.close()
    done = CliRunner().invoke(main, ["desk", "account", "disable", "ken", "--accounts", str(file)])
    assert done.exit_code == 0
    assert [(one.event, one.account) for one in AccountsFile(file).entries()] == [("account_disabled", "ken")]
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    connection.close()
