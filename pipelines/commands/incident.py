"""`daicho incident`: a breach, as far as the register knows it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.options import options

if TYPE_CHECKING:
    from pipelines.reports import Language


_FORMS = [f"%Y-%m-%d{between}%H:%M{more}" for between in "T " for more in ("", ":%S", "%z", ":%S%z")]


@click.command()
@click.argument("stores", nargs=-1, required=True)
@options("register")
@click.option(
    "--known-at",
    required=True,
    type=click.DateTime(_FORMS),
    metavar="YYYY-MM-DDTHH:MM",
    help="知った日時 when it became known; Japan's time, or with +00:00",
)
@click.option("--cause", default="", help="原因 an id of causes.yml: unauthorised_access, loss … [not known]")
@click.option("--dataset", "chosen", multiple=True, help="データの名前 only these datasets of the stores")
@click.option("--encrypted/--not-encrypted", default=None, help="高度な暗号化 strongly encrypted or not [not known]")
@click.option("--lang", "language", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="言語")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["md", "json", "docx"]),
    default="md",
    show_default=True,
    help="出力の形 output",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="書き出すファイル a file [the terminal]")
def incident(
    stores: tuple[str, ...],
    register: str,
    known_at: datetime,
    cause: str,
    chosen: tuple[str, ...],
    encrypted: bool | None,
    language: Language,
    shape: str,
    out: Path | None,
) -> None:
    """漏えい等の報告の下書き: what a breach of STORES is by the register, by when it is reported, what is still open.

    Nothing is invented: what the register cannot know stands as open, with whom to ask.
    """
    from pipelines.incident import IncidentError, assess
    from pipelines.incident.causes import causes
    from pipelines.incident.telling import told
    from pipelines.incident.writing import as_object, docx, markdown
    from pipelines.register import Register
    from pipelines.reports.writing import replacing

    if cause and cause not in causes():
        known = ", ".join(f"{row.id}（{row.ja}）" for row in causes().values())
        raise click.UsageError(f"--cause: {known}")
    if shape == "docx" and out is None:
        raise click.UsageError("--format docx には --out が要ります · needs --out")
    try:
        found = assess(Register.open(register, create=False), stores, known_at, cause, chosen, encrypted)
    except IncidentError as error:
        raise click.UsageError(str(error)) from None
    if shape == "json":
        content = (json.dumps(as_object(found), ensure_ascii=False, indent=2) + "\n").encode()
    else:
        lines = told(found, language)
        content = docx(lines) if shape == "docx" else markdown(lines).encode()
    if out is None:
        click.echo(content.decode(), nl=False)
        return
    try:
        click.echo(replacing(out, content))
    except OSError:
        raise click.UsageError(f"{out}: 書けません · cannot be written") from None


COMMANDS = (incident,)
