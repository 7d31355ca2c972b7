"""Synthetic identifiers with true check digits: formats of public specifications, numbers drawn at random."""

from __future__ import annotations

from functools import cache
from random import Random

import phonenumbers
from stdnum.jp import cn, in_

CARDS = ("4111111111111111", "3530111333300000", "378282246310005", "5555555555554444", "4012888888881881")
"""Test numbers that the card schemes publish; none was ever issued."""

_LICENCE_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def digits(random: Random, length: int) -> str:
    """`length` random digits."""
    return "".join(str(random.randrange(10)) for _ in range(length))


def my_number(random: Random) -> str:
    """個人番号: 12 digits, the last one a check (平成26年総務省令第85号5条)."""
    body = digits(random, 11)
    return body + str(in_.calc_check_digit(body))


def corporate_number(random: Random) -> str:
    """法人番号: 13 digits, the first one a check (平成26年財務省令第70号2条); the rest starts like a company's."""
    body = "01" + digits(random, 2) + "01" + digits(random, 6)
    return str(cn.calc_check_digit("0" + body)) + body


def drivers_licence(random: Random) -> str:
    """運転免許証番号: 12 digits, the eleventh a check over the first ten."""
    body = "30" + digits(random, 8)
    remainder = sum(weight * int(digit) for weight, digit in zip(_LICENCE_WEIGHTS, body, strict=True)) % 11
    return f"{body}{(11 - remainder) % 10}0"


def pension_number(random: Random) -> str:
    """基礎年金番号: `NNNN-NNNNNN`, no check digit is public."""
    return f"{digits(random, 4)}-{digits(random, 6)}"


def mobile(random: Random) -> str:
    """携帯電話番号. No Japanese block is set apart for fiction; the digits are random and nobody's on purpose."""
    return f"{random.choice(('090', '080', '070'))}-{random.randrange(1000, 9999):04}-{digits(random, 4)}"


def landline(random: Random, area: str) -> str:
    """固定電話番号 of an area code, in an exchange that begins with 1 (never assigned) where the plan takes one."""
    exchange_length = 10 - len(area) - 4
    exchange = _first_digit(area) + digits(random, exchange_length - 1)
    return f"{area}-{exchange}-{digits(random, 4)}"


@cache
def _first_digit(area: str) -> str:
    for first in "123456789":
        number = phonenumbers.parse(f"{area}{first}{'2345678'[: 9 - len(area)]}", "JP")
        if phonenumbers.is_valid_number(number):
            return first
    raise ValueError(f"no valid telephone number begins with the area code {area}")


def jan_code(random: Random) -> str:
    """JANコード: 13 digits beginning with 45 or 49, the last one a check (GS1)."""
    body = random.choice(("45", "49")) + digits(random, 10)
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-weighted % 10)
