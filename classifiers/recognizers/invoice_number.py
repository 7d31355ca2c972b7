"""適格請求書発行事業者登録番号: T and thirteen digits, issued by the National Tax Agency.

A corporation's is T and its 法人番号, so the check digit then holds; a sole trader's is another number, and it is
personal information. Sources disagree whether its first digit is a check, so a failed check refutes nothing.

>>> RECOGNIZER.matches("T7000012050002"), RECOGNIZER.matches("T1234567890123"), RECOGNIZER.matches("T123")
(True, None, False)
"""

from __future__ import annotations

import re

from stdnum.jp import cn

from classifiers.recognizers import LONG_NUMBER, Recognizer


def _corporate(text: str) -> bool | None:
    return True if cn.is_valid(re.sub("[-T]", "", text)) else None


RECOGNIZER = Recognizer(
    category="invoice_number",
    pattern=re.compile(r"(?<![0-9A-Za-z])T-?[0-9](-?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z])"),
    validate=_corporate,
    chance=0.0995,
    score=0.85,
    sign=LONG_NUMBER,
)
