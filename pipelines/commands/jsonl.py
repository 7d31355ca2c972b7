"""Output for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click


def print_jsonl(rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line, its text as it is."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))
