"""office: the Excel workbooks of sales and personnel, one of them locked, some with more than a plain header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from data_samples.canaries import canary
from data_samples.company import TODAY, Company, day
from data_samples.locked import encrypted_workbook
from data_samples.tables import Cell, workbook

_CARD = ("No.", "氏名", "ふりがな", "会社名", "部署", "役職", "TEL", "携帯", "E-mail", "交換日", "メモ")
_DEAL = ("日付", "会社名", "先方担当者", "商談内容", "次回予定")
_AGENT = ("代理店コード", "代理店名", "担当者名", "電話番号", "メールアドレス", "退職済")
_STAFF = (
    *("社員番号", "氏名", "カナ", "生年月日", "性別", "住所", "電話番号", "社内メール", "所属", "役職", "入社日"),
    *("在籍区分", "退職日", "退職理由"),
)
_HEALTH = ("社員番号", "氏名", "受診日", "身長", "体重", "血圧", "空腹時血糖", "判定区分", "医師の所見")
_ALUMNI = ("元社員番号", "氏名", "退職年月日", "現住所", "連絡先電話", "メール", "会報送付")
_REFUSED = ("管理番号", "氏名", "フリガナ", "生年月日", "住所", "登録理由", "登録日")
_SHARE = ("株主番号", "株主名", "住所", "持株数", "議決権数")


def write(folder: Path, company: Company) -> None:
    """Writes `office/**.xlsx`."""
    root = folder / "office"
    title = f"名刺管理表 2025年度(作成:{canary('title_row')})"
    workbook(
        root / "営業" / "meishi_2025.xlsx",
        {
            "名刺": chain([(title,), (None,), _CARD], _cards(company, "meishi", 110)),
            "旧データ": chain([_CARD], _cards(company, "old_meishi", 40)),
        },
        hidden=frozenset({"旧データ"}),
    )
    workbook(root / "営業" / "商談記録.xlsx", {canary("sheet"): chain([_DEAL], _deals(company))})
    workbook(root / "営業" / "代理店担当者.xlsx", {"担当者": chain([_AGENT], _agents(company))})
    workbook(
        root / "人事" / "社員名簿.xlsx",
        {"社員": chain([_STAFF], _staff(company)), "凡例": _legend()},
        creator=canary("workbook_creator"),
    )
    workbook(root / "人事" / "健康診断結果_2026.xlsx", {"結果": chain([_HEALTH], _health(company))})
    workbook(root / "人事" / "OB会名簿.xlsx", {"退職者": chain([_ALUMNI], _alumni(company))})
    workbook(root / "総務" / "株主名簿.xlsx", {"株主": chain([_SHARE], _shareholders(company))})
    workbook(root / "総務" / "要注意者一覧.xlsx", {"一覧": chain([_REFUSED], _refused(company))})
    encrypted_workbook(root / "人事" / f"面談記録_{canary('locked_workbook')}.xlsx", company.cast.random("locked"))


def _cards(company: Company, role: str, count: int) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members(role, count, (24, 66)):
        random = company.cast.random(role, number)
        employer, mail = company.employer(random, person)
        yield (
            number,
            person.name,
            person.hiragana,
            employer,
            random.choice(company.trade("departments")),
            random.choice(company.trade("titles")),
            person.landline,
            person.mobile,
            mail,
            day(random, date(2025, 4, 1), date(2026, 3, 31)),
            company.sentence(random, "meishi_notes", person) or None,
        )


def _deals(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("deal", 30, (24, 66)):
        random = company.cast.random("商談記録", number)
        employer, _ = company.employer(random, person)
        notes = company.sentence(random, "deal_notes", person)
        yield day(random), employer, person.name, notes, day(random, TODAY, date(2027, 3, 31))


def _agents(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("agent", 45, (24, 66)):
        random = company.cast.random("代理店担当者", number)
        employer, mail = company.employer(random, person)
        left = random.choice(("", "", "", "退職済"))
        yield f"D{number:04}", employer, person.name, person.landline, mail, left or None


def _staff(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("staff", 130, (22, 66)):
        random = company.cast.random("社員名簿", number)
        given, surname = person.romaji
        status, left, reason = _employment(company, number)
        yield (
            f"{number:06}",
            person.name,
            person.kana,
            person.birth.isoformat(),
            "男" if person.sex == "man" else "女",
            person.address,
            person.mobile,
            f"{given}.{surname}@aoba-law.example".lower(),
            random.choice(company.trade("departments")),
            random.choice(("部長", "課長", "主任", "一般")),
            day(random, date(2005, 4, 1), date(2022, 4, 1)),
            status,
            left,
            reason,
        )


def _employment(company: Company, number: int) -> tuple[str, str | None, str | None]:
    random = company.cast.random("employment", number)
    if number % 3 == 0:
        reason = company.phrase(random, "retirement_reasons")
        return "退職", day(random, date(2022, 5, 1), date(2026, 9, 30)), reason
    if number % 17 == 0:
        return "退職予定", random.choice(("2030-03-31", "2031-03-31")), "定年"
    return random.choice(("在籍", "在籍", "在籍", "休職")), None, None


def _legend() -> Sequence[tuple[Cell, ...]]:
    return [
        ("区分", "説明"),
        ("在籍", "勤務している"),
        ("休職", "休んでいる"),
        ("退職予定", "日が決まった"),
        ("退職", "辞めた"),
    ]


def _health(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("staff", 90, (22, 66)):
        random = company.cast.random("健康診断結果", number)
        yield (
            f"{number:06}",
            person.name,
            day(random, date(2026, 5, 1), date(2026, 7, 31)),
            round(random.uniform(148, 186), 1),
            round(random.uniform(44, 92), 1),
            f"{random.randint(98, 158)}/{random.randint(60, 98)}",
            random.randint(74, 148),
            random.choice(("A", "B", "C", "D")),
            random.choice(("異常を認めません", "要経過観察", "高血圧症の疑い", "脂質異常症", "胃炎の所見あり")),
        )


def _alumni(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(40):
        person = company.cast.person("staff", number * 3, (22, 66))
        _, left, _ = _employment(company, number * 3)
        sent = "送付" if number % 4 else "不要"
        yield f"{number * 3:06}", person.name, left, person.address, person.mobile, person.email, sent


def _shareholders(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("shareholder", 35, (35, 85)):
        shares = company.cast.random("株主名簿", number).randrange(100, 9000, 100)
        yield f"K{number:04}", person.name, person.address, shares, shares // 100


def _refused(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("refused", 25, (25, 80)):
        random = company.cast.random("要注意者一覧", number)
        reason = random.choice(("窓口での暴言", "代金の不払い", "反社会的勢力との関係の疑い", "執拗な架電"))
        registered = day(random, date(2022, 4, 1))
        yield f"Y{number:04}", person.name, person.kana, person.birth.isoformat(), person.address, reason, registered
