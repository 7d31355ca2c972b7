"""jutaku: what Midori Life Insurance, a client, entrusted for a survey: its policyholders, never ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa

from data_samples.canaries import canary
from data_samples.company import TODAY, Company, day
from data_samples.people import Person
from data_samples.tables import Cell, delimited, parquet

_SURVEY = pa.schema(
    [
        (name, pa.string())
        for name in ("回答番号", "お名前", "フリガナ", "年代", "郵便番号", "ご住所", "満足度", "ご意見")
    ]
)


def write(folder: Path, company: Company) -> None:
    """Writes `jutaku/アンケート名簿.parquet` and `jutaku/c_list.csv`, whose headers mean nothing."""
    parquet(folder / "jutaku" / "アンケート名簿.parquet", _SURVEY, _survey(company))
    header = [f"c{number:02}" for number in range(1, 10)]
    delimited(folder / "jutaku" / "c_list.csv", chain([header], _list(company)), encoding="utf-8")


def _policyholders(company: Company, count: int) -> Iterator[tuple[int, Person]]:
    return company.members("policyholder", count, (24, 84))


def _survey(company: Company) -> Iterator[tuple[str, ...]]:
    for number, person in _policyholders(company, 140):
        random = company.cast.random("アンケート名簿", number)
        yield (
            f"R{number:06}",
            canary("entrusted_person") if number == 52 else person.name,
            person.kana,
            f"{person.age(TODAY) // 10 * 10}代",
            person.postal_code,
            person.address,
            str(random.randint(1, 5)),
            company.sentence(random, "survey_answers", person),
        )


def _list(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in _policyholders(company, 130):
        random = company.cast.random("c_list", number)
        yield (
            f"{number:07}",
            person.joined,
            person.kana,
            person.birth.strftime("%Y%m%d"),
            "1" if person.sex == "man" else "2",
            person.landline,
            person.email,
            person.place.prefecture,
            day(random),
        )
