"""What people wrote down: the company, its stores, and the facts the checks judge. One YAML file a kind of row.

A folder of declarations holds `company.yml` and `stores.yml`, and as many of `uses.yml`, `provisions.yml`,
`contracts.yml`, `consents.yml`, `exceptions.yml`, `notices.yml`, `site_policies.yml`, `acquisitions.yml`,
`collection_notices.yml`, `policy_versions.yml`, `retentions.yml`, `rulings.yml`, `reviews.yml`, `review_steps.yml`,
`disposals.yml`, `disposal_steps.yml` and `alerts.yml` as the company needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from expectations.disposals import Disposal, DisposalStep
from expectations.facts import (
    Acquisition,
    CollectionNotice,
    Consent,
    Contract,
    Declared,
    Notice,
    PolicyVersion,
    Provision,
    Retention,
    SitePolicy,
    StatutoryException,
    Use,
)
from expectations.policy import Adoption
from expectations.reviews import Review, ReviewStep
from expectations.rulings import Ruling
from pipelines.declarations.alerts import Alert
from pipelines.declarations.credentials import MissingVariableError, expand, holds_password
from pipelines.declarations.hints import hints, wrong_order
from pipelines.declarations.links import doubtful_links, wrong_links
from pipelines.declarations.neighbours import told_of_each_other
from pipelines.declarations.problems import Problem
from pipelines.declarations.reading import Folder, read
from pipelines.declarations.references import broken_references
from pipelines.declarations.scanned import unknown_names
from pipelines.declarations.stores import DatasetDeclaration, Row, StoreDeclaration

if TYPE_CHECKING:
    from pipelines.register import Register

__all__ = [
    "Company",
    "DatasetDeclaration",
    "Declarations",
    "DeclarationsError",
    "MissingVariableError",
    "Problem",
    "StoreDeclaration",
    "check",
    "expand",
    "holds_password",
    "load",
]

FACTS: Mapping[str, type[BaseModel]] = {
    "uses": Use,
    "provisions": Provision,
    "contracts": Contract,
    "consents": Consent,
    "exceptions": StatutoryException,
    "notices": Notice,
    "site_policies": SitePolicy,
    "acquisitions": Acquisition,
    "collection_notices": CollectionNotice,
    "policy_versions": PolicyVersion,
    "retentions": Retention,
}
"""File (without `.yml`) and top-level key → the model of its rows; the key is `Declared`'s field, too."""


class DeclarationsError(Exception):
    """The declarations are missing or wrong; the message names every wrong row at once."""


class Company(Row):
    """The company that the register is of."""

    name: str
    name_en: str = ""
    address: str = ""
    representative: str = ""
    mail_domains: tuple[str, ...] = ()
    stop_list: str = ""
    """The stop list's file; `${NAME}` is filled in. '' there is none."""


class Declarations(Row):
    """Everything in a folder of declarations."""

    company: Company
    policy: Adoption
    stores: tuple[StoreDeclaration, ...]
    declared: Declared
    rulings: tuple[Ruling, ...] = ()
    """People's word on what the machine says: no facts, but what is made of them."""
    reviews: tuple[Review, ...] = ()
    review_steps: tuple[ReviewStep, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    disposal_steps: tuple[DisposalStep, ...] = ()
    alerts: tuple[Alert, ...] = ()
    """Who is told of new findings."""

    @cached_property
    def by_id(self) -> Mapping[str, StoreDeclaration]:
        """Every store by its id."""
        return {store.id: store for store in self.stores}

    def chosen(self, ids: Sequence[str] = ()) -> tuple[StoreDeclaration, ...]:
        """The stores of those ids, all where none is named; raises DeclarationsError where there is no such store."""
        if not self.stores:
            raise DeclarationsError("stores.yml: 保管場所が 1 件もありません · no store is declared, nothing to scan")
        if unknown := [id for id in ids if id not in self.by_id]:
            raise DeclarationsError(f"{'、'.join(unknown)}: 宣言にない保管場所です · no such store is declared")
        return tuple(self.by_id[id] for id in ids) or self.stores


WORDS: Mapping[str, type[BaseModel]] = {
    "rulings": Ruling,
    "reviews": Review,
    "review_steps": ReviewStep,
    "disposals": Disposal,
    "disposal_steps": DisposalStep,
    "alerts": Alert,
}
"""What people said and did about what the register holds; the key is `Declarations`' field, too."""

MODELS: Mapping[str, type[BaseModel]] = {"stores": StoreDeclaration, **FACTS, **WORDS}
"""Every file but `company.yml`, by its name without `.yml`, and the model of its rows."""

PARTS: Mapping[str, type[BaseModel]] = {"company": Company, "policy": Adoption}
"""The parts of `company.yml`."""


def load(folder: str | Path) -> Declarations:
    """The declarations of a folder; raises DeclarationsError naming every wrong row of every file."""
    found = _read(Path(folder))
    if wrong := _errors(found):
        count = f"{len(wrong)} 件の直すところがあります · {len(wrong)} to mend"
        raise DeclarationsError("\n".join([f"{folder}: {count}", *(f"  {one}" for one in wrong)]))
    declared = Declared(**{name: tuple(found.good.get(name, ())) for name in FACTS})
    return Declarations(
        company=found.good["company"][0],
        policy=found.good["policy"][0],
        stores=told_of_each_other(found.good.get("stores", ())),
        declared=declared,
        **{name: tuple(found.good.get(name, ())) for name in WORDS},
    )


def check(folder: str | Path, as_of: date, register: Register | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a folder and every hint, file by file; with a register, what it does not know.

    Raises DeclarationsError where there is no such folder.
    """
    found = _read(Path(folder))
    unseen = unknown_names(found, register) if register else ()
    hinted = [*hints(found, MODELS, as_of), *doubtful_links(found), *unseen]
    files = {f"{name}.yml": at for at, name in enumerate(("company", *MODELS))}
    return tuple(sorted((*_errors(found), *hinted), key=lambda one: (files.get(one.file, -1), one.file, one.line)))


def lines(folder: str | Path) -> Mapping[tuple[str, str], tuple[str, int]]:
    """Kind and id of every row of a folder's declarations → its file (under `folder` as it was named) and its line."""
    written = _read(Path(folder)).written
    return {
        (kind, row.id): ((Path(folder) / row.document.name).as_posix(), row.document.line(row.place))
        for kind, rows in written.items()
        for row in rows
        if row.id
    }


def _read(folder: Path) -> Folder:
    if not folder.is_dir():
        raise DeclarationsError(
            f"{folder}: 宣言のフォルダがありません。company.yml と stores.yml を置いてください"
            " · no such folder of declarations; it must hold company.yml and stores.yml"
        )
    return read(folder, PARTS, MODELS)


def _errors(found: Folder) -> tuple[Problem, ...]:
    """What keeps a run from starting."""
    return (*found.problems, *broken_references(found, MODELS), *wrong_order(found), *wrong_links(found))
