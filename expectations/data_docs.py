"""Great Expectations' Data Docs made to be read offline: nothing in them reaches the network; a quiet style of ours."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

_PARTS = ("expectations", "validations", "static")
_DROPPED = {"script", "link", "img", "style", "iframe", "object", "embed", "form", "input", "button", "meta", "footer"}
_VOID = {"link", "img", "input", "meta", "br", "hr", "embed", "col", "wbr"}
_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def clear(docs: Path) -> None:
    """Remove the pages of an earlier check: they would stay beside the new ones, linked from nowhere."""
    for part in _PARTS:
        shutil.rmtree(docs / part, ignore_errors=True)
    (docs / "index.html").unlink(missing_ok=True)


def make_offline(docs: Path, suites: Mapping[str, tuple[int, int]]) -> None:
    """Rewrite the pages under `docs` without scripts, remote styles, logos and outward links, and give them an index.

    `suites`: a suite's name → how many expectations failed, of how many. (Great Expectations' own index is empty
    without its scripts.)
    """
    shutil.rmtree(docs / "static", ignore_errors=True)
    style = files("expectations").joinpath("data_docs.css").read_text(encoding="utf-8")
    (docs / "index.html").write_text(_index(docs, suites, style), encoding="utf-8")
    for page in [*docs.glob("expectations/**/*.html"), *docs.glob("validations/**/*.html")]:
        rewriting = _Offline(style)
        rewriting.feed(page.read_text(encoding="utf-8"))
        rewriting.close()
        page.write_text("".join(rewriting.kept), encoding="utf-8")


def _index(docs: Path, suites: Mapping[str, tuple[int, int]], style: str) -> str:
    rows = "".join(_index_row(docs, name, failed, of) for name, (failed, of) in sorted(suites.items()))
    head = "<tr><th>検査 suite</th><th>結果 result</th><th>期待 expectations</th></tr>"
    return (
        f'<!DOCTYPE html><html lang="ja"><head>{_HEAD}<title>Data Docs</title><style>{style}</style></head><body>'
        "<h1>Data Docs</h1><p>判定の検査結果。件数だけが載り、値は載りません。 · "
        "Results of the checks: counts only, no values.</p>"
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></body></html>\n"
    )


def _index_row(docs: Path, name: str, failed: int, of: int) -> str:
    page = next(docs.glob(f"validations/{name}/**/*.html")).relative_to(docs).as_posix()
    met = f'<i class="fas fa-{"times" if failed else "check"}"></i> {of - failed} / {of}'
    return (
        f'<tr><td><a href="{escape(page)}">{escape(name)}</a></td><td>{met}</td>'
        f'<td><a href="expectations/{escape(name)}.html">{of}</a></td></tr>'
    )


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
            self.kept.append(f"{_HEAD}<style>{self._style}</style>")

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
    classes = attrs.get("class") or ""
    # pieces that only a script brings to life: dialogs, filters, folded details
    return (
        tag in _DROPPED or "modal" in classes or classes.startswith(("sticky", "collapse")) or "aria-controls" in attrs
    )


def _harmless(name: str, value: str | None) -> bool:
    return not name.startswith(("on", "data-")) and "//" not in (value or "")


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
