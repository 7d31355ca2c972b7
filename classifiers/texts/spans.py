"""Spans of a text that do not overlap, quick to ask however many there are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from classifiers.tags import Mention


class Apart:
    """Mentions of one text, in order, none overlapping: the first to claim a character keeps it."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._mentions: list[Mention] = []
        self._starts: list[int] = []
        """Theirs, in the same order: numbers are quicker to search than mentions by a key."""
        for mention in mentions:
            self.add(mention)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def free(self, start: int, end: int) -> bool:
        """Whether no mention has a character of `start..end`."""
        after = bisect_left(self._starts, end)
        return not after or self._mentions[after - 1].end <= start

    def add(self, mention: Mention) -> None:
        """Take the mention in, unless one of its characters is claimed already."""
        place = bisect_left(self._starts, mention.end)
        if not place or self._mentions[place - 1].end <= mention.start:
            self._mentions.insert(place, mention)
            self._starts.insert(place, mention.start)


def within(starts: list[int], first: int, last: int) -> slice:
    """Which of the sorted starts lie in `first..last`, the last not among them."""
    return slice(bisect_left(starts, first), bisect_right(starts, last - 1))
