"""This product over the peers' stream: `python -m benchmarks.peers.daicho MODE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from benchmarks.peers.stream import Annotate, Found, serve_texts

BATCH = 256
"""Texts in one call: what `daicho mentions` takes together."""


def load() -> Annotate:
    """The mentions of texts, in the mode that the command line names."""
    from benchmarks.modes import MODES
    from benchmarks.types import span_type

    find = MODES[sys.argv[1]]

    def annotate(texts: Sequence[str]) -> Iterator[list[Found]]:
        for start in range(0, len(texts), BATCH):
            for mentions in find(texts[start : start + BATCH]):
                yield [
                    Found(start=mention.start, end=mention.end, data_type=type)
                    for mention in mentions
                    if (type := span_type(mention.data_category))
                ]

    return annotate


if __name__ == "__main__":
    serve_texts(load)
