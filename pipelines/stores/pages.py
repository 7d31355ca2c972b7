"""The visible text of an HTML page: a block a line, a tab between cells, no script and no style."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """Collects what a reader of the page sees."""

    _HIDDEN = frozenset({"script", "style", "template", "noscript"})
    _INLINE = frozenset({"a", "b", "i", "u", "em", "strong", "span", "font", "small", "ruby", "rt", "rb", "sub", "sup"})

    def __init__(self) -> None:
        super().__init__()
        self.body: list[str] = []
        self.title: list[str] = []
        self.author = ""
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._HIDDEN or tag == "title":
            self._within.append(tag)
        elif tag in ("td", "th"):
            self.body.append("\t")
        elif tag not in self._INLINE:
            self.body.append("\n")
        about = {name: value or "" for name, value in attrs}
        if tag == "meta" and about.get("name", "").lower() == "author":
            self.author = about.get("content", "")
        self.body += [about[name] + " " for name in ("value", "alt") if tag in ("input", "img") and about.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            self._within.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.body.append(data)
        elif self._within[-1] == "title":
            self.title.append(data)

    def text(self) -> str:
        """The text that was collected, without blank lines."""
        return re.sub(r"[ \t]*\n\s*", "\n", "".join(self.body)).strip()
