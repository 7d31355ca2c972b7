"""Whose one record is, asked for on demand: by its partition, its own cells, and the persons whom its texts name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from classifiers import partitions
from classifiers.partitions import row_filters
from classifiers.partitions.kind_columns import is_attribute
from classifiers.partitions.staff import of_staff
from classifiers.subjects import contents
from classifiers.subjects.documents import tag_row
from classifiers.subjects.fusion import NONE, decide, sprung
from classifiers.subjects.mentioned import of_mentions
from classifiers.subjects.signals import of_columns, of_holders, segments
from classifiers.tags import FREE_TEXT, UNRESOLVED, Column, ColumnTag, Evidence, SubjectTag, Table
from classifiers.texts import Mode
from classifiers.vocabulary import data_categories

_REASONS = 8
_STAFF = ("employee", "retiree")
_WHOLE, _PARTITION = 2.0, 3.0
"""What the subject of the whole table, and that of the record's partition, weigh for the record."""
_CELL, _LEFT = 2.5, 3.5
_TEXT = 15
"""Letters from which a cell that is no value of a known kind is read as a text."""
_THIRD = 0.4
"""What persons named in a text weigh, of their weight, where the record names its own person in a column."""


def tag_record(
    table: Table,
    columns: Sequence[ColumnTag],
    row: Mapping[str, str | None],
    tags: Sequence[SubjectTag],
    as_of: date,
    *,
    mode: Mode = "standard",
) -> SubjectTag:
    """Whose one record is: its partition's subject, unless its own cells and texts speak for another one more.

    `columns` and `tags` are what `tag_columns` and `tag_subjects` said of the table; `row`: column names as the store
    spells them → cells. Texts are read with the language model (`mode`). Evidence names words and numbers, no cell.
    """
    if table.kind == "documents":
        return tag_row(table, row, mode=mode)
    part = _part(columns, table.columns, row, tags, as_of)
    alone = [_alone(column, row.get(column.name)) for column in table.columns]
    evidence = [*_of_partition(part), *_of_cells(table, alone, columns, part.subject, as_of)]
    texts = [cell for column, tag in zip(alone, columns, strict=True) if (cell := _text(column, tag))]
    evidence += contents.phrases(texts) if texts else []
    share = _THIRD if any(_names(tag) and column.values for column, tag in zip(alone, columns, strict=True)) else 1.0
    evidence += [replace(reason, weight=round(share * reason.weight, 2)) for reason in of_mentions(texts, mode)]
    decision = decide(evidence)
    if decision.subject == UNRESOLVED:
        return part
    ranked = sorted(evidence, key=lambda reason: (reason.says != decision.subject, -abs(reason.weight)))[:_REASONS]
    if decision.subject == part.subject:
        return replace(part, evidence=(*ranked, *part.evidence))
    nature = "personal" if part.nature == NONE else part.nature
    return replace(
        part, subject=decision.subject, nature=nature, confidence=decision.confidence, evidence=tuple(ranked)
    )


def _part(
    columns: Sequence[ColumnTag],
    named: Sequence[Column],
    row: Mapping[str, str | None],
    tags: Sequence[SubjectTag],
    as_of: date,
) -> SubjectTag:
    """The tag whose rows the record is one of; where no filter knows it, its table's largest one, undecided."""
    cells = {tag.column: row.get(column.name) for tag, column in zip(columns, named, strict=True)}
    for tag in tags:
        if row_filters.holds(tag.row_filter, cells, as_of):
            return tag
    return replace(tags[0], subject=UNRESOLVED, confidence=0.0, evidence=(), row_filter="", share=1.0)


def _of_partition(part: SubjectTag) -> list[Evidence]:
    if part.subject in (UNRESOLVED, NONE):
        return []
    weight = _PARTITION if part.row_filter else _WHOLE
    return [Evidence("subject_partition" if part.row_filter else "subject_table", part.subject, weight)]


def _of_cells(
    table: Table, alone: Sequence[Column], columns: Sequence[ColumnTag], subject: str, as_of: date
) -> list[Evidence]:
    """What a record's own cells say: a kind, a day of leaving, a mail address, and, where its table leaves it open,
    the columns that are filled."""
    told = [column.values[0] for column in alone if column.values and not is_attribute(column)]
    kinds = {marked for cell in told if (marked := partitions.marked(cell))}
    kinds |= {reason.says for reason in partitions.only_kind(alone, columns)}
    evidence = [Evidence("subject_cell", kind, _CELL) for kind in sorted(kinds)]
    if subject in _STAFF:
        left = of_staff(alone, columns, as_of, subject)
        evidence += [replace(reason, weight=_LEFT) for part in left[:1] for reason in part.evidence]
    evidence += contents.says(alone, columns, table.own_domains)
    filled = [column for column in alone if column.values]
    if subject in (UNRESOLVED, NONE):
        names = [name for column in filled for name in (column.name, column.label)]
        kept = [tag for column, tag in zip(alone, columns, strict=True) if column.values]
        beside = [*of_columns(filled), *of_holders(filled, kept)]
        evidence += sprung(beside, [name for name, _ in segments(table)], names)
    return [reason for reason in evidence if reason.says != NONE and reason.code != "subject_phrase"]


def _alone(column: Column, cell: str | None) -> Column:
    """The column as if the record were all its rows."""
    return replace(column, values=(cell,) if cell else (), counts=(1,) if cell else (), rows=1)


def _text(column: Column, tag: ColumnTag) -> str:
    """The cell of a free text, or of a column of no known kind that is long enough to be one; '' for any other."""
    known = tag.data_category in data_categories() and data_categories()[tag.data_category].data_type
    long = known in (UNRESOLVED, "not_personal", "other_personal") and any(len(cell) >= _TEXT for cell in column.values)
    return column.values[0] if column.values and (known == FREE_TEXT or long) else ""


def _names(tag: ColumnTag) -> bool:
    return data_categories()[tag.data_category].data_type == "person_name"
