"""A desk on the invented company's register, served as it is in life: what the desk's tests are of."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import httpx
import pytest
from starlette.types import ASGIApp

from pipelines.casebook import accounts as casebook_accounts
from pipelines.casebook.opening import CasebookFile
from pipelines.casebook.sealing import VARIABLE, Keyring
from pipelines.clock import TOKYO
from pipelines.desk.accounts import AccountsFile
from pipelines.desk.app import app_of
from pipelines.desk.desk import Desk
from pipelines.desk.serving import listen, server
from pipelines.desk.settings import Proxy, Settings
from tests import filled_register

KEY = "k" * 40
SECRETS = {
    "ken": "engineer-no-himitsu",
    "hoshi": "privacy-no-himitsu1",
    "tsuki": "privacy-no-himitsu2",
    "tanto": "responder-no-himitsu",
    "kessai": "approver-no-himitsu",
}
ROLES = {"engineer": "ken", "privacy": "hoshi", "responder": "tanto", "approver": "kessai"}
"""Role → an account of it."""
STORES = """
  - {id: crm, kind: sql, label: 顧客管理, owner: 営業部, path: crm.sqlite}
  - {id: files, kind: files, label: 共有フォルダ, owner: 総務部, path: files}
"""


@dataclass
class Clock:
    """A moment that only the test moves on."""

    at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=TOKYO)

    def __call__(self) -> datetime:
        return self.at

    def later(self, **by: int) -> None:
        """Move on."""
        self.at += timedelta(**by)


@dataclass
class Opened:
    """A desk that is served, its clock, and what it is of."""

    desk: Desk
    clock: Clock
    folder: Path
    base: str
    left: ExitStack
    """Closes the browsers."""
    browsers: dict[str, httpx.Client] = field(default_factory=dict)

    def browser(self, headers: Mapping[str, str] | None = None) -> httpx.Client:
        """A browser that nobody is signed in with."""
        # a preview judges the whole register, which takes its time
        client = httpx.Client(base_url=self.base, headers=dict(headers or {}), trust_env=False, timeout=120)
        return self.left.enter_context(client)

    def signed_in(self, account: str) -> httpx.Client:
        """The browser of somebody who is signed in: the same one all through a test."""
        if account not in self.browsers:
            self.browsers[account] = self.browser()
            assert sign_in(self.browsers[account], account, SECRETS[account]).status_code == 303
        return self.browsers[account]


def everybody(folder: Path) -> None:
    """An account of every role, and an empty casebook."""
    own = AccountsFile.start(folder / "accounts.sqlite")
    own.add("ken", "engineer", SECRETS["ken"])
    own.add("hoshi", "privacy", SECRETS["hoshi"])
    own.add("tsuki", "privacy", SECRETS["tsuki"])
    with CasebookFile.start(folder / "casebook.sqlite", Keyring([KEY])).transaction() as transaction:
        casebook_accounts.add(transaction, "tanto", "responder", SECRETS["tanto"], None)
        casebook_accounts.add(transaction, "kessai", "approver", SECRETS["kessai"], None)


@contextmanager
def opened(folder: Path, proxy: Proxy | None = None) -> Iterator[Opened]:
    """A desk with an account of every role on the invented company's register and an empty casebook."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv(VARIABLE, KEY)
        filled_register.filled(folder / "register.sqlite")
        filled_register.declarations(folder / "declarations", STORES)
        everybody(folder)
        clock, listening = Clock(), listen("127.0.0.1", 0)
        settings = Settings(
            declarations=folder / "declarations",
            register=str(folder / "register.sqlite"),
            accounts=folder / "accounts.sqlite",
            casebook=folder / "casebook.sqlite",
            port=listening.getsockname()[1],
            proxy=proxy,
        )
        desk = Desk(settings, clock)
        with served(app_of(desk), listening) as base, ExitStack() as left:
            yield Opened(desk, clock, folder, base, left)


@contextmanager
def served(app: ASGIApp, listening: socket.socket) -> Iterator[str]:
    """An app behind the desk's own server; answers where."""
    serving = server(app)
    thread = Thread(target=serving.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        serving.should_exit = True
        thread.join()


def token(page: httpx.Response) -> str:
    """The token in a page's form."""
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def sign_in(browser: httpx.Client, account: str, secret: str, there: str = "/") -> httpx.Response:
    """What a sign-in answers."""
    form = {"csrf": token(browser.get("/sign-in")), "name": account, "secret": secret, "next": there}
    return browser.post("/sign-in", data=form)


def sent(browser: httpx.Client, path: str, fields: Mapping[str, str | list[str]]) -> httpx.Response:
    """What a form answers that carries its session's token."""
    return browser.post(path, data={**fields, "csrf": token(browser.get("/"))})
