"""The day a run judges by: the law's days are Japanese days, wherever the machine stands."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """This moment, in Japan's time."""
    return datetime.now(TOKYO)


def today() -> date:
    """Today in Japan."""
    return now().date()
