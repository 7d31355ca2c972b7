"""A request asked for at the terminal, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from pipelines.casebook.case import Deputy
from pipelines.casebook.draft import Draft
from pipelines.casebook.rules import routes
from pipelines.clock import TOKYO, now
from pipelines.disclosure import keys

if TYPE_CHECKING:
    from expectations.policy import Policy


_CHANNELS: Mapping[str, str] = {
    "post": "郵送",
    "counter": "窓口",
    "mail": "電子メール",
    "fax": "ファクス",
    "phone": "電話",
    "web": "ウェブ",
}


def ask(policy: Policy) -> Draft:
    """Route, kinds, requester, channel, arrival, individual and deputy."""
    route = _choose("受付の種類 route", {one.id: one.ja for one in routes().values()})
    formal = routes()[route].formal
    kinds: list[str] = []
    if formal:
        known = {row.id: row.ja for row in policy.request_kinds}
        while kind := _choose("請求の種別 kind（終わりは Enter）", known, default="" if kinds else None):
            kinds.append(kind)
    requester = _choose("請求者 requester", {row.kind: row.ja for row in policy.requesters}) if formal else ""
    document = {
        "route": route,
        "kinds": kinds,
        "requester": requester,
        "channel": _choose("経路 channel", _CHANNELS),
        "arrived": _arrived(),
        "individual": keys.ask() if routes()[route].person else None,
        "deputy": _deputy(requester) if requester not in ("", "self") else None,
    }
    return Draft.model_validate(document)


def _deputy(requester: str) -> Deputy:
    capacity = "appointed"
    if requester == "legal":
        capacity = _choose("代理人 deputy", {"parent": "親権者・未成年後見人", "guardian": "成年後見人"})
    name = click.prompt("代理人の氏名 deputy's name", err=True)
    address = click.prompt("代理人の住所 deputy's address", default="", show_default=False, err=True)
    return Deputy.model_validate({"name": name, "address": address, "capacity": capacity})


def _arrived() -> datetime:
    """When it reached the company, which may be days before anybody opened it (art 39 runs from there)."""
    kind = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"])
    default = f"{now():%Y-%m-%d %H:%M}"
    given: datetime = click.prompt("届いた日時 arrived（YYYY-MM-DD HH:MM）", type=kind, default=default, err=True)
    return given.replace(tzinfo=TOKYO)


def _choose(label: str, words: Mapping[str, str], default: str | None = None) -> str:
    for id, said in words.items():
        click.echo(f"  {id:16} {said}", err=True)
    choice = click.Choice([*words, ""] if default == "" else [*words])
    chosen: str = click.prompt(label, type=choice, default=default, show_choices=False, show_default=False, err=True)
    return chosen
