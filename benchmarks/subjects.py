"""Whose is it? Subjects of tables from names alone, against labelled schemas.

    python -m benchmarks.subjects FOLDER [--columns truth|tagged]

FOLDER holds `schemas.jsonl`, one line a column (`table, table_label, column, column_label, sql_type, data_type,
category, alt_categories, ambiguous_category`). `truth` takes the labelled data types of the columns and measures the
subjects alone; `tagged` has the columns tagged first, as a scan would.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from classifiers.subjects import tag_subjects
from classifiers.tags import Column, ColumnTag, SubjectTag, Table
from classifiers.vocabulary import data_categories

AS_OF = date(2026, 11, 23)
CATEGORY = {
    "customer": "customer",
    "business_partner": "partner",
    "applicant": "applicant_retiree",
    "retiree": "applicant_retiree",
    "professional": "professional",
    "none": "none",
    "unresolved": "unresolved",
}


def category(tag: SubjectTag) -> str:
    """The label's word for a tag; what the published policy has no kind for is labelled `employee`."""
    return "subcontracted" if tag.custody == "entrusted" else CATEGORY.get(tag.subject, "employee")


def tables(folder: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The labelled columns by application and table."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in (folder / "schemas.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault((row["app"], row["table"]), []).append(row)
    return found


def labelled(rows: list[dict[str, Any]]) -> tuple[ColumnTag, ...]:
    """Tags made of the labels' data types."""
    first = {row.data_type: row.id for row in reversed(list(data_categories().values()))}
    first |= {"other_personal": "personal_other", "not_personal": "not_personal"}
    return tuple(ColumnTag(row["column"], first[row["data_type"]], 1.0, ()) for row in rows)


def tag(table: str, rows: list[dict[str, Any]], columns: str) -> tuple[SubjectTag, ...]:
    """The subjects of one labelled table."""
    described = Table(
        store="schemas",
        name=table,
        label=rows[0]["table_label"] or "",
        columns=tuple(Column(row["column"], row["column_label"] or "", row["sql_type"] or "") for row in rows),
    )
    if columns == "truth":
        return tag_subjects(described, labelled(rows), AS_OF)
    from classifiers.columns import tag_columns

    return tag_subjects(described, tag_columns(described), AS_OF)


def main() -> None:
    """Print the tables that are missed, and the shares that are right."""
    parser = argparse.ArgumentParser(description="Subjects of tables from names alone, against labelled schemas.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--columns", choices=("truth", "tagged"), default="tagged")
    arguments = parser.parse_args()
    scored: Counter[str] = Counter()
    for (app, table), rows in tables(arguments.folder).items():
        tags = tag(table, rows, arguments.columns)
        found, accepted = category(tags[0]), {rows[0]["category"], *rows[0]["alt_categories"]}
        group = "ambiguous" if rows[0]["ambiguous_category"] else "clear"
        scored[group] += 1
        scored[f"{group} right"] += found in accepted
        scored[f"{group} unresolved"] += found == "unresolved"
        if found not in accepted:
            print(f"{group:9} {app}: {table}: {found} for {'|'.join(sorted(accepted))} ({tags[0].subject})")
    for group in ("clear", "ambiguous"):
        right, n = scored[f"{group} right"], scored[group]
        print(f"{group}: {right}/{n} = {right / n:.1%}, unresolved {scored[f'{group} unresolved']}")


if __name__ == "__main__":
    main()
