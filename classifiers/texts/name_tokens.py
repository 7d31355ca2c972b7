"""Names of persons in a text by its words: what Sudachi calls 姓 and 名, and what the dictionary adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers import nlp
from classifiers.addresses.gazetteer import places
from classifiers.names.scripts import kana_kind
from classifiers.tags import Mention
from classifiers.texts.given_names import full_name_end, given_end
from classifiers.texts.name_pairs import is_spelled_word
from classifiers.texts.name_shapes import is_other_word
from classifiers.texts.reasons import person
from classifiers.texts.words import NAMED, Words, surnames
from classifiers.vocabulary import entity_words

GLUED = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9]")
"""A letter that makes one longer word with a name beside it."""
_KANJI = re.compile(r"[一-龥々]")
_KANJI_WORD = re.compile(r"[一-龥々ヶケ]{1,4}")
_ROUTES = re.compile("停留所|バス停|番のりば(?<=[0-9]....)|時刻表|運転見合わせ|各駅停車|経由地|乗り?換え")
_ROADS = re.compile("交差点|号線|右折|左折|信号を|車線|インターチェンジ")
"""Words of ways and lines: a surname that is a place too is one there, and beside stops nearly everything is."""
_HOUSES = frozenset("宅邸宛")
_HIRAGANA = re.compile(r"[ぁ-ん]+")
_LONGEST_SURNAME, _LONGEST_OTHER = 4, 3
_NAME = "(?P<name>[一-龥々ヶ]{1,4})"
_LETTER_IN_BRACKETS = re.compile(r"\([一-龥々ぁ-んァ-ヴ]\)")
# 、、 is the mask of an organisation before its speaker
_AT_LINES = re.compile(rf"\n(?:[・*□☐>@-]|、、)? ?{_NAME}(?= ?(?::|→|>|-> ))")
"""For texts behind a line's end: the first line has one too."""
_ADDRESSED = re.compile(rf"@{_NAME}(?= |\n|さん|\Z)")
_COPULA = re.compile(r"です(?=[。！!、\n]|\Z|が)")
_SELF = re.compile(rf"(?:[\n。！!？、 /「]|\A|すみません|です){_NAME}\Z")
_FARTHEST = 9
_OF_A_GROUP = re.compile(rf"の(?<=[部課室係科店社事務理業報席口]の){_NAME}(?=です|でございます|と申)")
# the mask of an organisation, の, a name: no sentence has 、の in it
_OF_A_FIRM = re.compile(
    r"、の(?P<name>[一-龥々ヶ]{1,4}(?: [一-龥々]{1,3})?)(?=です|でございます|と申|より|から|さん|様|氏|が|は|に)"
)


def by_tokens(words: Words) -> Iterator[Mention]:
    """Full names, and surnames and given names that stand alone."""
    text, listed = words.text, surnames()
    taken = 0
    for token in words.tokens:
        if token.start < taken:
            continue
        kind, word = token.kind, text[token.start : token.end]
        # Most words: no name whatever stands beside them.
        if (kind == "noun" and word not in listed) or word[0].isascii():
            continue
        if kind == "surname" or (len(word) > 1 and _may_start(words, token, word)):
            end = full_name_end(words, token.start)
            if not end and word not in listed:
                end = given_end(words, token.end)
            if end and text.startswith(" ", token.end) and is_spelled_word(text, token.start, token.end + 1, end):
                taken = end
                continue
            if end and end != token.end and (kind == "surname" or _certain(words, token, end)):
                taken = end
                yield person(token.start, end, "text_full_name")
                continue
        owned = text[token.end : token.end + 1] in _HOUSES and kind in ("place", "noun") and _owns(words, token)
        if owned or (kind in NAMED and _alone(words, token)):
            yield person(token.start, token.end, "text_given_name" if kind == "given" else "text_surname")


def _may_start(words: Words, token: nlp.Token, word: str) -> bool:
    """Whether a word that Sudachi calls no surname may be one: by the dictionary, or by the given name behind it."""
    if word in surnames():
        return len(word) <= _LONGEST_SURNAME
    following = words.starting.get(token.end)
    named = following is not None and following.kind == "given" and following.end - following.start > 1
    return named and token.kind in ("place", "unknown", "given", "person") and len(word) <= _LONGEST_OTHER


def _certain(words: Words, token: nlp.Token, end: int) -> bool:
    """Whether what follows a word that is also a place or a thing is a given name beyond doubt."""
    given = words.between(token.end, end)
    known = any(one.kind in ("given", "surname") for one in given) or not given
    size = end - token.end - words.text.startswith(" ", token.end)
    begins = not (token.start and GLUED.match(words.text, token.start - 1))
    return size > 1 and (known or begins) and not GLUED.match(words.text, end)


def _alone(words: Words, token: nlp.Token) -> bool:
    """Whether a lone surname or given name may count: no place's, house's, firm's or common word's."""
    text, word = words.text, words.text[token.start : token.end]
    if len(word) < 2 or word in entity_words("not_name") or _HIRAGANA.fullmatch(word):
        return False
    if token.kind == "surname" and not (word in surnames() or kana_kind(word) or _is_rare_surname(word)):
        return False
    quoted = token.start > 0 and text[token.start - 1] in "「『" and text.startswith(("」", "』"), token.end)
    if token.kind == "given" and quoted:
        # what a thing is called: the robot 「ヒカル」
        return False
    if text.startswith("・", token.end) and not _KANJI.match(word):
        return False
    followed = words.marked(token.end, "after_name") is not None or _is_post(words, token.end)
    if GLUED.match(text, token.end) and not followed:
        return False
    before = words.ending(token.start)
    led = token.kind == "surname" and before is not None and before.kind == "noun" and _ends_role(text, before)
    if not led and token.start and GLUED.match(text, token.start - 1):
        return False
    if not (led or followed) and (nlp.is_common_noun(word) or word in places()):
        return False
    return followed or not (_ROUTES.search(text) or ("place" in nlp.senses(word) and _ROADS.search(text)))


def _is_rare_surname(word: str) -> bool:
    """Whether a surname and nothing else by Sudachi's dictionary; many that end in 寺 or 宮 are such places."""
    return nlp.senses(word) == {"surname"} and word[-1] not in "寺宮社院島"


def _is_post(words: Words, at: int) -> bool:
    """Whether a word that starts there names somebody's post, by its last letter: 支配人, 工場長, 調理師."""
    token = words.starting.get(at)
    size = token.end - token.start if token else 0
    return token is not None and token.kind == "noun" and size > 1 and words.text[token.end - 1] in "長人員師士官主役"


def _owns(words: Words, token: nlp.Token) -> bool:
    """Whether a place that is a surname too stands before a house or a desk: 佐伯宅, 松本宛."""
    return (
        token.end - token.start > 1
        and words.text[token.start : token.end] in surnames()
        and not words.inside(token.start)
    )


def _ends_role(text: str, token: nlp.Token) -> bool:
    """Whether a word that stands joined before a surname is a department or a role: 総務部安藤."""
    return text[token.end - 1] in "部課室係班科局者員人官師士主長"


def _told_apart(words: Words) -> Iterator[Mention]:
    """Surnames that a letter in brackets tells apart, with a title behind it or another of them: 村田(兄)常務."""
    text = words.text
    spans: list[tuple[int, int, int]] = []
    for match in _LETTER_IN_BRACKETS.finditer(text):
        end = match.start()
        sizes = (size for size in range(min(4, end), 0, -1) if text[end - size : end] in surnames())
        size = next(sizes, 0)
        if size and not (end > size and GLUED.match(text, end - size - 1)):
            spans.append((end - size, end, match.end()))
    for start, end, after in spans:
        twice = sum(text[one:other] == text[start:end] for one, other, _ in spans) > 1
        if twice or words.marked(after, "honorific", "title"):
            yield person(start, end, "text_role", "surname")


def as_speakers(words: Words) -> Iterator[Mention]:
    """Surnames that begin a line before a colon, that an @ addresses, or that say です of themselves; namesakes."""
    for start, end in _speakers(words):
        if is_other_word(words.text[start:end]):
            continue
        token = words.starting.get(start)
        if words.text[start:end] in surnames() or (token and token.end == end and token.kind == "surname"):
            yield person(start, end, "text_role", "surname")
    if "(" in words.text:
        yield from _told_apart(words)


def _speakers(words: Words) -> Iterator[tuple[int, int]]:
    """Where they may stand; what stands in every such text is looked for first, and most lack most of it."""
    text = words.text
    if ":" in text or "→" in text or ">" in text:
        yield from words.in_lines(_AT_LINES)
    patterns = [_ADDRESSED] if "@" in text else []
    if "です" in text:
        for copula in _COPULA.finditer(text):
            if named := _SELF.search(text, max(0, copula.start() - _FARTHEST), copula.start()):
                yield named.span("name")
        patterns.append(_OF_A_GROUP)
    elif "ございます" in text or "と申" in text:
        patterns.append(_OF_A_GROUP)
    if "、の" in text:
        patterns.append(_OF_A_FIRM)
    for pattern in patterns:
        yield from (match.span("name") for match in pattern.finditer(text))
