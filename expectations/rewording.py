"""Two wordings of a policy laid beside each other: which rows came, went or say something else (Act art 17(2)).

Rows are matched by their sentences and persons, not by their ids: an item put between others moves all letters after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from expectations.facts import Declared
from expectations.policy import Policy, Purpose

Kind = Literal["added", "removed", "reworded", "reread", "moved"]
"""`reread`: the same sentence, read otherwise. `moved`: the same in all but its id."""
_SIMILAR = 0.55
"""How alike two sentences have to be, by their letters, to be one row in two wordings."""
_READ: Mapping[str, tuple[str, ...]] = {
    "categories": ("subjects", "custody", "sub_categories"),
    "purposes": ("type", "covers", "may_cover", "sub_category", "third_party", "bounded_by_contract"),
    "grounds": ("law", "needs"),
    "requesters": (),
    "papers": ("seal", "of_both"),
}


class Reworded(NamedTuple):
    """A row that is not the same in both wordings."""

    kind: Kind
    what: str
    """`categories`, `purposes`, `grounds`, `requesters`, `papers`, or a part of its own: `fee`, `answer`, `desk`."""
    old: str
    """The row's id before; '' where it is new."""
    new: str
    old_quote: str
    new_quote: str
    fields: tuple[str, ...]
    """Which of what was read from the sentence differs."""
    gained: tuple[str, ...] = ()
    """Purposes: uses that the new wording adds to its category."""
    lost: tuple[str, ...] = ()
    """Purposes: uses that it takes away."""


def changes(old: Policy, new: Policy) -> list[Reworded]:
    """Every row that is not the same, in the order of the old text, and what is new last."""
    made = list(_rows("categories", old.categories, new.categories, _categories(old, new)))
    made += [_with_uses(row, old, new) for row in _rows("purposes", old.purposes, new.purposes, _purposes(old, new))]
    grounds = old.third_parties.grounds, new.third_parties.grounds
    made += _rows("grounds", *grounds, _matched(*grounds, lambda a, b: a.law == b.law))
    made += _rows("requesters", old.requesters, new.requesters, _matched(old.requesters, new.requesters))
    made += _rows("papers", old.papers, new.papers, _matched(old.papers, new.papers, lambda a, b: a.id[:2] == b.id[:2]))
    return [*made, *_parts(old, new)]


def renamed(declared: Declared, old: Policy, new: Policy) -> Declared:
    """Declared facts that named rows of the old wording, naming the same rows of the new one.

    What the new wording does not have is named by an id that no policy has: the owner named something unpublished.
    """
    purposes = {id: match or f"removed {id}" for id, match in _purposes(old, new).items()}
    grounds_ = _matched(old.third_parties.grounds, new.third_parties.grounds, lambda a, b: a.law == b.law)
    grounds = {id: match or f"removed {id}" for id, match in grounds_.items()}

    def purpose(id: str) -> str:
        head, dot, rest = id.partition(".")
        try:
            return purposes[old.purpose(head).id] + dot + rest
        except Exception:
            return id

    def fact(row: Any) -> Any:
        found: dict[str, Any] = {"purposes": tuple(map(purpose, row.purposes))}
        if getattr(row, "association", None):
            found["association"] = row.association.model_copy(update={"parent": purpose(row.association.parent)})
        if getattr(row, "ground", ""):
            found["ground"] = grounds.get(row.ground, row.ground)
        return row.model_copy(update=found)

    return declared.model_copy(
        update={"uses": tuple(map(fact, declared.uses)), "provisions": tuple(map(fact, declared.provisions))}
    )


def _categories(old: Policy, new: Policy) -> dict[str, str]:
    def same(a: Any, b: Any) -> bool:
        return bool(_persons(a) & _persons(b))

    return _matched(old.categories, new.categories, same, sure=True)


def _persons(category: Any) -> set[str]:
    subs = {subject for sub in category.sub_categories for subject in sub.subjects}
    return {*category.subjects, *subs, *([category.custody] if category.custody else [])}


def _purposes(old: Policy, new: Policy) -> dict[str, str]:
    made: dict[str, str] = {}
    for before, after in _categories(old, new).items():
        rows = old.purposes_of(before), new.purposes_of(after) if after else ()
        made |= _matched(*rows, lambda a, b: a.type == b.type)
    return made


def _matched(
    old: Sequence[Any],
    new: Sequence[Any],
    like: Callable[[Any, Any], bool] = lambda _a, _b: True,
    *,
    sure: bool = False,
) -> dict[str, str]:
    """Old id → new id, '' where there is none; every new row once. `sure`: being `like` is enough."""
    pairs = sorted(
        ((_alike(a.quote, b.quote) + 0.2 * like(a, b) + (sure and like(a, b)), -i, -j) for i, a in enumerate(old)
         for j, b in enumerate(new)), reverse=True,
    )  # fmt: skip
    made: dict[int, int] = {}
    for score, i, j in pairs:
        if score >= _SIMILAR + 0.2 and -i not in made and -j not in made.values():
            made[-i] = -j
    return {row.id: new[made[i]].id if i in made else "" for i, row in enumerate(old)}


def _alike(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _rows(what: str, old: Sequence[Any], new: Sequence[Any], matched: Mapping[str, str]) -> Iterator[Reworded]:
    later = {row.id: row for row in new}
    for row in old:
        match = later.get(matched.get(row.id, ""))
        if match is None:
            yield Reworded("removed", what, row.id, "", row.quote, "", ())
            continue
        fields = tuple(name for name in _READ[what] if _said(row, name) != _said(match, name))
        kind: Kind = "reworded" if row.quote != match.quote else "reread" if fields else "moved"
        if kind != "moved" or row.id != match.id:
            yield Reworded(kind, what, row.id, match.id, row.quote, match.quote, fields)
    for row in new:
        if row.id not in matched.values():
            yield Reworded("added", what, "", row.id, "", row.quote, ())


def _said(row: Any, name: str) -> object:
    """What a row says, whatever order its uses stand in and whatever its parts are called."""
    value = getattr(row, name)
    if name == "sub_categories":
        return {frozenset(sub.subjects) for sub in value}
    return frozenset(value) if isinstance(value, tuple) else value


def _with_uses(row: Reworded, old: Policy, new: Policy) -> Reworded:
    before = _uses([old.purpose(row.old)] if row.old else [])
    after = _uses([new.purpose(row.new)] if row.new else [])
    # a use that another purpose of the category covers was there before, and stays
    had = _uses(old.purposes_of(_category(old, new, row)))
    has = _uses(new.purposes_of(new.purpose(row.new).category)) if row.new else _uses(_kept(old, new, row))
    return row._replace(gained=tuple(sorted(after - had)), lost=tuple(sorted(before - has)))


def _category(old: Policy, new: Policy, row: Reworded) -> str:
    if row.old:
        return old.purpose(row.old).category
    back = {after: before for before, after in _categories(old, new).items() if after}
    return back.get(new.purpose(row.new).category, "")


def _kept(old: Policy, new: Policy, row: Reworded) -> tuple[Purpose, ...]:
    after = _categories(old, new).get(old.purpose(row.old).category, "")
    return new.purposes_of(after) if after else ()


def _uses(purposes: Sequence[Purpose]) -> set[str]:
    return {use for purpose in purposes for use in (*purpose.covers, *purpose.may_cover)}


def _parts(old: Policy, new: Policy) -> Iterator[Reworded]:
    for what in ("fee", "answer", "desk"):
        before, after = getattr(old, what), getattr(new, what)
        fields = tuple(
            name for name in type(before).model_fields
            if name not in ("clause", "quote") and getattr(before, name) != getattr(after, name)
        )  # fmt: skip
        quotes = getattr(before, "quote", ""), getattr(after, "quote", "")
        if fields or quotes[0] != quotes[1]:
            yield Reworded("reworded" if quotes[0] != quotes[1] else "reread", what, what, what, *quotes, fields)
