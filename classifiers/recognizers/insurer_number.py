"""保険者番号: eight digits of an employees' health insurer, six of a municipal one, the last a check digit.

Law type (2, not in the short form), prefecture (2), insurer (3), check: weights 2 1 2 1 … from the right, digits of
the products added, modulus 10. Source: 厚生労働省 保険者番号等設定要領.

>>> RECOGNIZER.matches("06139463"), RECOGNIZER.matches("138057"), RECOGNIZER.matches("06139464")
(True, True, False)
"""

from __future__ import annotations

import re

from stdnum import luhn

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer


def _valid(text: str) -> bool:
    prefecture = int(text[-6:-4])
    return 1 <= prefecture <= 47 and bool(luhn.is_valid(text))


RECOGNIZER = Recognizer(
    category="insurer_number",
    pattern=re.compile(rf"{FIRST_DIGIT}(?:[0-9]{{7}}|[0-9]{{5}}){NUMBER_ENDS}"),
    validate=_valid,
    chance=0.047,
    needs_cue=True,
)
