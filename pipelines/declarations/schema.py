"""JSON Schemas of the declarations, for editors: `python -m pipelines.declarations.schema` rewrites them.

One schema a file, made of the models that the loader reads by, with the vocabulary's words as choices and what
`words.yml` says of each key. They are committed, shipped, and a test proves that they and the models agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from expectations.published import Label, Text
from pipelines.declarations import MODELS, PARTS, DeclarationsError
from pipelines.declarations.reading import fields_of, model_in
from pipelines.declarations.references import vocabularies
from pipelines.declarations.stores import UNREACHABLE, StoreDeclaration
from pipelines.stores import kinds

FOLDER = "schemas"
"""Where they lie: in this package, and beside the declarations that `daicho init` writes."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Said(Label):
    """What a key or a kind of row is called, and what to write there."""

    ja_says: str = ""
    en_says: str = ""

    def annotations(self) -> dict[str, str]:
        """As a schema says it."""
        told = {"title": f"{self.ja} · {self.en}"}
        return told | ({"description": f"{self.ja_says}\n\n{self.en_says}"} if self.ja_says else {})


@cache
def words() -> Mapping[str, Mapping[str, Said]]:
    """`kinds` and `keys` of `words.yml`."""
    text = files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    read: Mapping[str, Mapping[str, Said]] = TypeAdapter(dict[Text, dict[Text, Said]]).validate_python(
        yaml.safe_load(text)
    )
    return read


def said_of(model: type[BaseModel], field: str) -> Said | None:
    """What is said of a model's field; None where nothing is."""
    keys = words()["keys"]
    return keys.get(f"{model.__name__}.{field}") or keys.get(field)


def modeline(name: str) -> str:
    """The line that tells an editor which schema a file of declarations has, beside it."""
    return f"# yaml-language-server: $schema={FOLDER}/{name}.json\n"


def schemas() -> dict[str, dict[str, Any]]:
    """Every file's schema, by the file's name without `.yml`."""
    made = {"company": _schema("company", PARTS, required=["company", "policy"])}
    return made | {name: _schema(name, {name: model}, required=[name]) for name, model in MODELS.items()}


def written(schema: Mapping[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def committed() -> dict[str, str]:
    """The text of every committed schema, by its file's name."""
    entries = files(__package__).joinpath(FOLDER).iterdir()
    found = {entry.name: entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(".json")}
    return dict(sorted(found.items()))


def publish(folder: Path) -> tuple[Path, ...]:
    """Write every schema into a folder, over an earlier daicho's; answers their paths. Raises DeclarationsError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in committed().items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError:
        raise DeclarationsError(f"{folder}: 書き込めません · cannot be written") from None
    return tuple(folder / name for name in committed())


def _schema(name: str, parts: Mapping[str, type[BaseModel]], required: list[str]) -> dict[str, Any]:
    models = list(dict.fromkeys(found for part in parts.values() for found in _within(part)))
    refs, top = models_json_schema([(model, "validation") for model in models], ref_template="#/$defs/{model}")
    definitions = top["$defs"]
    for model in models:
        _annotate(definitions[model.__name__], model, name)
    properties = {}
    for key, model in parts.items():
        ref = refs[model, "validation"]
        listed = {"type": "array", "items": ref} if name != "company" else {"allOf": [ref]}
        properties[key] = {**words()["kinds"][key].annotations(), **listed} if key in words()["kinds"] else listed
    kind = words()["kinds"].get(name)
    return {
        "$schema": _DIALECT,
        "title": f"{name}.yml" + (f" {kind.ja} · {kind.en}" if kind else ""),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in fields_of(model).values():
        if found := model_in(field.annotation):
            yield from _within(found)


def _annotate(definition: dict[str, Any], model: type[BaseModel], kind: str) -> None:
    definition.pop("title", None)
    for name, field in fields_of(model).items():
        shown = definition["properties"][field.alias or name]
        for one in _leaves(shown):
            one.pop("title", None)
        if said := said_of(model, name):
            shown |= said.annotations()
        if shown.get("default", "") in ("", None, []):
            # nothing said is no suggestion
            shown.pop("default", None)
        if choices := _choices(model, name, kind):
            for one in _leaves(shown):
                if one.get("type") == "string":
                    one |= choices


def _choices(model: type[BaseModel], name: str, kind: str) -> dict[str, list[str]]:
    """The words that a key takes, each with its labels; {} where it takes any."""
    if model is StoreDeclaration and name == "kind":
        return {"enum": [*kinds(), *UNREACHABLE]}
    known = vocabularies(None)
    words = known.get(f"{kind}.{name}") or known.get(name)
    if words is None:
        return {}
    ids = sorted(set(words.known.values()))
    labels = {id: [text for text, meant in words.known.items() if meant == id and text != id] for id in ids}
    return {"enum": ids, "enumDescriptions": [" · ".join(labels[id]) for id in ids]}


def _leaves(shown: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A property, its items, and each of its forms."""
    yield shown
    for one in (*shown.get("anyOf", ()), *([shown["items"]] if "items" in shown else ())):
        yield from _leaves(one)


def main() -> None:
    """Rewrite the committed schemas, and remove those whose kind of row is gone."""
    folder = Path(str(files(__package__).joinpath(FOLDER)))
    folder.mkdir(exist_ok=True)
    made = {f"{name}.json": written(schema) for name, schema in schemas().items()}
    for file in folder.glob("*.json"):
        if file.name not in made:
            file.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
