"""What one database adds to SQL and no reader of names needs: hints, limits of its own, marks of old joins."""

from __future__ import annotations

import re

_NESTED = 80
"""Brackets within brackets: more than anybody writes, fewer than a parser's stack holds."""
_REWRITES = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # a dump's rows say nothing once their literals are gone
        (r"\bvalues\s*(?:\((?:[\s,+-]|''|0|null|default|true|false|\?)*+\)\s*+,?\s*+)++", "VALUES ('') "),
        (r"\bin\s*\(\s*(?:''|0|\?|:[a-z0-9_]+|\$[0-9]+)(?:\s*,\s*(?:''|0|\?|:[a-z0-9_]+|\$[0-9]+))*+\s*\)", "IN ('')"),
        (
            r"\bselect\s+(distinct\s+|all\s+)?top\s*(?:\(\s*\S+?\s*\)|0|\?|@[a-z0-9_]+)(?:\s+percent\b)?(?:\s+with\s+ties\b)?",
            r"SELECT \1",
        ),
        (r"\(\s*\+\s*\)", " "),
        (r"\breplace\s+into\b|\binsert\s+or\s+[a-z]+\s+into\b", "INSERT INTO"),
        (r"\binsert\s+(?:low_priority\s+|delayed\s+|high_priority\s+)*ignore\s+(?:into\s+)?", "INSERT INTO "),
        (r"\binsert\s+overwrite\s+(?:table\s+|into\s+)?", "INSERT INTO "),
        (
            r"\bwith\s*\(\s*(?:nolock|readpast|tablock|tablockx|updlock|rowlock|holdlock|xlock|nowait)(?:\s*,\s*[a-z]+)*\s*\)",
            " ",
        ),
        (r"\b(?:sql_no_cache|sql_calc_found_rows|straight_join(?=\s+[^\s(]+\s*,))\b", " "),
        (r"\bstraight_join\b", "JOIN"),
        (r"\boption\s*\([^()]*\)\s*\Z", " "),
        (
            r"\bfor\s+(?:update|share|no\s+key\s+update)\b(?:\s+of\s+[^\s,)]+)?(?:\s+(?:nowait|skip\s+locked))?\s*\Z",
            " ",
        ),
        (r"\bminus\s+(?=\(?\s*select\b)", "EXCEPT "),
    )
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def smooth(text: str) -> str:
    """A literal-free statement with what only one database knows left out, its dumped rows made one."""
    plain = _BLANKS.sub(" ", text).strip()
    for pattern, replacement in _REWRITES:
        plain = pattern.sub(replacement, plain)
    return plain


def too_deep(text: str) -> bool:
    """Whether its brackets nest deeper than a parser can follow."""
    depth = 0
    for mark in text:
        if mark == "(":
            depth += 1
            if depth > _NESTED:
                return True
        elif mark == ")":
            depth -= 1
    return False
