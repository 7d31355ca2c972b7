"""What people declared, by id and by dataset, beside the policy and the day: what every rule may look up."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from expectations.facts import (
    Consent,
    Contract,
    Declared,
    Notice,
    ObservedDataset,
    Partition,
    Provision,
    Source,
    StatutoryException,
    Use,
)
from expectations.fit import Fit, fit
from expectations.policy import Policy

Act = Use | Provision

_ITEM = re.compile(r"(?:18\(3\)|20\(2\)|27\(1\))\((?:[ivx]+|[0-9])\)")
"""An item of the Act's lists of exceptions, as declarations write it: `18(3)(i)`."""


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
        self.stops = {row.scope: row for row in declared.stops}
        """The stop list's entries by scope; empty where no list is declared."""
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
        if not exception or act.use not in exception.uses or exception.approved_on > self.today:
            return None
        if not (is_item(exception.law) and exception.statute and exception.document and exception.approver):
            return None
        named = {column.data_category for column in dataset.columns if column.name in act.source.columns}
        if exception.data_categories and not named - {"not_personal"} <= set(exception.data_categories):
            return None
        return exception

    def exception_for(
        self, dataset: ObservedDataset, partition: Partition, column: str, kinds: tuple[str, ...]
    ) -> StatutoryException | None:
        """A standing exception, of an act over a partition, that reaches a column and names all of `kinds`."""
        for act in self.acts[dataset.store, dataset.name]:
            reaches = not act.source.columns or column in act.source.columns
            exception = self.exception(act, dataset)
            named = exception is not None and set(kinds) <= set(exception.data_categories)
            if named and reaches and _rows_within(act.source, partition):
                return exception
        return None

    def _given(self, consent: Consent) -> bool:
        return bool(consent.obtained and consent.text_version) and consent.since <= self.today


def _rows_within(source: Source, partition: Partition, *also: Source) -> bool:
    return source.rows in ("", partition.row_filter, *(other.rows for other in also))
