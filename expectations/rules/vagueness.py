"""R-14: vague purposes that somebody rests a use on are listed, as the policy's proofreading finds them."""

from __future__ import annotations

from expectations.books import Books
from expectations.cases import NamedPurpose
from expectations.wording import Says


def purpose_specific(case: NamedPurpose, books: Books) -> bool:
    return not any(purpose_specific_detail(case, books))


def purpose_specific_detail(case: NamedPurpose, books: Books) -> Says:
    """What is vague in its sentence; that the words end in "etc." is left to proofreading."""
    from expectations.linting.purposes import vague_words

    purpose = case.purpose
    found = [(row.ja, row.en) for row in vague_words(purpose) if row.severity != "info"]
    if purpose.type == "catch_all":
        found += [(row.ja, row.en) for row in books.policy.vague if purpose.id in row.where]
    return Says("".join(ja for ja, _ in found), " ".join(en for _, en in found))
