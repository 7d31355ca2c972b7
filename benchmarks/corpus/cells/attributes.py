"""What is true of a person: birth, age, gender, work, and what the law calls special care."""

from __future__ import annotations

from datetime import date
from functools import partial

import jaconv

from benchmarks.corpus import wareki
from benchmarks.corpus.cells import Cell
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import words

TODAY = date(2026, 11, 1)
_GENDERS = (("男", "女"), ("男性", "女性"), ("M", "F"), ("1", "2"), ("male", "female"))


def _birth_date(who: Who, pen: Pen) -> str:
    return wareki.written(who.born, pen.usual((0, 1, 2, 3, 0, 4, 5, 6, 8, 7, 9)))


def _birth_in_words(who: Who, pen: Pen) -> str:
    text = wareki.written(who.born, pen.choice((0, 1, 2, 4, 4, 5, 5, 6)))
    return str(jaconv.h2z(text, digit=True)) if pen.chance(0.08) else text


def _age(who: Who, pen: Pen) -> str:
    years = TODAY.year - who.born.year - ((TODAY.month, TODAY.day) < (who.born.month, who.born.day))
    return pen.usual((str(years), str(years), f"{years}歳"))


def _gender(who: Who, pen: Pen) -> str:
    return pen.usual(_GENDERS)[who.name.gender == "f"]


def _word(name: str, who: Who, pen: Pen) -> str:
    return pen.often(words(who.split, name), 1.4)


def _income(_who: Who, pen: Pen) -> str:
    amount = pen.between(24, 120) * 100_000
    return pen.usual((str(amount), f"{amount:,}", f"{amount // 10_000}万円"))


def _location(_who: Who, pen: Pen) -> str:
    return f"{pen.random.uniform(31.0, 43.5):.6f},{pen.random.uniform(130.5, 144.0):.6f}"


def _reading(_who: Who, pen: Pen) -> str:
    return pen.often(("A", "B", "C", "要再検査", "D2", "要経過観察", "異常なし"), 1.2)


_WORDS = {
    "department": "departments",
    "job_title": "job_titles",
    "occupation": "occupations",
    "education": "educations",
    "work_history": "careers",
    "family": "relations",
    "nationality": "nations",
    "medical_history": "illnesses",
    "disability": "disabilities",
    "medical_care": "treatments",
    "creed": "creeds",
    "criminal_record": "offences",
    "crime_victim": "harms",
    "nickname": "handles",
}

CELLS = {
    "birth_date": Cell("birth_date", _birth_date),
    "birth_in_words": Cell("birth_date", _birth_in_words),
    "age": Cell("age", _age, ignore=True),
    "gender": Cell("gender", _gender, ignore=True),
    "income": Cell("income", _income, ignore=True),
    "location": Cell("location", _location, ignore=True),
    "health_check": Cell("health_check", _reading, ignore=True),
    **{name: Cell(name, partial(_word, listed), ignore=True) for name, listed in _WORDS.items()},
}
