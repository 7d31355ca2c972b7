"""Row partitions: a kind column, a status or a day of leaving splits a dataset into rows of different persons.

A value stands in a filter only where it is a word of the vocabulary or a code that a label explains, and no person's:
any other value lies in the partition of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from classifiers import row_filters
from classifiers.lexicon import Hit, Lexicon
from classifiers.normalize import fold
from classifiers.tags import UNRESOLVED, Column, ColumnTag, Evidence
from classifiers.vocabulary import data_categories, subjects

_MOST_VALUES = 40
_LONGEST = 24
_READ = 0.75
_MAPPED = 0.6
_CODE = re.compile(r"([0-9A-Za-z]{1,4}) ?[:=.\-→] ?([^\s,、;/|()\[\]0-9:=][^\s,、;/|()\[\]:=]*)")
_YES = frozenset("1 true t y yes on 有 ○ 〇 済 該当 はい".split())
_NO = frozenset("0 false f n no off 無 × - 未 非該当 いいえ".split())
_KIND_HEADS = Lexicon(
    [
        ("kind", word, "strong")
        for word in (
            "区分 種別 種類 属性 分類 立場 タイプ 対象 ステータス 状態 状況 本人 関係 ロール 相手 kind type category class kbn kubun "
            "syubetsu shubetsu role status state segment group relation"
        ).split()
    ]
)
_OTHERS = Lexicon(
    [
        ("other", word, "strong")
        for word in (
            "職業 職種 役職 資格 続柄 業種 部署 所属 興味 カテゴリ カテゴリー 相談 商品 希望 紹介元 経路 媒体 担当 job occupation title "
            "position department industry interest category_id product source channel"
        ).split()
    ]
)


@dataclass(frozen=True, slots=True)
class Partition:
    """Some rows: whose they are, by which filter, why, and how many of the rows that were read."""

    row_filter: str
    subject: str
    """'' the rest: whoever the dataset as a whole is of."""
    share: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class _Reading:
    """A column's values by the subject that they mark."""

    values: dict[str, list[str]] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    rest: float = 0.0
    """Share of the rows with a value that marks nobody."""
    empty: float = 0.0


def by_kind(columns: Sequence[Column], tags: Sequence[ColumnTag]) -> tuple[Partition, ...]:
    """The partitions of the column whose values mark the most rows as two subjects' or more; () where there is none."""
    best: tuple[float, tuple[Partition, ...]] = (0.0, ())
    for column, tag in zip(columns, tags, strict=True):
        names = f"{column.name} {column.label}"
        if not _enumerates(column, tag) or _OTHERS.find(names):
            continue
        reading = _read(column, _values(), _codes(column.label))
        mapped = sum(reading.shares.values())
        score = mapped + (0.5 if _KIND_HEADS.find(names) else 0.0)
        if len(reading.values) > 1 and mapped >= _MAPPED and score > best[0]:
            best = (score, _parts(tag.column, reading, "subject_kind_value"))
    return best[1]


def only_kind(columns: Sequence[Column], tags: Sequence[ColumnTag]) -> list[Evidence]:
    """What kind columns say whose values all mark one subject: evidence on the whole, no partition."""
    evidence: list[Evidence] = []
    for column, tag in zip(columns, tags, strict=True):
        names = f"{column.name} {column.label}"
        if _enumerates(column, tag) and _KIND_HEADS.find(names) and not _OTHERS.find(names):
            reading = _read(column, _values(), _codes(column.label))
            if len(reading.values) == 1 and sum(reading.shares.values()) >= _MAPPED:
                [subject] = reading.values
                share = round(reading.shares[subject], 2)
                evidence.append(Evidence("subject_only_value", subject, 2.0, {"share": share}))
    return evidence


def of_staff(columns: Sequence[Column], tags: Sequence[ColumnTag], as_of: date) -> tuple[Partition, ...]:
    """Current and former staff of an HR table, by the day they left, else by a status or a flag.

    One partition where all rows are one subject's; () where no column tells. A day still to come is no leaving yet.
    """
    pairs = [pair for pair in zip(columns, tags, strict=True) if pair[0].rows]
    days = [found for column, tag in pairs if (found := _by_day(column, tag, as_of))]
    states = [found for column, tag in pairs if (found := _by_state(column, tag))]
    gone = [sum(part.share for part in parts if part.subject == "retiree") for parts in (*days[:1], *states[:1])]
    if days and (not states or gone[0] >= gone[1] or len(days[0]) > 1):
        return days[0]
    return states[0] if states else ()


def marked(cell: str) -> str:
    """The subject that a cell of a single record marks, '' where it is no word of a kind column."""
    return _cells().get(fold(cell).lower(), "")


def _by_day(column: Column, tag: ColumnTag, as_of: date) -> tuple[Partition, ...]:
    if not any(hit.row == "retiree" and hit.strength != "weak" for hit in _leaving(column)):
        return ()
    days = [(row_filters.day(value), count) for value, count in zip(column.values, column.counts, strict=True)]
    gone = sum(count for found, count in days if found and found <= as_of) / column.rows
    if column.values and not any(found for found, _ in days):
        return ()
    words = {"word": _leaving(column)[0].word, "share": round(gone, 2)}
    left = Evidence("subject_left", "retiree", 3.0, words)
    stays = Evidence("subject_not_left", "employee", 3.0, words)
    if gone <= 0.0:
        return (Partition("", "employee", 1.0, (stays,)),)
    if gone >= 1.0:
        return (Partition("", "retiree", 1.0, (left,)),)
    return (
        Partition(row_filters.past(tag.column), "retiree", gone, (left,)),
        Partition(row_filters.not_past(tag.column), "employee", 1.0 - gone, (stays,)),
    )


def _by_state(column: Column, tag: ColumnTag) -> tuple[Partition, ...]:
    flags = _flags(column)
    if not flags and not (_enumerates(column, tag) and _KIND_HEADS.find(f"{column.name} {column.label}")):
        return ()
    reading = _read(column, _states(), flags or _codes(column.label))
    if sum(reading.shares.values()) < _MAPPED or "retiree" not in reading.values:
        return ()
    return _parts(tag.column, reading, "subject_state")


def _flags(column: Column) -> Mapping[str, str]:
    """What the values of a yes-or-no column about leaving mean; {} where it is none."""
    if not _leaving(column) or not all(fold(value).lower() in _YES | _NO for value in column.values):
        return {}
    return {value: "退職" if fold(value).lower() in _YES else "在職" for value in column.values}


def _leaving(column: Column) -> list[Hit]:
    hits = [hit for name in (column.name, column.label) for hit in _leaving_lexicon().find(name)]
    return sorted(hits, key=lambda hit: hit.row != "retiree")


def _parts(column: str, reading: _Reading, code: str) -> tuple[Partition, ...]:
    parts = []
    for subject, values in sorted(reading.values.items(), key=lambda entry: -reading.shares[entry[0]]):
        share = reading.shares[subject]
        evidence = Evidence(code, subject, 3.0, {"share": round(share, 2), "n": len(values)})
        parts.append(Partition(row_filters.among(column, values), subject, share, (evidence,)))
    if reading.rest + reading.empty > 0:
        named = [value for values in reading.values.values() for value in values]
        row_filter = row_filters.not_among(column, named, nulls=reading.empty > 0)
        parts.append(Partition(row_filter, "", reading.rest + reading.empty))
    return tuple(parts) if len(parts) > 1 else tuple(Partition("", p.subject, 1.0, p.evidence) for p in parts)


def _read(column: Column, lexicon: Lexicon, codes: Mapping[str, str]) -> _Reading:
    from classifiers.masking import holds_person

    reading = _Reading()
    for value, count in zip(column.values, column.counts, strict=True):
        said = codes.get(value) or codes.get(fold(value)) or value
        subject, covered = lexicon.reading(said)
        if covered < _READ or (said is value and covered < 1.0 and holds_person(value)):
            reading.rest += count / column.rows
            continue
        reading.values.setdefault(subject, []).append(value)
        reading.shares[subject] = reading.shares.get(subject, 0.0) + count / column.rows
    reading.empty = max(0.0, round(1.0 - reading.rest - sum(reading.shares.values()), 9))
    return reading


def _enumerates(column: Column, tag: ColumnTag) -> bool:
    data_type = data_categories()[tag.data_category].data_type
    return (
        0 < len(column.values) <= _MOST_VALUES
        and column.rows > 0
        and data_type in ("not_personal", "other_personal", "free_text", "account_id", "organization_name")
        and all(len(value) <= _LONGEST for value in column.values)
    )


def _codes(label: str) -> Mapping[str, str]:
    """What codes mean, as a column's comment explains them.

    >>> _codes("区分（1:顧客 2:取引先、3：弁護士）")
    {'1': '顧客', '2': '取引先', '3': '弁護士'}
    """
    return {code: word for code, word in _CODE.findall(fold(label))}


@cache
def _values() -> Lexicon:
    return Lexicon((row.id, word, "strong") for row in subjects().values() for word in row.values)


@cache
def _states() -> Lexicon:
    return Lexicon((row.id, word, "strong") for row in subjects().values() for word in row.states)


@cache
def _cells() -> Mapping[str, str]:
    return {fold(word).lower(): row.id for row in subjects().values() if row.id != UNRESOLVED for word in row.values}


@cache
def _leaving_lexicon() -> Lexicon:
    row = subjects()["retiree"]
    nothing = [word for word in row.not_names if word not in row.columns.strong]
    return Lexicon.of({"retiree": row.columns}, nothing)
