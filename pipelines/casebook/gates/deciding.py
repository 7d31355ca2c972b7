"""From intake to the approval: searched, reviewed, decided, released by a second person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from pipelines.casebook.gates.moving import (
    CHANGING,
    GIVING,
    RefusedError,
    after,
    at,
    changeable,
    changed,
    granted,
    reached,
    unsent,
    voided,
    worked,
)
from pipelines.casebook.gates.settling import is_carried_out, unnamed
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import (
    RECORDS,
    UNTOLD,
    Approval,
    Decision,
    Item,
    Number,
    Progress,
    Review,
    Ruling,
    Search,
)
from pipelines.casebook.rules import Step, refusals


def taken_in(progress: Progress, by: Hand, missing: Collection[str] = (), unchecked: Collection[str] = ()) -> Progress:
    """Intake is complete: papers, fee, identity."""
    at(progress, by, "intake")
    if missing:
        raise RefusedError("missing", *missing)
    if unchecked:
        raise RefusedError("unchecked", *unchecked)
    return worked(progress, by, step=after(progress, "intake"), taken_in=True)


def edited(progress: Progress, by: Hand, back_to: Step) -> Progress:
    """What a later step rests on was changed: everything from `back_to` on is void."""
    changeable(progress, by)
    if not progress.taken_in:
        back_to = "intake"
    if back_to not in progress.steps or progress.steps.index(back_to) > progress.steps.index(progress.step):
        return worked(progress, by)
    taken_in = progress.taken_in and back_to != "intake"
    return worked(progress, by, step=back_to, **voided(progress, back_to), taken_in=taken_in)


def searched(progress: Progress, by: Hand, search: Search) -> Progress:
    """A search of all stores, the first or another one: review, decision and approval are void."""
    changeable(progress, by)
    reached(progress, "search")
    if not progress.taken_in:
        raise RefusedError("not_now")
    search = search.model_copy(update={"by": by.account})
    return worked(progress, by, step="review", **voided(progress, "review"), search=search)


def reviewed(progress: Progress, by: Hand, review: Review) -> Progress:
    """A person ruled upon every candidate."""
    changeable(progress, by)
    reached(progress, "review")
    if not progress.search:
        raise RefusedError("not_now")
    known = {one.id: one for one in progress.search.candidates}
    review = review.model_copy(update={"rulings": (*review.rulings, *_fallen(progress.search, review))})
    ruled = Counter(one.candidate for one in review.rulings)
    if ruled.keys() - known.keys():
        raise RefusedError("unknown_candidate")
    if known.keys() - ruled.keys() or max(ruled.values(), default=1) > 1:
        raise RefusedError("unreviewed", *sorted(known.keys() - ruled.keys()))
    if any(one.verdict == "release" and UNTOLD in known[one.candidate].reasons for one in review.rulings):
        raise RefusedError("existence_secret")
    if any(one.verdict == "exclude" and known[one.candidate].suggestion != "excluded" and not one.reason.strip()
           for one in review.rulings):  # fmt: skip
        raise RefusedError("unreasoned_exclusion")
    released = {one.candidate for one in review.rulings if one.verdict == "release"}
    if orphans := [id for id in sorted(released) if known[id].parents and released.isdisjoint(known[id].parents)]:
        raise RefusedError("parent_excluded", *orphans)
    review = review.model_copy(update={"by": by.account})
    return worked(progress, by, step="decide", **voided(progress, "decide"), review=review)


def decided(progress: Progress, by: Hand, decision: Decision) -> Progress:
    """What is answered, item by item; at intake only that nothing is done, as where identity could not be confirmed."""
    changeable(progress, by)
    if "decide" not in progress.steps:
        raise RefusedError("not_now")
    if progress.step != "intake":
        reached(progress, "decide")
    if not progress.review and any(item.outcome != "refuse" for item in decision.items):
        raise RefusedError("only_refusal")
    _proofread(progress, decision)
    decision = decision.model_copy(update={"by": by.account})
    return worked(progress, by, step="approve", **voided(progress, "approve"), decision=decision)


def lettered(progress: Progress, by: Hand, digest: str, kind: str = "docx", number: Number | None = None) -> Progress:
    """The letter with this digest is put up for approval, a file of that kind; `number` if a My Number goes in it."""
    changeable(progress, by)
    reached(progress, "approve")
    changes = voided(progress, "approve") | {
        "letter": digest,
        "letter_kind": kind,
        "number": number,
        "letters": progress.letters + 1,
    }
    return worked(progress, by, step="approve", **changes)


def approved(progress: Progress, by: Hand, of: str, at: datetime) -> Progress:
    """A second person, an approver who never worked on the case, releases what he was shown (`of`)."""
    if by.role != "approver":
        raise RefusedError("role")
    unsent(progress)
    if progress.step != "approve":
        raise RefusedError("not_now")
    if by.account in progress.hands:
        raise RefusedError("same_person")
    if not progress.letter:
        raise RefusedError("no_letter")
    if of != progress.for_release:
        raise RefusedError("other_content")
    approval = Approval(of=of, by=by.account, at=at)
    # a letter that says what was carried out, and when, is approved after it
    step: Step = "carry_out" if granted(progress, CHANGING) and not is_carried_out(progress) else "answer"
    return changed(progress, step=step, approval=approval)


def rejected(progress: Progress, by: Hand) -> Progress:
    """The approver sends it back to be decided anew."""
    if by.role != "approver":
        raise RefusedError("role")
    unsent(progress)
    if progress.step != "approve":
        raise RefusedError("not_now")
    back: Step = "decide" if progress.review else "intake"
    return changed(progress, step=back, **voided(progress, back))


def rows_changed(progress: Progress, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Which confirmed rows are no longer as they were reviewed; `digests` by candidate as they are now.

    What was corrected or erased by the case's own measures is another by now, as it should be; but a row that the
    letter tells has to be there.
    """
    mended = {
        group
        for one in progress.measures
        if one.what in ("correct", "erase") and one.acknowledged_on
        for group in one.groups
    }
    told = granted(progress, ("disclosure", "purpose_notice"))
    return tuple(
        one.id
        for one in progress.released
        if digests.get(one.id) != one.digest and not (one.group in mended and (not told or one.id in digests))
    )


def back_to_review(progress: Progress, by: Hand) -> Progress:
    """A confirmed row changed before the answer: it is reviewed, decided and approved again."""
    return edited(progress, by, "review")


def _fallen(search: Search, review: Review) -> Iterator[Ruling]:
    """Rows that nobody ruled upon, found by nothing but their links to rows that were excluded: they go with them."""
    excluded = {one.candidate for one in review.rulings if one.verdict == "exclude"}
    ruled = {one.candidate for one in review.rulings}
    more = True
    while more:
        more = False
        for one in search.candidates:
            if one.id not in ruled and one.by_link and excluded.issuperset(one.parents):
                yield Ruling(candidate=one.id, verdict="exclude", reason=refusals()["parent_excluded"].ja)
                ruled.add(one.id)
                excluded.add(one.id)
                more = True


def _proofread(progress: Progress, decision: Decision) -> None:
    items = decision.items
    if left := [kind for kind in progress.kinds if kind not in {item.kind for item in items}]:
        raise RefusedError("undecided_kind", *left)
    if any(item.kind not in progress.kinds for item in items):
        raise RefusedError("other_kind")
    if max(Counter((item.kind, item.what, item.groups) for item in items).values()) > 1:
        raise RefusedError("contradictory")
    _proofread_groups(progress, items)
    if any(item.outcome != "comply" and not item.reason.strip() for item in items):
        raise RefusedError("no_reason")
    if any(item.outcome not in ("comply", "none_held") and not item.ground.strip() for item in items):
        raise RefusedError("no_ground")
    # a record of provision that nobody had to make (art 29(1)) is not held, whatever rows are
    if any(item.outcome == "none_held" and item.kind != "provision_record" for item in items) and progress.rows:
        raise RefusedError("rows_confirmed")
    gives = [item for item in items if item.kind in GIVING and item.outcome == "comply"]
    if any(item.kind == "disclosure" for item in gives) and not progress.rows:
        raise RefusedError("no_rows")
    records = any(one.store == RECORDS for one in progress.released)
    if records and any(item.kind == "provision_record" and item.outcome == "none_held" for item in items):
        raise RefusedError("rows_confirmed")
    if not records and any(item.kind == "provision_record" for item in gives):
        raise RefusedError("no_records")
    waiting = progress.search.open if progress.search else ()
    if waiting and (gives or any(item.outcome == "none_held" for item in items)):
        raise RefusedError("open_stores", *(one.store for one in waiting))


def _proofread_groups(progress: Progress, items: Collection[Item]) -> None:
    known, named = {one.group for one in progress.rows}, Counter[tuple[str, str]]()
    for item in items:
        if (item.groups or item.until) and item.kind not in CHANGING:
            raise RefusedError("only_changing")
        if unknown := [group for group in item.groups if group not in known]:
            raise RefusedError("unknown_group", *unknown)
        if item.until and (item.outcome == "comply" or not item.groups):
            raise RefusedError("kept_what")
        named.update((item.kind, group) for group in item.groups)
    if max(named.values(), default=1) > 1:
        raise RefusedError("contradictory")
    # where every item names its row groups, together they name all: what nobody decided would close in silence
    for kind in dict.fromkeys(item.kind for item in items if item.kind in CHANGING):
        if any(item.kind == kind and not item.groups for item in items):
            continue
        if left := unnamed(progress.rows, kind, items):
            raise RefusedError("undecided_kind", *dict.fromkeys(one.name or one.group for one in left))
