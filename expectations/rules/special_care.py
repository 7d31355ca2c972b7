"""R-15, R-16: special-care data (要配慮個人情報) needs consent or an exception; none covers My Number (個人番号)."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling, SensitiveColumn, my_number
from expectations.facts import Provision
from expectations.wording import Says, listed


def _special_care(case: SensitiveColumn, in_texts: bool) -> bool | None:
    # what was entrusted was not acquired from the person: art 20(2)(viii), Cabinet Order art 9
    if "my_number" in case.kinds or case.in_texts is not in_texts or case.entrusted or case.category == "not_personal":
        return None
    return bool(case.consent or case.exception)


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
    return case.exception is not None and "my_number" in case.exception.data_categories


def special_care_based(case: SensitiveColumn, _books: Books) -> bool | None:
    """A column that is special-care data."""
    return _special_care(case, in_texts=False)


def special_care_in_texts(case: SensitiveColumn, _books: Books) -> bool | None:
    """Special-care data inside free texts: possible, and for a person to look at."""
    return _special_care(case, in_texts=True)


def special_care_based_detail(case: SensitiveColumn, _books: Books) -> Says:
    """Which kinds."""
    return listed(case.kinds)


special_care_in_texts_detail = special_care_based_detail


def my_number_based(case: SensitiveColumn, _books: Books) -> bool | None:
    """A column of My Number of the company's own keeping."""
    return _my_number(case, in_texts=False)


def my_number_in_texts(case: SensitiveColumn, _books: Books) -> bool | None:
    """My Number inside free texts."""
    return _my_number(case, in_texts=True)
