"""The stop list: whoever is on it stays behind in whatever spelling, and nothing of the person is written anywhere."""

from __future__ import annotations

import io
import json
import secrets
import sqlite3
import stat
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jaconv
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.stops import scopes, stopping
from pipelines.cli import main
from pipelines.disclosure.person import Person
from pipelines.disclosure.places import Place
from pipelines.suppression.book import Order, StopList
from pipelines.suppression.hashing import HashKey, hash_keys
from pipelines.suppression.screening import Answer, Stops, screen
from pipelines.suppression.standing import standings
from tests.test_people import GIVEN, KANA, SURNAMES, respelt

KEY, OTHER = "k" * 40, "o" * 40
TODAY = date(2026, 11, 23)
TARO = {
    "氏名": "田中 太郎",
    "フリガナ": "タナカ タロウ",
    "生年月日": "1980-01-02",
    "電話番号": "090-1234-5678",
    "メール": "tanaka.t@sample.example",
    "住所": "東京都港区芝公園4-2-8",
    "会員番号": "M-001234",
}
VALUES = ("田中", "太郎", "タナカ", "ﾀﾅｶ", "tanaka", "1234", "1980", "芝公園", "M-00")
Daicho = Callable[..., Result]


@pytest.fixture
def daicho(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Daicho:
    monkeypatch.setenv("DAICHO_STOP_LIST_KEY", KEY)
    monkeypatch.setenv("DAICHO_STOP_LIST", str(tmp_path / "list.sqlite"))

    def run(*arguments: str, stdin: str | bytes = "", fails: int = 0) -> Result:
        result = CliRunner().invoke(main, ["suppress", *arguments], input=stdin)
        assert result.exit_code == fails, result.output
        return result

    return run


def add(daicho: Daicho, person: object = TARO, case: str = "2026-001", scope: str = "opt_out", **more: str) -> Result:
    options = {"--case": case, "--scope": scope, "--ordered-by": "管理者", "--requested-on": "2026-11-01", **more}
    return daicho("add", *(part for pair in options.items() for part in pair), stdin=json.dumps(person))


@pytest.fixture
def stopped(daicho: Daicho) -> Daicho:
    daicho("start")
    add(daicho)
    return daicho


def answers(daicho: Daicho, *people: object) -> list[str]:
    out = daicho("check", stdin="\n".join(map(json.dumps, people))).stdout
    return [json.loads(line)["answer"] for line in out.splitlines()]


def book(tmp_path: Path, *people: Person, scope: str = "use") -> Stops:
    path = tmp_path / f"{secrets.token_hex(8)}.sqlite"
    held = StopList.start(path)
    for number, person in enumerate(people):
        held.add(Order(f"C-{number}", scope, date(2026, 1, 1), "管理者"), person, HashKey(KEY))
    return Stops(held, scopes(), (HashKey(KEY),))


# the list


def test_the_list_holds_no_value_and_neither_does_what_is_printed(
    stopped: Daicho, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    printed = add(stopped, case="2026-002", scope="use").output
    printed += stopped("list").output + stopped("list", "--format", "jsonl").output
    stopped("check", stdin='{"氏名": "田中", "電話番号": "1234"}\n{"氏名: "太郎"}', fails=2)
    stopped("lift", "--case", "2026-001", "--scope", "opt_out", "--ordered-by", "管理者", "--reason", "撤回")
    printed += stopped("list").output + caplog.text
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for value in VALUES:
        assert value not in printed
        for codec in ("utf-8", "utf-16-le", "cp932"):
            assert value.encode(codec) not in content
    assert stat.S_IMODE((tmp_path / "list.sqlite").stat().st_mode) == 0o600


def test_check_says_nothing_of_the_keys_it_cannot_read(stopped: Daicho) -> None:
    result = stopped("check", stdin='{"氏名": "田"}\n{"電話番号": "090-1234-5678", "名": 太郎}\n[1]\n', fails=2)
    assert [json.loads(line)["answer"] for line in result.stdout.splitlines()] == ["person"] * 3
    assert not any(value in result.output for value in VALUES)


def test_hashes_are_others_by_another_key(daicho: Daicho, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hashes(key: str) -> set[bytes]:
        monkeypatch.setenv("DAICHO_STOP_LIST_KEY", key)
        monkeypatch.setenv("DAICHO_STOP_LIST", str(tmp_path / key))
        daicho("start")
        add(daicho)
        with sqlite3.connect(tmp_path / key) as connection:
            return {digest for (digest,) in connection.execute("SELECT hash FROM hashes")}

    one, other = hashes(KEY), hashes(OTHER)
    assert len(one) == len(other) > 5
    assert not one & other


def test_a_new_key_is_started_beside_the_old_one(stopped: Daicho, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAICHO_STOP_LIST_KEY", OTHER)
    # an entry that nobody can see must not count as nobody
    assert "2026-001" in stopped("check", stdin="{}", fails=2).output
    monkeypatch.setenv("DAICHO_STOP_LIST_KEY", f"{OTHER},{KEY}")
    add(stopped, {"電話番号": "03-1111-2222"}, case="2026-002")
    assert answers(stopped, TARO, {"電話番号": "03-1111-2222"}) == ["yes", "yes"]
    (before, _) = map(json.loads, stopped("list", "--format", "jsonl").stdout.splitlines())
    add(stopped)
    monkeypatch.setenv("DAICHO_STOP_LIST_KEY", OTHER)
    assert answers(stopped, TARO, {"電話番号": "03-1111-2222"}) == ["yes", "yes"]
    (after, _) = map(json.loads, stopped("list", "--format", "jsonl").stdout.splitlines())
    assert after["since"] == before["since"]
    assert (len(before["keys"]), len(after["keys"])) == (1, 2)


@pytest.mark.parametrize("key", [None, "", "short", f"{KEY},short"])
def test_no_list_without_a_good_key(daicho: Daicho, monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    if key is None:
        monkeypatch.delenv("DAICHO_STOP_LIST_KEY")
    else:
        monkeypatch.setenv("DAICHO_STOP_LIST_KEY", key)
    assert "DAICHO_STOP_LIST_KEY" in daicho("start", fails=2).output


def test_the_key_may_stand_in_the_secrets_file(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text(f"DAICHO_STOP_LIST_KEY={KEY}\n", encoding="utf-8")
    (key,) = hash_keys({"DAICHO_SECRETS": str(tmp_path / "secrets")})
    assert key.id == HashKey(KEY).id
    assert KEY not in repr(key)


def test_a_list_that_is_not_there_or_open_to_others_is_refused(stopped: Daicho, tmp_path: Path) -> None:
    """A mistyped path must not let everybody through."""
    for command in (("check",), ("filter",), ("list",)):
        assert "start" in stopped(*command, "--list", str(tmp_path / "typo"), fails=2).output
    stopped("start", fails=2)
    (tmp_path / "text").write_text("x" * 4096, encoding="utf-8")
    (tmp_path / "text").chmod(0o600)
    stopped("check", "--list", str(tmp_path / "text"), fails=2)
    (tmp_path / "list.sqlite").chmod(0o644)
    assert "chmod" in stopped("check", fails=2).output


@pytest.mark.parametrize(
    ("option", "value"), [("--case", "田中太郎様"), ("--ordered-by", "090 1234 5678"), ("--article", "M001234")]
)
def test_what_stands_in_clear_holds_no_key(daicho: Daicho, option: str, value: str) -> None:
    daicho("start")
    options = {"--case": "1", "--scope": "use", "--ordered-by": "管理者", "--requested-on": "2026-11-01"}
    options[option] = value
    result = daicho("add", *(part for pair in options.items() for part in pair), stdin=json.dumps(TARO), fails=2)
    assert value not in result.output
    assert daicho("list", "--format", "jsonl").stdout == ""


def test_a_lifted_stop_lets_through_and_leaves_its_record(stopped: Daicho, tmp_path: Path) -> None:
    lift = ("lift", "--case", "2026-001", "--scope", "opt_out", "--ordered-by", "管理者", "--reason", "本人の撤回")
    stopped(*lift)
    assert answers(stopped, TARO) == ["no"]
    (entry,) = map(json.loads, stopped("list", "--format", "jsonl").stdout.splitlines())
    assert (entry["lifted_because"], entry["kinds"]) == ("本人の撤回", {})
    with sqlite3.connect(tmp_path / "list.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM hashes").fetchone() == (0,)
    stopped(*lift, fails=2)
    add(stopped)
    assert answers(stopped, TARO) == ["yes"]


def test_a_scope_stops_what_it_includes_and_no_more(daicho: Daicho) -> None:
    daicho("start")
    for number, scope in enumerate(scopes()):
        add(daicho, {"電話番号": f"03-0000-000{number}"}, case=f"C-{number}", scope=scope)
    people = "\n".join(json.dumps({"id": scope, "電話番号": f"03-0000-000{n}"}) for n, scope in enumerate(scopes()))
    for what in scopes():
        out = [json.loads(line) for line in daicho("check", "--for", what, stdin=people).stdout.splitlines()]
        assert {one["id"] for one in out if one["answer"] == "yes"} == stopping([what])
    assert stopping(["opt_out"]) == {"opt_out", "provision", "use"}
    assert stopping([]) == set(scopes())


# who is on it


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({"電話番号": "+81 90 1234 5678"}, "yes"),
        ({"メール": "Tanaka.T+news@Sample.Example"}, "yes"),
        ({"会員番号": "ｍ００１２３４"}, "yes"),
        ({"氏名": "ﾀﾅｶ ﾀﾛｳ", "生年月日": "昭和55年1月2日"}, "yes"),
        ({"氏名": "田中太郎様", "住所": "港区芝公園四丁目２番８号"}, "yes"),
        ({"氏名": "太郎　田中"}, "person"),
        ({"氏名": "Taro Tanaka"}, "person"),
        ({"氏名": "田中太郎", "生年月日": "1981-01-02"}, "no"),
        ({"氏名": "田中太郎", "住所": "大阪府大阪市北区梅田1-1"}, "person"),
        # a family's phone, a number of another table
        ({"氏名": "田中 花子", "電話番号": "090-1234-5678"}, "person"),
        ({"氏名": "佐藤 一郎", "会員番号": "M001234"}, "person"),
        ({"氏名": "田中 花子", "メール": "tanaka.t@sample.example"}, "yes"),
        ({"氏名": "田中 花子", "生年月日": "1980-01-02", "住所": "港区芝公園4-2-8"}, "no"),
    ],
)
def test_strong_keys_decide_and_a_name_alone_never(stopped: Daicho, row: dict[str, str], answer: str) -> None:
    assert answers(stopped, row) == [answer]


def test_an_entry_of_a_name_alone_is_told_and_only_ever_asks_for_a_person(daicho: Daicho) -> None:
    daicho("start")
    assert "同姓同名" in add(daicho, {"氏名": "田中 太郎"}).output
    assert answers(daicho, TARO) == ["person"]


def widths(text: str) -> list[str]:
    return [text, jaconv.h2z(text, ascii=True, digit=True, kana=True), unicodedata.normalize("NFKC", text)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_any_spelling_that_the_matching_keys_fold_together_hits(shelf: Path, data: st.DataObject) -> None:
    kana = data.draw(st.sampled_from(KANA))
    written = f"{data.draw(st.sampled_from(SURNAMES))} {data.draw(st.sampled_from(GIVEN))}"
    person = Person(
        names=(written,),
        kana=(kana,),
        birth_date=date(1980, 1, 2),
        phones=("03-1234-5678",),
        mails=("a.b@sample.example",),
        member_ids=("AB-00123",),
    )
    stops = book(shelf, person)
    half = jaconv.z2h(kana, kana=True)
    name = data.draw(
        st.one_of(respelt(written), st.sampled_from([kana, half, jaconv.kata2hira(kana), kana.replace(" ", "")]))
    )
    born = data.draw(
        st.sampled_from(["1980/1/2", "昭和五十五年一月二日", "S55.01.02", "19800102", "１９８０－０１－０２"])
    )
    phone = data.draw(st.sampled_from(["0312345678", "(03)1234-5678", "+81-3-1234-5678", "03−1234ー5678", "312345678"]))
    number = data.draw(st.sampled_from(["AB00123", "ab-00123", "ＡＢ－００１２３", "AB 00123"]))
    mail = data.draw(st.sampled_from(["A.B@SAMPLE.EXAMPLE", "ａ．ｂ＠sample.example", "x <a.b+z@sample.example>"]))

    def says(*cells: tuple[str, str]) -> Answer:
        columns = [pa.array([text, None]) for _, text in cells]
        found = screen(columns, [Place((at,), role) for at, (role, _) in enumerate(cells)], stops)  # type: ignore[arg-type]
        assert found.answer(1) is Answer.NO
        return found.answer(0)

    assert says(("name", name)) is Answer.PERSON
    assert says(("name", name), ("birth_date", data.draw(st.sampled_from(widths(born))))) is Answer.YES
    for role, text in (("phone", phone), ("member_id", number), ("email", mail)):
        assert says((role, text)) is Answer.YES
        assert says((role, text), ("name", name)) is Answer.YES


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(SURNAMES), st.sampled_from(GIVEN), st.sampled_from(SURNAMES), st.sampled_from(GIVEN))
def test_nobody_else_hits(shelf: Path, surname: str, given_name: str, other: str, others: str) -> None:
    stops = book(shelf, Person(names=(f"{surname} {given_name}",), birth_date=date(1980, 1, 2), phones=("0312345678",)))
    someone = Person(names=(f"{other} {others}",), birth_date=date(1980, 1, 3), phones=("0312345679",))
    assert standings(someone, stops) == ()


# exports

HEAD = "会員番号,氏名,生年月日,電話番号,メール,備考"
ROWS = [
    'A1,鈴木 一,1970-05-05,03-0000-0001,a@x.example,"彼は、""常連"", 2回"',
    "A2,田中太郎,1980/1/2,03-0000-0002,b@x.example,",
    "A3,佐藤 花子,1971-06-06,03-0000-0003,c@x.example,tanaka.t@sample.example から転送",
    "A4,田中太郎,,03-0000-0004,d@x.example,",
    "A5,田中太郎,1990-03-04,03-0000-0005,e@x.example,",
    'A6,高橋 恵,1985-08-08,03-0000-0006,f@x.example,"改行\nあり"',
]


def csv(rows: list[str], end: str = "\r\n") -> bytes:
    return "".join(row + end for row in (HEAD, *rows)).encode()


def test_a_csv_leaves_without_the_stopped_and_is_otherwise_what_it_was(stopped: Daicho) -> None:
    for end in ("\r\n", "\n"):
        result = stopped("filter", stdin=csv(ROWS, end))
        assert result.stdout_bytes == csv([ROWS[0], ROWS[4], ROWS[5]], end)
        assert "6 rows left, 2 on the list, 1 to check" in result.stderr.replace("3 of ", "")
    passed = stopped("filter", "--name-only", "pass", stdin=csv(ROWS))
    assert passed.stdout_bytes == csv([ROWS[0], ROWS[3], ROWS[4], ROWS[5]])
    assert not any(value in result.stderr + passed.stderr for value in VALUES)


def test_encodings_and_marks_stay(stopped: Daicho, tmp_path: Path) -> None:
    text = csv(ROWS[:2]).decode()
    (tmp_path / "in.csv").write_bytes(text.encode("cp932"))
    stopped("filter", str(tmp_path / "in.csv"), "--encoding", "cp932", "--out", str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_bytes() == csv(ROWS[:1]).decode().encode("cp932")
    assert stopped("filter", stdin=text.encode("utf-8-sig")).stdout_bytes == csv(ROWS[:1]).decode().encode("utf-8-sig")
    stopped("filter", str(tmp_path / "in.csv"), "--out", str(tmp_path / "none.csv"), fails=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "list.sqlite", "out.csv"]


def test_json_lines_leave_as_the_bytes_they_were(stopped: Daicho) -> None:
    lines = [
        b'{"name": "\\u9234\\u6728 \\u4e00",   "contacts": [{"mail": "a@x.example"}]}\n',
        b'{"name": "x", "contacts": [{"mail": "b@x.example"}, {"mail": "tanaka.t@sample.example"}]}\n',
        '{"name": "ﾀﾅｶ ﾀﾛｳ", "contacts": []}\n'.encode(),
    ]
    command = ("filter", "--format", "jsonl", "--column", "name=name")
    result = stopped(*command, "--column", "contacts[].mail=email", stdin=b"".join(lines))
    assert result.stdout_bytes == lines[0]
    assert "line 2" in stopped(*command, stdin=lines[0] + b"{oops\n", fails=2).output


def test_parquet_leaves_with_its_types(stopped: Daicho, tmp_path: Path) -> None:
    table = pa.table(
        {
            "氏名": ["鈴木 一", "田中 太郎", "高橋 恵"],
            "生年月日": pa.array([date(1970, 1, 1), date(1980, 1, 2), date(1985, 8, 8)]),
            "金額": pa.array([1, 2, None], pa.int64()),
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    stopped("filter", str(tmp_path / "in.parquet"), "--out", str(tmp_path / "out.parquet"))
    assert pq.read_table(tmp_path / "out.parquet").equals(table.take([0, 2]))
    piped = stopped("filter", "--format", "parquet", stdin=(tmp_path / "in.parquet").read_bytes())
    assert pq.read_table(io.BytesIO(piped.stdout_bytes)).equals(table.take([0, 2]))


def test_held_rows_are_told_by_number_and_case_alone(stopped: Daicho, tmp_path: Path) -> None:
    stopped("filter", "--held", str(tmp_path / "held"), stdin=csv(ROWS))
    held = [json.loads(line) for line in (tmp_path / "held").read_text(encoding="utf-8").splitlines()]
    assert [(one["row"], one["answer"]) for one in held] == [(2, "yes"), (3, "yes"), (4, "person")]
    assert {case for one in held for case in one["cases"]} == {"2026-001"}
    assert set(held[0]) == {"row", "answer", "cases"}


def test_what_cannot_be_compared_does_not_leave(stopped: Daicho) -> None:
    for stdin in (
        b"sku,price\r\nA-1,100\r\nA-2,200\r\n",
        "氏名,金額\n鈴木,1\n".encode() + b"x,1\n" * 30 + b"x,1,2\n",
        "氏名\n田中".encode("cp932"),
    ):
        assert stopped("filter", stdin=stdin, fails=2).stdout == ""
    assert stopped("filter", stdin=b"").stdout == ""


def test_a_first_row_that_is_a_person_is_no_header(stopped: Daicho) -> None:
    people = "田中太郎,tanaka.t@sample.example\r\n鈴木一,a@x.example\r\n"
    result = CliRunner().invoke(main, ["suppress", "filter"], input=people.encode())
    assert "tanaka" not in result.stdout


def test_columns_may_be_named(stopped: Daicho) -> None:
    rows = "c1,c2\n鈴木,a\n0312,M-001234\n"
    result = stopped("filter", "--column", "c2=account_id", stdin=rows.encode())
    assert result.stdout == "c1,c2\n鈴木,a\n"
    stopped("filter", "--column", "c9=account_id", stdin=rows.encode(), fails=2)
    stopped("filter", "--column", "c2=nonsense", stdin=rows.encode(), fails=2)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.booleans(), max_size=60), st.integers(1, 20))
def test_a_row_leaves_or_stays_wherever_it_lies(shelf: Path, on_list: list[bool], piece: int) -> None:
    from pipelines.suppression import exports

    stops = book(shelf, Person(phones=("0312345678",)))
    lines = [f"{n},{'03-1234-5678' if one else '03-9999-0000'}\n" for n, one in enumerate(on_list)]
    out, size = io.BytesIO(), exports.PIECE
    exports.PIECE = piece
    try:
        export = exports.Export(stops, {"tel": "phone"}, "hold")
        export.run(exports.delimited(io.BytesIO(("id,tel\n" + "".join(lines)).encode()), out, "utf-8", ","))
    finally:
        exports.PIECE = size
    kept = [line for line, one in zip(lines, on_list, strict=True) if not one]
    assert out.getvalue().decode() == "id,tel\n" + "".join(kept)
    assert (export.counts.rows, export.counts.stopped) == (len(on_list), sum(on_list))
