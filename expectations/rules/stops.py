"""R-27, R-29: who asked for a stop is provided and used no more, at once, and does not come back by a re-import."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.books import Books
from expectations.cases import Handling, Holding
from expectations.facts import Provision
from expectations.observed import StopHits
from expectations.rules.third_parties import judged, needs
from expectations.stops import StopScope, scopes
from expectations.wording import Says


def _opt_out(case: Handling, books: Books) -> bool:
    return needs(case, books) == "opt_out"


def _reaching(case: Handling, books: Books) -> Iterator[StopScope]:
    """The scopes that stop the act of a case, whether anybody stands in them or not."""
    if judged(case) and case.exception is None:
        for scope in scopes().values():
            if scope.reaches(case.act.use, isinstance(case.act, Provision), needs(case, books)):
                yield scope


def _hits(case: Handling, books: Books) -> tuple[StopHits, ...]:
    """What its dataset holds of entries that stop the act."""
    reaching = {scope.id for scope in _reaching(case, books)}
    return tuple(row for row in (case.dataset.stops if case.dataset else ()) if row.scope in reaching)


def _left_out(case: Handling, books: Books) -> bool | None:
    found = _hits(case, books)
    return bool(case.act.suppressed_by) or not any(row.hits for row in found) if found else None


def opt_out_leaves_stopped_out(case: Handling, books: Books) -> bool | None:
    return _left_out(case, books) if _opt_out(case, books) else None


def provision_leaves_stopped_out(case: Handling, books: Books) -> bool | None:
    return None if _opt_out(case, books) else _left_out(case, books)


def use_leaves_stopped_out(case: Handling, books: Books) -> bool | None:
    return _left_out(case, books)


def _said(case: Handling, books: Books) -> Says:
    """How many rows, of how many that were compared; of several scopes the most, for a person may stand in all."""
    most = max(_hits(case, books), key=lambda row: row.hits)
    return _of(most.hits, most)


def _of(count: int, row: StopHits) -> Says:
    read = Says("全件", "all") if row.whole else Says("抽出した", "a sample of")
    return Says(f"{read.ja}{row.rows:,}行のうち{count:,}行", f"{count:,} of {read.en} {row.rows:,} rows")


opt_out_leaves_stopped_out_detail = provision_leaves_stopped_out_detail = use_leaves_stopped_out_detail = _said


def opt_out_stop_list_applied(case: Handling, books: Books) -> bool | None:
    """Whether an opt-out names the list, whoever stands on it: the next request must stop the next provision."""
    return bool(case.act.suppressed_by) if books.stops and _opt_out(case, books) else None


def stop_list_applied(case: Handling, books: Books) -> bool | None:
    """Whether another act names the list that stops it; not asked of what was compared whole and holds nobody.

    A stop of all use does not ask it of every use there is: what it stops shows by hits.
    """
    if not books.stops or _opt_out(case, books):
        return None
    asking = {scope.id for scope in _reaching(case, books) if scope.id != "use" and books.stops[scope.id].entries}
    if not asking:
        return None
    clean = {row.scope for row in _hits(case, books) if row.whole and not row.hits + row.doubts}
    return bool(case.act.suppressed_by) or asking <= clean


def stop_doubts_checked(case: Handling, books: Books) -> bool | None:
    found = _hits(case, books)
    return bool(case.act.suppressed_by) or not any(row.doubts for row in found) if found else None


def stop_doubts_checked_detail(case: Handling, books: Books) -> Says:
    """How many rows."""
    most = max(_hits(case, books), key=lambda row: row.doubts)
    return _of(most.doubts, most)


def _late(case: Handling, books: Books) -> int:
    return sum(books.stops[scope.id].late for scope in _reaching(case, books) if scope.id in books.stops)


def opt_out_stopped_at_once(case: Handling, books: Books) -> bool | None:
    return not _late(case, books) if books.stops and _opt_out(case, books) else None


def opt_out_stopped_at_once_detail(case: Handling, books: Books) -> Says:
    """How many entries."""
    return Says(f"{_late(case, books):,}件", f"{_late(case, books):,}")


def stopped_stay_out(case: Holding, _books: Books) -> bool | None:
    """Whether a dataset holds nobody whose data must be used no more; None: it was not compared."""
    found = [row for row in case.dataset.stops if row.scope == "use"]
    return not any(row.hits for row in found) if found and case.partition.custody == "own" else None


def stopped_stay_out_detail(case: Holding, _books: Books) -> Says:
    """How many rows."""
    (row,) = (row for row in case.dataset.stops if row.scope == "use")
    return _of(row.hits, row)
