"""What people declared, by id and by dataset, beside the policy and the day: what every rule may look up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from expectations.facts import (
    Acquisition,
    CollectionNotice,
    Consent,
    Contract,
    Declared,
    Notice,
    PolicyVersion,
    Provision,
    Retention,
    Source,
    StatutoryException,
    Use,
)
from expectations.fit import Fit, fit
from expectations.law import law
from expectations.observed import ObservedDataset, Partition
from expectations.policy import Policy

Act = Use | Provision

_ITEM = re.compile(r"(?:18\(3\)|20\(2\)|27\(1\))\((?:[ivx]+|[0-9])\)")
"""An item of the Act's lists of exceptions, as declarations write it: `18(3)(i)`."""
_OF_HANDLING = ("18(3)", "27(1)")
"""Lists of what may be done with data; 20(2) speaks of acquiring it."""


def is_item(law: str) -> bool:
    """Whether it is written as an item of the Act's lists of exceptions: what is not, carries nothing."""
    return bool(_ITEM.fullmatch(law))


def acts(declared: Declared) -> tuple[Act, ...]:
    """Every declared use and provision."""
    return (*declared.uses, *declared.provisions)


class Books:
    """The policy, the declared facts, and the day they are judged on."""

    def __init__(self, policy: Policy, declared: Declared, today: date) -> None:
        self.policy = policy
        self.today = today
        self.law = frozenset(text.id for text in law().in_force(today, policy.law_version))
        """The texts of the Act that are judged by."""
        self.stops = {row.scope: row for row in declared.stops}
        """The stop list's entries by scope; empty where no list is declared."""
        self.unreached = frozenset(row.store for row in declared.unreached)
        """Stores that no scanner reaches."""
        self.acts: defaultdict[tuple[str, str], list[Act]] = defaultdict(list)
        """Store and dataset → the uses and provisions over it."""
        for act in acts(declared):
            self.acts[act.source.store, act.source.dataset].append(act)
        self._consents_of: defaultdict[tuple[str, str], list[Consent]] = defaultdict(list)
        for consent in declared.consents:
            self._consents_of[consent.source.store, consent.source.dataset].append(consent)
        self._consents = {row.id: row for row in declared.consents}
        self._contracts = {row.id: row for row in declared.contracts}
        self._exceptions = {row.id: row for row in declared.exceptions}
        self._notices = {row.id: row for row in declared.notices}
        self._acquisitions = _by_dataset(declared.acquisitions)
        self._retentions = _by_dataset(declared.retentions)
        self._collection_notices: defaultdict[str, list[CollectionNotice]] = defaultdict(list)
        for notice in declared.collection_notices:
            self._collection_notices[notice.channel].append(notice)
        self._brought = {
            self.policy.purpose(id).id: version
            for version in sorted(declared.policy_versions, key=lambda version: version.effective_from)
            if version.effective_from <= today
            for id in version.purposes
        }
        references = [purpose.id for purpose in policy.purposes if purpose.type == "by_reference"]
        self.sites = {
            f"{reference}.{site.site}.{purpose.n}": purpose
            for reference in references
            for site in declared.site_policies
            if site.effective_from <= today
            for purpose in site.purposes
        }
        """The loaded sites' purposes in force today, by id."""
        self._fits: dict[tuple[str, str, tuple[str, ...]], Fit] = {}

    def fit(self, category: str, act: Act) -> Fit:
        """How the act's use lies beside the purposes of a category."""
        return self.fit_of(category, act.use, act.purposes)

    def fit_of(self, category: str, use: str, purposes: tuple[str, ...] = ()) -> Fit:
        """How a use for those purposes lies beside the ones of a category."""
        key = (category, use, purposes)
        if key not in self._fits:
            self._fits[key] = fit(self.policy, *key, self.sites)
        return self._fits[key]

    def contract(self, id: str) -> Contract | None:
        """The contract of that id, in force or not."""
        return self._contracts.get(id)

    def in_force(self, contract: Contract) -> bool:
        """Whether a contract runs today."""
        return contract.starts <= self.today and (contract.ends is None or self.today <= contract.ends)

    def notice(self, act: Provision, kind: str) -> Notice | None:
        """The published notice of that kind the provision names, if it is published by today."""
        notice = self._notices.get(act.notice)
        return notice if notice and notice.kind == kind and notice.published_on <= self.today else None

    def acquisitions(self, dataset: ObservedDataset, partition: Partition) -> tuple[Acquisition, ...]:
        """How the data of a partition came to the company, as far as it is declared."""
        return tuple(row for row in self._acquisitions[dataset.store, dataset.name] if _reaches(row.source, partition))

    def retentions(self, dataset: ObservedDataset, partition: Partition) -> tuple[Retention, ...]:
        """How long the data of a partition is to be kept, as far as it is declared."""
        return tuple(row for row in self._retentions[dataset.store, dataset.name] if _reaches(row.source, partition))

    def shown(self, acquisition: Acquisition) -> tuple[CollectionNotice, ...]:
        """The notices that persons were shown in its channel while it collected, the earliest first."""
        last = min(acquisition.until or self.today, self.today)
        found = (
            notice
            for notice in self._collection_notices[acquisition.channel]
            if notice.shown_from <= last
            and (not acquisition.since or not notice.shown_until or acquisition.since <= notice.shown_until)
        )
        return tuple(sorted(found, key=lambda notice: notice.shown_from))

    def brought_by(self, purpose: str) -> PolicyVersion | None:
        """The version in force that last added or widened a purpose; None: it stood in the policy from the first."""
        return self._brought.get(self.policy.purpose(purpose).id)

    def consent(self, act: Act, dataset: ObservedDataset, partition: Partition) -> Consent | None:
        """The consent an act names, where it stands: these persons, this use, these columns, this recipient."""
        consent = self._consents.get(act.consent)
        if not consent or not self._given(consent) or act.use not in consent.uses:
            return None
        if (consent.source.store, consent.source.dataset) != (dataset.store, dataset.name):
            return None
        if not _rows_within(consent.source, partition, act.source):
            return None
        columns = act.source.columns or tuple(column.name for column in dataset.columns)
        if consent.source.columns and not set(columns) <= set(consent.source.columns):
            return None
        if isinstance(act, Provision) and act.recipient not in consent.recipients:
            return None
        return consent

    def consent_to_column(self, dataset: ObservedDataset, partition: Partition, column: str) -> Consent | None:
        """A consent that the persons of a partition gave to the handling of one column (art 20(2))."""
        for consent in self._consents_of[dataset.store, dataset.name]:
            named = not consent.source.columns or column in consent.source.columns
            if named and self._given(consent) and _rows_within(consent.source, partition):
                return consent
        return None

    def exception(self, act: Act, dataset: ObservedDataset) -> StatutoryException | None:
        """The statutory exception an act names, where it stands: item, statute, document, approver, use, data."""
        exception = self._exceptions.get(act.exception)
        if not exception or act.use not in exception.uses:
            return None
        if not (exception.law.startswith(_OF_HANDLING) and self._recorded(exception)):
            return None
        # a use that names no columns may leave some alone; a provision that names none hands on all of them
        whole = isinstance(act, Provision) and not act.source.columns
        named = {column.data_category for column in dataset.columns if whole or column.name in act.source.columns}
        if exception.data_categories and not named - {"not_personal"} <= set(exception.data_categories):
            return None
        return exception

    def exception_for(
        self, dataset: ObservedDataset, partition: Partition, column: str, kinds: tuple[str, ...]
    ) -> StatutoryException | None:
        """A standing exception, of an act over a partition, that reaches a column and names all of `kinds`.

        One of art 20(2) is of acquiring the column, whatever the act that names it is.
        """
        for act in self.acts[dataset.store, dataset.name]:
            reaches = not act.source.columns or column in act.source.columns
            exception = self._exceptions.get(act.exception)
            if exception is None or not reaches or not _rows_within(act.source, partition):
                continue
            acquiring = exception.law.startswith("20(2)") and self._recorded(exception)
            standing = acquiring or self.exception(act, dataset) is not None
            if standing and set(kinds) <= set(exception.data_categories):
                return exception
        return None

    def _recorded(self, exception: StatutoryException) -> bool:
        said = exception.statute.strip() and exception.document.strip() and exception.approver.strip()
        return bool(said and _ITEM.fullmatch(exception.law)) and exception.approved_on <= self.today

    def _given(self, consent: Consent) -> bool:
        stands = consent.since <= self.today and (consent.until is None or self.today < consent.until)
        return bool(consent.obtained.strip() and consent.text_version.strip()) and stands


Sourced = TypeVar("Sourced", Acquisition, Retention)


def _by_dataset(rows: Sequence[Sourced]) -> defaultdict[tuple[str, str], list[Sourced]]:
    found: defaultdict[tuple[str, str], list[Sourced]] = defaultdict(list)
    for row in rows:
        found[row.source.store, row.source.dataset].append(row)
    return found


def _reaches(source: Source, partition: Partition) -> bool:
    """Whether a source takes in rows of a partition: all it has, or those it names."""
    return source.rows in ("", partition.row_filter) or not partition.row_filter


def _rows_within(source: Source, partition: Partition, *also: Source) -> bool:
    return source.rows in ("", partition.row_filter, *(other.rows for other in also))
