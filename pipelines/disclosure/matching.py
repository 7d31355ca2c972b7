"""Which of a person's keys one cell holds, how alike, and whether it holds nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from classifiers.people import address, compare_addresses, dates, mail, number
from classifiers.people.kana import is_kana
from classifiers.people.keys import name_keys, opens_with_title
from classifiers.people.letters import fold_variants, prepare
from classifiers.people.names import LEVELS, NO_MATCH, Level, NameMatch, compare_keys
from classifiers.people.places import is_of_a_place
from classifiers.people.readings import continues
from pipelines.disclosure.places import NAMES, Role
from pipelines.disclosure.sought import NameSought, NumberSought, Sought

Key = Literal["name", "kana", "romaji", "former_name", "email", "phone", "member_id", "birth_date", "address"]
Where = Literal["whole", "inside", "run_on"]
"""The whole cell; inside a longer text; in letters that may make a longer name (山田一 in 山田一郎)."""

GIVEN_NAME_ALIKE = "variant_surname"
"""Why of a match whose given name is as written."""
_SHORT = 40
"""Letters of an untagged cell that may be a name and nothing else."""
_WHERE: tuple[Where, ...] = ("whole", "inside", "run_on")
_SCRIPTS = (("ぁ", "ゖ"), ("ァ", "ー"), ("a", "z"), ("一", "\u9fff"))
_STRONG_ADDRESS = ("room", "building", "number")


@dataclass(frozen=True, slots=True)
class Match:
    """One key that a cell holds. No value: how alike, and where."""

    key: Key
    level: Level
    where: Where
    why: str = ""
    """For names, what made them alike; for addresses, down to which level."""
    which: tuple[int, ...] = (1,)
    """Which of the keys of this kind it is, in the order of the form: a proof is of one of them."""


def matches(role: Role, text: str, sought: Sought) -> Iterator[Match]:
    """Every key of the person that the cell holds."""
    prepared = prepare(text)
    for name in sought.names:
        if found := _name(role, text, prepared, name):
            yield found
    for one in sought.numbers:
        if found := _number(role, text, prepared, one):
            yield found
    if role in ("birth_date", "text") and sought.birth_date and sought.birth_date in (days := dates(text)):
        sure = role == "text" or len(days) == 1
        yield Match("birth_date", "exact" if sure else "variant", "whole" if role == "birth_date" else "inside")
    if role == "address" and sought.addresses:
        here = address(text)
        levels = {
            which: level
            for which, one in enumerate(sought.addresses, start=1)
            if (level := compare_addresses(one, here)) in _STRONG_ADDRESS
        }
        yield from (Match("address", "exact", "whole", level, tuple(levels)) for level in [*levels.values()][:1])


def _name(role: Role, text: str, prepared: str, name: NameSought) -> Match | None:
    found: list[tuple[int, NameMatch]] = []
    spans = [span for span in name.expression.finditer(prepared) if not is_of_a_place(prepared, *span.span())]
    if role in NAMES or (spans and len(prepared) <= _SHORT):
        found.append((0, compare_keys(name_keys(text), name.keys)))
    for span in spans:
        match = compare_keys(name_keys(span[0]), name.keys)
        if (where := _where(prepared, *span.span())) is not None:
            found.append((_WHERE.index(where), match))
    rank, match = min((one for one in found if one[1]), key=lambda one: (one[0], one[1].rank), default=(0, NO_MATCH))
    if not match:
        return None
    level = LEVELS[max(match.rank, LEVELS.index(name.ceiling))]
    why: str = match.why
    if match.why == "variant_letters" and _same_given_name(text, name):
        why = GIVEN_NAME_ALIKE
    return Match(name.kind, level, _WHERE[rank], why, (name.which,))


def _same_given_name(text: str, name: NameSought) -> bool:
    """Whether only the surname is in other letters: 髙橋 真由 and 高橋 真由."""
    given = {first for _, first in name.keys.divided}
    return bool(given & {first for _, first in name_keys(text).divided})


def _where(text: str, start: int, end: int) -> Where | None:
    """Whether a name that was found in a text stands by itself; None where it is only letters of another word."""
    before, name, after = text[:start], text[start:end], text[end:]
    on_left = _goes_on(before[-1:], name[0])
    on_right = _goes_on(name[-1], after[:1]) and not opens_with_title(after)
    if not (on_left or on_right):
        return "inside"
    if is_kana(name[0]) or is_kana(name[-1]) or name.isascii():
        return None
    around = (before[-2:] if on_left else "", name, after[:2] if on_right else "")
    return "run_on" if continues(*map(fold_variants, around)) else "inside"


def _goes_on(one: str, other: str) -> bool:
    return bool(one and other) and any(first <= min(one, other) and max(one, other) <= last for first, last in _SCRIPTS)


def _number(role: Role, text: str, prepared: str, one: NumberSought) -> Match | None:
    if one.kind == "member_id" and role in ("other", "phone", "birth_date") and number(text) != one.normal:
        return None
    found = one.expression.search(prepared)
    if found is None:
        return None
    where: Where = "whole" if found[0].strip() == prepared.strip() else "inside"
    level: Level = "exact"
    if one.kind == "phone" and not one.normal.startswith("+") and found["lead"] is None:
        # a spreadsheet ate the leading zero; inside a text the digits may be anything's
        if role != "phone" and where == "inside":
            return None
        level = "variant"
    if one.kind == "email" and mail(found[0]) != one.normal:
        level = "variant"
    return Match(one.kind, level, where, which=(one.which,))
