"""Documents and mails: what each one is, and whose; a folder of them in partitions by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.partitions import row_filters
from classifiers.subjects.circumstances import held_document
from classifiers.subjects.contents import subject_phrases
from classifiers.subjects.document_types import type_of
from classifiers.subjects.fusion import NONE, decide, sprung
from classifiers.subjects.mentioned import of_mentions
from classifiers.subjects.signals import of_names, segments
from classifiers.tags import UNRESOLVED, Custody, Evidence, SubjectTag, Table
from classifiers.texts import Mode
from classifiers.vocabulary import document_types, subjects

SUBJECT = "文書の本人"
"""What a folder's row filters call the person that a document is about: a column that no document has."""
ENTRUSTED = "（受託）"
"""What they add to the person where a folder holds both our own documents and entrusted ones."""

_BODY = 8000
"""Letters of a text that are read."""
_PHRASE = 0.7
_MOST_PHRASES = 4
_FOLDER = 0.5
"""What a folder's names weigh for a document in it: enough where the document itself says nothing."""
_TYPE = 4.0
"""What the type of a document weighs at most for the subject that it speaks for."""


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """What a document is and whose."""

    type: str
    """A row of `vocabulary/document_types.yml`."""
    tag: SubjectTag


def tag_document(
    name: str, text: str, folder: tuple[tuple[str, float], ...] = (), *, mode: Mode = "standard"
) -> TaggedDocument:
    """What a document is and whose, by its name (file and title) and its text (subject line and body).

    `folder`: names that speak of it from outside, each with how much it weighs. Where names and phrases decide
    nothing of a document of our own, the persons whom the text names are looked for with the language model (`mode`).

    >>> found = tag_document("履歴書.docx", "学歴・職歴 志望の動機")
    >>> found.type, found.tag.subject
    ('resume', 'applicant')
    """
    text = text[:_BODY]
    type_id, reasons = type_of(name, text)
    type_row = document_types()[type_id]
    held, trust = held_document([name, *(named for named, _ in folder)], text)
    if type_row.subject == NONE:
        return TaggedDocument(type_id, SubjectTag(NONE, held, "none", 0.85, (*reasons, *trust)))
    evidence = sprung([*of_names([(name, 0.7), *folder]), *_phrases(text)], [name, *(named for named, _ in folder)])
    if type_row.subject != UNRESOLVED:
        weight = min(sum(reason.weight for reason in reasons), _TYPE)
        evidence.append(
            Evidence("document_type", type_row.subject, weight, {"type": type_row.ja, "type_en": type_row.en})
        )
    decision = decide(evidence)
    if decision.subject == UNRESOLVED and held == "own":
        evidence += of_mentions([text], mode)
        decision = decide(evidence)
    why = sorted(evidence, key=lambda reason: (reason.says != decision.subject, -reason.weight))[:6]
    tag = SubjectTag(decision.subject, held, "personal", decision.confidence, (*why, *trust))
    return TaggedDocument(type_id, tag)


def tag_documents(table: Table) -> tuple[SubjectTag, ...]:
    """Whose a folder of documents is: one tag, or one for each kind of person found in it, the largest first."""
    around = _around(table)
    rows = table.records.to_pylist() if table.records is not None else []
    if not rows:
        names = [name for name, _ in around]
        evidence = sprung(of_names(around), names)
        held, trust = held_document(names, "")
        decision = decide(evidence)
        return (SubjectTag(decision.subject, held, "personal", decision.confidence, (*evidence, *trust)),)
    found: dict[tuple[str, Custody], list[SubjectTag]] = {}
    for row in rows:
        tag = tag_document(*_of_record(row), folder=around).tag
        found.setdefault((tag.subject, tag.custody), []).append(tag)
    mixed = len({held for _, held in found}) > 1
    ranked = sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return tuple(_folder(tags, len(rows), "" if len(found) == 1 else _filter(*key, mixed)) for key, tags in ranked)


def tag_row(table: Table, row: Mapping[str, str | None], *, mode: Mode = "standard") -> SubjectTag:
    """Whose one document or mail of a folder is: `row` is its record."""
    return tag_document(*_of_record(row), folder=_around(table), mode=mode).tag


def _around(table: Table) -> tuple[tuple[str, float], ...]:
    return tuple((name, weight * _FOLDER) for name, weight in segments(table))


def _of_record(row: Mapping[str, str | None]) -> tuple[str, str]:
    def cell(name: str) -> str:
        return row.get(name) or ""

    name = " ".join(filter(None, (cell("file").rpartition("/")[2], cell("title"))))
    return name, f"{cell('subject')}\n{cell('body')}"


def _filter(subject: str, held: Custody, mixed: bool) -> str:
    mark = ENTRUSTED if mixed and held == "entrusted" else ""
    return row_filters.among(SUBJECT, [subjects()[subject].ja + mark])


def _folder(tags: list[SubjectTag], documents: int, row_filter: str) -> SubjectTag:
    best = max(tags, key=lambda tag: tag.confidence)
    counted = Evidence("document_count", best.subject, 0.0, {"n": len(tags), "of": documents})
    confidence = round(sum(tag.confidence for tag in tags) / len(tags), 2)
    share = round(len(tags) / documents, 4)
    return SubjectTag(best.subject, best.custody, best.nature, confidence, (counted, *best.evidence), row_filter, share)


def _phrases(text: str) -> list[Evidence]:
    counted: dict[str, list[str]] = {}
    for subject, phrase in subject_phrases().find(text):
        counted.setdefault(subject, []).append(phrase)
    return [
        Evidence(
            "document_phrase",
            subject,
            round(_PHRASE * min(len(said), _MOST_PHRASES), 2),
            {"word": said[0], "n": len(said)},
        )
        for subject, said in counted.items()
    ]
