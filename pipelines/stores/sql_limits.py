"""How long a database is waited for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, each told to the server where it can be told so."""

    connect: int = 10
    """For a connection."""
    lock: int = 10
    """Behind a program that holds a table to itself."""
    statement: int = 120
    """For a statement of the catalogue or a sample."""
    full: int = 6 * 3600
    """For all rows of a table."""
    silence: float = 150
    """Without a word from the server; longer than a statement, which the server then ends by itself."""


LIMITS = Limits()
