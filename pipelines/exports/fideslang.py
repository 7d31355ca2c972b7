"""fideslang: datasets with the data categories of their fields, for Fides and whatever else reads its YAML.

https://github.com/ethyca/fideslang
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import yaml

from pipelines.exports.contents.told import Row, Told
from pipelines.exports.taxonomies import categories, holds, personal

NAME = "fideslang"
TITLE_JA = "データセットと項目の分類（fideslang の YAML）"
TITLE_EN = "datasets and their data categories as fideslang YAML"

_NO_KEY = re.compile(r"[^a-zA-Z0-9_.<>-]+")


def files(told: Told) -> Mapping[str, bytes]:
    """A store is a dataset of Fides, a dataset a collection, a column a field."""
    fields: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    about_persons = personal(told)
    for column in told.sections["columns"]:
        fields[column["dataset_id"]].append(_field(column, column["dataset_id"] in about_persons))
    collections: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for dataset in told.sections["datasets"]:
        if dataset["dataset_id"] in fields:
            collection = {
                "name": dataset["dataset"],
                "description": dataset["label"],
                "fields": _apart(fields[dataset["dataset_id"]]),
            }
            collections[dataset["store"]].append({key: value for key, value in collection.items() if value})
    datasets = [
        _dataset(store, collections[store["id"]]) for store in told.sections["stores"] if collections[store["id"]]
    ]
    text = yaml.safe_dump({"dataset": datasets}, allow_unicode=True, sort_keys=False, width=120)
    return {"fideslang.yml": text.encode()}


def _dataset(store: Row, collections: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "fides_key": key(store["id"]),
        "organization_fides_key": "default_organization",
        "name": store["label"] or store["id"],
        "meta": {field: store[field] for field in ("owner", "country", "custody") if store[field]},
        "collections": _apart(collections),
    }


def _field(column: Row, is_personal: bool) -> dict[str, Any]:
    found = [categories()[one]["fides"] for one in holds(column)] if is_personal else []
    named = list(dict.fromkeys(one for one in found if one))
    return {"name": column["column"]} | ({"data_categories": named} if named else {})


def _apart(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose names are not the same: what is masked alike is numbered, as Fides knows nothing twice."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["name"]] += 1
        if seen[row["name"]] > 1:
            row["name"] = f"{row['name']} ({seen[row['name']]})"
    return rows


def key(id: str) -> str:
    """An id as Fides takes it: Latin letters and digits; what is none of those makes it a digest's, too.

    >>> key("crm"), key("顧客 DB")
    ('crm', '_DB_9ff4')
    """
    plain = _NO_KEY.sub("_", id)
    return plain if plain == id else f"{plain}_{hashlib.blake2b(id.encode(), digest_size=2).hexdigest()}"
