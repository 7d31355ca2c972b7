"""marketing: a shared folder of CSV files in UTF-8 with BOM: mailings, applicants, visitors, labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from data_samples.canaries import canary
from data_samples.company import Company, day
from data_samples.people import Person
from data_samples.tables import Cell, delimited

_APPLICANT = (
    *(
        "応募番号",
        "氏名",
        "フリガナ",
        "生年月日",
        "性別",
        "現住所",
        "電話番号",
        "メールアドレス",
        "最終学歴",
        "職務経歴",
    ),
    *("志望動機", "希望職種", "希望年収", "選考状況"),
)
_REJECTED = ("氏名", "メールアドレス", "選考結果通知日", "不採用区分", "アルムナイ通信配信")
_READER = ("会員番号", "お名前", "メールアドレス", "メルマガ種別", "配信希望", "最終開封日")
_PURCHASE = ("会員番号", "購入日", "商品名", "金額", "数量")
_VISITOR = ("来訪日", "会社名", "来訪者氏名", "訪問先部署", "入館証番号", "退館時刻")
_LABEL = ("管理番号", "宛名", "郵便番号", "住所1", "住所2", "発送日")


def write(folder: Path, company: Company) -> None:
    """Writes `marketing/**.csv`."""
    root = folder / "marketing"
    bought_by = canary("csv_file_name")
    tables: Sequence[tuple[str, Sequence[str], Iterator[tuple[Cell, ...]]]] = (
        ("採用/応募者一覧_2026.csv", _APPLICANT, _applicants(company)),
        ("採用/不採用者_アルムナイ通信.csv", _REJECTED, _rejected(company)),
        ("配信/メルマガ配信先.csv", _READER, _readers(company)),
        (f"配信/購入履歴_{bought_by}.csv", _PURCHASE, _purchases(company)),
        ("総務/来訪者記録.csv", _VISITOR, _visitors(company)),
        ("総務/シフト表.csv", ("日付", "曜日", *_on_duty(company)), _shifts(company)),
        ("受託データ/発送代行_宛名_ひなた生命様分.csv", _LABEL, _labels(company)),
    )
    for name, header, rows in tables:
        delimited(root / name, chain([header], rows), encoding="utf-8-sig")


def applicant(company: Company, number: int) -> Person:
    """Applicant `number`: the same in the list, in the rejections and in the applicant tracking system."""
    return company.cast.person("applicant", number, (20, 52))


def _applicants(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(90):
        random, person = company.cast.random("応募者一覧", number), applicant(company, number)
        yield (
            f"E2026-{number:04}",
            canary("applicant") if number == 41 else person.name,
            person.kana,
            f"{person.birth.year}年{person.birth.month}月{person.birth.day}日",
            "男" if person.sex == "man" else "女",
            person.address,
            person.mobile,
            person.email,
            f"{random.choice(company.trade('universities'))} 卒業",
            company.sentence(random, "work_histories", person),
            company.sentence(random, "motivations", person),
            random.choice(company.trade("occupations_wanted")),
            f"{random.randrange(320, 780, 10)}万円",
            random.choice(("書類選考中", "一次面接", "最終面接", "内定", "不採用", "辞退")),
        )


def _rejected(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(60):
        random, person = company.cast.random("不採用者", number), applicant(company, number * 2)
        stage = random.choice(("書類選考", "一次面接", "最終面接"))
        yield person.name, person.email, day(random), f"{stage}不採用", random.choice(("配信中", "停止"))


def _readers(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.customers(200):
        random = company.cast.random("メルマガ配信先", number)
        kind, wants = random.choice(("週刊", "月刊")), random.choice(("希望", "希望", "停止"))
        yield f"M{number:06}", person.name, person.email, kind, wants, day(random)


def _purchases(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(25):
        random = company.cast.random("購入履歴", number)
        yield (
            "M000123",
            day(random),
            random.choice(company.trade("goods")),
            100 * random.randint(8, 60),
            random.randint(1, 3),
        )


def _visitors(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("visitor", 80, (22, 66)):
        random = company.cast.random("来訪者記録", number)
        employer, _ = company.employer(random, person)
        department, left = (
            random.choice(company.trade("departments")),
            f"{random.randint(10, 18)}:{random.randint(10, 59)}",
        )
        yield day(random), employer, person.name, department, f"G{random.randint(1, 40):03}", left


def _on_duty(company: Company) -> list[str]:
    return [company.cast.person("staff", number).joined for number in (4, 5, 6)] + [canary("shift_column")]


def _shifts(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(30):
        random = company.cast.random("シフト表", number)
        on = date.fromordinal(date(2026, 11, 1).toordinal() + number - 1)
        duties = [random.choice(("早番", "遅番", "公休", "日勤")) for _ in range(4)]
        yield on.isoformat(), "月火水木金土日"[on.weekday()], *duties


def _labels(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("insured", 85, (25, 85)):
        random = company.cast.random("発送代行", number)
        yield (
            f"H{number:06}",
            f"{person.name} 様",
            person.postal_code,
            person.place.prefecture + person.city,
            person.block + person.building,
            day(random),
        )
