"""Documents and mails: what each one is, and whose; a folder of them in partitions by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from classifiers import row_filters
from classifiers.contents import subject_phrases
from classifiers.fusion import NONE, decide, sprung
from classifiers.lexicon import Lexicon, Phrases, Strength
from classifiers.signals import of_names, segments
from classifiers.tags import UNRESOLVED, Custody, Evidence, SubjectTag, Table
from classifiers.vocabulary import custody, document_types, subjects

SUBJECT = "文書の本人"
"""What a folder's row filters call the person that a document is about: a column that no document has."""
ENTRUSTED = "（受託）"
"""What they add to the person where a folder holds both our own documents and entrusted ones."""

_HEAD, _BODY = 160, 8000
_TYPE: dict[Strength, float] = {"strong": 3.0, "medium": 1.2, "weak": 0.4}
_IN_HEAD, _IN_BODY, _OF_TYPE = 0.7, 0.7, 2.0
_MOST_PHRASES = 4
_CUSTODY_DECIDES = 1.8
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """What a document is and whose."""

    type: str
    """A row of `vocabulary/document_types.yml`."""
    tag: SubjectTag


def tag_document(name: str, text: str, folder: tuple[tuple[str, float], ...] = ()) -> TaggedDocument:
    """What a document is and whose, by its name (file and title) and its text (subject line and body).

    `folder`: names that speak of it from outside, each with how much it weighs.

    >>> found = tag_document("履歴書.docx", "学歴・職歴 志望の動機")
    >>> found.type, found.tag.subject
    ('resume', 'applicant')
    """
    text = text[:_BODY]
    type_id, reasons = _type(name, text)
    type_row = document_types()[type_id]
    held, trust = _held([name, *(named for named, _ in folder)], text)
    if type_row.subject == NONE:
        return TaggedDocument(type_id, SubjectTag(NONE, held, "none", 0.85, (*reasons, *trust)))
    evidence = sprung([*of_names([(name, 0.7), *folder]), *_phrases(text)], [name, *(named for named, _ in folder)])
    if type_row.subject != UNRESOLVED:
        weight = min(sum(reason.weight for reason in reasons), 4.0)
        evidence.append(Evidence("document_type", type_row.subject, weight, {"type": type_row.ja, "type_en": type_row.en}))
    decision = decide(evidence)
    why = sorted(evidence, key=lambda reason: (reason.says != decision.subject, -reason.weight))[:6]
    tag = SubjectTag(decision.subject, held, "personal", decision.confidence, (*why, *trust))
    return TaggedDocument(type_id, tag)


def tag_documents(table: Table) -> tuple[SubjectTag, ...]:
    """Whose a folder of documents is: one tag, or one for each kind of person found in it, the largest first."""
    around = tuple(segments(table))
    rows = table.records.to_pylist() if table.records is not None else []
    if not rows:
        decision = decide(sprung(of_names(around), [name for name, _ in around]))
        held, trust = _held([name for name, _ in around], "")
        return (SubjectTag(decision.subject, held, "personal", decision.confidence, (*of_names(around), *trust)),)
    found: dict[tuple[str, Custody], list[SubjectTag]] = {}
    for row in rows:
        tag = tag_document(*_of_record(row), folder=around).tag
        found.setdefault((tag.subject, tag.custody), []).append(tag)
    mixed = len({held for _, held in found}) > 1
    ranked = sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(_folder(tags, len(rows), "" if len(found) == 1 else _filter(*key, mixed)) for key, tags in ranked)


def _of_record(row: Mapping[str, str | None]) -> tuple[str, str]:
    def cell(name: str) -> str:
        return row.get(name) or ""

    return " ".join(filter(None, (cell("file").rpartition("/")[2], cell("title")))), f"{cell('subject')}\n{cell('body')}"


def _filter(subject: str, held: Custody, mixed: bool) -> str:
    mark = ENTRUSTED if mixed and held == "entrusted" else ""
    return row_filters.among(SUBJECT, [subjects()[subject].ja + mark])


def _folder(tags: list[SubjectTag], documents: int, row_filter: str) -> SubjectTag:
    best = max(tags, key=lambda tag: tag.confidence)
    counted = Evidence("document_count", best.subject, 0.0, {"n": len(tags), "of": documents})
    confidence = round(sum(tag.confidence for tag in tags) / len(tags), 2)
    share = round(len(tags) / documents, 4)
    return SubjectTag(
        best.subject, best.custody, best.nature, confidence, (counted, *best.evidence), row_filter, share
    )


def _type(name: str, text: str) -> tuple[str, tuple[Evidence, ...]]:
    """The type that name, first lines and phrases speak for most, and why."""
    weights: dict[str, dict[str, float]] = {}
    for hit in _type_names().find(name):
        weights.setdefault(hit.row, {})[hit.word] = _TYPE[hit.strength]
    for type_id, word in _heads().find(text[:_HEAD]):
        known = weights.setdefault(type_id, {})
        known[word] = max(known.get(word, 0.0), _TYPE["strong"] * _IN_HEAD)
    for type_id, word in _type_phrases().find(text):
        if len(weights.setdefault(type_id, {})) < _MOST_PHRASES:
            weights[type_id].setdefault(word, _IN_BODY)
    if not weights:
        return _OTHER, ()
    best = max(weights, key=lambda type_id: (sum(weights[type_id].values()), type_id))
    if sum(weights[best].values()) < _OF_TYPE * _IN_BODY:
        return _OTHER, ()
    row = document_types()[best]
    return best, tuple(
        Evidence("document_word", row.subject, weight, {"word": word, "type": row.ja, "type_en": row.en})
        for word, weight in weights[best].items()
    )


def _phrases(text: str) -> list[Evidence]:
    counted: dict[str, list[str]] = {}
    for subject, phrase in subject_phrases().find(text):
        counted.setdefault(subject, []).append(phrase)
    return [
        Evidence("document_phrase", subject, round(_IN_BODY * min(len(said), _MOST_PHRASES), 2), {"word": said[0], "n": len(said)})
        for subject, said in counted.items()
    ]


def _held(names: list[str], text: str) -> tuple[Custody, tuple[Evidence, ...]]:
    weights: dict[str, float] = {}
    for name in names:
        for hit in _custody_names().find(name):
            weights[hit.word] = {"strong": 2.0, "medium": 0.9, "weak": 0.3}[hit.strength]
    for _, phrase in _custody_phrases().find(text):
        weights.setdefault(phrase, 1.0)
    evidence = tuple(Evidence("custody_name_word", "entrusted", weight, {"word": word}) for word, weight in weights.items())
    return ("entrusted", evidence) if sum(weights.values()) >= _CUSTODY_DECIDES else ("own", ())


@cache
def _type_names() -> Lexicon:
    rows = document_types().values()
    return Lexicon.of({row.id: row.names for row in rows}, (word for row in rows for word in row.not_names))


@cache
def _heads() -> Phrases:
    return Phrases((row.id, word) for row in document_types().values() for word in row.names.strong if not word.isascii())


@cache
def _type_phrases() -> Phrases:
    return Phrases((row.id, phrase) for row in document_types().values() for phrase in row.phrases)


@cache
def _custody_names() -> Lexicon:
    rows = custody().values()
    return Lexicon.of({row.id: row.names for row in rows}, (word for row in rows for word in row.not_names))


@cache
def _custody_phrases() -> Phrases:
    return Phrases((row.id, phrase) for row in custody().values() for phrase in row.phrases)
