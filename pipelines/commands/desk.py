"""`daicho desk`: the web app for the privacy team and the responders, and the accounts it keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from pipelines.commands.casebook_options import new_secret

if TYPE_CHECKING:
    from pipelines.desk.accounts import AccountsFile

Command = TypeVar("Command", bound=Callable[..., Any])


def accounts_file(required: bool) -> Callable[[Command], Command]:
    """The option that names the file of the desk's accounts."""
    return click.option(
        "--accounts",
        required=required,
        envvar="DAICHO_DESK_ACCOUNTS",
        type=click.Path(path_type=Path, dir_okay=False),
        help="机の口座のファイル the file of the desk's accounts [DAICHO_DESK_ACCOUNTS]",
    )


@click.group(invoke_without_command=True)
@click.option(
    "--declarations", envvar="DAICHO_DECLARATIONS", type=click.Path(path_type=Path), help="宣言 [DAICHO_DECLARATIONS]"
)
@click.option("--register", envvar="DAICHO_REGISTER", help="台帳 the register [DAICHO_REGISTER]")
@accounts_file(required=False)
@click.option(
    "--casebook",
    envvar="DAICHO_CASEBOOK",
    type=click.Path(path_type=Path),
    help="受付台帳 the casebook; without it no requests [DAICHO_CASEBOOK]",
)
@click.option(
    "--stop-list",
    envvar="DAICHO_STOP_LIST",
    type=click.Path(path_type=Path, dir_okay=False),
    help="停止リスト the stop list, for opt-outs and unsubscribing [DAICHO_STOP_LIST]",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受ける番地 the address it listens on")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535), help="番号 port")
@click.option(
    "--behind-proxy",
    metavar="NAME",
    default="",
    help="リバースプロキシの後ろで、ブラウザが呼ぶ名前 the name browsers call, behind a reverse proxy with TLS",
)
@click.option(
    "--user-header",
    metavar="NAME",
    default="",
    help="プロキシが認証した利用者のヘッダー the header that names whom the proxy signed in (OpenID Connect)",
)
@click.pass_context
def desk(
    context: click.Context,
    declarations: Path | None,
    register: str | None,
    accounts: Path | None,
    casebook: Path | None,
    stop_list: Path | None,
    host: str,
    port: int,
    behind_proxy: str,
    user_header: str,
) -> None:
    """台帳の机を開く: a local web app on the register and the casebook (docs/desk.md)."""
    if context.invoked_subcommand:
        return
    if declarations is None or register is None or accounts is None:
        raise click.UsageError("--declarations、--register、--accounts が要ります · are needed")
    if user_header and not behind_proxy:
        raise click.UsageError("--user-header は --behind-proxy と使います · goes with --behind-proxy")
    from pipelines.desk.settings import Settings, checked, proxy_of

    proxy = proxy_of(behind_proxy, user_header) if behind_proxy else None
    settings = checked(
        Settings(
            declarations=declarations,
            register=register,
            accounts=accounts,
            casebook=casebook,
            stop_list=stop_list,
            host=host,
            port=port,
            proxy=proxy,
        )
    )
    from pipelines.desk.app import app_of
    from pipelines.desk.desk import Desk
    from pipelines.desk.serving import serve

    serve(app_of(Desk(settings)), settings, lambda where: click.echo(f"台帳の机 {where} （Ctrl+C で終了 to end）"))


@desk.group()
def account() -> None:
    """机の口座: accounts of data engineers and of the privacy team. Responders have theirs in the casebook."""


@account.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice(["engineer", "privacy"]), help="役割 role")
@accounts_file(required=True)
def add_account(accounts: Path, name: str, role: Literal["engineer", "privacy"]) -> None:
    """口座を加える: add an account; its owner types its secret, or it is the first line of standard input."""
    from pipelines.desk.accounts import AccountsFile

    secret = new_secret(name)
    file = AccountsFile(accounts) if accounts.exists() else AccountsFile.start(accounts)
    file.add(name, role, secret)
    click.echo(f"{name}: {role} を加えました · added")


@account.command("secret")
@click.argument("name")
@accounts_file(required=True)
def change_secret(accounts: Path, name: str) -> None:
    """秘密を変える: give an account another secret."""
    file = _file(accounts)
    file.change_secret(name, new_secret(name))
    click.echo(f"{name}: 秘密を変えました · changed")


@account.command("disable")
@click.argument("name")
@accounts_file(required=True)
def disable_account(accounts: Path, name: str) -> None:
    """口座を閉じる: close an account; whoever is signed in with it is out within a minute."""
    _file(accounts).disable(name)
    click.echo(f"{name}: 口座を閉じました · closed")


@account.command("list")
@accounts_file(required=True)
def list_accounts(accounts: Path) -> None:
    """口座の一覧: every account and its role."""
    for one in _file(accounts).listed():
        click.echo(f"{one.name}\t{one.role}\t{f'closed {one.disabled_at}' if one.disabled_at else ''}".rstrip())


def _file(accounts: Path) -> AccountsFile:
    from pipelines.desk.accounts import AccountsFile

    return AccountsFile(accounts)


COMMANDS = (desk,)
