"""SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS): findings for code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from expectations.rules import Rule, rules
from pipelines.exports.contents.told import Row, Told
from pipelines.reports.words import verdicts, worded, words

NAME = "sarif"
TITLE_JA = "指摘（SARIF 2.1.0、コードスキャン向け）"
TITLE_EN = "findings as SARIF 2.1.0, for code scanning"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT = "daichoFinding/v1"


def files(told: Told) -> Mapping[str, bytes]:
    """One log of one run; findings that a person ruled on are in it as suppressed, and what was not read as a
    notification."""
    shown = [row for row in told.sections["verdicts"] if row["ruling"] or row in told.findings]
    ids = list(dict.fromkeys(row["rule"] for row in shown))
    notices = [_not_read(row, told.language) for row in told.sections["not_read"]]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "daicho",
                "version": version("daicho"),
                "rules": [_rule(id, rules().get(id), told.language) for id in ids],
            }
        },
        "language": told.language,
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "daicho/"},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "results": [_result(row, ids.index(row["rule"]), told) for row in shown],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return {"daicho.sarif": json.dumps(log, ensure_ascii=False, indent=1).encode() + b"\n"}


def _rule(id: str, known: Rule | None, language: str) -> dict[str, Any]:
    if known is None:
        # written by a version that had another rule
        return {"id": id}
    row = known.row
    return {
        "id": id,
        "shortDescription": {"text": getattr(row.title, language)},
        "help": {"text": getattr(row.next_step, language)},
        "defaultConfiguration": {"level": LEVELS[row.severity]},
        "properties": {"tags": ["privacy", row.requirement]} | ({"law": row.law} if row.law else {}),
    }


def _result(row: Row, rule: int, told: Told) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": row["rule"],
        "ruleIndex": rule,
        "level": LEVELS[row["severity"]],
        "message": {"text": " ".join(_sentences(row, told.language))},
        "locations": [_location(row, told)],
        "partialFingerprints": {FINGERPRINT: row["id"]},
        "properties": {field: row[field] for field in ("verdict", "clause", "law", "purpose") if row[field]},
    }
    if row["ruling"]:
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    if told.compared:
        result["baselineState"] = "new" if told.is_new(row) else "unchanged"
    return result


def _sentences(row: Row, language: str) -> Iterator[str]:
    yield worded(verdicts(), row["verdict"])[language]
    yield from (reason[language] for reason in row["evidence"][:1])
    if row["next_step"].get(language):
        yield f"{words('export')['next_step'][language]}: {row['next_step'][language]}"


def _location(row: Row, told: Told) -> dict[str, Any]:
    names = [row[field] for field in ("store", "dataset", "column") if row[field]]
    kind = "member" if row["column"] else "resource"
    logical = {"name": names[-1] if names else row["rule"], "fullyQualifiedName": "/".join(names), "kind": kind}
    location: dict[str, Any] = {"logicalLocations": [{key: value for key, value in logical.items() if value}]}
    # a database has no line of code: what people declared of it has
    keys = [("uses", row["use"]), ("provisions", row["use"]), ("stores", row["store"])]
    if place := next((told.lines[key] for key in keys if key in told.lines), None):
        file, line = place
        region = {"startLine": max(1, line)}
        location["physicalLocation"] = {"artifactLocation": {"uri": file}, "region": region}
    return location


def _not_read(row: Row, language: str) -> dict[str, Any]:
    where = "/".join(part for part in (row["store"], row["name"]) if part)
    reason = worded(words("reason"), row["reason"])[language]
    return {
        "level": "warning",
        "message": {"text": f"{words('export')['not_read'][language]}: {where}: {reason}"},
        "descriptor": {"id": row["reason"]},
    }
