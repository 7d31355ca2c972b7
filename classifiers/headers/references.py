"""Numbers and codes: a person's, by the noun before them (乗務員番号), a thing's (伝票番号), or nobody knows whose."""

from __future__ import annotations

from classifiers.headers.entries import Spelling, grammar
from classifiers.headers.nouns import ending, named_by
from classifiers.headers.spans import HeaderMatch, Span
from classifiers.tags import NOT_PERSONAL


def carded(spelt: Spelling, spans: list[Span], end: int) -> list[HeaderMatch]:
    """利用者カード番号, 相談カード番号: the number on somebody's card is theirs, one on what was done its own."""
    for start in range(2, end):
        if spelt.text[start:end] not in grammar("card_heads"):
            continue
        before = spelt.text[:start]
        found, noun = named_by(before)
        doing = _doing(before)
        if any(span.end == end and span.start <= start - max(len(noun), len(doing)) for span in spans):
            return []
        if [hit.category for hit in found] == ["name"]:
            return [HeaderMatch("account_id", found[0].word, "strong")]
        word = grammar("doings").get(doing) or grammar("acts").get(doing, "")
        return [HeaderMatch(NOT_PERSONAL, word, "strong")] if doing else []
    return []


def numbered(spelt: Spelling, spans: list[Span], end: int) -> list[HeaderMatch]:
    """乗務員番号, 個人客コード, `donor_no`: somebody's number, by the noun for a person that stands before it."""
    for start in range(2, end):
        if spelt.text[start:end] in grammar("registers"):
            found, noun = named_by(spelt.text[:start])
            if len(noun) > 1 and [hit.category for hit in found] == ["name"]:
                return [HeaderMatch("account_id", found[0].word, "strong")]
        keyed = spelt.text[start:end] in grammar("key_heads")
        if not keyed and spelt.text[start:end] not in grammar("number_heads"):
            continue
        if any(span.end == end and span.start < start for span in spans):
            return []
        before = spelt.text[:start]
        found, noun = named_by(before)
        if not noun and (person := _person_ending(before)):
            return [HeaderMatch("account_id", person, "medium")]
        if len(noun) <= len(ending(before, "thing_nouns")):
            # A ship_to is somebody, a ship_no a shipment's.
            return []
        if len(noun) > 1 and found and found[0].category == "name":
            if keyed:
                # Of whom it is a key is said; whether it is more than a row's number, its values tell.
                return [HeaderMatch("account_id", "id", "medium")] if len(found) == 1 else []
            # A client may be a person or a firm.
            return [HeaderMatch("account_id", found[0].word, "strong" if len(found) == 1 else "medium")]
        if len(noun) > 1 and found and found[0].category == "company_name":
            return [HeaderMatch(NOT_PERSONAL, found[0].word, "medium")]
    return []


def referring(spelt: Spelling, spans: list[Span], end: int) -> list[HeaderMatch]:
    """予約番号, `machine_id`: a thing's number; `FFP_NO`: of what, no word says, and its values may tell."""
    for start in range(1, end):
        if spelt.text[start:end] not in grammar("reference_heads") or not _is_word(spelt, start):
            continue
        if any(span.end == end and span.start < start and not span.entry.word.startswith("～") for span in spans):
            return []
        before = spelt.text[:start]
        word = grammar("reference_heads")[spelt.text[start:end]]
        found, noun = named_by(before)
        thing = max(ending(before, "thing_nouns"), _doing(before), key=len)
        if thing and len(thing) >= len(noun):
            return [HeaderMatch(NOT_PERSONAL, word, "strong")]
        if before.strip("|") and not found and not any(span.end == start for span in spans):
            return [HeaderMatch(NOT_PERSONAL, word, "medium")]
        return []
    return []


def _person_ending(before: str) -> str:
    """The ending by which an unknown word is one for a person: 検針員, 使用者, `shukkasha`; '' where it has none."""
    word = before.rstrip("|").rpartition("|")[2]
    said = {part: _endings(word, part) for part in ("person_endings", "no_persons")}
    alone = before.strip("|") in said["person_endings"]
    return "" if alone or said["no_persons"] else next(iter(said["person_endings"].values()), "")


def _doing(before: str) -> str:
    """The longest word for what is done that a name ends with, or for what it leaves; '' where it ends with none."""
    return max(ending(before, "doings"), ending(before, "acts"), key=len)


def _endings(word: str, part: str) -> dict[str, str]:
    """The words of a row of the grammar that a word ends with: spelling → word."""
    bare = ((spelt.strip("|"), told) for spelt, told in grammar(part).items())
    return {spelt: told for spelt, told in bare if word.endswith(spelt)}


def _is_word(spelt: Spelling, start: int) -> bool:
    return start in spelt.edges or not spelt.text[start].isascii()
