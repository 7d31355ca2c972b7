"""Blank forms (様式): the application for disclosure etc. and the letter of proxy, with desk, fee and papers.

One `Blank` feeds the .docx and the PDF, as one `Letter` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import yaml

from expectations.policy import Policy
from expectations.published import Label
from expectations.wording import article
from pipelines.casebook.letters import word
from pipelines.casebook.letters.parts import Language
from pipelines.casebook.letters.typesetting import typeset

if TYPE_CHECKING:
    from pipelines.declarations import Company

Name = Literal["application", "proxy"]
NAMES: tuple[Name, ...] = ("application", "proxy")


@dataclass(frozen=True, slots=True)
class Field:
    """A label, what is printed beside it, and how many lines are left to write in."""

    label: str
    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its fields."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A form, to be put into a file."""

    language: Language
    title: str
    to: tuple[str, ...]
    opening: str
    parts: tuple[Part, ...]
    closing: str
    signed: tuple[str, ...]


KINDS: Mapping[str, Callable[[Blank], bytes]] = {
    "docx": word.form,
    "pdf": lambda blank: typeset("blank.typ", asdict(blank)),
}
"""By the file's suffix."""


def blank(name: Name, policy: Policy, company: Company, language: Language) -> Blank:
    """A blank form of the adopted policy."""
    return _Filling(policy, company, language).form(name)


@cache
def _rows() -> Mapping[str, Any]:
    rows: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("blanks.yml").read_text(encoding="utf-8"))
    return rows


class _Filling:
    """One form in one language."""

    def __init__(self, policy: Policy, company: Company, language: Language) -> None:
        self._policy, self._company, self._language = policy, company, language

    def form(self, name: Name) -> Blank:
        row, gaps = _rows()[name], self._gaps()

        def said(label: Mapping[str, str] | None) -> str:
            return label[self._language].format(**gaps) if label else ""

        return Blank(
            language=self._language,
            title=said(row["title"]),
            to=(self._say("to", company=self._named(self._company)), self._say("desk", desk=self._desk())),
            opening=said(row["opening"]),
            parts=tuple(
                Part(
                    said(part["title"]),
                    tuple(
                        Field(said(one["label"]), said(one.get("text")), one.get("lines", 1)) for one in part["rows"]
                    ),
                )
                for part in row["parts"]
            ),
            closing=said(row["closing"]),
            signed=tuple(said(line).rstrip() for line in row["signed"]),
        )

    def _gaps(self) -> Mapping[str, str]:
        sealed = any(one.kind == "form" and one.seal for one in self._policy.papers)
        return {
            "kinds": "\n".join(map(self._kind, self._policy.request_kinds)),
            "plain_kinds": self._boxes(self._policy.request_kinds),
            "requesters": self._boxes(self._policy.requesters),
            "categories": self._boxes(one for one in self._policy.categories if one.custody != "entrusted"),
            "papers": "\n".join(self._papers()),
            "fee": self._fee(),
            "seal": self._say("seal") if sealed else "",
        }

    def _say(self, word: str, **gaps: Any) -> str:
        text: str = _rows()[word][self._language]
        return text.format(**gaps)

    def _of(self, label: Label) -> str:
        return label.ja if self._language == "ja" else label.en

    def _named(self, row: Any) -> str:
        name: str = row.name if self._language == "ja" else row.name_en or row.name
        return name

    def _desk(self) -> str:
        desk = self._policy.desk
        reached = (f"TEL {desk.phone}" if desk.phone else "", f"FAX {desk.fax}" if desk.fax else "", desk.email)
        return "　".join(filter(None, (desk.address, self._named(desk), *reached)))

    def _kind(self, kind: Any) -> str:
        law = self._say("comma").join(article(one.strip())._asdict()[self._language] for one in kind.law.split(","))
        fee = self._say("kind_fee", fee=kind.fee) if kind.fee else self._say("kind_free")
        return self._say("kind", name=self._of(kind), law=law) + fee

    def _boxes(self, rows: Any) -> str:
        return "\n".join(self._say("box", name=self._of(row)) for row in rows)

    def _papers(self) -> Any:
        papers = {one.id: one for one in self._policy.papers}
        for requester in self._policy.requesters:
            yield self._say("papers_of", who=self._of(requester))
            for id in requester.papers:
                paper = papers[id]
                instead = next((one for one in paper.instead if one.requester == requester.id), paper)
                yield self._say("box", name=self._of(instead))

    def _fee(self) -> str:
        dear = [kind for kind in self._policy.request_kinds if kind.fee]
        if not dear:
            return self._say("fee_none")
        comma = self._say("comma")
        return self._say(
            "fee",
            kinds=comma.join(map(self._of, dear)),
            amount=max(kind.fee for kind in dear),
            ways=comma.join(map(self._of, self._policy.fee.paid_by)),
        )
