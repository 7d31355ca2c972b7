"""Facts and suites for a company's own Great Expectations project: plain tables, core expectations, nothing of ours.

A table a kind of case (`uses`, `provisions`, `columns`, `datasets`, `purposes`, and what SQL was seen to do): what it
is about in columns of text, and what every rule says of it in columns of booleans. A suite a table: what the adopted
policy asks of the columns of text, compiled from its rows, and that no rule's column holds a false. Names are masked as
in the register; no value of a record is in either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.answers import Answered
from expectations.books import Books
from expectations.cases import Case, Handling, Holding, NamedPurpose, SensitiveColumn, Sighting, Table
from expectations.compile import expectation, written
from expectations.facts import Provision
from expectations.observed import ObservedExport
from expectations.policy import Policy
from expectations.published import Label
from expectations.rules import groups

if TYPE_CHECKING:
    import pyarrow as pa


_ABOUT = ("fact", "store", "dataset", "rows", "subject_category", "custody", "nature")
_ACT = ("id", "use", "purposes", "contract", "consent", "exception")
_COLUMNS: Mapping[Table, tuple[str, ...]] = {
    "uses": (*_ABOUT, *_ACT, "job", "destination"),
    "provisions": (*_ABOUT, *_ACT, "recipient", "country", "ground", "notice", "record"),
    "columns": (*_ABOUT, "column", "data_category", "consent", "exception"),
    "datasets": (*_ABOUT, "contract", "acts"),
    "purposes": ("fact", "subject_category", "purpose", "clause", "type"),
    "observed_uses": (*_ABOUT, "use", "acts"),
    "exports": (*_ABOUT, "outlet", "columns", "acts"),
    "matches": (*_ABOUT, "other"),
    "copies": (*_ABOUT, "other"),
}
TABLES: tuple[Table, ...] = tuple(_COLUMNS)


def tables(answered: Answered) -> dict[Table, pa.Table]:
    """The facts, a table a kind of case: text columns (null: nothing there), then one boolean column a rule."""
    return {table: _table(table, answered) for table in TABLES}


def suites(books: Books) -> dict[Table, dict[str, Any]]:
    """A suite a table, by the policy and the site policies that the books hold."""
    return {
        table: {
            "name": table,
            "expectations": [_not_empty(), *_of_policy(table, books), *_of_rules(table)],
            "meta": {"policy": f"{books.policy.id} {books.policy.version}", "digest": books.policy.digest},
        }
        for table in TABLES
    }


def write(answered: Answered, folder: Path) -> list[Path]:
    """Write `facts/<table>.parquet` and `suites/<table>.json`; answers their paths. Raises OSError.

    A table without a case is left out, with its suite: nothing was there to be checked.
    """
    import pyarrow.parquet as pq

    paths = []
    compiled = suites(answered.books)
    for name in ("facts", "suites"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for table, rows in tables(answered).items():
        facts, suite = folder / "facts" / f"{table}.parquet", folder / "suites" / f"{table}.json"
        if rows.num_rows:
            pq.write_table(rows, facts)
            suite.write_text(written(compiled[table]), encoding="utf-8")
            paths += [facts, suite]
        else:
            facts.unlink(missing_ok=True)
            suite.unlink(missing_ok=True)
    return paths


def _table(table: Table, answered: Answered) -> pa.Table:
    import pyarrow as pa

    numbers = [number for number, case in enumerate(answered.cases) if case.table == table]
    place = {number: row for row, number in enumerate(numbers)}
    rows = [{"fact": answered.facts[number], **_told(answered.cases[number])} for number in numbers]
    columns: dict[str, Any] = {
        name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in _COLUMNS[table]
    }
    for group, rules in groups().items():
        for rule in rules:
            if table in rule.row.tables:
                said: list[bool | None] = [None] * len(numbers)
                for number, answer in zip(answered.rows[group], answered.answers[group][rule.id], strict=True):
                    if number in place:
                        said[place[number]] = answer
                columns[rule.id] = pa.array(said, pa.bool_())
    return pa.table(columns)


def _told(case: Case) -> dict[str, str]:
    dataset, partition = case.dataset, case.partition
    about = {
        "store": dataset.store if dataset else "",
        "dataset": dataset.name if dataset else "",
        "rows": partition.row_filter if partition else "",
        "subject_category": case.category,
        "custody": partition.custody if partition else "",
        "nature": partition.nature if partition else "",
    }
    if isinstance(case, Handling):
        return about | _told_act(case)
    if isinstance(case, SensitiveColumn):
        carried = (case.consent, case.exception)
        consent, exception = (row.id if row else "" for row in carried)
        return about | {
            "column": case.column.name,
            "data_category": ",".join(case.kinds),
            "consent": consent,
            "exception": exception,
        }
    if isinstance(case, NamedPurpose):
        return about | {"purpose": case.purpose.id, "clause": case.purpose.clause, "type": case.purpose.type}
    return about | (_told_holding(case) if isinstance(case, Holding) else _told_sighting(case))


def _told_act(case: Handling) -> dict[str, str]:
    act = case.act
    told = {
        "store": act.source.store,
        "dataset": act.source.dataset,
        "id": act.id,
        "use": act.use,
        "purposes": ",".join(act.purposes),
        "contract": act.contract,
        "consent": act.consent,
        "exception": act.exception,
    }
    if isinstance(act, Provision):
        names = ("recipient", "country", "ground", "notice", "record")
        return told | {name: getattr(act, name) for name in names}
    return told | {"job": act.job, "destination": act.destination}


def _told_holding(case: Holding) -> dict[str, str]:
    return {"contract": case.dataset.contract, "acts": ",".join(act.id for act in case.acts)}


def _told_sighting(case: Sighting) -> dict[str, str]:
    fact = case.fact
    return {
        "use": case.use,
        "acts": ",".join(act.id for act in case.acts),
        "outlet": fact.outlet if isinstance(fact, ObservedExport) else "",
        "columns": ",".join(fact.columns) if isinstance(fact, ObservedExport) else "",
        "other": f"{case.other.store}/{case.other.name}" if case.other else "",
    }


def _not_empty() -> dict[str, Any]:
    return _core("expect_table_row_count_to_be_between", "事実がある · There are facts", min_value=1)


def _of_rules(table: Table) -> Iterator[dict[str, Any]]:
    for rules in groups().values():
        yield from (expectation(rule) for rule in rules if table in rule.row.tables)


def _of_policy(table: Table, books: Books) -> Iterator[dict[str, Any]]:
    policy = books.policy
    categories = dict(_categories(policy))
    if table == "datasets":
        yield _core(
            "expect_column_values_to_be_in_set",
            "R-01 本人の区分がある · A category of persons of the policy",
            column="subject_category",
            value_set=[*categories, "not_personal"],
        )
    elif table in ("uses", "provisions"):
        for category, label in categories.items():
            # a regular expression, not a set: a use may name several purposes
            ids = "|".join(id.replace(".", "[.]") for id in _purposes(books, category))
            yield _core(
                "expect_column_values_to_match_regex",
                f"R-03 {label.ja}の利用目的だけを挙げる · Names purposes of {label.en} alone",
                column="purposes",
                regex=f"^(?:(?:{ids})(?:,|$))+$",
                row_condition=_where("subject_category", category),
            )
    if table == "provisions":
        yield _core(
            "expect_column_values_to_be_in_set",
            "R-17 第三者提供の根拠がある · A ground of the policy",
            column="ground",
            value_set=[ground.id for ground in policy.third_parties.grounds],
        )
        for column in ("ground", "recipient", "purposes"):
            yield _core(
                "expect_column_values_to_not_be_null",
                f"R-17 提供に {column} が書いてある · The provision states its {column}",
                column=column,
            )
    if table == "uses":
        yield _core(
            "expect_column_values_to_not_be_null",
            "R-07 受託した個人情報の利用は契約を挙げる · A use of entrusted data names its contract",
            column="contract",
            row_condition=_where("custody", "entrusted"),
        )


def _categories(policy: Policy) -> Iterator[tuple[str, Label]]:
    for category in policy.categories:
        yield category.id, category
        yield from ((f"{category.id}.{sub.id}", sub) for sub in category.sub_categories)


def _purposes(books: Books, category: str) -> Sequence[str]:
    own = [purpose.id for purpose in books.policy.purposes_of(category)]
    return [*own, *(id for id in books.sites if id.partition(".")[0] in own)]


def _where(column: str, value: str) -> dict[str, Any]:
    # as Great Expectations writes its typed condition Column(column) == value
    return {"type": "comparison", "column": {"name": column}, "operator": "==", "parameter": value}


def _core(type: str, description: str, **kwargs: Any) -> dict[str, Any]:
    return {
        "type": type,
        "kwargs": kwargs,
        "description": description,
        "meta": {"source": "policy"},
        "severity": "critical",
    }
