"""How a dataset is held, for ourselves or for somebody else (受託), and what kind of information it is (情報の性質)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from classifiers.lexicon import Lexicon, Strength
from classifiers.presence import Presence
from classifiers.signals import segments
from classifiers.tags import Column, ColumnTag, Custody, Evidence, Nature, Table
from classifiers.vocabulary import Circumstance, custody, natures

_WEIGHT: dict[Strength, float] = {"strong": 2.0, "medium": 0.9, "weak": 0.3}
_DECIDES = 1.8
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}")
_MOST = 0.9
_ENTRUSTED = "entrusted"


def held(table: Table) -> tuple[Custody, tuple[Evidence, ...]]:
    """Whether the dataset as a whole is held for somebody else, by its names; `entrusting` reads its columns."""
    named = [name for name, _ in segments(table)]
    whole = _found(_lexicon("custody", "names"), named, "custody_name_word")
    columns = [name for column in table.columns for name in (column.name, column.label)]
    beside = _found(_lexicon("custody", "columns"), columns, "custody_column_word")
    # One column that names an entruster may be empty in most rows: full it decides, and else it makes a partition.
    beside = [reason for reason in beside if reason.weight < _WEIGHT["strong"]]
    if entrusting(table) and not partly(table):
        word = _word(table.columns[entrusting(table)[0]])
        beside.append(Evidence("custody_column_word", _ENTRUSTED, _WEIGHT["strong"], {"word": word}))
    evidence = tuple(sorted((*whole, *beside), key=lambda reason: -reason.weight))
    if sum(reason.weight for reason in evidence) >= _DECIDES:
        return "entrusted", evidence
    return "own", ()


def entrusting(table: Table) -> tuple[int, ...]:
    """The positions of the columns that name who entrusted a row to us (委託元)."""
    return tuple(index for index, column in enumerate(table.columns) if _word(column))


def partly(table: Table) -> tuple[int, float] | None:
    """The column that names an entruster in some rows and is empty in others, and the share of the filled ones."""
    for index in entrusting(table):
        column = table.columns[index]
        share = min(sum(column.counts) / column.rows, 1.0) if column.rows else 1.0
        if share < 1.0:
            return index, share
    return None


def nature(table: Table, tags: Sequence[ColumnTag], there: Presence) -> tuple[Nature, tuple[Evidence, ...]]:
    """The nature of information about persons: pseudonymised, anonymous, or personal where nothing says otherwise."""
    named = [name for name, _ in segments(table)]
    columns = [name for column in table.columns for name in (column.name, column.label)]
    evidence = _found(_lexicon("natures", "names"), named, "nature_name_word")
    evidence += _found(_lexicon("natures", "columns"), columns, "nature_column_word")
    if digests := _digests(table.columns, tags):
        evidence.append(Evidence("nature_digests", "pseudonymised", _WEIGHT["strong"], {"n": digests}))
    for kind in ("pseudonymised", "anonymous"):
        reasons = tuple(reason for reason in evidence if reason.says == kind)
        if sum(reason.weight for reason in reasons) < _DECIDES:
            continue
        if there.direct or (kind == "anonymous" and there.accounts):
            word = str(reasons[0].words.get("word", natures()[kind].ja))
            doubt = Evidence("nature_contradicted", "personal", 1.0, {"word": word, "n": there.names + there.contacts})
            return "personal", (doubt,)
        return ("pseudonymised" if kind == "pseudonymised" else "anonymous"), reasons
    return "personal", ()


def _digests(columns: Sequence[Column], tags: Sequence[ColumnTag]) -> int:
    """How many distinct digests stand in columns that are keys and no passwords."""
    found = 0
    for column, tag in zip(columns, tags, strict=True):
        hits = sum(1 for value in column.values if _DIGEST.fullmatch(value))
        if tag.data_category != "password" and hits > 1 and hits >= _MOST * len(column.values):
            found += hits
    return found


def _word(column: Column) -> str:
    lexicon = _lexicon("custody", "columns")
    hits = [hit for name in (column.name, column.label) for hit in lexicon.find(name) if hit.strength == "strong"]
    return hits[0].word if hits else ""


def _found(lexicon: Lexicon, texts: Iterable[str], code: str) -> list[Evidence]:
    weights = {(hit.row, hit.word): _WEIGHT[hit.strength] for text in texts for hit in lexicon.find(text)}
    return [Evidence(code, row, weight, {"word": word}) for (row, word), weight in weights.items()]


@cache
def _lexicon(which: str, part: str) -> Lexicon:
    rows: Iterable[Circumstance] = (custody() if which == "custody" else natures()).values()
    words = {row.id: row.names if part == "names" else row.columns for row in rows}
    return Lexicon.of(words, (word for row in rows for word in row.not_names))
