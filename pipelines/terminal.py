"""What a command says in the terminal: tables and counts, Japanese first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from classifiers.vocabulary import data_categories
from pipelines.reports.words import worded, words

if TYPE_CHECKING:
    from pipelines.alerts import Outcome
    from pipelines.history import Difference
    from pipelines.register import Register

SHOWN = 50
"""Findings that are told one by one."""
_TOLD = ("id", "verdict", "severity", "rule", "store", "dataset", "row_filter", "column", "use")
STYLES = {"violation": "bold red", "entrusted_scope": "bold red", "gap": "yellow"}


def print_tags(tags: Iterable[Mapping[str, Any]]) -> None:
    """A table a dataset: whose its rows are, what each column holds, how sure, and the first reason why."""
    categories, owners = data_categories(), subject_category_labels()
    console = Console(highlight=False)
    for (store, dataset), group in groupby(tags, key=itemgetter("store", "dataset")):
        rows = list(group)
        console.print(Text(f"\n{store} · {dataset}", style="bold"))
        for row_filter, owner in {row["row_filter"]: owners[row["subject_category"]][0] for row in rows}.items():
            console.print(Text(f"  {owner}  {row_filter}".rstrip(), style="cyan"))
        table = Table(box=None, pad_edge=False, show_header=False)
        for tag in (row for row in rows if row["row_filter"] == rows[0]["row_filter"]):
            category = categories[tag["data_category"]]
            style = "dim" if category.data_type == "not_personal" else ""
            reason = next((reason["ja"] for reason in tag["evidence"]), "")
            table.add_row(
                Text(f"  {tag['column']}", style=style),
                Text(category.ja, style=style),
                Text(f"{tag['confidence']:.2f}", style="dim"),
                Text(reason, style="dim"),
            )
        console.print(table)


def unscanned(register: Register, declared: Iterable[str]) -> list[str]:
    """Declared stores of which the last scan says nothing: it was broken off, or they were declared after it."""
    last = register.last_run("scan")
    known = {store.id for store in register.stores() if last and last.status == "done"}
    return [store for store in declared if store not in known]


def print_differences(register: Register, after: int, found: Sequence[Difference]) -> None:
    """What changed after a run, a table a kind."""
    from pipelines.history import KINDS

    console = Console(highlight=False)
    run = next((run for run in register.runs() if run.id == after), None)
    since = f"{run.as_of} (#{run.id})" if run else "最初から the beginning"
    console.print(Text(f"{since} からの変化 {len(found)} 件 · {len(found)} changes since"))
    for kind, rows in groupby(found, key=attrgetter("kind")):
        called = worded(KINDS, kind)
        console.print(Text(f"\n{called['ja']} · {called['en']}", style="bold"))
        table = Table(box=None, pad_edge=False, show_header=False)
        for one in rows:
            style = "" if one.before and one.after else "red" if one.before else "green"
            table.add_row(
                Text("  " + (" " if one.before and one.after else "-" if one.before else "+"), style=style),
                Text(f"{one.store} · {one.dataset}"),
                Text(one.item),
                Text(one.before_words["ja"] if one.before else "", style="dim"),
                Text(f"→ {one.after_words['ja']}" if one.after else "→ なし", style=style),
            )
        console.print(table)


def print_summary(
    register: Register, location: str, paths: Iterable[Path], missed: Sequence[str] = (), *, rehearsal: bool = False
) -> None:
    """What is held, what was found, where the reports lie, and last what could not be read."""
    console = Console(soft_wrap=True, highlight=False)
    datasets = register.datasets()
    personal = [one for one in datasets if any(part.subject_category != "not_personal" for part in one.partitions)]
    columns = sum(len(one.columns) for one in datasets)
    console.print(
        f"データ {len(datasets)} 件（個人情報あり {len(personal)} 件）、列 {columns} 件 "
        f"· {len(datasets)} datasets, {len(personal)} with personal data, {columns} columns"
    )
    labels = verdict_labels()
    for verdict, count in Counter(row["verdict"] for row in register.verdicts()).most_common():
        ja, en = labels[verdict]
        console.print(Text(f"  {count:>4}  {ja} · {en}", style=STYLES.get(verdict, "")))
    if rehearsal and register.last_run("check"):
        notice = words("notice")["rehearsal"]
        console.print(Text(f"{notice['ja']} · {notice['en']}", style="yellow"))
    for path in paths:
        console.print(Text(f"報告書 report    {path}"))
    console.print(Text(f"台帳   register  {location}"))
    not_read = [f"{one.store} {one.name}".strip() + f"（{one.reason}）" for one in register.not_read()]
    if missed:
        console.print(Text(f"走査が終わっていないストア · scan not finished: {'、'.join(missed)}", style="bold yellow"))
    if not_read:
        console.print(Text(f"読めなかったもの {len(not_read)} 件 · not read: {'、'.join(not_read)}", style="yellow"))
    elif missed:
        console.print(
            Text("読めなかったものは、走査を終えるまで分かりません · unknown until the scan ends", style="yellow")
        )
    else:
        console.print("読めなかったものはありません · everything was read")


def print_against(new: Sequence[Mapping[str, Any]], gone: Sequence[Mapping[str, Any]]) -> None:
    """What a baseline does not know, finding by finding, and what of it is found no more."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"基準にない指摘 {len(new)} 件、解消 {len(gone)} 件"
        f" · {len(new)} not in the baseline, {len(gone)} of it are gone"
    )
    for sign, style, rows in (("+", "bold red", new), ("-", "green", gone)):
        for row in rows[:SHOWN]:
            words = [str(row[name]) for name in _TOLD if row.get(name)]
            console.print(Text(f"  {sign} {' '.join(words)}", style=style))
        if len(rows) > SHOWN:
            console.print(Text(f"  {sign} ほか {len(rows) - SHOWN} 件 more", style=style))
    if gone:
        console.print("解消したものは daicho baseline で書き直すと消えます · written anew, it forgets what is gone")


def print_alerts(told: Iterable[Outcome]) -> None:
    """What became of every alert."""
    console = Console(soft_wrap=True, highlight=False)
    for one in told:
        if one.failed:
            console.print(Text(f"お知らせ alert {one.alert}: {one.failed}", style="bold yellow"))
        elif one.new:
            console.print(
                Text(f"お知らせ alert {one.alert}: 新しい指摘 {one.new} 件を送りました · {one.new} new, sent")
            )
        else:
            console.print(Text(f"お知らせ alert {one.alert}: 新しい指摘はありません · nothing new, nothing sent"))


def verdict_labels() -> Mapping[str, tuple[str, str]]:
    """Verdict → its Japanese and English words. Never 違法: the words are おそれ and 要確認."""
    from expectations.check import LABELS

    return LABELS


def subject_category_labels() -> Mapping[str, tuple[str, str]]:
    """Subject category → its Japanese and English words, by the shipped policy."""
    from expectations.policy import load, policies

    policy = load(policies()[0])
    ids = [row.id for row in policy.categories] + [row.id for row in policy.outcomes]
    ids += [f"{row.id}.{sub.id}" for row in policy.categories for sub in row.sub_categories]
    return {one: (policy.label(one).ja, policy.label(one).en) for one in ids}
