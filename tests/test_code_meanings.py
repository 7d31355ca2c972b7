"""Codes in words where they are sure; as stored where they may mean this or that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipelines.casebook.letters.meanings import meanings
from pipelines.casebook.searching import Row


def row(**cells: str) -> Row:
    found: Any = SimpleNamespace(dataset_id="d1")
    return Row(found, tuple(cells), tuple(cells.values()))


def dataset(**columns: str) -> Any:
    registered = tuple(SimpleNamespace(column=name, data_category=kind) for name, kind in columns.items())
    return SimpleNamespace(id="d1", store="crm", columns=registered, links=())


def test_a_prefecture_s_number_is_its_name() -> None:
    known = {"d1": dataset(pref_cd="prefecture", sex_kbn="gender", point="not_personal")}
    rows = [row(pref_cd="13", sex_kbn="1", point="13"), row(pref_cd="07", sex_kbn="2", point="")]
    assert meanings(rows, known, ()) == {("d1", "pref_cd"): {"13": "東京都", "07": "福島県"}}


def test_what_is_no_code_is_left_as_it_is() -> None:
    known = {"d1": dataset(pref="prefecture")}
    assert meanings([row(pref="東京都"), row(pref="48"), row(pref="0"), row(pref="１３")], known, ()) == {}
    assert meanings([row(pref="13")], {}, ()) == {}, "a dataset that the register does not know"
