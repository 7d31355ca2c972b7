"""One individual is found in every store, in whatever spelling, and nothing of the look-up is written but its audit."""

from __future__ import annotations

import io
import json
import logging
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any, Literal, get_args

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from pipelines.declarations import StoreDeclaration
from pipelines.disclosure import keys
from pipelines.disclosure.findings import Candidate, LookupResult
from pipelines.disclosure.labels import DISPOSITIONS, KEYS, REASONS
from pipelines.disclosure.lookup import lookup, run_lookup
from pipelines.disclosure.matching import Key
from pipelines.disclosure.person import Person, PersonError
from pipelines.disclosure.render import render
from pipelines.disclosure.render import rows as records_of
from pipelines.disclosure.weighing import Disposition
from pipelines.disclosure.where import StoreToSearch
from pipelines.scan import dataset_id
from pipelines.stores import Dataset, Field, NotRead, Reason, StoreError
from tests.test_people import GIVEN, SURNAMES, respelt

TODAY = date(2026, 11, 23)
TARO = Person(
    names=("田中 太郎",),
    kana=("タナカ タロウ",),
    birth_date=date(1980, 1, 1),
    phones=("090-1234-5678",),
    mails=("tanaka.t@sample.example",),
    addresses=("東京都港区芝公園4-2-8",),
    member_ids=("M-001234",),
)


@dataclass(frozen=True)
class Column:
    column: str
    data_category: str


@dataclass(frozen=True)
class Part:
    row_filter: str = ""
    subject: str = "customer"
    custody: str = "own"
    nature: str = "personal"
    subject_category: str = "customer"


@dataclass
class Shelf:
    """A store in memory: tables by name; one that is a StoreError fails when it is read, after its first batch."""

    tables: Mapping[str, pa.Table]
    failing: Mapping[str, Exception] = field(default_factory=dict)
    unread: Sequence[NotRead] = ()
    documents: bool = False
    key: str = ""
    key_type: str = ""

    def datasets(self) -> Iterator[Dataset | NotRead]:
        kind: Literal["documents", "table"] = "documents" if self.documents else "table"
        fields = (Field(self.key, sql_type=self.key_type),) if self.key else ()
        yield from (Dataset(name, kind=kind, fields=fields, key=self.key) for name in self.tables)
        yield from self.unread

    def sample(self, dataset: Dataset, rows: int, seed: int) -> pa.Table:
        return self.tables[dataset.name].slice(0, rows)

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(self.tables[dataset.name].to_batches(max_chunksize=2)):
            if number and dataset.name in self.failing:
                raise self.failing[dataset.name]
            yield batch


def table(**columns: Sequence[str | None] | Sequence[list[str] | None]) -> pa.Table:
    lists = {name: any(isinstance(cell, list) for cell in cells) for name, cells in columns.items()}
    return pa.table(
        {
            name: pa.array(cells, pa.list_(pa.string()) if lists[name] else pa.string())
            for name, cells in columns.items()
        }
    )


def registered(name: str, tags: Mapping[str, str], *parts: Part, store: str = "s") -> SimpleNamespace:
    return SimpleNamespace(
        id=dataset_id(store, name),
        store=store,
        name=name,
        columns=tuple(Column(column, category) for column, category in tags.items()),
        partitions=parts or (Part(),),
    )


def looked_up(
    person: Person, tables: Mapping[str, pa.Table], *datasets: SimpleNamespace, **more: object
) -> LookupResult:
    shelf = Shelf(tables, **more)  # type: ignore[arg-type]
    return lookup(person, [StoreToSearch("s", lambda: shelf)], datasets, TODAY)


def screen(result: LookupResult) -> str:
    out = io.StringIO()
    render(result, Console(file=out, width=240))
    return out.getvalue()


def standings(result: LookupResult) -> dict[int, str]:
    return {one.row: one.weighed.disposition for one in result.candidates}


def keys_of(candidate: Candidate) -> dict[str, str]:
    return {found.match.key: found.match.level for found in candidate.weighed.found}


NAMED = {"氏名": "name", "カナ": "name_kana", "生年月日": "birth_date", "住所": "address"}


def test_same_names_are_told_apart_by_birth_date_and_letters() -> None:
    rows = table(
        氏名=["田中太郎", "田中 太郎", "田中　太朗", "田中 花子", "鈴木 一"],
        カナ=["ﾀﾅｶ ﾀﾛｳ", "タナカタロウ", None, "タナカ ハナコ", "スズキ ハジメ"],
        生年月日=["1980-01-01", "S50.4.1", "昭和55年1月1日", "1980-01-01", "1980-01-01"],
        住所=["東京都港区芝公園四丁目２番８号", "大阪市北区中之島1-3-20", "千葉県柏市柏1-1", "千葉県柏市柏1-1", None],
    )
    result = looked_up(TARO, {"顧客": rows}, registered("顧客", NAMED))
    assert standings(result) == {1: "candidate", 3: "candidate", 2: "excluded"}
    first, *rest = result.candidates
    assert first.row == 1
    assert keys_of(first) == {"name": "exact", "kana": "kana", "birth_date": "exact", "address": "exact"}
    by_row = {one.row: one for one in rest}
    assert by_row[2].weighed.contradictions == ("birth_date",)
    assert keys_of(by_row[3])["name"] == "reading"


def test_a_variant_with_the_same_birth_date_and_phone_is_the_strongest_kind() -> None:
    person = Person(names=("高橋 花子",), birth_date=date(1985, 5, 20), phones=("03-1234-5678",))
    rows = table(氏名=["髙橋花子"], 生年月日=["19850520"], 電話=["0312345678"])
    tags = {"氏名": "name", "生年月日": "birth_date", "電話": "phone"}
    (found,) = looked_up(person, {"t": rows}, registered("t", tags)).candidates
    assert keys_of(found) == {"name": "variant", "birth_date": "exact", "phone": "exact"}
    assert found.weighed.disposition == "candidate"


def test_another_reading_of_the_same_letters_is_excluded_and_a_voiced_one_is_not() -> None:
    person = Person(names=("山崎 一",), kana=("ヤマザキ ハジメ",))
    rows = table(氏名=["山崎一", "山﨑一", "山崎 一"], カナ=["ヤマザキハジメ", "ヤマサキ ハジメ", "ヤマザキ カズ"])
    result = looked_up(person, {"t": rows}, registered("t", {"氏名": "name", "カナ": "name_kana"}))
    assert standings(result) == {1: "candidate", 2: "candidate", 3: "excluded"}


def test_every_kind_of_key_is_found_where_it_stands() -> None:
    rows = table(
        会員番号=["m001234", None, None, None, "X1"],
        姓=[None, "田中", None, None, "鈴木"],
        名=[None, "太郎", None, None, "一"],
        電話1=[None, None, "090", None, "03"],
        電話2=[None, None, "1234", None, "9999"],
        電話3=[None, None, "5678", None, "0000"],
        連絡先=[None, None, None, ["x@sample.example", "Tanaka.T+news@sample.example"], None],
    )
    tags = ["account_id", "surname", "given_name", "phone", "phone", "phone", "email"]
    result = looked_up(TARO, {"t": rows}, registered("t", dict(zip(rows.column_names, tags, strict=True))))
    found = {one.row: keys_of(one) for one in result.candidates}
    assert found == {
        1: {"member_id": "exact"},
        2: {"name": "exact"},
        3: {"phone": "exact"},
        4: {"email": "variant"},
    }


def test_columns_that_nobody_tagged_and_free_text_are_searched_too() -> None:
    rows = table(
        c1=["田中", None, None, None],
        c2=["太郎", None, None, None],
        c3=[None, "本日田中太郎様より入電", "090-1234-56789", "TARO TANAKA / +81 90-1234-5678"],
    )
    result = looked_up(TARO, {"t": rows})
    assert {one.row for one in result.candidates} == {1, 2, 4}
    assert [one.registered for one in result.searched] == [False]


def test_a_name_within_another_name_is_not_the_person() -> None:
    person = Person(names=("山田 一",), kana=("ヤマダ ハジメ",))
    rows = table(氏名=["山田一郎", "小山田 一"], 備考=["担当は小山田一さん", "山田一様の紹介"])
    result = looked_up(person, {"t": rows}, registered("t", {"氏名": "name", "備考": "free_text"}))
    assert standings(result) == {1: "weak", 2: "candidate"}


def test_a_mention_in_somebody_elses_row_is_a_mention() -> None:
    rows = table(氏名=["鈴木一"], カナ=["スズキハジメ"], 生年月日=["1980-01-01"], 備考=["紹介者は田中太郎様"])
    tags = {"氏名": "name", "カナ": "name_kana", "生年月日": "birth_date", "備考": "free_text"}
    (found,) = looked_up(TARO, {"t": rows}, registered("t", tags)).candidates
    assert keys_of(found) == {"name": "exact"}
    assert found.weighed.found[0].match.where == "inside"


def test_a_shared_phone_under_another_name_is_weak() -> None:
    rows = table(氏名=["鈴木 一"], 電話=["+81-90-1234-5678"])
    (found,) = looked_up(TARO, {"t": rows}, registered("t", {"氏名": "name", "電話": "phone"})).candidates
    assert (found.weighed.disposition, found.weighed.contradictions) == ("weak", ("name",))


def test_a_former_surname_is_found_with_todays_given_name() -> None:
    person = Person(names=("田中 花子",), former_names=("桜沢",), birth_date=date(1990, 2, 3))
    rows = table(氏名=["櫻澤花子", "桜沢 恵"], 生年月日=["1990/2/3", "1990/2/4"])
    result = looked_up(person, {"t": rows}, registered("t", {"氏名": "name", "生年月日": "birth_date"}))
    assert standings(result) == {1: "candidate"}
    assert keys_of(result.candidates[0])["former_name"] == "variant"


def test_entrusted_rows_are_counted_and_never_shown() -> None:
    rows = table(氏名=["田中太郎", "田中太郎", "田中太郎"], 委託元=[None, "甲社", "乙社"])
    ours = Part("委託元 IS NULL")
    theirs = Part("委託元 IS NOT NULL", custody="entrusted", subject_category="subcontracted")
    result = looked_up(TARO, {"t": rows}, registered("t", {"氏名": "name", "委託元": "not_personal"}, ours, theirs))
    assert [one.row for one in result.candidates] == [1]
    assert [one.rows for one in result.entrusted] == [2]


def test_rows_whose_partition_cannot_be_told_fall_on_the_strict_side() -> None:
    parts = (Part("区分 LIKE 'x'"), Part("区分 LIKE 'y'", custody="entrusted"))
    result = looked_up(TARO, {"t": table(氏名=["田中太郎"])}, registered("t", {"氏名": "name"}, *parts))
    assert (result.candidates, [one.rows for one in result.entrusted]) == ((), [1])


def test_where_to_look_is_every_dataset_not_proven_impersonal() -> None:
    rows = table(氏名=["田中太郎"])
    impersonal = Part(subject="none", nature="none", subject_category="not_personal")
    names = ("仮名", "匿名", "商品", "人の列がある", "未確定", "台帳にない", "種別なし")
    result = looked_up(
        TARO,
        dict.fromkeys(names, rows),
        registered("仮名", {"氏名": "name"}, Part(nature="pseudonymised")),
        registered("匿名", {"氏名": "name"}, Part(nature="anonymous")),
        registered("商品", {"氏名": "not_personal"}, impersonal),
        registered("人の列がある", {"氏名": "unresolved"}, impersonal),
        registered("未確定", {"氏名": "not_personal"}, Part(subject_category="unresolved")),
        registered("種別なし", {"氏名": "name"}, Part(subject_category="no_category")),
        registered("消えた表", {"氏名": "name"}),
    )
    assert {one.dataset for one in result.searched} == {"人の列がある", "未確定", "台帳にない", "種別なし"}
    assert {one.dataset: one.reason for one in result.not_searched} == {
        "仮名": "pseudonymised",
        "匿名": "anonymous",
        "商品": "not_personal",
        "消えた表": "missing",
    }
    assert len(result.candidates) == 4


def test_what_fails_half_way_leaves_the_rest_and_says_so() -> None:
    rows = table(氏名=["田中太郎", "鈴木一", "佐藤花子"])

    def denied() -> Shelf:
        raise StoreError("denied", "no such right")

    shelf = Shelf(
        {"壊": rows, "駆動": rows, "良": rows},
        failing={"壊": StoreError("broken", "page 2"), "駆動": RuntimeError("row 3: 田中太郎")},
        unread=[NotRead("鍵.xlsx", "locked", "a password protects it")],
    )
    stores = [StoreToSearch("x", denied), StoreToSearch("s", lambda: shelf)]
    result = lookup(TARO, stores, [], TODAY)
    assert [one.dataset for one in result.searched] == ["良"]
    reasons = {(one.store, one.dataset): (one.reason, one.rows) for one in result.not_searched}
    assert reasons == {
        ("x", ""): ("denied", 0),
        ("s", "壊"): ("broken", 2),
        ("s", "駆動"): ("broken", 2),
        ("s", "鍵.xlsx"): ("locked", 0),
    }
    assert len(result.candidates) == 3
    assert "田中" not in repr(result)


def test_stores_are_searched_side_by_side_and_answered_in_their_order() -> None:
    both, told = Barrier(2, timeout=60), list[str]()

    def opened() -> Shelf:
        both.wait()
        return Shelf({"t": table(氏名=["田中太郎"])})

    stores = [StoreToSearch(name, opened) for name in ("x", "y")]
    result = lookup(TARO, stores, [], TODAY, step=told.append)
    assert [one.store for one in result.searched] == ["x", "y"]
    assert sorted(told) == ["x", "y"]


def test_documents_are_found_by_mention_and_told_apart_by_what_they_are() -> None:
    rows = table(
        file=["採用/履歴書.txt", "採用/議事録.txt"],
        title=[None, None],
        body=["履歴書 氏名 田中 太郎 学歴 職歴 志望動機", "営業会議 議事録 売上の報告"],
    )
    tags = {"file": "not_personal", "title": "not_personal", "body": "free_text"}
    parts = (
        Part("文書の本人 = '採用応募者'", subject="applicant", subject_category="applicant_retiree.applicant"),
        Part("文書の本人 = '顧客'"),
    )
    result = looked_up(TARO, {"採用/": rows}, registered("採用/", tags, *parts), documents=True)
    (found,) = result.candidates
    assert (found.row, found.whose.subject) == (1, "applicant")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_spelling_of_a_name_that_a_store_holds_is_found(data: st.DataObject) -> None:
    name = f"{data.draw(st.sampled_from(SURNAMES))} {data.draw(st.sampled_from(GIVEN))}"
    spelt = data.draw(respelt(name))
    category = data.draw(st.sampled_from(["name", "unresolved", "free_text", "not_personal", "company_name", "family"]))
    person = Person(names=(data.draw(st.sampled_from([name, name.replace(" ", "")])),))
    result = looked_up(person, {"t": table(c=["誰か", spelt])}, registered("t", {"c": category}))
    assert [one.row for one in result.candidates] == [2]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([(None, None), ("鈴木", None), (None, "太郎"), ("田中", "太郎")]), max_size=12))
def test_record_numbers_count_every_row_empty_ones_too(rows: list[tuple[str | None, str | None]]) -> None:
    people = table(姓=[surname for surname, _ in rows], 名=[first for _, first in rows])
    result = looked_up(TARO, {"t": people}, registered("t", {"姓": "surname", "名": "given_name"}))
    expected = [number for number, row in enumerate(rows, start=1) if row == ("田中", "太郎")]
    assert sorted(one.row for one in result.candidates) == expected
    assert sum(one.rows for one in result.searched) == len(rows)


# real stores, the real register


@pytest.fixture
def declared(tmp_path: Path) -> list[StoreDeclaration]:
    with sqlite3.connect(tmp_path / "crm.sqlite") as crm:
        crm.execute("CREATE TABLE customers (id TEXT, 氏名 TEXT, フリガナ TEXT, 生年月日 TEXT, 電話番号 TEXT)")
        crm.executemany(
            "INSERT INTO customers VALUES (?, ?, ?, ?, ?)",
            [
                ("1", "田中　太郎", "ﾀﾅｶ ﾀﾛｳ", "1980-01-01", "090-1234-5678"),
                ("2", "鈴木 花子", "スズキ ハナコ", "1975-03-03", "090-0000-1111"),
                ("3", "佐藤 一郎", "サトウ イチロウ", "1966-07-08", "03-0000-2222"),
            ],
        )
    crm.close()
    lines = [
        "姓,名,メール",
        "田中,太郎,tanaka.t@sample.example",
        "鈴木,花子,h@sample.example",
        "佐藤,恵,m@sample.example",
    ]
    (tmp_path / "名簿.csv").write_bytes("\r\n".join(lines).encode("cp932"))
    users = [
        {"id": n, "contacts": [{"mail": mail}]}
        for n, mail in enumerate(["a@sample.example", "TANAKA.T@sample.example"])
    ]
    (tmp_path / "users.jsonl").write_text("\n".join(map(json.dumps, users)), encoding="utf-8")
    (tmp_path / "文書").mkdir()
    (tmp_path / "文書" / "memo.txt").write_text("田中太郎様（090-1234-5678）より相談の電話。", encoding="utf-8")
    return [
        StoreDeclaration(id="crm", kind="sql", url=f"sqlite:///{tmp_path}/crm.sqlite", label="顧客管理"),
        StoreDeclaration(id="files", kind="files", path=str(tmp_path), exclude=("*.sqlite",), label="共有"),
        StoreDeclaration(id="gone", kind="files", path=str(tmp_path / "nowhere")),
    ]


class Audit:
    """An audit in memory."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, Mapping[str, Any]]] = []

    def __call__(self, event: str, detail: Mapping[str, Any]) -> str:
        self.entries.append((event, detail))
        return f"entry {len(self.entries)}"


def _register(declared: Sequence[StoreDeclaration], place: str = "sqlite://") -> object:
    from expectations.policy import load, policies
    from pipelines.register import Register
    from pipelines.scan import Reading, Scanned, Unread, datasets, scan_group

    register = Register.open(place)
    run = register.begin("scan", TODAY, {})
    for store in declared:
        found, unread = datasets(store)
        scanned = list(scan_group(store, found, Reading(as_of=TODAY)))
        register.put_scan(
            run,
            store,
            [one for one in scanned if isinstance(one, Scanned)],
            [*unread, *(one for one in scanned if isinstance(one, Unread))],
            load(policies()[0]).category_of,
        )
    return register


def test_run_lookup_finds_the_person_in_every_real_store_and_leaves_only_its_audit(
    tmp_path: Path,
    declared: list[StoreDeclaration],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    register = _register(declared)
    audit = Audit()
    with caplog.at_level(logging.DEBUG):
        result = run_lookup(TARO, declared, register, audit, "受付 2026-001")  # type: ignore[arg-type]
    assert {(one.store, one.dataset.rpartition("/")[0] or one.dataset, one.row) for one in result.candidates} >= {
        ("crm", "customers", 1),
        ("files", "名簿.csv", 1),
        ("files", "users.jsonl", 2),
    }
    assert any(one.kind == "documents" for one in result.candidates)
    assert ("gone", "missing") in {(one.store, one.reason) for one in result.not_searched}
    assert all(one.registered for one in result.searched)
    out = io.StringIO()
    render(result, Console(file=out, width=160))
    kept = json.dumps(audit.entries, ensure_ascii=False)
    written = kept + caplog.text + repr(result) + out.getvalue() + "".join(capfd.readouterr())
    # digits of digests and of a clock are no values
    written = re.sub(r"datetime\.datetime\([^)]*\)|\b[0-9a-f]{16,}\b", "", written)
    for value in ("田中", "太郎", "タナカ", "ﾀﾅｶ", "tanaka", "1234", "1980", "001234", "芝公園", "鈴木"):
        assert value not in written.replace("受付 2026-001", ""), value
    (began, begun), (ended, done) = audit.entries
    assert (began, ended, done["begun"]) == ("lookup_begun", "lookup_done", "entry 1")
    assert (begun["reason"], begun["keys"]["names"]) == ("受付 2026-001", 1)
    assert done["searched"]["datasets"] == len(result.searched)
    assert (done["candidates"], done["result"]) == (result.counts(), result.digest())


def test_nothing_is_looked_up_where_the_audit_cannot_be_written() -> None:
    def never() -> None:
        raise AssertionError("the register was asked")

    def full(event: str, detail: Mapping[str, Any]) -> str:
        raise OSError(event)

    with pytest.raises(OSError, match="lookup_begun"):
        run_lookup(TARO, [], SimpleNamespace(datasets=never), full, "受付 1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "reason", ["", "  ", "田中　太郎様のご請求", "090 1234 5678", "昭和55年1月1日生まれの方", "田中様の件", "あ" * 201]
)
def test_the_reason_holds_no_key(reason: str) -> None:
    audit = Audit()
    with pytest.raises(PersonError) as caught:
        run_lookup(TARO, [], SimpleNamespace(datasets=list), audit, reason)  # type: ignore[arg-type]
    assert audit.entries == []
    assert reason.strip() == "" or reason not in str(caught.value)


# the keys


def test_keys_are_read_from_lines_and_from_json_alike() -> None:
    lines = "名前：田中　太郎\nフリガナ: タナカ タロウ\n電話: 090-1234-5678\n電話: 03-1234-5678\n\n"
    lines += "生年月日: 昭和55年1月1日\n"
    document = {
        "name": "田中　太郎",
        "kana": ["タナカ タロウ"],
        "phones": ["090-1234-5678", "03-1234-5678"],
        "birth_date": "1980-01-01",
        "mail": None,
    }
    person = keys.read(io.StringIO(lines))
    assert person == keys.read(io.StringIO("\ufeff" + json.dumps(document, ensure_ascii=False)))
    assert person.kinds() == {"names": 1, "kana": 1, "phones": 2, "birth_date": 1}
    assert repr(person) == "Person(names: 1, kana: 1, phones: 2, birth_date: 1)"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("田中太郎", "line 1"),
        ("なまえ: 田中太郎", "line 1"),
        ('{"name": "田中太郎"', "not JSON"),
        ('["田中太郎"]', "one object"),
        ('{"name": 田中太郎}', "line 1, column 10"),
        ('{"name": 12345}', "key 1"),
        ("名前: 田中太郎\n生年月日: 1980-13-45", "birth date"),
        ("名前: 田中太郎\n生年月日: 03/04/1980", "more than one day"),
        ("名前: 田中太郎\n電話: 1234", "phone"),
        ("名前: 田中太郎\nメール: tanaka", "mail"),
        ("名前: 田〓太郎", "lost letter"),
        ("名前: 田", "given name"),
        ("生年月日: 1980-01-01\n住所: 東京都港区芝公園4-2-8", "many people"),
        ("会員番号: 12", "member"),
        ("名前: " + "田" * 300, "200"),
    ],
)
def test_wrong_keys_are_told_without_repeating_them(text: str, says: str) -> None:
    with pytest.raises(PersonError, match=says) as caught:
        keys.read(io.StringIO(text))
    assert re.search("[ぁ-ん]", str(caught.value).rpartition("(")[0])  # Japanese first, English beside
    for value in ("田中", "太郎", "1980-", "1234,", "tanaka", "芝公園"):
        assert value not in str(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@given(st.text(max_size=60))
def test_whatever_stands_on_standard_input_is_a_person_or_a_clear_refusal(text: str) -> None:
    try:
        person = keys.read(io.StringIO(text))
    except PersonError as error:
        assert str(error)
    else:
        assert person.kinds()


def test_the_prompt_asks_again_until_there_is_somebody_to_look_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["", "", "", "", "", "", "1980-01-01", "", "", "田中太郎", *[""] * 12])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    assert keys.ask() == Person(names=("田中太郎",))


# the screen


def test_the_screen_shows_where_and_what_matched_and_what_was_not_searched() -> None:
    rows = table(氏名=["田中太郎"] * 12, カナ=["タナカタロウ"] * 12)
    shelf = Shelf({"[顧客]": rows}, unread=[NotRead("鍵.xlsx", "locked", "a password protects it")])
    tags = {"氏名": "name", "カナ": "name_kana"}
    result = lookup(TARO, [StoreToSearch("s", lambda: shelf)], [registered("[顧客]", tags)], TODAY)
    out = io.StringIO()
    render(result, Console(file=out, width=200))
    shown = out.getvalue()
    assert all(word in shown for word in ("[顧客]", "計 12 件", "候補 candidate", "locked", "a password protects it"))
    assert result.digest()[:16] in shown
    render(looked_up(TARO, {}), Console(file=out, width=140))
    assert "no candidate was found" in out.getvalue()
    assert "--format jsonl" in shown


def test_a_row_that_only_the_name_speaks_for_is_weak_where_it_has_other_ways_of_its_own() -> None:
    rows = table(
        氏名=["田中太郎"] * 9,
        カナ=["タナカタロウ"] * 9,
        電話=[None, "－", "03-9999-0000", None, None, "000-0000-0000", "03-9999-0000", "090-1234-5678", None],
        メール=[None, None, None, "t@other.example", None, None, None, "t@other.example", None],
        住所=[None, None, None, None, "大阪市北区中之島1-3-20", "東京都港区芝公園", None, None, "東京都港区"],
        生年月日=[None, None, None, None, None, None, "1980-01-01", None, "1900-01-01"],
    )
    tags = ["name", "name_kana", "phone", "email", "address", "birth_date"]
    result = looked_up(TARO, {"t": rows}, registered("t", dict(zip(rows.column_names, tags, strict=True))))
    weak = {one.row: one.weighed.differing for one in result.candidates if one.weighed.disposition == "weak"}
    assert weak == {3: ("phone",), 4: ("email",), 5: ("address",)}
    assert {row for row, standing in standings(result).items() if standing == "candidate"} == {1, 2, 6, 7, 8, 9}


def test_another_birth_date_excludes_and_keys_that_were_not_given_say_nothing() -> None:
    rows = table(氏名=["田中太郎"] * 2, 電話=["03-9999-0000"] * 2, 生年月日=["1991-02-03", None])
    tags = {"氏名": "name", "電話": "phone", "生年月日": "birth_date"}
    assert standings(looked_up(TARO, {"t": rows}, registered("t", tags))) == {1: "excluded", 2: "weak"}
    by_name = Person(names=("田中 太郎",))
    assert standings(looked_up(by_name, {"t": rows}, registered("t", tags))) == {1: "candidate", 2: "candidate"}


def test_the_sender_of_a_mail_says_nothing_of_whom_it_speaks_of() -> None:
    rows = table(file=["a.eml"], sender=["shop@other.example"], body=["田中太郎様よりご連絡"])
    tags = {"file": "not_personal", "sender": "email", "body": "free_text"}
    result = looked_up(TARO, {"箱/": rows}, registered("箱/", tags), documents=True)
    assert standings(result) == {1: "candidate"}


def test_every_candidate_can_be_written_out_and_none_of_its_values() -> None:
    rows = table(姓=["田中"] * 30, 名=["太郎"] * 30, 電話=["090-1234-5678", "03-9999-0000", *[None] * 28])
    tags = {"姓": "surname", "名": "given_name", "電話": "phone"}
    result = looked_up(TARO, {"t": rows}, registered("t", tags))
    written = [json.loads(json.dumps(one)) for one in records_of(result)]
    assert {one["record"]["row"] for one in written} == set(range(1, 31))
    by_row = {one["record"]["row"]: one for one in written}
    assert by_row[2] == {
        "store": "s",
        "dataset": "t",
        "record": {"row": 2},
        "standing": "weak",
        "matched": [{"key": "name", "columns": "姓＋名", "level": "exact", "where": "whole"}],
        "linked": [],
        "against": [{"key": "phone", "contradicts": False}],
        "subject_category": "customer",
    }
    assert {one["key"] for one in by_row[1]["matched"]} == {"name", "phone"}
    assert not any(value in json.dumps(written, ensure_ascii=False) for value in ("田中", "太郎", "1234", "9999"))
    shown = screen(result)
    assert "氏名（姓＋名）" in shown
    assert "電話が一致しない" in shown


@pytest.mark.parametrize(
    ("type_", "values", "category", "shown"),
    [
        ("INTEGER", ["1041", "1042"], "not_personal", "1042"),
        ("BIGINT UNSIGNED", ["1041", "1042"], "not_personal", "1042"),
        ("TEXT", ["x", "0a1b2c3d-0000-4000-8000-0123456789ab"], "not_personal", "0a1b2c3d-0000-4000-8000-0123456789ab"),
        ("TEXT", ["A-1", "A-2"], "not_personal", None),
        ("TEXT", ["1041", "1042"], "not_personal", None),
        ("INTEGER", ["1041", "1042"], "account_id", None),
        ("INTEGER", ["1041", "1042"], "unresolved", None),
    ],
)
def test_a_record_of_a_database_is_named_by_a_key_that_says_nothing_of_anybody(
    type_: str, values: list[str], category: str, shown: str | None
) -> None:
    rows = table(id=values, 氏名=["鈴木一", "田中太郎"])
    shelf = Shelf({"t": rows}, key="id", key_type=type_)
    known = registered("t", {"id": category, "氏名": "name"})
    result = lookup(TARO, [StoreToSearch("s", lambda: shelf)], [known], TODAY)
    (candidate,) = result.candidates
    assert (candidate.key and candidate.key.value) == shown
    (written,) = records_of(result)
    assert written["record"] == ({"row": 2, "key": {"id": shown}} if shown else {"row": 2})
    assert ("id=" in screen(result)) == bool(shown)


def test_the_key_of_a_real_database_is_shown(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as crm:
        crm.execute("CREATE TABLE inquiries (id INTEGER PRIMARY KEY, 氏名 TEXT, 受付日 TEXT)")
        people = ["佐藤 一郎", "鈴木 花子", "田中　太郎", "高橋 恵", "伊藤 健"]
        crm.executemany(
            "INSERT INTO inquiries VALUES (?, ?, ?)", [(n * 7, p, "2026-04-01") for n, p in enumerate(people)]
        )
    crm.close()
    declared = [StoreDeclaration(id="crm", kind="sql", url=f"sqlite:///{tmp_path}/crm.sqlite")]
    result = run_lookup(TARO, declared, _register(declared), Audit(), "受付 1")  # type: ignore[arg-type]
    assert [one["record"].get("key") for one in records_of(result)] == [{"id": "14"}]


def test_statistics_are_not_called_anonymised_information_and_no_number_stands_unexplained() -> None:
    rows = table(氏名=["田中太郎"])
    result = looked_up(
        TARO,
        {"統計": rows, "顧客": rows},
        registered("統計", {"氏名": "name"}, Part(nature="anonymous")),
        registered("顧客", {"氏名": "name"}),
    )
    shown = screen(result)
    assert "匿名・統計（個人を識別しない）" in shown
    assert "匿名加工" not in shown
    assert not re.search(r"[0-9]\.[0-9]|│ *6 *│", shown)


def test_every_reason_and_key_is_worded() -> None:
    assert set(REASONS) == {*get_args(Reason), "not_personal", "pseudonymised", "anonymous", "unclear_link"}
    assert set(KEYS) == set(get_args(Key))
    assert set(DISPOSITIONS) == set(get_args(Disposition))
