"""What a light route is answered with: a stop is confirmed, a complaint or a question gets the desk's own words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from expectations.policy import Policy
from pipelines.casebook.case import Case
from pipelines.casebook.gates import RefusedError
from pipelines.casebook.letters.content import desk_of, sender_of
from pipelines.casebook.letters.parts import Language, Letter, Section, day_of, said
from pipelines.casebook.rules import routes
from pipelines.clock import TOKYO

if TYPE_CHECKING:
    from pipelines.declarations import Company


def reply(case: Case, policy: Policy, company: Company, language: Language, today: date, body: str = "") -> Letter:
    """The letter of a light route; `body`: what a complaint or a question is answered.

    Raises RefusedError on a formal request, before a stop is done, and where an answer has no words.
    """
    route, stopped = routes()[case.route], case.progress.stopped_on
    if route.formal or (route.stop_scope and not stopped):
        raise RefusedError("not_now")
    lines: tuple[str, ...]
    if stopped:
        lines = (said(f"reply_{route.id}", language, on=day_of(stopped, language)),)
    elif body.strip():
        lines = tuple(body.strip().splitlines())
    else:
        raise RefusedError("no_words")
    arrived = day_of(case.arrived.astimezone(TOKYO).date(), language)
    about = route.ja if language == "ja" else route.en
    row = said("request_row", language, number=case.number, received=arrived, kinds=about)
    names = case.individual.names if case.individual else ()
    return Letter(
        language=language,
        title=said("reply_title", language, about=about),
        head=(said("number", language, number=case.number, letter=1), day_of(today, language)),
        to=(said("to", language, name=names[0]),) if names else (),
        sender=tuple(sender_of(company, policy, language)),
        opening=said("opening", language, received=arrived),
        sections=(
            Section(
                said("request", language),
                (row,),
            ),
            Section(said("reply", language), lines),
            Section(said("desk", language), tuple(desk_of(policy, language))),
        ),
        closing=said("closing", language),
        annex_title="",
        annex=(),
        note="",
    )
