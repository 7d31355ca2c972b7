"""Other programs' words for what a column holds, and their names for a column: rows of `categories.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict

import yaml

from classifiers.masking import MASK
from classifiers.tags import NOT_PERSONAL
from pipelines.reports import ReportError

if TYPE_CHECKING:
    from pipelines.declarations.stores import Catalogue
    from pipelines.exports.contents.told import Row, Told


class Said(TypedDict):
    """What other programs call a data category."""

    fides: str
    openmetadata: list[str]


@cache
def categories() -> Mapping[str, Said]:
    """Data category → what it is called elsewhere."""
    text = files(__package__).joinpath("categories.yml").read_text(encoding="utf-8")
    rows: Mapping[str, Said] = yaml.safe_load(text)
    return rows


def personal(told: Told) -> frozenset[str]:
    """Ids of the datasets that are not proven to be about no person."""
    rows = told.sections["partitions"]
    return frozenset(row["dataset_id"] for row in rows if row["subject_category"] != NOT_PERSONAL)


def holds(column: Row) -> tuple[str, ...]:
    """A column's data category and those mentioned inside it, without what is about no person."""
    found = (column["data_category"], *column["mentions"])
    return tuple(one for one in dict.fromkeys(found) if one in categories() and one != NOT_PERSONAL)


def called(told: Told, catalogue: Catalogue) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Every column with something personal, in stores that a catalogue knows: its table's name there, part by part.

    Raises ReportError where no store says what the catalogue calls it. What is masked has no name there.
    """
    names = {store.id: store.catalogues[catalogue] for store in told.stores if catalogue in store.catalogues}
    if not names:
        raise ReportError(
            f"{catalogue}: どの保管場所の名前も分かりません。stores.yml の catalogues に書き、--declarations で渡します"
            f" · no store says what {catalogue} calls it: `catalogues` in stores.yml, and --declarations"
        )
    about_persons = personal(told)
    for column in told.sections["columns"]:
        masked = MASK in column["dataset"] or MASK in column["column"]
        if column["store"] in names and column["dataset_id"] in about_persons and holds(column) and not masked:
            yield _above(names[column["store"]], column["dataset"]), column


def _above(place: str, table: str) -> tuple[str, ...]:
    """A table's name under a schema's; a table with a schema of its own (`sales.orders`) stands in that one.

    >>> _above("service.crm.public", "dtb_customer"), _above("service.crm.public", "sales.orders")
    (('service', 'crm', 'public', 'dtb_customer'), ('service', 'crm', 'sales', 'orders'))
    """
    parts, own = place.split("."), table.split(".")
    return (*(parts if len(own) == 1 else parts[: 1 - len(own)]), *own)
