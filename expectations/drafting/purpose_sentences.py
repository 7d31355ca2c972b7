"""The sentences of a policy's outline that may be purposes, by the group of persons they speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from expectations.drafting.outline import Clause
from expectations.drafting.persons import names_persons, subjects_in
from expectations.drafting.use_words import uses_in
from expectations.drafting.words import folded, sentences, topic, turns

_ELSEWHERE = frozenset({"cookies", "shared_use", "opt_out", "third_parties", "outsourcing", "foreign", "safety", "desk",
                        "retention", "requests", "fee", "answer", "papers", "requesters", "where", "changes", "aipo",
                        "notice_of_purpose", "minors", "automated", "pseudonymised", "definitions"})  # fmt: skip


@dataclass(slots=True)
class Sentence:
    """A sentence that may be a purpose."""

    clause: str
    quote: str
    jumped: bool = False


@dataclass(slots=True)
class Group:
    """A group of persons whose purposes are listed: a category to be."""

    clause: str
    quote: str
    subjects: tuple[str, ...]
    sentences: list[Sentence] = field(default_factory=list)
    my_number: bool = False


class Reader:
    """Reads an outline's purposes, group by group."""

    def __init__(self) -> None:
        self.categories: list[Group] = []
        self.loose: list[Sentence] = []
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

    def purposes(self, clause: Clause, category: Group | None) -> None:
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

    def headed(self, clause: Clause, around: Group | None) -> Group | None:
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

    def item(self, clause: Clause, category: Group | None) -> None:
        """A single item: a purpose, or a kind of person and its purposes in one line."""
        head, tail = _parted(clause.title)
        if head and names_persons(head):
            made = self.open(clause, clause.title, subjects_in(head), head)
            made.sentences.append(Sentence(clause.label, tail))
            return
        text = clause.title
        own = Sentence(clause.label, text, clause.jumped)
        if category is None and turns()["used_for"].search(folded(text)) and (subjects := _topical(text)):
            self.open(clause, text, subjects).sentences.append(own)
        elif category is None and turns()["my_number"].search(folded(text)):
            self.open(clause, text, subjects_in(text), my_number=True).sentences.append(own)
        else:
            (category.sentences if category else self.loose).append(own)

    def running(self, clause: Clause, sentence: str, category: Group | None, *, leads: bool) -> None:
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
        own = Sentence(clause.label, sentence)
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
    ) -> Group:
        same = next(
            (one for one in self.categories if subjects and one.subjects == subjects and one.my_number == my_number),
            None,
        )
        if same:
            return same
        made = Group(clause.label, head or quote, subjects, my_number=my_number)
        self.categories.append(made)
        return made


def _is_purpose(clause: Clause, category: Group | None) -> bool:
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
