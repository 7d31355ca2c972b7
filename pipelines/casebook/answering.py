"""An answer that a person sent: recorded after it went, begun and done in one step."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from pipelines.casebook import gates
from pipelines.casebook.case import Case
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Dispatch, How, Sent
from pipelines.clock import now


def answered(case: Case, by: Hand, how: How, tracking: str = "", digests: Mapping[str, str] | None = None) -> Case:
    """The case after its answer; `digests` of the confirmed rows are those of this moment.

    Raises RefusedError, as where a row was confirmed and is not as it was reviewed any more.
    """
    at = now()
    dispatch = Dispatch(id=secrets.token_hex(8), by=by.account, at=at)
    progress = gates.dispatched(case.progress, by, dispatch, digests or {})
    sent = Sent(dispatch=dispatch.id, on=at.date(), how=how, tracking=tracking)
    return case.model_copy(update={"progress": gates.answered(progress, by, sent)})
