"""Random lines of a large file without reading all of it: byte ranges spread over it, each cut at line ends.

Only where a line feed is a line's end and nothing else: in encodings that keep no state from line to line and have no
such byte within a letter. Whether a line is a record, its format must say: a line feed within quotes looks the same.
"""

from __future__ import annotations

import numpy as np

from pipelines.stores.sources import File

LARGE = 32 * 2**20
"""Bytes from which on a file is not read whole for a sample."""
CODECS = frozenset({"utf-8", "utf-8-sig", "cp932", "euc_jp", "euc_jis_2004", "cp1252"})
"""Encodings in which the byte of a line feed is always one."""
WINDOW = 64 * 2**10
"""Bytes of one range."""
WINDOWS = 128
"""Ranges at least; rows written together are alike, so many small ranges say more than few large ones."""
SPARE = 2
"""How many times the lines that are wanted are looked at."""
MOST = 4
"""Ranges that would cover more than one part in so many of the file are no saving: it is read whole."""


def applies(file: File, codec: str) -> bool:
    """Whether a file is large enough for byte ranges, and in an encoding that allows them."""
    return file.size > LARGE and codec in CODECS


def ranges(file: File, start: int, head: bytes, wanted: int, seed: int) -> list[list[bytes]] | None:
    """Whole lines of each range, after the byte `start`, in the file's order; None: better read the file whole.

    `head` are the bytes from `start` on as far as they are known: how long a line is.
    """
    ends = head.count(b"\n")
    if ends < 2:
        return None
    length = head.rindex(b"\n") / ends
    count = max(WINDOWS, int(SPARE * wanted * length / WINDOW) + 1)
    stratum = (file.size - start) // count
    if length > WINDOW / 4 or stratum < MOST * WINDOW:
        return None
    # one range a stratum, never over its edge: no line can be drawn twice
    places = start + np.arange(count) * stratum + np.random.default_rng(seed).integers(0, stratum - WINDOW, count)
    found = []
    with file.open() as opened:
        for place in map(int, places):
            opened.seek(place)
            found.append([line.removesuffix(b"\r") for line in opened.read(WINDOW).split(b"\n")[1:-1]])
    return found


def chosen(count: int, rows: int, seed: int) -> list[int]:
    """At most `rows` random positions out of `count`, in order."""
    draw = np.random.default_rng([seed, 1])
    return sorted(map(int, draw.choice(count, size=min(rows, count), replace=False)))
