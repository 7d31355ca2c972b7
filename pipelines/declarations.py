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

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

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
from pipelines.stores import kinds

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
        raise DeclarationsError(f"{folder}: no such folder of declarations; it must hold company.yml and stores.yml")
    wrong: list[str] = []
    company = _mapping(folder / "company.yml", wrong)
    rows = {"stores": _rows(folder / "stores.yml", "stores", StoreDeclaration, wrong)}
    for name, model in FACTS.items():
        if (folder / f"{name}.yml").exists():
            rows[name] = _rows(folder / f"{name}.yml", name, model, wrong)
    wrong += _unknown_files(folder)
    parsed: dict[str, Any] = {}
    for key, model in (("company", Company), ("policy", Adoption)):
        try:
            parsed[key] = model.model_validate(company.get(key) or {})
        except ValidationError as error:
            wrong += [f"company.yml, {key}: {problem}" for problem in _problems(error)]
    wrong += [f"company.yml: unknown key {key!r}" for key in company.keys() - {"company", "policy"}]
    wrong += _broken_references(rows)
    wrong += [
        f"stores.yml ({store.id}): no such kind {store.kind!r}; there are {', '.join(kinds())}"
        for store in rows["stores"]
        if store.kind not in kinds()
    ]
    if wrong:
        raise DeclarationsError("\n".join([f"{folder}: {len(wrong)} thing(s) to mend", *(f"  {w}" for w in wrong)]))
    stores = tuple(rows.pop("stores"))
    return Declarations(stores=stores, declared=Declared(**{k: tuple(v) for k, v in rows.items()}), **parsed)


def _mapping(file: Path, wrong: list[str]) -> dict[str, Any]:
    if not file.exists():
        wrong.append(f"{file.name}: is missing")
        return {}
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        wrong.append(f"{file.name}: is not UTF-8")
        return {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        wrong.append(f"{file.name}{where}: is not YAML ({getattr(error, 'problem', 'unreadable')})")
        return {}
    if document is None:
        return {}
    if not isinstance(document, dict):
        wrong.append(f"{file.name}: must be a mapping with the key it is named after")
        return {}
    return document


def _rows(file: Path, key: str, model: type[BaseModel], wrong: list[str]) -> list[Any]:
    found = len(wrong)
    document = _mapping(file, wrong)
    if len(wrong) > found:
        return []
    raw_rows = document.get(key)
    wrong += [f"{file.name}: unknown key {other!r}, expected {key!r}" for other in document.keys() - {key}]
    if not isinstance(raw_rows, list):
        wrong.append(f"{file.name}: {key!r} must be a list of rows")
        return []
    good = []
    row_type: TypeAdapter[Any] = TypeAdapter(model)
    for number, raw in enumerate(raw_rows, start=1):
        name = raw.get("id") or raw.get("site") if isinstance(raw, dict) else None
        try:
            good.append(row_type.validate_python(raw))
        except ValidationError as error:
            where = f"{file.name}, row {number}" + (f" ({name})" if name else "")
            wrong += [f"{where}: {problem}" for problem in _problems(error)]
    return good


def _problems(error: ValidationError) -> Iterator[str]:
    # the input is left out: a wrong row may hold what must not be printed
    for problem in error.errors(include_input=False, include_url=False):
        where = ".".join(str(part) for part in problem["loc"])
        advice = " (put it in quotes)" if problem["type"] == "string_type" else ""
        yield f"{where}: {problem['msg'].lower()}{advice}" if where else problem["msg"].lower()


def _unknown_files(folder: Path) -> Iterator[str]:
    known = {"company", "stores", *FACTS}
    for file in sorted(folder.glob("*.y*ml")):
        if file.stem not in known:
            yield f"{file.name}: no such kind of declaration; there are {', '.join(sorted(known))}"
        elif file.suffix != ".yml":
            yield f"{file.name}: name it {file.stem}.yml"


def _broken_references(rows: Mapping[str, list[Any]]) -> Iterator[str]:
    ids = {name: [str(getattr(row, "id", "") or getattr(row, "site", "")) for row in rows[name]] for name in rows}
    for name, found in ids.items():
        for twice in sorted({one for one in found if found.count(one) > 1}):
            yield f"{name}.yml: id {twice!r} stands twice"
    targets = {"contract": "contracts", "consent": "consents", "exception": "exceptions", "notice": "notices"}
    for name, found in rows.items():
        for row in found:
            where = f"{name}.yml ({getattr(row, 'id', '')})"
            for key, target in targets.items():
                if (value := getattr(row, key, "")) and value not in ids.get(target, ()):
                    yield f"{where}: {key} {value!r} is not in {target}.yml"
            if (source := getattr(row, "source", None)) and source.store not in ids["stores"]:
                yield f"{where}: store {source.store!r} is not in stores.yml"
            for dataset in getattr(row, "datasets", ()):
                if dataset.contract and dataset.contract not in ids.get("contracts", ()):
                    yield f"{where}: dataset {dataset.name!r}: contract {dataset.contract!r} is not in contracts.yml"
    yield from _contracts_the_wrong_way_round(rows)


def _contracts_the_wrong_way_round(rows: Mapping[str, list[Any]]) -> Iterator[str]:
    """A store's contract is the one under which its data came to us; what we entrust is a provision's."""
    ours = {contract.id for contract in rows.get("contracts", ()) if contract.direction == "entrusted_by_us"}
    for store in rows["stores"]:
        for contract in sorted({store.contract, *(dataset.contract for dataset in store.datasets)} & ours):
            yield f"stores.yml ({store.id}): contract {contract!r} entrusts data to others; it belongs to a provision"
