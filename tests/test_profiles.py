"""Profiles: what is known of all rows in bounded memory, the same however they were cut or shared out."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import profiles
from pipelines.profiles import KEPT, Profile
from pipelines.stores import Field

WIDE = 20_000
"""More distinct values than stay."""


def cells(count: int) -> list[str | None]:
    return [f"顧客{number % WIDE:05}" if number % 7 else None for number in range(count)]


def batch(values: list[str | None], name: str = "名") -> pa.RecordBatch:
    return pa.record_batch({name: pa.array(values, pa.string())})


def profiled(values: list[str | None], size: int, seed: int = 0) -> Profile:
    profile = Profile(100, seed)
    profile.add(batch(values[start : start + size]) for start in range(0, len(values), size))
    return profile


def test_what_stays_has_exact_counts_and_does_not_depend_on_how_the_rows_were_cut() -> None:
    values = cells(70_000)
    truth = Counter(value for value in values if value is not None)
    columns = [next(profiled(values, size).columns([Field("名")])) for size in (1_000, 4_096, 70_000)]
    assert columns[0] == columns[1] == columns[2]
    assert len(columns[0].values) == KEPT
    assert all(truth[value] == count for value, count in zip(columns[0].values, columns[0].counts, strict=True))


def test_the_share_of_filled_cells_is_that_of_all_rows() -> None:
    values = cells(70_000)
    (column,) = profiled(values, 9_000).columns([])
    filled = sum(value is not None for value in values) / len(values)
    assert sum(column.counts) / column.rows == pytest.approx(filled, abs=0.001)


def test_the_number_of_distinct_values_is_estimated() -> None:
    truth = len({value for value in cells(70_000) if value})
    assert profiled(cells(70_000), 10_000).distinct()["名"] == pytest.approx(truth, rel=0.06)
    assert profiled(["男", "女", None] * 10, 7).distinct() == {"名": 2}


def test_two_halves_merge_to_the_whole() -> None:
    values = cells(60_000)
    whole, first, second = (
        profiled(values, 8_000),
        profiled(values[:25_000], 8_000),
        profiled(values[25_000:], 8_000, 1),
    )
    first.merge(second)
    assert list(first.columns([])) == list(whole.columns([]))
    assert (first.rows, first.bytes > 0) == (whole.rows, True)
    records = first.records()
    assert records is not None and records.num_rows == 100


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 40)))
@settings(max_examples=60, deadline=None)
def test_merging_is_exact_whatever_stays(left: list[int], right: list[int]) -> None:
    small = profiles.Distinct(8)
    other = profiles.Distinct(8)
    for distinct, numbers in ((small, left), (other, right)):
        counts = Counter(map(str, numbers))
        distinct.add(profiles.counted(pa.array(list(counts), pa.string()), pa.array(list(counts.values()), pa.int64())))
    small.merge(other)
    truth = Counter(map(str, [*left, *right]))
    held = dict(zip(*small.items(), strict=True))
    assert held == {value: truth[value] for value in held}
    assert len(held) <= 8
    assert len(held) == len(truth) or small.bound is not None


def test_one_address_among_many_codes_is_not_lost() -> None:
    values: list[str | None] = [f"品番 {number:06}" for number in range(60_000)]
    values[31_234] = "至急 yaeko@reiji.example"
    for profile in (profiled(values, 5_000), profiled(values[:30_000], 5_000)):
        if profile.rows == 30_000:
            profile.merge(profiled(values[30_000:], 5_000, 1))
        (column,) = profile.columns([])
        assert "至急 yaeko@reiji.example" in column.values


def test_columns_may_turn_up_late_and_lists_are_cells() -> None:
    profile = Profile(10, 0)
    profile.add([batch(["a", "b"])])
    profile.add([pa.record_batch({"名": ["c"], "連絡先[].mail": pa.array([["x@a.example", "y@a.example"]])})])
    names = {column.name: column for column in profile.columns([Field("名", "氏名"), Field("空")])}
    assert names["名"].label == "氏名"
    assert names["名"].values == ("a", "b", "c")
    assert names["連絡先[].mail"].values == ("x@a.example", "y@a.example")
    assert names["空"].values == () and names["空"].rows == 3
