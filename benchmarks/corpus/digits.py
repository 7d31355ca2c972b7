"""Numbers with their check digits, drawn at random; formats of the public specifications."""

from __future__ import annotations

from functools import cache
from random import Random

from stdnum import ean, luhn
from stdnum.jp import cn, in_

_CARDS = (
    ("41111111", 16),
    ("40128888", 16),
    ("42424242", 16),
    ("55555555", 16),
    ("51051051", 16),
    ("35301113", 16),
    ("35660020", 16),
    ("37828224", 15),
    ("30569309", 14),
)
"""How the test numbers begin that card schemes and payment providers publish, and how long they are."""
_BOARDS = (10, 20, 30, 40, 43, 45, 54, 60, 62, 74, 80, 90, 97)
"""公安委員会コード: the first two digits of a licence."""
_LICENCE = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def digits(random: Random, count: int) -> str:
    """`count` random digits, leading zeros kept."""
    return f"{random.randrange(10**count):0{count}d}"


def my_number(random: Random) -> str:
    """個人番号, 12 digits: the last is the check digit (平成26年総務省令第85号5条)."""
    body = digits(random, 11)
    return body + str(in_.calc_check_digit(body))


def corporate_number(random: Random) -> str:
    """法人番号, 13 digits: the first is the check digit (平成26年財務省令第70号2条); the rest as a company's."""
    body = f"{random.randrange(1, 4):02d}{random.randrange(0, 30):02d}01{digits(random, 6)}"
    return str(cn.calc_check_digit("0" + body)) + body


def licence(random: Random) -> str:
    """運転免許証番号, 12 digits: board, year, serial, check digit, count of reissues."""
    body = f"{random.choice(_BOARDS)}{digits(random, 8)}"
    rest = sum(weight * int(digit) for weight, digit in zip(_LICENCE, body, strict=True)) % 11
    return f"{body}{(11 - rest) % 10}{random.choice('0000012')}"


def insurer(random: Random) -> str:
    """保険者番号, 8 digits: scheme, prefecture, insurer, check digit (weights 2, 1 from the right)."""
    body = f"{random.choice(('01', '06', '31', '33', '39'))}{random.randint(1, 47):02d}{digits(random, 3)}"
    return body + weighted_check(body)


def weighted_check(body: str) -> str:
    """The digit that 保険者番号 ends in: digits doubled from the right, their cross sums added, filled to ten."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def card(random: Random) -> str:
    """カード番号 that begins like a published test number and ends in a Luhn digit (ISO/IEC 7812-1)."""
    start, length = random.choice(_CARDS)
    body = start + digits(random, length - len(start) - 1)
    return body + str(luhn.calc_check_digit(body))


def jan(random: Random) -> str:
    """JAN, 13 digits that start with 45 or 49: the last is the check digit of EAN-13. A product, nobody's number."""
    body = random.choice(("45", "49")) + digits(random, 10)
    return body + str(ean.calc_check_digit(body))


def grouped(number: str, sizes: tuple[int, ...], mark: str) -> str:
    """The number in groups: ("123456789018", (4, 4, 4), "-") → 1234-5678-9018; what is left over is the last group."""
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return mark.join(part for part in [*parts, number[at:]] if part)


@cache
def area_codes() -> tuple[str, ...]:
    """Area codes of fixed telephones, of two to five digits."""
    two = ("03", "06")
    three = ("011", "022", "025", "043", "045", "048", "052", "054", "072", "075", "078", "082", "092", "096", "098")
    four = ("0134", "0172", "0263", "0282", "0422", "0428", "0466", "0532", "0567", "0740", "0774", "0824", "0942")
    return (*two, *two, *three, *three, *four, "04992", "01267", "08387")
