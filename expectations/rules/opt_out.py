"""R-21 to R-26, R-28: provision by opt-out (オプトアウト, art 27(2)): for whom, after which notice, of which items."""

from __future__ import annotations

from datetime import timedelta

from expectations.books import Books
from expectations.cases import Handling, special_care
from expectations.facts import Notice, Provision
from expectations.items import beyond
from expectations.rules.third_parties import needs
from expectations.wording import Says, listed


def _judged(case: Handling, books: Books) -> bool:
    """Whether the rest is asked: of whom opt-out is not open to, no notice helps."""
    return opt_out_open_to_category(case, books) is not False and needs(case, books) == "opt_out"


def _notice(case: Handling, books: Books) -> Notice | None:
    if not _judged(case, books) or not isinstance(case.act, Provision):
        return None
    return books.notice(case.act, "opt_out")


def opt_out_open_to_category(case: Handling, books: Books) -> bool | None:
    if needs(case, books) != "opt_out" or case.category == "unresolved":
        return None
    return any(purpose.third_party for purpose in books.policy.purposes_of(case.category))


def _missing_items(case: Handling, books: Books) -> tuple[str, ...]:
    notice = _notice(case, books)
    stated = notice.items if notice else ()
    return tuple(item.id for item in books.policy.opt_out.items if item.id not in stated)


def opt_out_notice_complete(case: Handling, books: Books) -> bool | None:
    return not _missing_items(case, books) if _judged(case, books) else None


def opt_out_notice_complete_detail(case: Handling, books: Books) -> Says:
    rows = [item for item in books.policy.opt_out.items if item.id in _missing_items(case, books)]
    return Says("、".join(row.ja for row in rows), "; ".join(row.en for row in rows))


def _unpublished(case: Handling, books: Books) -> tuple[str, ...]:
    notice = _notice(case, books)
    return beyond(case.columns, notice.data_categories) if notice else ()


def opt_out_items_published(case: Handling, books: Books) -> bool | None:
    return None if _notice(case, books) is None else not _unpublished(case, books)


def opt_out_items_known(case: Handling, books: Books) -> bool | None:
    if not _judged(case, books):
        return None
    return all(column.data_category != "unresolved" for column in case.columns)


def opt_out_filed(case: Handling, books: Books) -> bool | None:
    if not _judged(case, books) or not books.policy.opt_out.filing_required:
        return None
    notice = _notice(case, books)
    if notice is None or not notice.filing.strip() or notice.filed_on is None:
        return False
    began = case.act.since if isinstance(case.act, Provision) else None
    return notice.filed_on <= min(began or books.today, books.today)


def opt_out_published_after_filing(case: Handling, books: Books) -> bool | None:
    notice = _notice(case, books)
    if notice is None or notice.filed_on is None:
        return None
    return notice.published_on >= notice.filed_on


def opt_out_published_beforehand(case: Handling, books: Books) -> bool | None:
    notice = _notice(case, books)
    if notice is None or not isinstance(case.act, Provision) or case.act.since is None:
        return None
    return notice.published_on <= case.act.since


def opt_out_waited(case: Handling, books: Books) -> bool | None:
    notice = _notice(case, books)
    if not isinstance(case.act, Provision) or case.act.since is None or notice is None:
        return None
    if case.act.since < notice.published_on:
        return None
    if notice.starts_on and case.act.since < notice.starts_on:
        return False
    return case.act.since - notice.published_on >= timedelta(days=books.policy.opt_out.waiting_days)


def opt_out_no_special_care(case: Handling, books: Books) -> bool | None:
    if not _judged(case, books):
        return None
    return not any(column.special_care for column in case.columns)


def opt_out_texts_clear(case: Handling, books: Books) -> bool | None:
    if not _judged(case, books):
        return None
    return not any(special_care(column) and not column.special_care for column in case.columns)


def opt_out_lawfully_acquired(case: Handling, books: Books) -> bool | None:
    if not _judged(case, books) or not case.acquisitions:
        return None
    return not any(one.improper or one.basis == "opt_out" for one in case.acquisitions)


def opt_out_change_refiled(case: Handling, books: Books) -> bool | None:
    notice = _notice(case, books)
    if notice is None or notice.changed_on is None:
        return None
    told = (notice.change_published_on, notice.change_filed_on)
    return all(day is not None and day <= notice.changed_on for day in told)


def opt_out_items_published_detail(case: Handling, books: Books) -> Says:
    """The items beyond the notice."""
    return listed(_unpublished(case, books))


def opt_out_waited_detail(_case: Handling, books: Books) -> Says:
    """The days asked for."""
    days = str(books.policy.opt_out.waiting_days)
    return Says(days, days)
