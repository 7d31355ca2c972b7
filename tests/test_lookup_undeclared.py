"""Links that no foreign key declares: people declare them, or the look-up infers them for a person to check."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.findings import LookupResult
from pipelines.disclosure.links import DeclaredLink
from pipelines.disclosure.lookup import lookup
from pipelines.disclosure.release import Sure, suggestions
from pipelines.disclosure.render import rows
from pipelines.disclosure.spelling import AsNumber
from pipelines.disclosure.where import StoreToSearch
from pipelines.stores import Dataset, NotRead, Store, StoreError, open_store
from tests.test_lookup import TARO, TODAY, Part, Shelf, registered, screen, table

KNOWN = Sure(frozenset({("name", 1), ("kana", 1), ("birth_date", 1), ("email", 1)}))
NOBODY = Part(subject="none", nature="none", subject_category="not_personal")
CATEGORIES = {
    "氏名": "name", "カナ": "name_kana", "生年月日": "birth_date", "メール": "email", "担当": "name",
    "会員番号": "account_id", "顧客番号": "account_id", "個人番号": "my_number",
    "社員番号": "employee_number", "メモ": "free_text",
}  # fmt: skip
TARO_CELLS = ("田中太郎", "タナカタロウ", "1980-01-01", "tanaka.t@sample.example")
HANAKO_CELLS = ("鈴木花子", "スズキハナコ", "1975-03-03", "h@sample.example")
PERSON = ("氏名", "カナ", "生年月日", "メール")
Found = set[tuple[str, str, int]]


class Counted:
    """A store that counts how often each dataset is read."""

    def __init__(self, store: Store, read: Counter[str]) -> None:
        self._store, self._read = store, read

    def datasets(self) -> Iterator[Dataset | NotRead]:
        return self._store.datasets()

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        self._read[dataset.name] += 1
        return self._store.batches(dataset)


class Company:
    """Stores in folders, and what the register knows of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: list[SimpleNamespace] = []
        self.kinds: dict[str, str] = {}
        self.links: dict[str, list[DeclaredLink]] = {}
        self.custody: dict[str, str] = {}
        self.read: Counter[str] = Counter()

    def put(
        self, store: str, name: str, columns: Sequence[str], *content: Sequence[Any], part: Part | None = None
    ) -> None:
        """A table of a database (`crm`), else a file: CSV, Excel or Parquet by its ending."""
        place = self.folder / store
        place.mkdir(exist_ok=True)
        if name.endswith(".csv"):
            lines = [columns, *([str(cell if cell is not None else "") for cell in row] for row in content)]
            (place / name).write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")
        elif name.endswith(".xlsx"):
            book = openpyxl.Workbook()
            for row in (columns, *content):
                book.active.append(list(row))
            book.active.title = "一覧"
            book.save(place / name)
            name += "#一覧"
        elif name.endswith(".parquet"):
            pq.write_table(
                pa.table(dict(zip(columns, map(list, zip(*content, strict=True)), strict=True))), place / name
            )
        else:
            key = [f'"{column}" INTEGER PRIMARY KEY' if column == "id" else f'"{column}"' for column in columns]
            with sqlite3.connect(place / "db.sqlite") as connection:
                connection.execute(f'CREATE TABLE "{name}" ({", ".join(key)})')
                marks = ", ".join("?" * len(columns))
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', content)
            connection.close()
        self.kinds[store] = "sql" if (place / "db.sqlite").exists() else "files"
        tags = {column: CATEGORIES.get(column, "not_personal") for column in columns}
        self.known.append(registered(name, tags, *([part] if part else []), store=store))

    def register(self, store: str = "crm", name: str = "dtb_customer", number: str = "id", taro: Any = 1) -> None:
        """A register of customers: the person, and somebody else."""
        self.put(store, name, (number, *PERSON), (taro, *TARO_CELLS), (1 if taro == 2 else 2, *HANAKO_CELLS))

    def declare(self, store: str, dataset: str, column: str, to: tuple[str, str, str], prefix: str = "") -> None:
        self.links.setdefault(store, []).append(DeclaredLink(dataset, column, *to, prefix))

    def look(self) -> LookupResult:
        return lookup(TARO, [self._store(store) for store in self.kinds], self.known, TODAY)

    def _store(self, id: str) -> StoreToSearch:
        kind, place = self.kinds[id], self.folder / id
        location = f"sqlite:///{place / 'db.sqlite'}" if kind == "sql" else str(place)

        def opened() -> Any:
            return Counted(open_store(kind, location), self.read)

        return StoreToSearch(id, opened, self.custody.get(id, "own"), "", tuple(self.links.get(id, ())))  # type: ignore[arg-type]

    def found(self, *, without: str = "dtb_customer") -> Found:
        """Rows put forward, but those of one dataset."""
        return put_forward(self.look(), without)


def put_forward(result: LookupResult, without: str = "dtb_customer") -> Found:
    return {
        (one.store, one.dataset, one.row)
        for one in result.candidates
        if one.weighed.disposition != "excluded" and one.dataset != without
    }


def suggested(result: LookupResult) -> dict[tuple[str, int], str]:
    said = suggestions(result.candidates, KNOWN)
    return {(one.dataset, one.row): said[one.dataset_id, one.row] for one in result.candidates}


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


# inferred


def test_a_number_by_its_name_leads_to_rows_that_a_person_checks(company: Company) -> None:
    company.register()
    company.put("crm", "followups", ("対応番号", "顧客ID", "内容"), (1, 1, "書類"), (2, 2, "書類"), (3, 1, "電話"))
    company.put("bunseki", "features.parquet", ("customer_id", "score"), (2.0, 1), (1.0, 5), part=Part())
    result = company.look()
    assert put_forward(result) == {("crm", "followups", 1), ("crm", "followups", 3), ("bunseki", "features.parquet", 2)}
    assert suggested(result) == {
        ("dtb_customer", 1): "release", ("followups", 1): "candidate", ("followups", 3): "candidate",
        ("features.parquet", 2): "candidate",
    }  # fmt: skip
    assert "推定したつながり（顧客ID → dtb_customer.id）要確認" in screen(result)
    told = {one["dataset"]: one["linked"] for one in rows(result)}
    assert told["features.parquet"] == [{"column": "customer_id", "key": "dtb_customer.id", "origin": "inferred"}]


def test_what_hangs_on_an_inferred_row_is_not_released_either(company: Company) -> None:
    company.register()
    place = company.folder / "crm" / "db.sqlite"
    company.put("crm", "orders", ("id", "customer_id"), (10, 1), (11, 2))
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders(id))")
        connection.executemany("INSERT INTO lines VALUES (?, ?)", [(1, 10), (2, 11)])
    connection.close()
    company.known.append(registered("lines", {"id": "not_personal", "order_id": "not_personal"}, NOBODY, store="crm"))
    assert suggested(company.look()) == {
        ("dtb_customer", 1): "release", ("orders", 1): "candidate", ("lines", 1): "candidate"
    }  # fmt: skip


def test_customer_order_shipment_over_files_and_a_ring_ends(company: Company) -> None:
    company.put(
        "f",
        "顧客一覧.csv",
        ("顧客番号", *PERSON, "最初の注文番号"),
        ("K1", *TARO_CELLS, "O7"),
        ("K2", *HANAKO_CELLS, "O8"),
    )
    company.put(
        "f",
        "注文一覧.csv",
        ("注文番号", "顧客番号", "出荷番号"),
        ("O7", "K1", "S1"),
        ("O8", "K2", "S2"),
        ("O9", "K1", "S3"),
    )
    company.put(
        "g", "出荷明細.csv", ("出荷番号", "注文番号", "品"), ("S1", "O7", "本"), ("S2", "O8", "本"), ("S3", "O9", "傘")
    )
    assert company.found(without="顧客一覧.csv") == {
        ("f", "注文一覧.csv", 1), ("f", "注文一覧.csv", 3), ("g", "出荷明細.csv", 1), ("g", "出荷明細.csv", 3)
    }  # fmt: skip


def test_an_id_of_its_own_is_nobodys_number(company: Company) -> None:
    company.register()
    company.put("crm", "shops", ("id", "town"), (1, "港区"), (2, "北区"))
    company.put("crm", "access_logs", ("id", "page"), (1, "/"), (2, "/"))
    company.put("ec", "customers", ("id", "rank"), (1, "A"), (2, "B"))
    company.put("f", "名刺.csv", ("No.", "番号", "id", "メモ"), (1, 1, 1, "x"))
    company.put("f", "商品.csv", ("商品番号", "行番号", "管理番号"), (1, 1, 1))
    assert company.found() == set()


def test_the_same_number_of_two_systems_is_two_persons(company: Company) -> None:
    company.register()
    company.put("ec", "customers", ("id", *PERSON), (2, *TARO_CELLS), (1, *HANAKO_CELLS))
    for store in ("crm", "ec"):
        company.put(store, "orders", ("id", "customer_id", "item"), (7, 1, "本"), (8, 2, "傘"))
    company.put("bunseki", "features.parquet", ("customer_id", "score"), (1, 5), (2, 6), part=Part())
    result = company.look()
    assert put_forward(result) == {("crm", "orders", 1), ("ec", "orders", 2), ("ec", "customers", 2)}
    assert [(one.store, one.dataset) for one in result.not_searched if one.reason == "unclear_link"] == [
        ("bunseki", "features.parquet")
    ]
    assert "customer_id" in screen(result)

    company.declare("bunseki", "features.parquet", "customer_id", ("ec", "customers", "id"))
    result = company.look()
    assert ("bunseki", "features.parquet", 2) in put_forward(result)
    assert ("bunseki", "features.parquet", 1) not in put_forward(result)
    assert not [one for one in result.not_searched if one.reason == "unclear_link"]


def test_a_number_that_two_persons_share_leads_to_nobody(company: Company) -> None:
    family = (1, "田中花子", "タナカハナコ", "1982-02-02", "x@sample.example")
    company.put(
        "f",
        "会員名簿.csv",
        ("会員番号", *PERSON),
        (1, *TARO_CELLS),
        family,
        *((9 + n, *HANAKO_CELLS) for n in range(99)),
    )
    company.put("f", "ポイント.csv", ("会員番号", "点"), (1, 5), (10, 5))
    assert company.found(without="会員名簿.csv") == set()


def test_a_number_on_the_row_of_a_namesake_leads_to_nobody(company: Company) -> None:
    namesake = (1, "田中太郎", "タナカタロウ", "1991-09-09", "n@sample.example")
    company.put("f", "会員名簿.csv", ("会員番号", *PERSON), (1, *TARO_CELLS), namesake, (2, *HANAKO_CELLS))
    company.put("f", "ポイント.csv", ("会員番号", "点"), (1, 5))
    company.declare("f", "ポイント.csv", "会員番号", ("f", "会員名簿.csv", "会員番号"))
    assert company.found(without="会員名簿.csv") == set()
    company.links.clear()
    assert company.found(without="会員名簿.csv") == set()


def test_the_register_of_another_shop_is_not_searched_by_this_ones_numbers(company: Company) -> None:
    company.put("f", "会員名簿.csv", ("会員番号", *PERSON), (1, *TARO_CELLS), (2, *HANAKO_CELLS))
    company.put("g", "会員名簿.csv", ("会員番号", *PERSON), (1, *HANAKO_CELLS))
    assert {one.store for one in company.look().candidates} == {"f"}


def test_a_list_that_repeats_a_number_says_nothing_of_whose_it_is(company: Company) -> None:
    """A parcel to the person stands under the number of whoever ordered it."""
    orders = [(n, 5 + n % 3, *HANAKO_CELLS) for n in range(2, 12)]
    company.put("f", "発送.csv", ("発送番号", "顧客ID", *PERSON), (1, 5, *TARO_CELLS), *orders)
    company.put("f", "応対.csv", ("対応番号", "顧客ID"), (1, 5), (2, 6))
    assert company.found(without="発送.csv") == set()


def test_a_register_may_have_a_person_twice(company: Company) -> None:
    """会員名簿 of two years in one list: both rows are the person's."""
    twice = ((1, *TARO_CELLS), (1, *TARO_CELLS), (2, *HANAKO_CELLS), (2, *HANAKO_CELLS))
    company.put("f", "会員名簿.csv", ("会員番号", *PERSON), *twice)
    company.put("f", "ポイント.csv", ("会員番号", "点"), (1, 5), (2, 5))
    assert company.found(without="会員名簿.csv") == {("f", "ポイント.csv", 1)}


def test_a_noun_that_nobody_knows_is_trusted_in_its_own_store_alone(company: Company) -> None:
    company.put("f", "檀家.csv", ("檀家番号", *PERSON), (1, *TARO_CELLS), (2, *HANAKO_CELLS))
    for store in ("f", "g"):
        company.put(store, "法要.csv", ("日", "檀家番号"), ("x", 1), ("y", 2))
    assert company.found(without="檀家.csv") == {("f", "法要.csv", 1)}


def test_two_numbers_of_one_register_are_two(company: Company) -> None:
    columns = ("customer_id", "顧客番号", *PERSON)
    company.put("f", "customers.csv", columns, (1, 2, *TARO_CELLS), (2, 1, *HANAKO_CELLS))
    company.put("f", "応対.csv", ("対応番号", "顧客ID"), (1, 1), (2, 2))
    company.put("f", "請求.csv", ("請求日", "お客様番号"), ("2026-01-01", 1), ("2026-01-02", 2))
    assert company.found(without="customers.csv") == {("f", "応対.csv", 1), ("f", "請求.csv", 2)}


@pytest.mark.parametrize("blank", ["", "0", "-", "－", "０００", "なし", "N/A", "0.0", "不明", "null", "未入力", "無"])
def test_where_there_is_no_number_nobody_is_joined(company: Company, blank: str) -> None:
    company.put("f", "会員名簿.csv", ("会員番号", *PERSON), (blank, *TARO_CELLS), ("12", *HANAKO_CELLS))
    company.put("f", "ポイント.csv", ("会員番号", "点"), (blank, 5), ("12", 7), ("", 1), ("0", 1))
    company.declare("f", "ポイント.csv", "会員番号", ("f", "会員名簿.csv", "会員番号"))
    assert company.found(without="会員名簿.csv") == set()
    company.links.clear()
    assert company.found(without="会員名簿.csv") == set()


def _wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


RESPELT: tuple[Callable[[int], str], ...] = (
    str, "{:08}".format, "{:.1f}".format, lambda number: _wide(f"{number:05}"), lambda number: f" {number} ",
    lambda number: f"'{number}", lambda number: f"{number}\u3000", lambda number: _wide(f"{number}.0"),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 99_999), st.sampled_from(RESPELT), st.sampled_from(RESPELT),
    st.lists(st.tuples(st.integers(1, 99_999), st.sampled_from(RESPELT)), max_size=6),
)  # fmt: skip
def test_a_number_is_found_in_every_spelling_and_no_other_is(
    number: int, here: Callable[[int], str], there: Callable[[int], str], others: list[tuple[int, Callable[[int], str]]]
) -> None:
    members = table(
        会員番号=[here(number), "777777"], 氏名=["田中太郎", "鈴木花子"], 生年月日=["1980-01-01", "1975-03-03"]
    )
    held = [(number, there), *others]
    points = table(会員番号=[spell(one) for one, spell in held], 点=["1"] * len(held))
    shelf = Shelf({"会員名簿": members, "ポイント": points})
    known = [
        registered("会員名簿", {"会員番号": "account_id", "氏名": "name", "生年月日": "birth_date"}),
        registered("ポイント", {"会員番号": "account_id", "点": "not_personal"}),
    ]
    result = lookup(TARO, [StoreToSearch("s", lambda: shelf)], known, TODAY)
    hits = {one.row for one in result.candidates if one.dataset == "ポイント"}
    assert hits == {at for at, (one, _) in enumerate(held, start=1) if one == number}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_a_spreadsheet_made_of_a_number_is_the_same_number(company: Company, kind: str) -> None:
    company.register("f", "顧客一覧.csv", "顧客番号", "00123")
    content = (
        [(123.0, "x"), (2.0, "y"), (1230.0, "z")]
        if kind == "xlsx"
        else [("123.0", "x"), ("02", "y"), ("１２３０", "z")]
    )
    company.put("g", f"応対.{kind}", ("顧客番号", "内容"), *content)
    assert {row for _, _, row in company.found(without="顧客一覧.csv")} == {1}


def test_entrusted_and_pseudonymised_data_is_never_joined(company: Company) -> None:
    company.register()
    company.put("jutaku", "応対.csv", ("対応番号", "顧客ID"), (1, 1), part=Part(custody="entrusted"))
    company.put("f", "預り.csv", ("対応番号", "顧客ID"), (1, 1), part=Part(custody="entrusted"))
    company.put("f", "分析.csv", ("顧客ID", "年代"), (1, "40代"), part=Part(nature="pseudonymised"))
    company.put("g", "未登録.csv", ("顧客ID", "年代"), (1, "40代"))
    company.known.pop()
    company.custody["g"] = company.custody["jutaku"] = "entrusted"
    result = company.look()
    assert (put_forward(result), result.entrusted) == (set(), ())
    for store, name in (("jutaku", "応対.csv"), ("f", "預り.csv"), ("f", "分析.csv"), ("g", "未登録.csv")):
        company.declare(store, name, "顧客ID", ("crm", "dtb_customer", "id"))
    company.read.clear()
    result = company.look()
    assert (put_forward(result), result.entrusted) == (set(), ())
    assert company.read == {"dtb_customer": 1, "応対.csv": 1, "預り.csv": 1, "未登録.csv": 1}, "not read for a number"


def test_an_entrusted_register_leads_nowhere_and_judges_nothing(company: Company) -> None:
    entrusted = Part(custody="entrusted")
    company.put(
        "jutaku", "customers.csv", ("customer_id", *PERSON), (1, *TARO_CELLS), (2, *HANAKO_CELLS), part=entrusted
    )
    company.put("f", "応対.csv", ("対応番号", "顧客ID"), (1, 1), (2, 2))
    assert company.found() == set()
    company.register(taro=2)
    assert company.found() == {("f", "応対.csv", 2)}


def test_columns_of_who_acted_and_secrets_are_no_numbers(company: Company) -> None:
    employee = Part(subject="employee", subject_category="no_category")
    company.put("f", "社員名簿.csv", ("社員番号", *PERSON, "個人番号"), (5, *TARO_CELLS, 77), part=employee)
    company.put("f", "応対.csv", ("対応番号", "担当社員番号"), (1, 5), part=NOBODY)
    company.put("f", "調書.csv", ("年", "個人番号"), (2026, 77), part=NOBODY)
    company.put("f", "勤怠.csv", ("日", "社員番号"), ("2026-01-01", 5), part=employee)
    assert company.found(without="社員名簿.csv") == {("f", "勤怠.csv", 1)}


def test_a_number_of_another_kind_of_person_is_not_theirs(company: Company) -> None:
    lawyer = Part(subject="professional", subject_category="professional")
    company.register("f", "会員名簿.csv", "会員番号", 1)
    company.put("g", "弁護士の会費.csv", ("会員番号", "会費"), (1, 5000), part=lawyer)
    assert company.found(without="会員名簿.csv") == set()


def test_a_row_that_names_another_is_set_apart_and_a_clerk_is_nobody_to_set_it_apart_for(company: Company) -> None:
    company.register()
    company.put("crm", "gifts", ("id", "顧客ID", "氏名"), (1, 1, "鈴木 花子"), (2, 1, None), (3, 2, None), (4, 2, None))
    company.put(
        "crm", "followups", ("対応番号", "顧客ID", "担当"), (1, 1, "佐藤京子"), (2, 2, "佐藤京子"), (3, 2, None)
    )
    result = company.look()
    said = {(one.dataset, one.row): one.weighed.disposition for one in result.candidates}
    assert said == {
        ("dtb_customer", 1): "candidate", ("gifts", 1): "excluded", ("gifts", 2): "candidate", ("followups", 1): "weak"
    }  # fmt: skip
    company.declare("crm", "followups", "顧客ID", ("crm", "dtb_customer", "id"))
    assert suggested(company.look())["followups", 1] == "candidate", "a name in it is still for a person to look at"


def test_a_row_that_speaks_for_itself_does_not_fall_with_a_guess(company: Company) -> None:
    company.register()
    company.put(
        "crm",
        "letters",
        ("id", "顧客ID", "氏名", "メール"),
        (1, 1, "田中太郎", None),
        (2, 2, "鈴木花子", None),
        (3, 2, None, None),
    )
    letter = next(one for one in company.look().candidates if one.dataset == "letters")
    assert letter.linked == ()


def test_each_dataset_is_read_once_more_however_many_rows_hang(company: Company) -> None:
    company.register()
    company.put("crm", "followups", ("対応番号", "顧客ID"), *((n, 1) for n in range(500)), (501, 2))
    company.put("g", "応対.csv", ("日", "顧客ID"), *((n, 1) for n in range(500)), (501, 2))
    assert len(company.found()) == 1000
    assert company.read == {"dtb_customer": 1, "followups": 2, "応対.csv": 2}


def test_a_dataset_that_no_number_leads_to_is_not_read_again(company: Company) -> None:
    family = (1, "田中花子", "タナカハナコ", "1982-02-02", "x@sample.example")
    rest = ((9 + n, *HANAKO_CELLS) for n in range(99))
    company.put("f", "会員名簿.csv", ("会員番号", *PERSON), (1, *TARO_CELLS), family, *rest)
    company.put("f", "ポイント.csv", ("会員番号", "点"), (1, 5))
    company.look()
    assert company.read == {"会員名簿.csv": 2, "ポイント.csv": 1}
    company.declare("f", "ポイント.csv", "会員番号", ("f", "会員名簿.csv", "会員番号"))
    company.read.clear()
    company.look()
    assert company.read["ポイント.csv"] == 1


class Fading(Shelf):
    """A store whose 会員名簿 can be read once."""

    reads = 0

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        self.reads += dataset.name == "会員名簿"
        if dataset.name == "会員名簿" and self.reads > 1:
            raise StoreError("unreachable", "つながりません (gone)")
        yield from super().batches(dataset)


def test_a_register_that_fails_when_it_is_asked_whose_a_number_is_was_not_searched_to_its_end() -> None:
    members = table(会員番号=["1", "2"], 氏名=["田中太郎", "鈴木花子"], 生年月日=["1980-01-01", "1975-03-03"])
    shelf = Fading({"会員名簿": members, "ポイント": table(会員番号=["1"], 点=["1"])})
    known = [
        registered("会員名簿", {"会員番号": "account_id", "氏名": "name", "生年月日": "birth_date"}),
        registered("ポイント", {"会員番号": "account_id", "点": "not_personal"}),
    ]
    result = lookup(TARO, [StoreToSearch("s", lambda: shelf)], known, TODAY)
    assert {(one.dataset, one.row) for one in result.candidates} == {("会員名簿", 1)}
    assert [(one.dataset, one.reason) for one in result.not_searched] == [("会員名簿", "unreachable")]
    assert {one.dataset for one in result.searched} == {"ポイント"}


# declared


def test_a_declared_link_is_trusted_as_a_foreign_key_is(company: Company) -> None:
    company.register()
    company.put(
        "f",
        "配信先.csv",
        ("登録番号", "種別"),
        ("M000001", "週刊"),
        ("M000002", "週刊"),
        ("000001", "月刊"),
        ("M", "月刊"),
    )
    company.declare("f", "配信先.csv", "登録番号", ("crm", "dtb_customer", "id"), "M")
    result = company.look()
    assert suggested(result) == {("dtb_customer", 1): "release", ("配信先.csv", 1): "release"}
    assert "宣言したつながり（登録番号 → dtb_customer.id）" in screen(result)


def test_declared_links_of_several_steps_and_rings_are_followed(company: Company) -> None:
    company.register()
    company.put("f", "a.csv", ("x", "y"), ("A1", 1), ("A2", 2))
    company.put("g", "b.csv", ("p", "q"), ("A1", "B1"), ("A2", "B2"))
    company.declare("f", "a.csv", "y", ("crm", "dtb_customer", "id"))
    company.declare("g", "b.csv", "p", ("f", "a.csv", "x"))
    company.declare("f", "a.csv", "x", ("g", "b.csv", "p"))
    assert company.found() == {("f", "a.csv", 1), ("g", "b.csv", 1)}


def test_two_declared_columns_of_persons_are_never_released_by_themselves(company: Company) -> None:
    company.register()
    company.put("f", "譲渡.csv", ("渡した人", "受けた人"), (1, 2), (2, 1), (2, 2))
    for column in ("渡した人", "受けた人"):
        company.declare("f", "譲渡.csv", column, ("crm", "dtb_customer", "id"))
    assert suggested(company.look()) == {
        ("dtb_customer", 1): "release", ("譲渡.csv", 1): "candidate", ("譲渡.csv", 2): "candidate"
    }  # fmt: skip


def test_a_declared_link_of_a_dataset_with_itself_leads_to_no_other_member(company: Company) -> None:
    company.put("crm", "members", ("id", *PERSON, "紹介者"), (1, *TARO_CELLS, None), (2, *[None] * 4, 1))
    company.declare("crm", "members", "紹介者", ("crm", "members", "id"))
    assert company.found() == {("crm", "members", 1)}


def test_a_declared_number_that_two_rows_share_leads_to_nobody(company: Company) -> None:
    company.put("crm", "members", ("no", *PERSON), ("00123", *TARO_CELLS), ("123", *HANAKO_CELLS))
    company.put("f", "来店.csv", ("番号", "日"), ("123", "x"))
    company.declare("f", "来店.csv", "番号", ("crm", "members", "no"))
    assert company.found(without="members") == set()


@pytest.mark.parametrize(
    ("column", "to"),
    [
        ("無い列", ("crm", "dtb_customer", "id")),
        ("番号", ("crm", "無い表", "id")),
        ("番号", ("無い", "dtb_customer", "id")),
        ("番号", ("crm", "dtb_customer", "無い列")),
    ],
)
def test_a_declared_link_whose_ends_are_gone_is_no_fault(
    company: Company, column: str, to: tuple[str, str, str]
) -> None:
    company.register()
    company.put("f", "来店.csv", ("番号", "日"), (1, "x"))
    company.declare("f", "来店.csv", column, to)
    assert company.found() == set()


def test_a_masked_name_of_the_register_declares_the_dataset_that_it_means(company: Company) -> None:
    company.register()
    company.put("f", "購入履歴_山田花子.csv", ("会員", "品"), (1, "本"))
    company.known[-1].name = "購入履歴_〔伏〕.csv"
    company.declare("f", "購入履歴_〔伏〕.csv", "会員", ("crm", "dtb_customer", "id"))
    assert {dataset for _, dataset, _ in company.found()} == {"購入履歴_〔伏〕.csv"}


@given(st.text(max_size=8), st.text(max_size=3))
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_column_is_a_number_or_none(text: str, prefix: str) -> None:
    spelt = AsNumber(prefix).one(text)
    assert not spelt or any(unicodedata.category(letter)[0] not in "PSZ" for letter in spelt)
