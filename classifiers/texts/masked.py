"""A text without what was found in it: surnames hide in addresses and firms, and what reads on need not look there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from classifiers.tags import Mention

MASK = "、"
"""What stands for something that was found: it ends every word."""
_MARKS = MASK * 2
"""As many as stand for it at most. A single one would be the comma of a list; more are read for nothing."""


class Masked:
    """A folded text with marks in the place of mentions, and the way from its offsets to the text's own and back."""

    def __init__(self, text: str, found: Iterable[Mention]) -> None:
        """`found`: in order, none overlapping."""
        pieces: list[str] = []
        self._origins: list[int] = []
        """Where what was found ends in the text."""
        self._ends: list[int] = []
        """Where its marks end in the masked one."""
        self._gone = [0]
        """How many characters less that has before the first of them, and behind each."""
        read = gone = 0
        for mention in found:
            start, end = mention.start, mention.end
            marks = _MARKS[: end - start]
            pieces += (text[read:start], marks)
            read = end
            gone += end - start - len(marks)
            self._origins.append(read)
            self._ends.append(read - gone)
            self._gone.append(gone)
        self.text = "".join((*pieces, text[read:])) if read else text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text a stretch stands that begins and ends with letters of the text's own."""
        ends, gone = self._ends, self._gone
        return start + gone[bisect_right(ends, start)], end + gone[bisect_right(ends, end - 1)]

    def moved(self, mention: Mention) -> Mention:
        """A mention of the text that nothing was found in, where it stands in the masked one."""
        gone = self._gone[bisect_right(self._origins, mention.start)]
        return mention._replace(start=mention.start - gone, end=mention.end - gone)
