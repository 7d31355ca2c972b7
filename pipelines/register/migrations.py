"""Registers that an earlier daicho wrote, brought to this schema: one step a version, run once, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from pipelines.register import schema

STEPS: Mapping[int, tuple[str, ...]] = {
    2: (
        "ALTER TABLE datasets ADD COLUMN level VARCHAR DEFAULT 'sample' NOT NULL",
        "ALTER TABLE datasets ADD COLUMN individuals INTEGER",
        "ALTER TABLE datasets ADD COLUMN version VARCHAR DEFAULT '' NOT NULL",
        "ALTER TABLE datasets ADD COLUMN basis VARCHAR DEFAULT '' NOT NULL",
    ),
    3: (
        "CREATE TABLE stops ("
        "dataset_id VARCHAR NOT NULL, scope VARCHAR NOT NULL, "
        "rows INTEGER NOT NULL, hits INTEGER NOT NULL, doubts INTEGER NOT NULL, "
        "PRIMARY KEY (dataset_id, scope), "
        "FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE)",
    ),
    4: (
        """CREATE TABLE statements (
            dataset_id VARCHAR NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            line INTEGER NOT NULL,
            kind VARCHAR NOT NULL,
            target VARCHAR NOT NULL,
            outlet VARCHAR NOT NULL,
            sources JSON NOT NULL,
            passed_on JSON NOT NULL,
            together JSON NOT NULL,
            feeds JSON NOT NULL,
            uses JSON NOT NULL,
            PRIMARY KEY (dataset_id, position)
        )""",
        "ALTER TABLE stores ADD COLUMN reads JSON DEFAULT '[]' NOT NULL",
    ),
    5: (
        "CREATE TABLE rulings ("
        "id VARCHAR NOT NULL, about VARCHAR NOT NULL, dataset_id VARCHAR NOT NULL, item VARCHAR NOT NULL, "
        "machine VARCHAR NOT NULL, says VARCHAR NOT NULL, custody VARCHAR NOT NULL, "
        "state VARCHAR NOT NULL, why VARCHAR NOT NULL, ruled_on DATE NOT NULL, until DATE, PRIMARY KEY (id))",
    ),
    6: (
        "ALTER TABLE datasets ADD COLUMN access JSON DEFAULT '[]' NOT NULL",
        "ALTER TABLE datasets ADD COLUMN oldest DATE",
        "ALTER TABLE datasets ADD COLUMN oldest_column VARCHAR DEFAULT '' NOT NULL",
    ),
}
"""Schema version → the statements that make it of the one before."""


def migrate(connection: sa.Connection, version: int) -> None:
    """Bring a register of that version to `schema.SCHEMA_VERSION`."""
    for step in range(version + 1, schema.SCHEMA_VERSION + 1):
        for statement in STEPS[step]:
            connection.execute(sa.text(statement))
    meta = schema.meta
    connection.execute(sa.update(meta).where(meta.c.key == "schema_version").values(value=str(schema.SCHEMA_VERSION)))
