"""What numbers and codes say beside a person's columns: ages, accounts, licences, places on the map, persons' keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from classifiers.addresses.gazetteer import postcodes
from classifiers.columns.context import Context
from classifiers.columns.values import NO_HITS, Hits, Values
from classifiers.columns.vote import Vote, vote
from classifiers.headers.licences import REGISTRATION

_LICENCE = re.compile(r"(?:\([一-龥]{2,4}\) ?|[一-龥]{0,10}(?:[籍録]|免許) ?)?第 ?[0-9]{3,8} ?号")
_PRESSURE = re.compile(r"(?:[89][0-9]|1[0-9]{2}|2[0-2][0-9]) ?[/-] ?(?:[4-9][0-9]|1[0-3][0-9])")
_ON_THE_MAP = re.compile(r"\(?-?[0-9]{1,2}\.[0-9]{3,}[, ] ?-?[0-9]{1,3}\.[0-9]{3,}\)?")
_PENSION, _EMPLOYED = re.compile(r"[0-9]{4}-[0-9]{6}"), re.compile(r"[0-9]{4}-[0-9]{6}-[0-9]")
_SECRET = re.compile(
    r"\$(?:2[aby]?|argon2(?:id?|d)|[156]|scrypt|pbkdf2[a-z0-9-]*|y)\$.+|pbkdf2_sha(?:1|256|512)\$.+|\{S?SHA\}.+"
)
_TOLD_ACCOUNT = re.compile(
    r".*(?:銀行|信用金庫|信金|信用組合|信組|労働金庫|労金|農協|漁協|農業協同組合).*(?<![0-9])[0-9]{5,8}(?![0-9]).*"
)
_PLATE = re.compile(r"[一-龥ぁ-んァ-ヶ]{1,5} ?[0-9]{2,3} ?[ぁ-ん] ?[0-9・.]{1,2}[- ]?[0-9]{2}")
_MASKED_CARD = re.compile(r"[2-6][0-9]{3}[- ]?(?:[0-9]{2})?[*xX●-]{4,}[0-9]{4}")
_FRACTION = re.compile(r"-?[0-9]+\.[0-9]+")
"""A measure or a place on the map: nobody is numbered so."""
MOST_DIGITS = 10
"""A longer number is not one that a company gives its own people."""
_MAKES, _SHARE = 3, 0.05
"""How many makes the numbers of persons have in one column at most, and what share of it each has at least."""
_EXIST, _MOBILE = 0.95, 0.3
"""Shares of the numbers that must be in the postal list or the numbering plan, and that must be mobiles': one in
twenty numbers of ten digits looks like one."""
_ALIKE = 0.8
"""Share of a register's numbers that are as long as each other."""
_REGISTERED = (4, 8)
"""How many letters the longest registration number of a column has."""
_TEMPERATURE = re.compile(r"3[4-9]\.[0-9]|4[01]\.[0-9]")
_DECADE = re.compile(
    r"[1-9]0 ?(?:代|s|歳代)(?:前半|後半|以上|以下|未満)?|[1-9]?[0-9]歳?(?:以上|以下|未満)"
    r"|[1-9]?[0-9] ?(?:~|-|から) ?[1-9][0-9]歳"
)
_BAND = re.compile(r".*[0-9]+ ?万円?(?:台|以上|以下|未満|前後|くらい|ぐらい|程度|超|~).*|.*~ ?[0-9]+ ?万円?")
_BANDS = 0.6
"""Share of the rows that must be a band of years or of sums; the rest does not say."""
_FEWEST = 10
"""Distinct values under which a spread of numbers says nothing."""


def numbered(values: Values, around: Context) -> Iterator[Vote]:
    """The categories that the numbers and codes speak for, in no order."""
    yield from _forms(values, around)
    if around.persons:
        yield from _ages(values)
        yield from _banded(values)
    yield from _eaten(values, around)
    yield from _registered(values, around)
    yield from _accounts(values, around)
    yield from _keys(values, around)


def _forms(values: Values, around: Context) -> Iterator[Vote]:
    if (secrets := values.matching(_SECRET)).rows >= 0.9:
        yield vote(values, "password", 0.95, secrets, "column_values_form")
    if (placed := values.matching(_ON_THE_MAP)).rows >= 0.9 and (around.persons or around.contact or around.keyed):
        yield vote(values, "location", 0.8, placed, "column_values_form")
    for category, pattern in (("pension_number", _PENSION), ("employment_insurance_number", _EMPLOYED)):
        grouped = values.matching(pattern)
        if grouped.rows >= 0.9 and grouped.formed >= _FEWEST and around.persons:
            yield vote(values, category, 0.7, grouped, "column_values_form")
    if (told := values.matching(_TOLD_ACCOUNT)).rows >= 0.8 and told.formed > 1:
        yield vote(values, "bank_account", 0.9, told, "column_values_form")
    if (plates := values.matching(_PLATE)).rows >= 0.8 and (around.persons or around.contact):
        yield vote(values, "personal_other", 0.8, plates, "column_values_form")
    if (pressures := values.matching(_PRESSURE)).rows >= 0.9 and around.persons | around.keyed and values.n >= _FEWEST:
        yield vote(values, "health_check", 0.8, pressures, "column_values_form")
    masked = values.matching(_MASKED_CARD)
    if masked.rows >= 0.8 and masked.formed >= _FEWEST:
        yield vote(values, "credit_card", 0.9, masked, "column_values_form")
    passports = values.hits.get("passport", NO_HITS)
    if passports.rows >= 0.95 and around.persons and len({value[:2] for value in values.folded}) > 1:
        yield vote(values, "passport", 0.7, passports, "column_values_form")
    licensed = values.matching(_LICENCE)
    numbers = max(licensed, values.hits.get(REGISTRATION, NO_HITS), key=lambda hits: hits.rows)
    # A few leave 第 and 号 out.
    if licensed.rows >= 0.3 and numbers.rows >= 0.9 and (around.persons or around.qualified):
        # Permits, tags and letters are numbered 第…号, too: against a word for those only a profession stands.
        form = "column_values_form"
        sure = 0.8 if around.qualified else 0.7
        yield vote(values, REGISTRATION, sure, numbers, form, deterministic=around.qualified)


def _eaten(values: Values, around: Context) -> Iterator[Vote]:
    """Phones and postal codes kept as numbers, without the zeros they begin with, whatever they are called."""
    if values.shape != "number" or values.n < _FEWEST or not all(map(str.isdigit, values.folded)):
        return
    if not (around.persons or around.contact or around.placed or around.companies):
        return
    padded = [value.zfill(7) for value in values.folded]
    if max(map(len, values.folded)) == 7 and min(map(len, values.folded)) >= 6:
        exist = values.marked([value in postcodes() or None for value in padded])
        if values.share(exist) >= _EXIST:
            yield vote(values, "postal_code", 0.85, exist, "column_values_form")
    phones = values.hits_of("phone")
    if values.share(phones) >= _EXIST and values.share(phones, proven=True) >= _MOBILE:
        yield vote(values, "phone", 0.8, phones, "column_values_form")


def _registered(values: Values, around: Context) -> Iterator[Vote]:
    """Numbers of another kind than a phone, one to each member of a licensed profession: their registrations."""
    if not (around.qualified and around.persons) or values.n < _FEWEST or values.alone < 0.95:
        return
    if values.shape not in ("number", "code") or not _REGISTERED[0] <= max(map(len, values.folded)) <= _REGISTERED[1]:
        return
    numbers = values.hits.get(REGISTRATION, NO_HITS)
    # Sums of money differ in length, numbers of one register hardly.
    longest = max(Counter(map(len, values.folded)).values())
    if numbers.rows >= 0.95 and longest >= _ALIKE * values.n:
        yield vote(values, REGISTRATION, 0.65, numbers, "column_values_registered", deterministic=False)


def _ages(values: Values) -> Iterator[Vote]:
    """Whole numbers that spread as adults' ages do; a count or a score starts at nothing."""
    hits = values.hits.get("age", NO_HITS)
    if hits.rows < 0.95 or values.n < _FEWEST or values.rows < 2 * _FEWEST:
        return
    years = sorted(
        int(digits)
        for value, weight in zip(values.folded, values.weights, strict=True)
        if (digits := re.sub("[^0-9]", "", value))
        for _ in range(weight)
    )
    low, middle, high = (years[int(len(years) * at)] for at in (0.02, 0.5, 0.98))
    if 10 <= low <= 35 <= high <= 100 and 20 <= middle <= 70 and high - low >= 25:
        yield vote(values, "age", 0.65, hits, "column_values_spread", deterministic=False)


def _banded(values: Values) -> Iterator[Vote]:
    """Years and sums as people are asked for them (30代, 400万円台), and what a thermometer shows."""
    for category, pattern in (("age", _DECADE), ("income", _BAND)):
        bands = values.matching(pattern)
        if bands.rows >= _BANDS and bands.formed >= 3:
            yield vote(values, category, 0.75, bands, "column_values_form", deterministic=False)
    warm = values.matching(_TEMPERATURE)
    if warm.rows >= 0.95 and warm.formed >= _FEWEST:
        yield vote(values, "health_check", 0.8, warm, "column_values_form", deterministic=False)


def _accounts(values: Values, around: Context) -> Iterator[Vote]:
    """Seven digits are an account only beside a bank; spreadsheets eat the zeros that some begin with."""
    if not around.bank or values.n < 3:
        return
    hits = values.hits_of("bank_account")
    lengths = Counter(len(value) for value in values.folded if value.isdigit())
    if lengths[7] >= 0.85 * values.n and lengths[5] + lengths[6] + lengths[7] >= 0.95 * values.n:
        yield vote(values, "bank_account", 0.65, hits, "column_values_form", deterministic=False)


def _keys(values: Values, around: Context) -> Iterator[Vote]:
    """Codes of one make or a few, another in every row of a master of persons: their members' or staff's numbers.

    Where another column is named as theirs, a further one numbers something else.
    """
    if (
        not around.master
        or around.numbered
        or values.shape not in ("code", "number")
        or values.n < _FEWEST
        or values.alone < 0.95
        or any(map(_FRACTION.fullmatch, values.folded))
    ):
        return
    makes = Counter(re.sub("[0-9]", "9", value) for value in values.folded)
    first, held = makes.most_common(1)[0]
    enough = 0.85 if set(first) - {"9"} else 0.97
    if held < enough * values.n:
        # Several systems' numbers in one column: each make has its share, and bare digits are not alone.
        several = [make for make, count in makes.most_common(_MAKES) if count >= _SHARE * values.n]
        held = sum(makes[make] for make in several) if any(set(make) - {"9"} for make in several) else 0
        enough = 0.97
    else:
        several = [first]
    if held >= enough * values.n and all(map(_is_sized, several)):
        hits = Hits(formed=held, tried=values.n, rows=held / values.n)
        yield vote(values, "account_id", 0.6, hits, "column_values_keys", deterministic=False)


def _is_sized(make: str) -> bool:
    """Whether a make of digits (9) and letters is as long as numbers that a company gives its own people."""
    return len(make) >= 4 and make.count("9") <= MOST_DIGITS and len(set(make) - {"9"}) <= 4
