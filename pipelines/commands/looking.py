"""The live search behind a step of a request: recorded in the casebook's audit like every look-up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.casebook_options import secret_of

if TYPE_CHECKING:
    from pipelines.casebook.case import Case
    from pipelines.casebook.searching import Looked
    from pipelines.declarations import Declarations

REGISTER = click.option(
    "--register", required=True, envvar="DAICHO_REGISTER", help="台帳 the register: a file or an SQLAlchemy URL"
)


def declared_in(declarations: str | None) -> Declarations:
    """The declarations; raises UsageError where none are named."""
    from pipelines import declarations as declared

    if declarations is None:
        raise click.UsageError("--declarations（DAICHO_DECLARATIONS）を指定してください · name the declarations")
    return declared.load(declarations)


def looked(path: Path, account: str, declarations: str | None, register: str, case: Case) -> Looked:
    """The case's individual, looked up now."""
    from pipelines.casebook.lookups import recorder
    from pipelines.casebook.opening import CasebookFile
    from pipelines.casebook.provisions.finding import look_up
    from pipelines.casebook.sealing import keyring
    from pipelines.progress import progress
    from pipelines.register import Register

    file = CasebookFile(path, keyring())
    record = recorder(file, account, secret_of(account))
    known = declared_in(declarations)
    with progress("検索 searching", sum(store.holds_rows for store in known.stores)) as step:
        book = Register.open(register, create=False)
        return look_up(case, known, book, record, file.transaction, lambda _store: step(1))
