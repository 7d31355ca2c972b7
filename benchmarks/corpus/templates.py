"""Texts from templates: `lists/{split}_texts.yml` holds them by register, gaps in `<cell>` or `<cell2>` form.

`<full>` is person 1, `<full2>` somebody else; `<pick:products>` and the other open cells work too. A gap's text lies
in a span where its cell is personal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import jaconv

from benchmarks.corpus.cells import Cell, cell
from benchmarks.corpus.labels import LabelledText, Span, Split
from benchmarks.corpus.pen import Pen
from benchmarks.corpus.types_of_data import data_type
from benchmarks.corpus.who import Who
from benchmarks.corpus.word_lists import document

TEXTS = 1600
_GAP = re.compile(r"<([a-z_]+?)([0-9]?)((?::[^<>]*)?)>")
_LONG, _LONGEST = 0.22, 14
"""Share of texts of several templates, and how many at most."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template with the register it belongs to."""

    id: str
    register: str
    parts: tuple[str | tuple[Cell, str], ...]
    """Literal text, or a cell with the number of its person."""


@cache
def templates(split: Split) -> tuple[Template, ...]:
    """Every template of the split; ValueError where one names a cell that is not there."""
    return tuple(
        Template(f"{split}-{register}-{number:02d}", register, tuple(_parts(text)))
        for register, texts in document(f"{split}_texts").items()
        for number, text in enumerate(texts, start=1)
    )


def texts(seed: int, split: Split, count: int = TEXTS) -> Iterator[LabelledText]:
    """`count` labelled texts; every template stands alone at least twice where `count` is three times their number."""
    every = templates(split)
    for number in range(count):
        pen = Pen(f"{seed}/{split}/text/{number}")
        if number >= 2 * len(every) and pen.chance(_LONG):
            chosen = _several(every, pen)
        else:
            chosen = [every[number % len(every)]]
        yield _written(f"{split}-{seed}-{number:05d}", chosen, pen, split)


def _several(every: tuple[Template, ...], pen: Pen) -> list[Template]:
    """A long text: mostly templates of one register, as a log of a case has them."""
    register = pen.choice(every).register
    alike = [template for template in every if template.register == register or pen.chance(0.03)]
    return [pen.choice(alike) for _ in range(pen.between(3, _LONGEST))]


def _parts(text: str) -> Iterator[str | tuple[Cell, str]]:
    at = 0
    for gap in _GAP.finditer(text):
        if gap.start() > at:
            yield text[at : gap.start()]
        yield cell(gap[1] + gap[3]), gap[2]
        at = gap.end()
    if at < len(text):
        yield text[at:]


def filled(template: Template, pen: Pen, people: Callable[[str], Who], at: int = 0) -> tuple[str, list[Span]]:
    """One template filled; `people` gives the individual of each number, `at` is where the text will begin."""
    text, spans = "", list[Span]()
    narrow = _narrow if template.register == "half_width" else str
    for part in template.parts:
        if isinstance(part, str):
            text += narrow(part)
            continue
        made, person = part
        content = narrow(made.make(people(person), pen))
        start = at + len(text)
        if content and (made.category != "not_personal" or made.ignore):
            spans.append(Span(start, start + len(content), data_type(made.category), made.category, made.ignore))
        text += content
    return text, spans


def _written(identifier: str, chosen: list[Template], pen: Pen, split: Split) -> LabelledText:
    text, spans = "", list[Span]()
    glue = pen.choice(("\n", "\n", "\n\n", "\n---\n", ""))
    for number, template in enumerate(chosen):
        if number:
            # nobody runs on after what is no sentence
            text += glue or ("" if text.endswith("。") else "\n")

        @cache
        def people(person: str, number: int = number) -> Who:
            return Who(f"{identifier}/{number}/{person}", split)

        piece, found = filled(template, pen, people, len(text))
        text += piece
        spans += found
    return LabelledText(identifier, text, chosen[0].register, tuple(spans), tuple(template.id for template in chosen))


def _narrow(text: str) -> str:
    """Old terminals: no hiragana, katakana in half width."""
    return str(jaconv.z2h(jaconv.hira2kata(text), kana=True, ascii=True, digit=True))
