"""How a dataset is held, for ourselves or for somebody else (受託), and what kind of information it is (情報の性質)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from classifiers.lexicon import Lexicon, Phrases
from classifiers.subjects import entrusting
from classifiers.subjects.fusion import sprung
from classifiers.subjects.presence import Presence
from classifiers.subjects.signals import segments
from classifiers.tags import NOT_PERSONAL, Column, ColumnTag, Custody, Evidence, Nature, Table
from classifiers.vocabulary import Circumstance, Strength, custody, natures, word_list

_WEIGHT: dict[Strength, float] = {"strong": entrusting.STRONG, "medium": entrusting.MEDIUM, "weak": 0.3}
_PHRASE = 1.0
_DECIDES = 1.8
_HINTS = 0.9
"""Weight from which words for an entruster are told, though they do not decide."""
_OURS = 1.5
"""How much more a word for what is our own weighs: whom we entrust explains words for the work and its end, too."""
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}")
_MOST = 0.9
_STAFF = frozenset({"employee", "retiree", "applicant"})


def held(table: Table, subject: str, *, firms: bool) -> tuple[Custody, tuple[Evidence, ...]]:
    """Whether a dataset as a whole is held for somebody else, by its names and columns.

    A column that names an entruster decides where it is full; where it is empty in some rows, `partly` tells which.
    `subject`: whose it is; where its rows name their firms (`firms`) and are of business partners, words for those who
    entrust are of its own rows. Reasons beside "own" are what speaks against that and does not decide.
    """
    partners = subject == "business_partner"
    beside = _found(_lexicon("custody", "columns"), _columns(table), "custody_column_word")
    beside += entrusting.of_columns(table.columns)
    if partly(table, subject, firms=firms):
        beside = [reason for reason in beside if reason.weight < _WEIGHT["strong"]]
    named = [name for name, _ in segments(table)]
    # What is kept in 受託システム is somebody else's, whatever a table is called; a store called 事務局 says nothing.
    said = _of_names(named)
    stored = (one for one in _of_names([table.store]) if one.says == "entrusted" and one not in said)
    said += [one for one in stored if one.weight >= _WEIGHT["strong"]]
    told = sprung([*said, *beside], named, _columns(table))
    if partners and (firms or _of_entrusters(table)):
        # a folder of the entruster's is no list of entrusters
        around = set() if _of_contacts(table) else {reason.words.get("word") for reason in _of_names(_folders(table))}
        told = [reason for reason in told if (word := reason.words.get("word")) in around or word not in _entrusters()]
    notes = [table.name, table.label, *table.hints]
    staff = entrusting.of_staff(notes, table.columns) if subject in _STAFF else []
    return _decided([*told, *staff, *entrusting.of_notes(notes, of_partners=partners)])


def held_document(names: Iterable[str], text: str) -> tuple[Custody, tuple[Evidence, ...]]:
    """Whether a document is held for somebody else, by its own and its folder's names and by its phrases."""
    said = [Evidence("custody_name_word", row, _PHRASE, {"word": word}) for row, word in _phrases().find(text)]
    named = list(names)
    return _decided([*_of_names(named), *said, *entrusting.of_notes(named, of_partners=True)])


def partly(table: Table, subject: str, *, firms: bool) -> tuple[int, float] | None:
    """The column that names an entruster in some rows and is empty in others, and the share of the filled ones."""
    if subject == "business_partner" and firms:
        return None
    for index, column in enumerate(table.columns):
        if not _names_entruster(column, table):
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


def _names_entruster(column: Column, table: Table) -> bool:
    found = _found(_lexicon("custody", "columns"), [column.name, column.label], "custody_column_word")
    told = sprung(found, [name for name, _ in segments(table)], _columns(table))
    return any(reason.says == "entrusted" and reason.weight >= _WEIGHT["strong"] for reason in told)


def _columns(table: Table) -> list[str]:
    return [name for column in table.columns for name in (column.name, column.label) if name]


def _of_names(names: Iterable[str]) -> list[Evidence]:
    return _found(_lexicon("custody", "names"), names, "custody_name_word")


def _decided(evidence: Iterable[Evidence]) -> tuple[Custody, tuple[Evidence, ...]]:
    told = list(evidence)
    reasons = tuple(sorted((reason for reason in told if reason.says == "entrusted"), key=lambda one: -one.weight))
    theirs = sum(reason.weight for reason in reasons)
    ours = _OURS * sum(reason.weight for reason in told if reason.says == "own")
    if theirs - ours >= _DECIDES:
        return "entrusted", reasons
    # client_id, 受領日: a table of our own customers has such a column, too.
    beside = sum(reason.weight for reason in reasons if reason.code == "custody_column_word")
    return "own", reasons if theirs - beside - ours >= _HINTS else ()


def _of_entrusters(table: Table) -> bool:
    """Whether a table is called a list of those who entrust."""
    found = _found(_entruster_lexicon(), [table.name, table.label], "custody_name_word")
    return bool(found)


def _of_contacts(table: Table) -> bool:
    """Whether a table is called a list of those who answer for a firm."""
    names = [table.name, table.label, *table.hints]
    return any(word in name.lower() for name in names for word in word_list("firms_contacts"))


def _folders(table: Table) -> list[str]:
    """A table's hints without the path's last part where that is the table's own name."""
    return [hint.rpartition("/")[0] if table.name in hint.rpartition("/")[2] else hint for hint in table.hints]


@cache
def _entrusters() -> frozenset[str]:
    """Every word by which those are called who entrust."""
    return frozenset(word for word, _ in custody()["entruster"].names.graded())


@cache
def _entruster_lexicon() -> Lexicon:
    return Lexicon.of({"entruster": custody()["entruster"].names})


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
