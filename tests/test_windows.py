"""Scan windows: a store is read while its window is open, and what was known of it stays while it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines import clock
from pipelines.declarations import DeclarationsError, load
from pipelines.declarations.windows import DAYS, Window
from pipelines.register import Register
from tests.conftest import DECLARATIONS

NIGHTS = Window.model_validate({"from": "22:00", "to": "05:00", "days": ["fri"]})


def at(text: str) -> datetime:
    """A moment in Japan."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.TOKYO)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-27 21:59", False),
        ("2026-11-27 22:00", True),  # a Friday
        ("2026-11-28 04:59", True),
        ("2026-11-28 05:00", False),
        ("2026-11-28 23:00", False),
    ],
)
def test_a_window_over_midnight_belongs_to_the_day_it_opens_on(moment: str, is_open: bool) -> None:
    assert NIGHTS.is_open(at(moment)) is is_open


def test_a_window_speaks_of_its_own_time_zone() -> None:
    london = Window.model_validate({"from": "01:00", "to": "02:00", "timezone": "Europe/London"})
    assert london.is_open(at("2026-11-27 10:30"))
    assert not london.is_open(at("2026-11-27 01:30"))


times = st.times().map(lambda time: f"{time:%H:%M}")


@given(times, times, st.sets(st.sampled_from(DAYS), min_size=1), st.datetimes(timezones=st.just(clock.TOKYO)))
def test_it_is_open_when_it_opens_and_shut_until_then(
    opens: str, closes: str, days: set[str], moment: datetime
) -> None:
    if opens == closes or not 1900 < moment.year < 2200:
        return
    window = Window.model_validate({"from": opens, "to": closes, "days": sorted(days)})
    following = window.next_opening(moment)
    assert following > moment
    assert window.is_open(following)
    assert f"{following:%H:%M}" == opens


@pytest.mark.parametrize(
    "row",
    [
        {"from": "22:00", "to": "22:00"},
        {"from": "25:00", "to": "05:00"},
        {"from": 1320, "to": "05:00"},
        {"from": "22:00", "to": "05:00", "timezone": "Asia/Edo"},
        {"from": "22:00", "to": "05:00", "days": []},
        {"from": "22:00", "to": "05:00", "days": ["金"]},
    ],
)
def test_a_window_that_is_none_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Window.model_validate(row)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """Two folders, one of which is read by night alone; sixteen files each."""
    declarations = tmp_path / "declarations"
    declarations.mkdir()
    shutil.copy(DECLARATIONS / "company.yml", declarations)
    rows = []
    for store, window in (("hiru", ""), ("yoru", ', window: {from: "22:00", to: "05:00"}')):
        folder = tmp_path / store
        folder.mkdir()
        for number in range(16):
            text = f"会員番号,氏名\n{number:05},羽鳥 八重子\n"
            (folder / f"会員{number:02}.csv").write_text(text, encoding="utf-8")
        rows.append(f"  - {{id: {store}, kind: files, path: {folder}, owner: 総務部{window}}}\n")
    (declarations / "stores.yml").write_text("stores:\n" + "".join(rows), encoding="utf-8")
    return declarations


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What time it is: one moment, or the next one each time somebody looks, then the last."""

    def put(*moments: str) -> None:
        left = [at(moment) for moment in moments]
        monkeypatch.setattr(clock, "now", lambda: left.pop(0) if len(left) > 1 else left[0])

    return put


def test_a_store_is_left_alone_outside_its_window_and_what_was_known_stays(
    company: Path, set_clock: Callable[..., None], tmp_path: Path
) -> None:
    from pipelines.flows import scan

    location = str(tmp_path / "register.sqlite")
    set_clock("2026-11-27 23:00")
    scan(str(company), location)
    assert len(Register.open(location).datasets()) == 32
    set_clock("2026-11-28 12:00")
    scan(str(company), location, anew=True)
    book = Register.open(location)
    (missed,) = book.not_read()
    assert (missed.store, missed.name, missed.reason) == ("yoru", "", "outside_window")
    assert "2026-11-28 22:00" in missed.hint
    assert len(book.datasets()) == 32


def test_a_window_that_closes_leaves_the_rest_for_the_next_run(
    company: Path, set_clock: Callable[..., None], tmp_path: Path
) -> None:
    from pipelines.flows import scan

    location = str(tmp_path / "register.sqlite")
    # looked at when the day is asked for, when the store is listed, and before each of its two pieces
    set_clock("2026-11-28 04:50", "2026-11-28 04:51", "2026-11-28 04:52", "2026-11-28 05:10")
    scan(str(company), location)
    book = Register.open(location)
    assert {(missed.store, missed.reason) for missed in book.not_read()} == {("yoru", "outside_window")}
    assert len(book.not_read()) == 8
    assert sum(one.store == "yoru" for one in book.datasets()) == 8
    set_clock("2026-11-28 22:30")
    scan(str(company), location)
    book = Register.open(location)
    assert not book.not_read()
    assert len(book.datasets()) == 32


def test_a_window_without_quotes_is_told_in_words(company: Path) -> None:
    text = (company / "stores.yml").read_text(encoding="utf-8").replace('"', "")
    (company / "stores.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationsError, match="引用符で囲む"):
        load(company)
