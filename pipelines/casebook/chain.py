"""The audit's chain: every entry is bound by HMAC-SHA-256 to the one before it, under keys that the casebook keeps."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from pipelines.casebook.sealing import CasebookError

START = "0" * 64
_HEAD = re.compile(r"([0-9]+):([0-9a-f]{64})")


class TamperedError(CasebookError):
    """The casebook is not what its audit says; names the first thing that is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit."""

    number: int
    """Counted from 1, without a gap."""
    epoch: int
    """Which key it is chained by."""
    at: str
    account: str
    """'' where nobody had to prove himself: the start of a casebook, its keeping by whoever holds the key."""
    process: str
    """The operating system's user."""
    event: str
    subject: str
    """`request 2026-0001`, `account …`, `letter …`, or ''."""
    detail: str
    """A JSON object of codes and counts."""
    row: str
    """The keyed digest of the subject as this entry leaves it; '' where it leaves none or changes nothing."""
    previous: str
    mac: str = ""

    def signed(self, key: bytes) -> str:
        """The code this entry must carry."""
        said = {name: value for name, value in asdict(self).items() if name != "mac"}
        return hmac.new(key, json.dumps(said, ensure_ascii=False, sort_keys=True).encode(), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry, to be noted outside the casebook: what was cut off later, or replaced, shows against it."""

    number: int
    mac: str

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"

    @classmethod
    def read(cls, text: str) -> Head:
        """A head as it was printed; raises CasebookError."""
        found = _HEAD.fullmatch(text.strip())
        if not found:
            raise CasebookError("控えの形が違います。`番号:64桁の16進数` です (no head: NUMBER:64 hexadecimal digits)")
        return cls(int(found[1]), found[2])


def digest(key: bytes, subject: str, content: bytes) -> str:
    """The keyed digest of a row."""
    return hmac.new(key, subject.encode() + b"\0" + hashlib.sha256(content).digest(), "sha256").hexdigest()


def verify(entries: Iterable[Entry], keys: Mapping[int, bytes], heads: Iterable[Head] = ()) -> Head:
    """Walk the whole chain and answer its head; raises TamperedError.

    `heads` are those noted outside: each has to stand in the chain.
    """
    last, noted = Head(0, START), {head.number: head for head in heads}
    for entry in entries:
        key = keys.get(entry.epoch)
        intact = entry.number == last.number + 1 and entry.previous == last.mac and key is not None
        if not intact or key is None or not hmac.compare_digest(entry.mac, entry.signed(key)):
            raise TamperedError(
                f"監査記録の {last.number + 1} 件目が改変・削除・挿入されています "
                f"(audit entry {last.number + 1} was changed, taken out or put in)"
            )
        last = Head(entry.number, entry.mac)
        if noted.pop(entry.number, last) != last:
            raise TamperedError(
                f"監査記録の {entry.number} 件目が外部の控えと違います。台帳が差し替えられたか、古いバックアップの後に"
                f"書き足されています (entry {entry.number} is not the one that was noted outside)"
            )
    if noted:
        first = min(noted)
        raise TamperedError(
            f"監査記録は {last.number} 件で終わりますが、外部の控えには {first} 件目があります。末尾が切り取られたか、"
            f"古い写しです (ends at entry {last.number}, but entry {first} was noted outside: cut, or an old copy)"
        )
    return last
