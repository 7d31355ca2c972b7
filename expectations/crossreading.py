"""A policy's rows held against each other and against the vocabulary: what no single row can get wrong by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from classifiers.vocabulary import subjects, uses
from expectations.published import letter

Rows = list[dict[str, Any]]


def contradictions(document: dict[str, Any]) -> Iterator[str]:
    """Every contradiction, one line each. Works on what was written, so that rows wrong in themselves hide none."""
    for check in _CHECKS:
        yield from check(document)


def _rows(document: Any, key: str) -> Rows:
    found = document.get(key) if isinstance(document, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _list(row: dict[str, Any], key: str) -> list[Any]:
    found = row.get(key)
    return found if isinstance(found, list) else []


def _or(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _grounds(document: dict[str, Any]) -> Rows:
    return _rows(document.get("third_parties"), "grounds")


def _sub_categories(document: dict[str, Any]) -> dict[str, set[str]]:
    return {
        str(row.get("id")): {str(sub.get("id")) for sub in _rows(row, "sub_categories")}
        for row in _rows(document, "categories")
    }


def _twice(document: dict[str, Any]) -> Iterator[str]:
    keys = ("categories", "outcomes", "purposes", "outside", "requesters", "papers", "request_kinds", "oddities")
    lists = {key: _rows(document, key) for key in keys} | {"third_parties, grounds": _grounds(document)}
    for key, rows in lists.items():
        ids = Counter(str(row.get("id") or row.get("use")) for row in rows)
        yield from (f"{key}, {id}: stands {n} times: keep one" for id, n in ids.items() if n > 1)


def _subjects(document: dict[str, Any]) -> Iterator[str]:
    taken: dict[str, str] = {}
    for category in _rows(document, "categories"):
        for row in (category, *_rows(category, "sub_categories")):
            where = f"categories, {category.get('id')}, subjects"
            for subject in _list(row, "subjects"):
                if subject not in subjects():
                    yield f"{where}: {subject!r} is no subject: name one of {_or(subjects())}"
                elif subject in ("none", "unresolved"):
                    yield f"{where}: {subject!r} belongs to no category: take it out"
                elif subject in taken:
                    yield f"{where}: {subject!r} is {taken[subject]}'s already: keep it in one of them"
                taken.setdefault(subject, str(category.get("id")))


def _purpose_ids(document: dict[str, Any]) -> Iterator[str]:
    categories = _sub_categories(document)
    ordinals: dict[str, list[int]] = {}
    for row in _rows(document, "purposes"):
        id, ordinal = str(row.get("id")), row.get("ordinal")
        category, _, called = id.rpartition("-")
        where = f"purposes, {id}"
        if category not in categories:
            yield f"{where}, id: {category!r} is no category: name one of {_or(categories)}"
        if isinstance(ordinal, int) and 1 <= ordinal <= 702:
            if called != letter(ordinal):
                yield f"{where}, ordinal: item {ordinal} is {letter(ordinal)}, not {called!r}: mend one of them"
            ordinals.setdefault(category, []).append(ordinal)
        sub = row.get("sub_category")
        if sub and sub not in categories.get(category, set()):
            yield f"{where}, sub_category: {category} has no {sub!r}: name one it has, or take it out"
    for category, found in ordinals.items():
        for n, times in Counter(found).items():
            if times > 1:
                yield f"purposes, {category}: item {n} stands {times} times: number them as published"
        for gap in sorted(set(range(1, max(found) + 1)) - set(found)):
            yield f"purposes, {category}: item {gap} ({letter(gap)}) is missing: add it"
    for category in categories.keys() - ordinals.keys():
        if category not in {str(row.get("where")) for row in _rows(document, "decide")}:
            yield f"categories, {category}: has no purpose: add its purposes, or take it out"


def _purpose_kinds(document: dict[str, Any]) -> Iterator[str]:
    open_rows = {str(row.get("where")) for row in _rows(document, "decide")}
    rows = {str(row.get("id")): row for row in _rows(document, "purposes")}
    for id, row in rows.items():
        where, type_ = f"purposes, {id}", row.get("type")
        for key in ("parents", "parents_required"):
            for parent in _list(row, key):
                if parent not in rows:
                    yield f"{where}, {key}: {parent!r} is no purpose of this policy: name one of its category"
                elif parent == id:
                    yield f"{where}, {key}: is its own parent: take it out"
                elif str(parent).rpartition("-")[0] != id.rpartition("-")[0]:
                    yield f"{where}, {key}: {parent!r} is another category's: purposes do not pool"
        if type_ == "catch_all" and not _list(row, "parents"):
            yield f"{where}, parents: a catch-all needs the purposes it is associated with: list them"
        if type_ == "catch_all" and _list(row, "covers"):
            yield f"{where}, covers: a catch-all covers nothing by itself: list its uses under may_cover"
        if type_ == "direct" and not _list(row, "covers") and id not in open_rows:
            yield f"{where}, covers: a direct purpose has to cover a use: list them"
        if type_ != "catch_all" and (_list(row, "parents") or _list(row, "may_cover")):
            yield f"{where}: parents and may_cover are a catch-all's: take them out, or set type: catch_all"
        if type_ == "by_reference" and _list(row, "covers"):
            yield f"{where}, covers: a purpose by reference covers what the site's policy says: take it out"


def _uses(document: dict[str, Any]) -> Iterator[str]:
    named = [(f"purposes, {row.get('id')}, {key}", use) for row in _rows(document, "purposes")
             for key in ("covers", "may_cover") for use in _list(row, key)]  # fmt: skip
    named += [("outside", row.get("use")) for row in _rows(document, "outside")]
    for where, use in named:
        if use is not None and use not in uses():
            yield f"{where}: {use!r} is no use: name one of classifiers/vocabulary/uses.yml"


def _categories_named(document: dict[str, Any]) -> Iterator[str]:
    subs = _sub_categories(document)
    known = set(subs) | {f"{category}.{sub}" for category, names in subs.items() for sub in names}
    for row in _rows(document, "outside"):
        for category in _list(row, "gap_in"):
            if category not in known:
                yield f"outside, {row.get('use')}, gap_in: {category!r} is no category: name one of {_or(known)}"
    passing_on = {
        str(row.get("id")).rpartition("-")[0] for row in _rows(document, "purposes") if row.get("third_party")
    }
    for row in _grounds(document):
        where = f"third_parties, grounds, {row.get('id')}, categories"
        for category in _list(row, "categories"):
            if category not in known | {"no_category"}:
                yield f"{where}: {category!r} is no category: name one of {_or(subs)}"
            elif row.get("needs") == "opt_out" and category not in passing_on:
                yield f"{where}: no purpose of {category!r} involves third parties, so not by art 27(2): take it out"


def _requests(document: dict[str, Any]) -> Iterator[str]:
    papers = {str(row.get("id")) for row in _rows(document, "papers")}
    requesters = {str(row.get("id")) for row in _rows(document, "requesters")}
    for row in _rows(document, "requesters"):
        for paper in _list(row, "papers"):
            if paper not in papers:
                yield f"requesters, {row.get('id')}, papers: {paper!r} is no paper: name one of {_or(papers)}"
    for row in _rows(document, "papers"):
        for other in _rows(row, "instead"):
            if other.get("requester") not in requesters:
                yield f"papers, {row.get('id')}, instead: {other.get('requester')!r} is no requester"
    for row in _rows(document, "request_kinds"):
        if row.get("fee_locked") and row.get("fee"):
            yield f"request_kinds, {row.get('id')}, fee: no fee may be taken for it (art 38(1)): set 0"


_CHECKS: tuple[Callable[[dict[str, Any]], Iterator[str]], ...] = (
    _twice, _subjects, _purpose_ids, _purpose_kinds, _uses, _categories_named, _requests,
)  # fmt: skip
