"""hr: the personnel database with English names: applicants, former employees, payroll, families."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data_samples import numbers
from data_samples.canaries import canary
from data_samples.company import Company, day, moment
from data_samples.stores.marketing import applicant
from data_samples.tables import Cell, database, table

_CANDIDATE = """CREATE TABLE candidates (
    candidate_id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, mobile_phone TEXT,
    date_of_birth TEXT, desired_position TEXT, expected_salary INTEGER, stage TEXT, source TEXT, resume_summary TEXT,
    applied_at TEXT)"""
_INTERVIEW = """CREATE TABLE interview_evaluations (
    id INTEGER PRIMARY KEY, candidate_id INTEGER REFERENCES candidates(candidate_id), interviewed_on TEXT,
    score INTEGER, comment TEXT, result TEXT)"""
_FORMER = """CREATE TABLE former_employees (
    emp_id TEXT PRIMARY KEY, full_name TEXT, full_name_kana TEXT, leaving_date TEXT, reason_for_leaving TEXT,
    basic_pension_no TEXT, employment_insurance_no TEXT, forwarding_address TEXT, private_email TEXT)"""
_PAYROLL = """CREATE TABLE payroll (
    id INTEGER PRIMARY KEY, employee_no TEXT, employee_name TEXT, pay_month TEXT, base_salary INTEGER,
    overtime_pay INTEGER, bank_code TEXT, branch_code TEXT, account_number TEXT)"""
_EMERGENCY = """CREATE TABLE emergency_contacts (
    id INTEGER PRIMARY KEY, employee_no TEXT, contact_name TEXT, relationship TEXT, contact_phone TEXT)"""
_DEPENDENT = """CREATE TABLE dependents (
    id INTEGER PRIMARY KEY, employee_no TEXT, dependent_name TEXT, relationship TEXT, date_of_birth TEXT,
    cohabiting TEXT)"""
_LICENCE = """CREATE TABLE company_car_drivers (
    employee_no TEXT PRIMARY KEY, employee_name TEXT, drivers_license_no TEXT, valid_until TEXT)"""


def write(folder: Path, company: Company) -> None:
    """Writes `hr/hr.sqlite3`."""
    with database(folder / "hr" / "hr.sqlite3") as connection:
        table(connection, _CANDIDATE, _candidates(company))
        table(connection, _INTERVIEW, _interviews(company))
        table(connection, _FORMER, _former(company))
        table(connection, _PAYROLL, _payroll(company))
        table(connection, _EMERGENCY, _emergency(company))
        table(connection, _DEPENDENT, _dependents(company))
        table(connection, _LICENCE, _drivers(company))


def _candidates(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(120):
        random, person = company.cast.random("candidates", number), applicant(company, number)
        given, surname = person.romaji
        yield (
            number,
            given,
            surname,
            canary("candidate_mail") if number == 66 else person.email,
            person.mobile,
            person.birth.isoformat(),
            random.choice(("customer support", "editor", "engineer", "accountant")),
            random.randrange(3_200_000, 7_800_000, 100_000),
            random.choice(("screening", "first interview", "offer", "rejected", "withdrawn")),
            random.choice(("referral", "agency", "career site")),
            company.sentence(random, "work_histories", person),
            moment(random),
        )


def _interviews(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(100):
        random = company.cast.random("interviews", number)
        comment = company.phrase(random, "interview_notes")
        yield number, number, day(random), random.randint(1, 5), comment, random.choice(("pass", "fail", "hold"))


def _former(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number in company.numbers(45):
        random, person = company.cast.random("former", number), company.cast.person("staff", number * 3, (22, 66))
        yield (
            f"{number * 3:06}",
            person.name,
            person.kana,
            day(random, date(2022, 5, 1), date(2026, 9, 30)),
            company.phrase(random, "retirement_reasons"),
            numbers.pension_number(random),
            f"{numbers.digits(random, 4)}-{numbers.digits(random, 6)}-{numbers.digits(random, 1)}",
            person.address,
            person.email,
        )


def _payroll(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("staff", 120, (22, 66)):
        random = company.cast.random("payroll", number)
        bank, branch = random.choice(company.trade("banks")), random.choice(company.trade("branches"))
        base, overtime = random.randrange(210_000, 620_000, 1000), random.randrange(0, 90_000, 500)
        account = numbers.digits(random, 7)
        yield number, f"{number:06}", person.name, "2026-10", base, overtime, bank[0], branch[0], account


def _emergency(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("emergency", 90, (40, 80)):
        relation = company.cast.random("emergency", number).choice(("父", "母", "配偶者", "兄"))
        yield number, f"{number:06}", person.name, relation, person.mobile


def _dependents(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("dependent", 70, (0, 60)):
        random = company.cast.random("dependents", number)
        relation, together = random.choice(("配偶者", "子", "母")), random.choice(("同居", "別居"))
        yield number, f"{number:06}", person.name, relation, person.birth.isoformat(), together


def _drivers(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("staff", 30, (22, 66)):
        random = company.cast.random("drivers", number)
        valid = day(random, date(2027, 1, 1), date(2031, 12, 31))
        yield f"{number:06}", person.name, numbers.drivers_licence(random), valid
