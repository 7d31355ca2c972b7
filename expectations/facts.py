"""What the checks judge as people wrote it down: uses, provisions, and what carries them.

Every model refuses unknown keys, so that a misspelt fact is an error and not a silence.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from expectations.stops import Scope

Custody = Literal["own", "entrusted"]
Nature = Literal["personal", "related", "pseudonymised", "anonymous", "none"]
Suppression = Literal["", "stop_list"]
"""What keeps persons who asked for a stop out of a use or provision: `daicho suppress filter` or `check`."""


class Fact(BaseModel):
    """A frozen row that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Fact):
    """The data that is used or provided: a dataset, perhaps only some rows and columns of it."""

    store: str
    dataset: str
    rows: str = ""
    """A row partition's filter, as the scan writes it (`kind = '弁護士'`); '' all of them."""
    columns: tuple[str, ...] = ()
    """'' all of them."""


class Association(Fact):
    """Why a use falls under a catch-all purpose: which listed purpose it belongs to, who found so and when (R-04)."""

    parent: str
    reason: str
    approver: str
    approved_on: date


class Use(Fact):
    """A declared use (利用): one job over one source."""

    id: str
    job: str
    use: str
    """A row of the classifiers' `uses` vocabulary."""
    source: Source
    destination: str = ""
    purposes: tuple[str, ...] = ()
    """Ids of the published purposes its owner names (`customer-D`, `professional-G.site.3`)."""
    association: Association | None = None
    contract: str = ""
    consent: str = ""
    exception: str = ""
    suppressed_by: Suppression = ""


class Provision(Fact):
    """A declared provision to somebody outside the company (第三者提供), and the ground that carries it."""

    id: str
    source: Source
    recipient: str
    country: str = "JP"
    use: str
    ground: str = ""
    """TP-1 … TP-7; '' nobody named one."""
    purposes: tuple[str, ...] = ()
    notice: str = ""
    contract: str = ""
    consent: str = ""
    exception: str = ""
    record: str = ""
    """Where the record of art 29 is kept."""
    since: date | None = None
    suppressed_by: Suppression = ""
    recipient_identifies: bool | None = None
    """Whether the recipient will hold related information (cookies …) as personal data; None: nobody knows (R-20)."""
    recipient_checked_on: date | None = None
    """When it was checked who the recipient is and what for (the amendment of 2026)."""
    recipient_purpose: str = ""
    """What the recipient said it will use the data for."""


class Contract(Fact):
    """A contract under which personal data is entrusted, to us or by us (arts 25, 27(5)(i))."""

    id: str
    direction: Literal["entrusted_to_us", "entrusted_by_us"]
    party: str
    work: str
    uses: tuple[str, ...]
    """Uses in its scope."""
    starts: date
    ends: date | None = None
    at_end: Literal["return", "erase", ""] = ""
    selected_on: date | None = None
    monitored_on: date | None = None
    next_monitoring: date | None = None
    """When it is to be monitored next, where that is sooner than a year after the last time."""
    subcontracting: Literal["", "none", "approved", "unapproved"] = ""
    """再委託: whether the trustee passes the work on, and with the entruster's leave; '' nobody said."""
    certificate: str = ""
    """Where the certificate of return or erasure at the end is kept."""


class Consent(Fact):
    """Consents of the persons of a source: gathered how, when, to which text, for which uses."""

    id: str
    source: Source
    uses: tuple[str, ...]
    obtained: str
    text_version: str
    since: date
    until: date | None = None
    """The day from which on it was withdrawn, or held no more."""
    recipients: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Countries of recipients that the persons were told of, with their system and measures (art 28(2))."""


class StatutoryException(Fact):
    """A use or provision carried by law (arts 18(3), 27(1)): never inferred, always somebody's decision."""

    id: str
    law: str
    """The item of the Act: `18(3)(i)`."""
    statute: str
    """The statute that asks for it: 所得税法第225条."""
    document: str
    approver: str
    approved_on: date
    uses: tuple[str, ...]
    data_categories: tuple[str, ...] = ()


class Notice(Fact):
    """A published notice: opt-out (art 27(2)) or shared use (art 27(5)(iii))."""

    id: str
    kind: Literal["opt_out", "shared_use"]
    url: str
    published_on: date
    items: tuple[str, ...]
    """Which of the law's notice items it states, by the policy's ids for them."""
    data_categories: tuple[str, ...] = ()
    """The data items it says are provided: an exhaustive list."""
    recipients: tuple[str, ...] = ()
    filing: str = ""
    """The number of the filing with the Commission."""
    filed_on: date | None = None
    starts_on: date | None = None
    changed_on: date | None = None
    """The day from which on something that it states was another (art 27(3))."""
    change_published_on: date | None = None
    change_filed_on: date | None = None


class Acquisition(Fact):
    """How data came to the company (取得): from whom, since when, and what was said or checked then."""

    id: str
    source: Source
    method: Literal["direct_written", "direct", "business_card", "indirect", "public", "third_party", "succession"]
    """`direct_written`: the person filled in a form, on paper or a site (art 21(2))."""
    since: date | None = None
    """The first day of collection."""
    until: date | None = None
    """The last; None: it goes on."""
    channel: str = ""
    """The site, form or desk, as collection notices name it."""
    supplier: str = ""
    """Who provided it, or whose business was taken over."""
    basis: Literal["", "consent", "opt_out", "law", "outsourcing", "shared_use"] = ""
    """What the supplier's provision rested on; '' nobody asked."""
    checked_on: date | None = None
    """When supplier and origin were checked (art 30(1))."""
    record: str = ""
    """Where the record of art 30(3) is kept."""
    uses: tuple[str, ...] = ()
    """Of a succession: the uses that the purposes of before cover (art 18(2))."""
    improper: bool = False
    """Somebody found that it may have been acquired improperly (art 20(1))."""


class CollectionNotice(Fact):
    """What persons are shown where they fill in a form (明示, art 21(2)): one text of one channel, for some time."""

    id: str
    channel: str
    shown_from: date
    shown_until: date | None = None
    uses: tuple[str, ...] = ()
    """The uses it names; () it refers to the published policy."""


class PolicyVersion(Fact):
    """A version of the published policy after its first: which purposes it brought, and how they were changed."""

    id: str
    effective_from: date
    purposes: tuple[str, ...] = ()
    """Purposes that it added or widened."""
    published_on: date | None = None
    """When the change was published or notified (art 21(3))."""
    reason: str = ""
    """Why the change lies within what persons could expect (art 17(2))."""
    approver: str = ""
    approved_on: date | None = None


class Retention(Fact):
    """How long data is kept (保存期間), and what asks for it."""

    id: str
    source: Source
    years: int = Field(ge=0)
    counted_from: date | None = None
    """起算日 of the oldest rows that are still held; none: what the scan saw of it."""
    statute: str = ""
    """A row of `retention_periods.yml`; '' the company's own term."""


class SitePolicy(Fact):
    """The privacy policy of one of the company's sites, whose purposes a purpose by reference takes in (R-05)."""

    site: str
    url: str
    version: str
    effective_from: date
    purposes: tuple[SitePurpose, ...]


class SitePurpose(Fact):
    """One purpose of a site's policy: `professional-G.<site>.<n>`."""

    n: int
    sentence: str
    uses: tuple[str, ...]


class StopEntries(Fact):
    """The stop list's entries in force of one scope: how many. A declared list has a row of every scope."""

    scope: Scope
    entries: int
    late: int
    """Those that came into force more than a day after the request."""


class UnreachedStore(Fact):
    """A declared store that no scanner reaches: paper, a service, a backup, cameras."""

    store: str


class Declared(Fact):
    """Everything people wrote down about uses, and what carries them."""

    uses: tuple[Use, ...] = ()
    provisions: tuple[Provision, ...] = ()
    contracts: tuple[Contract, ...] = ()
    consents: tuple[Consent, ...] = ()
    exceptions: tuple[StatutoryException, ...] = ()
    notices: tuple[Notice, ...] = ()
    site_policies: tuple[SitePolicy, ...] = ()
    acquisitions: tuple[Acquisition, ...] = ()
    collection_notices: tuple[CollectionNotice, ...] = ()
    policy_versions: tuple[PolicyVersion, ...] = ()
    retentions: tuple[Retention, ...] = ()
    stops: tuple[StopEntries, ...] = ()
    """() no stop list is declared."""
    unreached: tuple[UnreachedStore, ...] = ()
