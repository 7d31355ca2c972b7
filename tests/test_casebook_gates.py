"""The gates of a request: what may follow what, whoever tries it, in whatever order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pipelines.casebook import gates
from pipelines.casebook.gates import RefusedError
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import (
    Addressee,
    Candidate,
    Decision,
    Dispatch,
    Item,
    Measure,
    Open,
    Progress,
    Review,
    Ruling,
    Search,
    Sent,
    Undelivered,
)
from pipelines.casebook.rules import refusals, routes
from pipelines.clock import TOKYO

AT = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
DAY = date(2026, 11, 24)
GROUP = "crm/会員"
RESPONDER, OTHER = Hand("tanto", "responder"), Hand("betsu", "responder")
APPROVER = Hand("kessai", "approver")


def start(*kinds: str, route: str = "formal") -> Progress:
    return Progress(steps=(*routes()[route].steps, "closed"), step="intake", kinds=kinds)


def candidate(id: str = "c1", digest: str = "d1", suggestion: Any = "release") -> Candidate:
    return Candidate(id=id, store="crm", dataset="会員", locator="id=1", digest=digest, suggestion=suggestion)


def search(*candidates: Candidate, unread: bool = False) -> Search:
    waiting = (Open(store="paper", reason="awaits_owner"),) if unread else ()
    return Search(as_of=AT, stores=("crm",), open=waiting, candidates=candidates, result="r")


def review(**verdicts: Any) -> Review:
    return Review(
        rulings=tuple(Ruling(candidate=id, verdict=verdict, reason="別人") for id, verdict in verdicts.items())
    )


def decision(*items: tuple[str, Any]) -> Decision:
    return Decision(
        items=tuple(Item(kind=kind, outcome=outcome, ground="33(2)(i)", reason="理由") for kind, outcome in items)
    )


def decided(*items: tuple[str, Any], found: Search | None = None, verdict: str = "release") -> Progress:
    """A case that came as far as its letter."""
    kinds = dict.fromkeys(kind for kind, _ in items)
    found = found or search(candidate())
    progress = gates.searched(gates.taken_in(start(*kinds), RESPONDER), RESPONDER, found)
    progress = gates.reviewed(progress, RESPONDER, review(**{one.id: verdict for one in found.candidates}))
    return gates.lettered(gates.decided(progress, RESPONDER, decision(*items)), RESPONDER, "letter")


def approve(progress: Progress, by: Hand = APPROVER) -> Progress:
    return gates.approved(progress, by, progress.for_release, AT)


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, check=lambda error: error.code == code)


def test_a_disclosure_goes_from_intake_to_its_end() -> None:
    progress = approve(decided(("disclosure", "comply")))
    assert progress.step == "answer"
    progress = gates.dispatched(progress, RESPONDER, Dispatch(id="s1", by="tanto", at=AT), {"c1": "d1"})
    progress = gates.answered(progress, RESPONDER, Sent(dispatch="s1", on=DAY, how="registered_mail", tracking="1"))
    assert gates.closed(progress, RESPONDER).step == "closed"


def test_what_is_missing_or_unchecked_keeps_a_request_at_its_intake() -> None:
    with refused("missing"):
        gates.taken_in(start("disclosure"), RESPONDER, missing=["fee"])
    with refused("unchecked"):
        gates.taken_in(start("disclosure"), RESPONDER, unchecked=["identity"])
    with refused("not_now"):
        gates.searched(start("disclosure"), RESPONDER, search())


def test_without_an_identity_only_a_refusal_is_decided_and_it_needs_no_search() -> None:
    with refused("only_refusal"):
        gates.decided(start("disclosure"), RESPONDER, decision(("disclosure", "none_held")))
    progress = gates.decided(start("disclosure"), RESPONDER, decision(("disclosure", "refuse")))
    with refused("only_refusal"):
        gates.decided(progress, RESPONDER, decision(("disclosure", "comply")))
    with refused("not_now"):
        gates.searched(progress, RESPONDER, search())
    assert approve(gates.lettered(progress, RESPONDER, "letter")).step == "answer"


def test_a_person_rules_upon_every_candidate_once() -> None:
    found = search(candidate(), candidate("c2", suggestion="candidate"), candidate("c3", suggestion="excluded"))
    progress = gates.searched(gates.taken_in(start("disclosure"), RESPONDER), RESPONDER, found)
    for wrong in (review(c1="release"), Review(rulings=(*review(c1="release", c2="release").rulings,) * 2)):
        with refused("unreviewed"):
            gates.reviewed(progress, RESPONDER, wrong)
    with refused("unknown_candidate"):
        gates.reviewed(progress, RESPONDER, review(c1="release", c2="exclude", c3="exclude", c9="release"))
    silent = tuple(Ruling(candidate=id, verdict="exclude") for id in ("c1", "c2", "c3"))
    with refused("unreasoned_exclusion"):
        gates.reviewed(progress, RESPONDER, Review(rulings=silent))
    assert gates.reviewed(progress, RESPONDER, review(c1="release", c2="exclude", c3="exclude")).step == "decide"


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([("disclosure", "comply")], "undecided_kind"),
        ([("disclosure", "comply"), ("stop_use", "comply"), ("correction", "comply")], "other_kind"),
        ([("disclosure", "comply"), ("disclosure", "refuse"), ("stop_use", "comply")], "contradictory"),
        ([("disclosure", "none_held"), ("stop_use", "comply")], "rows_confirmed"),
    ],
)
def test_every_kind_that_was_asked_for_is_decided_without_contradiction(items: Any, code: str) -> None:
    progress = gates.searched(
        gates.taken_in(start("disclosure", "stop_use"), RESPONDER), RESPONDER, search(candidate())
    )
    progress = gates.reviewed(progress, RESPONDER, review(c1="release"))
    with refused(code):
        gates.decided(progress, RESPONDER, decision(*items))


@pytest.mark.parametrize("outcome", ["partly", "refuse", "none_held", "other_measure"])
def test_everything_but_full_compliance_has_its_reason(outcome: Any) -> None:
    progress = gates.searched(gates.taken_in(start("disclosure"), RESPONDER), RESPONDER, search())
    progress = gates.reviewed(progress, RESPONDER, review())
    with refused("no_reason"):
        items = (Item(kind="disclosure", outcome=outcome, ground="33(2)(i)", reason=" "),)
        gates.decided(progress, RESPONDER, Decision(items=items))
    if outcome != "none_held":
        with refused("no_ground"):
            items = (Item(kind="disclosure", outcome=outcome, reason="理由"),)
            gates.decided(progress, RESPONDER, Decision(items=items))


def test_neither_none_held_nor_complete_while_a_store_is_unread_or_awaits_its_owner() -> None:
    progress = gates.searched(gates.taken_in(start("disclosure"), RESPONDER), RESPONDER, search(unread=True))
    with refused("open_stores"):
        gates.decided(gates.reviewed(progress, RESPONDER, review()), RESPONDER, decision(("disclosure", "none_held")))
    with refused("open_stores"):
        decided(("disclosure", "comply"), found=search(candidate(), unread=True))
    assert decided(("disclosure", "partly"), found=search(candidate(), unread=True)).step == "approve"
    with refused("no_rows"):
        decided(("disclosure", "comply"), verdict="exclude")


def test_four_eyes_are_two_persons_and_see_the_same() -> None:
    progress = decided(("disclosure", "comply"))
    with refused("role"):
        approve(progress, OTHER)
    with refused("same_person"):
        approve(progress, Hand("tanto", "approver"))
    with refused("same_person"):
        gates.dispatched(
            approve(progress), Hand("kessai", "responder"), Dispatch(id="s", by="kessai", at=AT), {"c1": "d1"}
        )
    with refused("other_content"):
        gates.approved(progress, APPROVER, "0" * 64, AT)
    with refused("no_letter"):
        approve(progress.model_copy(update={"letter": ""}))
    with refused("not_approved"):
        edited_beside = approve(progress).model_copy(update={"letter": "another"})
        gates.dispatched(edited_beside, RESPONDER, Dispatch(id="s", by="tanto", at=AT), {"c1": "d1"})


def test_an_approver_does_nothing_but_approve() -> None:
    progress = start("disclosure")
    with refused("role"):
        gates.taken_in(progress, APPROVER)
    progress = gates.taken_in(progress, RESPONDER)
    with refused("role"):
        gates.searched(progress, APPROVER, search())


@pytest.mark.parametrize("step", ["search", "review", "decide", "approve"])
def test_a_later_edit_voids_the_approval_and_goes_back(step: Any) -> None:
    approved = approve(decided(("disclosure", "comply")))
    edited = gates.edited(approved, OTHER, step)
    assert edited.step == step
    assert edited.approval is None
    assert edited.letter == ""
    with refused("not_now"):
        gates.dispatched(edited, RESPONDER, Dispatch(id="s", by="tanto", at=AT), {"c1": "d1"})


def test_a_confirmed_row_that_changed_goes_back_to_review() -> None:
    progress = approve(decided(("disclosure", "comply")))
    begun = Dispatch(id="s1", by="tanto", at=AT)
    for now in ({"c1": "another"}, {}):
        assert gates.rows_changed(progress, now) == ("c1",)
        with refused("rows_changed"):
            gates.dispatched(progress, RESPONDER, begun, now)
    assert gates.back_to_review(progress, RESPONDER).step == "review"


def test_a_rejected_letter_is_decided_anew() -> None:
    progress = gates.rejected(decided(("disclosure", "comply")), APPROVER)
    assert (progress.step, progress.decision, progress.letter) == ("decide", None, "")
    with refused("role"):
        gates.rejected(decided(("disclosure", "comply")), RESPONDER)


def test_nothing_is_sent_twice_and_nothing_changes_while_it_is_on_its_way() -> None:
    progress = approve(decided(("disclosure", "comply")))
    begun = gates.dispatched(progress, RESPONDER, Dispatch(id="s1", by="tanto", at=AT), {"c1": "d1"})
    with refused("on_its_way"):
        gates.dispatched(begun, RESPONDER, Dispatch(id="s2", by="tanto", at=AT), {"c1": "d1"})
    with refused("on_its_way"):
        gates.edited(begun, RESPONDER, "review")
    with refused("no_dispatch"):
        gates.answered(begun, RESPONDER, Sent(dispatch="s2", on=DAY, how="mail"))
    with refused("no_dispatch"):
        gates.answered(progress, RESPONDER, Sent(dispatch="s1", on=DAY, how="mail"))
    again = gates.not_sent(begun, RESPONDER, "s1")
    assert gates.dispatched(again, RESPONDER, Dispatch(id="s2", by="tanto", at=AT), {"c1": "d1"}).dispatch
    with refused("answered"):
        gates.edited(gates.answered(begun, RESPONDER, Sent(dispatch="s1", on=DAY, how="mail")), RESPONDER, "review")


def carried(progress: Progress, *measures: Measure) -> Progress:
    for measure in measures:
        progress = gates.instructed(progress, RESPONDER, measure)
    return gates.carried_out(progress, RESPONDER)


def sent(progress: Progress) -> Progress:
    digests = {one.id: one.digest for one in progress.released}
    progress = gates.dispatched(progress, RESPONDER, Dispatch(id="s1", by="tanto", at=AT), digests)
    return gates.answered(progress, RESPONDER, Sent(dispatch="s1", on=DAY, how="mail"))


def test_a_stop_is_carried_out_before_it_is_answered_and_searched_for_before_it_is_closed() -> None:
    progress = approve(decided(("stop_use", "comply")))
    listed = Measure(id="m1", what="stop_list", to="情報システム部", instructed_on=DAY, acknowledged_on=DAY)
    erased = Measure(id="m2", what="erase", to="営業部", groups=(GROUP,), instructed_on=DAY)
    told = Measure(id="m3", what="tell_recipient", to="提供先", instructed_on=DAY)
    assert progress.step == "carry_out"
    with refused("no_measures"):
        gates.carried_out(progress, RESPONDER)
    with refused("no_stop_entry"):
        carried(progress, erased)
    with refused("unacknowledged"):
        carried(progress, listed, erased)
    with refused("undone"):
        carried(progress, listed)
    done = erased.model_copy(update={"acknowledged_on": DAY})
    progress = sent(carried(progress, listed, done, told))
    with refused("unacknowledged"):
        gates.closed(progress, RESPONDER)
    progress = gates.instructed(progress, RESPONDER, told.model_copy(update={"acknowledged_on": DAY}))
    with refused("not_rechecked"):
        gates.closed(progress, RESPONDER)
    with refused("still_there"):
        gates.closed(gates.rechecked(progress, RESPONDER, search(candidate())), RESPONDER)
    with refused("open_stores"):
        gates.closed(gates.rechecked(progress, RESPONDER, search(unread=True)), RESPONDER)
    clean = gates.rechecked(progress, RESPONDER, search())
    with refused("unsettled"):
        gates.closed(clean, RESPONDER, ["papers"])
    assert gates.closed(clean, RESPONDER).step == "closed"
    # something more was done in a store: what was searched before says nothing of it
    with refused("not_rechecked"):
        gates.closed(gates.instructed(clean, RESPONDER, done), RESPONDER)


def test_who_has_got_what_either_search_found_is_told() -> None:
    erased = Measure(id="m1", what="erase", to="部", groups=(GROUP,), instructed_on=DAY, acknowledged_on=DAY)
    listed = erased.model_copy(update={"id": "m2", "what": "stop_list", "groups": ()})
    progress = sent(carried(approve(decided(("stop_use", "comply"))), erased, listed))
    known = Addressee(what="tell_recipient", to="甲社", group=GROUP, by="P-1")
    more = known.model_copy(update={"to": "乙社"})
    elsewhere = known.model_copy(update={"to": "丙社", "group": "crm/他"})
    assert progress.search
    earlier = progress.search.model_copy(update={"addressees": (known,)})
    progress = progress.model_copy(update={"search": earlier})
    found = search().model_copy(update={"addressees": (more, known, elsewhere)})
    progress = gates.rechecked(progress, RESPONDER, found)
    assert [one.to for one in gates.words(progress)] == ["甲社", "乙社"]


def test_a_refused_stop_carries_nothing_out() -> None:
    assert approve(decided(("stop_use", "refuse"))).step == "answer"


@pytest.mark.parametrize("route", ["opt_out_stop", "unsubscribe"])
def test_a_light_stop_needs_no_second_person_but_its_entry(route: str) -> None:
    progress = gates.taken_in(start(route=route), RESPONDER)
    with refused("not_now"):
        gates.dispatched(progress, RESPONDER, Dispatch(id="s", by="tanto", at=AT), {})
    with refused("not_now"):
        gates.searched(progress, RESPONDER, search())
    assert gates.closed(sent(gates.stopped(progress, RESPONDER, DAY)), RESPONDER).step == "closed"


def test_who_takes_a_request_back_gets_no_answer() -> None:
    progress = gates.withdrawn(approve(decided(("disclosure", "comply"))), RESPONDER, DAY)
    with refused("not_now"):
        gates.dispatched(progress, RESPONDER, Dispatch(id="s", by="tanto", at=AT), {"c1": "d1"})
    assert gates.closed(progress, RESPONDER).step == "closed"


def test_every_refusal_is_worded() -> None:
    for code, said in refusals().items():
        assert said.ja in str(RefusedError(code))


HANDS = st.sampled_from([RESPONDER, OTHER, APPROVER, Hand("tanto", "approver"), Hand("kessai", "responder")])
OUTCOMES = st.sampled_from(["comply", "partly", "refuse", "none_held", "other_measure"])
SEARCHES = st.builds(
    lambda count, unread: search(*(candidate(f"c{n}") for n in range(count)), unread=unread),
    st.integers(0, 2),
    st.booleans(),
)


class AnyOrder(RuleBasedStateMachine):
    """Whatever anybody tries in whatever order: what goes out was approved by a second person, as it goes out."""

    @initialize(kinds=st.sets(st.sampled_from(["disclosure", "stop_use", "correction"]), min_size=1), how=st.data())
    def begin(self, kinds: set[str], how: st.DataObject) -> None:
        self.progress = start(*sorted(kinds))
        self.worked: set[str] = set()
        self.go_on(RESPONDER, how)

    def attempt(self, by: Hand, gate: Any, *arguments: Any) -> bool:
        before = self.progress
        try:
            self.progress = gate(before, by, *arguments)
        except RefusedError:
            assert self.progress == before
            return False
        if by.role == "responder":
            self.worked.add(by.account)
        return True

    @rule(by=st.sampled_from([RESPONDER, OTHER]), how=st.data())
    def go_on(self, by: Hand, how: st.DataObject) -> None:
        """The right next step, some times: without it the machine hardly leaves its intake."""
        for _ in range(how.draw(st.integers(0, 14))):
            found = self.progress.search.candidates if self.progress.search else ()
            match self.progress.step:
                case "intake":
                    self.take_in(by, ())
                case "search":
                    self.search(by, search(candidate()))
                case "review":
                    self.attempt(by, gates.reviewed, review(**{one.id: "release" for one in found}))
                case "decide":
                    self.attempt(by, gates.decided, decision(*((kind, "partly") for kind in self.progress.kinds)))
                case "approve" if not self.progress.letter:
                    self.letter(by, "one")
                case "approve":
                    self.approve(how.draw(st.sampled_from([APPROVER, Hand("tanto", "approver")])), seen=True)
                case "carry_out":
                    for what in ("stop_list", "erase", "correct"):
                        self.measure(by, what)
                    self.carry_out(by)
                case "answer" if not self.progress.dispatch:
                    self.dispatch(by, fresh=how.draw(st.booleans()))
                case "answer":
                    self.go(by)
                case _:
                    self.close(by)

    @rule(by=HANDS, missing=st.sampled_from([(), ("fee",)]))
    def take_in(self, by: Hand, missing: tuple[str, ...]) -> None:
        self.attempt(by, gates.taken_in, missing)

    @rule(by=HANDS, found=SEARCHES)
    def search(self, by: Hand, found: Search) -> None:
        self.attempt(by, gates.searched, found)

    @rule(by=HANDS, verdict=st.sampled_from(["release", "exclude"]), all_of_them=st.booleans())
    def review(self, by: Hand, verdict: str, all_of_them: bool) -> None:
        ids = [one.id for one in self.progress.search.candidates] if self.progress.search else []
        self.attempt(by, gates.reviewed, review(**dict.fromkeys(ids if all_of_them else ids[1:], verdict)))

    @rule(by=HANDS, data=st.data())
    def decide(self, by: Hand, data: st.DataObject) -> None:
        items = [(kind, data.draw(OUTCOMES)) for kind in self.progress.kinds]
        self.attempt(by, gates.decided, decision(*items))

    @rule(by=HANDS, digest=st.sampled_from(["one", "two"]))
    def letter(self, by: Hand, digest: str) -> None:
        self.attempt(by, gates.lettered, digest)

    @rule(by=HANDS, seen=st.booleans())
    def approve(self, by: Hand, seen: bool) -> None:
        if self.attempt(by, gates.approved, self.progress.for_release if seen else "0" * 64, AT):
            event("approved")
            assert by.role == "approver"
            assert by.account not in self.worked

    @rule(by=HANDS)
    def reject(self, by: Hand) -> None:
        self.attempt(by, gates.rejected)

    @rule(by=HANDS, step=st.sampled_from(["intake", "search", "review", "decide", "approve"]))
    def edit(self, by: Hand, step: Any) -> None:
        self.attempt(by, gates.edited, step)

    @rule(by=HANDS, what=st.sampled_from(["stop_list", "erase", "correct"]))
    def measure(self, by: Hand, what: Any) -> None:
        groups = () if what == "stop_list" else (GROUP,)
        done = Measure(id=what, what=what, to="部", groups=groups, instructed_on=DAY, acknowledged_on=DAY)
        self.attempt(by, gates.instructed, done)

    @rule(by=HANDS)
    def carry_out(self, by: Hand) -> None:
        self.attempt(by, gates.carried_out)

    @rule(by=HANDS, fresh=st.booleans())
    def dispatch(self, by: Hand, fresh: bool) -> None:
        digests = {one.id: one.digest if fresh else "changed" for one in self.progress.released}
        before = self.progress
        if self.attempt(by, gates.dispatched, Dispatch(id="s", by=by.account, at=AT), digests):
            assert before.dispatch is None
            assert before.approval is not None
            assert before.approval.of == before.for_release
            assert before.approval.by not in self.worked
            mended = any(one.what in ("erase", "correct") for one in before.measures)
            assert fresh or mended or not before.released or before.same_letter
            event("sent")

    @rule(by=HANDS)
    def go(self, by: Hand) -> None:
        before = self.progress
        if self.attempt(by, gates.answered, Sent(dispatch="s", on=DAY, how="mail")):
            assert before.dispatch
            assert before.sent is None

    @rule(by=HANDS, given_up=st.booleans())
    def come_back(self, by: Hand, given_up: bool) -> None:
        before = self.progress
        returned = Undelivered(on=DAY, why="moved", unreachable="連絡がつかない" if given_up else "")
        if self.attempt(by, gates.undelivered, returned):
            assert before.sent or before.to_send_again
            assert self.progress.approval == before.approval
            assert self.progress.step == ("close" if given_up else "answer")
            event("came back")

    @rule(by=HANDS)
    def close(self, by: Hand) -> None:
        if self.attempt(by, gates.closed):
            assert self.progress.sent

    @invariant()
    def an_approval_is_of_what_stands_there(self) -> None:
        if self.progress.approval:
            assert self.progress.approval.of == self.progress.for_release

    @invariant()
    def none_held_is_never_said_of_confirmed_rows_or_beside_unread_stores(self) -> None:
        decision, found = self.progress.decision, self.progress.search
        if decision and any(item.outcome == "none_held" for item in decision.items):
            assert found
            assert not found.open
            assert not self.progress.released

    @invariant()
    def nothing_is_decided_but_a_refusal_before_the_intake_is_complete(self) -> None:
        decision = self.progress.decision
        if decision and not self.progress.taken_in:
            assert all(item.outcome == "refuse" for item in decision.items)


AnyOrder.TestCase.settings = settings(max_examples=100, stateful_step_count=20, deadline=None)
TestAnyOrder = AnyOrder.TestCase
