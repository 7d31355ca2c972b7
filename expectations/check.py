"""The check: facts and policy in, verdicts out. The only module that knows Great Expectations.

Rules answer for each case with true, false or nothing; Great Expectations validates those answers by the committed
suites, and verdicts follow from what failed there. It sees neither names nor values: only booleans.
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.answers import Answers, CheckError, answered
from expectations.compile import ROWS, committed
from expectations.facts import Declared
from expectations.observed import ObservedDataset, ObservedFlows
from expectations.order import order
from expectations.policy import Policy
from expectations.rules import Rule, groups
from expectations.validated import Validated
from expectations.verdicts import LABELS, Verdict, speaks, verdict
from expectations.wording import Wording

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LABELS", "CheckError", "Verdict", "check"]

_COUNTS_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0, "exclude_unexpected_values": True}


def check(
    policy: Policy,
    datasets: Sequence[ObservedDataset],
    declared: Declared,
    today: date,
    docs: Path | None = None,
    flows: ObservedFlows | None = None,
    validated: Validated | None = None,
) -> tuple[Verdict, ...]:
    """Judge every declared use and provision, every observed dataset and what SQL does with it, as of `today`.

    One verdict a fact and row partition, the findings first; of a dataset's own only where something is amiss, or it
    concerns nobody. `docs`: a folder that Great Expectations' Data Docs are written to, for reading offline.
    `validated`: suites whose answers it knows are not run again; with `docs`, which tell of every suite, all are.
    Raises CheckError.
    """
    laid = answered(policy, datasets, declared, today, flows)
    counts = {group: len(numbers) for group, numbers in laid.rows.items()}
    known = validated if validated and not docs else Validated()
    failed_columns = _validate(laid.answers, counts, docs.resolve() if docs else None, known)
    failed: defaultdict[int, list[Rule]] = defaultdict(list)
    held: defaultdict[int, list[Rule]] = defaultdict(list)
    for group, rules in groups().items():
        for rule in rules:
            for number, answer in zip(laid.rows[group], laid.answers[group][rule.id], strict=True):
                if answer:
                    held[number].append(rule)
                elif answer is False and rule.id in failed_columns[group]:
                    failed[number].append(rule)
    wording = Wording(policy)
    verdicts = (
        verdict(case, fact, failed[number], held[number], laid.books, wording)
        for number, (case, fact) in enumerate(zip(laid.cases, laid.facts, strict=True))
        if speaks(case, failed[number])
    )
    return tuple(sorted(verdicts, key=order))


def _validate(
    answers: Mapping[str, Answers], counts: Mapping[str, int], docs: Path | None, validated: Validated
) -> dict[str, frozenset[str]]:
    """Run the committed suites over the answers; each group's columns whose expectation failed."""

    @cache
    def facts() -> tuple[Any, Any]:
        # takes a while: only where there is a suite to run
        context = _context(docs)
        return context, context.data_sources.add_pandas("facts")

    def run(group: str, suite: dict[str, Any]) -> set[str]:
        context, source = facts()
        batch = source.add_dataframe_asset(group).add_batch_definition_whole_dataframe("all")
        return _failed(context, batch, suite, answers[group], counts[group])

    failed = {
        group: validated.failed(suite, answers[group], counts[group], partial(run, group, suite))
        for group, suite in committed().items()
    }
    if docs is not None:
        from expectations.data_docs import make_offline

        facts()[0].build_data_docs()
        make_offline(docs, {group: (len(failed[group]), len(answers[group])) for group in failed})
    return failed


def _context(docs: Path | None) -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    # it sets its own level to INFO and tells of a temporary folder
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    # a new one at every check: one shared between threads gives wrong results without a word
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False, "profilers": False}
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    if docs is not None:
        from expectations.data_docs import clear

        docs.mkdir(parents=True, exist_ok=True)
        clear(docs)
        store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs)}
        index = {"class_name": "DefaultSiteIndexBuilder", "show_cta_footer": False}
        site = {"class_name": "SiteBuilder", "store_backend": store, "site_index_builder": index}
        context.add_data_docs_site("daicho", site)
    return context


def _failed(context: Any, batch: Any, suite: dict[str, Any], answers: Answers, count: int) -> set[str]:
    import great_expectations as gx

    stored = context.suites.add(gx.ExpectationSuite(**suite))
    validation = context.validation_definitions.add(
        gx.ValidationDefinition(name=suite["name"], data=batch, suite=stored)
    )
    result = validation.run(
        batch_parameters={"dataframe": _frame(answers, count)},
        expectation_parameters={ROWS: count},
        result_format=_COUNTS_ONLY,
    )
    failed = set()
    for one in result.results:
        column = one.expectation_config.kwargs.get("column", "")
        if one.success:
            continue
        if not column:
            raise CheckError(f"suite {suite['name']}: not every case was laid before it")
        if "unexpected_count" not in one.result:
            raise CheckError(f"suite {suite['name']}: the expectation of {column} did not run")
        if one.result["unexpected_count"] != sum(answer is False for answer in answers[column]):
            raise CheckError(f"suite {suite['name']}: {column} failed for other cases than the rule says")
        failed.add(column)
    return failed


def _frame(answers: Answers, count: int) -> pd.DataFrame:
    import pandas as pd

    columns = {rule: pd.array(list(said), dtype="boolean") for rule, said in answers.items()}
    return pd.DataFrame(columns, index=range(count))
