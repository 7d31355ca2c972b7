"""How far a case has come: searched, reviewed, decided, approved, carried out, answered."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Literal

from pydantic import ConfigDict

from expectations import published
from expectations.published import Count, Flag, Text
from pipelines.casebook.rules import Step

Outcome = Literal["comply", "partly", "refuse", "none_held", "other_measure"]
"""応じる · 一部応じる · 応じない · 該当なし · 異なる措置。"""
What = Literal["stop_list", "correct", "stop", "erase", "block", "tell_recipient", "tell_trustee"]
"""What is done, or told, on somebody's request."""
How = Literal["registered_mail", "mail", "electronic", "counter", "telephone"]
GRANTED: tuple[Outcome, ...] = ("comply", "partly", "other_measure")


class Row(published.Row):
    """A frozen row whose errors quote no value."""

    model_config = ConfigDict(hide_input_in_errors=True)


UNTOLD = "existence_secret"
"""The reason of a candidate of which even that it exists is told to nobody (R-43)."""
RECORDS = "第三者提供記録"
"""The store of a candidate that is a record of provision, kept in the casebook itself."""


class Candidate(Row):
    """A row or document that a search put forward, and what a person said of it."""

    id: Text
    """Of this search: the seam to the look-up."""
    store: Text
    dataset: Text
    name: str = ""
    """What the company calls that data."""
    locator: Text
    """By which the store finds it again. It may name the person: it stays in the sealed case."""
    digest: Text
    """Of the row as the reviewer saw it, keyed by the case (`Case.fingerprint`)."""
    suggestion: Literal["release", "candidate", "excluded"]
    reasons: tuple[str, ...] = ()
    """Codes of why; `linked:customers.id` is the key of another candidate's row that it hangs on, `declared:` and
    `inferred:` a link that people declared or nobody did, with both its columns."""
    parents: tuple[str, ...] = ()
    """Ids of those other candidates: none of it is released where none of them is."""
    secrets: tuple[str, ...] = ()
    """Columns that look like a password or a My Number, tagged as something else: blacked out by `mask` alone."""
    uncorrected: tuple[int, ...] = ()
    """Which of the corrections that are asked for it does not show: it still says what is said to be wrong."""

    @property
    def group(self) -> str:
        """The row group that it is of: `store/dataset`."""
        return f"{self.store}/{self.dataset}"

    @property
    def by_link(self) -> bool:
        """Whether it was found by its links alone."""
        return bool(self.parents) and all(
            one.startswith(("linked:", "declared:", "inferred:", "not:")) for one in self.reasons
        )


class Open(Row):
    """A store that may hold the person and is not searched yet, or awaits its owner."""

    store: Text
    reason: Text
    owner: str = ""
    asked_on: date | None = None
    """When its owner was asked."""


class Addressee(Row):
    """Somebody who must be told of a correction or a stop, of one row group: a recipient or a trustee."""

    what: Literal["tell_recipient", "tell_trustee"]
    to: Text
    group: Text
    by: Text
    """The row of the declarations, or the record of provision, that says so."""


class Search(Row):
    """One search, and its proof."""

    as_of: datetime
    stores: tuple[str, ...]
    """Searched to their ends."""
    open: tuple[Open, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    """Who has got data of the candidates' row groups and of the open stores', by the declarations and the records of
    provision."""
    result: Text
    """The look-up's own digest of what it found."""
    keys: tuple[tuple[str, int], ...] = ()
    """How many keys of which kind it was searched by."""
    versions: tuple[tuple[str, str], ...] = ()
    """Of register, rules and vocabulary."""
    by: str = ""


class Ruling(Row):
    """What a person said of one candidate."""

    candidate: Text
    verdict: Literal["release", "exclude"]
    reason: str = ""
    mask: tuple[str, ...] = ()
    """Columns that speak of somebody else: blacked out in the letter (art 33(2)(i))."""


class Review(Row):
    """Every candidate of the search, ruled upon."""

    rulings: tuple[Ruling, ...]
    by: str = ""


class Item(Row):
    """One decision of a case: a kind of request, or a part of it."""

    kind: Text
    outcome: Outcome
    ground: str = ""
    """The article and item: needed unless it is complied with or nothing is held."""
    reason: str = ""
    """Told to the individual (R-40): needed unless it is complied with."""
    what: str = ""
    """Which part; '' all of it."""
    groups: tuple[Text, ...] = ()
    """Of a correction or stop: the row groups it is of (`store/dataset`); () those that no other item names."""
    until: date | None = None
    """Of a correction or stop that is not done there because a law says that it is kept: until when."""


class Decision(Row):
    """判断: what is answered, item by item."""

    items: tuple[Item, ...]
    by: str = ""


class Number(Row):
    """個人番号: a letter that goes to its holder with the number in it, and is kept with the number blacked out."""

    content: Text
    """Keyed digest of all that the letter says but the number."""
    language: Literal["ja", "en"]
    on: date
    """The letter's day: as of it, the letter is written again when it is issued."""
    issued_on: date | None = None


class Approval(Row):
    """決裁: a second person released what has this digest."""

    of: Text
    by: Text
    at: datetime


class Measure(Row):
    """One instruction to a store's owner, a recipient or a trustee, and its acknowledgement."""

    id: Text
    what: What
    to: Text
    """An office or a company."""
    groups: tuple[Text, ...] = ()
    """Whose rows (`store/dataset`). Of word to a recipient or trustee: () everything that it has got."""
    instructed_on: date
    acknowledged_on: date | None = None
    recalled_on: date | None = None
    """Called back before it was done, for the request was withdrawn."""
    untold: str = ""
    """Why a recipient or trustee cannot, or need not, be told."""

    @property
    def settled(self) -> bool:
        """Whether nobody is waited for."""
        return bool(self.acknowledged_on or self.recalled_on or self.untold.strip())


class Dispatch(Row):
    """An answer on its way: begun before it goes, so that nothing goes twice."""

    id: Text
    by: Text
    at: datetime


class Sent(Row):
    """回答日・方法・追跡番号。"""

    dispatch: Text
    on: date
    how: How
    tracking: str = ""
    to_deputy: Flag = False


class Undelivered(Row):
    """不着: a letter that came back, or a mail that bounced."""

    on: date
    why: Literal["unknown_address", "moved", "not_collected", "refused", "bounced", "other"]
    """宛先不明 · 転居 · 保管期間の経過 · 受取拒絶 · メールの不達 · そのほか。"""
    note: str = ""
    unreachable: str = ""
    """Why it is not sent again: which other ways were tried."""
    sent: Sent | None = None
    """What came back."""
    letter: str = ""
    """Its digest."""


class Progress(Row):
    """Everything that the gates look at."""

    steps: tuple[Step, ...]
    step: Step
    kinds: tuple[str, ...] = ()
    """The kinds of request asked for; () for a light route."""
    taken_in: Flag = False
    """Whether papers, fee and identity were complete."""
    hands: tuple[str, ...] = ()
    """Accounts that worked on it: none of them approves."""
    search: Search | None = None
    review: Review | None = None
    decision: Decision | None = None
    letter: str = ""
    """Digest of the letter put up for approval."""
    letter_kind: Literal["docx", "pdf", "csv", "json"] = "docx"
    """Which file it is (`letters.making`)."""
    number: Number | None = None
    letters: Count = 0
    """How many were put up: the last one is it."""
    approval: Approval | None = None
    measures: tuple[Measure, ...] = ()
    stopped_on: date | None = None
    dispatch: Dispatch | None = None
    sent: Sent | None = None
    undelivered: tuple[Undelivered, ...] = ()
    """Answers that did not arrive, the last one last."""
    recheck: Search | None = None
    withdrawn_on: date | None = None

    @property
    def for_release(self) -> str:
        """Digest of all that an approval releases: another one after any edit."""
        parts = (self.search, self.review, self.decision)
        said = "\0".join(part.model_dump_json() if part else "" for part in parts)
        return hashlib.sha256(f"{said}\0{self.letter}".encode()).hexdigest()

    @property
    def released(self) -> tuple[Candidate, ...]:
        """The candidates that a person confirmed."""
        if not (self.search and self.review):
            return ()
        wanted = {one.candidate for one in self.review.rulings if one.verdict == "release"}
        return tuple(one for one in self.search.candidates if one.id in wanted)

    @property
    def to_send_again(self) -> Undelivered | None:
        """The answer that came back and is to be sent again; None where none waits."""
        return self.undelivered[-1] if self.undelivered and not self.sent and not self.withdrawn_on else None

    @property
    def same_letter(self) -> bool:
        """Whether what came back goes again as it was approved: it says what was true on its day."""
        return self.to_send_again is not None and self.to_send_again.letter == self.letter

    @property
    def rows(self) -> tuple[Candidate, ...]:
        """Those of them that are the individual's data, and no records of provision."""
        return tuple(one for one in self.released if one.store != RECORDS)
