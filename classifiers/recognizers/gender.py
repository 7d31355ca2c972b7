"""性別: its words in Japanese and English, and the codes of JIS X 0303.

0 not known, 1 male, 2 female, 9 not applicable.

>>> RECOGNIZER.matches("男性"), RECOGNIZER.matches("1"), RECOGNIZER.matches("3"), RECOGNIZER.matches("男女")
(True, None, False, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

_WORDS = r"男性|女性|男|女|おとこ|おんな|男子|女子"
_ENGLISH = r"[Mm]ale|[Ff]emale|MALE|FEMALE"
_OTHER = r"その他|無回答|回答しない|答えたくない|不明|ノンバイナリー|Xジェンダー|[Oo]ther|[Uu]nknown|[Nn]on-?binary"


def _worded(text: str) -> bool | None:
    return True if re.fullmatch(f"{_WORDS}|{_ENGLISH}", text) else None


RECOGNIZER = Recognizer(
    category="gender",
    pattern=re.compile(
        rf"(?<![一-龥])(?:{_WORDS})(?![一-龥])|(?<![0-9A-Za-z])(?:{_ENGLISH}|[MFmf]|[0129])(?![0-9A-Za-z])|{_OTHER}"
    ),
    validate=_worded,
    chance=0.05,
    needs_cue=True,
)
