"""ISO-2022-JP as Japanese mailers write it, which is more than the standard's: CP50221."""

from __future__ import annotations

import re
from collections.abc import Iterator


def is_iso2022(raw: bytes) -> bool:
    """Whether the bytes switch character sets as ISO-2022-JP does, and have no eighth bit."""
    return re.search(rb"\x1b(\$[@B(]|\([JI])", raw) is not None and max(raw) < 0x80


def decoded(raw: bytes) -> str:
    """The text, with half-width kana and the NEC and IBM letters that Python's own codec refuses."""
    try:
        return raw.decode("iso2022_jp_ext")
    except UnicodeDecodeError:
        return "".join(_runs(raw))


def _runs(raw: bytes) -> Iterator[str]:
    escape = b""
    for part in re.split(rb"(\x1b\$[@B]|\x1b\([BJI])", raw):
        if part.startswith(b"\x1b"):
            escape = part
        elif escape.startswith(b"\x1b$"):
            pairs = zip(part[::2], part[1::2], strict=False)
            yield b"".join(_shifted(first, second) for first, second in pairs).decode("cp932", "replace")
        elif escape == b"\x1b(I":
            yield bytes(byte | 0x80 for byte in part).decode("cp932", "replace")
        else:
            yield part.decode("cp932", "replace")


def _shifted(first: int, second: int) -> bytes:
    """A JIS X 0208 pair in Shift_JIS; the shift is the standard's annex 1."""
    if not (0x21 <= first <= 0x7E and 0x21 <= second <= 0x7E):
        return bytes((first, second))
    lead = (first - 0x21) // 2 + (0x81 if first <= 0x5E else 0xC1)
    trail = second + (0x7E if first % 2 == 0 else 0x1F + (second >= 0x60))
    return bytes((lead, trail))
