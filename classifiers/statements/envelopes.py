"""What stands around a query: exports, loads, views and tables made of it. Every database words them its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from classifiers.statements.statement import Kind, Outlet

_NAME = r'(?:"(?:[^"]|"")*"|[^\s"\'(),;]++)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[^\s"\'(),;.]++))*'
_QUERY = r"(?P<query>\(*\s*(?:select|with|from|values|table)(?![a-z0-9_.]).*)"
_OUTSIDE = r"(?:''|@\S+)"
_FLAGS = re.IGNORECASE | re.DOTALL


@dataclass(frozen=True, slots=True)
class Envelope:
    """A statement's outside, and the query inside it."""

    kind: Kind
    query: str = ""
    """The query's text; '' where there is none."""
    target: str = ""
    columns: str = ""
    """The list of the target's columns, parentheses and all; '' where there is none."""
    outside: tuple[tuple[int, int], ...] = ()
    """Where in the statement the place it exports to may stand."""
    outlet: Outlet = ""


_STORAGE = re.compile(r"\s*(?:unload|export|copy\s+into)\b", re.IGNORECASE)
_STREAM = re.compile(r"\bto\s+(?:stdout|program)\b", re.IGNORECASE)
_BRACKETED = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (r"\s*\\?copy\s*\(", rf"\s*copy\s+into\s+{_OUTSIDE}\s+from\s*\(", r"\s*unload\s*\(")
)
_EXPORTS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"\s*\\?copy\s+(?!into\s)(?P<table>{_NAME})\s*(?P<columns>\([^()]*\))?\s*to(?![a-z0-9_])",
        rf"\s*copy\s+into\s+{_OUTSIDE}\s+from\s+(?P<table>{_NAME})",
        rf"\s*export\s+data(?![a-z0-9_]).*?(?<![a-z0-9_])as\s*{_QUERY}",
        rf"\s*insert\s+overwrite\s+(?:local\s+)?directory\s+''.*?(?<![a-z0-9_]){_QUERY}",
    )
)
_LOADS = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"\s*\\?copy\s+(?:into\s+)?(?P<target>{_NAME})\s*(?P<columns>\([^()]*\))?\s*from\s*(?:''|@|stdin|program|\()",
        rf"\s*load\s+data\b.*?\binto\s+(?:table\s+)?(?P<target>{_NAME})",
        rf"\s*bulk\s+insert\s+(?P<target>{_NAME})\s+from(?![a-z0-9_])",
    )
)
_MADE = re.compile(
    rf"\s*(?:create|alter|replace)(?![a-z0-9_])(?P<before>[^(]*?)\b(?P<what>view|table)\s+(?:if\s+not\s+exists\s+)?(?P<target>{_NAME})"
    rf"(?P<rest>.*)\Z",
    _FLAGS,
)
_AS_QUERY = re.compile(
    rf"(?P<columns>\s*\([^()]*(?:\([^()]*\)[^()]*)*\))?(?P<options>.*?)(?<![a-z0-9_])as\s*{_QUERY}", _FLAGS
)
_LIKE = re.compile(rf".*?(?<![a-z0-9_])(?:like|clone|copy)\s+(?P<table>{_NAME})", _FLAGS)
_OUTFILE = re.compile(
    r"\binto\s+(?:outfile|dumpfile)\s*''(?:\s*(?:character\s+set\s+\S+|fields|columns|lines|optionally|terminated|enclosed|"
    r"escaped|starting|by|''))*",
    re.IGNORECASE,
)
_AFTER_VIEW = re.compile(
    r"\s+with\s+(?:(?:no\s+)?data|no\s+schema\s+binding|read\s+only|(?:cascaded\s+|local\s+)?check\s+option)\s*\Z",
    re.IGNORECASE,
)


def open_envelope(text: str) -> Envelope | None:
    """The envelope of a literal-free statement; None where it is a bare query or changes rows."""
    for pattern in _BRACKETED:
        if (found := pattern.match(text)) and (end := _closing(text, found.end())) is not None:
            return _export(text, text[found.end() : end], (0, found.end()), (end, len(text)))
    for pattern in _EXPORTS:
        if found := pattern.match(text):
            groups = found.groupdict()
            if groups.get("query"):
                start, end = found.span("query")
                return _export(text, groups["query"], (0, start), (end, len(text)))
            columns = (groups.get("columns") or "(*)")[1:-1]
            return _export(text, _all_of(groups["table"], columns), (0, len(text)))
    if found := _OUTFILE.search(text):
        return _export(text, text[: found.start()] + text[found.end() :], found.span())
    for pattern in _LOADS:
        if found := pattern.match(text):
            return Envelope("insert", target=found["target"], columns=found.groupdict().get("columns") or "")
    return _made(text)


def _export(text: str, query: str, *outside: tuple[int, int]) -> Envelope:
    around = " ".join(text[start:end] for start, end in outside)
    outlet: Outlet = "storage" if _STORAGE.match(text) else "stream" if _STREAM.search(around) else "file"
    return Envelope("export", query, outside=outside, outlet=outlet)


def _made(text: str) -> Envelope | None:
    found = _MADE.match(text)
    if not found:
        return None
    kind: Kind = "view" if found["what"].lower() == "view" or "dynamic" in found["before"].lower() else "create"
    rest = found["rest"]
    if query := _AS_QUERY.match(rest):
        inner = _AFTER_VIEW.sub("", query["query"])
        made = Envelope(kind, inner, found["target"], (query["columns"] or "").strip())
        if "external" not in found["before"].lower().split():
            return made
        begins = found.start("rest") + query.start("query")
        return replace(made, outside=((0, begins),), outlet="storage")
    if text.lstrip()[:5].lower() == "alter":
        return None
    if table := _LIKE.match(rest):
        return Envelope(kind, _all_of(table["table"]), found["target"])
    return Envelope(kind, target=found["target"])


def _all_of(table: str, columns: str = "*") -> str:
    return " ".join(("SELECT", columns, "FROM", table))


def _closing(text: str, start: int) -> int | None:
    """Where the bracket closes that opened before `start`."""
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return None
