"""A recall drill: known persons are looked up like anybody, and held against where they are known to be.

The persons are synthetic or have consented; their file is its owner's alone (0600). What is kept of a drill are counts,
stores and the persons' ids.
"""

from __future__ import annotations

import io
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipelines import private_files
from pipelines.clock import now
from pipelines.disclosure import keys
from pipelines.disclosure.findings import Candidate, LookupResult
from pipelines.disclosure.person import Person, PersonError
from pipelines.disclosure.where import NEED_NOT


class DrillError(Exception):
    """The file of persons or the history cannot be used; the message holds no value of it."""


class Held(BaseModel):
    """Where a person is known to be."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    store: str
    dataset: str
    """As the register shows it."""
    rows: int = Field(ge=1)


class Known(BaseModel):
    """One person of a drill."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str = Field(pattern="^[a-z0-9-]{1,20}$")
    """Says nothing of the person: it stands in audit and history."""
    consent: str = Field(min_length=1)
    """`synthetic`, or when and how the person agreed."""
    keys: dict[str, str | list[str]] = Field(repr=False)
    """As `daicho lookup` reads them."""
    held: tuple[Held, ...]

    @field_validator("held")
    @classmethod
    def _once(cls, held: tuple[Held, ...]) -> tuple[Held, ...]:
        if len({(one.store, one.dataset) for one in held}) < len(held):
            raise ValueError("同じ表が二度あります (a dataset is named twice)")
        return held


@dataclass(frozen=True, slots=True)
class Missed:
    """Rows of a known person that were not put forward."""

    person: str
    store: str
    dataset: str
    rows: int


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill came to. Nothing personal is in it."""

    at: str
    """ISO 8601."""
    persons: int
    known: int
    """Rows they are known to be in."""
    found: int
    """Of those, how many were put forward; rows set apart as another person's are not found."""
    wrong: float
    """Median over the persons of the rows put forward that are not known to be theirs."""
    seconds: float
    """Median over the persons."""
    not_searched: int
    """Stores and datasets that the last look-up could not read."""
    missed: tuple[Missed, ...]

    @property
    def share(self) -> float:
        """Found of known, 0..1; 1 where nothing is known: a person who is nowhere must not be found."""
        return self.found / self.known if self.known else 1.0

    def row(self) -> dict[str, object]:
        """As JSON."""
        return {**asdict(self), "share": round(self.share, 4)}


def read(path: Path) -> tuple[Known, ...]:
    """The persons of a JSON file `{"persons": […]}`; raises DrillError, PrivateFileError where others may read it."""
    try:
        private_files.guard(path)
        rows = json.loads(path.read_text(encoding="utf-8"))["persons"]
        found = tuple(Known.model_validate(row) for row in rows)
    except FileNotFoundError:
        raise DrillError(f"{path}: ありません (no such file)") from None
    except ValidationError as error:
        places = "、".join(".".join(map(str, one["loc"])) or one["type"] for one in error.errors(include_input=False))
        raise DrillError(f"{path}: {places} が正しくありません (is wrong)") from None
    except (ValueError, KeyError, TypeError):
        raise DrillError(f'{path}: {{"persons": […]}} の形の JSON にしてください (is not such JSON)') from None
    if not found or len({one.id for one in found}) < len(found):
        raise DrillError(f"{path}: 人がいないか、id が重なっています (no persons, or an id twice)")
    return found


def person(known: Known) -> Person:
    """The person's keys; raises DrillError that names the id."""
    try:
        return keys.read(io.StringIO(json.dumps(known.keys, ensure_ascii=False)))
    except PersonError as error:
        raise DrillError(f"{known.id}: {error}") from None


def drill(known: Sequence[Known], look: Callable[[Person, str], LookupResult]) -> Drilled:
    """Look everyone up by `look`, which is given the person and the reason for the audit."""
    asked = [(one, person(one)) for one in known]
    found, wrong, seconds, missed, unread = 0, list[int](), list[float](), list[Missed](), 0
    for one, keys_of_one in asked:
        begun = time.perf_counter()
        result = look(keys_of_one, f"drill {one.id}")
        seconds.append(time.perf_counter() - begun)
        here = Counter((row.store, row.dataset) for row in _put_forward(result))
        for place in one.held:
            there = min(here[place.store, place.dataset], place.rows)
            here[place.store, place.dataset] -= there
            found += there
            if there < place.rows:
                missed.append(Missed(one.id, place.store, place.dataset, place.rows - there))
        wrong.append(here.total())
        unread = sum(row.reason not in NEED_NOT for row in result.not_searched)
    return Drilled(
        at=now().isoformat(timespec="seconds"),
        persons=len(known),
        known=sum(place.rows for one in known for place in one.held),
        found=found,
        wrong=statistics.median(wrong),
        seconds=round(statistics.median(seconds), 3),
        not_searched=unread,
        missed=tuple(missed),
    )


def keep(history: Path, drilled: Drilled) -> list[dict[str, object]]:
    """Add a drill to its history, a line of JSON each, and answer the whole of it; raises DrillError."""
    try:
        with history.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(drilled.row(), ensure_ascii=False) + "\n")
        return [json.loads(line) for line in history.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        raise DrillError(f"{history}: 履歴を読み書きできません (the history cannot be read or written)") from None


def day(row: dict[str, object]) -> str:
    """A drill's day."""
    return datetime.fromisoformat(str(row["at"])).date().isoformat()


def _put_forward(result: LookupResult) -> Iterator[Candidate]:
    return (one for one in result.candidates if one.weighed.disposition != "excluded")
