"""Surnames in lists (岡林 和田 浜口; 比企、人見、小豆畑) and at the end of a letter: their neighbours tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from classifiers import nlp
from classifiers.names.scripts import kana_kind
from classifiers.tags import Mention
from classifiers.texts.name_latin import is_latin_name
from classifiers.texts.name_pairs import pair_end
from classifiers.texts.name_shapes import is_other_word
from classifiers.texts.reasons import person
from classifiers.texts.words import Words, surnames
from classifiers.vocabulary import entity_words

_KANJI = re.compile(r"[一-龥々]")
_BETWEEN = re.compile(
    r"[・、,/→&×と及おな-](?:(?<=[・、,/→&×]) ?|(?<=-)> ?|(?<=と)|(?<=及)び|(?<=お)よび|(?<=な)らびに)(?=[^\W\d])"
)
"""What stands between listed names, the space before it left out."""
_BETWEEN_ENDS = re.compile(r" ?(?:[・、,/→&×] ?|-> ?|と|及び|および|ならびに)\Z")
_BEGINS_BETWEEN, _ENDS_BETWEEN = frozenset(" ・、,/→&×と及おな-"), frozenset(" ・、,/→&×>とびに")
_SPACED = re.compile(
    r"[一-龥々ヶ](?<![一-龥々ァ-ヴー].)[一-龥々ヶ]{0,3}(?: [一-龥々ヶ]{1,4}){2,}(?![一-龥々ヶァ-ヴー])"
)
_TWO_GAPS = re.compile(r" (?<=[一-龥々ヶ] )[一-龥々ヶ]{1,4} [一-龥々ヶ]")
"""What stands in every such list, and begins with a space: few texts have it."""
_WORD = re.compile(r"[^ ]+")
_STROKES = re.compile(r"[/→](?<=[一-龥々ヶァ-ヴー].) ?[一-龥々ヶァ-ヴー]{1,5} ?[/→]")
_DELIMITED = re.compile(
    r"[一-龥々ヶァ-ヴー](?<![^ :\n].)[一-龥々ヶァ-ヴー]{0,5}(?: ?[/→] ?[一-龥々ヶァ-ヴー]{1,6}){2,}"
)
_PART = re.compile(r"[^ /→]+")
_JOINED = re.compile("[_.]")
_OTHERS = frozenset("日月火水木金土朝昼夜")
_MOST = 2 / 3
"""Share of a spaced list's words that must be surnames for the list to be one of persons."""
_FEWEST = 2
_SPOKEN = re.compile(
    r"\n[ >]*(?:\[?[0-9]{1,4}[0-9:/ -]{2,14}\]? )?(?P<name>[ぁ-んァ-ヴー]{2,8}|[A-Za-z][a-z]{2,12}(?:[_.][a-z]{1,8})?)"
    r"[^\w\n:「(]{0,3}(?:: ?(?![/0-9])|「)"
)
_POSTED = re.compile(r"\n(?P<name>[一-龥々ヶ]{1,4}|[ぁ-ん]{2,8}|[ァ-ヴー]{2,8}|[A-Za-z][a-z]{2,12})(?=\n)")
"""Who writes, in a line of its own above what is written."""
_ROSTER = re.compile(r"\n *(?:[0-9]{1,4}[.): ]{1,2}|[・*-] ?)?(?P<name>[^\W\d_]{1,8} [^\W\d_]{1,8})(?= *(?:\n|\Z|\())")
_OF_NUMBER = re.compile(r"、 ?\((?P<name>[一-龥々ヶ]{1,4}|[ぁ-ん]{2,6}|[ァ-ヴー]{2,6})\)")
_OF_ADDRESS = re.compile("、(?<=、、) (?=[一-龥々ヶ]{1,4} [一-龥々ぁ-んァ-ヴー]{1,4}(?: ?[\n様]|\\Z))")
_SIGNED = re.compile(
    r"\n[ 　>]*(?P<name>[一-龥々ヶ]{1,4}|[ぁ-ん]{3,6})[ 　]*(?=\n*\Z|\n+(?:>|--|From|On |件名|20[0-9]{2}))"
)


def beside_names(words: Words, found: Sequence[Mention]) -> Iterator[Mention]:
    """Surnames that are places too (上田, 横山) or one letter (林): in one list with other names."""
    starts = {mention.start for mention in found}
    text = words.text
    for mention in found:
        start, end = mention.start, mention.end
        if text[end : end + 1] in _BEGINS_BETWEEN:
            for beside in _behind(words, end, starts):
                yield person(beside.start, beside.end, "text_listed")
        if start and text[start - 1] in _ENDS_BETWEEN:
            for beside in _before(words, start, starts):
                yield person(beside.start, beside.end, "text_listed")


def _behind(words: Words, at: int, starts: set[int]) -> Iterator[nlp.Token]:
    """What a list that begins with a name goes on with; `starts` are taken, and grow."""
    text = words.text
    while between := _BETWEEN.match(text, at + text.startswith(" ", at)):
        token = words.starting.get(between.end())
        if token is None or token.start in starts or _KANJI.match(text, token.end) or not _may_be_listed(text, token):
            return
        starts.add(token.start)
        at = token.end
        yield token


def _before(words: Words, at: int, starts: set[int]) -> Iterator[nlp.Token]:
    """What stands in a list before a name, the nearest first; `starts` are taken, and grow."""
    text = words.text
    while between := _BETWEEN_ENDS.search(text, max(0, at - 5), at):
        token = words.ending(between.start())
        if token is None or token.start in starts or not _may_be_listed(text, token):
            return
        starts.add(token.start)
        at = token.start
        yield token


def _may_be_listed(text: str, token: nlp.Token) -> bool:
    """Whether a word can be a surname, whatever it is by itself."""
    word = text[token.start : token.end]
    return token.kind == "surname" or word in surnames() or (len(word) > 1 and "surname" in nlp.senses(word))


def in_spaced_lists(words: Words) -> Iterator[Mention]:
    """Surnames with nothing but spaces between them, most of which are no other word."""
    for match in _SPACED.finditer(words.text) if _TWO_GAPS.search(words.text) else ():
        held = [word.span() for word in _WORD.finditer(words.text, *match.span())]
        names = [span for span in held if words.text[slice(*span)] not in _OTHERS]
        known = [span for span in names if _may_be_surname(words.text[slice(*span)])]
        sure = [span for span in known if not nlp.is_common_noun(words.text[slice(*span)])]
        if len(names) > _FEWEST and len(known) >= _MOST * len(names) and len(sure) >= _FEWEST:
            yield from (person(*span, "text_listed") for span in known)


def in_lines(words: Words) -> Iterator[Mention]:
    """Names that lines give away: signatures, chats, lists with strokes, what stands beside a number."""
    text = words.text
    if "\n" in text:
        yield from _signed(words)
        yield from _in_chats(words)
    if "/" in text or "→" in text:
        yield from _in_delimited(words)
    if "、(" in text or "、 (" in text or "、、 " in text:
        yield from _beside_masks(words)


def _in_delimited(words: Words) -> Iterator[Mention]:
    """Surnames with nothing but strokes or arrows between them, most of which are no other word: 関/能勢/迫/空席."""
    for match in _DELIMITED.finditer(words.text) if _STROKES.search(words.text) else ():
        held = [part.span() for part in _PART.finditer(words.text, *match.span())]
        parts = [words.text[slice(*span)] for span in held]
        known = [
            span for span, part in zip(held, parts, strict=True) if _may_be_surname(part) and not is_other_word(part)
        ]
        sure = [span for span in known if not nlp.is_common_noun(words.text[slice(*span)])]
        if len(known) >= _MOST * len(held) and len(sure) >= _FEWEST:
            yield from (person(*span, "text_listed") for span in known)


def in_rosters(words: Words, found: Sequence[Mention]) -> Iterator[Mention]:
    """Lines of two words, most of which are known for names: 3 佐藤 玲 / 4 東海林 蒼空 / 5 Kruger 美波."""
    if words.text.count("\n") < _FEWEST:
        return
    lines = list(words.in_lines(_ROSTER))
    named = {mention.start: mention.end for mention in found}
    known = [span for span in lines if named.get(span[0], 0) == span[1]]
    if len(lines) > _FEWEST and len(known) * 2 >= len(lines):
        yield from (person(*span, "text_listed", "name") for span in lines if span not in known)


def _signed(words: Words) -> Iterator[Mention]:
    """A surname that is the last line of a letter, or of one that is quoted in it."""
    for match in _SIGNED.finditer(words.text):
        word = match["name"]
        if _may_be_surname(word) and word not in entity_words("not_person"):
            yield person(*match.span("name"), "text_signed", kana_kind(word) or "surname")


def _in_chats(words: Words) -> Iterator[Mention]:
    """Who speaks in a chat: what stands before a colon where lines begin, or in lines of its own, time and again."""
    text = words.text
    spans = list(words.in_lines(_SPOKEN)) if ":" in text or "「" in text else []
    if len(spans) > 1:
        yield from _repeated(text, spans, sure=False)
    lines = text.split("\n")
    if len(set(lines)) < len(lines) and len(lines) > _FEWEST + 1:
        yield from _repeated(text, list(words.in_lines(_POSTED)), sure=True)


def _repeated(text: str, spans: list[tuple[int, int]], *, sure: bool) -> Iterator[Mention]:
    spoken = Counter(text[start:end] for start, end in spans)
    for start, end in spans:
        word = text[start:end]
        if spoken[word] > 1 and _may_speak(word, sure=sure):
            yield person(start, end, "text_listed", kana_kind(word) or "name")


def _may_speak(word: str, *, sure: bool) -> bool:
    """Whether a word before what is said can be a person's; `sure`: it must be a name that is known."""
    if word.isascii():
        first = _JOINED.split(word)[0]
        return is_latin_name(first)
    if is_other_word(word):
        return False
    return _may_be_surname(word) or kana_kind(word) is not None if sure else not nlp.is_common_noun(word)


def _beside_masks(words: Words) -> Iterator[Mention]:
    """Who a number or an address is of: 090-1234-5678(いくみ), 香川県高松市番町5-1 富山 貴."""
    text = words.text
    for match in _OF_NUMBER.finditer(text):
        word = match["name"]
        if (
            (_may_be_surname(word) or kana_kind(word))
            and not is_other_word(word)
            and word not in entity_words("not_name")
        ):
            yield person(*match.span("name"), "text_listed", kana_kind(word) or "surname")
    for match in _OF_ADDRESS.finditer(text) if "、、 " in text else ():
        if end := pair_end(words, match.end()):
            yield person(match.end(), end, "text_full_name")


def _may_be_surname(word: str) -> bool:
    return word in surnames() or "surname" in nlp.senses(word) or kana_kind(word) == "surname_kana"
