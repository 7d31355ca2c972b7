"""What an export tells: the register as it stood after a run, and against what its findings are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.baselines import SEVERITIES

if TYPE_CHECKING:
    from pipelines.baselines import Baseline
    from pipelines.declarations import StoreDeclaration
    from pipelines.register import Register, Run
    from pipelines.reports import Language

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings held against those that were known before."""

    since: Mapping[str, str]
    """Before when, in both languages."""
    new: frozenset[str]
    """Ids of the findings that nobody knew, or knew as less grave."""
    gone: Sequence[Row]
    """Those that are found no more: `id`, and where they were."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a format writes."""

    runs: Sequence[Run]
    """The last scan and the last check whose word this is."""
    sections: Mapping[str, Sequence[Row]]
    """`pipelines.register.sections`."""
    language: Language = "ja"
    least: str = "info"
    """The least grave finding that is asked for."""
    compared: Compared | None = None
    """None: nobody asked."""
    lines: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    """Kind and id of a declaration → its file and line; {} nobody said where they lie."""
    stores: Sequence[StoreDeclaration] = ()
    """As they are declared; () nobody said where."""

    @property
    def findings(self) -> list[Row]:
        """What somebody has to act on, as grave as asked, the gravest first."""
        grave = SEVERITIES[SEVERITIES.index(self.least) :]
        return [row for row in self.sections["verdicts"] if row["is_finding"] and row["severity"] in grave]

    def is_new(self, finding: Row) -> bool:
        """Whether nobody knew it; True of each where nobody asked."""
        return self.compared is None or finding["id"] in self.compared.new


def after(register: Register, run: Run) -> tuple[list[Run], Mapping[str, Sequence[Row]]]:
    """The last scan and check up to a run, and what stood in the register after it; raises RegisterError."""
    earlier = [one for one in register.runs() if one.id <= run.id and one.finished]
    last = [next((one for one in earlier if one.kind == kind), None) for kind in ("scan", "check")]
    return [one for one in last if one], register.stood(run.id)


def against(baseline: Baseline, findings: Sequence[Row], name: str) -> Compared:
    """Findings held against a baseline's file."""
    new = frozenset(one["id"] for one in baseline.new(findings))
    return Compared({"ja": f"基準 {name}", "en": f"baseline {name}"}, new, baseline.gone(findings))


def since(register: Register, earlier: int, until: int, findings: Sequence[Row]) -> Compared:
    """Findings held against those that stood after an earlier run; 0: against none."""
    from pipelines.reports.words import FINDINGS

    places = register.places()
    changes = [one for one in register.between(earlier, until) if one.kind == "verdict"]
    found = {one["id"] for one in findings}
    # `accepted` and the like are no outcome: who was ruled on is no finding, whatever it was before
    new = {one.item for one in changes if one.after in FINDINGS and one.before not in FINDINGS} & found
    gone = [
        {"id": one.item, **dict(zip(("store", "dataset"), places.get(one.dataset_id, ("", "")), strict=True))}
        for one in changes
        if one.before in FINDINGS and one.item not in found
    ]
    day = next((run.as_of for run in register.runs() if run.id == earlier), None)
    words = f"#{earlier} ({day})" if day else "0"
    return Compared({"ja": f"実行 {words}", "en": f"run {words}"}, frozenset(new), gone)
