"""Phones, mails and numbers a company issues, in one form that compares, and as expressions that find them."""

from __future__ import annotations

import re

from classifiers.people.letters import prepare

_COUNTRY = re.compile(r"^(?:\+|00|010)\s*81[\s().-]*0?")
_EXTENSION = re.compile(r"(?:内線|ext\.?|#|x)\s*[0-9]+.*$")
_NOT_DIGIT = re.compile("[^0-9]")
_PHONE_GAP = r"[\s()./‐‑‒–—―−ーｰ-]{0,3}"
_MAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[a-z]{2,}")


def phone(text: str) -> str:
    """Digits of a phone number as dialled in Japan; numbers of other countries keep their `+`. '' where none is one.

    >>> phone("+81 (0)90-1234-5678"), phone("（０３）１２３４－５６７８ 内線12"), phone("+1 650 253 0000"), phone("―")
    ('09012345678', '0312345678', '+16502530000', '')
    """
    prepared = _EXTENSION.sub("", prepare(text).strip())
    home = _COUNTRY.sub("0", prepared)
    found = _NOT_DIGIT.sub("", home)
    if not 9 <= len(found) <= 15:
        return ""
    return f"+{found}" if home.startswith("+") else found


def phone_pattern(number: str) -> str:
    """An expression that finds a phone number as `phone` gives it, +81 and a lost leading zero included.

    >>> bool(re.search(phone_pattern("09012345678"), "tel:+81-90-1234-5678"))
    True
    """
    significant = number.removeprefix("+").removeprefix("0") if number[0] == "0" else number.removeprefix("+")
    return _PHONE_GAP.join(significant)


def mail(text: str) -> str:
    """A mail address in small letters without display name or brackets; '' where none is in the text.

    >>> mail("山田 <Taro.Yamada@Sample.EXAMPLE>")
    'taro.yamada@sample.example'
    """
    found = _MAIL.search(prepare(text))
    return found[0].rstrip(".") if found else ""


def untagged(address: str) -> str:
    """A mail address without the tag its owner may add: `taro+news@…` reaches `taro@…`.

    >>> untagged("taro+news@sample.example")
    'taro@sample.example'
    """
    local, _, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def mail_pattern(address: str) -> str:
    """An expression that finds a mail address as `mail` gives it, with or without a tag."""
    local, _, domain = untagged(address).partition("@")
    return rf"{re.escape(local)}(?:\+[^\s@]*)?@{re.escape(domain)}"


def number(text: str) -> str:
    """A member, staff or registration number without what its spellings differ in: case, width, separators.

    >>> number("Ｍ－００１２３４") == number("m001234")
    True
    """
    return re.sub(r"[\s‐‑‒–—―−ー._/-]", "", prepare(text))


def number_pattern(issued: str) -> str:
    """An expression that finds a number as `number` gives it."""
    return r"[\s‐‑‒–—―−ー._/-]?".join(map(re.escape, issued))
