"""Codes in words where they are sure; as stored where they may mean this or that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipelines.casebook.letters.meanings import meanings
from pipelines.casebook.searching import Row

KINDS = {"pref_cd": "prefecture", "sex_kbn": "gender"}


def row(**cells: str) -> Row:
    found: Any = SimpleNamespace(dataset_id="d1")
    return Row(found, tuple(cells), tuple(cells.values()), tuple(KINDS.get(name, "") for name in cells))


def test_a_prefecture_s_number_is_its_name() -> None:
    rows = [row(pref_cd="13", sex_kbn="1", point="13"), row(pref_cd="07", sex_kbn="2", point="")]
    assert meanings(rows, {}, ()) == {("d1", "pref_cd"): {"13": "東京都", "07": "福島県"}}


def test_what_is_no_code_is_left_as_it_is() -> None:
    rows = [row(pref_cd=cell) for cell in ("東京都", "48", "0", "１３")]
    assert meanings(rows, {}, ()) == {}


def test_a_my_number_is_in_no_row_s_digest() -> None:
    found: Any = SimpleNamespace(dataset_id="d1")
    names, kinds = ("氏名", "個人番号"), ("name", "my_number")
    one, other = (Row(found, names, ("架空 花子", number), kinds) for number in ("621498320257", "983205673214"))
    assert one.content == other.content
    assert Row(found, names, ("架空 華子", "621498320257"), kinds).content != one.content
