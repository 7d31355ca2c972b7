"""What a folder of declarations has that is no error and perhaps no intention either: dates, doubles, loose ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from expectations.books import is_item
from pipelines.declarations.problems import Problem
from pipelines.declarations.reading import Folder, Written, fields_of
from pipelines.declarations.references import target

Naming = defaultdict[tuple[str, str], set[str]]
"""Kind and id of a row → the ids of the rows that name it."""

_IN_ORDER = (
    ("starts", "ends"),
    ("since", "until"),
    ("shown_from", "shown_until"),
    ("published_on", "changed_on"),
)
"""Keys of two days, of which the second is never the earlier one."""


def wrong_order(folder: Folder) -> Iterator[Problem]:
    """Days in the wrong order: an error, for no day lies between them."""
    for row in _all(folder):
        for first, second in _IN_ORDER:
            was, then = _day(row, first), _day(row, second)
            if was and then and then < was:
                ja = f"{second} が {first}（{was}）より前です。どちらかが違います"
                yield row.problem((second,), ja, f"is before {first} ({was}): mend one of them")


def hints(folder: Folder, models: Mapping[str, type[BaseModel]], as_of: date) -> Iterator[Problem]:
    """Everything that people may want to look at, as of a day."""
    naming = _naming(folder, models)
    yield from _past_and_future(folder, naming, as_of)
    yield from _unnamed(folder, models, naming)
    yield from _same(folder)
    yield from _without_effect(folder)


def _past_and_future(folder: Folder, naming: Naming, as_of: date) -> Iterator[Problem]:
    for row in _all(folder):
        ends, starts = _day(row, "ends"), _day(row, "starts")
        named_by = "、".join(sorted(naming[row.kind, row.id]))
        ja_by, en_by = (f"（名指しする行: {named_by}）", f" (named by {named_by})") if named_by else ("", "")
        if ends and (starts or ends) <= ends < as_of:
            ja = f"期間が終わっています{ja_by}。更新したなら ends を直します"
            yield row.problem(("ends",), ja, f"has ended{en_by}: mend ends where it was renewed", "", "hint")
        elif starts and starts > as_of:
            ja = f"期間がまだ始まっていません{ja_by}"
            yield row.problem(("starts",), ja, f"has not begun{en_by}", "", "hint")
        for key in row.value if isinstance(row.value, dict) else ():
            day = _day(row, key)
            if day and day > as_of and (key == "since" or (key.endswith("_on") and key != "starts_on")):
                ja, en = "先の日付です。書き違いでないか確かめます", "is a day to come: check that it is meant"
                yield row.problem((key,), ja, en, "", "hint")


def _unnamed(folder: Folder, models: Mapping[str, type[BaseModel]], naming: Naming) -> Iterator[Problem]:
    """Rows that others have to name, and that none names; one with a source of its own speaks by itself."""
    keys = {name for model in models.values() for name in fields_of(model)}
    for row in _all(folder):
        if "source" in fields_of(row.model) or not any(target(key, (row.kind,)) for key in keys):
            continue
        if row.kind != "stores" and row.id and not naming[row.kind, row.id]:
            ja = "この行を名指しする行がなく、何の根拠にもなりません"
            yield row.problem((), ja, "no row names it: it carries nothing", "", "hint")


def _naming(folder: Folder, models: Mapping[str, type[BaseModel]]) -> Naming:
    found: Naming = defaultdict(set)
    for row in _all(folder):
        for key, text, _ in row.texts():
            if kind := target(key, models):
                found[kind, text].add(row.id)
    return found


def _same(folder: Folder) -> Iterator[Problem]:
    for rows in folder.written.values():
        seen: dict[str, str] = {}
        for row in rows:
            if not isinstance(row.value, dict) or not row.id:
                continue
            said = repr(sorted((key, value) for key, value in row.value.items() if value != row.value.get("id")))
            if said in seen and seen[said] != row.id:
                ja = f"{seen[said]} と同じ内容です。一つにします"
                yield row.problem((), ja, f"says the same as {seen[said]}: keep one of them", "", "hint")
            seen.setdefault(said, row.id)


def _without_effect(folder: Folder) -> Iterator[Problem]:
    """What is written so that no check will count it."""
    sites = {
        f"{site.id}.{purpose.get('n')}"
        for site in folder.written.get("site_policies", ())
        if isinstance(site.value, dict) and isinstance(site.value.get("purposes"), list)
        for purpose in site.value["purposes"]
        if isinstance(purpose, dict)
    }
    for row in _all(folder):
        for key, text, place in row.texts():
            if key == "purposes" and "." in text and text.partition(".")[2] not in sites:
                ja = "この番号は site_policies.yml になく、数えません"
                en = "is not in site_policies.yml: it does not count"
                yield row.problem(place, ja, en, ", ".join(sorted(sites)[:8]), "hint")
            if row.kind == "exceptions" and key == "law" and not is_item(text):
                ja = "法の号をこの形で書きます。ほかの書き方では根拠に数えません"
                en = "write the item of the Act like this: else it carries nothing"
                yield row.problem(place, ja, en, "18(3)(i)", "hint")


def _all(folder: Folder) -> Iterator[Written]:
    return (row for rows in folder.written.values() for row in rows)


def _day(row: Written, key: str) -> date | None:
    value: Any = row.value.get(key) if isinstance(row.value, dict) else None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
