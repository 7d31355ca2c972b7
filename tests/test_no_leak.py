"""No canary of the samples in anything a run wrote: register, reports, Data Docs, Prefect's home, logs, terminal."""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from pyarrow import parquet as pq

from tests.conftest import DECLARATIONS, ROOT, Run


def canaries() -> list[str]:
    listed = yaml.safe_load((ROOT / "data_samples" / "canaries.yml").read_text(encoding="utf-8"))
    return [row["value"] for row in listed["canaries"]]


def spellings(value: str) -> set[bytes]:
    """The ways a value may be written into a file."""
    escaped = json.dumps(value)[1:-1]
    return {
        value.encode(),
        value.encode("utf-16-le"),
        value.encode("cp932", errors="ignore") if value.isascii() is False else value.encode(),
        escaped.encode(),
        escaped.replace("\\u", "\\\\u").encode(),
        html.escape(value).encode(),
        quote(value).encode(),
    } - {b""}


def contents(path: Path) -> Iterator[bytes]:
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".parquet":
        # pages are compressed
        yield json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False, default=str).encode()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
            yield "\n".join(archive.namelist()).encode()


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def leaks(folder: Path) -> list[tuple[str, str]]:
    needles = {value: spellings(value) for value in canaries()}
    found = []
    for path in files(folder):
        name = str(path.relative_to(folder))
        for content in [*contents(path), name.encode()]:
            found += [(value, name) for value, ways in needles.items() if any(way in content for way in ways)]
    return found


def test_there_are_canaries_in_the_stores(samples: Path) -> None:
    """The search itself finds them: in the stores they are, in some file or name."""
    found = {value for value, _ in leaks(samples)}
    assert len(found) >= len(canaries()) // 2


def test_no_canary_in_any_file_the_run_wrote(company_run: Run) -> None:
    written = {path.suffix for path in files(company_run.folder)}
    assert {".sqlite", ".html", ".xlsx", ".db", ".log"} <= written
    assert leaks(company_run.folder) == []


def test_no_canary_in_what_the_other_commands_print(company_run: Run) -> None:
    sources = [str(path) for path in sorted((company_run.samples / "stores").iterdir())]
    printed = company_run.daicho("classify", *sources, "--format", "jsonl")
    exported = company_run.daicho("export", "tags", "--register", str(company_run.register))
    lineage = company_run.daicho("export", "lineage", "--register", str(company_run.register))
    for done in (printed, exported, lineage):
        assert done.stdout
        assert [value for value in canaries() if value in done.stdout + done.stderr] == []


def test_no_canary_in_what_a_companys_own_great_expectations_is_given(company_run: Run, tmp_path: Path) -> None:
    company_run.daicho(
        "suites", "--declarations", str(DECLARATIONS), "--register", str(company_run.register), "--out", str(tmp_path)
    )
    assert {path.suffix for path in files(tmp_path)} == {".parquet", ".json"}
    assert leaks(tmp_path) == []


@pytest.mark.parametrize("field", ["names", "mails"])
def test_no_key_of_a_look_up_is_kept(company_run: Run, responder: dict[str, str], field: str) -> None:
    value = next(value for value in canaries() if ("@" in value) == (field == "mails"))
    company_run.daicho(
        "lookup",
        "--declarations", str(DECLARATIONS),
        "--register", str(company_run.register),
        "--reason", "R-0001",
        stdin=json.dumps({field: [value]}, ensure_ascii=False),
        more=responder,
    )  # fmt: skip
    casebook = Path(responder["DAICHO_CASEBOOK"])
    assert b"R-0001" in casebook.read_bytes()
    assert leaks(casebook.parent) == []
    assert leaks(company_run.folder) == []
