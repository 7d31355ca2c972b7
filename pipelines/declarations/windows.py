"""Scan windows: when a store may be read at all."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)


class Window(BaseModel):
    """From one time of day to another, over midnight where that is earlier; `days` are those on which it opens."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    # text in YAML: without quotes it takes 22:00 for 1,320
    opens: str = Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    closes: str = Field(alias="to", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    days: tuple[Day, ...] = DAYS
    timezone: str = "Asia/Tokyo"

    def is_open(self, moment: datetime) -> bool:
        """Whether it is open at a moment, of any time zone."""
        here = moment.astimezone(ZoneInfo(self.timezone))
        return any(opening <= here < closing for opening, closing in self._around(here))

    def next_opening(self, moment: datetime) -> datetime:
        """When it opens next, in its own time zone."""
        here = moment.astimezone(ZoneInfo(self.timezone))
        return min(opening for opening, _ in self._around(here) if opening > here)

    def _around(self, here: datetime) -> list[tuple[datetime, datetime]]:
        """Openings and closings from yesterday on, of eight days."""
        opens, closes = time.fromisoformat(self.opens), time.fromisoformat(self.closes)
        found = []
        for ahead in range(-1, 8):
            day = here.date() + timedelta(days=ahead)
            if DAYS[day.weekday()] in self.days:
                until = day if opens < closes else day + timedelta(days=1)
                ends = (datetime.combine(day, opens, here.tzinfo), datetime.combine(until, closes, here.tzinfo))
                found.append(ends)
        return found

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                f"時間帯 {value!r} はありません。Asia/Tokyo のように書きます"
                f" · no time zone is called {value!r}: write Asia/Tokyo or its like"
            ) from None
        return value

    @model_validator(mode="after")
    def _lasts(self) -> Window:
        if self.opens == self.closes:
            raise ValueError(
                "開始と終了が同じです。いつでも読めるなら書きません"
                " · a window that opens and closes at the same time is none: leave it out"
            )
        if not self.days:
            raise ValueError("開く曜日がありません · a window needs days to open on")
        return self
