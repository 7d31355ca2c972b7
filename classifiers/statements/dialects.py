"""How databases quote: what is a literal in one is a name in another, so a statement's dialect is guessed from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_KNOWN = {
    "postgresql": "postgres",
    "mariadb": "mysql",
    "mssql": "tsql",
    "sqlserver": "tsql",
    "awsathena": "athena",
}
NAMES = frozenset(
    {
        "postgres",
        "mysql",
        "sqlite",
        "bigquery",
        "snowflake",
        "tsql",
        "oracle",
        "redshift",
        "hive",
        "spark",
        "databricks",
        "presto",
        "trino",
        "athena",
        "duckdb",
        "clickhouse",
        "teradata",
    }
)
_BACKTICKS = frozenset({"mysql", "bigquery", "hive", "spark", "databricks", "clickhouse"})
_ESCAPES = frozenset({"mysql", "bigquery", "hive", "spark", "databricks", "clickhouse", "snowflake"})
_SIGNS = (
    (
        "tsql",
        re.compile(r"(?i)\bGETDATE\(|\bNVARCHAR\b|\bCROSS APPLY\b|\bOUTER APPLY\b|\bSELECT TOP\b|\bINTO #|\bISNULL\("),
    ),
    (
        "bigquery",
        re.compile(r"(?i)\bSAFE_CAST\(|\bEXCEPT ?\(|\bUNNEST\(|\bSTRUCT\(|\bFARM_FINGERPRINT\(|\bPARSE_DATE\("),
    ),
    ("snowflake", re.compile(r"(?i)\bLATERAL FLATTEN|\bIFF\(|:: ?VARIANT|\bCOPY INTO\b|\bSWAP WITH\b|\bTO_VARIANT\(")),
    ("postgres", re.compile(r"::|(?i:\bILIKE\b|\bRETURNING\b|\bDISTINCT ON\b|\bON CONFLICT\b)|->>|~\*")),
    ("oracle", re.compile(r"(?i)\bNVL\(|\bROWNUM\b|\bSYSDATE\b|\bFROM DUAL\b|\bCONNECT BY\b|\bDECODE\(|\bMINUS\b")),
    ("mysql", re.compile(r"(?i)\bIFNULL\(|\bON DUPLICATE KEY\b|\bSTRAIGHT_JOIN\b|\bGROUP_CONCAT\(|\bDATE_FORMAT\(")),
    ("hive", re.compile(r"(?i)\bLATERAL VIEW\b|\bINSERT OVERWRITE\b|\bDISTRIBUTE BY\b")),
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """What quotation marks mean."""

    double: Literal["name", "literal", "guess"]
    escapes: bool | None
    """Whether a backslash protects the quote after it; None: told from which reading lets every quote end."""
    brackets: bool
    hash_comments: bool | None
    """None: a line that begins with `# `."""
    triple: bool = False


def dialect_named(name: str) -> str:
    """sqlglot's name of a dialect, from its own or SQLAlchemy's; '' for one that is not known."""
    lowered = name.strip().lower().split("+")[0]
    found = _KNOWN.get(lowered, lowered)
    return found if found in NAMES else ""


def quoting(dialect: str) -> Quoting:
    """How a dialect quotes; where it is '', what holds in most."""
    if not dialect:
        return Quoting("guess", escapes=None, brackets=True, hash_comments=None)
    if dialect in _BACKTICKS:
        return Quoting(
            "literal",
            escapes=True,
            brackets=False,
            hash_comments=dialect in ("mysql", "bigquery"),
            triple=dialect == "bigquery",
        )
    # SQLite takes a name in double quotes for a text where it knows no such column.
    double: Literal["name", "guess"] = "guess" if dialect == "sqlite" else "name"
    return Quoting(double, escapes=dialect in _ESCAPES, brackets=dialect in ("tsql", "sqlite"), hash_comments=False)


def quoted_for(dialect: str, text: str) -> str:
    """Text whose names stand between double quotes, as the dialect quotes names; it has no literal but `''`."""
    return text.replace('"', "`") if dialect in _BACKTICKS else text


def candidates(dialect: str, text: str) -> Iterator[str]:
    """The dialects to read a literal-free text in, the likeliest first; each once."""
    if dialect:
        yield from (dialect, "")
        return
    signs = [name for name, sign in _SIGNS if sign.search(text)]
    rest = ["", "postgres", "tsql", "mysql", "snowflake", "bigquery", "oracle"]
    yield from dict.fromkeys((*signs[:1], *rest))
