"""Columns whose values tell whose a row is: their values read, by the words of the vocabulary, into partitions.

A value stands in a filter only where it is a word of the vocabulary or a code that a label explains, and no person's:
any other value lies in the partition of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from classifiers.lexicon import Lexicon
from classifiers.masking import holds_person
from classifiers.normalize import fold
from classifiers.partitions import row_filters
from classifiers.tags import Column, ColumnTag, Evidence
from classifiers.vocabulary import data_categories, word_list

_MOST_VALUES = 40
_LONGEST = 24
_READ = 0.75
"""Share of a value's letters that the vocabulary's words must fill."""
_HALF = 0.5
_TYPES = ("not_personal", "other_personal", "free_text", "account_id", "organization_name")
_NOTE = re.compile(r"(?P<said>[^()\[\]]+)[(\[](?P<note>[^()\[\]]+)[)\]]")
_CODE = re.compile(r"([0-9A-Za-z]{1,4}) ?[:=.\-→] ?([^\s,、;/|()\[\]0-9:=][^\s,、;/|()\[\]:=]*)")


_KIND = re.compile(r"(?i)(?:type|kbn|kubun|class)(?:_?c[do]d?e?)?$")
"""A Latin name that ends so tells kinds apart, whatever is glued before it: ptype, SAKIKBN."""
_GLUED_CODE = re.compile(r"(?<![0-9A-Za-z])([0-9])([^\s0-9A-Za-z,、;/|()\[\]:=.-]{2,})")

_SPACED_CODE = re.compile(r"(?:^|[,、;/|(] ?)([0-9A-Za-z]{1,2}) ([^\s,、;/|()]{3,})(?=\s*(?:[,、;/|)]|$))")


@dataclass(frozen=True, slots=True)
class Partition:
    """Some rows: whose they are, by which filter, why, and how many of the rows that were read."""

    row_filter: str
    subject: str
    """'' the rest: whoever the dataset as a whole is of."""
    share: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Reading:
    """A column's values by the subject that they mark."""

    values: dict[str, list[str]] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    unread: dict[str, float] = field(default_factory=dict)
    """Values that mark nobody, each with its share of the rows."""
    empty: float = 0.0

    @property
    def rest(self) -> float:
        """Share of the rows with a value that marks nobody."""
        return sum(self.unread.values())

    def take(self, value: str, subject: str, share: float) -> None:
        """A value that marks a subject, and its share of the rows."""
        self.values.setdefault(subject, []).append(value)
        self.shares[subject] = self.shares.get(subject, 0.0) + share

    def leave(self, subject: str) -> None:
        """Values that mark a subject as values that mark nobody."""
        values, share = self.values.pop(subject, []), self.shares.pop(subject, 0.0)
        self.unread |= {value: share / len(values) for value in values}


def parts(column: str, reading: Reading, code: str, base: str) -> tuple[Partition, ...]:
    rest = round(reading.rest + reading.empty, 9)
    found = []
    for subject, values in reading.values.items():
        evidence = Evidence(code, subject, 3.0, {"share": round(reading.shares[subject], 2), "n": len(values)})
        if subject == base and rest:
            continue
        found.append(Partition(row_filters.among(column, values), subject, reading.shares[subject], (evidence,)))
    if rest:
        told = [value for subject, values in reading.values.items() if subject != base for value in values]
        row_filter = row_filters.not_among(column, told, nulls=reading.empty > 0)
        found.append(Partition(row_filter, "", rest + reading.shares.get(base, 0.0)))
    return tuple(found) if len(found) > 1 else tuple(Partition("", part.subject, 1.0, part.evidence) for part in found)


def read(column: Column, lexicon: Lexicon, codes: Mapping[str, str], persons: Lexicon | None = None) -> Reading:
    """What the column's values mark, by the words of `lexicon`; `persons`: names of persons that mark a row as well
    where the column's own name says that it tells kinds apart."""
    reading = Reading()
    lexicons = (lexicon, persons) if persons else (lexicon,)
    for value, count in zip(column.values, column.counts, strict=True):
        said = codes.get(value) or codes.get(fold(value)) or value
        subject, covered = _meaning(said, lexicon)
        if covered < _READ and is_kind(column):
            subject, covered = _loosely(said, lexicons) or (subject, covered)
        if covered < _READ or (said is value and covered < 1.0 and holds_person(value)):
            reading.unread[value] = count / column.rows
        else:
            reading.take(value, subject, count / column.rows)
    reading.empty = max(0.0, round(1.0 - reading.rest - sum(reading.shares.values()), 9))
    return reading


def _meaning(said: str, lexicon: Lexicon) -> tuple[str, float]:
    """Whom a value marks: as a whole, else by the note in its parentheses: 学生（採用）, 会員（退会）."""
    subject, covered = lexicon.reading(said)
    noted = _NOTE.fullmatch(fold(said))
    if covered < _READ and noted:
        by_note = lexicon.reading(noted["note"])
        return by_note if by_note[1] >= _READ else lexicon.reading(noted["said"])
    return subject, covered


def _loosely(said: str, lexicons: Sequence[Lexicon]) -> tuple[str, float] | None:
    """Whom a value of a kind column marks by its last word (常駐業者), or by one that fills half of it (法人窓口)."""
    for lexicon in lexicons:
        if last := lexicon.last(said):
            return last, _READ
    for lexicon in lexicons:
        subject, covered = lexicon.reading(said)
        if covered >= _HALF:
            return subject, _READ
    return None


def enumerates(column: Column, tag: ColumnTag) -> bool:
    data_type = data_categories()[tag.data_category].data_type
    return (
        # Of a list in a record (`messages[].from`) each row holds several.
        "[]" not in column.name
        and 0 < len(column.values) <= _MOST_VALUES
        and column.rows > 0
        and data_type in _TYPES
        and all(len(value) <= _LONGEST for value in column.values)
    )


def codes(label: str) -> Mapping[str, str]:
    """What codes mean, as a column's comment explains them.

    >>> codes("区分（1:顧客 2:取引先、3：弁護士）")
    {'1': '顧客', '2': '取引先', '3': '弁護士'}
    >>> codes("申出者 1利用者 2業者")
    {'1': '利用者', '2': '業者'}
    >>> codes("A active, R resigned")
    {'A': 'active', 'R': 'resigned'}
    """
    said = fold(label)
    if marked := dict(_CODE.findall(said)):
        return marked
    listed = (dict(pattern.findall(said)) for pattern in (_GLUED_CODE, _SPACED_CODE))
    return next((one for one in listed if len(one) > 1), {})


def codes_of(column: Column, hints: Sequence[str]) -> Mapping[str, str]:
    """What a column's codes mean by its comment, else by a note on the table that explains all of them."""
    own = codes(column.label)
    noted = {} if own or not is_kind(column) else {code: word for hint in hints for code, word in codes(hint).items()}
    filled = [value for value in column.values if fold(value)]
    explained = sum(fold(value) in noted for value in filled)
    return own or (noted if explained >= _READ * len(filled) else {})


def is_kind(column: Column) -> bool:
    """Whether the names of a column say that it tells kinds of rows apart."""
    names = f"{column.name} {column.label}"
    return bool(_heads("kind_columns").find(names) or _KIND.search(column.name))


def is_attribute(column: Column) -> bool:
    """Whether they say that its values are attributes (職業), though they look like kinds of persons."""
    return bool(_heads("attribute_columns").find(f"{column.name} {column.label}"))


@cache
def _heads(which: str) -> Lexicon:
    return Lexicon(("head", word, "strong") for word in word_list(which))
