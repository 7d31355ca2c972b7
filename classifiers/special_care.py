"""要配慮個人情報 in a column's values: how many speak of each data category of `vocabulary/special_care.yml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from classifiers import special_words


def counted(values: Iterable[str]) -> Mapping[str, int]:
    """Special-care data category → how many of the folded values speak of it.

    >>> counted(["うつ病で通院中", "システム障害", "うつ病"])
    {'medical_history': 2, 'medical_care': 1}
    """
    counts: Counter[str] = Counter()
    for value in values:
        counts.update({mention.data_category for mention in special_words.find(value)})
    return dict(counts.most_common())
