"""R-12: a consent or a statute that an act names has to stand: who, when, which text, which item, for this very act."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import Handling


def consent_stands(case: Handling, _books: Books) -> bool | None:
    # a use that a listed purpose carries needs neither the consent nor the statute it names beside it
    if not case.act.consent or not case.personal or (case.fit.direct and case.table == "uses"):
        return None
    return case.consent is not None


def exception_stands(case: Handling, _books: Books) -> bool | None:
    if not case.act.exception or not case.personal or (case.fit.direct and case.table == "uses"):
        return None
    return case.exception is not None
