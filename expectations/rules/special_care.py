"""R-15, R-16: special-care data (要配慮個人情報) needs consent or an exception; none covers My Number (個人番号).

And what applicants must not be asked for (職業安定法5条の5).
"""

from __future__ import annotations

from classifiers.vocabulary import data_categories
from expectations.books import Books
from expectations.cases import Handling, SensitiveColumn, my_number
from expectations.facts import Provision
from expectations.wording import Says, listed

_NUMBER_WORK = ("statutory_reporting", "staff_management", "payment")
"""Uses that tax or social-security work consists of: reports, and what is withheld and filed before them (Number Act
art 9)."""
_RESTRICTED = {"restricted_item", "race", "creed", "social_status"}
"""What recruiters may not collect in principle (Employment Security Act art 5-5)."""


def _special_care(case: SensitiveColumn, in_texts: bool) -> bool | None:
    # what was entrusted was not acquired from the person: art 20(2)(viii), Cabinet Order art 9
    other = not set(case.kinds) <= {kind for kind, row in data_categories().items() if row.special_care}
    if other or case.in_texts is not in_texts or case.entrusted or case.category == "not_personal":
        return None
    return bool(case.consent or case.exception) or _written_by_the_person(case)


def _written_by_the_person(case: SensitiveColumn) -> bool:
    """Whether the persons wrote it into a form themselves: consent to acquiring it is deemed (guideline 3-3-2)."""
    reaching = [one for one in case.acquisitions if not one.source.columns or case.column.name in one.source.columns]
    return bool(reaching) and all(one.method == "direct_written" for one in reaching)


def _my_number(case: SensitiveColumn, in_texts: bool) -> bool | None:
    if "my_number" not in case.kinds or case.in_texts is not in_texts or (case.entrusted and not in_texts):
        return None
    return case.exception is not None


def my_number_within_contract(case: SensitiveColumn, books: Books) -> bool | None:
    if "my_number" not in case.kinds or case.in_texts or not case.entrusted:
        return None
    contract = books.contract(case.dataset.contract)
    if case.exception is not None:
        return True
    if contract is None or contract.direction != "entrusted_to_us" or not books.in_force(contract):
        return False
    return "statutory_reporting" in contract.uses


def my_number_handled(case: Handling, _books: Books) -> bool | None:
    if not case.personal or case.entrusted:
        return None
    # an act that names no columns may leave it alone; one that hands on the whole dataset does not
    named = bool(case.act.source.columns) or isinstance(case.act, Provision)
    if not named or not any(my_number(column) and column.data_category == "my_number" for column in case.columns):
        return None
    return _by_number_act(case)


def _by_number_act(case: Handling) -> bool:
    """Whether a statute that names My Number carries an act: tax and social-security work alone may."""
    named = case.exception is not None and "my_number" in case.exception.data_categories
    return named and case.act.use in _NUMBER_WORK


def my_number_kept_apart(case: SensitiveColumn, books: Books) -> bool | None:
    """Whether nothing but the work that needs it reaches a table of My Number."""
    if "my_number" not in case.kinds or case.in_texts or case.entrusted or case.exception is None:
        return None
    return not any(
        books.exception(act, case.dataset) is None
        and (not act.source.columns or case.column.name in act.source.columns)
        for act in books.acts[case.dataset.store, case.dataset.name]
    )


def my_number_separation_noted(case: SensitiveColumn, _books: Books) -> bool | None:
    """A note: what the statute lets the company keep is kept apart, and destroyed in time."""
    lawful = "my_number" in case.kinds and not case.in_texts and not case.entrusted and case.exception is not None
    return False if lawful else None


def applicant_item_restricted(case: SensitiveColumn, _books: Books) -> bool | None:
    """Whether applicants were not asked for what recruiters may not collect in principle; consent does not cure it."""
    asked = set(case.kinds) & _RESTRICTED
    if case.partition.subject != "applicant" or not asked or case.in_texts or case.entrusted:
        return None
    return case.exception is not None


def special_care_based(case: SensitiveColumn, _books: Books) -> bool | None:
    """A column that is special-care data."""
    return _special_care(case, in_texts=False)


def special_care_in_texts(case: SensitiveColumn, _books: Books) -> bool | None:
    """Special-care data inside free texts: possible, and for a person to look at."""
    return _special_care(case, in_texts=True)


def special_care_based_detail(case: SensitiveColumn, _books: Books) -> Says:
    """Which kinds."""
    return listed(case.kinds)


special_care_in_texts_detail = applicant_item_restricted_detail = special_care_based_detail


def my_number_based(case: SensitiveColumn, _books: Books) -> bool | None:
    """A column of My Number of the company's own keeping."""
    return _my_number(case, in_texts=False)


def my_number_in_texts(case: SensitiveColumn, _books: Books) -> bool | None:
    """My Number inside free texts."""
    return _my_number(case, in_texts=True)
