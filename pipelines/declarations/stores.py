"""The stores as people declare them: where they lie, whose they are, and how far they may be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from pipelines.declarations.credentials import expand, holds_password
from pipelines.declarations.windows import Window
from pipelines.stores import Level
from pipelines.stores.limits import LEVELS, least

OF_STATEMENTS = ("sql_scripts", "dbt", "query_log")
"""Kinds of stores that hold SQL and no rows: nobody's data lies there."""
UNREACHABLE = ("paper", "saas", "backup", "camera", "other")
"""Kinds of store that no scanner reaches: they stand in the register all the same, with an owner to ask."""


Catalogue = Literal["openmetadata", "datahub"]


class Row(BaseModel):
    """A row of a declarations file: no other keys, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkedColumn(Row):
    """The column that a link points at."""

    store: str = ""
    """'' the store of the column that points."""
    dataset: str
    """As the register shows it."""
    column: str


class LinkDeclaration(Row):
    """A column that holds another dataset's number, in whichever store: a look-up follows it to the person's rows."""

    column: str
    to: LinkedColumn
    prefix: str = ""
    """What stands before the number in `column` alone: M where M000123 is customer 123."""


class DatasetDeclaration(Row):
    """What people know of one dataset of a store."""

    name: str
    """As the register shows it."""
    label: str = ""
    contract: str = ""
    links: tuple[LinkDeclaration, ...] = ()
    """Links that no foreign key declares."""


CONNECTIONS = 4
"""To a database at once, where its row says nothing."""


class StoreDeclaration(Row):
    """One store (データストア): one row of `stores.yml`."""

    id: str = Field(pattern=r"^\S+$")
    kind: str
    path: str = ""
    """A file or folder, relative to the working directory. `${NAME}` and `${NAME:-default}` are filled in."""
    url: str = ""
    """An SQLAlchemy URL, or a place in an object storage, filled in likewise: a password stands in the environment."""
    label: str = ""
    owner: str = ""
    country: str = "JP"
    custody: Literal["own", "entrusted"] | None = None
    """Said by people; None leaves it to what the scan sees."""
    contract: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Files, databases or buckets, by their exact names, that another store opens: neither listed here nor told as left
    out. Of declared databases and buckets of the same server this is known already."""
    connections: int | None = Field(default=None, ge=1)
    """So many pieces of it are read at once, no more; None: of a database four, of files as workers are there."""
    window: Window | None = None
    """When it may be read; None: at any time."""
    datasets: tuple[DatasetDeclaration, ...] = ()
    reads: tuple[str, ...] = ()
    """Of a store of SQL: the stores whose tables its statements name; none named, every declared database."""
    dialect: str = ""
    """Of a store of SQL: which database it is written for, as sqlglot or SQLAlchemy call it; '' guesses."""
    users_content: bool = False
    """Whether users of the company's services keep content of their own there: tenants, messages (通信の秘密)."""
    read_level: Level | None = None
    """How far it may be read; None: as far as needs nobody's leave (`default_level`)."""
    mail_level: Level | None = None
    """How far its mails may be read; None: their folders, senders and contents are not opened."""
    catalogues: Mapping[Catalogue, str] = {}
    """What data catalogues call it: OpenMetadata's `service.database.schema`, DataHub's `platform:database.schema`."""
    allowed_by: str = ""
    """Who allowed a level beyond the default: an office or a role, for instance 個人情報保護管理者."""
    allowed_on: date | None = None

    @property
    def default_level(self) -> Level:
        """Mails, what users keep and what others entrusted are not opened unless somebody allows it."""
        guarded = self.kind == "mails" or self.users_content or self.custody == "entrusted"
        return "metadata" if guarded else "sample"

    @property
    def level(self) -> Level:
        """How far the store may be read."""
        return self.read_level or self.default_level

    @property
    def mails(self) -> Level:
        """How far its mails may be read: never further than the store."""
        return self.level if self.kind == "mails" else least(self.level, self.mail_level or "metadata")

    @property
    def at_once(self) -> int | None:
        """How many pieces of it may be read at once, over all workers; None: any number."""
        return self.connections or (CONNECTIONS if self.kind == "sql" else None)

    @property
    def is_reachable(self) -> bool:
        """Whether a scanner can reach it at all."""
        return self.kind not in UNREACHABLE

    @property
    def holds_rows(self) -> bool:
        """Whether it holds records at all, and not only what SQL does with those of others."""
        return self.kind not in OF_STATEMENTS

    def dataset(self, name: str) -> DatasetDeclaration:
        """What is declared of the dataset of that name; an empty declaration where nothing is."""
        return next((row for row in self.datasets if row.name == name), DatasetDeclaration(name=name))

    @field_validator("reads", mode="before", json_schema_input_type=str | tuple[str, ...])
    @classmethod
    def _one_or_several(cls, reads: object) -> object:
        return (reads,) if isinstance(reads, str) else reads

    @field_validator("dialect")
    @classmethod
    def _is_a_dialect(cls, dialect: str) -> str:
        from classifiers.statements.dialects import NAMES, dialect_named

        if dialect and not dialect_named(dialect):
            listed = ", ".join(sorted(NAMES))
            raise ValueError(f"その方言の SQL は読めません · no such dialect of SQL; there are {listed}")
        return dialect

    @model_validator(mode="after")
    def _has_one_location(self) -> StoreDeclaration:
        if not self.is_reachable:
            if self.path or self.url:
                raise ValueError(
                    f"種類 {self.kind} は走査できないので、path も url も書きません"
                    f" · a store of kind {self.kind} has neither path nor url: nobody can open it"
                )
            if not self.owner:
                raise ValueError(
                    f"種類 {self.kind} には owner（確かめる相手）が必要です"
                    f" · a store of kind {self.kind} needs an owner: there is nobody else to ask"
                )
            return self
        if bool(self.path) == bool(self.url):
            raise ValueError("path か url のどちらか一つを書きます · give either a path or a url")
        if holds_password(self.path or self.url):
            raise ValueError(
                "パスワードがあります。${NAME} と書き、値は環境変数 NAME に置きます"
                " · holds a password: write ${NAME} in its place and set NAME in the environment"
            )
        return self

    @model_validator(mode="after")
    def _says_who_allowed(self) -> StoreDeclaration:
        beyond = LEVELS.index(self.level) > LEVELS.index(self.default_level)
        opens_mails = LEVELS.index(self.mails) > LEVELS.index("metadata")
        if (beyond or opens_mails) and not (self.allowed_by and self.allowed_on):
            what = "read_level" if beyond else "mail_level"
            raise ValueError(
                f"{what} が既定より深いので、誰がいつ許したかを allowed_by と allowed_on に書きます"
                f" · {what} goes beyond the default: say in allowed_by and allowed_on who allowed it and when"
            )
        return self

    def location(self, environment: Mapping[str, str] | None = None) -> str:
        """The path or URL with its variables filled in; raises MissingVariableError."""
        return expand(self.path or self.url, environment)
