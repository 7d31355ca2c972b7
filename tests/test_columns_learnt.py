"""What many labelled tables taught: answers where no rule is sure, and what it never takes from the rules."""

from __future__ import annotations

from importlib.resources import files
from string import printable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import classifiers.columns
from classifiers.columns import tag_columns
from classifiers.columns.experience import by_experience
from classifiers.columns.learnt import SPECIAL, WEIGHTS, read
from classifiers.columns.rules import by_rules
from classifiers.evidence import wordings
from classifiers.tags import NOT_PERSONAL, UNRESOLVED, Column, ColumnTag, Table
from classifiers.vocabulary import data_categories

TEXTS = st.text(st.characters(codec=None) | st.sampled_from(printable), max_size=60)
NAMES = Column("氏名", values=("佐藤 花子", "鈴木 一郎", "高橋 美咲", "田中 健太"), counts=(1, 1, 1, 1), rows=4)


def column(name: str, values: tuple[str, ...] = (), label: str = "") -> Column:
    return Column(name, label=label, values=values, counts=(1,) * len(values), rows=len(values))


def learnt(tag: ColumnTag) -> bool:
    return any(one.code.startswith("column_learnt") for one in tag.evidence)


def test_the_weights_are_of_categories_that_exist_and_of_traits_that_tell_something() -> None:
    with files(classifiers.columns).joinpath(WEIGHTS).open("rb") as file, np.load(file) as held:
        classes, weights, traits = list(map(str, held["classes"])), held["weights"], held["traits"]
    assert {*classes} - {SPECIAL} <= {*data_categories()}
    assert UNRESOLVED not in classes
    assert weights.shape == (len(traits), len(classes))
    assert len({*traits.tolist()}) == len(traits)
    assert np.abs(weights).max(axis=1).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=4)), min_size=1, max_size=4), TEXTS)
def test_any_names_and_values_are_answered(columns: list[tuple[str, str, list[str]]], title: str) -> None:
    table = Table(
        "db", title, tuple(column(name, tuple(dict.fromkeys(filled)), label) for name, label, filled in columns)
    )
    for tag in tag_columns(table):
        assert 0 <= tag.confidence <= 1
        assert tag.data_category not in dict(tag.alternatives)


@pytest.mark.parametrize(
    "kind", [row.id for row in data_categories().values() if row.special_care or row.id == "my_number"]
)
def test_what_the_rules_call_sensitive_stays(kind: str) -> None:
    words = data_categories()[kind].headers
    values = ("123456789018",) if kind == "my_number" else ("1", "2", "-", "0")
    table = Table("db", "台帳", (NAMES, *(column(word, values) for word in words.strong)))
    ruled = by_rules(table)
    sensitive = [
        pair for pair in zip(ruled.decided, by_experience(table, ruled), strict=True) if pair[0].category == kind
    ]
    assert sensitive
    assert all(after == before for before, after in sensitive)


@pytest.mark.parametrize(
    ("name", "values", "category"),
    [
        ("hobby_tags", ("読書", "登山", "料理"), "personal_other"),
        ("shift_ptn", ("早番", "遅番", "夜勤"), "personal_other"),
        ("seikatsu_jokyo", ("自立", "要介助"), "personal_other"),
        ("受講態度", ("良好", "普通"), "personal_other"),
    ],
)
def test_what_no_rule_knows_is_what_columns_alike_were(name: str, values: tuple[str, ...], category: str) -> None:
    table = Table("db", "会員一覧", (NAMES, column(name, values), column("利き手", ("右", "左"))))
    assert by_rules(table).decided[1].category in (NOT_PERSONAL, UNRESOLVED)
    tag = tag_columns(table)[1]
    assert tag.data_category == category
    assert tag.evidence[0].code in ("column_learnt", "column_learnt_word")
    assert 0 < float(tag.evidence[0].words["share"]) <= 100
    assert not {*values} & {*map(str, tag.evidence[0].words.values())}


def test_where_nobody_stands_likeness_accuses_nobody() -> None:
    goods = (
        column("品番", ("A-1", "A-2", "A-3")),
        column("hobby_tags", ("読書", "登山", "料理")),
        column("単価", ("1", "2")),
    )
    assert not any(map(learnt, tag_columns(Table("db", "商品マスタ", goods))))


@given(st.lists(st.sampled_from(["told:歴", "shape:words", "noun:person", "place:1", "n:8"]), unique=True))
def test_the_order_of_what_is_seen_changes_nothing(found: list[str]) -> None:
    assert read(found).likely == read(reversed(found)).likely


def test_documents_are_not_taken_for_rows_of_a_table() -> None:
    table = Table("mail", "inbox", (column("subject", ("見積の件",)), column("zz", ("A-1", "A-2"))), kind="documents")
    ruled = by_rules(table)
    assert by_experience(table, ruled) == ruled.decided


@pytest.mark.parametrize("code", ["column_learnt", "column_learnt_word", "column_learnt_doubt"])
def test_every_reason_is_worded_in_both_languages(code: str) -> None:
    assert {"{share}" in text for text in wordings()[code].values()} == {True}
