"""Rows written below those of a file of declarations, whose lines and remarks stay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel


def append(folder: Path, kind: str, rows: Iterable[BaseModel], remark: str = "") -> Path:
    """Write rows of a kind below those of `<kind>.yml`, which begins with a remark where it is new; raises OSError."""
    path = folder / f"{kind}.yml"
    text = path.read_text(encoding="utf-8") if path.exists() else f"{remark}{kind}:\n"
    if text.rstrip().endswith(f"{kind}: []"):
        text = text.rstrip().removesuffix(" []") + "\n"
    path.write_text(f"{text.rstrip()}\n{''.join(map(_row, rows))}", encoding="utf-8")
    return path


def _row(row: BaseModel) -> str:
    # JSON in YAML: every word in quotes, so that no id is taken for a number
    return f"  - {json.dumps(row.model_dump(mode='json', exclude_defaults=True), ensure_ascii=False)}\n"
