"""The rows of a published policy (個人情報の取扱い): what each of its sentences says, and the sentence itself.

A row that was read from the text carries `quote`, unchanged; `ja` and `en` word it. Articles (`law`) are those of the
Act on the Protection of Personal Information as numbered since 2022-04-01.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0, strict=True)]
"""Strict: YAML's `010` is eight or a text, never ten."""
Flag = Annotated[bool, Field(strict=True)]
Evidence = Literal["consent", "exception", "vital_interest", "outsourcing", "succession", "opt_out", "shared_use"]


Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


def letter(ordinal: int) -> str:
    """What the text calls an item by its place: 1 is A, 26 is Z, 27 is AA.

    >>> letter(4), letter(26), letter(27), letter(53)
    ('D', 'Z', 'AA', 'BA')
    """
    rest, last = divmod(ordinal - 1, 26)
    return (letter(rest) if rest else "") + chr(65 + last)


class Row(BaseModel):
    """A frozen row that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Row):
    """The same in Japanese and in English."""

    ja: Text
    en: Text


class Quoted(Label):
    """A row read from the published text."""

    clause: Text
    """Where it stands: section, item (`1.1(4)`)."""
    quote: Text


class Quote(Row):
    """A sentence of the published text and where it stands."""

    clause: str
    quote: str
    ja: str
    """The same in Japanese; '' nobody worded it."""


class SubCategory(Label):
    """Some of a category's persons, to whom only some of its purposes speak (R-09)."""

    id: Text
    subjects: tuple[str, ...]


class Category(Quoted):
    """本人の区分: a kind of person the policy speaks of, and which subjects of the classifiers it takes."""

    id: Text
    subjects: tuple[str, ...] = ()
    custody: Literal["", "entrusted"] = ""
    """`entrusted`: takes whatever was entrusted to the company, whoever it is about."""
    sub_categories: tuple[SubCategory, ...] = ()


class Outcome(Label):
    """An outcome beside the policy's categories: none of them, no personal data, not known."""

    id: Literal["no_category", "not_personal", "unresolved"]


class Purpose(Quoted):
    """利用目的: one published purpose and the uses it covers."""

    id: Text
    """`<category>-<letter>`; a site's own purposes follow its by-reference purpose: `<id>.<site>.<n>`."""
    ordinal: Annotated[Count, Field(ge=1, le=702)]
    type: Literal["direct", "catch_all", "by_reference"]
    sub_category: str = ""
    covers: tuple[str, ...] = ()
    may_cover: tuple[str, ...] = ()
    """Catch-all only: uses that a recorded association (付随) may bring under it."""
    parents: tuple[str, ...] = ()
    """Catch-all only: the listed purposes it is associated with."""
    parents_required: tuple[str, ...] = ()
    """The purposes one of which it has to serve (`for the above purposes`, R-11)."""
    third_party: Flag = False
    """It involves provision to third parties: a use needs a ground as well (R-10)."""
    bounded_by_contract: Flag = False
    """It reaches as far as the contract under which the data was entrusted (R-07)."""

    @property
    def category(self) -> str:
        """The category that it is a purpose of."""
        return self.id.rpartition("-")[0]


class Outside(Label):
    """A use that some or all categories list no purpose for: what becomes of it there, and why."""

    use: Text
    outcome: Literal["violation", "gap"]
    gap_in: tuple[str, ...] = ()
    """Categories, or sub-categories, where the text leaves room and a person has to look."""


class Ground(Quoted):
    """根拠: one of the situations in which the policy lets data go to a third party."""

    id: Text
    ordinal: Annotated[Count, Field(ge=1)]
    law: Text
    needs: Evidence
    categories: tuple[str, ...]
    record: Flag = False
    """The provider has to keep a record of it (art 29(1))."""
    conditions: tuple[Label, ...]


class BeyondPolicy(Label):
    """A ground that the Act knows and the policy does not: never a pass, for the company has bound itself."""

    law: Text


class ThirdParties(Row):
    """第三者提供: the closed list of grounds, and what the Act adds to it."""

    clause: str = ""
    quote: str = ""
    """'' where the text says nothing of third parties."""
    quote_ja: str = ""
    """The sentence in Japanese, where it was published in another language."""
    grounds: tuple[Ground, ...]
    beyond_policy: tuple[BeyondPolicy, ...]
    equivalent_countries: tuple[Annotated[str, Field(pattern="^[A-Z]{2}$")], ...]
    """ISO 3166 codes of countries whose system is found equivalent (art 28(1))."""
    record_law: Text
    record_years: Count


class NoticeItem(Label):
    """One item that a notice has to state."""

    id: Text
    law: Text


class Promise(Quoted):
    """Something the policy promises of its own accord."""


class OptOut(Row):
    """オプトアウト: what art 27(2) asks for, and what the policy promises beside it."""

    clause: str = ""
    items: tuple[NoticeItem, ...]
    promises: tuple[Promise, ...]
    stop: Literal["immediate"]
    stop_days: Count
    """Days from a request to the stop after which the promise is broken."""
    filing_required: Flag
    waiting_days: Count
    """Days between notice and first provision below which a person has to look."""


class SharedUse(Row):
    """共同利用: what has to be made known beforehand (art 27(5)(iii))."""

    items: tuple[NoticeItem, ...]


class Vague(Label):
    """Words of the text that specify little (R-14, art 17(1))."""

    words: Text
    where: tuple[str, ...]


class Oddity(Label):
    """Something odd in the text, and how it is treated."""

    id: Text
    where: tuple[str, ...]


class Stated(Row):
    """Something that the Act asks a policy to make known, or that a reader looks for, and where the text says it."""

    topic: Text
    """A row of `linting/topics.yml`: `representative`, `safety`, `retention`, `shared_use.users` …"""
    clause: str = ""
    quote: Text


class Dated(Row):
    """A date that the text gives itself."""

    kind: Literal["established", "effective", "revised"]
    day: Day
    clause: str = ""
    quote: Text


class Decision(Label):
    """Something a draft could not read from the text: a person decides it, mends the row and takes this one out."""

    where: Text
    """The row: `customer-C`, `TP-2`, `company`."""
    field: str = ""
    """What of the row is open."""
    clause: str = ""
    quote: str = ""
