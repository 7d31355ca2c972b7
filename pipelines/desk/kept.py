"""Pieces of pages that are made once: what they show stands as it is until the register or the policy is another one.

They are of what the register holds: names of columns, their tags, why. Pages that show anything personal get none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2.runtime import Macro
from markupsafe import Markup

MOST = 40_000
"""Pieces of a language: some 40 MB."""


class Kept:
    """The pieces of one language, on one ground: the objects that everything in them was read from."""

    def __init__(self) -> None:
        # as one: no visit sees a ground with the pieces of another one
        self._held: tuple[tuple[object, ...], dict[tuple[str, int], str]] = (), {}

    def on(self, *ground: object) -> Callable[..., Markup]:
        """What makes pieces, or has them: `kept(macro, many, …)` is the macro's answer for each of many things that
        belong to the ground, known by their identity; what else the macro is given must follow from the ground."""
        held = self._held
        if len(held[0]) != len(ground) or any(was is not now for was, now in zip(held[0], ground, strict=True)):
            # a visit that still goes by an earlier ground may take it back: that costs time, and shows nothing stale
            self._held = held = ground, {}
        _, pieces = held

        def kept(macro: Macro, many: Iterable[object], *given: object) -> Markup:
            found = []
            for one in many:
                # the ground is held as long as its pieces are: nothing else gets the identity of a thing of its own
                key = macro.name, id(one)
                piece = pieces.get(key)
                if piece is None:
                    if len(pieces) >= MOST:
                        pieces.clear()
                    pieces[key] = piece = macro(one, *given)
                found.append(piece)
            # each is what a template made, which has escaped what it was given
            return Markup("".join(found))  # noqa: S704

        return kept
