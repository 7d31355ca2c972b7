"""What people wrote down: the company, its stores, and the facts the checks judge. One YAML file a kind of row.

A folder of declarations holds `company.yml` and `stores.yml`, and as many of `uses.yml`, `provisions.yml`,
`contracts.yml`, `consents.yml`, `exceptions.yml`, `notices.yml` and `site_policies.yml` as the company needs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from expectations.facts import (
    Consent,
    Contract,
    Declared,
    Notice,
    Provision,
    SitePolicy,
    StatutoryException,
    Use,
)
from expectations.policy import Adoption
from pipelines.declarations.reading import company_of, rows_of
from pipelines.declarations.references import broken_references, unknown_words

FACTS: Mapping[str, type[BaseModel]] = {
    "uses": Use,
    "provisions": Provision,
    "contracts": Contract,
    "consents": Consent,
    "exceptions": StatutoryException,
    "notices": Notice,
    "site_policies": SitePolicy,
}
"""File (without `.yml`) and top-level key → the model of its rows; the key is `Declared`'s field, too."""


_PASSWORD = re.compile(r"://[^/@:]*:(?!\$\{)[^/@]+@")
"""A password in clear between `user:` and `@`."""


class DeclarationsError(Exception):
    """The declarations are missing or wrong; the message names every wrong row at once."""


class MissingVariableError(Exception):
    """A location names an environment variable that is not set. Carries the variable's name."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatasetDeclaration(_Row):
    """What people know of one dataset of a store."""

    name: str
    """As the register shows it."""
    label: str = ""
    contract: str = ""


class StoreDeclaration(_Row):
    """One store (データストア): one row of `stores.yml`."""

    id: str = Field(pattern=r"^\S+$")
    kind: str
    path: str = ""
    """A file or folder, relative to the working directory. `${NAME}` and `${NAME:-default}` are filled in."""
    url: str = ""
    """An SQLAlchemy URL, filled in likewise: a password stands in an environment variable, never in the file."""
    label: str = ""
    owner: str = ""
    country: str = "JP"
    custody: Literal["own", "entrusted"] | None = None
    """Said by people; None leaves it to what the scan sees."""
    contract: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Files, by their exact names, that another store opens: neither listed here nor told as left out."""
    datasets: tuple[DatasetDeclaration, ...] = ()

    def dataset(self, name: str) -> DatasetDeclaration:
        """What is declared of the dataset of that name; an empty declaration where nothing is."""
        return next((row for row in self.datasets if row.name == name), DatasetDeclaration(name=name))

    @model_validator(mode="after")
    def _has_one_location(self) -> StoreDeclaration:
        if bool(self.path) == bool(self.url):
            raise ValueError("give either a path or a url")
        if holds_password(self.url):
            raise ValueError("url holds a password: write ${NAME} in its place and set NAME in the environment")
        return self

    def location(self, environment: Mapping[str, str] | None = None) -> str:
        """The path or URL with its variables filled in; raises MissingVariableError."""
        return expand(self.path or self.url, environment)


class Company(_Row):
    """The company that the register is of."""

    name: str
    name_en: str = ""
    address: str = ""
    representative: str = ""
    mail_domains: tuple[str, ...] = ()


class Declarations(_Row):
    """Everything in a folder of declarations."""

    company: Company
    policy: Adoption
    stores: tuple[StoreDeclaration, ...]
    declared: Declared

    @cached_property
    def by_id(self) -> Mapping[str, StoreDeclaration]:
        """Every store by its id."""
        return {store.id: store for store in self.stores}


_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")


def expand(text: str, environment: Mapping[str, str] | None = None) -> str:
    """`text` with `${NAME}` and `${NAME:-default}` filled from the environment; raises MissingVariableError."""
    known = os.environ if environment is None else environment

    def value(match: re.Match[str]) -> str:
        name, default = match[1], match[2]
        if (found := known.get(name, default)) is None:
            raise MissingVariableError(name)
        return found

    return _VARIABLE.sub(value, text)


def holds_password(url: str) -> bool:
    """Whether a password stands in a URL in clear, not as `${NAME}`: it would end in files, logs and histories."""
    return bool(_PASSWORD.search(url))


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
    stores = tuple(rows.pop("stores"))
    declared = Declared(**{name: tuple(found) for name, found in rows.items()})
    return Declarations(stores=stores, declared=declared, **company)


def _unknown_files(folder: Path) -> Iterator[str]:
    known = {"company", "stores", *FACTS}
    for file in sorted(folder.glob("*.y*ml")):
        if file.stem not in known:
            yield f"{file.name}: no such kind of declaration; there are {', '.join(sorted(known))}"
        elif file.suffix != ".yml":
            yield f"{file.name}: name it {file.stem}.yml"
