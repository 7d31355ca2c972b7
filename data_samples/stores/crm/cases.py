"""The part of crm where people write or are written about: inquiries, consultations, contacts, lawyers, entrants."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from data_samples.canaries import canary
from data_samples.company import Company, day, moment
from data_samples.tables import Cell, table

_INQUIRY = """CREATE TABLE inquiries (
    id INTEGER PRIMARY KEY, received_at DATETIME, name TEXT, email TEXT, subject TEXT, body TEXT, status TEXT)"""
_CASE = """CREATE TABLE consultation_cases (
    案件番号 TEXT PRIMARY KEY, 受付日 TEXT, 相談者氏名 TEXT, 相談者カナ TEXT, 連絡先電話番号 TEXT, 分野 TEXT,
    相談内容 TEXT, 相手方氏名 TEXT, 相手方住所 TEXT, 進捗 TEXT)"""
_CONTACT = """CREATE TABLE contacts (
    id INTEGER PRIMARY KEY, 区分 TEXT, 氏名 TEXT, フリガナ TEXT, 会社名 TEXT, 部署 TEXT, 役職 TEXT, 電話番号 TEXT,
    メールアドレス TEXT, 備考 TEXT)"""
_FOLLOW_UP = """CREATE TABLE followups (
    対応番号 INTEGER PRIMARY KEY, 顧客ID INTEGER, 対応日 TEXT, 種別 TEXT, 担当 TEXT, 内容 TEXT)"""
_LAWYER = """CREATE TABLE kaiin_bengoshi (
    会員番号 TEXT PRIMARY KEY, 氏名 TEXT, フリガナ TEXT, 所属弁護士会 TEXT, 登録番号 TEXT, 修習期 INTEGER,
    事務所名 TEXT, メールアドレス TEXT, 掲載プラン TEXT, 月額掲載料 INTEGER, 請求先住所 TEXT)"""
_ENTRANT = """CREATE TABLE campaign_entries (
    entry_id INTEGER PRIMARY KEY, 応募者名 TEXT, 応募日 TEXT, 希望賞品 TEXT, 郵便番号 TEXT, 送付先住所 TEXT,
    当選 TEXT)"""
_PARTICIPANT = """CREATE TABLE event_participants (
    id INTEGER PRIMARY KEY, セミナー名 TEXT, 参加者氏名 TEXT, メールアドレス TEXT, 参加区分 TEXT, 申込日 TEXT)"""
_VIEW = f"""CREATE VIEW v_toiawase_yochui AS SELECT id, received_at, name, email, subject FROM inquiries
    WHERE name = '{canary("inquirer")}' OR status = '要注意'"""  # noqa: S608


def write(connection: sqlite3.Connection, company: Company) -> None:
    """The tables, and a view that names somebody in its condition."""
    table(connection, _INQUIRY, _inquiries(company))
    table(connection, _CASE, _cases(company))
    table(connection, _CONTACT, _contacts(company))
    table(connection, _FOLLOW_UP, _follow_ups(company))
    table(connection, _LAWYER, _lawyers(company))
    table(connection, _ENTRANT, _entrants(company))
    table(connection, _PARTICIPANT, _participants(company))
    connection.execute(_VIEW)


def _inquiries(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(160):
        random = company.cast.random("inquiries", number)
        person = company.customer(random.randint(1, len(company.numbers(300))))
        planted = number == 31
        yield (
            number,
            moment(random),
            canary("inquirer") if planted else random.choice((person.name, person.joined)),
            canary("inquirer_mail") if planted else person.email,
            company.phrase(random, "inquiry_subjects"),
            canary("inquirer_words") + "。" if planted else company.sentence(random, "inquiries", person),
            random.choice(("未対応", "対応中", "完了", "完了", "要注意")),
        )


def _cases(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(120):
        random = company.cast.random("consultation_cases", number)
        person = company.customer(random.randint(1, len(company.numbers(300))))
        opponent = company.cast.person("opponent", number)
        planted = number == 44
        words = company.sentence(random, "consultations", person, opponent)
        yield (
            f"C26-{number:05}",
            day(random),
            person.name,
            person.kana,
            person.mobile,
            random.choice(company.trade("practice_areas")),
            canary("consultation_words") + "。" if planted else words,
            canary("opponent") if planted else opponent.name,
            opponent.address if random.random() < 0.6 else None,
            random.choice(("受付", "面談済", "受任", "終了")),
        )


def _contacts(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(200):
        random = company.cast.random("contacts", number)
        kind = random.choice(("顧客", "顧客", "仕入先", "得意先", "弁護士"))
        at_work = kind in ("仕入先", "得意先")
        if at_work:
            person = company.cast.person("contact", number, (24, 64))
        else:
            person = company.lawyer(number) if kind == "弁護士" else company.customer(number)
        employer, work_mail = company.employer(random, person)
        office = random.choice(company.trade("law_offices")) if kind == "弁護士" else None
        yield (
            number,
            kind,
            person.name,
            person.kana,
            employer if at_work else office,
            random.choice(company.trade("departments")) if at_work else None,
            random.choice(company.trade("titles")) if at_work else None,
            person.landline if at_work else person.mobile,
            work_mail if at_work else person.email,
            company.sentence(random, "contact_notes", person) if random.random() < 0.3 else None,
        )


def _follow_ups(company: Company) -> Iterator[tuple[Cell, ...]]:
    desk = [company.cast.person("staff", number).joined for number in (1, 2, 3)] + [canary("staff_value")]
    for number in company.numbers(220):
        random = company.cast.random("followups", number)
        customer_id = random.randint(1, len(company.numbers(300)))
        words = company.sentence(random, "followups", company.customer(customer_id))
        yield number, customer_id, day(random), random.choice(("電話", "メール", "来店")), random.choice(desk), words


def _lawyers(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(120):
        random, person = company.cast.random("kaiin_bengoshi", number), company.lawyer(number)
        yield (
            f"B{number:05}",
            person.name,
            person.kana,
            random.choice(company.trade("bar_associations")),
            company.registration(number),
            random.randint(45, 77),
            random.choice(company.trade("law_offices")),
            person.email,
            random.choice(("ライト", "スタンダード", "プレミアム")),
            random.choice((5000, 20000, 50000)),
            person.address,
        )


def _entrants(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("entrant", 90):
        random = company.cast.random("campaign_entries", number)
        prize = random.choice(("図書カード", "万年筆", "温泉旅行"))
        won = random.choice(("", "", "当選"))
        yield number, person.name, day(random), prize, person.postal_code, person.address, won or None


def _participants(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("participant", 110):
        random = company.cast.random("event_participants", number)
        kind = canary("discriminator") if number == 60 else random.choice(("一般", "一般", "招待", "学生"))
        seminar = random.choice(("はじめての相続", "働く人の労働法", "離婚とお金"))
        yield number, seminar, person.name, person.email, kind, day(random)
