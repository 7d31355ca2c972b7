"""個人番号（マイナンバー）: twelve digits, issued by municipalities through J-LIS, the last a check digit.

Source: Order of the Ministry of Internal Affairs No. 85 of 2014, art 5. A check digit alone passes one random number
in ten, so in a text it needs a cue word.

>>> RECOGNIZER.matches("621498320257"), RECOGNIZER.matches("621498320258"), RECOGNIZER.matches("62149832025")
(True, False, False)
"""

from __future__ import annotations

import re

from stdnum.jp import in_

from classifiers.recognizers import Recognizer


def _valid(text: str) -> bool:
    digits = re.sub("[- ]", "", text)
    return len(set(digits)) > 1 and bool(in_.is_valid(digits))


RECOGNIZER = Recognizer(
    category="my_number",
    pattern=re.compile(r"(?<![0-9A-Za-z])(?<![0-9][-.])[0-9]{4}([- ]?)[0-9]{4}\1[0-9]{4}(?![0-9A-Za-z])(?![-.][0-9])"),
    validate=_valid,
    chance=0.0996,
    needs_cue=True,
)
