"""What a decided column is like, in words that can be counted: its names' letters, its values, its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from classifiers.columns.conflicts import Decision
from classifiers.columns.context import Context
from classifiers.columns.rules import Ruled
from classifiers.columns.values import Values
from classifiers.headers import words
from classifiers.headers.matching import spelled
from classifiers.tags import NOT_PERSONAL, Column, Table

_NAME, _LABEL = (2, 5), (1, 4)
"""Letters of the shortest and the longest piece of a name, and of its label, which stands for a missing one."""
_SHORT_TEXT, _FEW = 12, 40
"""Letters up to which, and distinct values up to which, cells are words that may be counted."""
_EVIDENCE, _PLACE = 4, 3
"""Pieces of evidence, and places in the table, that are told apart."""
_AROUND = (
    "persons", "keyed", "numbered", "companies", "contact", "placed", "bank", "master", "special", "examined",
    "kinds", "postings", "machines", "counted", "applicants", "qualified",
)  # fmt: skip
"""What of the surroundings counts."""


def traits(table: Table, ruled: Ruled) -> list[set[str]]:
    """The traits of each of a table's columns, in their order."""
    decided, around = ruled.decided, ruled.around
    shared = set(_of_table(table, decided, around))
    beside = ("^", *(decision.category for decision in decided), "$")
    found: list[set[str]] = []
    for place, (column, decision, values) in enumerate(zip(table.columns, decided, ruled.seen, strict=True)):
        own = {*_of_names(column), *_of_decision(decision, values, around), *_of_values(values)}
        own |= {f"before:{beside[place]}", f"after:{beside[place + 2]}", f"place:{min(place, _PLACE)}"}
        found.append(own | shared)
    return found


def _of_table(table: Table, decided: Sequence[Decision], around: Context) -> Iterator[str]:
    yield from (f"table:{word}" for name in (table.name, table.label, *table.hints) for word in words(name))
    categories = [decision.category for decision in decided]
    for category in set(categories):
        yield f"beside:{category}"
        yield f"beside:{category}:{min(categories.count(category), 3)}"
    open_share = categories.count(NOT_PERSONAL) / len(categories)
    yield f"impersonal:{round(5 * open_share)}"
    yield f"noun:{around.noun}"
    yield from (f"around:{told}" for told in _AROUND if getattr(around, told))


def _of_names(column: Column) -> Iterator[str]:
    name = _spelt(column.name)
    told = _spelt(column.label) if column.label else name
    yield from (f"name:{piece}" for piece in _pieces(name, *_NAME))
    yield from (f"told:{piece}" for piece in _pieces(told, *_LABEL))
    yield from (f"word:{word}" for word in chain(words(column.name), words(column.label)))


def _of_decision(decision: Decision, values: Values, around: Context) -> Iterator[str]:
    read = "read" if values.n else "named"
    said = f"{read}:{decision.category}"
    yield f"said:{said}"
    yield f"said:{said}:{round(10 * decision.confidence)}"
    yield f"said:{said}:{values.shape}"
    yield f"said:{said}:{around.noun}:{around.persons}"
    for category, _ in decision.alternatives:
        yield f"or:{category}"
    for place, one in enumerate(decision.evidence[:_EVIDENCE]):
        yield f"because:{one.code}:{one.says}"
        if not place:
            yield f"first:{read}:{one.code}:{one.says}"
        if word := dict(one.words).get("word"):
            yield f"because:{word}:{one.says}"


def _of_values(values: Values) -> Iterator[str]:
    if not values.n:
        return
    yield f"shape:{values.shape}"
    yield f"alone:{round(5 * values.alone)}"
    yield f"shape:{values.shape}:{round(5 * values.alone)}"
    yield f"n:{values.n.bit_length()}"
    low, high = values.sizes
    yield f"size:{min(high, 40).bit_length()}:{low == high}"
    if values.shape in ("number", "code"):
        yield f"digits:{min(low, 20)}:{min(high, 20)}"
    letters = "".join(values.folded[:50])
    for kind, share in _scripts(letters):
        yield f"script:{kind}:{round(4 * share)}"
    if values.n <= _FEW and high <= _SHORT_TEXT:
        for value in values.folded:
            yield f"value:{value}"


def _scripts(text: str) -> Iterator[tuple[str, float]]:
    n = len(text) or 1
    yield "digit", sum(letter.isdigit() for letter in text) / n
    yield "latin", sum(letter.isascii() and letter.isalpha() for letter in text) / n
    yield "kanji", sum("一" <= letter <= "龥" for letter in text) / n
    yield "hiragana", sum("ぁ" <= letter <= "ん" for letter in text) / n
    yield "katakana", sum("ァ" <= letter <= "ヶ" for letter in text) / n


def _spelt(name: str) -> str:
    """A name between marks of its ends, its words parted by `_`: `^cust_tel_no$`."""
    return f"^{spelled(name).text.replace('||', '_').strip('|')}$"


def _pieces(text: str, shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, min(longest, len(text)) + 1):
        for start in range(len(text) - size + 1):
            yield text[start : start + size]
