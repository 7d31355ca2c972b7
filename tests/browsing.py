"""A page in a real browser, with everything it complains of or asks for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright


@dataclass
class Opened:
    """A page in the browser, with everything it complained of or asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def started() -> Iterator[Browser]:
    """Chromium of this machine."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        missing = "no browser: install chromium (Debian: apt-get install chromium) to test the HTML report"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


def opened(browser: Browser, file: Path, width: int = 1280) -> Opened:
    context = browser.new_context(viewport={"width": width, "height": 900})
    view = Opened(context.new_page())

    def ask(route: Route) -> None:
        if route.request.url != file.as_uri() and not route.request.url.startswith("data:"):
            view.asked.append(route.request.url)
        route.continue_()

    view.page.route("**/*", ask)
    view.page.on("console", lambda message: view.said.append(message.text))
    view.page.on("pageerror", lambda error: view.said.append(str(error)))
    view.page.goto(file.as_uri())
    return view
