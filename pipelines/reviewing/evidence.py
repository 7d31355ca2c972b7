"""A campaign as evidence: every step that was taken, and what stands of each dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from expectations.reviews import Review, ReviewStep, Standing
from pipelines.reports.words import words
from pipelines.reports.writing.tables import csv_of, json_of

Shape = Literal["csv", "json", "md"]

_STEP = ("on", "step", "store", "dataset", "by", "role", "to", "note")


def rows(found: Iterable[Standing]) -> Iterator[dict[str, Any]]:
    """What stands, one row a dataset."""
    for one in found:
        yield {
            "store": one.item[0],
            "dataset": one.item[1],
            "owner": one.owner,
            "state": one.state,
            "overdue": one.overdue,
            "attested_by": one.attested.by if one.attested else "",
            "attested_on": one.attested.on.isoformat() if one.attested else "",
            "approved_by": one.approved.by if one.approved else "",
            "approved_on": one.approved.on.isoformat() if one.approved else "",
            "changed": list(one.changed),
        }


def evidence(review: Review, steps: Iterable[ReviewStep], found: Sequence[Standing], shape: Shape) -> bytes:
    """The campaign in a file's bytes; CSV has every step with what was seen, for a spreadsheet."""
    taken = [step for step in steps if step.review == review.id]
    if shape == "json":
        told = {
            "review": review.model_dump(mode="json"),
            "steps": [step.model_dump(mode="json") for step in taken],
            "datasets": list(rows(found)),
        }
        return json_of(told)
    return _markdown(review, taken, found).encode() if shape == "md" else _csv(taken, found)


def _csv(taken: Sequence[ReviewStep], found: Sequence[Standing]) -> bytes:
    state = {one.item: one.state for one in found}
    told: list[dict[str, Any]] = []
    for step in taken:
        row = step.model_dump(mode="json", include=set(_STEP))
        saw = step.saw.model_dump() if step.saw else {}
        digests = " ".join(f"{name}:{digest}" for name, digest in saw.items())
        told.append({**row, "saw": digests, "state": state.get((step.store, step.dataset), "gone")})
    seen = {(step.store, step.dataset) for step in taken}
    told += [{"store": item[0], "dataset": item[1], "state": one} for item, one in state.items() if item not in seen]
    return csv_of([*_STEP, "saw", "state"], told)


def _markdown(review: Review, taken: Iterable[ReviewStep], found: Sequence[Standing]) -> str:
    done = sum(one.state == "approved" for one in found)
    lines = [
        f"# 定期見直し {review.id} · review",
        "",
        f"{review.opened_on} ～ {review.due}。{len(found)} 件のうち承認済み {done} 件。",
        f"{done} of {len(found)} datasets approved.",
        "",
        "| 保管場所 | データ | 担当 | 状態 | 確認 | 承認 |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        marks = [f"{step.on} {step.by}" if step else "" for step in (one.attested, one.approved)]
        lines.append(_row([*one.item, one.owner, words("review")[one.state]["ja"], *marks]))
    lines += ["", "## 記録 · steps", "", "| 日 | 記録 | 保管場所 | データ | 誰が | 備考 |", "|---|---|---|---|---|---|"]
    for step in taken:
        kind, to = words("review_step")[step.step]["ja"], f"→ {step.to} " if step.to else ""
        lines.append(_row([step.on.isoformat(), kind, step.store, step.dataset, step.by, f"{to}{step.note}"]))
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '｜').replace(chr(10), ' ') for cell in cells)} |"
