"""What kind of thing a column's values are, whoever they are about: switches, numbers, dates, codes, words, texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Shape = Literal["empty", "flag", "number", "date", "time", "code", "hidden", "choice", "text", "words"]

# fmt: off
_FLAG = frozenset({
    "0", "1", "true", "false", "t", "f", "y", "n", "yes", "no", "on", "off", "○", "×", "◯", "✕", "-", "✓",
    "有", "無", "あり", "なし", "有り", "無し", "可", "否", "要", "不要", "済", "未", "済み",
    "希望する", "希望しない", "はい", "いいえ",
})
# fmt: on
_NUMBER = re.compile(
    r"[¥$]?[-+▲△]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?[%円個件回点名人枚本台]?"
)
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12][0-9]|3[01])"
_DATE = re.compile(
    rf"(?:[12][0-9]{{3}}[-/.年]{_MONTH}[-/.月]{_DAY}日?|[12][0-9]{{3}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    rf"|(?:明治|大正|昭和|平成|令和|[MTSHR])[. ]?(?:[0-9]{{1,2}}|元)[-/.年]{_MONTH}[-/.月]{_DAY}日?"
    rf"|{_MONTH}(?:/{_DAY}|月{_DAY}日)|[12][0-9]{{3}}[-/年]{_MONTH}月?|[12][0-9]{{3}}年度?)"
    r"(?:[ T][0-2]?[0-9]:[0-5][0-9].*|\([月火水木金土日]\))?"
)
_TIME = re.compile(
    r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:[~-][0-2]?[0-9]:[0-5][0-9])?|[0-9]{1,2}時(?:[0-9]{1,2}分)?"
)
_CODE = re.compile(r"(?=[^ ]*[0-9])[A-Za-z0-9][A-Za-z0-9_./:#-]*")
_FILE = re.compile(
    r"[^/\\\s]+\.(?:csv|tsv|txt|xlsx?|docx?|pptx?|pdf|zip|json|xml|log|dat|jpe?g|png|gif|tiff?|mp[34])", re.IGNORECASE
)
_WORD_CODE = re.compile(r"[A-Za-z]+(?:[_.:/-][A-Za-z0-9]+)+|[A-Z]{1,6}")
_HIDDEN = re.compile(
    r"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56,128}|\$2[aby]\$.{50,}|\$argon2.*|(?=.*[*●■＊xX]{3,}).*[*●■＊].*)"
)
_SENTENCE = re.compile(
    r"[。！？!?\n]|(?:です|ます|した|する|ない|ある|いる|れる|たい|ください|とのこと|[ぁ-ん]て|[ぁ-ん]で)(?:[、 ]|$)"
)
_HIRAGANA = re.compile(r"[ぁ-ん]")


def shape(values: Sequence[str], rows: int) -> Shape:
    """The shape that nine in ten of the folded distinct values share; `rows` is how many rows hold one.

    >>> shape(["0", "1"], 50), shape(["2024-01-02", "2024/3/4"], 50), shape(["A-001", "A-002"], 2)
    ('flag', 'date', 'code')
    """
    if not values:
        return "empty"
    if len(values) <= 3 and all(value.lower() in _FLAG for value in values) and rows > len(values):
        return "flag"
    for name, pattern in _PATTERNS:
        if _share(values, pattern) >= 0.9:
            return name
    if is_free_text(values):
        return "text"
    if len(values) <= 30 and rows >= 3 * len(values) and max(map(len, values)) <= 30:
        return "choice"
    return "code" if _share(values, _CODE, _WORD_CODE, _NUMBER, _FILE) >= 0.9 else "words"


_PATTERNS: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    ("hidden", _HIDDEN), ("date", _DATE), ("time", _TIME), ("number", _NUMBER), ("code", _CODE),
)  # fmt: skip


def _share(values: Sequence[str], *patterns: re.Pattern[str]) -> float:
    return sum(any(pattern.fullmatch(value) for pattern in patterns) for value in values) / len(values)


def is_free_text(values: Sequence[str]) -> bool:
    """Whether values are written freely: many are long, several are sentences, lengths vary."""
    lengths = sorted(map(len, values))
    mean = sum(lengths) / len(lengths)
    sentences = sum(bool(_SENTENCE.search(value)) or _is_english(value) for value in values) / len(values)
    if sentences >= 0.3 and mean >= 10:
        return True
    wordy = sum(len(_HIRAGANA.findall(value)) >= 4 for value in values) / len(values)
    return mean >= 25 and lengths[-1] - lengths[0] >= 15 and (sentences >= 0.1 or wordy >= 0.5)


def _is_english(value: str) -> bool:
    return value.isascii() and value.count(" ") >= 4 and value[-1:] not in "0123456789"
