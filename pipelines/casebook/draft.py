"""A request as it comes in: one JSON object from standard input, read strictly, refused in words without a value."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from pydantic import AwareDatetime, ValidationError

from expectations.policy import Policy
from pipelines.casebook.case import Asked, Case, Channel, Deputy
from pipelines.casebook.progress import Progress, Row
from pipelines.casebook.receiving import Received
from pipelines.casebook.repeats import marks
from pipelines.casebook.rules import Route, routes
from pipelines.casebook.sealing import CasebookError
from pipelines.disclosure import keys
from pipelines.disclosure.person import Person

Model = TypeVar("Model", bound=Row)


class Draft(Received):
    """What stands on a form: the individual, who asks, what is asked, and what came with it."""

    route: str = "formal"
    kinds: tuple[str, ...] = ()
    requester: str = ""
    """A row of the policy, or its kind: `self`, `legal`, `proxy`."""
    channel: Channel
    arrived: AwareDatetime | None = None
    """None: now. Kept apart from the day on which everything was there (art 39 runs from here)."""
    individual: Person | None = None
    deputy: Deputy | None = None
    asked: Asked = Asked()
    guarded: bool = False


def parse(text: str, model: type[Model]) -> Model:
    """A JSON object as a row; `individual` may have the labels of a look-up. Raises CasebookError, PersonError."""
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise CasebookError(
            f"{error.lineno}行{error.colno}文字目: JSON として読めません (line {error.lineno}: not JSON)"
        ) from None
    if not isinstance(document, dict):
        raise CasebookError("JSON は一つのオブジェクトにしてください (JSON must be one object)")
    if isinstance(document.get("individual"), dict):
        document["individual"] = keys.read(io.StringIO(json.dumps(document["individual"], ensure_ascii=False)))
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise CasebookError("; ".join(_problems(error, model))) from None


def opened(draft: Draft, number: str, policy: Policy, at: datetime) -> Case:
    """A draft as a new case; raises CasebookError naming everything that is wrong with it at once."""
    route, requester = routes().get(draft.route), ""
    if route is None:
        raise CasebookError(f"route は {'、'.join(routes())} のどれかです (no such route)")
    if route.formal:
        by_kind: dict[str, str] = {row.kind: row.id for row in reversed(policy.requesters)}
        requester = by_kind.get(draft.requester, draft.requester)
    if wrong := [*_wrong(draft, route, requester, policy, at)]:
        raise CasebookError("; ".join(wrong))
    return Case(
        number=number,
        route=route.id,
        kinds=tuple(dict.fromkeys(draft.kinds)),
        requester=requester,
        channel=draft.channel,
        arrived=draft.arrived or at,
        opened_at=at,
        policy=policy.digest,
        individual=draft.individual,
        marks=marks(draft.individual),
        deputy=draft.deputy,
        asked=draft.asked,
        guarded=draft.guarded,
        complaint=bool(draft.complaint) or route.id == "complaint",
        salt=secrets.token_hex(32),
        progress=Progress(steps=(*route.steps, "closed"), step="intake", kinds=tuple(dict.fromkeys(draft.kinds))),
    )


def _wrong(draft: Draft, route: Route, requester: str, policy: Policy, at: datetime) -> Iterator[str]:
    if draft.arrived and draft.arrived > at:
        yield "arrived: 未来です (is still to come)"
    if route.person and draft.individual is None:
        yield "individual: 本人が必要です (is needed)"
    if not route.formal:
        if draft.kinds or draft.requester:
            yield f"kinds, requester: {route.ja}にはありません (not on this route)"
        if draft.papers or draft.payments:
            yield f"papers, payments: {route.ja}には書類も手数料も要りません (this route needs neither)"
        return
    known = [row.id for row in policy.request_kinds]
    if not draft.kinds or set(draft.kinds) - set(known):
        yield f"kinds は {'、'.join(known)} から選びます (choose from these)"
    row = next((row for row in policy.requesters if row.id == requester), None)
    if row is None:
        yield (
            f"requester は {'、'.join(f'{row.kind}（{row.ja}）' for row in policy.requesters)} のどれかです。"
            "相続人・配偶者・勤務先・警察などは開示等の請求者ではありません (anybody else is no requester: R-30)"
        )
    elif (row.kind == "self") == (draft.deputy is not None):
        yield "deputy: 代理人による請求のときだけ必要です (is needed where a deputy asks, and only there)"
    elif draft.deputy and (row.kind == "legal") == (draft.deputy.capacity == "appointed"):
        yield "deputy, capacity: legal は parent か guardian、proxy は appointed です (not this requester's)"


def _problems(error: ValidationError, model: type[Row]) -> Iterator[str]:
    for one in error.errors(include_input=False, include_url=False, include_context=False):
        # an unknown key may be anything that somebody typed, and so may a message quote it
        unknown = one["type"] == "extra_forbidden"
        place = [str(part) for part in one["loc"][: -1 if unknown else None]]
        where = ", ".join(place) or model.__name__.lower()
        yield f"{where}: {_SAID.get(one['type'], '値が違います (a wrong value)')}"


_SAID = {
    "extra_forbidden": "項目名が分かりません (an unknown key)",
    "missing": "必要です (is needed)",
    "literal_error": "決められた語ではありません (none of the words for it)",
    "timezone_aware": "時差が要ります。例 2026-11-20T10:30+09:00 (needs its offset)",
    "date_from_datetime_parsing": "日付ではありません。例 2026-11-20 (is no date)",
}
