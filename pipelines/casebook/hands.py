"""Who works on cases: an account that has proven itself, and its role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["responder", "approver"]


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who has proven himself (`accounts.prove`)."""

    account: str
    role: Role
