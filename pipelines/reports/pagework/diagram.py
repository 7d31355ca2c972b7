"""The data-flow picture: store → use → recipient, laid out for an inline SVG of fixed width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from pipelines.reports.pagework.purposes import DeclaredUse
from pipelines.reports.words import FINDINGS, Pair

WIDTH, NODE, UNIT, GAP, TOP = 960, 210, 15, 16, 34
"""Pixels: the picture, a node's width, a use's height, the space between nodes, the space for the headings."""
FITS = 25
"""Half-width characters that fit into a node."""
MOST = 14
"""Nodes a column: the rest stand together in one."""
INSIDE: Pair = {"ja": "社内で利用", "en": "used inside the company"}
OTHERS: Pair = {"ja": "そのほか", "en": "others"}


@dataclass(frozen=True, slots=True)
class Node:
    """A box: a store, a use or a recipient."""

    x: int
    y: float
    height: float
    words: Pair
    clipped: Pair
    """The words as far as they fit into the box."""
    count: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Uses that flow from one box to the next."""

    path: str
    width: float
    verdict: str
    """The gravest verdict among them; '' none was judged."""
    words: Pair


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture, laid out."""

    height: float
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


Key = tuple[str, str]
"""A node's words, Japanese and English."""


def diagram(uses: Iterable[DeclaredUse], stores: Mapping[str, str]) -> Diagram:
    """The flows of the declared uses; `stores` is id → label."""
    uses = tuple(uses)
    flows = [(_store(use, stores), _key(use.use), _key(_recipient(use))) for use in uses]
    columns = [_shown([flow[column] for flow in flows]) for column in range(3)]
    kept = [tuple(_kept(flow[column], columns[column]) for column in range(3)) for flow in flows]
    verdicts = [use.verdict for use in uses]
    places = [_places([flow[column] for flow in kept], columns[column], column) for column in range(3)]
    height = max((node.y + node.height for place in places for node in place.values()), default=TOP) + GAP
    ribbons = [
        ribbon
        for column in (0, 1)
        for ribbon in _ribbons([(f[column], f[column + 1]) for f in kept], verdicts, places[column : column + 2])
    ]
    return Diagram(height, tuple(node for place in places for node in place.values()), tuple(ribbons))


def _store(use: DeclaredUse, stores: Mapping[str, str]) -> Key:
    name = stores.get(use.store) or use.store
    return name, name


def _recipient(use: DeclaredUse) -> Pair:
    return {"ja": use.to, "en": use.to} if use.to else INSIDE


def _key(words: Pair) -> Key:
    return words["ja"], words["en"]


def _shown(keys: Sequence[Key]) -> list[Key]:
    ranked = [key for key, _ in Counter(keys).most_common()]
    return ranked if len(ranked) <= MOST else [*ranked[: MOST - 1], _key(OTHERS)]


def _kept(key: Key, shown: Sequence[Key]) -> Key:
    return key if key in shown else _key(OTHERS)


def _places(keys: Sequence[Key], order: Sequence[Key], column: int) -> dict[Key, Node]:
    counts, y, places = Counter(keys), float(TOP), {}
    for key in order:
        height = max(30.0, counts[key] * UNIT)
        words = dict(zip(("ja", "en"), key, strict=True))
        clipped = {language: _clipped(text) for language, text in words.items()}
        places[key] = Node(column * (WIDTH - NODE) // 2, y, height, words, clipped, counts[key])
        y += height + GAP
    return places


def _ribbons(
    pairs: Sequence[tuple[Key, Key]], verdicts: Sequence[str], places: Sequence[Mapping[Key, Node]]
) -> Iterable[Ribbon]:
    rank = {verdict: number for number, verdict in enumerate((*FINDINGS, "compliant_incidental"))}
    left_used: Counter[Key] = Counter()
    right_used: Counter[Key] = Counter()
    order = [{key: number for number, key in enumerate(place)} for place in places]
    for pair, count in sorted(Counter(pairs).items(), key=lambda item: (order[0][item[0][0]], order[1][item[0][1]])):
        left, right = places[0][pair[0]], places[1][pair[1]]
        y0, y1 = _middle(left, left_used[pair[0]], count), _middle(right, right_used[pair[1]], count)
        left_used[pair[0]] += count
        right_used[pair[1]] += count
        x0, x1 = left.x + NODE, right.x
        bend = (x1 - x0) / 2
        own = [verdict for verdict, flow in zip(verdicts, pairs, strict=True) if flow == pair]
        yield Ribbon(
            path=f"M{x0} {y0:.1f}C{x0 + bend:.0f} {y0:.1f} {x1 - bend:.0f} {y1:.1f} {x1} {y1:.1f}",
            width=count * UNIT * 0.8,
            verdict=min(own, key=lambda verdict: rank.get(verdict, len(rank))),
            words={language: f"{left.words[language]} → {right.words[language]}: {count}" for language in ("ja", "en")},
        )


def _middle(node: Node, used: int, count: int) -> float:
    return node.y + node.height * (used + count / 2) / max(1, node.count)


def _clipped(text: str) -> str:
    wide = [2 if east_asian_width(character) in "FWA" else 1 for character in text]
    if sum(wide) <= FITS:
        return text
    kept = next(number for number in range(len(text)) if sum(wide[: number + 1]) > FITS - 2)
    return text[:kept] + "…"
