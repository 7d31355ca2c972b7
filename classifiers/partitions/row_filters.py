"""Row filters: which rows of a dataset a partition is, written for people and for a look-up that follows it.

The grammar, all of it: `c = 'v'` · `c IN ('v', 'w')` · `c NOT IN ('v')` · `c IS NULL` · `c IS NOT NULL` ·
`c <= as_of` · `c > as_of` · `c AT ('d.example')` · `c NOT AT ('d.example')`, joined by ` OR `; two such, each in
parentheses, by ` AND `. Quotes are doubled. `as_of` is the day that the scan judged by; AT is a mail address of the
domain or below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from classifiers.normalize import fold
from classifiers.recognizers.birth_date import read_date

_QUOTED = r"'(?:[^']|'')*'"
_TERM = re.compile(
    rf"(?P<column>.+?) (?:(?P<equal>=) (?P<value>{_QUOTED})"
    rf"|(?P<among>(?:NOT )?(?:IN|AT)) \((?P<values>{_QUOTED}(?:, {_QUOTED})*)\)"
    r"|(?P<null>IS NULL|IS NOT NULL)|(?P<day>(?:<=|>) as_of))(?P<next> OR |\) AND \(|\)$|$)"
)

_JOINED = re.compile(r"\(.+\) AND \(.+\)")


def among(column: str, values: Sequence[str]) -> str:
    """Rows whose `column` holds one of `values`.

    >>> among("区分", ["仕入先"]), among("区分", ["得意先", "仕入先"])
    ("区分 = '仕入先'", "区分 IN ('仕入先', '得意先')")
    """
    quoted = _quoted(values)
    return f"{column} = {quoted[0]}" if len(quoted) == 1 else f"{column} IN ({', '.join(quoted)})"


def not_among(column: str, values: Sequence[str], *, nulls: bool) -> str:
    """Rows whose `column` holds none of `values`; `nulls`: with empty cells, which SQL's NOT IN leaves out."""
    return (f"{column} IS NULL OR " if nulls else "") + f"{column} NOT IN ({', '.join(_quoted(values))})"


def past(column: str) -> str:
    """Rows whose day in `column` has come."""
    return f"{column} <= as_of"


def not_past(column: str) -> str:
    """Rows whose day in `column` is empty or still to come."""
    return f"{column} IS NULL OR {column} > as_of"


def filled(column: str) -> str:
    """Rows whose `column` is not empty."""
    return f"{column} IS NOT NULL"


def empty(column: str) -> str:
    """Rows whose `column` is empty."""
    return f"{column} IS NULL"


def at(column: str, domains: Sequence[str]) -> str:
    """Rows whose `column` holds a mail address of one of the domains or below it."""
    return f"{column} AT ({', '.join(_quoted(domains))})"


def not_at(column: str, domains: Sequence[str], *, nulls: bool) -> str:
    """Rows whose `column` holds another mail address; `nulls`: or none."""
    return (f"{column} IS NULL OR " if nulls else "") + f"{column} NOT AT ({', '.join(_quoted(domains))})"


def both(one: str, other: str) -> str:
    """Rows that lie in both of two filters, neither of which is joined by AND itself.

    >>> both("区分 = '社員'", past("退職日"))
    "(区分 = '社員') AND (退職日 <= as_of)"
    """
    return f"({one}) AND ({other})"


def is_at(address: str, domains: Sequence[str]) -> bool:
    """Whether a mail address is of one of the domains or below it.

    >>> is_at("info@mail.daicho.example", ["daicho.example"]), is_at("a@notdaicho.example", ["daicho.example"])
    (True, False)
    """
    domain = fold(address).lower().rpartition("@")[2].rstrip(">")
    return any(domain == own.lower() or domain.endswith("." + own.lower()) for own in domains)


def holds(row_filter: str, record: Mapping[str, str | None], as_of: date) -> bool:
    """Whether a record, by the column names that the filter spells, lies in the partition; '' is every record.

    >>> holds("退職日 IS NULL OR 退職日 > as_of", {"退職日": "2027-03-31"}, date(2026, 11, 23))
    True
    >>> holds("(区分 = '社員') AND (退職日 <= as_of)", {"区分": "社員", "退職日": None}, date(2026, 11, 23))
    False

    Raises ValueError where the filter is none of the grammar's.
    """
    if not row_filter:
        return True
    clauses: list[bool] = [False]
    # A column's own name may start with a parenthesis.
    position = 1 if _JOINED.fullmatch(row_filter) else 0
    while position < len(row_filter):
        term = _TERM.match(row_filter, position)
        if term is None:
            raise ValueError("not a row filter")
        clauses[-1] = clauses[-1] or _term_holds(term, record, as_of)
        if term["next"] == ") AND (":
            clauses.append(False)
        position = term.end()
    return all(clauses)


def day(cell: str) -> date | None:
    """The day that a cell writes, in the Western or the Japanese calendar, with or without a time of day."""
    folded = fold(cell)
    return read_date(folded) or read_date(re.split(r"[ T]", folded)[0])


def _term_holds(term: re.Match[str], record: Mapping[str, str | None], as_of: date) -> bool:
    cell = record.get(term["column"]) or None
    if term["null"]:
        return (cell is None) == (term["null"] == "IS NULL")
    if cell is None:
        return False
    if term["day"]:
        # What writes no day (`-`, 未定) has not come.
        found = day(cell)
        return (found is not None and found <= as_of) == term["day"].startswith("<=")
    if term["equal"]:
        return cell == _unquoted(term["value"])
    values = [_unquoted(value) for value in re.findall(_QUOTED, term["values"])]
    if term["among"].endswith("AT"):
        return is_at(cell, values) == (term["among"] == "AT")
    return (cell in values) == (term["among"] == "IN")


def _quoted(values: Sequence[str]) -> list[str]:
    return ["'" + value.replace("'", "''") + "'" for value in sorted(values)]


def _unquoted(value: str) -> str:
    return value[1:-1].replace("''", "'")
