"""The structure holds: seams, names, one file a unit, and nothing heavy behind a light command."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from classifiers.evidence import wordings
from classifiers.recognizers import recognizers
from classifiers.vocabulary import data_categories, subjects, uses

ROOT = Path(__file__).parent.parent
PACKAGES = ("pipelines", "expectations", "classifiers")
SEAMS = {
    "prefect": {"pipelines/flows.py", "pipelines/runners.py", "pipelines/serving.py"},
    "great_expectations": {"expectations/check.py", "expectations/compile.py"},
    "spacy": {"classifiers/nlp.py"},
    "sudachipy": {"classifiers/nlp.py"},
    "typst": {"pipelines/casebook/letters/typesetting.py"},
    "sqlglot": {f"classifiers/statements/{name}.py" for name in ("trees", "shapes", "queries", "origins", "names")},
}


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("package", PACKAGES)
def test_the_generic_names_are_ours(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)


@pytest.mark.parametrize(("engine", "seam"), SEAMS.items())
def test_an_engine_is_known_behind_its_seam_only(engine: str, seam: set[str]) -> None:
    users = {
        file.relative_to(ROOT).as_posix()
        for file in modules()
        if any(name.split(".")[0] == engine for name in imported(file))
    }
    assert users
    assert users <= seam


def test_no_module_is_named_like_one_of_the_standard_library_or_like_nothing() -> None:
    shapeless = {"core", "common", "utils", "util", "base", "helpers", "misc"}
    names = {file.stem for file in modules()} | {file.parent.name for file in modules()}
    assert not names & (set(sys.stdlib_module_names) - {"__init__", "__main__"} | shapeless)


def test_the_light_commands_load_nothing_heavy() -> None:
    probe = "import sys, pipelines.cli; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {
        "pandas",
        "pyarrow",
        "spacy",
        "sudachipy",
        "prefect",
        "great_expectations",
        "sqlalchemy",
        "pydantic",
        "sqlglot",
    }
    assert not loaded & heavy


def test_patterns_use_no_word_boundary_next_to_japanese() -> None:
    for recognizer in recognizers():
        assert not re.search(r"\\[bBwW]", recognizer.pattern.pattern), recognizer.category


def test_every_recognizer_names_its_source_and_shows_examples() -> None:
    for file in sorted((ROOT / "classifiers" / "recognizers").glob("[!_]*.py")):
        docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        assert ">>>" in docstring, f"{file.name}: no doctest"
        assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", docstring), f"{file.name}: no Japanese name"


def test_every_recognizer_speaks_for_a_data_category() -> None:
    assert {recognizer.category for recognizer in recognizers()} <= set(data_categories())


def test_every_evidence_code_in_the_code_is_worded_in_both_languages() -> None:
    for code, wording in wordings().items():
        assert set(wording) == {"ja", "en"}, code
    used = {
        node.args[0].value
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Evidence"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert used
    assert used <= set(wordings())


def test_the_vocabulary_is_labelled_in_both_languages() -> None:
    for rows in (data_categories(), subjects(), uses()):
        for row in rows.values():
            assert row.ja and row.en, row.id


def test_a_data_type_is_one_of_the_published_vocabulary() -> None:
    published = """
        person_name person_name_kana organization_name email phone postal_code address birth_date gender age my_number
        corporate_number bank_account credit_card ip_address url account_id password free_text
        professional_registration_number other_personal not_personal
    """
    assert {row.data_type for row in data_categories().values()} == set(published.split())
