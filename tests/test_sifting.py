"""Sifting whole columns loses no row in which a comparison of its cells finds a key, however batches are cut."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosure.places import places
from pipelines.disclosure.sifting import sift
from pipelines.disclosure.sought import seek
from pipelines.disclosure.weighing import Scale
from tests.test_lookup import TARO

SOME_CELLS = (
    *(
        None,
        "",
        "田中",
        "太郎",
        "田中　太郎",
        "ﾀﾅｶ ﾀﾛｳ",
        "tanaka taro",
        "1980-01-01",
        "S55.1.1",
        "M-001234",
        "m００１２３４",
    ),
    *(
        "090-1234-5678",
        "+81 90 1234 5678",
        "Tanaka.T+x@sample.example",
        "本日田中太郎様より",
        "昭和五十五年一月一日の太郎",
    ),
    *("㈱サンプル", "鈴木 花子", "大阪市北区", "0", "12345", "090-1", "234-5678", "M-00", "1234"),
)


@settings(deadline=None, max_examples=8)
@given(
    st.lists(
        st.sampled_from(["name", "surname", "given_name", "phone", "not_personal", "free_text", ""]),
        min_size=2,
        max_size=5,
    ),
    st.lists(st.sampled_from(SOME_CELLS), min_size=8, max_size=30),
    st.integers(100, 200),
    st.booleans(),
)
def test_the_coarse_pass_loses_no_row_and_adds_none(
    kinds: list[str], drawn: list[str | None], before: int, varied: bool
) -> None:
    where, sought = places(kinds), seek(TARO)
    filler = [f"品{n}" if varied else "品" for n in range(before)]
    cells = [*filler, *drawn]
    columns = [pa.array([*cells[at:], *cells[:at]], pa.string()) for at in range(len(kinds))]
    batch = pa.RecordBatch.from_arrays(columns, [f"c{at}" for at in range(len(kinds))])
    alone = [row for row in range(batch.num_rows) if sift([batch.slice(row, 1)], where, sought)[0]]
    assert sift([batch], where, sought) == [alone]
    cut = [batch.slice(0, 3), batch.slice(3, 0), batch.slice(3, before), batch.slice(3 + before)]
    starts = (0, 3, 3, 3 + before)
    sifted = sift(cut, where, sought)
    assert [start + row for start, rows in zip(starts, sifted, strict=True) for row in rows] == alone


SPELLINGS = (
    *(
        "田中 太郎",
        "田中　太郎",
        "田中太郎",
        "田中・太郎",
        "太郎 田中",
        "⽥中太郎",
        "田〓太郎",
        "タナカ タロウ",
        "たなか たろう",
    ),
    *("タナカタロー", "タナ力 タロウ", "Tanaka Taro", "TANAKA, Tarou", "tanakatarou", "090-1234-5678", "09012345678"),
    *("(090)1234.5678", "+81-90-1234-5678", "+81 (0)90 1234 5678", "9012345678", "tanaka.t@sample.example"),
    *("Tanaka.T+news@sample.example", "mailto:tanaka.t@sample.example", "M-001234", "m001234", "M 001234"),
    *("1980-01-01", "昭和55年1月1日", "S55.1.1", "19800101", "Jan 1, 1980", "東京都港区芝公園4-2-8", "田中", "太郎"),
    *("鈴木 花子", "03-0000-0000", "㈱サンプル", "", "港区"),
)
HALF_WIDTH = str.maketrans(
    {unicodedata.normalize("NFKC", chr(one)): chr(one) for one in range(0xFF66, 0xFF9E)}
    | {"ガ": "ｶﾞ", "ダ": "ﾀﾞ", "　": " "}
)
FULL_WIDTH = str.maketrans({chr(one): chr(one + 0xFEE0) for one in range(0x21, 0x7F)} | {" ": "　"})
WIDTHS = (
    str,
    str.upper,
    lambda text: text.translate(FULL_WIDTH),
    lambda text: text.translate(HALF_WIDTH),
    lambda text: unicodedata.normalize("NFD", text),
)
AROUND = (("", ""), ("", " "), ("　", "様"), ("担当: ", "、電話済"), ("㈱", ""), ("a\n", "\nb"), ("No.", "/1"))
KINDS = ("name", "surname", "given_name", "name_kana", "phone", "email", "account_id", "birth_date", "address")


@st.composite
def cells(draw: st.DrawFn) -> str | None:
    before, after = draw(st.sampled_from(AROUND))
    respelt = draw(st.sampled_from(WIDTHS))(draw(st.sampled_from(SPELLINGS)))
    return before + respelt + after if respelt else None


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from((*KINDS, "not_personal", "free_text", "")), min_size=1, max_size=4),
    st.lists(cells(), min_size=6, max_size=24),
    st.integers(0, 300),
)
def test_no_row_is_lost_that_weighing_would_take_for_the_persons(
    kinds: list[str], drawn: list[str | None], at: int
) -> None:
    where, sought = places(kinds), seek(TARO)
    rows = [tuple((drawn * 2)[start : start + len(kinds)]) for start in range(len(drawn))]
    others = [("x",) * len(kinds)] * 300
    everybody = [*others[:at], *rows, *others[at:]]
    names = [f"c{number}" for number in range(len(kinds))]
    columns = [pa.array(column, pa.string()) for column in zip(*everybody, strict=True)]
    batch = pa.RecordBatch.from_arrays(columns, names)
    scale = Scale(where, sought)
    weighed = [scale.weigh([cell or "" for cell in row]) for row in everybody]
    held = {
        number
        for number, one in enumerate(weighed)
        # the address and the birth date are compared in rows that something else found
        if one and {found.match.key for found in one.found} - {"birth_date", "address"}
    }
    assert held <= set(sift([batch], where, sought)[0])
