"""`daicho policy`: a company's own policy, drafted from its text, proofread, and laid beside another wording."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.commands.jsonl import print_jsonl
from pipelines.commands.options import options

if TYPE_CHECKING:
    from expectations.policy import Policy


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


@policy.command()
@click.argument("source", metavar="POLICY")
@options("as_of", "shape")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), help="exit 1 on these, and on graver ones")
def lint(source: str, as_of: date | None, shape: str, fail_on: str | None) -> None:
    """方針の文面を点検する: proofread a policy file, a draft, or a published text, against the Act."""
    from expectations.linting import SEVERITIES
    from expectations.linting import lint as linted
    from pipelines.clock import today
    from pipelines.policy.showing import print_findings

    found = linted(_policy_of(source), as_of or today())
    if shape == "jsonl":
        print_jsonl(one._asdict() for one in found)
    else:
        print_findings(found)
    if fail_on and any(SEVERITIES.index(one.severity) <= SEVERITIES.index(fail_on) for one in found):
        raise click.exceptions.Exit(1)


@policy.command()
@click.argument("old")
@click.argument("new")
@click.option("--register", help="台帳 the register: a file or an SQLAlchemy URL; only read")
@click.option("--declarations", type=click.Path(), help="宣言のフォルダ folder of declarations")
@options("as_of", "shape")
def diff(old: str, new: str, register: str | None, declarations: str | None, as_of: date | None, shape: str) -> None:
    """二つの文面を比べる: rows added, removed, reworded; with a register, which verdicts would change (art 17(2))."""
    if bool(register) != bool(declarations):
        raise click.UsageError("--register と --declarations は一緒に指定します · name both of them, or neither")
    from expectations.rewording import changes
    from pipelines.policy.showing import print_changes, print_flips

    before, after = _policy_of(old), _policy_of(new)
    rows = changes(before, after)
    if shape == "jsonl":
        print_jsonl({"row": "change", **one._asdict()} for one in rows)
    else:
        print_changes(rows, len(after.decide))
    if register and declarations:
        from pipelines import declarations as declared
        from pipelines.clock import today
        from pipelines.policy.rejudging import flips
        from pipelines.register import Register

        known, book = declared.load(declarations), Register.open(register, create=False)
        found = list(flips(before, after, known, book, as_of or today()))
        if shape == "jsonl":
            print_jsonl({"row": "verdict", **one._asdict()} for one in found)
        else:
            print_flips(found)


def _policy_of(source: str) -> Policy:
    """A policy by its name or file, or as it is drafted from a published text."""
    from expectations.policy import Policy, read
    from expectations.proofreading import proofread
    from pipelines.policy.reading import SUFFIXES

    file = Path(source)
    if file.suffix.lower() not in SUFFIXES:
        return read(source)
    from expectations.drafting import draft as drafted
    from pipelines.policy.reading import lines_of
    from pipelines.policy.writing import written

    return proofread(Policy, written(drafted(lines_of(file), _id_of(file))), file.name)


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


COMMANDS = (policy,)
