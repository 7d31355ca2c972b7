"""How a command gets at the casebook: its file, its policy, who is at work. No secret on a command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from expectations.policy import Policy
    from pipelines.casebook.book import Casebook
    from pipelines.casebook.hands import Hand

Command = TypeVar("Command", bound=Callable[..., Any])
SECRET = "DAICHO_ACCOUNT_SECRET"  # noqa: S105 - a name
"""The variable (or the line of the secrets file) that holds the secret of the account at work."""
FILE = click.option(
    "--casebook",
    "path",
    required=True,
    envvar="DAICHO_CASEBOOK",
    type=click.Path(path_type=Path),
    help="受付台帳 the casebook's file [DAICHO_CASEBOOK]",
)
ACCOUNT = click.option(
    "--account", required=True, envvar="DAICHO_ACCOUNT", help="口座 your account (its secret is asked) [DAICHO_ACCOUNT]"
)
DECLARATIONS = click.option(
    "--declarations",
    envvar="DAICHO_DECLARATIONS",
    type=click.Path(),
    help="宣言のフォルダ declarations with the adopted policy [DAICHO_DECLARATIONS; the shipped policy]",
)
FORMAT = click.option(
    "--format", "shape", type=click.Choice(["table", "json"]), default="table", help="出力の形 output"
)


def at_work(command: Command) -> Command:
    """The options of every command that somebody does on a casebook."""
    for option in (DECLARATIONS, ACCOUNT, FILE):
        command = option(command)
    return command


def opened(path: Path, account: str, declarations: str | None) -> tuple[Casebook, Hand]:
    """The casebook, and whoever is at work, proven; raises CasebookError."""
    from pipelines.casebook.book import Casebook
    from pipelines.casebook.sealing import keyring

    book = Casebook(path, keyring(), policy(declarations))
    return book, book.prove(account, secret_of(account))


def policy(declarations: str | None) -> Policy:
    """The policy as the company adopted it, or the shipped one."""
    from expectations.policy import Adoption, load

    if declarations is None:
        return load(Adoption.model_fields["adopts"].default)
    from pipelines import declarations as declared

    known = declared.load(declarations)
    return load(known.policy.adopts).adopt(known.policy, known.company.name, known.company.name_en)


def private(out: Path, content: bytes) -> None:
    """Write a file that is its owner's alone; raises CasebookError where there is one already."""
    from pipelines.casebook.sealing import CasebookError
    from pipelines.private_files import PrivateFileError, make

    try:
        make(out)
    except PrivateFileError as error:
        raise CasebookError(str(error)) from None
    out.write_bytes(content)


def secret_of(account: str) -> str:
    """The account's secret: from the environment, the secrets file, or asked at the terminal."""
    from pipelines.declarations import MissingVariableError, expand

    try:
        return expand(f"${{{SECRET}}}")
    except MissingVariableError:
        given: str = click.prompt(f"{account} の秘密 secret", hide_input=True, err=True)
        return given


def new_secret(name: str) -> str:
    """A new secret: typed twice by its owner, or the first line of standard input."""
    if sys.stdin.isatty():
        given: str = click.prompt(
            f"{name} の新しい秘密 new secret", hide_input=True, confirmation_prompt=True, err=True
        )
        return given
    return sys.stdin.readline().rstrip("\n")
