"""利用目的 of a policy's outline: its categories of persons, and the purposes listed for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.uses import infer_uses
from classifiers.vocabulary import uses
from expectations.drafting.decisions import left_open
from expectations.drafting.outline import Clause
from expectations.drafting.persons import ENTRUSTED, id_of, label_of, subjects_in
from expectations.drafting.purpose_sentences import Group, Reader, Sentence
from expectations.drafting.use_words import uses_in
from expectations.drafting.words import folded, turns
from expectations.published import letter

Document = dict[str, Any]

_ANCILLARY = ("identity_check", "shipping", "inquiry", "contract", "billing", "payment", "meeting", "business_contact",
              "security", "audit")  # fmt: skip
"""Uses that commonly come with another one: what may be associated with listed purposes, for a person to decide."""
_RESTS_ON = {"payment": ("contract", "billing"), "billing": ("service_provision", "contract")}
"""An ancillary use that makes no sense without one of these."""
_WHOSE = {"recruiting": "applicant", "recruiting_contact": "applicant", "retiree_contact": "retiree",
          "staff_management": "employee"}  # fmt: skip
"""Uses that by themselves say whose data is meant."""
_HANDED_ON = frozenset({"introduce", "publish", "list_sale"})


@dataclass(slots=True)
class Purposes:
    """What was read, as rows of a policy, and what was left to a person."""

    categories: list[Document]
    purposes: list[Document]
    decide: list[Document]
    lead: str


def read_purposes(root: Clause) -> Purposes:
    """The categories and purposes of a whole text."""
    reader = Reader()
    reader.section(root, "")
    if not reader.categories:
        reader.prose(root)
    return _written(reader)


def _written(reader: Reader) -> Purposes:
    found = Purposes([], [], [], reader.lead)
    made = [one for one in reader.categories if one.sentences]
    if reader.loose:
        made = _with_loose(made, reader)
    for one in reader.categories:
        if not one.sentences:
            found.decide.append(left_open("no_purpose", "categories", "", one.clause, one.quote))
    for category in made:
        _write_category(category, found)
    return found


def _with_loose(made: list[Group], reader: Reader) -> list[Group]:
    """Purposes listed for nobody in particular: a category of their own, and a person says whose."""
    first = reader.loose[0]
    subjects = subjects_in(reader.lead) if reader.lead else ()
    taken = {subject for one in made for subject in one.subjects}
    subjects = tuple(subject for subject in subjects if subject not in taken)
    whole = Group(first.clause, reader.lead or first.quote, subjects, list(reader.loose))
    return [whole, *made]


def _write_category(category: Group, found: Purposes) -> None:
    taken = [row["id"] for row in found.categories]
    id = (
        id_of(category.subjects, taken)
        if not category.my_number
        else id_of((), [*taken, "persons"]).replace("persons_2", "my_number")
    )
    placed = {subject for row in found.categories for subject in _subjects_of(row)}
    own = tuple(subject for subject in category.subjects if subject not in placed and not category.my_number)
    ja, en = label_of(category.subjects)
    row: Document = {
        "id": id,
        "clause": category.clause or "本文",
        "quote": category.quote,
        "ja": category.quote
        if _japanese(category.quote) and len(category.quote) <= 60
        else ja or "本人の区分（要確認）",
        "en": en or "persons (to be decided)",
    }
    entrusted = category.subjects == (ENTRUSTED,)
    if entrusted:
        row["custody"] = "entrusted"
    rows_, open_rows = _purpose_rows(id, category, own)
    named = {row["sub_category"] for row in rows_ if "sub_category" in row}
    if entrusted:
        pass
    elif len(own) > 1 and named:
        row["sub_categories"] = [
            {
                "id": id_of((subject,), ()),
                "ja": label_of((subject,))[0],
                "en": label_of((subject,))[1],
                "subjects": [subject],
            }
            for subject in own
        ]
    else:
        for one in rows_:
            one.pop("sub_category", None)
        if own:
            row["subjects"] = list(own)
    if not own and not entrusted:
        found.decide.append(left_open(_whose(category), id, "subjects", category.clause, category.quote))
    found.categories.append(row)
    found.purposes += rows_
    found.decide += open_rows


def _whose(category: Group) -> str:
    return "my_number" if category.my_number else "same_persons" if category.subjects else "whose"


def _subjects_of(row: Document) -> Iterator[str]:
    yield from row.get("subjects", ())
    for sub in row.get("sub_categories", ()):
        yield from sub["subjects"]


def _purpose_rows(id: str, category: Group, own: Sequence[str]) -> tuple[list[Document], list[Document]]:
    made: list[Document] = []
    decide: list[Document] = []
    read = [(one, *uses_in(one.quote, category.subjects)) for one in category.sentences]
    outright = {use for _, says, _ in read for use in says}
    for ordinal, (sentence, says, implied) in enumerate(read, 1):
        row: Document = {
            "id": f"{id}-{letter(ordinal)}",
            "clause": sentence.clause or "本文",
            "ordinal": ordinal,
            "quote": sentence.quote,
        }
        text = folded(sentence.quote)
        earlier = [one["id"] for one in made]
        if turns()["by_reference"].search(text) and not says:
            row["type"] = "by_reference"
        elif turns()["catch_all"].search(text) and earlier:
            row |= {"type": "catch_all", "parents": earlier}
        else:
            covers = [use for use in uses() if use in says or (use in implied and use not in outright)]
            if category.subjects == (ENTRUSTED,):
                # the contract says which uses; the purpose says that it does
                covers = ["entrusted_work"]
            row |= {"type": "direct", "covers": covers}
            if not covers:
                _unread(row, sentence, decide, alone=bool(turns()["catch_all"].search(text)))
        _details(row, text, category, own, earlier)
        row |= _words(row)
        if sentence.jumped:
            decide.append(left_open("number_jumps", row["id"], "clause", sentence.clause, sentence.quote))
        made.append(row)
    _associable(made, category, decide)
    return made, decide


def _unread(row: Document, sentence: Sentence, decide: list[Document], *, alone: bool) -> None:
    """A purpose in which no wording is known: the words of names and jobs may speak; a person decides."""
    place = (row["id"], "covers", sentence.clause, sentence.quote)
    likely = [uses()[tag.use] for tag in infer_uses(sentence.quote)]
    if alone:
        decide.append(left_open("lone_catch_all", *place))
    elif likely:
        names = {"ja": "、".join(use.ja for use in likely), "en": ", ".join(use.en for use in likely)}
        decide.append(left_open("uses_perhaps", *place, **names))
    else:
        decide.append(left_open("uses", *place))


def _details(row: Document, text: str, category: Group, own: Sequence[str], earlier: list[str]) -> None:
    covered = row.get("covers", [])
    if category.subjects == (ENTRUSTED,):
        row["bounded_by_contract"] = True
    if row["type"] == "direct" and (turns()["third_party"].search(text) or _HANDED_ON & set(covered)):
        row["third_party"] = True
    if row["type"] == "direct" and turns()["above"].search(text) and earlier:
        row["parents_required"] = earlier
    if len(own) > 1 and row["type"] == "direct":
        named = {subject for subject in subjects_in(text) if subject in own} or {
            _WHOSE[use] for use in covered if _WHOSE.get(use) in own
        }
        if len(named) == 1:
            row["sub_category"] = id_of(tuple(named), ())


def _associable(made: Iterable[Document], category: Group, decide: list[Document]) -> None:
    made = list(made)
    covered = {use for row in made for use in row.get("covers", ())}
    for row in made:
        if row["type"] != "catch_all" or category.subjects == (ENTRUSTED,):
            continue
        row["may_cover"] = [
            use for use in _ANCILLARY
            if use not in covered and (use not in _RESTS_ON or covered & set(_RESTS_ON[use]))
        ]  # fmt: skip
        decide.append(left_open("may_cover", row["id"], "may_cover", row["clause"], row["quote"]))


def _words(row: Document) -> Document:
    quote = row["quote"]
    covers = row.get("covers", ())
    if row["type"] == "catch_all":
        ja, en = "その他付随する目的", "other purposes associated with those listed"
    elif row["type"] == "by_reference":
        ja, en = "別の文書に定める目的", "purposes stated in another document"
    else:
        ja = "、".join(uses()[use].ja for use in covers) or "（要確認）"
        en = ", ".join(uses()[use].en for use in covers) or "(to be decided)"
    return {"ja": quote if _japanese(quote) else ja, "en": en if _japanese(quote) else quote}


def _japanese(text: str) -> bool:
    return bool(re.search("[ぁ-んァ-ヶ一-龠]", text))
