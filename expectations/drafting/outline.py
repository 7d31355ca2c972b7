"""A text's lines as nested clauses, however they are numbered.

The same number may belong to several levels (`1.` under `1.` under `1.`), so the levels of all numbered lines are found
together: the reading that goes on counting where it can and indents and numbers the same level alike wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from expectations.drafting.markers import Marker, Reading, marker, number, width


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document, as its reader saw it."""

    text: str
    indent: int = 0
    """Letters, or levels of lists, it is set in by."""
    level: int = 0
    """1 to 7: a heading of that level; 0 running text."""
    spaced: bool = False
    """An empty line stands before it."""


@dataclass(slots=True)
class Clause:
    """A heading or an item with what stands under it; the root holds the whole text."""

    label: str
    """Where it stands: `1.1(4)`, `第3条(2)ア`; a heading without a number is called by its words."""
    title: str
    """Its own text, without its number."""
    numbered: bool = False
    bullet: bool = False
    paragraphs: list[str] = field(default_factory=list)
    """Running text under it, before and between its items."""
    children: list[Clause] = field(default_factory=list)
    jumped: bool = False
    """Its number does not follow the one before it."""

    def walk(self) -> Iterator[Clause]:
        """The clause and everything under it, in the text's order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[Clause]:
        """The items under it that have no items of their own."""
        for child in self.children:
            if child.children:
                yield from child.leaves()
            else:
                yield child

    @property
    def texts(self) -> list[str]:
        """Its own text and its paragraphs."""
        return [text for text in (self.title, *self.paragraphs) if text]


@dataclass(frozen=True, slots=True)
class _Open:
    """An item that may still go on, while the lines are read."""

    style: str
    last: int
    indent: int
    level: int


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to give the lines read so far their levels."""

    cost: float
    stack: tuple[_Open, ...]
    signatures: tuple[tuple[str, int, int], ...]
    """How the first item of each depth looked."""
    depths: tuple[tuple[int, bool], ...]
    major: int = -1
    """The depth of the first heading of a subject of its own."""


@dataclass(frozen=True, slots=True)
class _Item:
    line: Line
    marker: Marker
    level: int
    major: bool


_WAYS = 48
_SENTENCE_END = ("。", ".", "．", "：", ":", "；", ";", "！", "？", "!", "?")
_PAGE = re.compile(r"[-–—\s]*(?:p\.?\s*)?[0-9０-９]{1,3}(?:\s*[/／]\s*[0-9]{1,3})?(?:\s*(?:ページ|頁))?[-–—\s]*", re.I)
_NO_HEADING = re.compile(r"[0-9０-９]{2}|会社|法人|\b(?:inc|ltd|k\.k|llc)\b", re.I)
_FULL = 0.82
"""The part of the longest line from which on a line was broken by the page and not by its writer."""


def outline(lines: Sequence[Line], is_major: Callable[[str], bool]) -> Clause:
    """The clauses of a text; `is_major` knows headings of subjects of their own (第三者提供, 開示等の請求 …)."""
    root = Clause("", "")
    headed = any(line.level for line in lines)
    parts = list(_items(joined(lines), is_major, lambda text: not headed and _plain_heading(text) and is_major(text)))
    items = [part for part in parts if isinstance(part, _Item)]
    depths = iter(_levels(items))
    path = [root]
    for part in parts:
        if isinstance(part, Line):
            path[-1].paragraphs.append(part.text)
            continue
        depth, jumped = next(depths)
        if any(reading.style == "・" for reading in part.marker.readings):
            parent = next(clause for clause in reversed(path) if not clause.bullet)
            made = Clause(parent.label, part.marker.rest, bullet=True)
            del path[path.index(parent) + 1 :]
        else:
            del path[depth + 1 :]
            parent = path[-1]
            made = Clause(_label(parent, part, depth), part.marker.rest, numbered=part.marker.counts, jumped=jumped)
        parent.children.append(made)
        path.append(made)
    return root


def joined(lines: Sequence[Line]) -> list[Line]:
    """The lines with those put together again that only the page's edge parted, and without page numbers."""
    lines = [line for line in lines if line.text.strip() and not _PAGE.fullmatch(line.text.strip())]
    longest = max((width(line.text.rstrip()) for line in lines), default=0)
    made: list[Line] = []
    broken = False
    for line in lines:
        text = line.text.strip()
        goes_on = broken and not line.spaced and not line.level and _continues(made[-1].text, text)
        if goes_on:
            glue = " " if made[-1].text[-1].isascii() and text[0].isascii() else ""
            made[-1] = replace(made[-1], text=made[-1].text + glue + text)
        else:
            made.append(replace(line, text=text))
        full = longest <= 200 and width(line.text.rstrip()) >= _FULL * longest
        broken = not line.level and full and not text.endswith(_SENTENCE_END)
    return made


def _continues(before: str, text: str) -> bool:
    found = marker(text)
    if found is None:
        return True
    # a sentence that was broken before a number or a bracket
    return before.endswith(("、", ",", "，", "（", "(")) and not any(one.number == 1 for one in found.readings)


def _plain_heading(text: str) -> bool:
    """Whether a line without a mark may be a heading: short, no sentence, no name of a company, no number."""
    return width(text) <= 60 and not text.endswith(("。", ".", "、", ",", ":", "：")) and not _NO_HEADING.search(text)


def _items(
    lines: Sequence[Line], is_major: Callable[[str], bool], is_heading: Callable[[str], bool]
) -> Iterator[_Item | Line]:
    for line in lines:
        found = marker(line.text)
        if found is None:
            if line.level or is_heading(line.text):
                bare = Marker("", (Reading(f"h{line.level}", 0),), line.text)
                yield _Item(line, bare, line.level, is_major(line.text))
            else:
                yield line
            continue
        second = marker(found.rest) if found.counts else None
        if second and second.counts and _alias(found, second):
            found = replace(found, rest=second.rest)
            second = None
        if second and second.counts and not second.absolute and _opens(found, second):
            yield _Item(line, replace(found, rest=""), line.level, major=False)
            yield _Item(replace(line, indent=line.indent + 1), second, 0, major=False)
            continue
        yield _Item(line, found, line.level, is_major(found.rest))


def _alias(first: Marker, second: Marker) -> bool:
    """`1. A.`, `2. B.`: one item numbered twice."""
    latin = {one.number for one in second.readings if one.style in ("A", "a")}
    return bool(latin & {one.number for one in first.readings if one.style == "1"}) and second.text.endswith(".")


def _opens(first: Marker, second: Marker) -> bool:
    """`第3条 1. …`: an item whose first sub-item stands on its own line."""
    styles = {one.style for one in first.readings}
    return any(one.number == 1 for one in second.readings) and not styles & {one.style for one in second.readings}


def _levels(items: Sequence[_Item]) -> tuple[tuple[int, bool], ...]:
    ways = [_Way(0.0, (), (), ())]
    for item in items:
        if any(one.style == "・" for one in item.marker.readings):
            ways = [replace(way, depths=(*way.depths, (len(way.stack), False))) for way in ways]
            continue
        grown = [one for way in ways for one in _next(way, item)]
        best: dict[object, _Way] = {}
        for one in sorted(grown, key=lambda way: way.cost):
            best.setdefault((one.stack, one.signatures, one.major), one)
        ways = list(best.values())[:_WAYS]
    return ways[0].depths


def _next(way: _Way, item: _Item) -> Iterator[_Way]:
    for order, reading in enumerate(item.marker.readings):
        for depth in range(len(way.stack) + 1):
            step, jumped = _step(way, item, reading, depth)
            look = (reading.style, item.line.indent, item.level)
            unlike = 0.0
            signatures = way.signatures
            if depth >= len(signatures):
                signatures = (*signatures, look)
            elif not _goes_on(way, depth, item, reading):
                style, indent, level = signatures[depth]
                unlike = 0.5 * (style != look[0]) + 0.7 * (indent != look[1]) + 0.7 * (level != look[2])
            major = way.major
            if item.major:
                unlike += 0.4 * (major not in (-1, depth))
                major = depth if major == -1 else major
            stack = (*way.stack[:depth], _Open(reading.style, reading.number, item.line.indent, item.level))
            cost = way.cost + step + unlike + 0.1 * order
            yield _Way(cost, stack, signatures, (*way.depths, (depth, jumped)), major)


def _step(way: _Way, item: _Item, reading: Reading, depth: int) -> tuple[float, bool]:
    """What it costs to read an item at a depth, and whether its number jumps there."""
    same = next((one for one in way.stack[:depth] if one.style == reading.style and one.level == item.level), None)
    cost = 0.0
    if item.marker.absolute:
        cost += _absolute(way, item, reading, depth)
    if item.level:
        # a heading stands above everything that is none, and above lower headings
        cost += sum(3.0 for one in way.stack[:depth] if not one.level or one.level >= item.level)
        cost += sum(2.0 for one in way.stack[depth:] if 0 < one.level < item.level)
    if not reading.number:
        return cost + (5.0 if same else 0.0) + (
            0.0 if _goes_on(way, depth, item, reading) else 0.3 + 0.5 * depth
        ), False
    if _goes_on(way, depth, item, reading):
        before = way.stack[depth]
        cost += 1.0 if before.indent != item.line.indent else 0.0
        # what goes on at two levels goes on at the deeper one
        cost += 0.05 * (len(way.stack) - depth - 1)
        step = reading.number - before.last
        return cost + (0.0 if step == 1 else 1.2 if step > 1 else 1.6 if reading.number == 1 else 3.0), step != 1
    if depth < len(way.stack):
        cost += 0.8
    if same:
        cost += 0.6 if same.indent == item.line.indent else 0.1
    return cost + (0.2 if reading.number == 1 else 2.0), reading.number != 1


def _goes_on(way: _Way, depth: int, item: _Item, reading: Reading) -> bool:
    if depth >= len(way.stack):
        return False
    there = way.stack[depth]
    return there.style == reading.style and (there.level == item.level or bool(reading.number))


def _absolute(way: _Way, item: _Item, reading: Reading, depth: int) -> float:
    if reading.style in ("article", "章", "編", "節"):
        above = {"章": (), "編": (), "節": ("章", "編"), "article": ("章", "節", "編")}[reading.style]
        return sum(2.0 for one in way.stack[:depth] if one.style not in above)
    if reading.style.startswith("1."):
        # 2.1 stands under 2, or beside 2.x
        parts = re.split(r"[.．\-－‐]", item.marker.text)
        parents = [one for one in way.stack[:depth] if one.style in ("1", "article") or one.style.startswith("1.")]
        return 0.0 if parents and len(parts) > 1 and number(parts[-2]) == parents[-1].last else 1.0
    return 0.0


def _label(parent: Clause, item: _Item, depth: int) -> str:
    own = item.marker.text
    style = item.marker.readings[0].style
    if not item.marker.counts:
        return f"{parent.label} {item.marker.rest[:60]}" if parent.label else item.marker.rest[:60]
    if item.marker.absolute:
        return own
    above = parent.label if parent.numbered else ""
    if style in ("1", "1)", "一", "A", "I", "a", "i", "ア", "イロハ") and re.search(r"[.．、]$", own):
        bare = re.sub(r"[.．、]$", "", own)
        if depth >= 2 and style == "1":
            return f"{above}({bare})"
        return f"{above}.{bare}" if above and above[-1].isalnum() else above + bare
    if above and above[-1].isalnum() and own[0].isalnum():
        return f"{above}.{own}"
    return above + own
