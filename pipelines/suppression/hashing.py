"""Keyed hashes: HMAC-SHA-256 (RFC 2104) by keys that stand in the environment or the secrets file, nowhere else."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

VARIABLE = "DAICHO_STOP_LIST_KEY"
"""The current key; behind it, after a comma, older ones that entries still stand by."""


class StopListError(Exception):
    """The stop list, its key or what is held against it is not as it must be; says what to do (exit code 2)."""


class HashKey:
    """One secret. It shows its id alone."""

    __slots__ = ("_begun", "id")

    def __init__(self, secret: str) -> None:
        # begun once: a copy of it costs less than a new one
        self._begun = hmac.new(secret.encode(), digestmod="sha256")
        self.id = self.digest("key", "").hex()[:8]
        """Tells keys apart, and says nothing of them."""

    def __repr__(self) -> str:
        return f"HashKey({self.id})"

    def digest(self, kind: str, text: str) -> bytes:
        """The hash of a text as one of a kind: a number is not the same hash as a phone and as a member number."""
        begun = self._begun.copy()
        begun.update(f"{kind}\0{text}".encode(errors="surrogatepass"))
        return begun.digest()


def hash_keys(environment: Mapping[str, str] | None = None) -> tuple[HashKey, ...]:
    """The keys, the current one first; raises StopListError."""
    from pipelines.declarations.credentials import KeyMissingError, keys_of

    try:
        return tuple(map(HashKey, keys_of(VARIABLE, environment)))
    except KeyMissingError as error:
        raise StopListError(f"停止リスト (stop list): {error}") from None
