"""How a dataset is held, for ourselves or for somebody else (受託), and what kind of information it is (情報の性質)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from classifiers.lexicon import Lexicon, Phrases
from classifiers.normalize import fold
from classifiers.subjects.fusion import sprung
from classifiers.subjects.presence import Presence
from classifiers.subjects.signals import person_lexicon, segments
from classifiers.tags import NOT_PERSONAL, Column, ColumnTag, Custody, Evidence, Nature, Table
from classifiers.vocabulary import Circumstance, Strength, custody, entity_words, natures

_WEIGHT: dict[Strength, float] = {"strong": 2.0, "medium": 0.9, "weak": 0.3}
_PHRASE = 1.0
_DECIDES = 1.8
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}")
_MOST = 0.9
_FIRM_ADDRESSED = re.compile(
    r"(?P<before>[^\s/\\_.#:=()\[\]-]{2,})様(?=分|より|から|受領|支給|データ|案件|[\s/\\_.#()\[\]-]|$)"
)
_FOLDER = re.compile(r"[/\\]")


def held(table: Table, *, of_partners: bool = False) -> tuple[Custody, tuple[Evidence, ...]]:
    """Whether a dataset as a whole is held for somebody else, by its names and columns.

    A column that names an entruster decides where it is full; where it is empty in some rows, `partly` tells which.
    `of_partners`: it is one of business partners, so that words for those who entrust are of its own rows.
    """
    beside = _found(_lexicon("custody", "columns"), _columns(table), "custody_column_word")
    if partly(table):
        beside = [reason for reason in beside if reason.weight < _WEIGHT["strong"]]
    named = [name for name, _ in segments(table)]
    # What is kept in 受託システム is somebody else's, whatever a table is called; a store called 事務局 says nothing.
    said = _of_names(named)
    said += [one for one in _of_names([table.store]) if one.weight >= _WEIGHT["strong"] and one not in said]
    told = sprung([*said, *beside], named, _columns(table))
    if of_partners:
        # a folder of the entruster's is no list of entrusters
        around = {reason.words.get("word") for reason in _of_names(table.hints)}
        told = [reason for reason in told if (word := reason.words.get("word")) in around or word not in _entrusters()]
    return _decided([*told, *_addressed([table.name, table.label, *table.hints])])


def held_document(names: Iterable[str], text: str) -> tuple[Custody, tuple[Evidence, ...]]:
    """Whether a document is held for somebody else, by its own and its folder's names and by its phrases."""
    said = [Evidence("custody_name_word", row, _PHRASE, {"word": word}) for row, word in _phrases().find(text)]
    named = list(names)
    return _decided([*_of_names(named), *said, *_addressed(named)])


def partly(table: Table) -> tuple[int, float] | None:
    """The column that names an entruster in some rows and is empty in others, and the share of the filled ones."""
    for index, column in enumerate(table.columns):
        if not _names_entruster(column):
            continue
        share = min(sum(column.counts) / column.rows, 1.0) if column.rows else 1.0
        if share < 1.0:
            return index, share
    return None


def nature(table: Table, tags: Sequence[ColumnTag], there: Presence) -> tuple[Nature, tuple[Evidence, ...]]:
    """The nature of information about persons: pseudonymised, anonymous, or personal where nothing says otherwise."""
    named = [name for name, _ in segments(table)]
    evidence = _found(_lexicon("natures", "names"), named, "nature_name_word")
    evidence += _found(_lexicon("natures", "columns"), _columns(table), "nature_column_word")
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
        # A file's checksum stands for nobody.
        if tag.data_category not in ("password", NOT_PERSONAL) and hits > 1 and hits >= _MOST * len(column.values):
            found += hits
    return found


def _names_entruster(column: Column) -> bool:
    lexicon = _lexicon("custody", "columns")
    return any(hit.strength == "strong" for name in (column.name, column.label) for hit in lexicon.find(name))


def _addressed(names: Iterable[str]) -> list[Evidence]:
    """Folders, jobs and files named after a firm: addressed (ひかり生命様), or a whole folder's name (株式会社ひかり/).

    Alone it says nothing: an estimate is addressed, too.
    """
    told = [fold(name) for name in names]
    addressed = (match["before"] for name in told for match in _FIRM_ADDRESSED.finditer(name))
    # お客様, 会員様, オーナー様: a kind of person, not a firm's name.
    if any(not person_lexicon().last(before) for before in addressed):
        return [Evidence("custody_addressed", "entrusted", _WEIGHT["medium"])]
    folders = (part for name in told for part in _FOLDER.split(name)[:-1])
    if any(part.startswith(_forms()) or part.endswith(_forms()) for part in folders):
        return [Evidence("custody_firms_folder", "entrusted", _WEIGHT["medium"])]
    return []


@cache
def _forms() -> tuple[str, ...]:
    return tuple(fold(form) for form in entity_words("organisation_form"))


def _columns(table: Table) -> list[str]:
    return [name for column in table.columns for name in (column.name, column.label) if name]


def _of_names(names: Iterable[str]) -> list[Evidence]:
    return _found(_lexicon("custody", "names"), names, "custody_name_word")


def _decided(evidence: Iterable[Evidence]) -> tuple[Custody, tuple[Evidence, ...]]:
    told = list(evidence)
    reasons = tuple(sorted((reason for reason in told if reason.says == "entrusted"), key=lambda one: -one.weight))
    ours = sum(reason.weight for reason in told if reason.says == "own")
    decided = sum(reason.weight for reason in reasons) - ours >= _DECIDES
    return ("entrusted", reasons) if decided else ("own", ())


@cache
def _entrusters() -> frozenset[str]:
    """Every word by which those are called who entrust."""
    return frozenset(word for word, _ in custody()["entruster"].names.graded())


def _found(lexicon: Lexicon, texts: Iterable[str], code: str) -> list[Evidence]:
    weights = {(hit.row, hit.word): _WEIGHT[hit.strength] for text in texts for hit in lexicon.find(text)}
    return [Evidence(code, row, weight, {"word": word}) for (row, word), weight in weights.items()]


@cache
def _lexicon(which: str, part: str) -> Lexicon:
    rows: Iterable[Circumstance] = (custody() if which == "custody" else natures()).values()
    words = {row.id: row.names if part == "names" else row.columns for row in rows if row.id != "entruster"}
    return Lexicon.of(words, (word for row in rows for word in row.not_names))


@cache
def _phrases() -> Phrases:
    return Phrases((row.id, phrase) for row in custody().values() for phrase in row.phrases)
