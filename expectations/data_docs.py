"""Great Expectations' Data Docs made to be read offline: nothing in them reaches the network; a quiet style of ours."""

from __future__ import annotations

import shutil
from html import escape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

_PARTS = ("expectations", "validations", "static")
_DROPPED = {"script", "link", "img", "style", "iframe", "object", "embed", "form", "input", "button", "meta"}
_VOID = {"link", "img", "input", "meta", "br", "hr", "embed", "col", "wbr"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def clear(docs: Path) -> None:
    """Remove the pages of an earlier check: they would stay beside the new ones, linked from nowhere."""
    for part in _PARTS:
        shutil.rmtree(docs / part, ignore_errors=True)
    (docs / "index.html").unlink(missing_ok=True)


def make_offline(docs: Path) -> None:
    """Rewrite every page under `docs` without scripts, remote styles, logos and outward links."""
    shutil.rmtree(docs / "static", ignore_errors=True)
    style = files("expectations").joinpath("data_docs.css").read_text(encoding="utf-8")
    for page in docs.rglob("*.html"):
        rewriting = _Offline(style)
        rewriting.feed(page.read_text(encoding="utf-8"))
        rewriting.close()
        page.write_text("".join(rewriting.kept), encoding="utf-8")


class _Offline(HTMLParser):
    """Copies a page, without what would run, load or lead outside."""

    def __init__(self, style: str) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._style = style
        self._inside: list[str] = []
        """The elements that are open inside one that is dropped, itself first."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside:
            if tag not in _VOID:
                self._inside.append(tag)
            return
        if _dropped(tag, dict(attrs)):
            if tag not in _VOID:
                self._inside.append(tag)
            return
        self.kept.append(f"<{tag}{''.join(_attribute(*one) for one in attrs if _harmless(*one))}>")
        if tag == "head":
            self.kept.append(f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">')
            self.kept.append('<meta name="viewport" content="width=device-width, initial-scale=1">')
            self.kept.append(f"<style>{self._style}</style>")

    def handle_endtag(self, tag: str) -> None:
        if not self._inside:
            self.kept.append(f"</{tag}>")
        elif tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self._inside:
            self.kept.append(text)


def _dropped(tag: str, attrs: dict[str, str | None]) -> bool:
    return tag in _DROPPED or "modal" in (attrs.get("class") or "")


def _harmless(name: str, value: str | None) -> bool:
    return not name.startswith(("on", "data-")) and "//" not in (value or "")


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
