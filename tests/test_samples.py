"""The fictional company: the same at every run, everything its answer key names really there, every canary planted."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import phonenumbers
import pyarrow.parquet as pq
import pypdfium2
import pytest
import python_calamine
import yaml
from click.testing import CliRunner
from stdnum.jp import cn, in_

from classifiers.vocabulary import data_categories, subjects, uses
from data_samples.generate import generate, main
from expectations.check import check
from expectations.facts import Nature
from expectations.observed import ObservedColumn, ObservedDataset, Partition
from expectations.policy import load as load_policy
from pipelines.declarations import Declarations, load

SAMPLES = Path(__file__).parents[1] / "data_samples"
KEY: dict[str, list[dict[str, Any]]] = yaml.safe_load((SAMPLES / "expected.yml").read_text(encoding="utf-8"))
CANARIES: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "canaries.yml").read_text(encoding="utf-8"))["canaries"]
MASK = "〔伏〕"
LOCKED = "面談記録_"


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def declared() -> Declarations:
    return load(SAMPLES / "declarations")


# ------------------------------------------------------------------------------------- reading the stores back


def csv_rows(file: Path) -> list[list[str]]:
    raw = file.read_bytes()
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return list(csv.reader(io.StringIO(raw.decode(encoding))))
        except UnicodeDecodeError:
            continue
    return []


def sqlite_cells(file: Path) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    with sqlite3.connect(file) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        for (name,) in names:
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            yield name, [column[0] for column in cursor.description], cursor.fetchall()


def sheets(file: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    workbook = python_calamine.load_workbook(file)
    for name in workbook.sheet_names:
        yield name, workbook.get_sheet_by_name(name).to_python()


def flat(record: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(record, dict):
        for key, value in record.items():
            yield from flat(value, f"{path}.{key}" if path else key)
    elif isinstance(record, list):
        for value in record:
            yield from flat(value, f"{path}[]")
    else:
        yield path, str(record)


def whole_records(file: Path) -> list[Any]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def mail(file: Path) -> Any:
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def document_text(file: Path) -> str:
    if file.suffix == ".eml":
        return str(mail(file).get_content())
    if file.suffix == ".pdf":
        with pypdfium2.PdfDocument(file) as document:
            return "".join(page.get_textpage().get_text_bounded() for page in document)
    if file.suffix == ".docx":
        return re.sub(r"<[^>]+>", "", zipfile.ZipFile(file).read("word/document.xml").decode())
    for encoding in ("utf-8", "cp932"):
        try:
            return file.read_text(encoding=encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{file.name} is text in neither encoding")


def cells(file: Path) -> set[str]:
    if file.suffix == ".sqlite3":
        return {str(cell) for _, _, rows in sqlite_cells(file) for row in rows for cell in row}
    if file.suffix == ".parquet":
        return {str(cell) for column in pq.read_table(file).to_pydict().values() for cell in column}
    if file.suffix == ".xlsx":
        return {str(cell) for _, rows in sheets(file) for row in rows for cell in row}
    if file.suffix == ".jsonl":
        return {value for record in whole_records(file) for _, value in flat(record)}
    return {cell for row in csv_rows(file) for cell in row}


def metadata(file: Path) -> str:
    if file.suffix == ".parquet":
        return str({key.decode(): value.decode() for key, value in pq.read_schema(file).metadata.items()})
    return zipfile.ZipFile(file).read("docProps/core.xml").decode()


def statements(file: Path) -> str:
    with sqlite3.connect(file) as connection:
        return "\n".join(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))


def found_at(file: Path, place: str) -> str:
    """Everything that stands in a place of a file, read by other means than the generator's."""
    match place:
        case "cell":
            return "\n".join(cells(file))
        case "column_name":
            return "\n".join(csv_rows(file)[0])
        case "sheet_name":
            return "\n".join(name for name, _ in sheets(file))
        case "text":
            return document_text(file)
        case "header":
            return "\n".join(str(value) for value in mail(file).values())
        case "metadata":
            return metadata(file)
        case "sql":
            return statements(file)
        case "script":
            return document_text(file)
        case "file_name":
            return file.name if file.exists() else ""
        case "folder_name":
            return file.parent.name if file.exists() else ""
        case "broken":
            return file.read_bytes().decode("utf-8", "replace")
    raise AssertionError(f"no such place: {place}")


def every_text(stores: Path) -> Iterator[str]:
    for file in sorted(stores.rglob("*")):
        if not file.is_file() or LOCKED in file.name:
            continue
        if {"documents", "jobs"} & set(file.parts):
            yield document_text(file)
            if file.suffix == ".eml":
                yield "\n".join(str(value) for value in mail(file).values())
        else:
            yield "\n".join(cells(file))


def columns_of(stores: Path) -> dict[tuple[str, str], list[str]]:
    """Store and dataset → its columns, as the formats themselves give them."""
    found: dict[tuple[str, str], list[str]] = {}
    for store in ("crm", "hr"):
        for name, columns, _ in sqlite_cells(stores / store / f"{store}.sqlite3"):
            found[store, name] = columns
    for store in ("warehouse", "jutaku"):
        for file in (stores / store).glob("*.parquet"):
            found[store, file.name] = pq.read_schema(file).names
    for store in ("keiri", "marketing", "jutaku"):
        for file in (stores / store).rglob("*.csv"):
            if rows := csv_rows(file):
                name = str(file.relative_to(stores / store))
                found[store, name] = [f"列{n}" for n in range(1, 5)] if "DM送付先" in name else rows[0]
    for file in (stores / "office").rglob("*.xlsx"):
        if LOCKED not in file.name:
            for sheet, rows in sheets(file):
                header = next(row for row in rows if sum(cell != "" for cell in row) > 1)
                found["office", f"{file.relative_to(stores / 'office')}#{sheet}"] = [str(cell) for cell in header]
    for file in (stores / "app").glob("*.jsonl"):
        paths = [path for record in whole_records(file) for path, _ in flat(record)]
        found["app", file.name] = list(dict.fromkeys(paths))
    for file in (stores / "documents").rglob("*.*"):
        part = "#mails" if file.suffix == ".eml" else ""
        columns = ["file", "title", "author", "sender", "recipients", "subject", "body"]
        found["documents", f"{file.parent.relative_to(stores / 'documents')}/{part}"] = columns
    for row in csv_rows(stores / "legacy" / "data_dictionary.csv")[1:]:
        found.setdefault(("legacy", row[0]), []).append(row[2])
    return found


def masked(name: str) -> str:
    for canary in CANARIES:
        name = name.replace(canary["value"], MASK)
    return name


# ------------------------------------------------------------------------------------- the same every time


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(stores: Path, tmp_path: Path) -> None:
    assert digests(generate(tmp_path)) == digests(stores)


def test_another_seed_gives_other_people(stores: Path, tmp_path: Path) -> None:
    other = digests(generate(tmp_path, seed=1))
    same = {name for name, digest in digests(stores).items() if other.get(name) == digest}
    assert {Path(name).name for name in same} == {
        *("data_dictionary.csv", "未入力.csv", "退会者.csv", "就業規則_目次.txt", "文書管理規程.docx"),
        "サーバー室の利用手順.txt",
        *(file.name for file in (stores / "jobs").rglob("*.*")),
    }


def test_a_larger_scale_gives_more_of_everybody(tmp_path: Path) -> None:
    folder = generate(tmp_path, scale=2)
    counts = {name: len(rows) for name, _, rows in sqlite_cells(folder / "crm" / "crm.sqlite3")}
    assert (counts["dtb_customer"], counts["dtb_order"], counts["mtb_pref"]) == (600, 800, 47)


def test_a_second_run_replaces_the_first_and_nothing_of_anybody_else(tmp_path: Path) -> None:
    ours = generate(tmp_path / "ours")
    (ours / "left over").touch()
    assert CliRunner().invoke(main, [str(tmp_path / "ours")]).exit_code == 0
    assert not (ours / "left over").exists()
    theirs = tmp_path / "theirs" / "stores" / "work.txt"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("keep me")
    refused = CliRunner().invoke(main, [str(tmp_path / "theirs")])
    assert refused.exit_code != 0
    assert "was not written by this generator" in refused.output
    assert theirs.read_text() == "keep me"


# ------------------------------------------------------------------------------------- canaries


@pytest.mark.parametrize(
    ("value", "planted"), [(row["value"], planted) for row in CANARIES for planted in row["planted"]]
)
def test_every_canary_is_where_the_list_says(value: str, planted: dict[str, str], stores: Path) -> None:
    if planted["place"] == "url":
        assert value in (SAMPLES / planted["file"]).read_text(encoding="utf-8")
    else:
        assert value in found_at(stores / planted["file"], planted["place"])


def test_canaries_are_each_their_own() -> None:
    values = [row["value"] for row in CANARIES]
    assert len(values) >= 30
    assert not [(one, other) for one in values for other in values if one != other and one in other]
    places = {planted["place"] for row in CANARIES for planted in row["planted"]}
    assert places >= {
        "cell",
        "file_name",
        "folder_name",
        "sheet_name",
        "column_name",
        "sql",
        "header",
        "metadata",
        "url",
    }


def test_no_canary_stands_in_the_key() -> None:
    key = (SAMPLES / "expected.yml").read_text(encoding="utf-8")
    assert not [row["id"] for row in CANARIES if row["value"] in key]


# ------------------------------------------------------------------------------------- the answer key


def test_the_key_names_every_dataset_and_column_there_is(stores: Path) -> None:
    there = {(store, masked(name)): columns for (store, name), columns in columns_of(stores).items()}
    keyed = {(row["store"], row["dataset"]): set(row["columns"]) for row in KEY["datasets"]}
    assert keyed.keys() == there.keys()
    duty = ("marketing", "総務/シフト表.csv")
    assert {name: set(columns) for name, columns in there.items() if name in keyed and name != duty} == {
        name: columns for name, columns in keyed.items() if name != duty
    }
    assert there[duty][:2] == ["日付", "曜日"]


def test_the_company_is_as_wide_as_it_says() -> None:
    categories = {partition["subject_category"] for row in KEY["datasets"] for partition in row["partitions"]}
    assert len({row["store"] for row in KEY["datasets"]} | {row["store"] for row in KEY["not_read"]}) >= 8
    assert len(KEY["datasets"]) >= 34
    assert categories == {
        *("customer", "partner", "subcontracted", "professional", "no_category", "not_personal", "unresolved"),
        *("applicant_retiree.applicant", "applicant_retiree.retiree"),
    }


def accepted(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def test_the_key_speaks_the_vocabulary() -> None:
    for row in KEY["datasets"]:
        for column, category in row["columns"].items():
            assert set(accepted(category)) <= data_categories().keys(), (row["dataset"], column)
        for partition in row["partitions"]:
            assert set(accepted(partition["subject"])) <= subjects().keys(), row["dataset"]


NATURES: dict[str, Nature] = {"none": "none", "site_visitor": "related"}
SPECIAL_CARE_IN_TEXTS = {("consultation_cases", "相談内容"), ("相談/", "body")}


def test_the_key_categories_are_the_policys() -> None:
    published = load_policy("handling-of-personal-information")
    for row in KEY["datasets"]:
        for partition in row["partitions"]:
            for subject in accepted(partition["subject"]):
                nature = NATURES.get(subject, "personal")
                category = published.category_of(subject, partition["custody"], nature)
                assert category == partition["subject_category"], row["dataset"]


def test_the_keys_verdicts_are_of_declared_acts_and_keyed_datasets(declared: Declarations) -> None:
    acts = {act.id: act for act in (*declared.declared.uses, *declared.declared.provisions)}
    partitions = {
        row["dataset"]: {partition["row_filter"] for partition in row["partitions"]} for row in KEY["datasets"]
    }
    for row in (row for row in KEY["verdicts"] if "purpose" not in row):
        if act := acts.get(row.get("use", row.get("provision", ""))):
            assert act.source.dataset == row["dataset"]
        else:
            assert {"use", "provision"}.isdisjoint(row), row
        assert row["row_filter"] in partitions[row["dataset"]], row


def test_the_planted_wrongs_are_all_there() -> None:
    wrong = {row.get("rule") for row in KEY["verdicts"] if row["verdict"] in ("violation", "entrusted_scope")}
    assert wrong == {"R-02", "R-07", "R-08", "R-09", "R-16", "R-21", "R-23"}
    others = {row["verdict"] for row in KEY["verdicts"]}
    assert others >= {"gap", "compliant_incidental", "consented", "statutory_exception"}


def observed(row: dict[str, Any], contract: str) -> ObservedDataset:
    """A keyed dataset as a scan without a fault would see it."""
    columns = []
    for name, category in row["columns"].items():
        kind = data_categories()[accepted(category)[0]]
        mentions = ("medical_history",) if (row["dataset"], name) in SPECIAL_CARE_IN_TEXTS else ()
        columns.append(
            ObservedColumn(
                name=name,
                data_category=kind.id,
                data_type=kind.data_type,
                special_care=kind.special_care,
                mentions=mentions,
            )
        )
    partitions = [
        Partition(
            row_filter=partition["row_filter"],
            subject=(subject := accepted(partition["subject"])[0]),
            custody=partition["custody"],
            nature=NATURES.get(subject, "personal"),
        )
        for partition in row["partitions"]
    ]
    return ObservedDataset(
        id=f"{row['store']}/{row['dataset']}",
        store=row["store"],
        name=row["dataset"],
        partitions=tuple(partitions),
        columns=tuple(columns),
        contract=contract,
    )


def test_the_checks_reach_the_keys_verdicts_where_every_tag_is_right(declared: Declarations) -> None:
    datasets = []
    for row in KEY["datasets"]:
        store = declared.by_id[row["store"]]
        datasets.append(observed(row, store.dataset(row["dataset"]).contract or store.contract))
    published = load_policy(declared.policy.adopts)
    found = check(published, datasets, declared.declared, date(2026, 11, 23))
    passes = ("compliant", "not_applicable")
    judged = {
        (verdict.use or verdict.dataset or verdict.purpose, verdict.row_filter, verdict.verdict, verdict.requirement)
        for verdict in found
        if verdict.verdict not in passes
    }
    # what rests on SQL, or on the oldest day in a store, is judged where they are read: in the test of a whole run
    keyed = {
        (
            row.get("use") or row.get("provision") or row["dataset"] or row["purpose"],
            row["row_filter"],
            row["verdict"],
        ): row.get("rule")
        for row in KEY["verdicts"]
        if not {"at", "oldest"} & row.keys()
    }
    assert {finding[:3] for finding in judged} == keyed.keys()
    assert {(*finding, rule) for finding, rule in keyed.items() if rule} <= judged


# ------------------------------------------------------------------------------------- declarations


def test_every_declared_source_is_in_the_key(declared: Declarations) -> None:
    keyed = {(row["store"], row["dataset"]): row for row in KEY["datasets"]}
    facts = declared.declared
    for act in (*facts.uses, *facts.provisions, *facts.consents):
        row = keyed[act.source.store, act.source.dataset]
        assert set(act.source.columns) <= row["columns"].keys(), act.id
        assert act.source.rows in {"", *(partition["row_filter"] for partition in row["partitions"])}, act.id
    for act in (*facts.uses, *facts.provisions):
        assert act.use in uses(), act.id


def test_every_declared_store_is_there_but_the_unreachable_one(declared: Declarations, stores: Path) -> None:
    environment = {"DAICHO_SAMPLES": str(stores.parent)}
    missing = {
        store.id
        for store in declared.stores
        if not Path(store.location(environment).removeprefix("sqlite:///")).exists()
    }
    assert missing == {"billing"}
    assert all(
        store.location({}).removeprefix("sqlite:///").startswith("build/samples/") for store in declared.stores[:-1]
    )


# ------------------------------------------------------------------------------------- what the data is made of


def column(stores: Path, store: str, table: str, name: str) -> list[str]:
    for found, columns, rows in sqlite_cells(stores / store / f"{store}.sqlite3"):
        if found == table:
            return [row[columns.index(name)] for row in rows]
    raise AssertionError(f"{table} is not there")


def csv_column(file: Path, name: str) -> list[str]:
    header, *rows = csv_rows(file)
    return [row[header.index(name)] for row in rows]


def test_check_digits_are_true_where_scanners_test_them(stores: Path) -> None:
    numbers = csv_column(stores / "keiri/取引先/vendor_sheet.csv", "個人番号")
    numbers += csv_column(stores / "keiri/支払調書/支払調書_2025.csv", "個人番号")
    assert all(in_.is_valid(number) for number in numbers)
    assert all(cn.is_valid(n) for n in csv_column(stores / "keiri/取引先/torihikisaki.csv", "hojin_bango"))


def test_the_order_numbers_are_a_trap_and_no_my_numbers(stores: Path) -> None:
    numbers = column(stores, "crm", "dtb_order", "order_no")
    assert all(re.fullmatch("[0-9]{12}", number) for number in numbers)
    assert 0 < sum(in_.is_valid(number) for number in numbers) < len(numbers) / 4


def test_phone_numbers_could_be_dialled(stores: Path) -> None:
    numbers = column(stores, "crm", "dtb_customer", "phone_number")
    numbers += csv_column(stores / "keiri/取引先/torihikisaki.csv", "denwa_bango")
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number, "JP")) for number in numbers)


def test_every_mail_and_web_address_is_nobodys(stores: Path) -> None:
    for text in every_text(stores):
        for domain in re.findall(r"@([A-Za-z0-9.-]+)", text) + re.findall(r"https?://([A-Za-z0-9.-]+)", text):
            assert domain.endswith(".example"), domain


def test_the_locked_workbook_asks_for_a_password(stores: Path) -> None:
    (locked,) = (stores / "office/人事").glob("面談記録_*.xlsx")
    with pytest.raises(python_calamine.PasswordError):
        python_calamine.load_workbook(locked)


def test_the_mixed_file_is_in_no_single_encoding(stores: Path) -> None:
    raw = (stores / "keiri/名簿/会場名簿_混在.csv").read_bytes()
    for encoding in ("utf-8", "cp932", "euc_jp"):
        with pytest.raises(UnicodeDecodeError):
            raw.decode(encoding)


def test_some_staff_have_left_some_will_and_most_stay(stores: Path) -> None:
    _, rows = next(sheets(stores / "office/人事/社員名簿.xlsx"))
    left = [str(row[rows[0].index("退職日")]) for row in rows[1:]]
    assert min(left.count(""), sum("" < day < "2026-11-23" for day in left), sum(day > "2029" for day in left)) > 3
