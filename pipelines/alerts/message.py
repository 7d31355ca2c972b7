"""What an alert says: how many findings are new, how grave, and in which datasets where its row asks for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.baselines import SEVERITIES, Finding
from pipelines.reports.words import verdicts, words

if TYPE_CHECKING:
    from pipelines.declarations.alerts import Alert
    from pipelines.register import Run

SHOWN = 20
"""Datasets that are named."""


@dataclass(frozen=True, slots=True)
class Message:
    """Counts, as text and as fields."""

    subject: str
    lines: tuple[str, ...]
    datasets: tuple[str, ...]
    """A line each; () where the alert's row does not ask for names."""
    fields: Mapping[str, Any]


def message_of(alert: Alert, run: Run, new: Sequence[Finding], all: int) -> Message:
    """The message on some new findings out of `all` that stand."""
    say = {id: pair[alert.language] for id, pair in words("alert").items()}
    by_severity = Counter(one["severity"] for one in new)
    by_verdict = Counter(one["verdict"] for one in new)
    by_dataset = Counter((one["store"], one["dataset"]) for one in new) if alert.names_datasets else Counter()
    grave = [severity for severity in reversed(SEVERITIES) if by_severity[severity]]
    lines = [
        say["day"].format(day=run.as_of, run=run.id),
        say["severities"].format(
            counts=", ".join(f"{words('severity')[one][alert.language]} {by_severity[one]}" for one in grave)
        ),
        *(f"- {pair[alert.language]}: {by_verdict[id]}" for id, pair in verdicts().items() if by_verdict[id]),
        say["all"].format(count=all),
    ]
    named = [
        {"store": store, "dataset": dataset, "new": count} for (store, dataset), count in by_dataset.most_common(SHOWN)
    ]
    fields: dict[str, Any] = {
        "event": "daicho.new_findings",
        "run": run.id,
        "as_of": run.as_of.isoformat(),
        "new": len(new),
        "all": all,
        "by_severity": dict(by_severity),
        "by_verdict": dict(by_verdict),
    }
    if alert.names_datasets:
        fields["datasets"] = named
    return Message(
        subject=say["subject"].format(count=len(new)),
        lines=tuple(lines),
        datasets=tuple(f"{one['store']} {one['dataset']}: {one['new']}" for one in named),
        fields=fields,
    )
