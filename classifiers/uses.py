"""Uses (利用): what names and SQL statements show data to be used for, by the words of people who named them.

What a statement writes, and where it sends it, says most; a comment before it says what it is for; what it reads says
little where something better speaks, since orders are read for a mailing, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from classifiers.lexicon import Lexicon
from classifiers.tags import Evidence, UseTag
from classifiers.vocabulary import Strength, uses, word_lists

if TYPE_CHECKING:
    from classifiers.statements import Statement

_WEIGHT: dict[Strength, float] = {"strong": 2.0, "medium": 0.8, "weak": 0.3}
_DECIDES = 1.4
_CERTAIN = 0.95
_OUTSPOKEN = 0.5
"""What is left of the weight of a source or column where the target, the destination or a comment tells the use."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a statement that words may stand in."""

    code: str
    share: float
    """Of the weight of the same word in a name that somebody gave the whole."""
    outspoken: bool = False
    """Whether it speaks of the use, and not of what the data was before."""


_TARGET = _Part("use_statement_target", 1.0, outspoken=True)
_DESTINATION = _Part("use_statement_destination", 0.9, outspoken=True)
_HEADING = _Part("use_statement_heading", 0.75, outspoken=True)
_SOURCE = _Part("use_statement_word", 0.7)
_COLUMN = _Part("use_statement_column", 0.7)
_REMARK = _Part("use_statement_remark", 0.5)
_NAME = "use_name_word"
_NAMING = (_NAME, _TARGET.code)
"""Where a word may only repeat what a source is called."""
_SCHEMA = 0.5
"""What is left of the weight of a word in a schema's name: it says where a dataset lies, less what it is for."""
_EVERYBODYS = frozenset({"public", "dbo", "main", "default"})
_COLUMN_WEIGHT = 1.1
_STOP_LIST_WEIGHT = 1.4


def infer_uses(*names: str, statement: str = "") -> tuple[UseTag, ...]:
    """What data is used for, by the names of a dataset, file, folder or job, and by its SQL; the surest first.

    `statement` may hold several statements; its literals are put aside before anything is read, and nothing of it is in
    the evidence but words of the vocabulary. No use is tagged where no word speaks; several may be.

    >>> [tag.use for tag in infer_uses("メルマガ配信リスト.csv")]
    ['marketing']
    >>> [tag.use for tag in infer_uses("v_012", statement="SELECT mail FROM t WHERE opt_in = 1 AND campaign_id = 7")]
    ['marketing']
    >>> [tag.use for tag in infer_uses("t_001")]
    []
    """
    if not statement.strip():
        return uses_of(names=names)
    from classifiers.statements.reading import read  # a parser, which names alone do not need

    return uses_of(*read(statement), names=names)


def uses_of(*statements: Statement, names: Iterable[str] = ()) -> tuple[UseTag, ...]:
    """What statements show the data they read to be used for; the surest first. `names` are those of their job."""
    said = list(_of_names(names))
    return _tags([*said, *_weighed(statements, outspoken=_decided(said))])


def shown_uses(statement: Statement, names: Iterable[str] = ()) -> tuple[UseTag, ...]:
    """What a statement shows what it reads to be used for, beyond what that is called: `stg_orders` made of `orders`
    says what it is, and not what for. `names` are those of its job; the surest first."""
    said = [*_of_names(names), *_weighed([statement], outspoken=False)]
    called = {hit.word for source in statement.sources for hit in use_words().find(source)}
    return _tags(
        reason
        for reason in said
        if reason.code != _SOURCE.code and not (reason.code in _NAMING and reason.words["word"] in called)
    )


def _of_names(names: Iterable[str]) -> Iterator[Evidence]:
    for name in names:
        for hit in use_words().find(name):
            yield Evidence(_NAME, hit.row, _WEIGHT[hit.strength], {"word": hit.word})


def _weighed(statements: Iterable[Statement], *, outspoken: bool) -> Iterator[Evidence]:
    for statement in statements:
        parts = list(_words(statement))
        said = [reason for part, reason in parts if part.outspoken]
        quiet = outspoken or _decided(said)
        yield from said
        for part, reason in parts:
            if not part.outspoken:
                weight = round(reason.weight * (_OUTSPOKEN if quiet else 1.0), 2)
                yield Evidence(reason.code, reason.says, weight, reason.words)


def _words(statement: Statement) -> Iterator[tuple[_Part, Evidence]]:
    """Every word of a statement that speaks for a use, and in which part of it."""
    columns = list(dict.fromkeys(column for _, column in statement.columns))
    texts: tuple[tuple[_Part, Iterable[str]], ...] = (
        (_DESTINATION, statement.destinations),
        (_HEADING, statement.headings),
        (_REMARK, statement.remarks),
    )
    spoken = [(part, text, part.share) for part, found in texts for text in found]
    for part, datasets in ((_TARGET, (statement.target,)), (_SOURCE, statement.sources)):
        for dataset in datasets:
            *schemas, name = dataset.split(".")
            spoken.append((part, name, part.share))
            spoken += [(part, schema, part.share * _SCHEMA) for schema in schemas if schema not in _EVERYBODYS]
    for part, text, share in spoken:
        for hit in use_words().find(text):
            yield part, Evidence(part.code, hit.row, round(_WEIGHT[hit.strength] * share, 2), {"word": hit.word})
    for column in columns:
        for hit in _column_lexicon().find(column):
            yield _COLUMN, Evidence(_COLUMN.code, hit.row, round(_COLUMN_WEIGHT * _COLUMN.share, 2), {"word": hit.word})
    for name in (statement.target, *statement.sources, *columns):
        for hit in _stop_lists().find(name):
            reason = Evidence("use_statement_stop_list", "marketing", _STOP_LIST_WEIGHT, {"word": hit.word})
            yield (_TARGET if name == statement.target else _SOURCE), reason


def _decided(said: Iterable[Evidence]) -> bool:
    return any(weight >= _DECIDES for weight in _sums(said).values())


def _sums(said: Iterable[Evidence]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for reason in said:
        sums[reason.says] = sums.get(reason.says, 0.0) + reason.weight
    return sums


def _tags(said: Iterable[Evidence]) -> tuple[UseTag, ...]:
    best: dict[tuple[str, str], Evidence] = {}
    for reason in said:
        key = (reason.says, str(reason.words["word"]))
        if key not in best or best[key].weight < reason.weight:
            best[key] = reason
    sums = _sums(best.values())
    tags = [
        _tag(use, weight, [reason for reason in best.values() if reason.says == use])
        for use, weight in sums.items()
        if weight >= _DECIDES
    ]
    return tuple(sorted(tags, key=lambda tag: (-tag.confidence, tag.use)))


def _tag(use: str, weight: float, evidence: list[Evidence]) -> UseTag:
    confidence = round(min(_CERTAIN, 0.5 + 0.15 * weight), 2)
    return UseTag(use, confidence, tuple(sorted(evidence, key=lambda reason: -reason.weight)))


@cache
def use_words() -> Lexicon:
    """The vocabulary's words for uses, in names and in texts."""
    rows = uses().values()
    return Lexicon.of({row.id: row.names for row in rows}, (word for row in rows for word in row.not_names))


@cache
def _column_lexicon() -> Lexicon:
    entries: list[tuple[str, str, Strength]] = [
        (use, word, "medium") for use, words in word_lists("use_columns").items() for word in words
    ]
    return Lexicon(entries)


@cache
def _stop_lists() -> Lexicon:
    entries: list[tuple[str, str, Strength]] = [
        ("stop_list", word, "medium") for word in word_lists("statement_marks")["stop_list"]
    ]
    return Lexicon(entries)
