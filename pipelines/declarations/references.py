"""What rows of declarations name: other rows, words of the vocabulary, items of the adopted policy.

What a key names is told by what it is called, whichever model has it: `contract` names a row of `contracts.yml`, `use`
and `uses` words of the vocabulary. So a new kind of declaration is read like the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from classifiers import vocabulary
from expectations.policy import Policy, PolicyError, policies
from expectations.policy import load as load_policy
from expectations.retention import RetentionPeriod, periods
from pipelines.declarations.problems import Problem, nearest
from pipelines.declarations.reading import Folder, Written, fields_of
from pipelines.declarations.stores import UNREACHABLE
from pipelines.stores import kinds

_PURPOSES = "公表した利用目的"


class Words(NamedTuple):
    """What a key may say: which words, and what they are called together."""

    ja: str
    en: str
    known: Mapping[str, str]
    """Everything a person may write, an id or its label in either language → the id; only the id is right."""
    listed: str = ""
    """Where they are listed."""


def vocabularies(policy: Policy | None) -> Mapping[str, Words]:
    """Key (`kind.key` where it means something else elsewhere) → the words it takes; a policy's where there is one."""
    folder = "classifiers/vocabulary"
    uses = Words("利用の語彙", "the vocabulary of uses", _labelled(vocabulary.uses().values()), f"{folder}/uses.yml")
    categories = _labelled(vocabulary.data_categories().values())
    items = Words("個人情報の項目", "the data categories", categories, f"{folder}/data_categories.yml")
    persons = _labelled(vocabulary.subjects().values())
    subjects = Words("本人の種類", "the subjects", persons, f"{folder}/subjects.yml")
    found = {"use": uses, "uses": uses, "data_category": items, "data_categories": items}
    found |= {"subject": subjects, "subjects": subjects}
    kept = Words("法定保存期間", "the statutory periods", _labelled(periods().values()), "retention_periods.yml")
    found["retentions.statute"] = kept
    if policy:
        purposes = Words(_PURPOSES, "the published purposes", {one.id: one.id for one in policy.purposes})
        grounds = Words(
            "方針の根拠", "the grounds of the policy", {one.id: one.id for one in policy.third_parties.grounds}
        )
        found |= {"purposes": purposes, "purpose": purposes, "parent": purposes, "ground": grounds}
    return found


def _labelled(
    rows: Iterable[vocabulary.Use | vocabulary.DataCategory | vocabulary.Subject | RetentionPeriod],
) -> dict[str, str]:
    made: dict[str, str] = {}
    for row in rows:
        made |= dict.fromkeys((row.ja, row.en), row.id)
    return made | {row: row for row in made.values()}


def target(key: str, kinds_of_rows: Iterable[str]) -> str:
    """The kind of the rows that a key of that name points at; '' none.

    >>> target("contract", ["uses", "contracts"]), target("job", ["uses", "contracts"])
    ('contracts', '')
    """
    return f"{key}s" if f"{key}s" in kinds_of_rows else ""


def broken_references(folder: Folder, models: Iterable[str]) -> Iterator[Problem]:
    """Ids that stand twice, rows and words that are not there; `models` are all kinds there may be."""
    policy = None
    for row in folder.written.get("policy", ()):
        if isinstance(row.value, dict):
            name = row.value.get("adopts", fields_of(row.model)["adopts"].default)
            try:
                policy = load_policy(str(name))
            except PolicyError as error:
                ja, en = "方針を読めません", "the policy cannot be read"
                meant = nearest(str(name), policies())
                yield row.problem(("adopts",), ja, f"{en}: {error}", meant)
                # what the other rows name is looked up in the one that was probably meant
                policy = load_policy(meant) if meant in policies() else None
    known = vocabularies(policy)
    ids = {kind: frozenset(row.id for row in folder.written.get(kind, ())) for kind in models}
    for rows in folder.written.values():
        # what is called by another row, as a step of something, has no name of its own
        yield from _twice(row for row in rows if not target(row.named_by, ids))
        for row in rows:
            for key, text, place in row.texts():
                words = known.get(f"{row.kind}.{key}") or known.get(key)
                if words:
                    if text and not _says(text, words, policy):
                        yield row.problem(place, *_not_in(text, words.ja, words.en), _near(text, words))
                elif text and (kind := target(key, ids)) and kind not in folder.unreadable and text not in ids[kind]:
                    # a reference to a row that is wrong in itself is no second fault: its id is known
                    near = nearest(text, ids[kind]) or _few(ids[kind])
                    yield row.problem(place, *_not_in(text, f" {kind}.yml ", f"{kind}.yml"), near)
    yield from _stores(folder)


def _not_in(text: str, ja: str, en: str) -> tuple[str, str]:
    return f"{text!r} は{ja}にありません", f"{text!r} is not in {en}"


def _near(text: str, words: Words) -> str:
    """The word that was probably meant; of a purpose whose category is right, those there are."""
    category = text.rpartition("-")[0]
    family = sorted(id for id in set(words.known.values()) if category and id.rpartition("-")[0] == category)
    return f"{family[0]} … {family[-1]}" if family else nearest(text, words.known) or words.listed


def _few(ids: Iterable[str]) -> str:
    known = sorted(filter(None, ids))
    return ", ".join(known) if len(known) <= 8 else f"{known[0]} … {known[-1]}"


def _says(text: str, words: Words, policy: Policy | None) -> bool:
    if policy and words.ja == _PURPOSES:
        # also by number, and what a site publishes
        try:
            policy.purpose(text)
        except PolicyError:
            return False
        return True
    return text in words.known.values()


def _twice(rows: Iterable[Written]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row in rows:
        if row.id in seen:
            ja = f"id {row.id!r} が二つあります（{seen[row.id]} 行目にも）"
            yield row.problem((), ja, f"stands twice (line {seen[row.id]}, too)")
        elif row.id:
            seen[row.id] = row.document.line(row.place)


def _stores(folder: Folder) -> Iterator[Problem]:
    """Kinds of store, and contracts the wrong way round: a store's is the one under which its data came to us."""
    contracts = [row for row in folder.written.get("contracts", ()) if isinstance(row.value, dict)]
    ours = {row.id for row in contracts if row.value.get("direction") == "entrusted_by_us"}
    known = [*kinds(), *UNREACHABLE]
    stores = folder.written.get("stores", ())
    for row in stores:
        others = [one.id for one in stores if one.id != row.id]
        for key, text, place in row.texts():
            if key == "reads" and text not in others:
                ja, en = f"{text!r} は stores.yml のほかの行にありません", f"{text!r} is no other store"
                yield row.problem(place, ja, en, nearest(text, others) or _few(others))
            if place == ("kind",) and text not in known:
                instead = nearest(text, known) or ", ".join(known)
                yield row.problem(place, f"種類 {text!r} はありません", "no such kind", instead)
            if key == "contract" and text in ours:
                ja = f"契約 {text!r} は当社が委託する契約です。提供（provisions.yml）の行に書きます"
                yield row.problem(place, ja, "this contract entrusts data to others: it belongs to a provision")
