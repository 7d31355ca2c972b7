"""手数料: what is due for a request, and what came. Locked at zero where the Act lets nobody take one (art 38)."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.policy import Policy
from pipelines.casebook.case import Case
from pipelines.casebook.rules import routes


@dataclass(frozen=True, slots=True)
class Fee:
    """The fee of one request, in yen with tax: one for the form, whatever kinds are ticked on it (O-12)."""

    due: int
    locked: bool
    """No fee may be taken at all."""
    held: int
    """What came and did not go back."""

    @property
    def owed(self) -> int:
        """What is still missing."""
        return max(0, self.due - self.held)

    @property
    def to_return(self) -> int:
        """What came too much."""
        return max(0, self.held - self.due)


def _is_kept(case: Case, policy: Policy) -> bool:
    """Whether the fee of a withdrawn request stays: what did not come is not asked for any more."""
    rule = policy.fee.on_withdrawal
    return bool(case.withdrawal) and (rule == "kept" or (rule == "kept_after_search" and bool(case.progress.search)))


def fee(case: Case, policy: Policy) -> Fee:
    """The fee of a case."""
    kinds = [policy.request_kind(kind) for kind in case.kinds] if routes()[case.route].formal else []
    held = sum(-one.amount if one.returned else one.amount for one in case.payments)
    owed = max((kind.fee for kind in kinds if not kind.fee_locked), default=0)
    return Fee(
        due=min(owed, held) if _is_kept(case, policy) else 0 if case.withdrawal else owed,
        locked=all(kind.fee_locked for kind in kinds),
        held=held,
    )
