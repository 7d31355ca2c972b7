"""crm: the customer database of the portal and the shop, in SQLite, with a data dictionary beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from data_samples import numbers
from data_samples.canaries import canary
from data_samples.company import TODAY, Company, day, moment
from data_samples.stores.crm import cases, masters
from data_samples.tables import Cell, database, table

_CUSTOMER = """CREATE TABLE dtb_customer (
    id INTEGER PRIMARY KEY, customer_status_id INTEGER, sex_id INTEGER REFERENCES mtb_sex(id),
    job_id INTEGER REFERENCES mtb_job(id), pref_id INTEGER REFERENCES mtb_pref(id),
    name01 VARCHAR(255), name02 VARCHAR(255), kana01 VARCHAR(255), kana02 VARCHAR(255),
    company_name VARCHAR(255), postal_code VARCHAR(8), addr01 VARCHAR(255), addr02 VARCHAR(255),
    email VARCHAR(255), phone_number VARCHAR(14), birth DATETIME, password VARCHAR(255), secret_key VARCHAR(255),
    point DECIMAL(12), note TEXT, create_date DATETIME, update_date DATETIME)"""

_ORDER = """CREATE TABLE dtb_order (
    id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES dtb_customer(id), order_no VARCHAR(12),
    name01 VARCHAR(255), name02 VARCHAR(255), kana01 VARCHAR(255), kana02 VARCHAR(255), email VARCHAR(255),
    phone_number VARCHAR(14), postal_code VARCHAR(8), addr01 VARCHAR(255), addr02 VARCHAR(255),
    payment_total DECIMAL(12), payment_method VARCHAR(255), order_date DATETIME, message TEXT)"""

_ORDER_ITEM = """CREATE TABLE dtb_order_item (
    id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES dtb_order(id), product_id INTEGER REFERENCES dtb_product(id),
    product_name VARCHAR(255), jan_code VARCHAR(13), price DECIMAL(12), quantity INTEGER)"""

_TEL_ORDER = """CREATE TABLE tel_chumon (
    chumon_no TEXT PRIMARY KEY, shimei TEXT, furigana TEXT, denwa TEXT, yubin_bango TEXT, jusho TEXT,
    card_bango TEXT, yuko_kigen TEXT, uketsuke_bi TEXT)"""

_MAIL_LIST = """CREATE TABLE mail_send_list (
    id INTEGER PRIMARY KEY, member_id INTEGER REFERENCES dtb_customer(id), name TEXT, email TEXT,
    list_name TEXT, optin_at TEXT, unsubscribed INTEGER)"""


def write(folder: Path, company: Company) -> None:
    """Writes `crm/crm.sqlite3` and `crm/data_dictionary.csv`."""
    with database(folder / "crm" / "crm.sqlite3") as connection:
        masters.write(connection, company)
        table(connection, _CUSTOMER, _customers(company))
        table(connection, _ORDER, _orders(company))
        table(connection, _ORDER_ITEM, _order_items(company))
        table(connection, _TEL_ORDER, _phone_orders(company))
        table(connection, _MAIL_LIST, _mail_list(company))
        cases.write(connection, company)
    masters.write_dictionary(folder / "crm" / "data_dictionary.csv")


def _customers(company: Company) -> Iterator[tuple[Cell, ...]]:
    prefectures = masters.prefecture_ids(company)
    for number, person in company.customers(300):
        random = company.cast.random("dtb_customer", number)
        planted = number == 17
        created = moment(random)
        yield (
            number,
            random.choice((2, 2, 2, 1)),
            1 if person.sex == "man" else 2,
            random.randint(1, 7),
            prefectures[person.place.prefecture],
            canary("customer_surname") if planted else person.surname,
            person.given,
            canary("customer_kana") if planted else person.surname_kana,
            person.given_kana,
            None,
            person.place.postal_code,
            person.city,
            canary("customer_address") if planted else person.block + person.building,
            person.email,
            canary("customer_phone") if planted else person.mobile,
            f"{person.birth.isoformat()} 00:00:00",
            sha256(f"{number}".encode()).hexdigest(),
            sha256(f"key{number}".encode()).hexdigest()[:32],
            random.randrange(0, 5000, 10),
            company.sentence(random, "followups", person) if random.random() < 0.2 else None,
            created,
            created,
        )


def _orders(company: Company) -> Iterator[tuple[Cell, ...]]:
    customers = len(company.numbers(300))
    for number in company.numbers(400):
        random = company.cast.random("dtb_order", number)
        customer_id = random.randint(1, customers)
        person = company.customer(customer_id)
        yield (
            number,
            customer_id,
            f"2026{random.randrange(10**8):08}",
            person.surname,
            person.given,
            person.surname_kana,
            person.given_kana,
            person.email,
            person.mobile.replace("-", ""),
            person.place.postal_code,
            person.city,
            person.block + person.building,
            random.randrange(800, 20000, 100),
            random.choice(("クレジットカード", "銀行振込", "代金引換")),
            moment(random),
            company.sentence(random, "inquiries", person) if random.random() < 0.1 else None,
        )


def _order_items(company: Company) -> Iterator[tuple[Cell, ...]]:
    goods = company.trade("goods")
    codes = masters.jan_codes(company)
    for number in company.numbers(700):
        random = company.cast.random("dtb_order_item", number)
        product = random.randrange(len(goods))
        order_id = random.randint(1, len(company.numbers(400)))
        yield number, order_id, product + 1, goods[product], codes[product], 100 * random.randint(8, 60), 1


def _phone_orders(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.members("phone_order", 60, (55, 88)):
        random = company.cast.random("tel_chumon", number)
        yield (
            f"T{20260000 + number}",
            person.name,
            person.kana,
            person.landline,
            person.postal_code,
            person.address,
            canary("customer_card") if number == 23 else random.choice(numbers.CARDS),
            f"{random.randint(1, 12):02}/{random.randint(27, 31)}",
            day(random),
        )


def _mail_list(company: Company) -> Iterator[tuple[Cell, ...]]:
    for number, person in company.customers(240):
        random = company.cast.random("mail_send_list", number)
        name = random.choice(("週刊 法律の読みもの", "新刊のご案内"))
        yield number, number, person.name, person.email, name, moment(random, date(2023, 4, 1), TODAY), number % 11 == 0
