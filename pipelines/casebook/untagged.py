"""Secrets that nobody tagged (タグのない秘密): a password, a token or a My Number in a column or text of another kind.

The reviewer is told, and blacks it out or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifiers.normalize import normalize
from classifiers.recognizers.my_number import RECOGNIZER as MY_NUMBER
from classifiers.tags import FREE_TEXT, UNRESOLVED
from classifiers.texts.identifiers import identifiers

SECRET = frozenset({"password", "my_number"})
"""Data categories that are blacked out by themselves: a password opens doors, a My Number may be kept nowhere else than
for its statute."""
_UNJUDGED = frozenset({"", UNRESOLVED, FREE_TEXT})
_FORMS = re.compile(
    r"\$(?:1|2[abxy]?|5|6|argon2(?:id|i|d)|pbkdf2[a-z0-9-]*|scrypt)\$[!-~]{8,}"  # crypt(3) and its kin
    r"|(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}|[0-9A-F]{32}|[0-9A-F]{64})"  # a digest in hex
    r"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"  # JSON Web Token, RFC 7519
    r"|(?:sk|pk|ghp|gho|xox[abp]|AKIA)[-_]?[A-Za-z0-9_-]{16,}"  # keys that say by their first letters what they are
)


def untagged(names: Sequence[str], cells: Sequence[str], categories: Sequence[str]) -> tuple[str, ...]:
    """The columns whose cells look like a secret, though they are tagged as something else."""
    return tuple(
        name
        for name, cell, category in zip(names, cells, categories, strict=True)
        if category not in SECRET and any(_signs(cell, category))
    )


def _signs(cell: str, category: str) -> Iterator[bool]:
    text = normalize(cell.strip())
    yield _FORMS.fullmatch(text) is not None
    # one random number in ten passes the check: where the whole column was judged to be something else, it is that
    yield category in _UNJUDGED and MY_NUMBER.matches(text) is True
    yield any(one.data_category in SECRET for one in identifiers(text))
