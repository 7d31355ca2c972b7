"""Rulings written and offered: `rulings.yml` of the declarations is the one source of what people have ruled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import ValidationError

from classifiers.normalize import fold
from expectations.rulings import Ruling, Standing
from pipelines.declarations import DeclarationsError
from pipelines.register.sightings import flows

if TYPE_CHECKING:
    from expectations.verdicts import Verdict
    from pipelines.register import Register

FILE = "rulings.yml"
_HEAD = (
    "# 人の判断。機械の見立てより優先し、見立てが変われば開き直されます。\n"
    "# What people have ruled: it goes before what the machine says, and re-opens where that changes.\n"
    "rulings:\n"
)


class RulingError(DeclarationsError):
    """A ruling cannot be made: what it is about is not there, or it is not whole."""


def made(register: Register, rows: Iterable[Mapping[str, Any]]) -> list[Ruling]:
    """Rulings from what somebody wrote, with what the machine says of each filled in; raises RulingError.

    Every wrong row is told at once, by its number.
    """
    saw = _Machine(register)
    found: list[Ruling] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(Ruling.model_validate({"saw": saw.says(row), **row}))
        except ValidationError as error:
            keys = sorted({".".join(map(str, one["loc"])) or one["msg"] for one in error.errors()})
            wrong.append(f"  {number}: {', '.join(keys)}")
        except LookupError as error:
            wrong.append(f"  {number}: {error}")
    if wrong:
        raise RulingError("\n".join(["書けない判断があります · rulings that cannot be made", *wrong]))
    return found


def append(folder: Path, rulings: Sequence[Ruling], known: Iterable[str]) -> Path:
    """Write rulings below those that are there, whose lines and remarks stay; raises RulingError, OSError."""
    path = folder / FILE
    if twice := sorted({one.id for one in rulings} & set(known)):
        raise RulingError(f"{path}: id {', '.join(twice)} はもうあります · stands there already")
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    if text.rstrip().endswith("rulings: []"):
        text = text.rstrip().removesuffix(" []") + "\n"
    lines = "".join(_row(one) for one in rulings)
    path.write_text(f"{text.rstrip()}\n{lines}", encoding="utf-8")
    return path


def offered(register: Register, standings: Iterable[Standing]) -> Iterator[dict[str, Any]]:
    """Rulings that those in force suggest: the same header elsewhere, of which the machine says what it said there.

    Rows for `made`, without who rules: that is for a person to write.
    """
    standings = tuple(standings)
    taught: dict[tuple[str, str], Ruling] = {}
    ruled = set()
    for one in standings:
        ruling = one.ruling
        ruled.add((ruling.store, ruling.dataset, ruling.column))
        if one.state == "in_force" and ruling.about == "column":
            taught.setdefault((fold(ruling.column), ruling.saw), ruling)
    for dataset in register.datasets():
        for column in dataset.columns:
            where = (dataset.store, dataset.name, column.column)
            like = taught.get((fold(column.column), column.data_category))
            if like and where not in ruled:
                yield {
                    "id": f"{like.id}-{dataset.id[:8]}",
                    "about": "column",
                    "store": dataset.store,
                    "dataset": dataset.name,
                    "column": column.column,
                    "saw": column.data_category,
                    "says": like.says,
                    "why": like.why,
                }


class Flip(NamedTuple):
    """A verdict that is another with the rulings than without."""

    store: str
    dataset: str
    row_filter: str
    about: str
    """The use, the column or the table of cases."""
    before: str
    """'' there is none."""
    after: str


def flips(before: Iterable[Verdict], after: Iterable[Verdict]) -> list[Flip]:
    """What the rulings change, by place."""
    was, now = _by_place(before), _by_place(after)
    return [
        Flip(*place, was.get(place, ""), now.get(place, ""))
        for place in sorted(was.keys() | now.keys())
        if was.get(place) != now.get(place)
    ]


def _by_place(verdicts: Iterable[Verdict]) -> dict[tuple[str, str, str, str], str]:
    return {
        (one.store, one.dataset, one.row_filter, one.use or one.column or one.table): one.verdict for one in verdicts
    }


Found = TypeVar("Found")


class _Machine:
    """What the machine says of whatever a ruling is about."""

    def __init__(self, register: Register) -> None:
        self._datasets = {(one.store, one.name): one for one in register.datasets()}
        self._shown = {(one.dataset, one.use) for one in flows(register.lineage()).uses}
        self._digests: dict[str, str] = {row["id"]: row["digest"] for row in register.verdicts()}

    def says(self, row: Mapping[str, Any]) -> str:
        about = row.get("about")
        if about == "verdict":
            return self._one(self._digests, str(row.get("verdict")), "判定 verdict")
        dataset = self._one(self._datasets, (row.get("store"), row.get("dataset")), "データ dataset")
        if about == "use":
            key = (dataset.id, row.get("use"))
            return self._one({place: place[1] for place in self._shown}, key, "利用 use")
        if about == "rows":
            return self._one(
                {p.row_filter: p.subject for p in dataset.partitions}, row.get("rows", ""), "行の条件 rows"
            )
        return self._one({c.column: c.data_category for c in dataset.columns}, row.get("column"), "列 column")

    @staticmethod
    def _one(known: Mapping[Any, Found], key: Any, what: str) -> Found:
        if key not in known:
            raise LookupError(f"その{what}は台帳にありません · is not in the register")
        return known[key]


def _row(ruling: Ruling) -> str:
    # JSON in YAML: every word in quotes, so that no id is taken for a number
    told = ruling.model_dump(mode="json", exclude_defaults=True)
    return f"  - {json.dumps(told, ensure_ascii=False)}\n"
