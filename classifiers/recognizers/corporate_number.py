"""法人番号: thirteen digits, issued by the National Tax Agency, the first a check digit, 1 to 9.

Source: Ordinance of the Ministry of Finance No. 70 of 2014, art 2. It names a corporation and is public; JAN codes
have as many digits, so in a text it needs a cue word.

>>> RECOGNIZER.matches("7000012050002"), RECOGNIZER.matches("1234567890123"), RECOGNIZER.matches("700001205000")
(True, False, False)
"""

from __future__ import annotations

import re

from stdnum.jp import cn

from classifiers.recognizers import Recognizer


def _valid(text: str) -> bool:
    return bool(cn.is_valid(text.replace("-", "")))


RECOGNIZER = Recognizer(
    category="corporate_number",
    pattern=re.compile(
        r"(?<![0-9A-Za-z])(?<![0-9][-.])[1-9](-?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z])(?![-.][0-9])"
    ),
    validate=_valid,
    chance=0.0995,
    needs_cue=True,
)
