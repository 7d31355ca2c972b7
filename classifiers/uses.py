"""Uses (利用): what names and SQL statements show data to be used for, by the words of people who named them."""

from __future__ import annotations

import re
from functools import cache

from classifiers.lexicon import Hit, Lexicon
from classifiers.tags import Evidence, UseTag
from classifiers.vocabulary import Strength, uses

_WEIGHT: dict[Strength, float] = {"strong": 2.0, "medium": 0.8, "weak": 0.3}
_STATEMENT = 0.7
"""A word inside a statement (a joined table, a column) says less than one in a name that somebody gave the whole."""
_DECIDES = 1.4
_CERTAIN = 0.95
# Literals may be persons' names; comments may be anything.
_LITERALS = re.compile(
    r"\$(\w*)\$.*?\$\1\$|[NnEeBbXx]?'(?:[^'\\]|''|\\.)*'|--[^\n]*|/\*.*?\*/|'.*", re.DOTALL | re.ASCII
)


def infer_uses(*names: str, statement: str = "") -> tuple[UseTag, ...]:
    """What data is used for, by the names of a dataset, file, folder or job, and by an SQL statement; the surest first.

    The literals and comments of the statement are put aside before anything is read. No use is tagged where no word
    speaks; several may be.

    >>> [tag.use for tag in infer_uses("メルマガ配信リスト.csv")]
    ['marketing']
    >>> infer_uses("t_001")
    ()
    """
    said: dict[tuple[str, str], Evidence] = {}
    for name in names:
        for hit in _lexicon().find(name):
            _keep(said, Evidence("use_name_word", hit.row, _WEIGHT[hit.strength], {"word": hit.word}))
    for hit in _of_statement(statement):
        weight = round(_WEIGHT[hit.strength] * _STATEMENT, 2)
        _keep(said, Evidence("use_statement_word", hit.row, weight, {"word": hit.word}))
    by_use: dict[str, list[Evidence]] = {}
    for evidence in said.values():
        by_use.setdefault(evidence.says, []).append(evidence)
    tags = [_tag(use, evidence) for use, evidence in by_use.items() if sum(e.weight for e in evidence) >= _DECIDES]
    return tuple(sorted(tags, key=lambda tag: (-tag.confidence, tag.use)))


def _keep(said: dict[tuple[str, str], Evidence], evidence: Evidence) -> None:
    key = (evidence.says, str(evidence.words["word"]))
    if key not in said or said[key].weight < evidence.weight:
        said[key] = evidence


def _of_statement(statement: str) -> tuple[Hit, ...]:
    return _lexicon().find(_LITERALS.sub(" ", statement)) if statement else ()


def _tag(use: str, evidence: list[Evidence]) -> UseTag:
    weight = sum(reason.weight for reason in evidence)
    confidence = round(min(_CERTAIN, 0.5 + 0.15 * weight), 2)
    return UseTag(use, confidence, tuple(sorted(evidence, key=lambda reason: -reason.weight)))


@cache
def _lexicon() -> Lexicon:
    rows = uses().values()
    return Lexicon.of({row.id: row.names for row in rows}, (word for row in rows for word in row.not_names))
