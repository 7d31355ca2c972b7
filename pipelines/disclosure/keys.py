"""The keys of a look-up, from a prompt or standard input. Never from a command line, which history and `ps` show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TextIO

import click

from classifiers.people import dates
from classifiers.people.letters import prepare
from pipelines.disclosure.person import LABELS, Person, PersonError

_OTHER_LABELS: Mapping[str, tuple[str, ...]] = {
    "names": ("名前", "本人氏名", "names", "full name"),
    "kana": ("カナ", "かな", "ふりがな", "氏名カナ", "カナ氏名", "name kana"),
    "romaji": ("ローマ字", "英字氏名", "英字", "romaji", "name romaji"),
    "former_names": ("旧姓", "旧氏名", "旧氏", "former names", "maiden name"),
    "mails": ("メール", "mail", "email", "e-mail", "mails", "emails"),
    "phones": ("電話", "電話番号", "携帯", "携帯電話", "tel", "phones", "phone number"),
    "birth_date": ("誕生日", "birthday", "birthdate", "date of birth", "dob"),
    "addresses": ("現住所", "旧住所", "addresses"),
    "member_ids": ("会員番号", "お客様番号", "顧客番号", "社員番号", "登録番号", "member id", "member ids", "login"),
}
_KINDS = {
    prepare(label).replace("_", " "): kind
    for kind, labels in LABELS.items()
    for label in (kind, *labels, *_OTHER_LABELS[kind])
}
_EXAMPLE = "名前: 姓 名"


def ask() -> Person:
    """Ask for each kind of key at the terminal until there is a person to look for; empty answers are left out."""
    click.echo("本人を探す手がかりを入力してください。不明な項目は空のまま Enter、複数あれば続けて入力。", err=True)
    while True:
        given = {kind: [*_asked(kind)] for kind in LABELS}
        try:
            return _person(given)
        except PersonError as error:
            click.echo(f"{error}\nもう一度入力してください。", err=True)


def read(stream: TextIO) -> Person:
    """The keys from a stream: one JSON object, or lines such as `名前: …`, a line a key; PersonError for anything else.

    JSON holds a string or a list of strings under the same labels, in Japanese or English.
    """
    try:
        text = stream.read().lstrip("\ufeff")
    except UnicodeDecodeError:
        raise PersonError(
            "標準入力が UTF-8 ではありません。UTF-8 にしてください (standard input is not UTF-8)"
        ) from None
    if not text.strip():
        raise PersonError(
            f"標準入力が空です。`{_EXAMPLE}` のような行か JSON を渡してください (standard input is empty)"
        )
    pairs = _of_json(text) if text.lstrip().startswith(("{", "[")) else _of_lines(text)
    given: dict[str, list[str]] = {}
    unknown: list[str] = []
    for where, label, value in pairs:
        kind = _KINDS.get(prepare(label).strip().replace("_", " "))
        if kind is None:
            unknown.append(where)
        elif value.strip():
            given.setdefault(kind, []).append(value.strip())
    if unknown:
        known = "、".join(f"{ja}/{kind}" for kind, (ja, _) in LABELS.items())
        raise PersonError(f"{'、'.join(unknown)}: 項目名が分かりません。使える項目名は {known} (no such label)")
    return _person(given)


def _person(given: Mapping[str, list[str]]) -> Person:
    birth = given.get("birth_date", [])
    found = {day for text in birth for day in _day(text)}
    many = {kind: tuple(values) for kind, values in given.items() if kind != "birth_date"}
    return Person(birth_date=found.pop() if found else None, **many)


def _day(text: str) -> Iterator[date]:
    found = dates(text)
    if len(found) != 1:
        ja, en = ("複数の日付に読めます", "means more than one day") if found else ("日付ではありません", "is no date")
        raise PersonError(f"生年月日 (birth date): {ja}。YYYY-MM-DD か 昭和〇年〇月〇日 と書いてください ({en})")
    yield from found


def _asked(kind: str) -> Iterator[str]:
    label = "{} {}".format(*LABELS[kind])
    while answer := click.prompt(label, default="", show_default=False, err=True).strip():
        yield answer
        if kind == "birth_date":
            return
        label = f"{LABELS[kind][0]} (ほかにも)"


def _of_lines(text: str) -> Iterable[tuple[str, str, str]]:
    for line_number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        label, colon, value = line.replace("：", ":", 1).partition(":")
        if not colon:
            raise PersonError(
                f"{_line(line_number)}: 項目名と値の間に「:」がありません。`{_EXAMPLE}` のように書いてください "
                "(no `:` between label and key)"
            )
        yield _line(line_number), label, value


def _of_json(text: str) -> Iterable[tuple[str, str, str]]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{error.lineno}行{error.colno}文字目 (line {error.lineno}, column {error.colno})"
        raise PersonError(f"{where}: JSON として読めません (not JSON)") from None
    if not isinstance(document, dict):
        raise PersonError('JSON は {"名前": "…"} の形の一つのオブジェクトにしてください (JSON must be one object)')
    for place, (label, value) in enumerate(document.items(), start=1):
        values = value if isinstance(value, list) else [value]
        for one in values:
            if one is not None and not isinstance(one, str):
                raise PersonError(
                    f"{_member(place)}: 値は引用符で囲んだ文字列か、そのリストにしてください "
                    "(must be text in quotes, or a list of such texts)"
                )
            yield _member(place), label, one or ""


def _line(number: int) -> str:
    return f"{number}行目 (line {number})"


def _member(number: int) -> str:
    return f"{number}番目の項目 (key {number})"
