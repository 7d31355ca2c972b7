"""The individual (本人) who is looked for: the keys that were given of him or her, in memory only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from classifiers.people import mail, number, phone
from classifiers.people.letters import has_lost, prepare, tokens

LABELS: Mapping[str, tuple[str, str]] = {
    "names": ("氏名", "name"),
    "kana": ("フリガナ", "kana"),
    "romaji": ("ローマ字氏名", "name in romaji"),
    "former_names": ("旧姓・旧氏名", "former name"),
    "mails": ("メールアドレス", "mail address"),
    "phones": ("電話番号", "phone"),
    "birth_date": ("生年月日", "birth date"),
    "addresses": ("住所", "address"),
    "member_ids": ("会員番号等", "member number"),
}
"""A person's fields in the order in which they are asked for, in Japanese and English."""
_ENOUGH = ("names", "kana", "romaji", "former_names", "mails", "phones", "member_ids")
_LONGEST = 200
_LEAST_NUMBER = 3
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class PersonError(ValueError):
    """The keys cannot be searched by; the message names the wrong one and what to do, never its value."""


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """What is known of the individual. Several of a kind are spellings or numbers used at different times."""

    names: tuple[str, ...] = ()
    """Full names as written (kanji, or any script); a space parts surname and given name."""
    kana: tuple[str, ...] = ()
    romaji: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    """Former full names, or a former surname alone where `names` has its parts separated."""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    birth_date: date | None = None
    addresses: tuple[str, ...] = ()
    """Present and former ones. They support a match; nobody is looked for by an address alone."""
    member_ids: tuple[str, ...] = field(default=())
    """Numbers a company issued: member, staff, login, registration."""

    def __post_init__(self) -> None:
        if wrong := [*self._wrong()]:
            raise PersonError("; ".join(wrong))

    def __repr__(self) -> str:
        return f"Person({', '.join(f'{kind}: {count}' for kind, count in self.kinds().items())})"

    def kinds(self) -> dict[str, int]:
        """How many keys of which kind were given: all that may be written down of them."""
        counts = {one.name: _count(getattr(self, one.name)) for one in fields(self)}
        return {kind: count for kind, count in counts.items() if count}

    def values(self) -> tuple[str, ...]:
        """Every key as it was given, but for the birth date."""
        return tuple(value for kind in LABELS if kind != "birth_date" for value in getattr(self, kind))

    def _wrong(self) -> list[str]:
        wrong = [
            f"{_label(kind)}: {_LONGEST} 文字以内の1行にしてください (needs one line of at most {_LONGEST})"
            for kind in LABELS
            if kind != "birth_date"
            if any(len(value) > _LONGEST or _CONTROL.search(value.strip()) for value in getattr(self, kind))
        ]
        for kind in ("names", "kana", "romaji", "former_names"):
            for name in getattr(self, kind):
                if has_lost(prepare(name)):
                    wrong.append(
                        f"{_label(kind)}: 〓、? や外字があります。通用する字で書いてください (holds a lost letter)"
                    )
                elif len("".join(tokens(name))) < (1 if kind == "former_names" else 2):
                    wrong.append(f"{_label(kind)}: 姓と名の両方を入力してください (give surname and given name)")
        wrong += [
            f"{_label('mails')}: メールアドレスの形ではありません (not a mail address)"
            for value in self.mails
            if not mail(value)
        ]
        wrong += [
            f"{_label('phones')}: 市外局番から 9〜15 桁で入力してください (needs 9 to 15 digits with area code)"
            for value in self.phones
            if not phone(value)
        ]
        wrong += [
            f"{_label('member_ids')}: 英数字 {_LEAST_NUMBER} 文字以上で入力してください "
            f"(needs {_LEAST_NUMBER} letters or digits at least)"
            for value in self.member_ids
            if len(number(value)) < _LEAST_NUMBER
        ]
        if not wrong and not any(getattr(self, kind) for kind in _ENOUGH):
            wrong.append(
                "氏名、メールアドレス、電話番号、会員番号等のいずれかが必要です。生年月日や住所だけでは絞れません "
                "(give a name, a mail address, a phone or a member number: a birth date or an address is many people's)"
            )
        return wrong


def _label(kind: str) -> str:
    return "{} ({})".format(*LABELS[kind])


def _count(value: object) -> int:
    return len(value) if isinstance(value, tuple) else int(value is not None)
