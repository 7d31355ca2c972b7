"""Who looks after a finding's data: the store's owner, and whom the review that is open has asked."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.clock import TOKYO
from pipelines.declarations import DeclarationsError
from pipelines.desk.visit import Answer, Moved, Visit
from pipelines.reviewing import ReviewError, chosen, facts, review_of, standings, steps, taken

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is known of who looks after a dataset."""

    owner: str
    """Of its store, as declared; '' nobody."""
    review: str
    """The review that was opened last; '' none, and so no place to write who was asked."""
    asked: str
    """Whom it was assigned to last; '' nobody."""


def assignment(visit: Visit, store: str, dataset: str) -> Assignment:
    """Who looks after a dataset."""
    known, _ = visit.desk.declared()
    owner = next((one.owner for one in known.stores if one.id == store), "")
    if not known.reviews:
        return Assignment(owner, "", "")
    review = review_of(known, "")
    of = [s for s in known.review_steps if (s.review, s.step, s.store) == (review.id, "assigned", store)]
    asked = next((one.to for one in reversed(of) if one.dataset in ("", dataset)), "")
    return Assignment(owner, review.id, asked)


def assign(visit: Visit) -> Answer:
    """Ask an office to look a dataset through, in the review that is open."""
    row = visit.holdings.verdicts.get(visit.form("verdict"))
    to = visit.form("to")
    if row is None or not to or len(to) > _LONGEST:
        visit.wrong("割り当てる部署を書いてください。", "Write whom to assign it to.")
    desk, today = visit.desk, visit.desk.now().astimezone(TOKYO).date()
    with desk.writing:
        known, _ = desk.declared()
        register = visit.holdings.register
        review = review_of(known, "")
        try:
            those = chosen(standings(known, register, review, today), row["store"], [row["dataset"]])
        except ReviewError as error:
            visit.wrong(str(error), str(error))
        written = steps("assigned", review, those, facts(register), visit.visitor.account, today, to=to)
        try:
            taken(desk.settings.declarations, written)
        except OSError:
            raise DeclarationsError(f"{desk.settings.declarations}: 書けません · cannot be written") from None
    return Moved(f"/findings/{row['id']}", visit.says(f"{to} に割り当てました。", f"Assigned to {to}."))


ANSWERS = {"assign": assign}
