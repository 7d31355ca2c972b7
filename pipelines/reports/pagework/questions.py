"""What a privacy team is asked first, answered from the register: past term, My Number, new, purposeless, unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.clock import TOKYO
from pipelines.register import RegisteredDataset, RegisteredNotRead, RegisteredStore, Run
from pipelines.reports.pagework.holdings import categories_of, personal_columns, personal_partitions, readers
from pipelines.reports.pagework.purposes import DeclaredUse
from pipelines.reports.words import Pair, short, subject_category, worded, words

if TYPE_CHECKING:
    from expectations.facts import Declared
    from expectations.policy import Policy

_TERM = "kept-within-term"
_SEEN = "observed-use-declared"
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that answers a question."""

    store: str
    name: str
    """'' is the whole store."""
    says: Pair
    dataset_id: str = ""
    """'' it leads to no dataset."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer."""

    id: str
    ask: Pair
    lines: tuple[Line, ...]
    nothing: Pair
    """The answer where there is no line: that there is none, or why nobody can tell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answers are drawn from."""

    policy: Policy
    stores: Sequence[RegisteredStore]
    datasets: Sequence[RegisteredDataset]
    verdicts: Sequence[Mapping[str, Any]]
    declared: Declared
    nameless: Sequence[DeclaredUse]
    unread: Sequence[RegisteredNotRead]
    runs: Sequence[Run]
    """The newest first."""


def questions(asked: Asked) -> tuple[Question, ...]:
    """Every question with its answer."""
    return (_past_term(asked), _my_number(asked), _new(asked), _without_purpose(asked), _unread(asked))


def _past_term(asked: Asked) -> Question:
    lines = [
        Line(
            verdict["store"],
            verdict["dataset"],
            _beside(short(subject_category(asked.policy, verdict["subject_category"])), sentence),
            verdict["dataset_id"],
        )
        for verdict in asked.verdicts
        for sentence in verdict["evidence"]
        if sentence.get("code") == _TERM
    ]
    ended = {"ja": "期限を過ぎたものは見つかっていません。", "en": "Nothing was found past its term."}
    unknown = {
        "ja": "保管期限がまだ宣言されていないため分かりません（declarations/retentions.yml）。",
        "en": "Nobody can tell: no term of keeping is declared yet (declarations/retentions.yml).",
    }
    return Question(
        "past-term",
        {
            "ja": "保管期限を過ぎた情報は、だれのものがどこにありますか",
            "en": "Whose data is kept past its term, and where?",
        },
        tuple(sorted(lines, key=lambda line: line.says["ja"])),
        ended if asked.declared.retentions else unknown,
    )


def _my_number(asked: Asked) -> Question:
    owners = {store.id: store.owner for store in asked.stores}
    lines = [
        Line(one.store, one.name, _who(one, owners.get(one.store, "")), one.id)
        for one in asked.datasets
        if any("my_number" in categories_of(column) for column in personal_columns(one))
    ]
    return Question(
        "my-number",
        {"ja": "マイナンバーを見られるのはだれですか", "en": "Who may see My Number?"},
        tuple(lines),
        {"ja": "マイナンバーは見つかっていません。", "en": "No My Number was found."},
    )


def _who(dataset: RegisteredDataset, owner: str) -> Pair:
    ask = f"（{owner}に確かめる）" if owner else ""
    return {
        "ja": "、".join(readers(dataset, "ja")) or f"保管場所からは分かりません{ask}",
        "en": ", ".join(readers(dataset, "en")) or "its store does not tell" + (f" (ask {owner})" if owner else ""),
    }


def _new(asked: Asked) -> Question:
    scans = {run.id: run.started.astimezone(TOKYO).date() for run in asked.runs if run.kind == "scan"}
    newest, first = (max(scans.values()), min(scans.values())) if scans else (date.min, date.min)
    since = newest - _YEAR if scans else date.min
    began = {
        "ja": f"台帳の最初の走査は {first} です。1年前との比較はまだできません。",
        "en": f"The register's first scan was on {first}: there is no year to compare with yet.",
    }
    lines = [
        Line(one.store, one.name, _since(asked.policy, one, scans[one.first_run]), one.id)
        for one in asked.datasets
        if personal_partitions(one) and first < scans.get(one.first_run, first) and scans[one.first_run] >= since
    ]
    return Question(
        "new",
        {"ja": "この1年で新たに持ち始めたものは何ですか", "en": "What did we start to hold in the last year?"},
        tuple(lines),
        began if first >= since else {"ja": "新たに持ち始めたものはありません。", "en": "Nothing new is held."},
    )


def _since(policy: Policy, dataset: RegisteredDataset, day: date) -> Pair:
    whose = [short(subject_category(policy, one.subject_category)) for one in personal_partitions(dataset)]
    return {
        language: f"{day} · " + "・".join(dict.fromkeys(one[language] for one in whose)) for language in ("ja", "en")
    }


def _without_purpose(asked: Asked) -> Question:
    declared = [
        Line(use.store, use.dataset, _beside(_beside({"ja": use.id, "en": use.id}, use.use), use.verdict_words))
        for use in asked.nameless
    ]
    return Question(
        "no-purpose",
        {"ja": "利用目的を宣言していない利用はどれですか", "en": "Which uses have no purpose?"},
        (*declared, *_seen(asked.verdicts)),
        {"ja": "どの利用も利用目的を宣言しています。", "en": "Every use names a purpose."},
    )


def _seen(verdicts: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    for verdict in verdicts:
        for sentence in verdict["evidence"]:
            if sentence.get("code") == _SEEN:
                yield Line(verdict["store"], verdict["dataset"], _pair(sentence), verdict["dataset_id"])


def _unread(asked: Asked) -> Question:
    return Question(
        "unread",
        {"ja": "読めなかったものは何ですか", "en": "What was not read?"},
        tuple(Line(one.store, one.name, worded(words("reason"), one.reason)) for one in asked.unread),
        {"ja": "宣言されたものはすべて読みました。", "en": "Everything declared was read."},
    )


def _beside(first: Pair, second: Mapping[str, str]) -> Pair:
    return {"ja": f"{first['ja']}：{second['ja']}", "en": f"{first['en']}: {second['en']}"}


def _pair(sentence: Mapping[str, str]) -> Pair:
    return {"ja": sentence["ja"], "en": sentence["en"]}
