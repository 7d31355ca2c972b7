"""An answer that a person sent: recorded after it went, begun and done in one step."""

from __future__ import annotations

import secrets

from pipelines.casebook import gates
from pipelines.casebook.case import Case
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Dispatch, How, Sent
from pipelines.clock import now


def answered(case: Case, by: Hand, how: How, tracking: str = "") -> Case:
    """The case after an answer that hands out no row of a store; raises RefusedError, as where rows were confirmed."""
    at = now()
    dispatch = Dispatch(id=secrets.token_hex(8), by=by.account, at=at)
    progress = gates.dispatched(case.progress, by, dispatch, {})
    sent = Sent(dispatch=dispatch.id, on=at.date(), how=how, tracking=tracking)
    return case.model_copy(update={"progress": gates.answered(progress, by, sent)})
