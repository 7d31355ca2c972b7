"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
FAIL_ON = ("findings", "new", "incomplete")


def options(*names: str) -> Callable[[Command], Command]:
    """The options of those names, in that order."""
    known = {
        "declarations": click.option(
            "--declarations", required=True, type=click.Path(), help="宣言のフォルダ folder of declarations"
        ),
        "register": click.option("--register", required=True, help="台帳 the register: a file or an SQLAlchemy URL"),
        "out": click.option("--out", required=True, type=click.Path(), help="報告書の出力先 folder for reports"),
        "no_out": click.option("--out", expose_value=False, type=click.Path(), help="走査では使わない not used here"),
        "as_of": click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            callback=lambda _context, _option, value: value and value.date(),
            help="基準日 judge as of this day [today]",
        ),
        "shape": click.option(
            "--format",
            "shape",
            type=click.Choice(["table", "jsonl"]),
            default="table",
            show_default=True,
            help="出力の形 output",
        ),
        "rows": click.option(
            "--rows",
            type=click.IntRange(min=1),
            default=1000,
            show_default=True,
            help="読む行数 random rows read a dataset",
        ),
        "seed": click.option("--seed", default=0, show_default=True, help="乱数の種 seed of the sample"),
        "full": click.option(
            "--full", is_flag=True, help="許された保管場所は全件読む read all rows where read_level allows it"
        ),
        "anew": click.option("--anew", is_flag=True, help="変化のないものも読み直す read what has not changed, too"),
        "resume": click.option("--resume", is_flag=True, help="中断した走査を続ける go on with a scan that broke off"),
        "runner": click.option(
            "--runner",
            type=click.Choice(["here", "processes", "dask"]),
            default="here",
            show_default=True,
            help="読む場所 where to read: この一つで in this process, 並列 in several of this machine, Dask のクラスタ",
        ),
        "workers": click.option(
            "--workers", type=click.IntRange(min=0), default=0, help="並列の数 how many processes [one a core]"
        ),
        "scheduler": click.option("--scheduler", default="", help="Dask のスケジューラ tcp://HOST:PORT"),
        "baseline": click.option(
            "--baseline", type=click.Path(path_type=Path), help="把握済みの指摘 known findings: new are the others"
        ),
        "severity": click.option(
            "--severity",
            type=click.Choice(["info", "warning", "error"]),
            default="info",
            show_default=True,
            help="findings と new が問う重さ the least grave finding that --fail-on findings and new mean",
        ),
        "fail_on": click.option("--fail-on", multiple=True, type=click.Choice(FAIL_ON), help="exit 1 on these"),
    }

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = known[name](command)
        return command

    return add
