"""DataHub: tags a column, as a file of metadata change proposals, which `datahub ingest`'s source `file` reads.

https://docs.datahub.com/docs/generated/ingestion/sources/metadata-file. They are patches: a tag is added, and what
people wrote beside it stays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from pipelines.exports.contents.told import Told
from pipelines.exports.taxonomies import called, holds

NAME: Final = "datahub"
TITLE_JA = "列のタグ（DataHub の MCP の JSON）"
TITLE_EN = "tags of columns, as DataHub's metadata change proposals"

TAGS = "urn:li:tag:daicho."
_RESERVED = str.maketrans({",": "%2C", "(": "%28", ")": "%29"})
"""What would end a name inside of a URN."""
_PATCH = "application/json-patch+json"


def files(told: Told) -> Mapping[str, bytes]:
    """One list of proposals, one a dataset."""
    patches: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for table, column in called(told, NAME):
        platform, _, name = ".".join(table).partition(":")
        urn = f"urn:li:dataset:(urn:li:dataPlatform:{platform},{name.translate(_RESERVED)},PROD)"
        field = _pointed(column["column"])
        patches[urn] += [
            {
                "op": "add",
                "path": f"/editableSchemaFieldInfo/{field}/globalTags/tags/{TAGS}{category}",
                "value": {"tag": f"{TAGS}{category}"},
            }
            for category in holds(column)
        ]
    proposals = [
        {
            "entityType": "dataset",
            "entityUrn": urn,
            "changeType": "PATCH",
            "aspectName": "editableSchemaMetadata",
            "aspect": {"value": json.dumps(operations, ensure_ascii=False), "contentType": _PATCH},
        }
        for urn, operations in patches.items()
    ]
    return {"datahub-tags.json": json.dumps(proposals, ensure_ascii=False, indent=1).encode() + b"\n"}


def _pointed(part: str) -> str:
    """A part of a JSON pointer (RFC 6901)."""
    return part.replace("~", "~0").replace("/", "~1")
