"""OpenMetadata: tags a column, in the body of `POST /v1/columns/bulk-update-async`.

https://github.com/open-metadata/OpenMetadata, `schema/api/data/bulkColumnUpdateRequest.json`. The request sets a
column's tags to those it names: `bulk-update-preview` shows beforehand what that replaces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pipelines.exports.contents.told import Told
from pipelines.exports.taxonomies import called, categories, holds

NAME: Final = "openmetadata"
TITLE_JA = "列のタグ（OpenMetadata の一括更新の JSON）"
TITLE_EN = "tags of columns, as OpenMetadata's bulk update takes them"

_LABEL = {"source": "Classification", "labelType": "Automated", "state": "Suggested"}


def files(told: Told) -> Mapping[str, bytes]:
    """One request; only columns with something personal are in it."""
    updates = []
    for table, column in called(told, NAME):
        tags = dict.fromkeys(tag for one in holds(column) for tag in categories()[one]["openmetadata"])
        # of one classification a column has one tag: the graver
        graver = {tag.partition(".")[0]: tag for tag in sorted(tags, key=_gravity)}
        updates.append(
            {
                "columnFQN": ".".join(quoted(part) for part in (*table, column["column"])),
                "entityType": "table",
                "tags": [{"tagFQN": tag, **_LABEL} for tag in sorted(graver.values())],
            }
        )
    content = json.dumps({"columnUpdates": [one for one in updates if one["tags"]]}, ensure_ascii=False, indent=1)
    return {"openmetadata-columns.json": content.encode() + b"\n"}


def quoted(part: str) -> str:
    """A part of a fully qualified name: in quotes where a dot or a quote stands in it.

    >>> quoted("dtb_customer"), quoted("v1.name")
    ('dtb_customer', '"v1.name"')
    """
    return '"' + part.replace('"', '""') + '"' if "." in part or '"' in part else part


def _gravity(tag: str) -> int:
    return tag in ("PII.Sensitive", "PersonalData.SpecialCategory")
