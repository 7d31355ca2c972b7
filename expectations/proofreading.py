"""A policy file read strictly: every bad row named at once, with its field and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from expectations.crossreading import contradictions

Model = TypeVar("Model", bound=BaseModel)


class PolicyError(Exception):
    """A policy is missing or wrong; the message names every bad row."""


def proofread(model: type[Model], text: str, file: str) -> Model:
    """`text` as a `model`; raises PolicyError with one line a problem, `file` in front."""
    document = _document(text, file)
    problems: list[str] = []
    try:
        policy = model.model_validate(document)
    except ValidationError as error:
        # the input is left out: it may be anything a person typed
        problems += [_problem(document, e) for e in error.errors(include_input=False, include_url=False)]
    problems += contradictions(document)
    if problems:
        raise PolicyError("\n".join([f"{file}: {len(problems)} to mend", *(f"  {problem}" for problem in problems)]))
    return policy


def _document(text: str, file: str) -> dict[str, Any]:
    try:
        document = yaml.load(text, Loader=_AsWritten)  # noqa: S506 - a subclass of SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise PolicyError(f"{file}, line {line}: is not YAML ({error.problem})") from None
    except yaml.YAMLError:
        raise PolicyError(f"{file}: is not YAML") from None
    if not isinstance(document, dict):
        raise PolicyError(f"{file}: must be a mapping with the keys id, categories, purposes …")
    return document


class _AsWritten(yaml.SafeLoader):
    """Reads everything as text but true, false, null and plain whole numbers; a key that stands twice is an error.

    YAML 1.1 reads `010` as eight, `10:00` as six hundred, `no` as false, `1.10` as 1.1 and `2026-04-01` as a date.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _plain(tag: str, pattern: str, first: str) -> None:
    import re

    _AsWritten.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_plain("bool", r"^(?:true|false)$", "tf")
_plain("int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789")

_ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not known: check its spelling, or take it out",
    "string_type": "must be text: put it in quotes",
    "string_too_short": "is empty: fill it in",
    "int_type": "must be a whole number without leading zeros",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
}


def _problem(document: dict[str, Any], error: Any) -> str:
    where = ", ".join(_path(document, error["loc"]))
    return f"{where}: {_ADVICE.get(error['type'], error['msg'][0].lower() + error['msg'][1:])}"


def _path(document: Any, loc: tuple[str | int, ...]) -> Iterator[str]:
    for part in loc:
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            document = None
        name = (
            document.get("id") or document.get("use") if isinstance(document, dict) and isinstance(part, int) else None
        )
        yield str(name) if name else f"row {part + 1}" if isinstance(part, int) else part
