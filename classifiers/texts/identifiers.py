"""Identifiers in a folded text: every recognizer's finds, weighed by their checks and by the cue words beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from classifiers.recognizers import Recognizer, recognizers
from classifiers.tags import Mention
from classifiers.texts.cues import REACH, CueWords, ruled_out
from classifiers.texts.spans import Apart

_REFUTED = 12
"""How many characters before a number a word may stand that says it is something else."""
_LIFT = 0.6
"""How much of the remaining doubt a cue word takes away."""
_REPORTED = 0.5
_REFUTING = re.compile(
    r"(?:伝票|注文|受注|発注|管理|追跡|商品|製品|在庫|ロット|シリアル|チケット|案件|受付|整理|請求書?|見積書?|予約|契約|JAN|SKU|型番|品番|台車)"
    r"(?:番号|コード|No\.?|ID|#)? ?[:#は]? ?\Z"
    r"|(?:金額|合計|小計|総額|税|代金|料金|残高|売上|報酬|支払額|請求額|単価|価格|[¥$]) ?[:は]? ?\Z",
    re.IGNORECASE,
)
_CUED_ANYWAY = frozenset({"email", "url", "postal_code", "birth_date", "address"})
# Cheap to look for, and no identifier does without one of these.
_WORTH_READING = re.compile(
    r"[0-9@男女元]|[一二三四五六七八九〇十]年|://|www\.|パス|暗証|ID|番号|コード|ログイン|[Pp]ass|PASS|PW|PIN|(?i:male|login|user)"
)

_ASCII = re.compile("[!-~][ -~]{2,}")


class _Candidate(NamedTuple):
    mention: Mention
    distance: int
    """To the nearest cue word; large without one."""


class _Looked:
    """A text that identifiers are looked for in, what tells which ones may stand in it, and what was found."""

    __slots__ = ("ascii_alone", "cues", "folded", "found", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.casefold()
        self.ascii_alone = "\n".join(_ASCII.findall(text))
        self.cues = CueWords(text)
        self.found: list[_Candidate] = []


def _candidate(looked: _Looked, recognizer: Recognizer, start: int, end: int, proof: bool | None) -> _Candidate | None:
    """A recognizer's find with the score that its check and the words beside it give it; None where that is too low."""
    text, category = looked.text, recognizer.category
    if ruled_out(text, start, category):
        return None
    distance = looked.cues.distance(start, end, category)
    if distance is None and recognizer.needs_cue:
        return None
    score = 1 - recognizer.chance if proof else recognizer.score
    if distance is not None:
        score += (1 - score) * _LIFT
    if score < _REPORTED:
        return None
    if distance is None:
        if category not in _CUED_ANYWAY and _REFUTING.search(text[max(0, start - _REFUTED) : start]):
            return None
        distance, why = REACH + 1, "text_check" if proof else "text_form"
    else:
        why = "text_check_cue" if proof else "text_cue"
    return _Candidate(Mention(start, end, category, round(score, 3), why), distance)


def identifiers(text: str) -> list[Mention]:
    """Every identifier of a folded text, in order, none overlapping: the nearest cue, then the score, then length."""
    return list(read([text])[0])


def read(texts: Sequence[str]) -> list[Apart]:
    """The identifiers of every text."""
    looked = [_Looked(text) if _WORTH_READING.search(text) else None for text in texts]
    worth = [one for one in looked if one]
    signed: dict[re.Pattern[str], list[_Looked]] = {}
    # One recognizer over all texts, then the next: its expressions stay in the processor's nearest cache.
    for recognizer in recognizers():
        if recognizer.category == "address":
            continue
        sign, having = recognizer.sign, worth
        if sign is not None:
            if sign not in signed:
                signed[sign] = [one for one in worth if sign.search(one.ascii_alone)]
            having = signed[sign]
        for one in _asked(recognizer, having):
            for find in recognizer.spans(one.text):
                if candidate := _candidate(one, recognizer, *find):
                    one.found.append(candidate)
    return [_chosen(one) if one else Apart() for one in looked]


def _asked(recognizer: Recognizer, texts: list[_Looked]) -> list[_Looked]:
    """The texts of these that have a cue word of the recognizer, or a word of its own where it asks for some."""
    category = recognizer.category
    if recognizer.needs_cue:
        return [one for one in texts if category in one.cues.categories]
    if recognizer.words:
        return [one for one in texts if category in one.cues.categories or recognizer.may_stand_in(one.folded)]
    return texts


def _chosen(looked: _Looked) -> Apart:
    looked.found.sort(key=lambda one: (one.distance, -one.mention.score, one.mention.start - one.mention.end))
    return Apart(_as_fax(looked.cues, candidate.mention) for candidate in looked.found)


def _as_fax(cues: CueWords, mention: Mention) -> Mention:
    if mention.data_category != "phone":
        return mention
    fax = cues.distance(mention.start, mention.end, "fax")
    if fax is None:
        return mention
    phone = cues.distance(mention.start, mention.end, "phone")
    if phone is not None and phone < fax:
        return mention
    return Mention(mention.start, mention.end, "fax", mention.score, mention.why)
