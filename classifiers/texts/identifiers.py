"""Identifiers in a folded text: every recognizer's finds, weighed by their checks and by the cue words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from classifiers.recognizers import Recognizer, recognizers
from classifiers.tags import Mention
from classifiers.texts.spans import Apart
from classifiers.vocabulary import data_categories, rows

_BEFORE, _AFTER, _NOT_BEFORE = 40, 8, 12
"""How many characters away a cue word may stand."""
_LIFT = 0.6
"""How much of the remaining doubt a cue word takes away."""
_REPORTED = 0.5
_REFUTING = re.compile(
    r"(?:伝票|注文|受注|発注|管理|追跡|商品|製品|在庫|ロット|シリアル|チケット|案件|受付|整理|請求書?|見積書?|予約|契約|JAN|SKU|型番|品番|ロット|台車)"
    r"(?:番号|コード|No\.?|ID|#)? ?[:#は]? ?\Z",
    re.IGNORECASE,
)
_CUED_ANYWAY = frozenset({"email", "url", "postal_code", "birth_date", "address"})
# Cheap to look for, and no identifier does without one of these.
_WORTH_READING = re.compile(
    r"[0-9@男女元]|[一二三四五六七八九〇十]年|://|www\.|パス|暗証|ID|番号|コード|ログイン|[Pp]ass|PASS|PW|PIN|(?i:male|login|user)"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Words beside a number that say what it is (`vocabulary/cues.yml`)."""

    id: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_before: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    """Words as an expression; Latin ones stand apart from other Latin letters."""
    found = sorted(set(words), key=len, reverse=True)
    return (
        "|".join(
            rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word) for word in found
        )
        or r"(?!)"
    )


@cache
def _cues() -> dict[str, _Cue]:
    categories = data_categories()
    own = {row.id: row for row in rows("cues", Cues)}
    found = {}
    for category in {*own, *(name for name, row in categories.items() if row.cues)}:
        row = own.get(category, Cues(category))
        more = categories[category].cues if category in categories else ()
        found[category] = _Cue(
            re.compile(_any((*row.before, *more))),
            re.compile(rf"[ )】」,、]*(?:{_any(row.after)})"),
            re.compile(rf"(?:{_any(row.not_before)})[ .:]*\Z"),
        )
    return found


def _line(text: str, start: int, reach: int) -> str:
    before = text[max(0, start - reach) : start]
    head = before.rsplit("\n", 1)
    # A label may stand alone on the line above its number.
    return before if len(head) == 2 and not head[1].strip() else head[-1]


def _cue_distance(text: str, start: int, end: int, category: str) -> int | None:
    """How far the nearest cue word is; None without one."""
    cue = _cues().get(category)
    if cue is None:
        return None
    if cue.after.match(text[end : end + _AFTER]):
        return 0
    before = _line(text, start, _BEFORE)
    last = None
    for last in cue.before.finditer(before):  # noqa: B007
        pass
    return len(before) - last.end() if last else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: Mention
    distance: int
    """To the nearest cue word; large without one."""


def _candidates(text: str, recognizer: Recognizer) -> Iterable[_Candidate]:
    category = recognizer.category
    for start, end, proof in recognizer.spans(text):
        cue = _cues().get(category)
        if cue and cue.not_before.search(text[max(0, start - _NOT_BEFORE) : start]):
            continue
        distance = _cue_distance(text, start, end, category)
        if distance is None and (
            recognizer.needs_cue
            or (category not in _CUED_ANYWAY and _REFUTING.search(text[max(0, start - _NOT_BEFORE) : start]))
        ):
            continue
        score = 1 - recognizer.chance if proof else recognizer.score
        if distance is not None:
            score += (1 - score) * _LIFT
        if score < _REPORTED:
            continue
        why = {(True, True): "text_check_cue", (True, False): "text_check", (False, True): "text_cue"}.get(
            (bool(proof), distance is not None), "text_form"
        )
        yield _Candidate(
            Mention(start, end, category, round(score, 3), why), _BEFORE + 1 if distance is None else distance
        )


def identifiers(text: str) -> list[Mention]:
    """Every identifier of a folded text, in order, none overlapping: the nearest cue, then the score, then length."""
    if not _WORTH_READING.search(text):
        return []
    found = [
        candidate
        for recognizer in recognizers()
        if recognizer.category != "address"
        for candidate in _candidates(text, recognizer)
    ]
    found.sort(key=lambda one: (one.distance, -one.mention.score, one.mention.start - one.mention.end))
    return [_as_fax(text, mention) for mention in Apart(candidate.mention for candidate in found)]


def _as_fax(text: str, mention: Mention) -> Mention:
    if mention.data_category != "phone":
        return mention
    fax, phone = (_cue_distance(text, mention.start, mention.end, category) for category in ("fax", "phone"))
    if fax is None or (phone is not None and phone < fax):
        return mention
    return Mention(mention.start, mention.end, "fax", mention.score, mention.why)
