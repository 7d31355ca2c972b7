"""What people wrote down: the company, its stores, and the facts the checks judge. One YAML file a kind of row.

A folder of declarations holds `company.yml` and `stores.yml`, and as many of `uses.yml`, `provisions.yml`,
`contracts.yml`, `consents.yml`, `exceptions.yml`, `notices.yml`, `site_policies.yml`, `acquisitions.yml`,
`collection_notices.yml`, `policy_versions.yml` and `retentions.yml` as the company needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel

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
from pipelines.declarations.credentials import MissingVariableError, expand, holds_password
from pipelines.declarations.neighbours import told_of_each_other
from pipelines.declarations.reading import company_of, rows_of
from pipelines.declarations.references import broken_references, unknown_words
from pipelines.declarations.stores import DatasetDeclaration, Row, StoreDeclaration

__all__ = [
    "Company",
    "DatasetDeclaration",
    "Declarations",
    "DeclarationsError",
    "MissingVariableError",
    "StoreDeclaration",
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

    @cached_property
    def by_id(self) -> Mapping[str, StoreDeclaration]:
        """Every store by its id."""
        return {store.id: store for store in self.stores}


def load(folder: str | Path) -> Declarations:
    """The declarations of a folder; raises DeclarationsError naming every wrong row of every file."""
    folder = Path(folder)
    if not folder.is_dir():
        raise DeclarationsError(
            f"{folder}: 宣言のフォルダがありません。company.yml と stores.yml を置いてください"
            " · no such folder of declarations; it must hold company.yml and stores.yml"
        )
    wrong: list[str] = list(_unknown_files(folder))
    company = company_of(folder / "company.yml", {"company": Company, "policy": Adoption}, wrong)
    rows: dict[str, list[Any]] = {}
    ids: dict[str, list[str]] = {}
    models: dict[str, type[BaseModel]] = {"stores": StoreDeclaration, **FACTS}
    for name, model in models.items():
        if name == "stores" or (folder / f"{name}.yml").exists():
            rows[name], ids[name] = rows_of(folder / f"{name}.yml", name, model, wrong)
    wrong += broken_references(rows, ids)
    if "policy" in company:
        wrong += unknown_words(rows, company["policy"].adopts)
    if wrong:
        count = f"{len(wrong)} 件の直すところがあります · {len(wrong)} to mend"
        raise DeclarationsError("\n".join([f"{folder}: {count}", *(f"  {one}" for one in wrong)]))
    stores = told_of_each_other(rows.pop("stores"))
    declared = Declared(**{name: tuple(found) for name, found in rows.items()})
    return Declarations(stores=stores, declared=declared, **company)


def _unknown_files(folder: Path) -> Iterator[str]:
    known = {"company", "stores", *FACTS}
    for file in sorted(folder.glob("*.y*ml")):
        if file.stem not in known:
            yield f"{file.name}: no such kind of declaration; there are {', '.join(sorted(known))}"
        elif file.suffix != ".yml":
            yield f"{file.name}: name it {file.stem}.yml"
