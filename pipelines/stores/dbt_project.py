"""What a dbt project says of its models: where they lie, and what `ref()` and `source()` mean to the database.

`dbt_project.yml` names the folders, YAML files beside the models the sources. A `manifest.json` that dbt wrote knows
more (schemas, aliases, macros filled in) and is believed first.
https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pipelines.stores import NotRead, StoreError
from pipelines.stores.walk import Piece

SETTINGS = "dbt_project.yml"
LARGEST_YAML = 2**20
LARGEST_MANIFEST = 128 * 2**20
PATHS = {
    "model-paths": ["models"],
    "snapshot-paths": ["snapshots"],
    "target-path": "target",
    "packages-install-path": "dbt_packages",
    "log-path": "logs",
}
"""Settings of a project, and what they are where it leaves them out."""

Relation = tuple[str, ...]


class Project:
    """A project, its files by their names."""

    def __init__(self, files: Mapping[str, Piece]) -> None:
        if SETTINGS not in files:
            raise StoreError(
                "missing", f"{SETTINGS} がありません。dbt プロジェクトの最上位のフォルダを指定してください"
            )
        self._files = files
        self._missed: list[NotRead] = []

    @property
    def missed(self) -> tuple[NotRead, ...]:
        """What of the files that speak of the models could not be read."""
        _ = self.relations  # which reads them
        return tuple(self._missed)

    def is_model(self, name: str) -> bool:
        """Whether a file is a model or a snapshot."""
        return name.endswith(".sql") and name.startswith(self._models)

    def speaks_of_models(self, name: str) -> bool:
        """Whether what models are called hangs on a file."""
        described = name.startswith(self._models) and name.endswith((".yml", ".yaml"))
        return described or name in (SETTINGS, self._manifest_name)

    def leaves_out(self, name: str) -> bool:
        """Whether something that nobody reads is what dbt itself wrote or installed."""
        written = (*self._folders("target-path"), *self._folders("packages-install-path"), *self._folders("log-path"))
        return name.startswith(written)

    def relation(self, name: str) -> str:
        """What the database calls the model of that file, in quotes part by part."""
        node = self._nodes.get(name, {})
        parts = _texts(node, "database", "schema", "alias") or (name.rpartition("/")[2].removesuffix(".sql"),)
        return ".".join('"{}"'.format(part.replace('"', '""')) for part in parts)

    def compiled(self, name: str, raw: bytes) -> bytes:
        """A model as dbt last filled it in, where that is of this very text; else the text itself."""
        node = self._nodes.get(name, {})
        code, compiled = node.get("raw_code"), node.get("compiled_code")
        same = isinstance(code, str) and raw.decode(errors="replace").strip() == code.strip()
        return compiled.encode(errors="replace") if same and isinstance(compiled, str) else raw

    @cached_property
    def relations(self) -> Mapping[tuple[str, ...], Relation]:
        """What every reference means, as `classifiers.statements.read` takes it."""
        found: dict[tuple[str, ...], Relation] = {}
        for name in sorted(self._files):
            if self.speaks_of_models(name) and name not in (SETTINGS, self._manifest_name):
                found |= dict(_declared_sources(self._read(name, _yaml, LARGEST_YAML)))
        for node in _rows(self._manifest.get("nodes")):
            if node.get("resource_type") in ("model", "seed", "snapshot"):
                found[("ref", str(node.get("name")))] = _texts(node, "database", "schema", "alias")
        for source in _rows(self._manifest.get("sources")):
            key = ("source", str(source.get("source_name")), str(source.get("name")))
            found[key] = _texts(source, "database", "schema", "identifier")
        return {key: relation for key, relation in found.items() if relation}

    @cached_property
    def _settings(self) -> Mapping[str, Any]:
        return self._read(SETTINGS, _yaml, LARGEST_YAML)

    @cached_property
    def _manifest(self) -> Mapping[str, Any]:
        return self._read(self._manifest_name, _json, LARGEST_MANIFEST) if self._manifest_name in self._files else {}

    @cached_property
    def _nodes(self) -> Mapping[str, Mapping[str, Any]]:
        """The project's own models by their files."""
        own = self._settings.get("name")
        return {
            str(node.get("original_file_path")).replace("\\", "/"): node
            for node in _rows(self._manifest.get("nodes"))
            if node.get("package_name") == own
        }

    @cached_property
    def _models(self) -> tuple[str, ...]:
        return (*self._folders("model-paths"), *self._folders("snapshot-paths"))

    @cached_property
    def _manifest_name(self) -> str:
        return f"{self._folders('target-path')[0]}manifest.json"

    def _folders(self, setting: str) -> tuple[str, ...]:
        said = self._settings.get(setting, PATHS[setting])
        paths = said if isinstance(said, list) else [said]
        return tuple(f"{str(path).strip('./')}/" for path in paths) or ("?/",)

    def _read(self, name: str, parse: Callable[[bytes], Any], most: int) -> Mapping[str, Any]:
        """A file's mapping; an empty one where it cannot be read, which is told."""
        file = self._files[name].files[0]
        if file.size > most:
            self._missed.append(NotRead(name, "too_large", f"{most // 2**20} MiB を超えるファイルは読みません"))
            return {}
        try:
            found = parse(file.read())
        except Exception:
            self._missed.append(NotRead(name, "broken", "YAML または JSON として読めません"))
            return {}
        return found if isinstance(found, dict) else {}


def _yaml(raw: bytes) -> Any:
    import yaml

    return yaml.safe_load(raw.decode("utf-8-sig"))


def _json(raw: bytes) -> Any:
    import orjson

    return orjson.loads(raw)


def _declared_sources(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Relation]]:
    for source in _rows(document.get("sources")):
        for table in _rows(source.get("tables")):
            name = str(table.get("name"))
            schema = {"schema": source.get("name"), **source}
            relation = (*_texts(schema, "database", "schema"), *(_texts(table, "identifier") or (name,)))
            yield ("source", str(source.get("name")), name), relation


def _rows(listed: Any) -> list[Mapping[str, Any]]:
    rows = listed.values() if isinstance(listed, dict) else listed if isinstance(listed, list) else ()
    return [row for row in rows if isinstance(row, dict)]


def _texts(row: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    """What stands under some keys; what is filled in only when dbt runs is left out."""
    found = (row.get(key) for key in keys)
    return tuple(text for text in found if isinstance(text, str) and text and "{{" not in text)
