"""生年月日: a date in the Western or the Japanese calendar, in words, digits or the era codes of forms.

`1980-01-02`, `19800102`, `昭和55年1月2日`, `S55.1.2`, `令和元年…`, `昭和五十五年一月二日`, `3550102` (tax: 1 明治
2 大正 3 昭和 4 平成 5 令和; social insurance: 1 3 5 7 9). The calendar confirms that there is such a day, within 120
years; that it is a birthday, only a word beside it says, or the name before it and the sex or the age after it.

>>> RECOGNIZER.matches("1980-01-02"), RECOGNIZER.matches("S55.1.2"), RECOGNIZER.matches("1980-02-30")
(True, True, False)
>>> read_date("平13.4.30"), read_date("15-Mar-1995"), read_date("Sept. 22, 1993")
(datetime.date(2001, 4, 30), datetime.date(1995, 3, 15), datetime.date(1993, 9, 22))
>>> read_date("昭和六十四年一月七日"), read_date("平成元年1月7日"), read_date("1985/4/31")
(datetime.date(1989, 1, 7), None, None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache

from classifiers.listed import cells
from classifiers.recognizers import Recognizer

_LONGEST_LIFE = 120
_ERAS = {
    "明治": (date(1868, 1, 25), date(1912, 7, 29)),
    "大正": (date(1912, 7, 30), date(1926, 12, 24)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (date(2019, 5, 1), date.max),
}
_LETTERS = dict(zip("MTSHR", _ERAS, strict=True)) | {era[0]: era for era in _ERAS}
_CODES = [dict(zip(codes, _ERAS, strict=True)) for codes in ("12345", "13579")]
_KANJI = {kanji: str(value) for value, kanji in enumerate("〇一二三四五六七八九")}

_MD = r"[0-9]{1,2}"
_NUMBER = rf"(?:[0-9]{{1,4}}|[{''.join(_KANJI)}十]{{1,4}}|元)"
_AGAIN = rf"\((?:{'|'.join(_ERAS)}|西暦)?(?:[0-9]{{1,4}}|元)年?\) ?"
"""The year by the other calendar: 昭和55(1980)年, 1980年(昭和55年)."""
_SAME_YEAR = re.compile(_AGAIN)
_DAY = rf"({_NUMBER}) ?月 ?({_NUMBER}) ?日"
_YEAR = rf"(?:({'|'.join(_ERAS)}|西暦) ?)?({_NUMBER}) ?"
_WORDED = re.compile(rf"{_YEAR}年[の ]?{_DAY}")
_WESTERN = re.compile(rf"([0-9]{{4}})([-/.])({_MD})\2({_MD})|([0-9]{{4}})()([0-9]{{2}})([0-9]{{2}})")
_ERA = re.compile(
    rf"({'|'.join(_ERAS)}|[MTSHRmtshr明大昭平令])[. ]?([0-9]{{1,2}}|元)[-/.年] ?({_MD})[-/.月] ?({_MD})日?"
)
_ERA_RUN = re.compile(r"([MTSHRmtshr1-579])[-. ]?([0-9]{2})[-./]?([0-9]{2})[-./]?([0-9]{2})")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTH = rf"(?:{_MONTHS.replace(' ', '|')})[a-z]{{0,6}}\.?"
_ENGLISH = re.compile(
    rf"({_MD})(?:st|nd|rd|th)?[- ]({_MONTH})[- ,]{{1,2}}([0-9]{{4}})"
    rf"|({_MONTH}) ({_MD})(?:st|nd|rd|th)?,? ([0-9]{{4}})"
)
_INITIALS = "".join(sorted({*"MTSHRmtshr", *(month[0] for month in _MONTHS.split())}))
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)"
_AT_MIDNIGHT = re.compile(f"{_MIDNIGHT}$")


@lru_cache(maxsize=4_096)
def read_date(text: str) -> date | None:
    """The day a folded text writes, in any of the ways above; None where there is no such day."""
    text = _AT_MIDNIGHT.sub("", text.strip())
    if "(" in text:
        text = _SAME_YEAR.sub("", text)
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
    if match := _ENGLISH.fullmatch(text):
        day, month, year, other_month, other_day, other_year = match.groups()
        number = _MONTHS.index((month or other_month)[:3]) // 4 + 1
        return _day(int(year or other_year), number, int(day or other_day))
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
    if (found := read_date(text)) is None:
        return False
    today = datetime.now(UTC).date()
    return found <= today and found.year >= today.year - _LONGEST_LIFE


_HEADER = re.compile("生年月日|誕生日|生年|birth_?(?:date|day)|Birthday|Date of Birth|DOB|dob|seinengappi|tanjobi")
_CELL = re.compile("[^ ].{5,16}")
_SEX_OR_AGE = re.compile(
    r"[ )】」、,;/|\"]{1,3}(?:[男女](?:性|児)?(?![一-龥ぁ-んァ-ヶ])|満?[0-9]{1,3} ?[歳才]|続柄|性別)"
)
_PERSON = re.compile(
    r"(?:[様殿氏]|さま|さん|ちゃん|本人|[男女]性?|"
    r"(?:氏名|名前|患者|名義人|被保険者|利用者|受診者|申請者|申込者|応募者|世帯主|届出人|児童|園児)"
    r"[ :]{1,3}[^\n0-9:、。]{2,16}"
    r"|(?:[長次二三][男女]|配偶者|被扶養者|扶養親族)[ :]{0,2}[^\n0-9:、。()死没亡逝入退]{0,10})"
    r"[ ()、,]{1,3}\Z"
)
_LISTED_PERSON = re.compile(
    r"(?:\((?:本人|夫|妻|子|父|母|[長次二三][男女]|祖[父母]|孫)\)|[0-9]{4}([- ]?)[0-9]{4}\1[0-9]{4}) {0,2}\Z"
)
"""A relation or a My Number: what follows it in a list of a household needs no more."""
_ENDS_LISTED = frozenset(")0123456789")
_BOXED = re.compile(
    r"[明大昭平][治正和成]?[・./、 ]{1,2}(?:[大昭平令](?:[正和成](?![0-9])|)[・./、 ]{0,2}){1,4}[ ):]{0,3}"
    r"(?P<value>[0-9]{1,2} ?年 ?(?:1[0-2]|[1-9]) ?月 ?[0-9]{1,2} ?日)"
)
"""A form's eras, of which a ring picks one that the text has lost: 明・大・昭 14年 2月 9日."""
_EVENT = re.compile(" ?(?:付|に|から|より|まで|の|は|で|を|~|-|[一-龥]{1,3}(?<![男女生続]))")
_REACH = 28
_GROWN = 3
"""How many years ago the day beside a name must be: what is more recent is a visit, an order, a contract."""


class _BirthDate(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        """Proven where a sex, an age or a table's header says so, or where it stands right behind a person's name."""
        found = list(super().spans(text))
        listed = {start for start, _ in cells(text, _HEADER, _CELL)} if found and "\n" in text else set()
        for start, end, _ in found:
            yield start, end, True if start in listed or _beside_a_person(text, start, end) else None
        for match in _BOXED.finditer(text) if "昭" in text else ():
            yield *match.span("value"), True


def _beside_a_person(text: str, start: int, end: int) -> bool:
    named = (
        _SEX_OR_AGE.match(text, end)
        or (
            text[start - 2 : start].strip()[-1:] in _ENDS_LISTED
            and _LISTED_PERSON.search(text, max(0, start - 16), start)
        )
        or (not _EVENT.match(text, end) and _PERSON.search(text, max(0, start - _REACH), start))
    )
    found = read_date(text[start:end]) if named else None
    return found is not None and found.year <= datetime.now(UTC).year - _GROWN


RECOGNIZER = _BirthDate(
    category="birth_date",
    pattern=re.compile(
        # What any of them begins with stands first: most characters are passed over at once.
        rf"(?=[0-9{_INITIALS}{''.join(_KANJI)}十元西{''.join(era[0] for era in _ERAS)}])"
        rf"(?<![0-9A-Za-z])(?<![0-9][-/.])(?:{_YEAR}(?:年|{_AGAIN}年)[の ]?(?:{_AGAIN})?{_DAY}"
        rf"|(?:1[89]|20)[0-9]{{2}}(?:[-/.]{_MD}[-/.]{_MD}|[01][0-9][0-3][0-9]){_MIDNIGHT}?"
        rf"|(?:{'|'.join(_ERAS)}|[MTSHRmtshr明大昭平令])[. ]?(?:[0-9]{{1,2}}|元)[-/.年] ?{_MD}[-/.月] ?{_MD}日?"
        rf"|{_ENGLISH.pattern}"
        r"|[MTSHR1-579][-. ]?[0-9]{2}[-./]?[0-9]{2}[-./]?[0-9]{2})(?![0-9A-Za-z])(?![-/.][0-9])"
    ),
    validate=_birthday,
    chance=0.3,
    score=0.49,
)
