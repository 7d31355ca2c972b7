"""Are these two the same person? Names, dates, phones, mails and addresses brought to a form that compares."""

from __future__ import annotations

from classifiers.people.contacts import mail, number, phone
from classifiers.people.dates import dates
from classifiers.people.names import NameMatch, compare_names
from classifiers.people.places import address, compare_addresses

__all__ = ["NameMatch", "address", "compare_addresses", "compare_names", "dates", "mail", "number", "phone"]
