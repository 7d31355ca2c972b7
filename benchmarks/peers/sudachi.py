"""Sudachi alone: `python -m benchmarks.peers.sudachi`. Neighbouring 人名 make a name, 地名 an address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.peers.stream import Annotate, Found, serve_texts


def load() -> Annotate:
    """The tokenizer over the core dictionary, split mode C."""
    from sudachipy import Dictionary, SplitMode

    dictionary = Dictionary(dict="core")
    tokenizer = dictionary.create(mode=SplitMode.C)
    person = dictionary.pos_matcher(lambda pos: pos[2] == "人名")
    place = dictionary.pos_matcher(lambda pos: pos[2] == "地名")

    def words(text: str) -> Iterator[Found]:
        for word in tokenizer.tokenize(text):
            if person(word):
                yield Found(start=word.begin(), end=word.end(), data_type="person_name")
            elif place(word):
                yield Found(start=word.begin(), end=word.end(), data_type="address")

    def annotate(texts: Sequence[str]) -> Iterator[list[Found]]:
        return (_joined(text, words(text)) for text in texts)

    return annotate


def _joined(text: str, words: Iterator[Found]) -> list[Found]:
    """Surname and given name side by side are one name, with or without a space between them."""
    found: list[Found] = []
    for word in words:
        before = found[-1] if found else None
        gap = text[before["end"] : word["start"]] if before else "-"
        if before and before["data_type"] == word["data_type"] and gap in ("", " ", "　"):
            before["end"] = word["end"]
        else:
            found.append(word)
    return found


if __name__ == "__main__":
    serve_texts(load)
