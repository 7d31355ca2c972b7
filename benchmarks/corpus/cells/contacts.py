"""How people are reached: mail, telephone, post, and where they sit."""

from __future__ import annotations

import jaconv

from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who


def _mobile(who: Who, pen: Pen) -> str:
    return _dialled((who.mobile[:3], who.mobile[3:7], who.mobile[7:]), pen)


def _fixed(who: Who, pen: Pen) -> str:
    return _dialled(who.fixed, pen)


def _fax(who: Who, pen: Pen) -> str:
    area, exchange, subscriber = who.fixed
    return _dialled((area, exchange, f"{(int(subscriber) + 1) % 10_000:04d}"), pen)


def _phone(who: Who, pen: Pen) -> str:
    return _mobile(who, pen) if who.mobile[-1] < "6" else _fixed(who, pen)


def _toll_free(_who: Who, pen: Pen) -> str:
    return pen.choice((f"0120-{pen.digits(3)}-{pen.digits(3)}", f"0800-{pen.digits(3)}-{pen.digits(4)}",
                       f"050-{pen.digits(4)}-{pen.digits(4)}", f"0570-{pen.digits(3)}-{pen.digits(3)}"))  # fmt: skip


def _dialled(parts: tuple[str, str, str], pen: Pen) -> str:
    area, exchange, subscriber = parts
    return pen.usual(
        (
            f"{area}-{exchange}-{subscriber}",
            f"{area}-{exchange}-{subscriber}",
            f"{area}{exchange}{subscriber}",
            f"{area}({exchange}){subscriber}",
            f"({area}){exchange}-{subscriber}",
            str(jaconv.h2z(f"{area}-{exchange}-{subscriber}", digit=True, ascii=True)),
            f"+81-{area[1:]}-{exchange}-{subscriber}",
            f"{area} {exchange} {subscriber}",
            f"+81{area[1:]}{exchange}{subscriber}",
            f"{area}ー{exchange}ー{subscriber}",
        )
    )


def _zip(who: Who, pen: Pen) -> str:
    code = who.home.postal_code
    hyphened = f"{code[:3]}-{code[3:]}"
    return pen.usual((hyphened, hyphened, code, str(jaconv.h2z(hyphened, digit=True, ascii=True))))


def _address(who: Who, pen: Pen) -> str:
    home = who.home
    gap = pen.usual(("", "", " ", "　"))
    building = (pen.usual((" ", "　", "")) + home.building) if home.building else ""
    return f"{home.prefecture}{gap}{home.municipality}{home.street(pen.usual((0, 0, 2, 1, 3)))}{building}"


def _short_address(who: Who, pen: Pen) -> str:
    return f"{who.home.municipality}{who.home.street(pen.usual((0, 2, 3)))}"


def _ip(_who: Who, pen: Pen) -> str:
    if pen.chance(0.12):
        return "2001:db8:" + ":".join(f"{pen.between(1, 65535):x}" for _ in range(6))
    first = pen.choice(("192.0.2", "198.51.100", "203.0.113", f"10.{pen.between(0, 60)}.{pen.between(0, 255)}"))
    return f"{first}.{pen.between(1, 254)}"


def _url(who: Who, pen: Pen) -> str:
    host = f"{pen.choice(('www.', '', 'shop.'))}{who.firm.domain}"
    return f"{pen.choice(('https', 'https', 'http'))}://{host}/{pen.choice(('', 'company/', 'contact', 'news/2026/'))}"


CELLS = {
    "mail": Cell("email", lambda who, _pen: who.mail),
    "work_mail": Cell("email", lambda who, _pen: who.work_mail),
    "phone": Cell("phone", _phone),
    "mobile": Cell("phone", _mobile),
    "fixed": Cell("phone", _fixed),
    "toll_free": Cell("phone", _toll_free),
    "fax": Cell("fax", _fax, ("phone",)),
    "zip": Cell("postal_code", _zip),
    "address": Cell("address", _address),
    "short_address": Cell("address", _short_address),
    "prefecture": Cell("prefecture", lambda who, _pen: who.home.prefecture, ("address",)),
    "municipality": Cell("municipality", lambda who, _pen: who.home.municipality, ("address",)),
    "hometown": Cell("municipality", lambda who, _pen: who.home.municipality, ignore=True),
    "street": Cell("street", lambda who, pen: who.home.street(pen.usual((0, 2, 1))), ("address",)),
    "building": Cell("building", lambda who, _pen: who.home.building, ("address",)),
    "city_street": Cell("address", _short_address, ("municipality", "street")),
    "url": Cell("url", _url),
    "ip": Cell("ip_address", _ip),
}
