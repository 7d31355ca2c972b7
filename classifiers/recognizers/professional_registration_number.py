"""士業の登録番号: 弁護士, 税理士, 司法書士, 社労士, 行政書士, 弁理士, 公認会計士, 医師, 宅建士 …

Issued by each profession's association or ministry, three to eight digits, sometimes `第…号` after the association's
place or the register's name. None has a published check digit: it takes the profession's word beside it.

>>> RECOGNIZER.matches("第12345号"), RECOGNIZER.matches("(東京)第012345号"), RECOGNIZER.matches("12345")
(None, None, None)
>>> RECOGNIZER.matches("医籍第123456号"), RECOGNIZER.matches("第12号議案")
(None, False)
"""

from __future__ import annotations

import re

from classifiers.recognizers import FIRST_DIGIT, NUMBER_ENDS, Recognizer

RECOGNIZER = Recognizer(
    category="professional_registration_number",
    pattern=re.compile(
        r"(?=[(第0-9医歯薬保助看])"
        r"(?:(?:\([一-龥]{2,4}\) ?|[医歯薬保助看][一-龥]{0,4}籍 ?)?第 ?[0-9]{2,8} ?号(?![0-9A-Za-z一-龥])"
        rf"|{FIRST_DIGIT}[0-9]{{2,7}}{NUMBER_ENDS}(?!/[0-9])(?![年月日円人名件個%]))"
    ),
    needs_cue=True,
    score=0.5,
)
