"""A published policy's lines, by the stores' readers of documents; a page's lists and headings keep their numbers."""

from __future__ import annotations

import re
from pathlib import Path

from expectations.drafting.markers import letters_of, marker, width
from expectations.drafting.outline import Line
from expectations.policy import PolicyError
from pipelines.stores import StoreError, aside, charsets
from pipelines.stores.pages import Page

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
LARGEST = 20 * 2**20
"""Bytes of a policy's document at most."""


def lines_of(file: Path) -> list[Line]:
    """The lines of a document; raises PolicyError where it is none that can be read."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise PolicyError(f"{file.name}: 読める形式は {' '.join(SUFFIXES)} です · is none of these kinds of document")
    try:
        raw = file.read_bytes()
    except OSError:
        raise PolicyError(f"{file}: ファイルがないか、読めません · no such file, or it cannot be read") from None
    if len(raw) > LARGEST:
        raise PolicyError(f"{file.name}: 大きすぎます · is too large for a policy")
    try:
        page = suffix in (".html", ".htm")
        found = _of_page(charsets.decode(raw)) if page else _of_text(aside.document(suffix, raw).body)
    except StoreError as error:
        raise PolicyError(f"{file.name}: {error.hint or error.reason} · cannot be read ({error.reason})") from None
    if not found:
        raise PolicyError(f"{file.name}: 本文がありません · holds no text")
    return found


def _of_text(body: str) -> list[Line]:
    made, spaced = [], False
    for text in body.splitlines():
        if not text.strip():
            spaced = True
            continue
        indent = len(text) - len(text.lstrip(" \t\u3000"))
        level = len(text) - len(text.lstrip("#"))
        made.append(Line(text.lstrip("# ") if level else text, indent, min(level, 6), spaced))
        spaced = False
    return made


def _of_page(markup: str) -> list[Line]:
    page = _Policy()
    page.feed(markup)
    page.close()
    return page.lines()


class _Policy(Page):
    """A page's visible text with what a browser adds: the numbers of lists; and with what it shows: headings, cells."""

    _ASIDE = frozenset({"nav", "button", "select", "svg", "iframe"})
    _MARK = "\x00"

    def __init__(self) -> None:
        super().__init__()
        self._lists: list[tuple[str, str, int]] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag in self._ASIDE:
            self._within.append(tag)
        if tag in ("ol", "ul"):
            self._lists.append(
                (tag, self._style(about), int(about["start"]) if about.get("start", "").isdecimal() else 1)
            )
        super().handle_starttag(tag, attrs)
        if self._within:
            return
        if re.fullmatch("h[1-6]", tag):
            self._mark(f"h{tag[1]}")
        elif tag in ("dt", "summary", "caption"):
            self.body.append("\n")
            self._mark("h7")
        elif tag == "tr":
            self._cells = 0
        elif tag in ("th", "td", "dd"):
            self.body.append("\n")
            self._cells += tag != "dd"
            if self._cells == 1 and tag != "dd":
                # a row's first cell says what the others are about
                self._mark("h7")
        elif tag == "li" and self._lists:
            kind, style, count = self._lists[-1]
            count = int(about["value"]) if about.get("value", "").isdecimal() else count
            self._lists[-1] = (kind, style, count + 1)
            self._mark(f"li{len(self._lists)}:{letters_of(style, count) if kind == 'ol' and style else '・'}")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        super().handle_endtag(tag)
        if re.fullmatch("h[1-6]|p|div|li|th|td|dt|dd|section|article", tag):
            self.body.append("\n")

    def handle_data(self, data: str) -> None:
        # a line end in the page's source is a space to its reader, and between Japanese letters nothing
        data = re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])", "", data)
        super().handle_data(re.sub(r"[ \t\r\n]+", " ", data))

    def _mark(self, mark: str) -> None:
        self.body.append(f"{self._MARK}{mark}{self._MARK}")

    @staticmethod
    def _style(about: dict[str, str]) -> str:
        css = about.get("style", "") + about.get("class", "")
        if re.search(r"list-style[^;]*none", css):
            return ""
        named = {"katakana-iroha": "イ", "katakana": "ア", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
                 "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
        return next((style for name, style in named.items() if name in css), about.get("type", "") or "1")

    def lines(self) -> list[Line]:
        """The page's lines: a list's item by its depth and number, unless it is numbered in its own words."""
        made = []
        for text in "".join(self.body).split("\n"):
            marks = re.findall(f"{self._MARK}(.*?){self._MARK}", text)
            words = re.sub(f"{self._MARK}.*?{self._MARK}", "", text).strip()
            if not words:
                continue
            heading = next((int(mark[1]) for mark in marks if mark.startswith("h")), 0)
            heading = 0 if heading == 7 and (width(words) > 60 or words.endswith("。")) else heading
            item = next((mark for mark in reversed(marks) if mark.startswith("li")), "")
            depth, _, number = item[2:].partition(":")
            own = marker(words)
            if number and not (own and own.counts) and not (number == "・" and own):
                words = f"{number} {words}"
            made.append(Line(words, int(depth) if depth else 0, heading, spaced=True))
        return made
