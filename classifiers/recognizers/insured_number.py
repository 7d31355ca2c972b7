"""被保険者記号・番号（・枝番）: an insurer's own symbol and number, and two digits for each member since 2020.

Each insurer numbers as it likes: there is nothing to check, only the form and the words beside it.

>>> RECOGNIZER.matches("12345678-123"), RECOGNIZER.matches("記号 1234 番号 567 枝番 01"), RECOGNIZER.matches("なし")
(None, None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

_SYMBOL = r"[0-9A-Zァ-ヶ一-龥]{1,10}"

RECOGNIZER = Recognizer(
    category="insured_number",
    pattern=re.compile(
        rf"記号 ?[:は]? ?(?P<value>{_SYMBOL}[ 、,・/]{{0,2}}番号 ?[:は]? ?[0-9]{{1,8}}"
        r"(?:[ 、,・/(]{0,2}枝番 ?[:は]? ?[0-9]{1,2})?)"
        r"|(?<![0-9A-Za-z-])[0-9]{2,8}[-・/ ][0-9]{1,8}(?:[-・( ][0-9]{2})?(?![0-9A-Za-z-])"
        r"|(?<![0-9A-Za-z-])[0-9]{5,10}(?![0-9A-Za-z-])"
    ),
    needs_cue=True,
    score=0.5,
)
