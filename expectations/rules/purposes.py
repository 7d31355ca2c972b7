"""R-02, R-03, R-09: a use names a purpose of its persons' own category, and that purpose's sentence covers it."""

from __future__ import annotations

from classifiers.vocabulary import uses
from expectations.books import Books
from expectations.cases import Handling, Sighting
from expectations.wording import Says


def judged(case: Handling) -> bool:
    """Whether the policy's own list decides: neither a contract (entrusted data), nor consent, nor statute."""
    beyond = ("no_category", "unresolved", "not_personal")
    return case.personal and not case.entrusted and not case.carried and case.category not in beyond


def use_known(case: Handling, _books: Books) -> bool | None:
    return case.act.use in uses() if case.personal else None


def use_listed(case: Handling, books: Books) -> bool | None:
    if case.category == "no_category" and not case.carried:
        # the policy lists nothing for these persons; what it lets nobody suffer, they need not suffer either
        return False if case.fit.outside and case.fit.beyond == "violation" else None
    if not judged(case) or case.fit.sibling or not use_known(case, books):
        return None
    return case.fit.beyond != "violation"


def use_of_sub_category(case: Handling, _books: Books) -> bool | None:
    if not judged(case) or not case.fit.sibling:
        return None
    return not case.fit.beyond


def use_beyond_doubt(case: Handling, books: Books) -> bool | None:
    if not judged(case) or case.fit.sibling or not use_known(case, books):
        return None
    return case.fit.beyond != "gap"


def purpose_named(case: Handling, _books: Books) -> bool | None:
    return bool(case.act.purposes) if judged(case) and not case.fit.beyond else None


def purpose_of_own_category(case: Handling, _books: Books) -> bool | None:
    named = case.fit.named or case.fit.foreign
    crossed = case.fit.sibling and case.fit.beyond
    entrusted = case.entrusted and case.exception is None
    return bool(case.fit.named) if (judged(case) or entrusted) and named and not crossed else None


def purpose_published(case: Handling, _books: Books) -> bool | None:
    return not case.fit.unpublished if case.personal and case.act.purposes else None


def purpose_covers_use(case: Handling, _books: Books) -> bool | None:
    if not judged(case) or case.fit.beyond or not case.fit.named:
        return None
    return bool(case.fit.direct or case.fit.incidental or case.fit.by_reference)


def use_beyond_doubt_detail(case: Handling, _books: Books) -> Says:
    outside = case.fit.outside
    if outside is None:
        return Says(
            "この利用は、本文のどの利用目的にも挙げられていません。", "No purpose of the policy knows this use."
        )
    return Says(outside.ja, outside.en)


def purpose_published_detail(case: Handling, _books: Books) -> Says:
    """How many are not."""
    return Says(str(case.fit.unpublished), str(case.fit.unpublished))


def observed_use_listed(case: Sighting, _books: Books) -> bool | None:
    """Whether a purpose covers, or may, a use that SQL shows and nobody declared."""
    beyond = ("no_category", "unresolved", "not_personal")
    if case.category in beyond or case.partition.custody == "entrusted" or case.fit is None:
        return None
    return None if any(act.use == case.use for act in case.acts) else not case.fit.beyond
