"""Credentials: named in the declarations as `${NAME}`, filled in from the environment or from a secrets file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

SECRETS = "DAICHO_SECRETS"
"""The environment variable that names the secrets file: one `NAME=value` a line, readable by its owner alone."""

LEAST_KEY = 32
"""Characters of a key: 32 hexadecimal digits are 128 bits."""

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")
_NAMED = r"\$\{[A-Za-z_][A-Za-z0-9_]*(?::-)?\}"
"""A variable that brings no default of its own: a default is as clear as any password."""
_PASSWORDS = (
    # SQLAlchemy takes all between `user:` and the first `@` for it, even a `/`
    re.compile(rf"://(?:\$\{{[^}}]*\}}|[^/@:$])*:(?!{_NAMED}@)[^@]+@"),
    re.compile(
        rf"(?:[?&;]|%3B)(?:password|passwd|pwd|sslpassword)(?:=|%3D)(?!{_NAMED}(?:[&;%]|$))[^&;]", re.IGNORECASE
    ),
)
"""A password in clear between `user:` and `@`, or in the query."""


class MissingVariableError(Exception):
    """A location names a variable that neither environment nor secrets file has. Carries its name."""


class KeyMissingError(Exception):
    """A key is not there, or too short to be one; the message names its variable and says how to make one."""


def expand(text: str, environment: Mapping[str, str] | None = None) -> str:
    """`text` with `${NAME}` and `${NAME:-default}` filled in; raises MissingVariableError."""
    known = os.environ if environment is None else environment
    filed: Mapping[str, str] | None = None

    def value(match: re.Match[str]) -> str:
        nonlocal filed
        name, default = match[1], match[2]
        if (found := known.get(name)) is None:
            filed = _filed(known) if filed is None else filed
            found = filed.get(name, default)
        if found is None:
            raise MissingVariableError(name)
        return found

    return _VARIABLE.sub(value, text)


def keys_of(variable: str, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys that a variable holds, the current one first, older ones behind commas; raises KeyMissingError."""
    try:
        given = expand(f"${{{variable}}}", environment)
    except MissingVariableError as error:
        raise KeyMissingError(
            f"鍵がありません。環境変数 {variable} か {SECRETS} のファイルに置いてください。"
            f"新しい鍵は `openssl rand -hex 32` で作れます (no key: {error} is not set)"
        ) from None
    keys = [one for one in re.split(r"[,\s]+", given) if one]
    if not keys or any(len(one) < LEAST_KEY for one in keys):
        raise KeyMissingError(
            f"{variable}: 鍵は {LEAST_KEY} 文字以上の乱数にしてください。`openssl rand -hex 32` "
            f"(a key needs {LEAST_KEY} random characters at least)"
        )
    return tuple(dict.fromkeys(keys))


def holds_password(url: str) -> bool:
    """Whether a password stands in a URL in clear, not as `${NAME}`: it would end in files, logs and histories.

    >>> holds_password("postgresql://reader:${PW}@db/crm"), holds_password("postgresql://reader:${PW:-x}@db/crm")
    (False, True)
    """
    return any(password.search(url) for password in _PASSWORDS)


def _filed(environment: Mapping[str, str]) -> Mapping[str, str]:
    place = environment.get(SECRETS)
    if not place:
        return {}
    try:
        lines = Path(place).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        # its content and even its path stay unsaid; the variable that names it does not
        raise MissingVariableError(SECRETS) from None
    return dict(_pairs(lines))


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, equals, value = line.partition("=")
        if equals and not line.lstrip().startswith("#"):
            yield name.strip(), value.strip()
