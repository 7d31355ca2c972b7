"""銀行口座番号: seven digits, zero-padded, beside the kind of deposit (普通・当座・貯蓄) and bank and branch codes.

The form is that of 全銀協 transfer records. There is no check digit all banks share.

>>> RECOGNIZER.matches("1234567"), RECOGNIZER.matches("普通 1234567"), RECOGNIZER.matches("123456")
(None, None, False)
>>> RECOGNIZER.matches("0001-001-1-1234567")
"""

from __future__ import annotations

import re

from classifiers.recognizers import Recognizer

RECOGNIZER = Recognizer(
    category="bank_account",
    pattern=re.compile(
        r"(?=[普当貯定0-9])(?:(?:普通|当座|貯蓄|定期|普|当)(?:預金)?(?:口座)?(?:番号)?(?: ?No\.?)? ?[:)/・]? ?"
        r"|(?<![0-9A-Za-z-])[0-9]{4}-[0-9]{3}-(?:[1249]-)?)?"
        r"(?<![0-9A-Za-z])(?<![^0-9][0-9][0-9][-.])"
        r"(?P<value>[0-9]{7}|[0-9](?:、[0-9]){6}"
        r"|(?:(?<=口座番号)|(?<=口座番号[: は])|(?<=口座番号: )|(?<=普通預金 )|(?<=当座預金 ))[0-9]{5,8})"
        r"(?![0-9A-Za-z])(?![-.][0-9])"
    ),
    needs_cue=True,
)
