"""Names that something before them gives away: 氏名：, 担当, 被告, 長男."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.names.scripts import kana_kind, romaji_kind
from classifiers.tags import Mention
from classifiers.texts.name_latin import is_latin_name
from classifiers.texts.name_pairs import pair_end
from classifiers.texts.name_shapes import is_other_word, name_end
from classifiers.texts.reasons import person
from classifiers.texts.words import NAMED, Mark, Words, surnames
from classifiers.vocabulary import entity_words

_AFTER_ROLE = re.compile(
    r"(?P<label>(?:名|氏名)?[\])」】\"']{0,2} ?[:=→>] ?[\"'「【(]?|[\]」】] ?[「【]?| ?[\[「【(])"
    r"|(?P<of>の|は)|(?P<bare>氏?名 |[ ,、・]?)"
)
_LATIN = re.compile(r"[A-Z][A-Za-z'’-]+(?:,? [A-Z][A-Za-z.'’-]*){0,3}(?![A-Za-z@])")
_BEFORE_NAMES = frozenset({"label", "role", "role_end", "title", "department"})
_GROUP = frozenset({"department"})
_ENDINGS = frozenset({"role_end", "department"})
"""Last letters of longer words: 被保険者, 総務部."""
_GLUE = re.compile(r"[一-龥々ァ-ヴーA-Za-z]")
_RELATIONS = frozenset("男女妻夫父母子孫姉妹兄弟")
"""Last letters of words behind which a given name in hiragana may stand joined: 長女さゆみ, and no 本人とした."""
_GOES_ON = frozenset("。0123456789をがにへでともやかねよなだしさせすてたっられりるばまむめい")
"""What stands right behind most roles in a sentence, and begins no name."""
_OKURIGANA = re.compile("[ぁ-ん](?<![のはがをにへとでやも])")
"""What goes on behind one letter as a word of its own: 夜勤明け, 確認済み."""


def after_roles(words: Words) -> Iterator[Mention]:
    """Every name right after a label, a role or a title."""
    text = words.text
    for mark in words.marks.values():
        end = mark.end
        if text[end : end + 1] in _GOES_ON and text[end - 1] not in _RELATIONS:
            continue
        if not mark.parts.isdisjoint(_BEFORE_NAMES) and (found := _after_role(words, mark)):
            yield found


def _after_role(words: Words, mark: Mark) -> Mention | None:
    text = words.text
    if mark.parts <= _ENDINGS and not words.after_noun(mark.end):
        return None
    if mark.end - mark.start == 1 and mark.start and _GLUE.match(text, mark.start - 1) and not mark.parts <= _ENDINGS:
        return None
    if mark.end - mark.start == 1 and (token := words.starting.get(mark.start)) and token.end > mark.end:
        # 子|宮口 is no child 宮口
        return None
    if text[mark.start].isascii() and mark.start and text[mark.start - 1].isascii() and text[mark.start - 1].isalnum():
        return None
    beside = _AFTER_ROLE.match(text, mark.end)
    at = beside.end() if beside else mark.end
    labelled = beside is not None and beside["label"] is not None
    if text.startswith("\n", at) and mark.end == at and text[mark.start].isascii():
        at += 1
    if labelled and mark.parts == _GROUP and text[at - 1] in "「【(['\"":
        return None
    short = mark.end - mark.start == 1 and not mark.parts <= _ENDINGS
    sure = labelled or (not short and not mark.parts.isdisjoint(("label", "role")) and not (beside and beside["of"]))
    first = text[at : at + 1]
    joined = at == mark.end
    if not first.isalpha() or (joined and words.cut(mark)):
        return None
    if not sure and text[at - 1 : at] == " " and text[mark.end - 1] in _RELATIONS and "label" in mark.parts:
        # 父 誠, 長男 蓮
        sure, short = True, False
    if "ぁ" <= first <= "ん":
        related = text[mark.end - 1] in _RELATIONS and (joined or text[mark.end] == " ")
        if not related and (not sure or joined):
            return None
        sure = True
    if end := (sure and pair_end(words, at)) or name_end(words, at, sure=sure):
        word = text[at:end]
        okurigana = joined and end - at == 1 and _OKURIGANA.match(text, end) and not words.marked(end, "honorific")
        if is_other_word(word) or okurigana:
            return None
        if (
            not labelled
            and word in entity_words("not_name")
            and word not in surnames()
            and (short or beside is None or beside["of"])
        ):
            return None
        if mark.parts <= _ENDINGS and len(word) == 1 and not (at > mark.end and _is_last(text, end)):
            return None
        kind = kana_kind(word) or ("surname" if word in surnames() else "name")
        return person(at, end, "text_label" if labelled else "text_role", kind)
    if (found := _LATIN.match(text, at)) and (
        (" " in found[0] and romaji_kind(found[0]))
        or (" " in found[0] and _names_within(words, found))
        or (labelled and "label" in mark.parts and "name" in text[mark.start : mark.end].lower())
        or (labelled and _is_line_end(text, found.end()) and is_latin_name(found[0]))
    ):
        return person(*found.span(), "text_romaji_name")
    return None


def _is_last(text: str, end: int) -> bool:
    return end == len(text) or text[end] in "\n)、,"


def _is_line_end(text: str, at: int) -> bool:
    return at == len(text) or text[at] in "\n;,)"


def _names_within(words: Words, found: re.Match[str]) -> bool:
    return any(token.kind in NAMED for token in words.between(*found.span()))
