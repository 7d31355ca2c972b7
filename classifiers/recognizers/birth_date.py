"""生年月日: a date in the Western or the Japanese calendar, in words, digits or the era codes of forms.

`1980-01-02`, `19800102`, `昭和55年1月2日`, `S55.1.2`, `令和元年…`, `昭和五十五年一月二日`, `3550102` (tax: 1 明治
2 大正 3 昭和 4 平成 5 令和; social insurance: 1 3 5 7 9). The calendar confirms that there is such a day, within 120
years; that it is a birthday, only a word beside it says.

>>> RECOGNIZER.matches("1980-01-02"), RECOGNIZER.matches("S55.1.2"), RECOGNIZER.matches("1980-02-30")
(True, True, False)
>>> read_date("昭和六十四年一月七日"), read_date("平成元年1月7日"), read_date("1985/4/31")
(datetime.date(1989, 1, 7), None, None)
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from classifiers.recognizers import Recognizer

_LONGEST_LIFE = 120
_ERAS = {
    "明治": (date(1868, 1, 25), date(1912, 7, 29)),
    "大正": (date(1912, 7, 30), date(1926, 12, 24)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (date(2019, 5, 1), date.max),
}
_LETTERS = dict(zip("MTSHR", _ERAS, strict=True))
_CODES = [dict(zip(codes, _ERAS, strict=True)) for codes in ("12345", "13579")]
_KANJI = {kanji: str(value) for value, kanji in enumerate("〇一二三四五六七八九")}

_MD = r"[0-9]{1,2}"
_NUMBER = rf"(?:[0-9]{{1,4}}|[{''.join(_KANJI)}十]{{1,4}}|元)"
_WORDED = re.compile(rf"(?:({'|'.join(_ERAS)}|西暦) ?)?({_NUMBER}) ?年 ?({_NUMBER}) ?月 ?({_NUMBER}) ?日")
_WESTERN = re.compile(rf"([0-9]{{4}})([-/.])({_MD})\2({_MD})|([0-9]{{4}})()([0-9]{{2}})([0-9]{{2}})")
_ERA = re.compile(rf"({'|'.join(_ERAS)}|[MTSHRmtshr])[. ]?([0-9]{{1,2}}|元)[-/.年]({_MD})[-/.月]({_MD})日?")
_ERA_RUN = re.compile(r"([MTSHRmtshr1-579])[-. ]?([0-9]{2})[-./]?([0-9]{2})[-./]?([0-9]{2})")
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)"


def read_date(text: str) -> date | None:
    """The day a folded text writes, in any of the ways above; None where there is no such day."""
    text = re.sub(f"{_MIDNIGHT}$", "", text.strip())
    if match := _WORDED.fullmatch(text):
        era, *parts = match.groups()
        numbers = [_number(part) for part in parts]
        return _in_era(era, *numbers) if era in _ERAS else _day(*numbers)
    if match := _WESTERN.fullmatch(text):
        year, _, month, day = (group for group in match.groups() if group is not None)
        return _day(int(year), int(month), int(day))
    if match := _ERA.fullmatch(text):
        era, year, month, day = match.groups()
        return _in_era(_LETTERS.get(era.upper(), era), _number(year), int(month), int(day))
    if match := _ERA_RUN.fullmatch(text):
        code, *parts = match.groups()
        eras = [_LETTERS[code.upper()]] if code.isalpha() else [codes[code] for codes in _CODES if code in codes]
        return next((found for era in eras if (found := _in_era(era, *map(int, parts)))), None)
    return None


def _number(text: str) -> int:
    if text == "元":
        return 1
    if text.isdigit():
        return int(text)
    tens, ten, units = text.rpartition("十")
    digits = "".join(_KANJI.get(kanji, "") for kanji in units) or "0"
    return int(digits) + (int(_KANJI.get(tens, "1")) * 10 if ten else 0)


def _in_era(era: str, year: int, month: int, day: int) -> date | None:
    first, last = _ERAS[era]
    found = _day(first.year + year - 1, month, day)
    return found if found and first <= found <= last else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birthday(text: str) -> bool:
    found, today = read_date(text), datetime.now(UTC).date()
    return found is not None and found <= today and found.year >= today.year - _LONGEST_LIFE


RECOGNIZER = Recognizer(
    category="birth_date",
    pattern=re.compile(
        r"(?<![0-9A-Za-z])(?<![0-9][-/.])(?:"
        rf"{_WORDED.pattern}|(?:1[89]|20)[0-9]{{2}}(?:[-/.]{_MD}[-/.]{_MD}|[01][0-9][0-3][0-9]){_MIDNIGHT}?"
        rf"|(?:{'|'.join(_ERAS)}|[MTSHRmtshr])[. ]?(?:[0-9]{{1,2}}|元)[-/.年]{_MD}[-/.月]{_MD}日?"
        r"|[MTSHR1-579][-. ]?[0-9]{2}[-./]?[0-9]{2}[-./]?[0-9]{2})(?![0-9A-Za-z])(?![-/.][0-9])"
    ),
    validate=_birthday,
    chance=0.3,
    needs_cue=True,
)
