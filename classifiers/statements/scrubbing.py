"""SQL without what it says of anybody: literals and comments go before anything else reads the statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from classifiers.statements.dialects import Quoting

# No \w: what an identifier is made of in Japan is everything beyond ASCII, too.
_BEYOND = (
    r"\u00aa-\u1fff\u2070-\u2fff\u3005-\u3007\u3021-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\U0010ffff"
)
_LETTER = rf"A-Za-z0-9_$#@{_BEYOND}"
_DIGIT = "0-9０-９"
_BLANKS = re.compile(r"[\x00-\x08\x0e-\x1f\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
_BEFORE_NAME = re.compile(r"(?i)(?:(?<![A-Za-z0-9_])(?:from|join|into|update|table|view|exists)|\.)\s*$")
_BEFORE_ALIAS = re.compile(r"(?i)(?<![A-Za-z0-9_])as\s*$")
# A literal may itself be SQL that is run: what UNLOAD exports, a procedure's body, dynamic SQL.
_BEFORE_CODE = re.compile(
    r"(?is)(?:(?<![A-Za-z0-9_])(?:unload\s*\(|execute\s+immediate|exec(?:ute)?\s*\(|sp_executesql(?:\s+@[a-z_]+\s*=)?)|@query\s*=)\s*$"
)
_BEFORE_BODY = re.compile(
    r"(?is)\b(?:create\b[^;]*\b(?:function|procedure)\b[^;]*\bas|do(?:\s+language\s+[a-z]+)?)\s*$"
)
_DEPTH = 3
_PARTS = 400
"""Pieces of text, names and literals before a routine's body in which its head is looked for."""
_BEFORE_ANY_CODE = ("(", "=", "e", "E", "l", "L")
"""What stands last before code, for a glance at each of a dump's literals."""


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A script whose literals are `''` or `0`, whose names stand bare or between double quotes."""

    text: str
    comments: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """Where in `text` a comment stood, and what it says: for the vocabulary's words alone, never kept."""
    literals: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """Where in `text` a literal's placeholder begins, and what it was: as the comments."""
    lines_gone: tuple[tuple[int, int], ...] = ()
    """Where in `text` lines ended in what was put aside, and how many: for the line that something stood on."""


def scrub(sql: str, quoting: Quoting, depth: int = 0) -> Scrubbed:
    """The script without its literals and comments.

    >>> from classifiers.statements.dialects import quoting
    >>> scrub("SELECT [氏名] FROM t -- 山田\\nWHERE x = N'山''田' AND y > 10", quoting("")).text
    'SELECT "氏名" FROM t  \\nWHERE x = \\'\\' AND y > 0'
    """
    tokens = _tokens(_escapes(sql, quoting), quoting.brackets, quoting.hash_comments, quoting.triple)
    names = quoting.double == "name" or (quoting.double == "guess" and _names_in_double_quotes(sql, tokens))
    parts: list[str] = []
    length = end = 0
    comments: list[tuple[int, str]] = []
    literals: list[tuple[int, str]] = []
    lines_gone: list[tuple[int, int]] = []

    def write(part: str) -> None:
        nonlocal length
        parts.append(part)
        length += len(part)

    for token in tokens.finditer(sql):
        write(_BLANKS.sub(" ", sql[end : token.start()]))
        end = token.end()
        kind = token.lastgroup
        if kind == "comment":
            comments.append((length, token[0]))
            lines_gone.append((length, token[0].count("\n")))
            write(" ")
        elif kind == "number":
            write("0")
        elif kind == "name" or (kind == "double" and (names or _BEFORE_ALIAS.search(parts[-1]))):
            write(_as_name(token[0]))
        elif (code := _code(token, parts, depth)) is not None:
            inner = scrub(code, quoting, depth + 1)
            comments += [(length + at, said) for at, said in inner.comments]
            literals += [(length + at, said) for at, said in inner.literals]
            lines_gone += [(length + at, count) for at, count in inner.lines_gone]
            write(inner.text)
        else:
            literals.append((length, token[0]))
            lines_gone.append((length, token[0].count("\n")))
            write("''")
    write(_BLANKS.sub(" ", sql[end:]))
    return Scrubbed("".join(parts), tuple(comments), tuple(literals), tuple(gone for gone in lines_gone if gone[1]))


def _code(token: re.Match[str], parts: list[str], depth: int) -> str | None:
    """The SQL that a literal holds, apart from what stands around it; None where it is no code."""
    if depth >= _DEPTH or (token["tag"] is None and not parts[-1].rstrip().endswith(_BEFORE_ANY_CODE)):
        return None
    if token["tag"] is not None:
        mark = f"${token['tag']}$"
        inside = token[0][len(mark) :].removesuffix(mark)
        if _BEFORE_BODY.search("".join(parts[-_PARTS:])):
            return f" ; {inside} ; "
    else:
        inside = token[0].lstrip("nNeE")[1:].removesuffix("'").replace("''", "'")
    if found := _BEFORE_CODE.search(parts[-1]):
        return f" {inside} " if found[0].lower().startswith("unload") else f" ; {inside} ; "
    return None


def _as_name(token: str) -> str:
    mark = token[0]
    inside = token[1:].removesuffix({"[": "]"}.get(mark, mark))
    if mark != '"':
        inside = inside.replace(mark * 2, mark).replace('"', "")
    # BigQuery puts a whole path between two backticks.
    return ".".join(f'"{part}"' for part in inside.split(".")) if mark == "`" and inside else f'"{inside}"'


def _escapes(sql: str, quoting: Quoting) -> bool:
    if "\\" not in sql:
        return False
    declared = bool(quoting.escapes)
    # A reading that leaves a quote open is wrong, whatever was declared.
    for reading in (declared, not declared):
        tokens = _tokens(reading, quoting.brackets, quoting.hash_comments, quoting.triple)
        if not any(_is_open(token[0]) for token in tokens.finditer(sql) if token.lastgroup == "literal"):
            return reading
    return declared


def _is_open(literal: str) -> bool:
    start = literal.find("'")
    return start >= 0 and (not literal.endswith("'") or len(literal) == start + 1)


def _names_in_double_quotes(sql: str, tokens: re.Pattern[str]) -> bool:
    # Where a dataset's name stands between them they hold names: no database takes a literal there.
    return any(
        sql[token.end() : token.end() + 1] == "."
        or _BEFORE_NAME.search(sql[max(0, token.start() - 20) : token.start()])
        for token in tokens.finditer(sql)
        if token.lastgroup == "double"
    )


_TRIPLE = r"""'{3}.*?'{3}|"{3}.*?"{3}|"""
_BRACKETS = rf"""|(?<![A-Za-z0-9_{_BEYOND}\])])\[(?![0-9 ,*]*\])[^\[\]'",;]++\]"""
_HASHES = {True: r"|\#[^\n]*", False: "", None: r"|(?m:^[ \t]*\#[ \t][^\n]*)"}


@cache
def _tokens(escapes: bool, brackets: bool, hash_comments: bool | None, triple: bool) -> re.Pattern[str]:
    single = r"(?:[^'\\]++|''|\\.)*+" if escapes else r"(?:[^']++|'')*+"
    double = r'(?:[^"\\]++|""|\\.)*+' if escapes else r'(?:[^"]++|"")*+'
    return re.compile(
        rf"""
        (?P<comment>--[^\n]*+|/\*.*?(?:\*/|\Z){_HASHES[hash_comments]})
        |(?P<literal>
            {_TRIPLE if triple else ""}
            (?<![{_LETTER}])[nN]?[qQ]'(?:\[.*?\]'|\{{.*?\}}'|\(.*?\)'|<.*?>'|(?P<mark>[!|~^\#+*/]).*?(?P=mark)')
            |(?<![{_LETTER}])[eE]'(?:[^'\\]++|''|\\.)*+(?:'|\\?\Z)
            |(?:(?<![{_LETTER}])(?:[nNbBxXrR]|[uU]&|_[a-z0-9]+[ ]?)(?='))?'{single}(?:'|\\?\Z)
            |(?<![{_LETTER}])\$(?P<tag>(?:[A-Za-z_{_BEYOND}][A-Za-z_0-9{_BEYOND}]*)?)\$.*?(?:\$(?P=tag)\$|\Z)
        )
        |(?P<double>"{double}(?:"|\\?\Z))
        |(?P<name>`(?:[^`]++|``)*+(?:`|\Z){_BRACKETS if brackets else ""})
        |(?P<number>
            (?<![{_LETTER}.])(?:0[xX][0-9A-Fa-f]+|[{_DIGIT}]+(?:[.．][{_DIGIT}]*)?(?:[eE][+-]?[0-9]+)?)(?![{_LETTER}])
            |(?<![{_LETTER}.])\.[0-9]+(?![{_LETTER}]))
        """,
        re.VERBOSE | re.DOTALL,
    )
