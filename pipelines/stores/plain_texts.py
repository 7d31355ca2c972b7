"""What a document says, and the kinds of document that are text already: plain text and web pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.stores import charsets
from pipelines.stores.pages import Page


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says; '' where it has no such thing."""

    body: str = field(repr=False)
    title: str = field(default="", repr=False)
    author: str = field(default="", repr=False)
    sender: str = field(default="", repr=False)
    recipients: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    left_out: int = 0
    """Attachments that cannot be read."""


def plain(raw: bytes) -> Document:
    """A text file in whatever encoding."""
    return Document(lines(charsets.decode(raw)))


def html(raw: bytes) -> Document:
    """A page in whatever encoding."""
    return visible(charsets.decode(raw))


def visible(markup: str) -> Document:
    """The visible text of a page, its title and its author."""
    page = Page()
    page.feed(markup)
    page.close()
    return Document(page.text(), "".join(page.title).strip(), page.author)


def lines(text: str) -> str:
    """The text with line feeds alone between its lines, without a byte order mark."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
