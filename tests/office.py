"""The fictional company's desk, served with everybody who works at it, and a browser's windows on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pipelines.casebook.sealing import VARIABLE
from pipelines.clock import now
from pipelines.desk.app import app_of
from pipelines.desk.desk import Desk
from pipelines.desk.serving import listen
from pipelines.desk.settings import Settings
from tests.conftest import DECLARATIONS, Run
from tests.desk_of import KEY, SECRETS, everybody, served

PHONE, SCREEN = 375, 1280


@dataclass
class Office:
    """The fictional company's desk, and a browser's windows on it."""

    base: str
    desk: Desk
    declarations: Path
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """What a browser complained of."""
    asked: list[str] = field(default_factory=list)
    """What it asked others than the desk for."""

    def sits_down(self, account: str, width: int = SCREEN) -> Page:
        """Somebody signs in, by the keyboard alone."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale="ja-JP")
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda one: self.asked.append(one.url) if not one.url.startswith(self.base) else None)
        page.goto(f"{self.base}/")
        expect(page).to_have_title("サインイン – 台帳の机")
        page.keyboard.type(account)
        page.keyboard.press("Tab")
        page.keyboard.type(SECRETS[account])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="概要", exact=True)).to_be_visible()
        return page


@contextmanager
def office_of(run: Run, browser: Browser, folder: Path) -> Iterator[Office]:
    """The desk on a run over the company, with an account of every role and an empty casebook in that folder."""
    declarations = folder / "declarations"
    shutil.copytree(DECLARATIONS, declarations)
    everybody(folder)
    listening = listen("127.0.0.1", 0)
    settings = Settings(
        declarations,
        str(run.register),
        folder / "accounts.sqlite",
        casebook=folder / "casebook.sqlite",
        port=listening.getsockname()[1],
    )
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("DAICHO_SAMPLES", str(run.samples))
        monkeypatch.setenv(VARIABLE, KEY)
        desk = Desk(settings, now)
        with served(app_of(desk), listening) as base:
            found = Office(base, desk, declarations, browser)
            yield found
            for context in found.contexts:
                context.close()
    assert not found.said
    assert not found.asked
