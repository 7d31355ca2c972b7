"""利用目的 of a policy's outline: its categories of persons, and the purposes listed for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from classifiers.uses import infer_uses
from classifiers.vocabulary import uses
from expectations.drafting.decisions import left_open
from expectations.drafting.outline import Clause
from expectations.drafting.persons import ENTRUSTED, id_of, label_of, names_persons, subjects_in
from expectations.drafting.words import Pattern, compiled, folded, rows, sentences, topic, turns
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
_ELSEWHERE = frozenset({"cookies", "shared_use", "opt_out", "third_parties", "outsourcing", "foreign", "safety", "desk",
                        "retention", "requests", "fee", "answer", "papers", "requesters", "where", "changes", "aipo",
                        "notice_of_purpose", "minors", "automated", "pseudonymised", "definitions"})  # fmt: skip


@dataclass(slots=True)
class _Sentence:
    """A sentence that may be a purpose."""

    clause: str
    quote: str
    jumped: bool = False


@dataclass(slots=True)
class _Category:
    clause: str
    quote: str
    subjects: tuple[str, ...]
    sentences: list[_Sentence] = field(default_factory=list)
    my_number: bool = False


@dataclass(slots=True)
class Purposes:
    """What was read, as rows of a policy, and what was left to a person."""

    categories: list[Document]
    purposes: list[Document]
    decide: list[Document]
    lead: str


@dataclass(frozen=True, slots=True)
class _UseWords:
    use: str
    says: Pattern
    implies: Pattern
    but: Pattern
    only: tuple[str, ...]


@cache
def _use_words() -> tuple[_UseWords, ...]:
    return tuple(
        _UseWords(
            row["use"],
            compiled(row.get("says", ())),
            compiled(row.get("implies", ())),
            compiled(row.get("but", ())),
            tuple(row.get("only", ())),
        )
        for row in rows("uses")
    )


def uses_in(text: str, subjects: Sequence[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The uses that a sentence names outright, and those that it implies.

    >>> uses_in("お問い合わせへの対応のため")
    (('inquiry',), ())
    """
    read = turns()["needed_for"].sub("", folded(text))
    asked = [row for row in _use_words() if not row.only or set(row.only) & set(subjects)]
    says = tuple(row.use for row in asked if row.says.search(row.but.sub(" ", read)))
    return says, tuple(row.use for row in asked if row.implies.search(read) and row.use not in says)


def read_purposes(root: Clause) -> Purposes:
    """The categories and purposes of a whole text."""
    reader = _Reader()
    reader.section(root, "")
    if not reader.categories:
        reader.prose(root)
    return _written(reader)


class _Reader:
    def __init__(self) -> None:
        self.categories: list[_Category] = []
        self.loose: list[_Sentence] = []
        """Purposes that stand under no kind of person."""
        self.lead = ""

    def section(self, clause: Clause, about: str) -> None:
        """Look for the clauses that list purposes, and read them."""
        own = topic(clause.title) if _heads(clause) else ""
        leads = any(turns()["lead"].search(folded(text)) for text in clause.texts) and bool(clause.children)
        about = own or about
        if about == "purposes" or (leads and about not in _ELSEWHERE):
            self.purposes(clause, None)
            return
        for child in clause.children:
            self.section(child, about)

    def purposes(self, clause: Clause, category: _Category | None) -> None:
        """Read what stands under a clause that lists purposes."""
        for text in clause.paragraphs:
            for sentence in sentences(text):
                self.running(clause, sentence, category, leads=bool(clause.children))
        current = category
        for child in clause.children:
            if turns()["blank"].search(folded(child.title)):
                self.purposes(child, current)
                continue
            if _heads(child) and topic(child.title) in _ELSEWHERE and (child.children or child.paragraphs):
                continue
            if child.children or child.paragraphs:
                found = self.headed(child, category)
                if found is None and _is_purpose(child, category):
                    self.item(child, category)
                self.purposes(child, found or category)
            else:
                self.item(child, category)

    def headed(self, clause: Clause, around: _Category | None) -> _Category | None:
        """The category that a clause with something under it opens; None where it is no kind of person's."""
        heading = clause.title or (clause.paragraphs[0] if clause.paragraphs else "")
        if turns()["my_number"].search(folded(heading)):
            return self.open(clause, heading, subjects_in(heading), my_number=True)
        if names_persons(heading):
            return self.open(clause, heading, subjects_in(heading))
        if around is None and _says_whose(heading) and not uses_in(heading)[0] and len(heading) <= 60:
            return self.open(clause, heading, ())
        lead = next((text for text in clause.paragraphs if turns()["lead"].search(folded(text))), "")
        if around is None and lead and subjects_in(lead):
            return self.open(clause, heading, subjects_in(lead))
        return None

    def item(self, clause: Clause, category: _Category | None) -> None:
        """A single item: a purpose, or a kind of person and its purposes in one line."""
        head, tail = _parted(clause.title)
        if head and names_persons(head):
            made = self.open(clause, clause.title, subjects_in(head), head)
            made.sentences.append(_Sentence(clause.label, tail))
            return
        text = clause.title
        own = _Sentence(clause.label, text, clause.jumped)
        if category is None and turns()["used_for"].search(folded(text)) and (subjects := _topical(text)):
            self.open(clause, text, subjects).sentences.append(own)
        elif category is None and turns()["my_number"].search(folded(text)):
            self.open(clause, text, subjects_in(text), my_number=True).sentences.append(own)
        else:
            (category.sentences if category else self.loose).append(own)

    def running(self, clause: Clause, sentence: str, category: _Category | None, *, leads: bool) -> None:
        """A sentence of running text in a clause of purposes."""
        read = folded(sentence)
        if turns()["lead"].search(read) or (leads and not uses_in(sentence)[0]):
            self.lead = self.lead or sentence
            return
        if not (turns()["used_for"].search(read) or (category and uses_in(sentence)[0])):
            return
        if (
            re.search(r"(変更|範囲を?超え|同意|法令|目的外|提供(しません|いたしません)|委託)", read)
            and not uses_in(sentence)[0]
        ):
            return
        own = _Sentence(clause.label, sentence)
        subjects = _topical(sentence)
        if category is None and subjects:
            self.open(clause, sentence, subjects).sentences.append(own)
        elif category is not None:
            category.sentences.append(own)
        elif uses_in(sentence)[0]:
            self.loose.append(own)

    def prose(self, root: Clause) -> None:
        """Purposes of a text that has no clause for them: sentences that say what data is used for."""
        for clause in root.walk():
            if topic(clause.title) in _ELSEWHERE:
                continue
            for text in clause.texts:
                for sentence in sentences(text):
                    if turns()["used_for"].search(folded(sentence)) and uses_in(sentence)[0]:
                        self.running(clause, sentence, None, leads=False)

    def open(
        self, clause: Clause, quote: str, subjects: tuple[str, ...], head: str = "", *, my_number: bool = False
    ) -> _Category:
        same = next(
            (one for one in self.categories if subjects and one.subjects == subjects and one.my_number == my_number),
            None,
        )
        if same:
            return same
        made = _Category(clause.label, head or quote, subjects, my_number=my_number)
        self.categories.append(made)
        return made


def _is_purpose(clause: Clause, category: _Category | None) -> bool:
    """Whether an item with items of its own is a purpose, too, and no name of a group of them."""
    if turns()["lead"].search(folded(clause.title)) or topic(clause.title) == "purposes":
        return False
    return bool(uses_in(clause.title, category.subjects if category else ())[0])


def _heads(clause: Clause) -> bool:
    return bool(clause.title) and len(clause.title) <= 120 and not re.search(r"(ます|しない|する)。", clause.title)


def _says_whose(heading: str) -> bool:
    return bool(turns()["whose"].search(folded(heading)))


def _topical(sentence: str) -> tuple[str, ...]:
    """Whose data a sentence says is used: the persons before its 「の個人情報は」, not those it is used for."""
    found = turns()["topical"].match(folded(sentence))
    return subjects_in(next(group for group in found.groups() if group)) if found else ()


def _parted(text: str) -> tuple[str, str]:
    """An item's persons and its purpose, where both stand in one line: 「お客様：商品の発送のため」."""
    found = re.match(
        r"(.{2,50}?)(?:\s*[:：]\s*|(?:[\t\u3000]|  )[\t\u3000 ]*(?=\S{4,})|\s+[–—-]\s+|[…‥]+)(.{4,})$", text
    )
    return (found[1].strip(), found[2].strip()) if found else ("", "")


def _written(reader: _Reader) -> Purposes:
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


def _with_loose(made: list[_Category], reader: _Reader) -> list[_Category]:
    """Purposes listed for nobody in particular: a category of their own, and a person says whose."""
    first = reader.loose[0]
    subjects = subjects_in(reader.lead) if reader.lead else ()
    taken = {subject for one in made for subject in one.subjects}
    subjects = tuple(subject for subject in subjects if subject not in taken)
    whole = _Category(first.clause, reader.lead or first.quote, subjects, list(reader.loose))
    return [whole, *made]


def _write_category(category: _Category, found: Purposes) -> None:
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


def _whose(category: _Category) -> str:
    return "my_number" if category.my_number else "same_persons" if category.subjects else "whose"


def _subjects_of(row: Document) -> Iterator[str]:
    yield from row.get("subjects", ())
    for sub in row.get("sub_categories", ()):
        yield from sub["subjects"]


def _purpose_rows(id: str, category: _Category, own: Sequence[str]) -> tuple[list[Document], list[Document]]:
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


def _unread(row: Document, sentence: _Sentence, decide: list[Document], *, alone: bool) -> None:
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


def _details(row: Document, text: str, category: _Category, own: Sequence[str], earlier: list[str]) -> None:
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


def _associable(made: Iterable[Document], category: _Category, decide: list[Document]) -> None:
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
