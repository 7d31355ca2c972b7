"""A script cut into its statements: at semicolons, GO and `/`, out of procedures, out of what shells wrap them in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import itemgetter
from typing import TypeVar

from classifiers.statements.scrubbing import Scrubbed

Said = TypeVar("Said")

_SEPARATOR = re.compile(
    r'"(?:[^"]|"")*"|(?P<end>;|\\g\b|(?<![a-z0-9_.])loop\b(?!\s*[,.=)])|^[ \t]*(?:GO|/)[ \t]*\r?$)',
    re.MULTILINE | re.IGNORECASE,
)
_CLIENT = re.compile(
    r"(?im)\s*^[ \t]*(?:(?P<spool>spool)[ \t]+(?!off\b)[^\n;]*|(?P<off>spool[ \t]+off[^\n]*)|"
    r"(?:prompt|rem|remark|whenever|col|column|set[ \t]+(?:page|line|head|feed|term|echo|trim|verify|colsep|mark|"
    r"serverout|timing|sqlblank)[a-z]*|define|undefine|exit|quit|delimiter|@@?|\.[a-z]+|"
    r"\\(?!copy)[a-z]+)(?=[ \t;]|$)[^\n]*)$"
)
_VERB = re.compile(
    r"(?i)(?<![A-Za-z0-9_.\"])(?:insert\s+(?:into|overwrite|ignore|all|first)\b|replace\s+into\b|merge\s+(?:into\s+)?(?=\S)|"
    r"update\s+(?!of\b|on\b|or\b|set\b|,)(?=\S)|delete\s+(?!or\b|on\b)(?=\S)|truncate\s|select\b|with\s|"
    r"create\s+(?:or\s+replace\s+)?(?:global\s+|local\s+)?(?:temp(?:orary)?\s+|materialized\s+)*(?:table|view)\b)"
)
_ROUTINE = re.compile(
    r"(?is)\s*(?:create\b.{0,80}?\b(?:procedure|proc|function|trigger|package|event|task)\b|alter\s+(?:procedure|proc|function)"
    r"\b|begin\b|declare\b|if\b|elsif\b|elseif\b|else\b|loop\b|for\b|foreach\b|while\b|return\b|exception\b|when\b|then\b|open\b|"
    r"cursor\b|case\b|do\b|as\b|is\b|end\b|repeat\b|until\b|<<|perform\b|exec(?:ute)?\b|call\b|explain\b|subscribe\b|profile\b)"
)
_LINES = re.compile(
    r"(?im)^(?=[ \t]*(?:insert\s+into|update\s+(?!set\b)|delete\s+from|merge\s+into|create\s|truncate\s|declare\s|"
    r"set\s+@|exec\s|if\s|begin\b|print\s))|\n[ \t]*\r?\n(?=[ \t]*(?:select|with)\b)"
)
_CASE, _END = re.compile(r"(?i)\bcase\b"), re.compile(r"(?i)\bend\b")
_LAST_END = re.compile(r"(?i)\s+end\b\s*\S*\s*\Z")
_CONDITION = re.compile(r"(?i)\s*(?:if|elsif|elseif|while|when)\b")
_THEN = re.compile(r"(?i)\b(?:then|begin|do)\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a script, literal-free."""

    text: str
    headings: tuple[str, ...] = ()
    """What the comments before it say."""
    remarks: tuple[str, ...] = ()
    """What the comments inside it say."""
    literals: tuple[tuple[int, str], ...] = ()
    """Where in `text` a literal's placeholder begins, and what it was."""
    spooled: str = ""
    """The file its rows are written to by the shell that runs it."""
    saved_as: str = ""
    """What a bare query is saved as: a dbt model, a view."""
    line: int = 0
    """Where `text` begins in the script, from 1 on."""
    lines_gone: tuple[tuple[int, int], ...] = ()
    """Where in `text` lines ended in what was put aside, and how many."""

    def line_at(self, place: int) -> int:
        """The script's line that a place of `text` stood on."""
        gone = sum(count for at, count in self.lines_gone if at < place)
        return self.line + self.text.count("\n", 0, place) + gone


def split(script: Scrubbed) -> Iterator[Piece]:
    """The script's statements in order, empty ones left out."""
    start, spooled = 0, ""
    lines = _Lines(script)
    for end, stop in _ends(script.text):
        raw = script.text[start:end]
        read = 0
        # Only before a statement's first word: a column may be called `remark`.
        while command := _CLIENT.match(raw, read):
            read = command.end()
            if command["spool"]:
                spooled = command[0].split(None, 1)[1]
            elif command["off"]:
                spooled = ""
        text = " " * read + raw[read:]
        if text.strip():
            yield _cut(script, text, start, spooled, lines)
        start = stop


def lines(piece: Piece) -> tuple[Piece, ...]:
    """A piece that does not read as one statement, cut where a line begins another one (Transact-SQL needs no `;`)."""
    texts = [text for text in _LINES.split(piece.text) if text.strip()]
    if len(texts) < 2:
        return ()
    parts, end = [], 0
    for text in texts:
        start = piece.text.index(text, end)
        end = start + len(text)
        body, skipped = _body(text)
        begins = start + skipped
        gone = tuple((at - begins, count) for at, count in _between(piece.lines_gone, begins, end))
        parts.append(replace(piece, text=body, literals=(), line=piece.line_at(begins), lines_gone=gone))
    return tuple(parts)


class _Lines:
    """The line that each place of a script's text stood on."""

    def __init__(self, script: Scrubbed) -> None:
        self._ends = [found.start() for found in re.finditer("\n", script.text)]
        self._gone = [at for at, _ in script.lines_gone]
        self._sums = list(accumulate((count for _, count in script.lines_gone), initial=0))

    def of(self, place: int) -> int:
        return 1 + bisect_left(self._ends, place) + self._sums[bisect_left(self._gone, place)]


def _ends(text: str) -> Iterator[tuple[int, int]]:
    for found in _SEPARATOR.finditer(text):
        if found["end"]:
            yield found.span()
    yield len(text), len(text)


def _cut(script: Scrubbed, text: str, start: int, spooled: str, lines: _Lines) -> Piece:
    body, skipped = _body(text)
    first = start + len(text) - len(text.lstrip())
    end = start + len(text)
    inside = _between(script.comments, start, end + 1)
    begins = start + skipped
    return Piece(
        text=body,
        headings=tuple(said for at, said in inside if at <= first),
        remarks=tuple(said for at, said in inside if at > first),
        literals=tuple((at - begins, said) for at, said in _between(script.literals, begins, end)),
        spooled=spooled,
        line=lines.of(begins),
        lines_gone=tuple((at - begins, count) for at, count in _between(script.lines_gone, begins, end)),
    )


def _between(placed: tuple[tuple[int, Said], ...], start: int, end: int) -> tuple[tuple[int, Said], ...]:
    return placed[bisect_left(placed, start, key=itemgetter(0)) : bisect_left(placed, end, key=itemgetter(0))]


def _body(text: str) -> tuple[str, int]:
    """The statement inside a routine's text, and how many characters were skipped before it."""
    if not _ROUTINE.match(text):
        return text, 0
    after = _THEN.search(text) if _CONDITION.match(text) else None
    found = _VERB.search(text, after.end() if after else 0)
    if not found:
        return "", 0
    body = text[found.start() :]
    while len(_CASE.findall(body)) < len(_END.findall(body)) and (last := _LAST_END.search(body)):
        body = body[: last.start()]
    return body, found.start()
