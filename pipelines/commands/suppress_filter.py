"""`daicho suppress filter`: an export without the rows of those who are on the stop list."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from pipelines.commands.suppress import FOR, LIST, suppress

if TYPE_CHECKING:
    from pipelines.suppression.exports import Export, Format, NameOnly

_SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


@suppress.command("filter")
@LIST
@FOR
@click.argument("source", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="出力先 [standard output]")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["csv", "tsv", "jsonl", "parquet"]),
    help="形 format [by the file's name, csv]",
)
@click.option("--encoding", default="utf-8", show_default=True, help="CSV の文字コード encoding of CSV (cp932 …)")
@click.option("--column", "columns", multiple=True, metavar="列名=項目", help="列の項目 a column's data category")
@click.option(
    "--name-only",
    type=click.Choice(["hold", "pass"]),
    default="hold",
    show_default=True,
    help="確認を要する行 rows for a person to check, as by a name alone",
)
@click.option(
    "--held", type=click.Path(dir_okay=False, path_type=Path), help="止めた行の番号を書く held rows by number"
)
def filter_rows(
    path: Path,
    what: tuple[str, ...],
    source: Path | None,
    out: Path | None,
    shape: Format | None,
    encoding: str,
    columns: tuple[str, ...],
    name_only: NameOnly,
    held: Path | None,
) -> None:
    """出力から該当者を除く: write the rows that may leave; counts of what was held back go to standard error."""
    from pipelines.suppression import exports
    from pipelines.suppression.standing import stops

    named = _named(columns)
    entries = stops(path, what)
    shape = shape or _SUFFIXES.get(source.suffix.lower() if source else "", "csv")
    unfinished = out and out.with_name(f"{out.name}.part")
    with ExitStack() as stack:
        read: IO[bytes] = stack.enter_context(source.open("rb")) if source else sys.stdin.buffer
        write: IO[bytes] = stack.enter_context(_new(unfinished)) if unfinished else sys.stdout.buffer
        told = stack.enter_context(_new(held)) if held else None
        export = exports.Export(entries, named, name_only, told)
        if shape == "jsonl":
            pieces = exports.json_lines(read, write)
        elif shape == "parquet":
            pieces = exports.parquet(read, write)
        else:
            pieces = exports.delimited(read, write, encoding, "\t" if shape == "tsv" else ",")
        try:
            export.run(pieces)
        except BaseException:
            if unfinished:
                unfinished.unlink(missing_ok=True)
            raise
        write.flush()
    if out and unfinished:
        unfinished.replace(out)
    _report(export)


def _new(path: Path) -> IO[bytes]:
    """A file that its owner alone reads."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb")


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    from classifiers.vocabulary import data_categories

    named = dict(one.rpartition("=")[::2] for one in columns)
    if unknown := sorted(set(named.values()) - data_categories().keys()):
        raise click.UsageError(f"--column: 項目 {', '.join(unknown)} はありません · no such data category")
    return named


def _report(export: Export) -> None:
    from classifiers.masking import mask_identifier
    from classifiers.tags import NOT_PERSONAL

    personal = [(name, kind) for name, kind in export.columns.items() if kind != NOT_PERSONAL]
    click.echo("列 columns: " + "、".join(f"{mask_identifier(name)}={kind}" for name, kind in personal), err=True)
    counts = export.counts
    ja = f"全{counts.rows:,}行のうち出力{counts.left:,}行、停止リスト{counts.stopped:,}行、要確認{counts.doubtful:,}行"
    en = f"{counts.left:,} of {counts.rows:,} rows left, {counts.stopped:,} on the list, {counts.doubtful:,} to check"
    click.echo(f"{ja} · {en}", err=True)


COMMANDS = ()
