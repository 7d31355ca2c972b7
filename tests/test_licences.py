"""Licences of professions: their names, and the numbers that stand under them."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from classifiers.columns import tag_columns
from classifiers.headers import match
from classifiers.tags import Column, Table

_REGISTRATION = "professional_registration_number"
_ROWS = 24


def _column(name: str, values: list[str]) -> Column:
    held = tuple(dict.fromkeys(islice(cycle(values), _ROWS)))
    return Column(name, values=held, counts=(_ROWS // len(held),) * len(held), rows=_ROWS)


def _said(header: str, values: list[str]) -> str:
    beside = _column("氏名", ["架空太郎", "見本花子", "試験一郎", "例示次郎"])
    return tag_columns(Table("db", "名簿", (beside, _column(header, values))))[1].data_category


@pytest.mark.parametrize("profession", ["税理士", "保育士", "薬剤師", "海技士", "外務員", "保険医", "登録販売者"])
@pytest.mark.parametrize("number", ["登録番号", "登録証番号", "証書番号", "免許証番号", "の登録番号", "登録票番号"])
def test_the_number_of_a_licence_is_known_by_the_profession(profession: str, number: str) -> None:
    assert match(profession + number)[0].category == _REGISTRATION


@pytest.mark.parametrize(("header", "means"), [("講師番号", "account_id"), ("看護師番号", "account_id")])
def test_a_bare_number_may_be_an_employer_s(header: str, means: str) -> None:
    assert match(header)[0].category == means


@pytest.mark.parametrize("header", ["宅建士証", "薬剤師免許", "検定合格証", "通訳案内士登録"])
@pytest.mark.parametrize("form", ["第{}号", "東京都知事登録第{}号", "EN{}", "12-{}", "{}"])
def test_what_somebody_holds_stands_over_its_number_or_over_words(header: str, form: str) -> None:
    assert _said(header, [form.format(number) for number in range(40117, 41117, 41)]) == _REGISTRATION
    assert _said(header, ["一級", "二級", "あり", "更新中"]) != _REGISTRATION


def test_a_number_may_say_whose_register_it_stands_in() -> None:
    assert _said("登録番号", [f"公認心理師 第{number:05}号" for number in range(117, 1117, 41)]) == _REGISTRATION


@pytest.mark.parametrize("header", ["使用許可番号", "道路占用許可番号"])
def test_what_is_permitted_is_numbered_as_licences_are(header: str) -> None:
    assert _said(header, [f"第{number}号" for number in range(4117, 5117, 41)]) == "not_personal"
