"""SQL read with sqlglot, literal-free from the start: which dataset feeds which, by which columns, joined on what."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from classifiers.statements import dialects, templates
from classifiers.statements.envelopes import Envelope, open_envelope
from classifiers.statements.names import Names
from classifiers.statements.scrubbing import scrub
from classifiers.statements.smoothing import smooth, too_deep
from classifiers.statements.splitting import Piece, lines, split
from classifiers.statements.statement import Feed, Statement
from classifiers.statements.wording import wording
from classifiers.uses import use_words
from classifiers.vocabulary import word_lists

_LONGEST = 200_000
"""Characters of a statement, its literals and dumped rows gone, beyond which only its names are looked for."""
_NO_ROWS = re.compile(
    r"(?i)\s*(?:set|show|begin|start|commit|rollback|abort|use|grant|revoke|drop|alter|analyze|vacuum|comment|declare|"
    r"deallocate|prepare|fetch|close|lock|unlock|pragma|print|end|savepoint|release|discard|reset|call|exec|execute|"
    r"explain|describe|desc|kill|flush|optimize|reindex|cluster|refresh|checkpoint|listen|notify|unlisten|go|raise|raiserror|"
    r"return|rename|purge|language|put|get|list|remove|immutable|stable|volatile|security|throw|waitfor|leave|iterate|null|"
    r"dbcc|cache|uncache|msck|repair|delimiter|handler|signal|move|no|new|old|on|"
    r"create\s+(?:or\s+replace\s+)?(?:(?:unique|bitmap|clustered|nonclustered|fulltext|public|temp|temporary)\s+)*"
    r"(?:index|schema|database|user|role|extension|sequence|type|domain|stage|warehouse|synonym|policy|publication|"
    r"subscription|server|function|procedure|proc|trigger|package|aggregate|cast|collation|event|task|tablespace|catalog|file|pipe|"
    r"stream|tag|share|integration|secret|login|statistics|rule|macro))(?![a-z0-9_])|\s*[^\s=(]+\s*:=|\s*<<|\s*\Z"
)
_NAME = r'((?:"(?:[^"]|"")*"|[^\s"\'(),;=<>]++)(?:\s?\.\s?(?:"(?:[^"]|"")*"|[^\s"\'(),;.=<>]++))*)'
_READ_FROM = re.compile(
    rf"(?i)(?<![a-z0-9_])(?:from|join|using)\s+(?!(?:select|lateral|unnest|where|group|order|on)\b){_NAME}(?!\s*\()"
)
_WRITTEN_TO = re.compile(rf"(?i)(?<![a-z0-9_])(?:into|update|view|(?<!from\s)table)\s+(?:if\s+not\s+exists\s+)?{_NAME}")
_FIRST_WORD = re.compile(
    r"(?i)\s*(?:select|with|insert|update|delete|merge|create|copy|export|unload|replace)(?![a-z0-9_])"
)
_BARE_QUERY = re.compile(
    r"(?is)[\s(]*(?:select|with|from)(?![a-z0-9_])(?!.*(?<![a-z0-9_])(?:insert\s+into|merge\s+into)\s)"
)
_STAGE = re.compile(r"@\S+")
_STORAGE = re.compile(r"[a-z]?'*\s*(?!file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)
# sqlglot's own messages quote the statement.
logging.getLogger("sqlglot").disabled = True


def read(
    sql: str, dialect: str = "", name: str = "", relations: templates.Relations | None = None
) -> tuple[Statement, ...]:
    """Every statement of a script that reads or writes rows, in order; never an exception.

    `sql` may be a view's definition, a dbt model, a job with many statements, procedures among them. `dialect` is
    sqlglot's or SQLAlchemy's name of it; '' guesses. `name` is what a bare query is saved as: a dbt model's file, a
    view whose definition a database shows without its head; a dotted one is in double quotes part by part. `relations`
    are the names of what a dbt model references. What cannot be read is `unreadable`, with the names that its words
    show.

    >>> found = read("CREATE VIEW v_dm AS SELECT c.mail FROM customers c JOIN orders o ON o.cid = c.id")[0]
    >>> found.kind, found.target, found.sources
    ('view', 'v_dm', ('customers', 'orders'))
    >>> [(join.left, join.left_column, join.right, join.right_column) for join in found.joins]
    [('orders', 'cid', 'customers', 'id')]
    """
    known = dialects.dialect_named(dialect)
    template = templates.render(sql, relations)
    script = scrub(template.text, dialects.quoting(known))
    pieces = list(split(script))
    title = template.alias or name
    if title and (name or template.model):
        # the last query of a model is the model
        for at in reversed(range(len(pieces))):
            if _BARE_QUERY.match(pieces[at].text) and not pieces[at].spooled:
                pieces[at] = replace(pieces[at], saved_as=title)
                break
    found = (statement for piece in pieces for statement in _of_piece(piece, known))
    return tuple(found if template.in_line else (replace(statement, line=0) for statement in found))


def _of_piece(piece: Piece, dialect: str) -> Iterator[Statement]:
    if _NO_ROWS.match(piece.text):
        return
    found = _parsed(piece, dialect)
    if found is None:
        parts = lines(piece)
        for part in parts:
            yield from _of_piece(part, dialect)
        if parts:
            return
        found = (_unreadable(piece),)
    headings, remarks = _words(piece.headings), _words(piece.remarks)
    line = piece.line_at(len(piece.text) - len(piece.text.lstrip()))
    for statement in found:
        yield replace(statement, headings=headings, remarks=remarks, line=line)


def _parsed(piece: Piece, dialect: str) -> tuple[Statement, ...] | None:
    """The statements of a piece; None where it cannot be read."""
    envelope = Envelope("view", piece.text, piece.saved_as) if piece.saved_as else open_envelope(piece.text)
    query = smooth(envelope.query if envelope else piece.text)
    if len(query) > _LONGEST or too_deep(query):
        return None
    if envelope and not query:
        names = Names()
        target = names.of_text(envelope.target)
        return (Statement(envelope.kind, target, text=wording(smooth(piece.text), names, frozenset())),)
    from classifiers.statements.trees import parse, understand

    for candidate in dialects.candidates(dialect, query):
        tree = parse(dialects.quoted_for(candidate, query), candidate)
        if tree is None:
            continue
        found = understand(tree, envelope, variables=candidate in ("oracle", "mysql"), text=smooth(piece.text))
        if found is not None:
            return tuple(_sent(statement, piece, envelope) for statement in found)
    return None


def _sent(statement: Statement, piece: Piece, envelope: Envelope | None) -> Statement:
    """A statement with where its rows are sent, where they are."""
    if piece.spooled and statement.kind == "select":
        feeds = tuple(Feed(feed.source, feed.column, "") for feed in statement.feeds)
        return replace(statement, kind="export", feeds=feeds, destinations=_words([piece.spooled]), outlet="file")
    if envelope is None or not envelope.outlet:
        return statement
    places = [said for at, said in piece.literals if any(start <= at < end for start, end in envelope.outside)]
    places += [stage for start, end in envelope.outside for stage in _STAGE.findall(piece.text[start:end])]
    in_storage = any(_STORAGE.match(place) for place in places)
    return replace(statement, destinations=_words(places), outlet="storage" if in_storage else envelope.outlet)


def _unreadable(piece: Piece) -> Statement:
    names = Names()
    text = smooth(piece.text)
    if not _FIRST_WORD.match(text):
        return Statement("unreadable")
    targets = [name for found in _WRITTEN_TO.findall(text) if (name := names.of_text(found))]
    sources = dict.fromkeys(name for found in _READ_FROM.findall(text) if (name := names.of_text(found)))
    target = targets[0] if targets else ""
    read = tuple(source for source in sources if source != target)
    return Statement("unreadable", target, read, passed_on=read)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    """The vocabulary's words in comments or paths; a comment that says who is left out says nothing of the use."""
    excluded = word_lists("statement_marks")["left_out"]
    said = (part for text in texts for part in re.split(r"[\n。;]", text) if not any(word in part for word in excluded))
    return tuple(dict.fromkeys(hit.word for text in said for hit in use_words().find(text)))
