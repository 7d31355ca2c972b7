"""Answers as bytes: templates in the visitor's language, files to save, and the desk's own assets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote, urlencode

import yaml
from starlette.responses import Response

from expectations.verdicts import LABELS
from expectations.wording import article
from pipelines.clock import TOKYO
from pipelines.desk.access import menu, table
from pipelines.desk.kept import Kept
from pipelines.desk.visit import Asset, Language, Sent, Shown, Visit
from pipelines.reports.pagework.escaping import environment
from pipelines.reports.words import FINDINGS, Pair, short, subject_category, verdicts, vocabulary, worded, words

if TYPE_CHECKING:
    from jinja2 import Environment

    from expectations.published import Label

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def assets() -> Mapping[str, Asset]:
    """The desk's files by their names, read once: whatever a path says, nothing else is sent."""
    found = {}
    own = files(__package__).joinpath("static")
    # the report's own style sheet: what looks alike is one file
    report = files("pipelines.reports").joinpath("templates", "page.css")
    for file in (*own.iterdir(), *own.joinpath("vendor").iterdir(), report):
        suffix = f".{file.name.rpartition('.')[2]}"
        if file.is_file() and suffix in _KINDS:
            found[file.name] = Asset(file.read_bytes(), _KINDS[suffix])
    return MappingProxyType(found)


@cache
def digest(name: str) -> str:
    """What the path of an asset changes by when its content does."""
    return hashlib.sha256(assets()[name].content).hexdigest()[:16]


@cache
def _own() -> Mapping[str, Mapping[str, Pair]]:
    lists: Mapping[str, Mapping[str, Pair]] = yaml.safe_load(
        files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    )
    return lists


def list_of(name: str) -> Mapping[str, Pair]:
    """A list of words: the desk's own, of the vocabulary, or the reports'."""
    if name in _own():
        return _own()[name]
    return vocabulary(name) if name in ("data_category", "subject", "use") else words(name)


@dataclass(frozen=True, slots=True)
class Words:
    """What pages say things with, in one language."""

    language: Language

    def t(self, ja: str, en: str) -> str:
        """One of the two."""
        return ja if self.language == "ja" else en

    def p(self, pair: Pair | Label | tuple[str, str]) -> str:
        """The words of a pair."""
        if isinstance(pair, tuple):
            return pair[0] if self.language == "ja" else pair[1]
        found: str = pair[self.language] if isinstance(pair, Mapping) else getattr(pair, self.language)
        return found

    def w(self, list_name: str, id: str) -> str:
        """An id in words: of a list of the desk or the reports, of the vocabulary, or of the verdicts."""
        if list_name == "verdict":
            return self.p(LABELS.get(id, (id, id)))
        return self.p(worded(list_of(list_name), id))


class Renderer:
    """Makes an answer of what a page says."""

    def __init__(self) -> None:
        languages: tuple[Language, ...] = get_args(Language)
        self._environments = {language: _environment(Words(language)) for language in languages}
        self._kept = {language: Kept() for language in languages}

    def response(self, visit: Visit, answered: Shown | Sent | Asset) -> Response:
        """The answer to a visit."""
        if isinstance(answered, Asset):
            headers = {"cache-control": "public, max-age=31536000, immutable"}
            return Response(answered.content, media_type=answered.kind, headers=headers)
        if isinstance(answered, Sent):
            named = f"attachment; filename*=UTF-8''{quote(answered.name, safe='')}"
            return Response(answered.content, media_type=answered.kind, headers={"content-disposition": named})
        return Response(self._html(visit, answered), answered.status, media_type="text/html")

    def _html(self, visit: Visit, shown: Shown) -> str:
        session = visit.session
        pages = self._environments[visit.language]
        # asked once a page, and only of pages that need it
        policy = cache(lambda: visit.desk.declared()[1])
        kept = cache(lambda: self._kept[visit.language].on(visit.holdings, policy()))
        told: dict[str, Any] = {
            "visit": visit,
            "visitor": session.visitor if session else None,
            "company": visit.desk.company,
            "menu": menu(session.visitor.role) if session else (),
            "lets": lambda page: session is not None and table()[page].lets(session.visitor.role),
            "csrf": session.csrf if session else visit.door,
            "notice": session.taken() if session and shown.status == 200 else "",
            "subject_words": lambda id: Words(visit.language).p(short(subject_category(policy(), id))),
        }
        if visit.page and not table()[visit.page].personal:
            told["kept"] = lambda macro, *given: kept()(macro, *given)
        return pages.get_template(shown.template).render(told | dict(shown.told))


def _environment(says: Words) -> Environment:
    """Templates and what all of them say things with, in one language."""
    pages = environment(__package__)
    pages.globals.update(
        FINDINGS=FINDINGS,
        asset=lambda name: f"/static/{digest(name)}/{name}",
        mark=lambda id: worded(words("mark"), id)["ja"],
        verdict_ids=verdicts,
        list_of=list_of,
        as_is=str,
        article=article,
        page_path=_page_path,
        with_query=_with_query,
        language=says.language,
        t=says.t,
        p=says.p,
        w=says.w,
        w_item=lambda id: says.w("data_category", id),
    )
    pages.filters.update(tokyo=_tokyo, zip=zip, day=_day, number=lambda count: f"{count:,}")
    return pages


def _page_path(page: str, **place: object) -> str:
    """The path of a page, what stands in its braces filled in."""
    path = table()[page].path
    for name, value in place.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
    return path


def _with_query(asked: Mapping[str, object], **changed: object) -> str:
    """What was asked as a query, some fields changed; '' takes one out."""
    fields = dict(asked) | changed
    return "?" + urlencode({name: value for name, value in fields.items() if value not in ("", None)})


def _tokyo(moment: datetime) -> str:
    return moment.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")


def _day(moment: datetime) -> str:
    return moment.astimezone(TOKYO).strftime("%Y-%m-%d")
