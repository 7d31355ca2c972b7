"""What Great Expectations has said of the same answers before: a suite over the same answers fails the same ones."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from expectations.answers import Answers

_MOST = 400
"""Suites' answers that are remembered, by their digests alone: those that were asked for last."""


class Validated:
    """Remembers, for whoever judges the same register again and again with little changed."""

    def __init__(self) -> None:
        self._failed: OrderedDict[bytes, frozenset[str]] = OrderedDict()

    def failed(
        self, suite: dict[str, Any], answers: Answers, count: int, validate: Callable[[], set[str]]
    ) -> frozenset[str]:
        """The columns whose expectation fails over these answers, as `validate` finds where they are new."""
        said = json.dumps([suite, count, {rule: list(one) for rule, one in answers.items()}], sort_keys=True)
        key = blake2b(said.encode(), digest_size=20).digest()
        if key in self._failed:
            self._failed.move_to_end(key)
        else:
            self._failed[key] = frozenset(validate())
            if len(self._failed) > _MOST:
                self._failed.popitem(last=False)
        return self._failed[key]
