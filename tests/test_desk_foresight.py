"""Judging ahead of a ruling's form: what failed is tried again, and nothing of an earlier register is held for it."""

from __future__ import annotations

import gc
import threading
from datetime import date
from pathlib import Path
from threading import Lock
from weakref import ref

import pytest

from pipelines.declarations import Declarations, load
from pipelines.desk import foresight
from pipelines.desk.foresight import Foresight
from pipelines.judging import as_if
from pipelines.register import Register
from tests import filled_register

WRITING = Lock()
DAY = date(2026, 11, 24)
STORES = "  - {id: crm, kind: sql, path: x}\n  - {id: files, kind: files, path: y}\n"


def company(folder: Path) -> tuple[Declarations, Register]:
    filled_register.filled(folder / "register.sqlite")
    known = load(filled_register.declarations(folder / "declarations", STORES))
    return known, Register.open(folder / "register.sqlite", create=False)


def prepared(ahead: Foresight, known: Declarations, register: Register) -> bool:
    """Whether it went to work; it has ended by then."""
    before = {*threading.enumerate()}
    with WRITING:  # it waits, and is seen
        ahead.prepare(known, register, DAY)
        begun = {*threading.enumerate()} - before
    for thread in begun:
        thread.join()
    return bool(begun)


def test_a_preparation_that_failed_is_tried_again_and_one_that_did_not_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    known, register = company(tmp_path)
    ahead = Foresight(WRITING)

    def failing(*_: object) -> None:
        raise OSError("架空 花子")

    monkeypatch.setattr(foresight, "as_if", failing)
    assert prepared(ahead, known, register)
    told = capfd.readouterr().err
    assert "foresight" in told
    assert "架空" not in told
    monkeypatch.setattr(foresight, "as_if", as_if)
    assert prepared(ahead, known, register)
    assert not prepared(ahead, known, register)


def test_a_register_that_nobody_else_holds_is_gone(tmp_path: Path) -> None:
    known, register = company(tmp_path)
    ahead = Foresight(WRITING)
    assert prepared(ahead, known, register)
    held = ref(register)
    del register
    gc.collect()
    assert held() is None
    assert prepared(ahead, known, Register.open(tmp_path / "register.sqlite", create=False)), "another one"
