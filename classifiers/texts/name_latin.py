"""Names of persons in Latin letters in a text: romaji by the dictionary, others by their given name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifiers.names.scripts import romaji_kind
from classifiers.people.dictionary import is_romaji_given, is_romaji_surname
from classifiers.tags import Mention
from classifiers.texts.reasons import person
from classifiers.texts.words import NAMED, Words
from classifiers.vocabulary import entity_words

_LETTER, _CAPITAL = "A-Za-zÀ-ÖØ-öø-ž", "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_CAPITAL}][{_LETTER}'’-]+"
_INITIAL = rf"[{_CAPITAL}]\."
_END = rf"(?![{_LETTER}0-9@_])"
# Every expression begins with a letter or a set of them: the engine then skips over everything else.
_PAIR = re.compile(rf"([{_CAPITAL}](?<![{_LETTER}0-9@./_-].)[{_LETTER}'’-]+),? {{1,2}}({_WORD})(?: ({_WORD}))?{_END}")
_LISTED = re.compile(rf" ?[;,&、] ?({_WORD} {_WORD}){_END}")
_HONORIFICS = "様|さん|氏|さま|殿|先生|委員|会長|社長|部長|課長|監督|選手|教授"
_HONOURED = re.compile(rf" ?(?:{_HONORIFICS})|-san")
_ADDRESSED = re.compile(
    rf"[MDP](?<![{_LETTER}@./_-].)(?:(?<=M)(?:rs?|s|iss)|(?<=D)r|(?<=P)rof)\.? ?({_WORD}(?: {_WORD})?)"
)
_ONE = re.compile(rf"([{_LETTER}](?<![{_LETTER}@./_-].)[{_LETTER}'-]+)(?= ?(?:{_HONORIFICS})|-san)")
_GREETINGS = "Hi|Hello|Dear|Hey|Thanks|Cheers|(?:Best |Kind |Warm )?[Rr]egards|Best|Sincerely|--"
_GREETED = re.compile(rf"(?:^|\n|> )[ >]*(?:{_GREETINGS})[, ]?\s{{0,3}}({_WORD}){_END}")
_WITH_INITIAL = re.compile(
    rf"(?<![{_LETTER}0-9@./_-])(?:{_INITIAL} {{0,2}}({_WORD})|({_WORD}),? {_INITIAL})(?![{_LETTER}0-9@_])"
)
# What stands in every such text, and is quick to look for.
_GREETING = re.compile(
    r"[HDTCBRrS-](?:(?<=H)(?:i|ello|ey)|(?<=D)ear|(?<=T)hanks|(?<=C)heers|(?<=[Rr])egards|(?<=B)est|(?<=S)inc|(?<=-)-)"
)
_AN_INITIAL = re.compile(rf"[{_CAPITAL}](?<![{_LETTER}].)\.")
_BOARDING = re.compile(r"[A-Z](?<![A-Za-z/].)[A-Z]{1,19}/[A-Z]{2,20}(?= (?:MR|MRS|MS|MISS|MSTR|DR)(?![A-Za-z]))")
"""A passenger as airlines write one: YAMADA/TARO MR."""
_CARD = re.compile(r"[A-Z](?<![A-Za-z0-9].) ([A-Z]{3,15})(?![A-Za-z0-9])")
_SYLLABLES = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y|sh|ch|ts|j|[kgsztdnhbpmyrwf])?(?:[aiueo]|[aou]h)|n(?![aiueoy])|tt|kk|pp|ss|t(?=ch)|m(?=[bmp]))+",
    re.IGNORECASE,
)
_FOREIGN_KINDS = NAMED | {"unknown"}
_SHORT = 3


def in_latin(words: Words) -> Iterator[Mention]:
    """Full names in Latin letters, and one name with Mr., 様, -san, a greeting or an initial."""
    text = words.text
    if not _CAPITALS.search(text):
        return
    yield from _pairs(text)
    for match in _ADDRESSED.finditer(text):
        yield person(*match.span(1), "text_romaji_name")
    for match in _ONE.finditer(text):
        token = words.starting.get(match.start())
        named = token is not None and token.end == match.end() and token.kind in _FOREIGN_KINDS
        if named or _is_surname(match[1]) or _is_given(match[1]):
            yield person(*match.span(), "text_romaji_name")
    for match in _GREETED.finditer(text) if _GREETING.search(text) else ():
        if _is_given(match[1]):
            yield person(*match.span(1), "text_romaji_name")
    for match in _WITH_INITIAL.finditer(text) if "." in text and _AN_INITIAL.search(text) else ():
        word = match[1] or match[2]
        if len(word) > _SHORT and (_is_surname(word) or (match[2] and _is_given(word))):
            yield person(*match.span(), "text_romaji_name")
    for match in _BOARDING.finditer(text) if "/" in text else ():
        yield person(*match.span(), "text_romaji_name")
    for match in _CARD.finditer(text):
        if _is_surname(match[1]):
            yield person(*match.span(), "text_romaji_name")


_CAPITALS = re.compile(f"[{_CAPITAL}]")


def _pairs(text: str) -> Iterator[Mention]:
    at = 0
    while match := _PAIR.search(text, at):
        at = match.end(1)
        first, second = match[1], match[2]
        pair = (match.start(), match.end(2))
        if match[3] is None and _HONOURED.match(text, match.end(2)):
            yield person(*pair, "text_romaji_name")
            at = match.end(2)
        elif match[3] is not None and (_HONOURED.match(text, match.end(3)) or _are_three(first, second, match[3])):
            yield person(*match.span(), "text_romaji_name")
            at = match.end(3)
        elif romaji_kind(f"{first} {second}") or _sounds_like_name(first, second) or _are_given_first(first, second):
            yield person(*pair, "text_romaji_name")
            at = match.end(2)
        else:
            continue
        while listed := _LISTED.match(text, at):
            yield person(*listed.span(1), "text_romaji_name")
            at = listed.end()


def is_latin_name(word: str) -> bool:
    """Whether a Latin word is a surname or a given name by the dictionaries, and no ordinary word.

    >>> is_latin_name("kondo"), is_latin_name("Olga"), is_latin_name("note")
    (True, True, False)
    """
    return _is_surname(word) or _is_given(word)


def _are_three(first: str, second: str, third: str) -> bool:
    """Maria Clara Reyes, NGUYEN VAN AN: two of three are given names, and none is an ordinary word."""
    words = (first, second, third)
    return sum(map(_is_foreign_given, words)) > 1 and not any(map(_is_ordinary, words))


def _are_given_first(first: str, second: str) -> bool:
    """Peter Lindqvist, MUELLER Jan: a given name of the world beside a word that is no ordinary one."""
    given = _is_foreign_given(first) or (first.isupper() and _is_foreign_given(second) and not second.isupper())
    return given and not _is_ordinary(first) and not _is_ordinary(second)


def _is_foreign_given(word: str) -> bool:
    return word.lower() in entity_words("given_latin")


def _is_ordinary(word: str) -> bool:
    return word.lower() in entity_words("not_name_latin") or word.lower() in entity_words("word_latin")


def _is_surname(word: str) -> bool:
    return is_romaji_surname(word) and not _is_ordinary(word)


def _is_given(word: str) -> bool:
    return (is_romaji_given(word) and not _is_ordinary(word)) or _is_foreign_given(word)


def _sounds_like_name(first: str, second: str) -> bool:
    """Whether one of two Latin words is a listed name and the other is spelled in Japanese syllables."""
    if _is_ordinary(first) or _is_ordinary(second) or min(len(first), len(second)) < _SHORT:
        return False
    if not (_SYLLABLES.fullmatch(first) and _SYLLABLES.fullmatch(second)):
        return False
    if is_romaji_given(first) and len(second) > _SHORT + 1:
        return True
    return any(is_romaji_surname(word) or (is_romaji_given(word) and len(word) > _SHORT) for word in (first, second))
