"""Who gets in at the desk and for how long: sign-ins, sessions, cookies, the proxy, and how it may be started."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.desk.settings import PROXY_SECRET, Proxy
from tests.desk_of import ROLES, SECRETS, Opened, opened, sent, sign_in, token


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Opened]:
    """A desk of this test alone, for what is remembered of who tried what."""
    with opened(tmp_path) as found:
        yield found


# ------------------------------------------------------------------------------------------------- sign-in and sessions


def test_a_session_never_has_an_id_that_the_browser_brought(fresh: Opened) -> None:
    planted = "x" * 43
    browser = fresh.browser()
    browser.cookies.set("daicho", planted, domain="127.0.0.1")
    assert browser.get("/").status_code == 303
    assert sign_in(browser, "ken", SECRETS["ken"]).status_code == 303
    mine = [cookie.value for cookie in browser.cookies.jar if cookie.name == "daicho"]
    assert planted not in mine[-1:]
    with httpx.Client(base_url=fresh.base, cookies={"daicho": planted}, trust_env=False) as thief:
        assert thief.get("/").status_code == 303


def test_signing_in_again_gives_another_id_and_ends_the_first(fresh: Opened) -> None:
    browser = fresh.signed_in("ken")
    first = browser.cookies["daicho"]
    assert sent(browser, "/sign-out", {}).headers["location"] == "/sign-in"
    assert "daicho" not in browser.cookies
    with httpx.Client(base_url=fresh.base, cookies={"daicho": first}, trust_env=False) as old:
        assert old.get("/").status_code == 303


@pytest.mark.parametrize(("account", "file"), [("ken", "accounts.sqlite"), ("tanto", "casebook.sqlite")])
def test_signing_out_ends_the_session_even_where_nothing_can_be_written(
    fresh: Opened, account: str, file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    browser = fresh.signed_in(account)
    form, session = {"csrf": token(browser.get("/"))}, browser.cookies["daicho"]
    fresh.clock.later(minutes=5)
    (fresh.folder / file).chmod(0o644)  # the desk neither reads nor writes what others can read
    left = browser.post("/sign-out", data=form)
    assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
    (fresh.folder / file).chmod(0o600)
    assert fresh.browser({"cookie": f"daicho={session}"}).get("/").status_code == 303
    assert "sign_out: not written down" in capfd.readouterr().err


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(desk: Opened) -> None:
    browser = desk.browser()
    door = browser.get("/sign-in").headers["set-cookie"].lower()
    session = sign_in(browser, "ken", SECRETS["ken"]).headers["set-cookie"].lower()
    for cookie in (door, session):
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert "secure" not in cookie  # plain HTTP, and on loopback alone


def test_an_unused_session_ends_and_a_page_that_asks_by_itself_does_not_keep_it(fresh: Opened) -> None:
    browser = fresh.signed_in("ken")
    for _ in range(3):
        fresh.clock.later(minutes=14)
        assert browser.get("/").status_code == 200
    for _ in range(3):
        fresh.clock.later(minutes=4)
        assert browser.get("/running").status_code == 200
    fresh.clock.later(minutes=4)
    ended = browser.get("/register")
    assert (ended.status_code, ended.headers["location"]) == (303, "/sign-in?next=%2Fregister")
    assert browser.post("/sign-out", data={"csrf": "x"}).status_code == 403


def test_a_session_ends_after_its_longest_life_however_used(fresh: Opened) -> None:
    browser = fresh.signed_in("ken")
    for _ in range(47):
        fresh.clock.later(minutes=10)
        assert browser.get("/").status_code == 200
    fresh.clock.later(minutes=10)
    assert browser.get("/").status_code == 303


def test_an_account_that_is_closed_is_out_within_a_minute(fresh: Opened) -> None:
    browser = fresh.signed_in("ken")
    done = CliRunner().invoke(
        main, ["desk", "account", "disable", "ken", "--accounts", str(fresh.folder / "accounts.sqlite")]
    )
    assert done.exit_code == 0
    fresh.clock.later(seconds=61)
    assert browser.get("/").status_code == 303


def test_wrong_secrets_lock_an_account_for_a_while_and_tell_nothing_of_which_there_are(fresh: Opened) -> None:
    for account in ("ken", "nobody-there"):
        browser = fresh.browser()
        answers = [sign_in(browser, account, f"wrong-secret-{number}") for number in range(5)]
        assert [answer.status_code for answer in answers] == [403, 403, 403, 403, 429]
        assert "口座名か秘密が違います" in answers[0].text
        assert "15 分" in answers[-1].text
        assert sign_in(browser, account, SECRETS.get(account, "x" * 12)).status_code == 429
    assert sign_in(fresh.browser(), "hoshi", SECRETS["hoshi"]).status_code == 303
    fresh.clock.later(minutes=16)
    assert sign_in(fresh.browser(), "ken", SECRETS["ken"]).status_code == 303


def test_an_address_that_guesses_at_many_accounts_is_locked_out(fresh: Opened) -> None:
    browser = fresh.browser()
    seen = [sign_in(browser, f"guess-{number}", "wrong-secret-here").status_code for number in range(30)]
    assert set(seen[:-1]) == {403}
    assert seen[-1] == 429
    assert sign_in(browser, "hoshi", SECRETS["hoshi"]).status_code == 429


def test_a_responders_wrong_secret_stands_in_the_casebooks_audit(fresh: Opened) -> None:
    sign_in(fresh.browser(), "tanto", "wrong-secret-here")
    shown = fresh.signed_in("kessai").get("/audit").text
    assert "秘密が違う" in shown
    assert "口座 tanto" in shown
    assert "監査記録を閲覧" in shown


@pytest.mark.parametrize("role", ROLES)
def test_each_account_signs_in_as_what_it_is(desk: Opened, role: str) -> None:
    words = {"engineer": "データ担当", "privacy": "個人情報保護担当", "responder": "請求の担当者", "approver": "決裁者"}
    assert f"<small>{words[role]}</small>" in desk.signed_in(ROLES[role]).get("/").text


def test_the_accounts_are_their_owners_alone_and_hold_no_secret(desk: Opened) -> None:
    file = desk.folder / "accounts.sqlite"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(secret.encode() in file.read_bytes() for secret in SECRETS.values())
    with sqlite3.connect(file) as connection:
        kept = [row[0] for row in connection.execute("SELECT secret FROM accounts")]
    connection.close()
    assert all(phc.startswith("$argon2id$") for phc in kept)


# ------------------------------------------------------------------------------------------------- behind a proxy


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    proxy = Proxy("desk.example", ("p" * 40, "q" * 40), "x-user")
    with opened(tmp_path_factory.mktemp("proxied"), proxy) as found:
        yield found


BY_PROXY = {"host": "desk.example", "x-daicho-proxy-secret": "p" * 40, "x-forwarded-for": "203.0.113.9"}


def test_whom_the_proxy_names_is_in_and_the_cookie_is_for_tls_alone(proxied: Opened) -> None:
    answer = proxied.browser({**BY_PROXY, "x-user": "hoshi"}).get("/sign-in")
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-daicho=")
    assert "Secure" in cookie
    assert "max-age" in answer.headers["strict-transport-security"]
    id = cookie.partition("=")[2].partition(";")[0]
    as_hoshi = {**BY_PROXY, "x-user": "hoshi", "cookie": f"__Host-daicho={id}"}
    assert proxied.browser(as_hoshi).get("/exports").status_code == 200
    assert proxied.browser({**as_hoshi, "x-user": "ken"}).get("/exports").status_code == 303
    assert proxied.browser(as_hoshi).get("/exports").status_code == 303  # the session ended with that


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "desk.example"},
        {"host": "desk.example", "x-daicho-proxy-secret": "wrong"},
        {"host": "desk.example", "x-daicho-proxy-secret": ""},
        {"host": "evil.example", "x-daicho-proxy-secret": "p" * 40},
    ],
)
def test_a_user_header_without_the_proxys_secret_is_nothing(proxied: Opened, headers: dict[str, str]) -> None:
    answer = proxied.browser({**headers, "x-user": "hoshi"}).get("/sign-in")
    assert answer.status_code in (403, 421)
    assert "set-cookie" not in answer.headers


def test_a_user_without_an_account_or_named_twice_is_not_in(proxied: Opened) -> None:
    assert proxied.browser({**BY_PROXY, "x-user": "mallory"}).get("/sign-in").status_code == 403
    twice = httpx.Headers([*BY_PROXY.items(), ("x-user", "hoshi"), ("x-user", "ken")])
    with httpx.Client(base_url=proxied.base, headers=twice, trust_env=False) as browser:
        answer = browser.get("/sign-in")
    assert (answer.status_code, "__Host-daicho=" in answer.headers.get("set-cookie", "")) == (403, False)


def test_without_a_proxy_a_user_header_is_nothing(desk: Opened) -> None:
    answer = desk.browser({"x-user": "hoshi", "x-daicho-user": "hoshi", "x-forwarded-for": "1.1.1.1"}).get("/")
    assert answer.status_code == 303
    assert desk.desk.settings.proxy is None


# ------------------------------------------------------------------------------------------------- starting


def test_it_starts_for_others_than_this_machine_behind_a_proxy_alone(
    desk: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(desk.desk.settings, host="0.0.0.0")
    of = ["--declarations", str(settings.declarations), "--register", settings.register]
    of += ["--accounts", str(settings.accounts)]
    for host in ("0.0.0.0", "192.0.2.7", "::", "desk.example"):
        done = CliRunner().invoke(main, ["desk", *of, "--host", host])
        assert (done.exit_code, "--behind-proxy" in done.output) == (2, True)
    monkeypatch.delenv(PROXY_SECRET, raising=False)
    done = CliRunner().invoke(main, ["desk", *of, "--behind-proxy", "desk.example"])
    assert (done.exit_code, PROXY_SECRET in done.output) == (2, True)
    done = CliRunner().invoke(main, ["desk", *of, "--user-header", "X-User"])
    assert (done.exit_code, "--behind-proxy" in done.output) == (2, True)


def test_a_taken_port_a_missing_file_and_accounts_that_others_read_are_said_in_words(
    desk: Opened, tmp_path: Path
) -> None:
    settings = desk.desk.settings
    of = ["--declarations", str(settings.declarations), "--register", settings.register]
    accounts = ["--accounts", str(settings.accounts)]
    taken = CliRunner().invoke(main, ["desk", *of, *accounts, "--port", str(settings.port)])
    assert (taken.exit_code, "--port" in taken.output) == (2, True)
    missing = CliRunner().invoke(main, ["desk", *of, "--accounts", str(tmp_path / "none.sqlite")])
    assert (missing.exit_code, "daicho desk account add" in missing.output) == (2, True)
    open_to_all = tmp_path / "open.sqlite"
    open_to_all.write_bytes(settings.accounts.read_bytes())
    open_to_all.chmod(0o644)
    done = CliRunner().invoke(main, ["desk", *of, "--accounts", str(open_to_all)])
    assert (done.exit_code, "chmod 600" in done.output) == (2, True)
    nothing = CliRunner().invoke(main, ["desk"], env={"DAICHO_REGISTER": ""})
    assert nothing.exit_code == 2


def test_accounts_are_added_with_a_secret_that_is_long_and_ones_own(tmp_path: Path) -> None:
    file = str(tmp_path / "accounts.sqlite")

    def add(name: str, secret: str, role: str = "privacy") -> tuple[int, str]:
        done = CliRunner().invoke(
            main, ["desk", "account", "add", name, "--role", role, "--accounts", file], input=f"{secret}\n"
        )
        return done.exit_code, done.output

    assert add("hoshi", "privacy-no-himitsu1")[0] == 0
    assert add("hoshi", "another-secret-here")[0] == 2
    assert add("tsuki", "short")[0] == 2
    assert add("tsuki", "privacy-no-himitsu1")[0] == 2
    assert add("星 さん", "privacy-no-himitsu2")[0] == 2
    assert add("kage", "responder-no-himitsu", "responder")[0] == 2
    listed = CliRunner().invoke(main, ["desk", "account", "list", "--accounts", file])
    assert listed.output == "hoshi\tprivacy\n"
