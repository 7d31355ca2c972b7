"""Sealing at rest: AES-256-GCM (NIST SP 800-38D) under keys that stand in the environment or the secrets file.

A sealed text is bound to its place, so that none can be moved to another case. It begins with the id of its key, so
that a casebook under two keys can be read while it is brought to the newer one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pipelines.declarations.credentials import KeyMissingError, keys_of

VARIABLE = "DAICHO_CASEBOOK_KEY"
"""The current key; behind it, after a comma, the one before, for `daicho casebook rotate`."""
_ID, _NONCE = 4, 12


class CasebookError(Exception):
    """The casebook, its key, an account or a step is not as it must be; says what to do, never a value of a case."""


class LostKeyError(CasebookError):
    """What was sealed cannot be opened by the keys that are given."""


class Keyring:
    """The casebook's keys. They show their ids alone."""

    __slots__ = ("_ciphers", "current")

    def __init__(self, secrets: Sequence[str]) -> None:
        self._ciphers = {_derived(one, b"id", _ID): AESGCM(_derived(one, b"seal", 32)) for one in secrets}
        self.current = next(iter(self._ciphers)).hex()
        """Tells keys apart, and says nothing of them."""

    def __repr__(self) -> str:
        return f"Keyring({self.current})"

    def seal(self, content: bytes, place: str) -> bytes:
        """The content under the current key, bound to its place."""
        id, cipher = next(iter(self._ciphers.items()))
        nonce = os.urandom(_NONCE)
        return id + nonce + cipher.encrypt(nonce, content, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed there; raises LostKeyError, and CasebookError where it was altered or moved."""
        id, nonce, rest = sealed[:_ID], sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :]
        cipher = self._ciphers.get(id)
        if cipher is None:
            raise LostKeyError(
                f"鍵 {id.hex()} がありません。その鍵を {VARIABLE} に（今の鍵の後にコンマで）加えてください。"
                "鍵を失うと、請求の内容・決定・回答書・記録の検証は戻せません。番号・種別・日付・状態だけが残ります "
                f"(sealed by key {id.hex()}, which is not given: without it the requests' contents, decisions, letters "
                "and the proof of the audit are lost; numbers, kinds, dates and states remain)"
            )
        try:
            return cipher.decrypt(nonce, rest, place.encode())
        except InvalidTag:
            raise CasebookError(
                f"{place}: 封が破れています（改変または移動）。バックアップから戻してください "
                "(altered or moved: restore a backup)"
            ) from None


def keyring(environment: Mapping[str, str] | None = None) -> Keyring:
    """The keys that are given; raises CasebookError."""
    try:
        return Keyring(keys_of(VARIABLE, environment))
    except KeyMissingError as error:
        raise CasebookError(f"開示等請求の受付台帳 (casebook): {error}") from None


def _derived(secret: str, use: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"daicho casebook " + use).derive(secret.encode())
