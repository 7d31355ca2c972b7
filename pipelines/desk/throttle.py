"""Who has to wait before he may try again: wrong secrets are counted by account and by address."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
"""Failures within it count, and so long a lock-out lasts after the last one."""
OF_ACCOUNT, OF_ADDRESS = 5, 30
"""Failures that lock: of one account from anywhere, of one address at any account."""
_MOST = 20_000
"""Names and addresses that are remembered: whoever invents names must not fill the memory."""


class Throttle:
    """Failures by whom they were of."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._failed: dict[tuple[str, str], deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, account: str, address: str) -> timedelta:
        """How long they have to wait; zero: not at all."""
        at = self._now()
        with self._lock:
            return max(self._left(key, most, at) for key, most in _keys(account, address))

    def failed(self, account: str, address: str) -> None:
        """Note that a secret was wrong."""
        at = self._now()
        with self._lock:
            if len(self._failed) > _MOST:
                self._failed = {key: times for key, times in self._failed.items() if at - times[-1] < WINDOW}
            for key, most in _keys(account, address):
                self._failed.setdefault(key, deque(maxlen=most)).append(at)

    def passed(self, account: str) -> None:
        """Forget an account's failures; its address's stay: one known secret must not cover for guessing others."""
        with self._lock:
            self._failed.pop(("account", account), None)

    def _left(self, key: tuple[str, str], most: int, at: datetime) -> timedelta:
        times = self._failed.get(key)
        if times is None or len(times) < most or times[-1] - times[0] > WINDOW:
            return timedelta(0)
        return max(timedelta(0), times[-1] + WINDOW - at)


def _keys(account: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    return (("account", account), OF_ACCOUNT), (("address", address), OF_ADDRESS)
