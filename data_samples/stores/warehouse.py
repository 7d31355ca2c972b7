"""warehouse: Parquet files of the analysts: logs, pseudonymised facts, statistics, features, the public directory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa

from data_samples.canaries import canary
from data_samples.company import TODAY, Company, day, moment
from data_samples.tables import parquet

_TEXT, _WHOLE = pa.string(), pa.int64()


def _texts(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, _TEXT) for name in names]


_ACCESS = pa.schema(
    [
        ("logged_at", pa.timestamp("s")),
        *_texts("cookie_id", "ip_address", "page_path", "referrer", "user_agent"),
    ]
)
_PURCHASE = pa.schema(
    [
        *_texts("pseudonym_key", "age_band", "sex_cd", "prefecture", "category"),
        ("amount", _WHOLE),
        ("purchased_on", pa.date32()),
    ]
)
_STATISTICS = pa.schema([*_texts("対象月", "都道府県", "年代"), ("相談件数", _WHOLE), ("平均単価", pa.float64())])
_DIRECTORY = pa.schema(
    [
        *_texts("lawyer_id", "name", "name_kana", "birth_date", "bar_association", "registration_no", "office_name"),
        *_texts("office_address", "office_phone", "practice_areas", "profile", "profile_url"),
    ],
    metadata={"author": canary("parquet_metadata")},
)
_FEATURES = pa.schema(
    [
        ("customer_id", _WHOLE),
        ("age", _WHOLE),
        *_texts("sex", "prefecture"),
        *((name, _WHOLE) for name in ("f_recency", "f_frequency", "f_monetary")),
        ("f_churn_score", pa.float64()),
    ]
)

_AGENTS = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)")
_PAGES = ("/", "/lawyers", "/columns/rikon", "/columns/sozoku", "/shop", "/contact")
_BANDS = ("20代", "30代", "40代", "50代", "60代以上")


def write(folder: Path, company: Company) -> None:
    """Writes `warehouse/*.parquet`."""
    for name, schema, rows in (
        ("access_log", _ACCESS, _accesses(company)),
        ("purchase_facts_pseudonymised", _PURCHASE, _purchases(company)),
        ("monthly_statistics", _STATISTICS, _statistics(company)),
        ("lawyer_public_directory", _DIRECTORY, _directory(company)),
        ("customer_model_features", _FEATURES, _features(company)),
    ):
        parquet(folder / "warehouse" / f"{name}.parquet", schema, rows)


def _accesses(company: Company) -> Iterator[tuple[Any, ...]]:
    for number in company.numbers(2000):
        random = company.cast.random("access_log", number)
        visitor = random.randrange(600)
        yield (
            datetime.fromisoformat(moment(random)),
            str(UUID(int=company.cast.random("cookie", visitor).getrandbits(128), version=4)),
            f"203.0.113.{visitor % 254 + 1}" if visitor % 3 else f"2001:db8::{visitor:x}",
            random.choice(_PAGES),
            random.choice(("https://search.example/", "", "https://news.example/law")),
            random.choice(_AGENTS),
        )


def _purchases(company: Company) -> Iterator[tuple[Any, ...]]:
    for number in company.numbers(1000):
        random = company.cast.random("purchase_facts", number)
        person = company.customer(customer := random.randint(1, len(company.numbers(300))))
        yield (
            sha256(f"pepper:{customer}".encode()).hexdigest(),
            _BANDS[min(max(person.age(TODAY) // 10 - 2, 0), 4)],
            "1" if person.sex == "man" else "2",
            person.place.prefecture,
            random.choice(("書籍", "文具", "契約書ひな形")),
            random.randrange(800, 20000, 100),
            datetime.fromisoformat(day(random)).date(),
        )


def _statistics(company: Company) -> Iterator[tuple[Any, ...]]:
    random = company.cast.random("monthly_statistics")
    for month in range(1, 13):
        for prefecture in ("東京都", "大阪府", "愛知県", "福岡県", "北海道"):
            for band in _BANDS:
                yield f"2025-{month:02}", prefecture, band, random.randint(20, 900), round(random.uniform(3e3, 2e4), 1)


def _directory(company: Company) -> Iterator[tuple[Any, ...]]:
    for number in company.numbers(120):
        random, person = company.cast.random("lawyer_public_directory", number), company.lawyer(number)
        office = company.cast.person("office", number)
        yield (
            f"B{number:05}",
            person.name,
            person.kana,
            person.birth.isoformat(),
            random.choice(company.trade("bar_associations")),
            company.registration(number),
            random.choice(company.trade("law_offices")),
            office.address,
            office.landline,
            "、".join(random.sample(company.trade("practice_areas"), 2)),
            company.phrase(random, "profiles"),
            f"https://portal.aoba-law.example/lawyers/B{number:05}",
        )


def _features(company: Company) -> Iterator[tuple[Any, ...]]:
    for number in company.numbers(300):
        random = company.cast.random("customer_model_features", number)
        person = company.customer(number)
        sex = "M" if person.sex == "man" else "F"
        recency, frequency, monetary = random.randint(0, 400), random.randint(0, 30), random.randint(0, 90000)
        yield number, person.age(TODAY), sex, person.place.prefecture, recency, frequency, monetary, random.random()
