"""The declarations' JSON Schemas: in step with the models, worded in both languages, and met by the samples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from pipelines.cli import main
from pipelines.declarations import MODELS, PARTS
from pipelines.declarations.reading import fields_of, model_in
from pipelines.declarations.schema import committed, said_of, schemas, words, written
from tests.conftest import DECLARATIONS
from tests.test_declarations_check import MISTYPED

SCHEMAS = {name: Draft202012Validator(schema) for name, schema in schemas().items()}


def read(path: Path) -> Any:
    """A file as an editor reads it: days are text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in fields_of(model).values():
        if inner := model_in(field.annotation):
            yield from models(inner)


def test_the_committed_schemas_are_what_the_models_say() -> None:
    made = {f"{name}.json": written(schema) for name, schema in schemas().items()}
    assert committed().keys() == made.keys(), "run python -m pipelines.declarations.schema"
    for name, text in made.items():
        assert committed()[name] == text, f"{name} is out of step: run python -m pipelines.declarations.schema"
        Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("kind", [*PARTS, *MODELS])
def test_every_kind_of_row_and_every_key_is_worded(kind: str) -> None:
    assert kind in words()["kinds"], f"words.yml, kinds: add {kind}"
    for model in models({**PARTS, **MODELS}[kind]):
        missing = [f"{model.__name__}.{name}" for name in model.model_fields if said_of(model, name) is None]
        assert not missing, f"words.yml, keys: add {missing}"


@pytest.mark.parametrize("file", sorted(DECLARATIONS.glob("*.yml")), ids=lambda file: file.name)
def test_the_samples_are_valid_and_name_their_schema(file: Path) -> None:
    assert list(SCHEMAS[file.stem].iter_errors(read(file))) == []
    modeline = file.read_text(encoding="utf-8").splitlines()[0]
    assert modeline.startswith("# yaml-language-server: $schema=")
    assert (file.parent / modeline.partition("=")[2]).resolve().name == f"{file.stem}.json"
    assert (file.parent / modeline.partition("=")[2]).is_file()


BY_THE_SCHEMA = [slip for slip in MISTYPED if slip[3] in (
    "mail_domain", "desk.closed[1]", "kind", "ownr", "custody", "read_level", "use", "direction", "uses", "aprover",
    "data_categories[3]", "version",
)]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "key", "instead"), BY_THE_SCHEMA)
def test_an_editor_sees_what_needs_no_other_file(
    tmp_path: Path, file: str, right: str, wrong: str, key: str, instead: str
) -> None:
    text = (DECLARATIONS / file).read_text(encoding="utf-8").replace(right, wrong, 1)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert list(SCHEMAS[Path(file).stem].iter_errors(read(tmp_path / file)))


def test_a_started_folder_brings_its_schemas_and_is_valid(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(tmp_path), "--store", "kyoyu=/mnt/kyoyu"]).exit_code == 0
    for file in tmp_path.glob("*.yml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        schema = json.loads((tmp_path / first.partition("$schema=")[2]).read_text(encoding="utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(read(file))) == []
    assert runner.invoke(main, ["declarations", "check", str(tmp_path)]).exit_code == 0
    assert runner.invoke(main, ["declarations", "schema", "--out", str(tmp_path / "others")]).exit_code == 0
    assert {path.name for path in (tmp_path / "others").iterdir()} == set(committed())
