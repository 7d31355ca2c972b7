"""What a register answers: stores, datasets with their columns and partitions, runs, changes. No personal values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from classifiers.tags import NOT_PERSONAL, Custody, Nature

Sentence = Mapping[str, str]
"""One sentence in both languages: `ja` and `en`."""


@dataclass(frozen=True, slots=True)
class RegisteredStore:
    """A store as it was declared at its last scan."""

    id: str
    label: str
    owner: str
    kind: str
    country: str
    custody: str
    """`own`, `entrusted`, or '' where people left it to what the scan sees."""
    contract: str
    reads: tuple[str, ...]
    """Of a store of SQL: the stores whose tables it names; none: every database."""
    last_run: int
    """The run that last scanned it."""


@dataclass(frozen=True, slots=True)
class RegisteredColumn:
    """A column and what it holds, in the order in which its store has it."""

    column: str
    """Masked where a personal value may hide in it."""
    data_category: str
    data_type: str
    confidence: float
    """0..1."""
    prevalence: float
    """Share of non-empty rows whose value speaks for the category, 0..1."""
    distinct_hits: int
    n: int
    """Distinct values that were looked at."""
    evidence: tuple[Sentence, ...]
    alternatives: tuple[tuple[str, float], ...]
    """Other data categories and their confidence, best first."""
    mentions: tuple[tuple[str, int], ...]
    """Free text: data category found inside → number of values it was found in."""

    @property
    def personal(self) -> bool:
        """Whether it is not proven impersonal: `unresolved` counts as personal."""
        return self.data_category != NOT_PERSONAL


@dataclass(frozen=True, slots=True)
class RegisteredPartition:
    """Some rows of a dataset, or all of them, that are one kind of person's."""

    row_filter: str
    """'' is the whole dataset."""
    subject: str
    custody: Custody
    nature: Nature
    subject_category: str
    """本人の区分, as the policy in force at the last scan or check maps it."""
    confidence: float
    share: float
    """Share of the rows that were read, 0..1."""
    evidence: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class RegisteredLink:
    """A column that points at another dataset's column (結合)."""

    column: str
    target: str
    target_column: str
    origin: str


@dataclass(frozen=True, slots=True)
class RegisteredUse:
    """What the scan saw the data to be used for."""

    use: str
    confidence: float
    evidence: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class RegisteredStops:
    """Rows of a dataset held against the stop list's entries of one scope: counts alone."""

    scope: str
    rows: int
    """Rows that were compared: all of them, or those of the sample."""
    hits: int
    doubts: int
    """For a person to check."""


@dataclass(frozen=True, slots=True)
class RegisteredDataset:
    """A dataset as its last scan saw it."""

    id: str
    """Opaque: `pipelines.scan.dataset_id` of the store's id and the unmasked name."""
    store: str
    name: str
    """Masked."""
    label: str
    kind: str
    contract: str
    records: int | None
    """Rows or documents; None: unknown."""
    rows_read: int
    level: str
    """How far it was read: `metadata`, `sample` or `full`."""
    individuals: int | None
    """About how many persons; None: unknown."""
    version: str
    basis: str
    """What the content and the judgement of it rested on: `pipelines.scan.answers.Scanned`."""
    access: tuple[tuple[str, str], ...]
    """Whom its store lets read it: `owner`, `group`, `role` or `everyone`, and the name; () the store does not tell."""
    oldest: date | None
    """The first day of the oldest month in it that says since when records are held."""
    oldest_column: str
    """The column that says so."""
    first_run: int
    last_run: int
    """The run that last read it: an earlier one than the store's last where it could not be read since."""
    columns: tuple[RegisteredColumn, ...]
    partitions: tuple[RegisteredPartition, ...]
    links: tuple[RegisteredLink, ...]
    uses: tuple[RegisteredUse, ...]
    stops: tuple[RegisteredStops, ...]
    """One a scope that somebody stood in; () it was not compared."""


@dataclass(frozen=True, slots=True)
class RegisteredStatement:
    """One statement of a job: which names it reads and writes, as it calls them, masked."""

    line: int
    """Of the job's file; 0: not known."""
    kind: str
    target: str
    outlet: str
    """Where rows leave the database: `file`, `storage`, `stream`; '' they stay."""
    sources: tuple[str, ...]
    passed_on: tuple[str, ...]
    """Those of which something is selected; the others only decide which rows."""
    together: tuple[tuple[str, str], ...]
    """Names whose rows are put side by side."""
    feeds: tuple[tuple[str, str, str], ...]
    """Source, column, column of the target."""
    uses: tuple[RegisteredUse, ...]
    """What for, beyond what the sources are called; the surest first."""


@dataclass(frozen=True, slots=True)
class RegisteredJob:
    """A view, a script, a dbt model or a query log: where SQL says what data is used for."""

    id: str
    store: str
    name: str
    """Masked."""
    label: str
    kind: str
    """`table` is a view, which is a dataset, too; `statements` a file."""
    last_run: int
    statements: tuple[RegisteredStatement, ...]


@dataclass(frozen=True, slots=True)
class RegisteredVerdict:
    """A verdict of the last check: `expectations.check.Verdict`, and since when it stands."""

    id: str
    run: int
    """The check that gave it."""
    since_run: int
    """The check since which its outcome is the same."""
    rule: str
    requirement: str
    verdict: str
    severity: str
    dataset_id: str
    store: str
    dataset: str
    row_filter: str
    use: str
    use_kind: str
    subject_category: str
    column: str
    purpose: str
    clause: str
    law: str
    digest: str
    evidence: tuple[Sentence, ...]
    next_step: Sentence


@dataclass(frozen=True, slots=True)
class Known:
    """What the register's answer about a dataset rests on."""

    version: str
    """The store's word for the state of the content that was read; '': it had none."""
    basis: str
    last_run: int


@dataclass(frozen=True, slots=True)
class RegisteredNotRead:
    """Something that the last scan of its store could not read, and why."""

    store: str
    name: str
    """Masked; '' is the store itself."""
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class RegisteredRuling:
    """A person's word on what the machine says, as it stood at the last check. Names nobody."""

    id: str
    about: str
    """`column`, `rows` or `verdict`."""
    dataset_id: str
    item: str
    """The column's masked name, the partition's filter, the verdict's id."""
    machine: str
    """What the machine says: a data category, a subject; of a verdict its digest; '' nothing."""
    says: str
    custody: str
    """'' as the machine says."""
    state: str
    """Of `expectations.rulings.State`."""
    why: str
    ruled_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Run:
    """One scan or check."""

    id: int
    kind: str
    started: datetime
    finished: datetime | None
    status: str
    """`running` until it finished."""
    as_of: date
    versions: Mapping[str, str]
    counts: Mapping[str, Any]
    """How much of what it did; of a scan `by_store` has a row of counts and speeds a store."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a run found otherwise than the register had it."""

    run: int
    kind: str
    """`dataset`, `column`, `partition` or `verdict`."""
    dataset_id: str
    item: str
    """The column's masked name, the partition's filter, the verdict's id; '' for a dataset."""
    before: str
    """'' where it is new."""
    after: str
    """'' where it is gone."""
