"""The register's tables. No column of them can hold a personal value, a URL or a password.

Latest state stands in `datasets`, `columns`, `partitions`, `links`, `uses`, `statements`, `stops`, `declared`,
`verdicts` and `not_read`; what a run changed of it stands in `changes`, by run.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

APPLICATION = "daicho"
SCHEMA_VERSION = 6

metadata = MetaData()


def _dataset() -> Column[str]:
    return Column("dataset_id", String, ForeignKey("datasets.id", ondelete="CASCADE"), nullable=False, index=True)


meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("started", DateTime(timezone=True), nullable=False),
    Column("finished", DateTime(timezone=True)),
    Column("status", String, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("versions", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
)

stores = Table(
    "stores",
    metadata,
    Column("id", String, primary_key=True),
    Column("label", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String, nullable=False),
    Column("custody", String, nullable=False),
    Column("contract", String, nullable=False),
    Column("reads", JSON, nullable=False, server_default="[]"),
    Column("last_run", Integer, nullable=False),
    Column("gone_run", Integer),
)

datasets = Table(
    "datasets",
    metadata,
    Column("id", String, primary_key=True),
    Column("store", String, ForeignKey("stores.id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("label", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("contract", String, nullable=False),
    Column("records", Integer),
    Column("rows_read", Integer, nullable=False),
    Column("level", String, nullable=False, server_default="sample"),
    Column("individuals", Integer),
    Column("version", String, nullable=False, server_default=""),
    Column("basis", String, nullable=False, server_default=""),
    Column("access", JSON, nullable=False, server_default="[]"),
    Column("oldest", Date),
    Column("oldest_column", String, nullable=False, server_default=""),
    Column("first_run", Integer, nullable=False),
    Column("last_run", Integer, nullable=False),
    Column("gone_run", Integer),
)

columns = Table(
    "columns",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _dataset(),
    Column("position", Integer, nullable=False),
    Column("column", String, nullable=False),
    Column("data_category", String, nullable=False),
    Column("data_type", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("prevalence", Float, nullable=False),
    Column("distinct_hits", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("alternatives", JSON, nullable=False),
    Column("mentions", JSON, nullable=False),
    UniqueConstraint("dataset_id", "position"),
)

partitions = Table(
    "partitions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _dataset(),
    Column("row_filter", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("custody", String, nullable=False),
    Column("nature", String, nullable=False),
    Column("subject_category", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("share", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _dataset(),
    Column("column", String, nullable=False),
    Column("target", String, nullable=False),
    Column("target_column", String, nullable=False),
    Column("origin", String, nullable=False),
)

uses = Table(
    "uses",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _dataset(),
    Column("use", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("evidence", JSON, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("dataset_id", String, ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False),
    Column("outlet", String, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("passed_on", JSON, nullable=False),
    Column("together", JSON, nullable=False),
    Column("feeds", JSON, nullable=False),
    Column("uses", JSON, nullable=False),
)

stops = Table(
    "stops",
    metadata,
    Column("dataset_id", String, ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True),
    Column("scope", String, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("doubts", Integer, nullable=False),
)

declared = Table(
    "declared",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("fact", JSON, nullable=False),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("since_run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("rule", String, nullable=False),
    Column("requirement", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("dataset_id", String, nullable=False),
    Column("store", String, nullable=False),
    Column("dataset", String, nullable=False),
    Column("row_filter", String, nullable=False),
    Column("use", String, nullable=False),
    Column("use_kind", String, nullable=False),
    Column("subject_category", String, nullable=False),
    Column("column", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("clause", String, nullable=False),
    Column("law", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("next_step", JSON, nullable=False),
)

rulings = Table(
    "rulings",
    metadata,
    Column("id", String, primary_key=True),
    Column("about", String, nullable=False),
    Column("dataset_id", String, nullable=False),
    Column("item", String, nullable=False),
    Column("machine", String, nullable=False),
    Column("says", String, nullable=False),
    Column("custody", String, nullable=False),
    Column("state", String, nullable=False),
    Column("why", String, nullable=False),
    Column("ruled_on", Date, nullable=False),
    Column("until", Date),
)

not_read = Table(
    "not_read",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("store", String, ForeignKey("stores.id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("hint", String, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("dataset_id", String, nullable=False),
    Column("item", String, nullable=False),
    Column("before", String, nullable=False),
    Column("after", String, nullable=False),
)
