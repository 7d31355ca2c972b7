"""A request asked for at the terminal, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from pipelines.casebook.case import Channel, Deputy
from pipelines.casebook.draft import Draft
from pipelines.casebook.rules import routes
from pipelines.disclosure import keys

if TYPE_CHECKING:
    from expectations.policy import Policy


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
        "channel": _choose("経路 channel", {one: one for one in get_args(Channel)}),
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


def _choose(label: str, words: dict[str, str], default: str | None = None) -> str:
    for id, said in words.items():
        click.echo(f"  {id:16} {said}", err=True)
    choice = click.Choice([*words, ""] if default == "" else [*words])
    chosen: str = click.prompt(label, type=choice, default=default, show_choices=False, show_default=False, err=True)
    return chosen
