"""The check, of which Great Expectations is asked only what it was not asked before: most cases differ in little."""

from __future__ import annotations

from functools import partial

from expectations.check import check as whole_check
from expectations.validated import Validated

check = partial(whole_check, validated=Validated())
