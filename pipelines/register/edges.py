"""What feeds what, as reports and exports show it: one edge a pair, with where its statements stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.register.contents import RegisteredUse
from pipelines.register.lineage import At, Lineage, Step
from pipelines.register.naming import End


@dataclass(slots=True)
class Edge:
    """One dataset feeds another, leaves its database, or is read for a use that shows."""

    source: End
    target: End | None
    """None: nothing is written that has a name."""
    outlet: str
    """Where its rows leave the database: `file`, `storage`, `stream`; '' they stay."""
    kinds: dict[str, None] = field(default_factory=dict)
    """By which kinds of statement."""
    uses: dict[str, RegisteredUse] = field(default_factory=dict)
    """Use → where it shows surest."""
    places: dict[At, None] = field(default_factory=dict)


def edges(lineage: Lineage) -> tuple[Edge, ...]:
    """Every edge, by its source's store and name."""
    found: dict[tuple[str, str, str], Edge] = {}
    for step in lineage.steps:
        for source, target in _of(step):
            ends = lineage.ends
            key = (source, target, step.statement.outlet)
            edge = found.setdefault(key, Edge(ends[source], ends.get(target), step.statement.outlet))
            edge.kinds[step.statement.kind] = None
            edge.places[step.at] = None
            for use in step.statement.uses:
                if use.use not in edge.uses or edge.uses[use.use].confidence < use.confidence:
                    edge.uses[use.use] = use
    return tuple(found[key] for key in sorted(found, key=lambda key: _order(found[key])))


def rows(lineage: Lineage) -> Iterator[dict[str, Any]]:
    """One row an edge, as `daicho export lineage` writes it."""
    for edge in edges(lineage):
        yield {
            "source": _end(edge.source),
            "target": _end(edge.target) if edge.target else None,
            "outlet": edge.outlet,
            "kinds": list(edge.kinds),
            "uses": [{"use": use.use, "confidence": use.confidence} for use in edge.uses.values()],
            "places": [asdict(at) for at in edge.places],
        }


def _end(end: End) -> dict[str, str]:
    return {"store": end.store, "dataset": end.name, "dataset_id": end.dataset_id}


def by_dataset(all_edges: tuple[Edge, ...]) -> dict[str, list[Edge]]:
    """Dataset's id → the edges that begin or end there."""
    found: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in all_edges:
        for one in {edge.source.dataset_id, edge.target.dataset_id if edge.target else ""} - {""}:
            found[one].append(edge)
    return found


def _of(step: Step) -> Iterator[tuple[str, str]]:
    writes = step.target and step.statement.kind != "delete"
    if writes or step.statement.outlet or step.statement.uses:
        for source in step.sources:
            if source and source != step.target:
                yield source, step.target if writes else ""


def _order(edge: Edge) -> tuple[str, str, str, str, str]:
    target = edge.target or End("")
    return edge.source.store, edge.source.name, target.store, target.name, edge.outlet
