"""Numbers that stand for a person or a firm."""

from __future__ import annotations

from benchmarks.corpus import digits
from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who

_FOUR = (4, 4, 4)
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def _my_number(_who: Who, pen: Pen) -> str:
    number = digits.my_number(pen.random)
    return pen.usual((number, number, digits.grouped(number, _FOUR, "-"), digits.grouped(number, _FOUR, " ")))


def _licence(_who: Who, pen: Pen) -> str:
    number = digits.licence(pen.random)
    return pen.usual((number, number, f"第{number}号", digits.grouped(number, (2, 2, 6), "-")))


def _passport(_who: Who, pen: Pen) -> str:
    return pen.choice(("TR", "TK", "MU", "TZ", "MZ", "TS")) + pen.digits(7)


def _residence_card(_who: Who, pen: Pen) -> str:
    two = (pen.choice(_LETTERS) + pen.choice(_LETTERS) for _ in range(2))
    return pen.digits(8).join(two)


def _pension(_who: Who, pen: Pen) -> str:
    head, tail = pen.digits(4), pen.digits(6)
    return pen.usual((f"{head}-{tail}", f"{head}-{tail}", head + tail))


def _employment(_who: Who, pen: Pen) -> str:
    head, body, last = pen.digits(4), pen.digits(6), pen.digits(1)
    return pen.usual((f"{head}-{body}-{last}", head + body + last))


def _insured(_who: Who, pen: Pen) -> str:
    symbol, number = str(pen.between(10, 9999)), str(pen.between(1, 99999))
    return pen.usual((f"{symbol}-{number}", f"{symbol}・{number}", f"{symbol} {number}-{pen.between(0, 4):02d}"))


def _card(_who: Who, pen: Pen) -> str:
    number = digits.card(pen.random)
    sizes = (4, 6, 5) if len(number) == 15 else (4, 6, 4) if len(number) == 14 else (4, 4, 4, 4)
    return pen.usual((number, digits.grouped(number, sizes, "-"), digits.grouped(number, sizes, " ")))


def _invoice(who: Who, pen: Pen) -> str:
    return pen.usual(("T", "T", "T-")) + who.corporate_number


def _yucho(_who: Who, pen: Pen) -> str:
    return f"1{pen.digits(3)}0-{pen.between(100000, 9999999)}1"


def _registration(_who: Who, pen: Pen) -> str:
    number = str(pen.between(12000, 68000))
    return pen.usual((number, number, f"第{number}号"))


def _agent_registration(_who: Who, pen: Pen) -> str:
    board = pen.choice(("東京", "大阪", "愛知", "福岡", "北海道"))
    return pen.usual((f"({board})第{pen.digits(6)}号", f"第{pen.digits(6)}号", pen.digits(6)))


def _staff_number(_who: Who, pen: Pen) -> str:
    return pen.usual((f"E{pen.digits(5)}", pen.digits(6), f"S-{pen.digits(4)}", pen.digits(7)))


def _member_number(_who: Who, pen: Pen) -> str:
    return pen.usual((f"M{pen.digits(7)}", f"{pen.between(10000000, 99999999)}", f"C-{pen.digits(6)}", pen.digits(7)))


def _device(_who: Who, pen: Pen) -> str:
    groups = [f"{pen.random.getrandbits(bits):0{bits // 4}x}" for bits in (32, 16, 16, 16, 48)]
    return pen.usual(("-".join(groups), f"GA1.2.{pen.digits(9)}.{pen.between(1500000000, 1790000000)}"))


def _mac(_who: Who, pen: Pen) -> str:
    return ":".join(f"{pen.between(0, 255):02x}" for _ in range(6))


def _secret(_who: Who, pen: Pen) -> str:
    return f"$2b$12${''.join(pen.choice('abcdefghijkLMNOPQRSTUVwxyz0123456789./') for _ in range(53))}"


CELLS = {
    "my_number": Cell("my_number", _my_number),
    "corporate_number": Cell("corporate_number", lambda who, _pen: who.corporate_number),
    "invoice_number": Cell("invoice_number", _invoice),
    "licence": Cell("drivers_licence", _licence),
    "passport": Cell("passport", _passport),
    "residence_card": Cell("residence_card", _residence_card),
    "pension": Cell("pension_number", _pension),
    "employment_insurance": Cell("employment_insurance_number", _employment),
    "insurer": Cell("insurer_number", lambda _who, pen: digits.insurer(pen.random)),
    "insured": Cell("insured_number", _insured),
    "elderly_care": Cell("elderly_care_number", lambda _who, pen: pen.digits(10), ("insured_number",)),
    "resident_code": Cell("resident_code", lambda _who, pen: pen.digits(11)),
    "account": Cell("bank_account", lambda who, _pen: who.account),
    "yucho": Cell("yucho_account", _yucho, ("bank_account",)),
    "card": Cell("credit_card", _card),
    "registration": Cell("professional_registration_number", _registration),
    "agent_registration": Cell("professional_registration_number", _agent_registration),
    "sharoshi_registration": Cell(
        "professional_registration_number", lambda _who, pen: f"{pen.between(1, 47):02d}{pen.digits(6)}"
    ),
    "staff_number": Cell("employee_number", _staff_number, ("account_id",)),
    "member_number": Cell("account_id", _member_number),
    "login": Cell("account_id", lambda who, _pen: who.login),
    "device": Cell("device_id", _device),
    "mac": Cell("mac_address", _mac),
    "password": Cell("password", _secret),
}
