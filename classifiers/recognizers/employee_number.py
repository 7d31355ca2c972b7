"""社員番号: a number a company gives its staff, after the word for one.

Each company numbers as it likes: there is nothing to check.

>>> [RECOGNIZER.pattern.search(text)["value"] for text in ("社員番号:000123", "従業員コード E-1029")]
['000123', 'E-1029']
>>> RECOGNIZER.matches("000123")
False
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="employee_number",
    pattern=re.compile(
        r"(?:(?:社員|従業員|職員|社員証|スタッフ) ?(?:番号|ID|No\.?|コード|№)"
        r"|(?<![A-Za-z])(?:employee|emp|staff)[_ ]?(?:id|no|number|code))"
        r"[\"'」)]? ?[:=は#]? ?[\"'「]?(?P<value>(?=[A-Za-z-]{0,6}[0-9])[A-Za-z0-9][A-Za-z0-9-]{2,15})",
        re.IGNORECASE,
    ),
    score=0.8,
    words=("社員", "従業員", "職員", "スタッフ", "emp", "staff"),
)
