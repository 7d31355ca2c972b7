"""Numbers and marks of people in the forms of further systems: cards, schools, clinics, networks, legacy hosts."""

from __future__ import annotations

from hashlib import sha256

import jaconv
from stdnum import luhn

from benchmarks.corpus import digits
from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import words

_MARKS = "!#%&@*+?$"
_DRAWN = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_KANA = "あいうえかきくけこさすせそたちつてとなにぬねのはひふほまみむめもやゆよらりるろ"


def _drawn(pen: Pen, count: int) -> str:
    return "".join(pen.choice(_DRAWN) for _ in range(count))


def _masked_card(_who: Who, pen: Pen) -> str:
    number = digits.card(pen.random)
    last = number[-4:]
    return pen.always(
        (f"****-****-****-{last}", f"{number[:6]}{'*' * (len(number) - 10)}{last}", f"XXXXXXXXXXXX{last}")
    )


def _plain_password(who: Who, pen: Pen) -> str:
    """As people choose it, or as a desk hands it out."""
    own = f"{who.name.given_latin or who.name.surname_latin}{who.born.year % 100:02d}{pen.choice(_MARKS)}"
    return pen.choice((own.replace(" ", ""), _drawn(pen, 8), f"{_drawn(pen, 4)}{pen.choice(_MARKS)}{pen.digits(4)}"))


def _digest(_who: Who, pen: Pen) -> str:
    drawn = sha256(pen.digits(12).encode()).hexdigest()
    return pen.always((drawn, drawn[:40], f"pbkdf2_sha256$600000${_drawn(pen, 12)}${_drawn(pen, 43)}=", drawn[:32]))


def _argon(_who: Who, pen: Pen) -> str:
    return f"$argon2id$v=19$m=65536,t=3,p=4${_drawn(pen, 22)}${_drawn(pen, 43)}"


def _patient(_who: Who, pen: Pen) -> str:
    number = pen.between(1, 399_999)
    return pen.always((f"{number:08d}", str(number), f"{number:06d}-{pen.digits(1)}"))


def _student(_who: Who, pen: Pen) -> str:
    year = pen.between(20, 26)
    letter = pen.choice("ABCEJLMST")
    return pen.always((f"{year}{letter}{pen.digits(4)}", f"{letter}{year}-{pen.digits(3)}", f"20{year}{pen.digits(5)}"))


def _barcode(_who: Who, pen: Pen) -> str:
    """A membership card: sixteen digits that start with 29."""
    return f"29{pen.digits(14)}"


def _domain_login(who: Who, pen: Pen) -> str:
    given, surname = who.name.given_latin.lower(), who.name.surname_latin.lower().replace(" ", "")
    return pen.always(
        (f"CORP\\{given[:1]}.{surname}", f"{surname}{given[:1]}", f"{given[:1]}{surname[:6]}{pen.digits(2)}")
    )


def _handle(who: Who, pen: Pen) -> str:
    return f"@{who.login.replace('.', '_')}{pen.choice(('', '', '_jp', '0'))}"


def _user_code(_who: Who, pen: Pen) -> str:
    return pen.always((f"U{pen.digits(6)}", f"{pen.digits(3)}-{pen.digits(5)}", f"KN{pen.digits(8)}", pen.digits(9)))


def _licence_of_work(pattern: str, places: int) -> Cell:
    """`第{}号`: the number of a licence to work, of so many digits at most."""

    def _made(_who: Who, pen: Pen) -> str:
        number = pen.between(1_200, 10**places - 1)
        return pen.usual((pattern.format(number), pattern.format(number), str(number)))

    return Cell("professional_registration_number", _made, ("personal_other",))


def _electrician(_who: Who, pen: Pen) -> str:
    return f"{pen.choice(('東京', '兵庫', '埼玉', '広島', '宮城'))}{pen.always(('都県', '', '第'))}{pen.digits(6)}号"


def _handbook(who: Who, pen: Pen) -> str:
    return f"{who.home.prefecture}{pen.always(('第', '　第', ''))}{pen.digits(6)}号"


def _plate(_who: Who, pen: Pen) -> str:
    office = pen.choice(("品川", "なにわ", "横浜", "仙台", "広島", "つくば", "練馬", "姫路", "札幌", "尾張小牧"))
    kind = f"{pen.choice(('300', '500', '580', '330', '480'))} {pen.choice(_KANA)}"
    return f"{office}{pen.always((' ', '', '　'))}{kind} {pen.between(10, 99)}-{pen.digits(2)}"


def _pressure(_who: Who, pen: Pen) -> str:
    return f"{pen.between(98, 168)}/{pen.between(58, 102)}"


def _imei(_who: Who, pen: Pen) -> str:
    body = f"35{pen.digits(12)}"
    return body + str(luhn.calc_check_digit(body))


def _line_user(_who: Who, pen: Pen) -> str:
    return f"U{pen.random.getrandbits(128):032x}"


def _forwarded(_who: Who, pen: Pen) -> str:
    """X-Forwarded-For: the client, now and then proxies behind it."""
    first = f"{pen.choice(('203.0.113', '198.51.100', '192.0.2'))}.{pen.between(1, 254)}"
    return f"{first}, 10.{pen.between(0, 9)}.{pen.between(0, 255)}.{pen.between(1, 254)}" if pen.chance(0.2) else first


def _private_ip(_who: Who, pen: Pen) -> str:
    return pen.always((f"192.168.{pen.between(0, 20)}", f"172.16.{pen.between(0, 31)}")) + f".{pen.between(1, 254)}"


def _profile(who: Who, pen: Pen) -> str:
    host = pen.always(("sns.example", "www.photo-share.example", "blog.example", "prof.example"))
    return f"https://{host}/{pen.always(('', '@', 'u/'))}{who.login}"


def _page(who: Who, pen: Pen) -> str:
    path = pen.choice(("", "item/", "lp/2026aw", "column/", "recruit/entry", "area/kanto"))
    tail = pen.choice(("", f"?utm_source=mail&id={pen.digits(5)}", f"{pen.digits(6)}.html"))
    return f"https://{who.firm.domain}/{path}{tail}"


def _picture(_who: Who, pen: Pen) -> str:
    folder = pen.always(("cdn.example/u", "static.example/photos", "cdn.example/p"))
    return f"https://img.{folder}/{pen.digits(8)}.jpg"


def _whole_account(who: Who, pen: Pen) -> str:
    bank, branch = pen.choice(words(who.split, "banks")), pen.choice(words(who.split, "branches"))
    return f"{bank} {branch} {pen.choice(('普通', '普通', '当座', '(普)'))} {who.account}"


def _mail_with_name(who: Who, _pen: Pen) -> str:
    return f"{who.name.surname} {who.name.given} <{who.mail}>"


def _company_mail(who: Who, pen: Pen) -> str:
    """A mail address of the house itself: one domain for everybody."""
    return f"{who.work_mail.partition('@')[0]}@{pen.always(('honsha.example', 'kyowa-group.example'))}"


def _addressed(who: Who, pen: Pen) -> str:
    name = who.name
    return f"{name.surname}{pen.always(('　', ' ', ''))}{name.given}{pen.usual(('　様', ' 様', '様', '殿'))}"


def _half_kana(who: Who, pen: Pen) -> str:
    return str(
        jaconv.z2h(f"{who.name.surname_kana}{pen.always((' ', ''))}{who.name.given_kana}", kana=True, ascii=True)
    )


def _gender(who: Who, pen: Pen) -> str:
    if pen.chance(0.04):
        return pen.always(("回答しない", "9", "X", "その他"))
    return pen.always((("男性", "女性"), ("1", "2"), ("M", "F"), ("男", "女")))[who.name.gender == "f"]


def _sole_trader(_who: Who, pen: Pen) -> str:
    """適格請求書発行事業者登録番号 of a person in business: thirteen digits of no company."""
    return f"T{pen.between(1, 9)}{pen.digits(12)}"


def _registry(_who: Who, pen: Pen) -> str:
    """会社法人等番号: office, kind, serial."""
    return f"{pen.between(100, 4999):04d}-{pen.choice(('01', '01', '02', '03'))}-{pen.digits(6)}"


def _icd(_who: Who, pen: Pen) -> str:
    return pen.choice(
        ("I10", "E11.9", "J45.9", "F32.1", "M54.5", "K21.0", "C50.9", "G43.9", "E78.5", "N18.3", "L20.9", "F20.0")
    )


def _insured_symbol(_who: Who, pen: Pen) -> str:
    return pen.always(
        (f"{pen.digits(4)}{pen.digits(4)}", str(pen.between(10, 9999)), f"{pen.choice('東西南北本')}{pen.digits(3)}")
    )


CELLS = {
    "masked_card": Cell("credit_card", _masked_card),
    "card_end": Cell("credit_card", lambda _who, pen: digits.card(pen.random)[-4:], ("not_personal",)),
    "plain_password": Cell("password", _plain_password),
    "digest": Cell("password", _digest),
    "argon": Cell("password", _argon),
    "pin": Cell("password", lambda _who, pen: pen.digits(4)),
    "patient": Cell("account_id", _patient),
    "student": Cell("account_id", _student),
    "barcode": Cell("account_id", _barcode),
    "domain_login": Cell("account_id", _domain_login),
    "handle": Cell("account_id", _handle, ("nickname",)),
    "user_code": Cell("account_id", _user_code),
    "line_user": Cell("account_id", _line_user, ("device_id",)),
    "nurse": _licence_of_work("第{}号", 7),
    "doctor": _licence_of_work("医籍第{}号", 6),
    "builder": _licence_of_work("第{}号", 6),
    "electrician": Cell("professional_registration_number", _electrician, ("personal_other",)),
    "handbook": Cell("disability", _handbook),
    "plate": Cell("personal_other", _plate, ("not_personal",)),
    "blood_pressure": Cell("health_check", _pressure),
    "imei": Cell("device_id", _imei),
    "forwarded": Cell("ip_address", _forwarded),
    "private_ip": Cell("ip_address", _private_ip),
    "profile_url": Cell("url", _profile),
    "page_url": Cell("url", _page),
    "picture_url": Cell("url", _picture, ("photo",)),
    "whole_account": Cell("bank_account", _whole_account),
    "bank_code": Cell("bank_name", lambda _who, pen: pen.digits(4), ("not_personal",)),
    "branch_code": Cell("bank_name", lambda _who, pen: pen.digits(3), ("not_personal",)),
    "yucho_symbol": Cell("yucho_account", lambda _who, pen: f"1{pen.digits(3)}0", ("bank_account",)),
    "yucho_number": Cell("yucho_account", lambda _who, pen: f"{pen.digits(7)}1", ("bank_account",)),
    "mail_with_name": Cell("email", _mail_with_name, ("name",)),
    "company_mail": Cell("email", _company_mail),
    "addressed": Cell("name", _addressed),
    "half_kana": Cell("name_kana", _half_kana),
    "gender_asked": Cell("gender", _gender),
    "sole_trader": Cell("invoice_number", _sole_trader),
    "registry": Cell("corporate_number", _registry),
    "icd": Cell("medical_history", _icd),
    "insured_symbol": Cell("insured_number", _insured_symbol),
    "insured_only": Cell("insured_number", lambda _who, pen: str(pen.between(1, 99_999))),
    "insured_branch": Cell("insured_number", lambda _who, pen: f"{pen.between(0, 4):02d}", ("not_personal",)),
}
