"""What is no person's and looks as if it were: goods with surnames, numbers of machines, hosts, files."""

from __future__ import annotations

from stdnum import luhn

from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import words

_MAKES = "ABCDEFGHKLMNPRSTUVWXZ"


def _ware(who: Who, pen: Pen) -> str:
    """An article with its size or pack, as shops list it."""
    name = pen.choice(words(who.split, "wares"))
    pack = pen.choice(
        ("", "", " 500g", " 1.8L", " 10個入", "（大）", " M", " LL", " 2026年モデル", " 業務用", "【訳あり】")
    )
    return pen.choice(("", "", "", "★", "新)", "【送料無料】")) + name + pack


def _model(_who: Who, pen: Pen) -> str:
    head = "".join(pen.choice(_MAKES) for _ in range(pen.between(1, 3)))
    tail = pen.choice(("", "", f"-{pen.choice(_MAKES)}", f"/{pen.digits(2)}", f"-{pen.digits(1)}.{pen.digits(2)}K"))
    return f"{head}{pen.choice(('-', ''))}{pen.digits(pen.between(2, 4))}{pen.choice(_MAKES)}{tail}"


def part(_who: Who, pen: Pen) -> str:
    """部品番号, in the forms that manufacturers give them."""
    return pen.usual(
        (
            f"{pen.digits(5)}-{pen.digits(5)}",
            f"{pen.choice(_MAKES)}{pen.digits(2)}-{pen.digits(4)}-{pen.digits(2)}",
            f"{pen.digits(3)}-{pen.digits(4)}-{pen.digits(4)}",
            f"{pen.digits(7)}",
        )
    )


def _frame(_who: Who, pen: Pen) -> str:
    """車台番号: type and serial."""
    return f"{pen.choice(_MAKES)}{pen.choice(_MAKES)}{pen.choice(_MAKES)}{pen.digits(2)}-{pen.digits(7)}"


def _host(who: Who, pen: Pen) -> str:
    role = pen.choice(("web", "db", "app", "mail", "fs", "rtr", "sw", "batch", "pos", "cam"))
    return f"{role}{pen.always(('-', '0', '-prd-'))}{pen.between(1, 24):02d}{pen.always(('', f'.{who.firm.domain}'))}"


def _domain(who: Who, pen: Pen) -> str:
    return f"{pen.choice(('', '', 'www.', 'cdn.', 'shop.', 'mx.'))}{who.firm.domain}"


def _file(_who: Who, pen: Pen) -> str:
    stem = pen.choice(("uriage", "zaiko", "export", "tenpo", "日報", "見積", "DailyReport", "fbdata", "検針"))
    return f"{stem}_2026{pen.between(1, 12):02d}{pen.between(1, 28):02d}{pen.choice(('.csv', '.xlsx', '.txt', '.zip'))}"


def _salesforce_key(_who: Who, pen: Pen) -> str:
    letters = _MAKES + _MAKES.lower() + "0123456789"
    return f"{pen.always(('0015g', '0035g', '00Q5g', '5005g'))}0000{''.join(pen.choice(letters) for _ in range(9))}"


def _sim(_who: Who, pen: Pen) -> str:
    """ICCID of a Japanese operator: eighteen digits and a Luhn digit."""
    body = f"8981{pen.choice(('10', '20', '30'))}{pen.digits(12)}"
    return body + str(luhn.calc_check_digit(body))


def _waybill(_who: Who, pen: Pen) -> str:
    """送り状番号: twelve digits, the last the rest of the others by seven."""
    body = pen.digits(11)
    number = f"{body}{int(body) % 7}"
    return pen.always((number, f"{number[:4]}-{number[4:8]}-{number[8:]}"))


def _listed(name: str) -> Cell:
    return Cell("not_personal", lambda who, pen: pen.choice(words(who.split, name)))


CELLS = {
    "ware": Cell("not_personal", _ware),
    "model": Cell("not_personal", _model),
    "part": Cell("not_personal", part),
    "frame": Cell("not_personal", _frame, ("personal_other",)),
    "host": Cell("not_personal", _host),
    "domain": Cell("not_personal", _domain, ("url",)),
    "file": Cell("not_personal", _file),
    "salesforce_key": Cell("not_personal", _salesforce_key, ("account_id",)),
    "sim": Cell("personal_other", _sim, ("device_id", "not_personal")),
    "waybill": Cell("not_personal", _waybill),
    **{
        f"a_{name}": _listed(f"{name}s") for name in ("station", "room", "crop", "store", "pet", "breed", "branch_shop")
    },
}
