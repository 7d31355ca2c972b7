"""SQL that a tool fills in before it runs: dbt models and other Jinja, `${…}` of Digdag, Embulk and shells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

UNKNOWN = "unknown_to_daicho"
"""Stands where only the tool knows what stands there; it reads as a name, a column or a value alike."""

Relations = Mapping[tuple[str, ...], tuple[str, ...]]
"""What dbt's `ref` and `source` mean: `("ref", "stg_members")`, `("source", "crm", "orders")` → the parts of the name
that the database knows it by."""

_LIMIT = 2_000_000
"""Characters that a template may become."""
_SWELLING = ("*", "**", "%")
_JINJA = re.compile(r"\{[{%#]")
_ADAPTER_BLOCK = re.compile(r"\{%-?\s*(?:end)?(?:snapshot|materialization|test|docs)\b[^%]*%\}")
# What is opened and never closed must not be looked for to the end of the text from each of its beginnings.
# (A possessive repeat of a lookahead would say so, and matches too much before CPython 3.11.5: its issue 100061.)
_COMMENT = re.compile(r"\{#-?((?:[^{#-]|\{(?!#)|#(?!\})|-(?!#\}))*)-?#\}")
_TAG = re.compile(r"\{%(?:[^{%]|\{(?!%)|%(?!\}))*%\}")
_EXPRESSION = re.compile(r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*\}\}")
_REFERENCE = re.compile(
    r"(?:ref|source)\(\s*['\"]([^'\"]{1,200})['\"]\s*(?:,\s*['\"]([^'\"]{1,200})['\"])?[^)]{0,200}\)", re.DOTALL
)
_VARIABLE = re.compile(r"\$\{[^{}]*\}|#\{[^{}]*\}|%\([A-Za-z_0-9]+\)s|(?<![%A-Za-z0-9_'])%s(?![A-Za-z0-9_%])")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template as SQL."""

    text: str
    model: bool
    """Whether it speaks dbt: it references other models, or configures itself."""
    alias: str = ""
    """The name a dbt model gives itself."""
    in_line: bool = True
    """Whether every line stands where it stood."""


def render(text: str, relations: Relations | None = None) -> Rendered:
    """The SQL a template becomes, its loops and branches taken once, what is not known standing as `UNKNOWN`."""
    plain = _VARIABLE.sub(UNKNOWN, text)
    if not _JINJA.search(plain):
        return Rendered(plain, model=False)
    plain = _COMMENT.sub(lambda found: f"/*{found[1].replace('*/', ' ')}*/", _ADAPTER_BLOCK.sub("", plain))
    model = _Model(relations or {})
    try:
        rendered = "".join(_bounded(_environment().from_string(plain).generate(model.names())))
    except Exception:  # whatever a template does of its own must not end the reading of it
        rendered = _stripped(plain, model)
    in_line = rendered.rstrip("\n").count("\n") == text.rstrip("\n").count("\n")
    return Rendered(rendered, model.speaks or bool(_REFERENCE.search(plain)), model.alias, in_line)


class _TooLongError(Exception):
    """A template's loops run away."""


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > _LIMIT:
            raise _TooLongError
        yield piece


class _Model:
    """What a dbt model may call, and what it said of itself."""

    def __init__(self, relations: Relations) -> None:
        self.speaks = False
        self.alias = ""
        self._relations = relations

    def names(self) -> dict[str, Any]:
        return {
            "ref": self.reference,
            "source": self.source,
            "config": self._config,
            "is_incremental": lambda: False,
            "var": lambda *_, **__: UNKNOWN,
            "env_var": lambda *_, **__: UNKNOWN,
            "this": UNKNOWN,
            "execute": False,
        }

    def reference(self, *names: str, **_: object) -> str:
        """A model, a seed or a snapshot; the package before its name says nothing to a database."""
        return self._called("ref", *names[-1:])

    def source(self, *names: str, **_: object) -> str:
        """A table that dbt only reads."""
        return self._called("source", *names)

    def _called(self, kind: str, *names: str) -> str:
        self.speaks = True
        return ".".join(map(_quoted, self._relations.get((kind, *names), names))) or UNKNOWN

    def _config(self, *_: object, **settings: object) -> str:
        self.speaks = True
        self.alias = str(settings.get("alias", ""))
        return ""


def _quoted(name: object) -> str:
    text = str(name)
    return text if text.isidentifier() else '"{}"'.format(text.replace('"', '""'))


def _stripped(text: str, model: _Model) -> str:
    """The template's text with every branch kept, where Jinja itself cannot make sense of it."""

    def value(found: re.Match[str]) -> str:
        reference = _REFERENCE.search(found[0])
        if reference is None:
            return "" if re.match(r"\{\{-?\s*config", found[0]) else UNKNOWN
        names = [name for name in reference.groups() if name]
        return (model.source if "source(" in found[0] else model.reference)(*names)

    return _EXPRESSION.sub(value, _TAG.sub(" ", text))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import ChainableUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Unknown(ChainableUndefined):
        """A macro or variable of the project that holds the template."""

        def __str__(self) -> str:
            return UNKNOWN

        def __call__(self, *_: object, **__: object) -> Any:
            return self

    class Environment(ImmutableSandboxedEnvironment):
        """Templates whose arithmetic cannot fill the memory."""

        intercepted_binops = frozenset(_SWELLING)

        def call_binop(self, *_: object) -> Any:
            raise SecurityError

    # What comes out is SQL that is read and thrown away: there is nothing to escape.
    environment = Environment(undefined=Unknown, autoescape=False)
    environment.globals["range"] = lambda *bounds: range(*bounds)[:2]
    for name in ("center", "indent", "format", "wordwrap"):
        del environment.filters[name]
    return environment
