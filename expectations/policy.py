"""The published policy: loaded from data, adopted by a company, asked whose category and which purpose.

`load` answers a Policy or raises PolicyError, which names every bad row at once: file, row, field, what to do.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from classifiers.vocabulary import subjects
from expectations.law import LawId
from expectations.procedures import (
    AdoptedFee,
    Adoption,
    Answer,
    Desk,
    Fee,
    Paper,
    PolicyCompany,
    Requester,
    RequestKind,
)
from expectations.proofreading import PolicyError, proofread
from expectations.published import (
    Category,
    Dated,
    Decision,
    Ground,
    Label,
    Oddity,
    OptOut,
    Outcome,
    Outside,
    Purpose,
    Quote,
    Row,
    SharedUse,
    Stated,
    Text,
    ThirdParties,
    Vague,
    letter,
)

if TYPE_CHECKING:
    from expectations.facts import Custody, Nature

__all__ = [
    "AdoptedFee", "Adoption", "Category", "Desk", "Ground", "Paper", "Policy", "PolicyError", "Purpose", "RequestKind",
    "Requester", "load", "policies", "read",
]  # fmt: skip

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハ"


class Policy(Row):
    """A published policy, whole: categories, purposes, grounds, duties, procedures, and notes on its wording."""

    id: Text
    ja: Text
    en: Text
    language: Text
    version: Text
    law_version: LawId
    """The text of the Act it is judged by, where that is newer than what is in force (`law.yml`)."""
    quote: Text
    """The lead sentence above all categories."""
    quote_ja: str = ""
    """Its Japanese, where it was published in another language."""
    categories: tuple[Category, ...]
    outcomes: tuple[Outcome, ...]
    purposes: tuple[Purpose, ...]
    outside: tuple[Outside, ...]
    third_parties: ThirdParties
    opt_out: OptOut
    shared_use: SharedUse
    requesters: tuple[Requester, ...]
    papers: tuple[Paper, ...]
    request_kinds: tuple[RequestKind, ...]
    fee: Fee
    answer: Answer
    company: PolicyCompany
    desk: Desk
    vague: tuple[Vague, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    rehearsal: bool = False
    """Whether the company has published something else: `Adoption.rehearsal`."""
    stated: tuple[Stated, ...] = ()
    dates: tuple[Dated, ...] = ()
    decide: tuple[Decision, ...] = ()
    """What a draft left to a person. A policy is not judged by before all of it is decided."""

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits of the whole policy as adopted: a run's record of what it judged by."""
        return hashlib.blake2b(self.model_dump_json().encode(), digest_size=8).hexdigest()

    def adopt(self, adoption: Adoption, company: str, company_en: str = "") -> Policy:
        """This policy as `company`'s own: its name, its desk, and its fee where a fee may be taken (art 38)."""
        changes: dict[str, object] = {"company": PolicyCompany(name=company, name_en=company_en), "desk": adoption.desk}
        changes["rehearsal"] = adoption.rehearsal
        if adoption.law_version:
            changes["law_version"] = adoption.law_version
        if adoption.fee:
            changes["fee"] = self.fee.model_copy(
                update={"amount": adoption.fee.amount, "on_withdrawal": adoption.fee.on_withdrawal}
            )
            changes["request_kinds"] = tuple(_with_fee(kind, adoption.fee) for kind in self.request_kinds)
        # a copy would carry the digest of the policy it was made from
        return Policy.model_construct(**({name: getattr(self, name) for name in Policy.model_fields} | changes))

    def category_of(self, subject: str, custody: Custody = "own", nature: Nature = "personal") -> str:
        """What the policy makes of a subject: a category (`partner`), one of its sub-categories
        (`applicant_retiree.retiree`), `no_category`, `not_personal` or `unresolved`.

        What was entrusted is the entrusted category's whoever it is about: the contract bounds it, not the person.
        """
        if subject == "none" or nature in ("anonymous", "none"):
            return "not_personal"
        if custody == "entrusted" and self._entrusted:
            return self._entrusted
        if subject == "unresolved" or subject not in subjects():
            return "unresolved"
        return self._category_by_subject.get(subject, "no_category")

    def category(self, id: str) -> Category:
        """The category of that id, or of that sub-category's; raises KeyError for `no_category` and its like."""
        return self._categories[id.partition(".")[0]]

    def label(self, id: str) -> Label:
        """The words for a category, a sub-category, or an outcome beside them; raises KeyError."""
        return self._labels[id]

    def purpose(self, id: str) -> Purpose:
        """The purpose of that id. A letter, a number, ④, (4) or エ says which item: `customer-D` is `customer-4`.

        A site's purpose (`professional-G.<site>.<n>`) is its by-reference purpose. Raises PolicyError.
        """
        if found := self._purposes.get(id):
            return found
        category, _, item = unicodedata.normalize("NFKC", id).partition("-")
        item = item.partition(".")[0].strip("()（）. ").upper()
        ordinal = int(item) if item.isdecimal() else _KANA.find(item) + 1 if len(item) == 1 else 0
        name = letter(ordinal) if 1 <= ordinal <= 702 else item
        if found := self._purposes.get(f"{category.strip()}-{name}"):
            return found
        raise PolicyError(f"{self.id}: no such purpose; there are {', '.join(self._purposes)}")

    def purposes_of(self, category: str) -> tuple[Purpose, ...]:
        """The purposes that speak to a category; to a sub-category, those of its category that do not name another."""
        name, _, sub = category.partition(".")
        return tuple(p for p in self.purposes if p.category == name and (not sub or p.sub_category in ("", sub)))

    def ground(self, id: str) -> Ground | None:
        """The ground of that id; None where the policy has none such."""
        return self._grounds.get(id)

    def request_kind(self, id: str) -> RequestKind:
        """The kind of request of that id; raises KeyError."""
        return {kind.id: kind for kind in self.request_kinds}[id]

    def quotes(self, clause: str) -> tuple[Quote, ...]:
        """What the policy says at a clause, or at several (`1.1(4), 2.1(6)`), each sentence once; its lead for none."""
        wanted = clause.split(", ")
        found = [quote for quote in _quotes(self) if quote.clause in wanted]
        lead = [] if found else [Quote(clause="", quote=self.quote, ja=self.quote_ja)]
        return tuple(dict.fromkeys((*found, *lead)))

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {category.id: category for category in self.categories}

    @cached_property
    def _purposes(self) -> dict[str, Purpose]:
        return {purpose.id: purpose for purpose in self.purposes}

    @cached_property
    def _grounds(self) -> dict[str, Ground]:
        return {ground.id: ground for ground in self.third_parties.grounds}

    @cached_property
    def _entrusted(self) -> str:
        return next((category.id for category in self.categories if category.custody == "entrusted"), "")

    @cached_property
    def _category_by_subject(self) -> dict[str, str]:
        direct = {subject: category.id for category in self.categories for subject in category.subjects}
        return direct | {
            subject: f"{category.id}.{sub.id}"
            for category in self.categories
            for sub in category.sub_categories
            for subject in sub.subjects
        }

    @cached_property
    def _labels(self) -> dict[str, Label]:
        labels: dict[str, Label] = {row.id: row for row in self.categories}
        labels |= {row.id: row for row in self.outcomes}
        return labels | {
            f"{category.id}.{sub.id}": sub for category in self.categories for sub in category.sub_categories
        }


def _quotes(row: BaseModel) -> Iterator[Quote]:
    """Every sentence that stands in a row or in the rows below it, with its clause."""
    clause, quote = getattr(row, "clause", ""), getattr(row, "quote", "")
    if clause and quote:
        yield Quote(clause=clause, quote=quote, ja=getattr(row, "quote_ja", "") or getattr(row, "ja", ""))
    for name in type(row).model_fields:
        value = getattr(row, name)
        for below in value if isinstance(value, tuple) else (value,):
            if isinstance(below, BaseModel):
                yield from _quotes(below)


def _with_fee(kind: RequestKind, fee: AdoptedFee) -> RequestKind:
    if kind.fee_locked:
        return kind
    return kind.model_copy(update={"fee": fee.amount if kind.fee else fee.provision_records})


def policies() -> tuple[str, ...]:
    """The names of the shipped policies."""
    folder = files("expectations").joinpath("policies")
    return tuple(sorted(entry.name.removesuffix(".yml") for entry in folder.iterdir() if entry.name.endswith(".yml")))


def load(name_or_path: str | Path) -> Policy:
    """A shipped policy by its name, or one of a company's own by its path; raises PolicyError naming every bad row.

    A draft in which something is still to be decided is refused, too.
    """
    policy = read(name_or_path)
    if policy.decide:
        rows = (f"  {', '.join(filter(None, (one.where, one.field)))}: {one.ja} · {one.en}" for one in policy.decide)
        raise PolicyError("\n".join([f"{policy.id}: {len(policy.decide)} to decide, then take the rows out", *rows]))
    return policy


def read(name_or_path: str | Path) -> Policy:
    """A policy as `load` answers it, or a draft with its open decisions, to be looked at but not judged by."""
    if str(name_or_path) in policies():
        return _shipped(str(name_or_path))
    path = Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise PolicyError(f"{path.name}: is not UTF-8; save it as UTF-8") from None
    except OSError:
        raise PolicyError(
            f"{name_or_path}: no such policy file, and no shipped policy of that name; shipped: {', '.join(policies())}"
        ) from None
    return proofread(Policy, text, path.name)


@cache
def _shipped(name: str) -> Policy:
    file = f"{name}.yml"
    return proofread(Policy, files("expectations").joinpath("policies", file).read_text(encoding="utf-8"), file)
