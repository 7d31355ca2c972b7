"""A declarations file as rows: read, checked against its model, and what is wrong said in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError


def company_of(file: Path, models: Mapping[str, type[BaseModel]], wrong: list[str]) -> dict[str, Any]:
    """The parts of `company.yml`, each by its model; what is wrong is added to `wrong`."""
    found = len(wrong)
    document = _mapping(file, wrong)
    if len(wrong) > found:
        return {}
    wrong += [f"{file.name}: {unknown_key(key, models)}" for key in document.keys() - models]
    parsed: dict[str, Any] = {}
    for key, model in models.items():
        try:
            parsed[key] = model.model_validate(document.get(key) or {})
        except ValidationError as error:
            wrong += [f"{file.name}, {key}: {problem}" for problem in _problems(error, model)]
    return parsed


def _mapping(file: Path, wrong: list[str]) -> dict[str, Any]:
    if not file.exists():
        wrong.append(f"{file.name}: ファイルがありません · is missing")
        return {}
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        wrong.append(f"{file.name}: is not UTF-8")
        return {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        wrong.append(f"{file.name}{where}: is not YAML ({getattr(error, 'problem', 'unreadable')})")
        return {}
    if document is None:
        return {}
    if not isinstance(document, dict):
        wrong.append(f"{file.name}: must be a mapping with the key it is named after")
        return {}
    return document


def rows_of(file: Path, key: str, model: type[BaseModel], wrong: list[str]) -> tuple[list[Any], list[str]]:
    """The good rows of a file, and the ids of all its rows: a reference to a wrong row is no second fault."""
    found = len(wrong)
    document = _mapping(file, wrong)
    if len(wrong) > found:
        return [], []
    raw_rows = document.get(key)
    wrong += [f"{file.name}: unknown key {other!r}, expected {key!r}" for other in document.keys() - {key}]
    if not isinstance(raw_rows, list):
        wrong.append(f"{file.name}: {key!r} must be a list of rows")
        return [], []
    good, ids = [], []
    row_type: TypeAdapter[Any] = TypeAdapter(model)
    for number, raw in enumerate(raw_rows, start=1):
        name = raw.get("id") or raw.get("site") if isinstance(raw, dict) else None
        ids.append(str(name or ""))
        try:
            good.append(row_type.validate_python(raw))
        except ValidationError as error:
            where = f"{file.name}, row {number}" + (f" ({name})" if name else "")
            wrong += [f"{where}: {problem}" for problem in _problems(error, model)]
    return good, ids


_WORDED = {
    "missing": "必要です · is required",
    "string_type": "文字列にしてください（引用符で囲む） · must be a string (put it in quotes)",
    "tuple_type": "リストにしてください（- または [ ] で） · must be a list",
    "date_from_datetime_parsing": "日付（YYYY-MM-DD）にしてください · must be a date",
    "date_type": "日付（YYYY-MM-DD）にしてください · must be a date",
    "model_type": "項目の組（キー: 値）にしてください · must be a mapping",
}
"""Pydantic's kinds of error in our words; the input is left out: a wrong row may hold what must not be printed."""


def _problems(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        where = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            said = unknown_key(str(problem["loc"][-1]), model.model_fields)
        else:
            # our own validators' sentences as they stand: `${NAME}` is no `${name}`
            own = problem["msg"].removeprefix("Value error, ")
            said = _WORDED.get(problem["type"], own if problem["type"] == "value_error" else own.lower())
        yield f"{where}: {said}" if where else said


def unknown_key(key: str, known: Iterable[str]) -> str:
    """That a key is not known, and which was probably meant."""
    return f"{key!r} は知らないキーです · unknown key{nearest(key, known)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, in brackets; '' where none is near."""
    near = get_close_matches(word, list(known), n=1)
    return f"（{near[0]} ?）" if near else ""
