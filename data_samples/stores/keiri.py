"""keiri: the accountants' shared folder of CSV files in cp932, with the faults such folders have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from data_samples import numbers
from data_samples.canaries import canary
from data_samples.company import Company, day
from data_samples.tables import Cell, delimited

_PARTNER = (
    *("torihikisaki_cd", "kaisha_mei", "hojin_bango", "daihyosha_mei", "tantosha_mei", "tantosha_kana", "busho_mei"),
    *("yakushoku", "denwa_bango", "fax_bango", "meru", "yubin_bango", "jusho"),
)
_PAYEE = (
    "支払先コード",
    "支払先名",
    "銀行コード",
    "銀行名",
    "支店コード",
    "支店名",
    "預金種目",
    "口座番号",
    "口座名義",
)
_VENDOR = ("業者コード", "業者名", "担当者", "電話番号", "個人番号", "備考")
_PAYMENT_RECORD = ("支払先氏名", "住所", "個人番号", "区分", "支払金額", "源泉徴収税額")
_EXPORT = tuple(f"col{number}" for number in range(1, 9))
_WITHDRAWN = ("会員番号", "氏名", "メールアドレス", "退会日", "退会理由")
_LYING = ("商品コード", "商品名", "フリガナ", "連絡先", "登録日")


def write(folder: Path, company: Company) -> None:
    """Writes `keiri/**.csv`: among them some without header, in two encodings, empty, or with a header only."""
    root = folder / "keiri"
    for name, header, rows in (
        ("取引先/torihikisaki.csv", _PARTNER, _partners(company)),
        ("取引先/支払先口座.csv", _PAYEE, _payees(company)),
        ("取引先/vendor_sheet.csv", _VENDOR, _vendors(company)),
        ("支払調書/支払調書_2025.csv", _PAYMENT_RECORD, _payment_records(company)),
        ("移行/export_20260930.csv", _EXPORT, _exported(company)),
        ("移行/商品一覧_旧.csv", _LYING, _not_goods(company)),
        ("名簿/退会者.csv", _WITHDRAWN, ()),
    ):
        delimited(root / name, chain([header], rows))
    delimited(root / "名簿" / "顧客_DM送付先_2024.csv", _without_header(company))
    (root / "名簿" / "未入力.csv").touch()
    _mixed(root / "名簿" / "会場名簿_混在.csv", company)


def _partners(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("partner", 90, (24, 66)):
        random = company.cast.random("torihikisaki", number)
        employer, mail = company.employer(random, person)
        yield (
            f"V{number:05}",
            employer,
            numbers.corporate_number(random),
            company.cast.person("president", number, (40, 75)).name,
            person.name,
            person.kana,
            random.choice(company.trade("departments")),
            random.choice(company.trade("titles")),
            person.landline,
            numbers.landline(random, person.place.area_code),
            mail,
            person.postal_code,
            person.address,
        )


def _payees(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("payee", 70, (28, 75)):
        random = company.cast.random("支払先口座", number)
        bank, branch = random.choice(company.trade("banks")), random.choice(company.trade("branches"))
        holder = canary("bank_holder") if number == 12 else person.bank_kana
        account = numbers.digits(random, 7)
        yield f"P{number:05}", person.name, *bank, *branch, random.choice(("普通", "当座")), account, holder


def _vendors(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("vendor", 45, (28, 75)):
        random = company.cast.random("vendor_sheet", number)
        my_number = canary("vendor_my_number") if number == 9 else numbers.my_number(random)
        trade = f"{person.surname}{random.choice(('工房', '写真館', '翻訳事務所', '校正室'))}"
        note = random.choice(("", "", "月末締め", "インボイス登録済", "消費税は内税"))
        yield f"G{number:04}", trade, person.name, person.mobile, my_number, note


def _payment_records(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("payee", 50, (28, 75)):
        random = company.cast.random("支払調書", number)
        my_number = canary("payee_my_number") if number == 5 else numbers.my_number(random)
        paid = random.randrange(60_000, 900_000, 1000)
        kind = random.choice(("原稿料", "講演料", "監修料"))
        yield person.name, person.address, my_number, kind, paid, round(paid * 0.1021)


def _exported(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("exported", 80):
        yield (
            number,
            person.name,
            person.kana,
            person.mobile,
            person.email,
            person.postal_code,
            person.address,
            person.birth.strftime("%Y/%m/%d"),
        )


def _not_goods(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("mislabelled", 60):
        random = company.cast.random("商品一覧", number)
        yield f"A{number:05}", person.name, person.kana, person.mobile, day(random)


def _without_header(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("mailing", 75):
        planted = number == 1
        yield (
            canary("headerless_name") if planted else person.joined,
            canary("headerless_mail") if planted else person.email,
            person.postal_code,
            person.address,
        )


def _mixed(file: Path, company: Company) -> None:
    lines = [f"{person.joined},{person.mobile}\r\n" for _, person in company.members("venue", 12)]
    lines[7] = f"{canary('mixed_encoding')},{company.cast.person('venue', 8).mobile}\r\n"
    encoded = [line.encode("utf-8" if number >= 6 else "cp932") for number, line in enumerate(lines)]
    file.write_bytes("氏名,電話番号\r\n".encode("cp932") + b"".join(encoded))
