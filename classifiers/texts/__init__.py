"""Free text → mentions of personal data, with offsets in the text as it was given.

Order: identifiers with a form, addresses, organisations; these are masked, since surnames hide in them; then names of
persons by what stands beside them, Sudachi and dictionaries; then GiNZA, for persons only, where something is left
that may be one.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Literal

from classifiers import addresses, organisations, special_care
from classifiers.normalize import Aligned, align
from classifiers.tags import Mention
from classifiers.texts import identifiers, persons
from classifiers.texts.known import KnownNames
from classifiers.texts.masked import Masked
from classifiers.texts.model import add_persons
from classifiers.texts.spans import Apart

Mode = Literal["fast", "standard", "deep"]
"""How deep texts are read: by rules, Sudachi and dictionaries; by GiNZA too, where those leave a doubt; everywhere."""

_ADDRESS_SCORES = {3: 0.7, 4: 0.97}
"""By depth: a prefecture or municipality alone is a place, not an address."""
_ORGANISATION_SCORE = 0.85


def mentions(
    texts: Sequence[str], *, mode: Mode = "standard", known: Collection[str] = ()
) -> list[tuple[Mention, ...]]:
    """The mentions of every text, in order of their start, none overlapping; equal texts are read once.

    `mode`: `fast` leaves the language model out, `standard` asks it about the sentences in which something may be a
    name and is not explained, `deep` about every sentence, some ten times slower. `known`: values of the same run's
    columns of persons' and companies' names, which are found wherever they stand; they stay in memory.

    >>> text = "担当：佐藤様（℡ 03-5253-5111）"
    >>> [(text[m.start : m.end], m.data_category) for m in mentions([text], mode="fast")[0]]
    [('佐藤', 'surname'), ('03-5253-5111', 'phone')]
    """
    distinct = list(dict.fromkeys(texts))
    aligned = [align(text) for text in distinct]
    names = KnownNames(known) if known else None
    held = [tuple(names.find(one.text)) if names else () for one in aligned]
    ruled = _by_rules([one.text for one in aligned], held)
    masked = [Masked(one.text, found) for one, found in zip(aligned, ruled, strict=True)]
    rest = [one.text for one in masked]
    readings = persons.read(rest, list(map(_known_persons, held, ruled, masked)))
    named: list[Iterable[Mention]] = [reading.mentions for reading in readings]
    if mode != "fast":
        added = add_persons(rest, readings, everywhere=mode == "deep")
        named = [Apart((*people, *more)) for people, more in zip(named, added, strict=True)]
    answers = dict(zip(distinct, map(_answer, aligned, ruled, masked, named), strict=True))
    _settle()
    return [answers[text] for text in texts]


@cache
def _settle() -> None:
    """Once: by now the dictionaries are loaded and stay for good. The garbage collector, which looked through all of
    them again and again for nothing, passes them over from here on: an eighth of the time of a text."""
    gc.collect()
    gc.freeze()
    # else what is still there at the end counts as leaked, and libraries in C++ say so on the terminal
    atexit.register(gc.unfreeze)


def _by_rules(texts: Sequence[str], known: Sequence[Iterable[Mention]]) -> list[Apart]:
    """Identifiers, addresses, organisations, none overlapping, and what is only masked (score 0)."""
    ruled = identifiers.read(texts)
    for text, found, mine in zip(texts, ruled, known, strict=True):
        for mention in mine:
            if mention.data_category == "company_name":
                found.add(mention)
        for place in addresses.find(text):
            why = "text_address" if place.depth == 4 else "text_place"
            found.add(Mention(place.start, place.end, "address", _ADDRESS_SCORES.get(place.depth, 0), why))
    for text, found in zip(texts, ruled, strict=True):
        rest = Masked(text, found)
        for span in organisations.find(rest.text):
            found.add(Mention(*rest.span(*span), "company_name", _ORGANISATION_SCORE, "text_organisation"))
        for span in organisations.workplaces(rest.text):
            found.add(Mention(*rest.span(*span), "", 0, ""))
    for text, found in zip(texts, ruled, strict=True):
        for mention in special_care.find(text):
            found.add(mention)
    return ruled


def _known_persons(held: Iterable[Mention], ruled: Apart, masked: Masked) -> list[Mention]:
    """The known persons whose names no address, company or identifier has claimed, in the masked text."""
    return [
        masked.moved(mention)
        for mention in held
        if mention.data_category != "company_name" and ruled.free(mention.start, mention.end)
    ]


def _answer(
    aligned: Aligned, ruled: Iterable[Mention], masked: Masked, named: Iterable[Mention]
) -> tuple[Mention, ...]:
    """What was found in a text and the persons in its masked rest, by their places in the text as it was given."""
    found = [mention for mention in ruled if mention.score]
    found += [Mention(*masked.span(start, end), category, score, why) for start, end, category, score, why in named]
    if not aligned.plain:
        found = [Mention(*aligned.span(start, end), category, score, why) for start, end, category, score, why in found]
    return tuple(sorted(found))
