"""Opening a register: an SQLite file by default, any SQLAlchemy URL; what is no register is refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool, StaticPool

from pipelines.drivers import driven
from pipelines.register import schema
from pipelines.register.migrations import migrate

WAIT_SECONDS = 30
"""How long a writer waits for another one to finish before it says so."""


class RegisterError(Exception):
    """The register cannot be opened or written; the message says which, why and what to do (exit code 2)."""


def engine_of(location: str | Path, create: bool) -> sa.Engine:
    """An engine on a register of this schema, made where `create` allows; raises RegisterError."""
    url, name = _url(location, create)
    try:
        engine = _engine(url)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise RegisterError(f"{name}: no driver is installed for {url.drivername}") from None
    try:
        _prepare(engine, name, create)
    except SQLAlchemyError as error:
        raise RegisterError(f"{name}: {_reason(error)}") from None
    return engine


@contextmanager
def in_words(what: str) -> Iterator[None]:
    """Turns a driver's error, which quotes statements and their parameters, into a RegisterError."""
    try:
        yield
    except SQLAlchemyError as error:
        raise RegisterError(f"the register could not be {what}: {_reason(error)}") from None


def _url(location: str | Path, create: bool) -> tuple[sa.URL, str]:
    """The URL, and the register's name as messages may show it: no user, password or host."""
    text = str(location)
    if "://" not in text:
        return _file(Path(text), create), text
    from pipelines.declarations import MissingVariableError, expand, holds_password

    scheme = text.partition("://")[0]
    if holds_password(text):
        # it would stand in the parameters of flow runs, too
        raise RegisterError(f"the register's URL ({scheme}://…) holds a password: write ${{NAME}} in its place")
    try:
        url = sa.make_url(expand(text))
    except MissingVariableError as error:
        raise RegisterError(f"the register's URL: environment variable {error} is not set") from None
    except (ArgumentError, ValueError):
        raise RegisterError(f"the register's URL ({scheme}://…) cannot be parsed") from None
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        _file(Path(url.database), create)
    return url, f"{url.drivername}://…/{url.database or ''}"


def _file(path: Path, create: bool) -> sa.URL:
    if path.is_dir():
        raise RegisterError(f"{path}: is a folder; name a file, such as {path / 'register.sqlite'}")
    if not path.exists():
        if not create:
            raise RegisterError(f"{path}: no register here; `daicho scan` makes one")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise RegisterError(f"{path}: its folder cannot be made; choose one that can be written") from None
    return sa.URL.create("sqlite", database=str(path))


def _engine(url: sa.URL) -> sa.Engine:
    def dump(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    if url.get_backend_name() != "sqlite":
        # between two writes of a scan minutes may pass: no connection waits on a team's server meanwhile
        return sa.create_engine(driven(url), json_serializer=dump, poolclass=NullPool)
    arguments = {"timeout": WAIT_SECONDS, "check_same_thread": False}
    if url.database in (None, "", ":memory:"):
        # every connection of its own would be a register of its own
        engine = sa.create_engine(url, json_serializer=dump, poolclass=StaticPool, connect_args=arguments)
    else:
        engine = sa.create_engine(url, json_serializer=dump, connect_args=arguments)
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    return engine


def _prepare(engine: sa.Engine, name: str, create: bool) -> None:
    found = set(sa.inspect(engine).get_table_names())
    if not found & set(schema.metadata.tables):
        if found and engine.dialect.name == "sqlite":
            raise RegisterError(f"{name}: is a database, but not a register; name another file")
        if not create:
            raise RegisterError(f"{name}: holds no register yet; `daicho scan` makes one")
        _create(engine)
        return
    if schema.meta.name not in found:
        raise RegisterError(f"{name}: is a database, but not a register; name another one")
    with engine.connect() as connection:
        known = {str(key): str(value) for key, value in connection.execute(sa.select(schema.meta))}
    if known.get("application") != schema.APPLICATION:
        raise RegisterError(f"{name}: is a database, but not a register; name another one")
    version = known.get("schema_version", "")
    if not version.isdigit() or int(version) > schema.SCHEMA_VERSION:
        raise RegisterError(
            f"{name}: was written by a newer daicho (schema {version or 'unknown'}, this one knows "
            f"{schema.SCHEMA_VERSION}); upgrade daicho or name another register"
        )
    if int(version) < schema.SCHEMA_VERSION:
        with engine.begin() as connection:
            # of several that open it at once the first migrates, the others wait and find it done
            query = sa.select(schema.meta.c.value).where(schema.meta.c.key == "schema_version").with_for_update()
            migrate(connection, int(connection.execute(query).scalar_one()))


def _create(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        schema.metadata.create_all(connection)
        rows = {"application": schema.APPLICATION, "schema_version": str(schema.SCHEMA_VERSION)}
        connection.execute(sa.insert(schema.meta), [{"key": key, "value": value} for key, value in rows.items()])


_REASONS = {
    "not a database": "is not a register (no database at all); name another file",
    "malformed": "is damaged; restore it from a backup, or name another file and scan again",
    "readonly": "cannot be written; give write access to the file and its folder, or name another one",
    "unable to open": "cannot be opened; check that the file and its folder can be read and written",
    "locked": f"another run has been writing for more than {WAIT_SECONDS} s; try again when it is done",
    "disk is full": "the disk is full",
    "no such column": "its tables are not those of a register; name another file",
    "no such table": "its tables are not those of a register; name another file",
}


def _reason(error: SQLAlchemyError) -> str:
    """What went wrong, in own words: a driver's message may quote a statement, a path, a user or a host."""
    message = str(getattr(error, "orig", None) or "").lower()
    for word, reason in _REASONS.items():
        if word in message:
            return reason
    return f"the database did not answer ({type(error).__name__}); check its URL, its network and its rights"
