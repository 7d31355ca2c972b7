"""`daicho policy`: a company's own policy, drafted from its text, proofread, and laid beside another wording."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def policy() -> None:
    """自社の公表文を方針にする: draft a policy from its published text, lint it, and see what a new wording changes."""


@policy.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="書き出す YAML file to write [standard output]"
)
def draft(file: Path, out: Path | None) -> None:
    """公表文（.txt .md .html .pdf .docx）から方針の下書きを作る: draft a policy file from a published text."""
    from expectations.drafting import draft as drafted
    from pipelines.policy.reading import lines_of
    from pipelines.policy.writing import written

    document = drafted(lines_of(file), _id_of(file))
    text = written(document)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text)
    click.echo(
        f"本人の区分 {len(document['categories'])} 件、利用目的 {len(document['purposes'])} 件、"
        f"第三者提供の根拠 {len(document['third_parties']['grounds'])} 件、人が決めること {len(document['decide'])} 件"
        f" · {len(document['categories'])} categories, {len(document['purposes'])} purposes,"
        f" {len(document['third_parties']['grounds'])} grounds, {len(document['decide'])} to decide",
        err=True,
    )


def _id_of(file: Path) -> str:
    """A policy's id from its file's name: what an identifier may hold of it."""
    made = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in file.stem.lower()).strip("-")
    return made or "own-policy"


def _write(out: Path, text: str) -> None:
    if out.exists():
        # a person may have decided things in it
        raise click.UsageError(f"--out {out}: すでにあります。別の名前にします · is there already: choose another name")
    try:
        out.write_text(text, encoding="utf-8")
    except OSError:
        raise click.UsageError(f"--out {out}: 書き込めません · cannot be written") from None
