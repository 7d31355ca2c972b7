"""Which of the cases of Enforcement Rules art 7 a breach is, and what has to be asked before anybody can say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from classifiers.vocabulary import data_categories
from expectations.wording import Says
from pipelines.reports.pagework.holdings import MANY, categories_of, personal_columns

if TYPE_CHECKING:
    from pipelines.incident.causes import Cause
    from pipelines.incident.persons import Persons
    from pipelines.register import RegisteredColumn, RegisteredDataset

State = Literal["applies", "open", "not", "encrypted"]
"""`encrypted`: what is strongly encrypted is no personal data of art 7 at all."""

LOGINS = ("account_id", "email", "phone", "employee_number")
_OPEN_CATEGORIES = ("free_text", "unresolved")


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that the register cannot know, and whom to ask."""

    store: str
    """'' the incident team itself."""
    what: Says


@dataclass(frozen=True, slots=True)
class Ground:
    """One of the four cases, and what of it is known."""

    number: Literal[1, 2, 3, 4]
    state: State
    because: tuple[Says, ...]
    ask: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a breach."""

    datasets: Sequence[RegisteredDataset]
    """Those with personal data."""
    unread: Sequence[str]
    """Stores of which something was not read: nobody knows what they hold besides."""
    persons: Persons
    cause: Cause | None
    encrypted: bool | None


def grounds(seen: Seen) -> tuple[Ground, ...]:
    """The four cases."""
    found = (_special_care(seen), _property(seen), _wrongful(seen), _many(seen))
    if seen.encrypted is not True:
        return found
    why = Says(
        "高度な暗号化が講じられている個人データは、規則7条の対象から除かれます（方式と、鍵が漏えいしていないことの確認が前提）。",
        "Strongly encrypted data is left out of art 7, provided that method and safety of the key are confirmed.",
    )
    return tuple(Ground(one.number, "encrypted", (why,)) for one in found)


def _special_care(seen: Seen) -> Ground:
    sure, perhaps = _where(seen.datasets, lambda id: bool(data_categories()[id].special_care))
    because = [Says(f"{one.name}: {names}", f"{one.name}: {names}") for one, names in sure]
    if not because:
        because = [
            Says(f"{one.name} の {names} に書かれている見込み", f"it probably stands in {names} of {one.name}")
            for one, names in perhaps
        ]
    asks = [_unread(store) for store in seen.unread]
    if not sure:
        asks += _texts(seen.datasets)
    none = Says("要配慮個人情報の列は見つかっていません。", "No column of special care was found.")
    return _ground(1, bool(sure), because, asks, none)


def _property(seen: Seen) -> Ground:
    because: list[Says] = []
    asks: list[Ask] = [_unread(store) for store in seen.unread]
    for dataset in seen.datasets:
        found = _by_category(dataset)
        if cards := found.get("credit_card"):
            names = "、".join(cards)
            because.append(Says(f"{dataset.name}: {names}（カード番号）", f"{dataset.name}: {names} (card numbers)"))
            ask = Says(
                f"{dataset.name} の {names} は全桁か（下4桁やトークンだけなら財産的被害のおそれは別に考える）",
                f"whether {names} of {dataset.name} is the whole number: its last digits or a token are another matter",
            )
            asks.append(Ask(dataset.store, ask))
        login = next((id for id in LOGINS if id in found), "")
        if found.get("password") and login:
            what = Says(
                f"{dataset.name} のログインIDとパスワードで、送金や決済ができるか。パスワードはハッシュ化されているか",
                f"whether login and password of {dataset.name} allow payments, and whether the passwords are hashed",
            )
            asks.append(Ask(dataset.store, what))
    none = Says(
        "カード番号、決済機能のあるサービスのログインIDとパスワードは見つかっていません。",
        "No card number, and no login with password of a payment service was found.",
    )
    return _ground(2, bool(because), because, asks, none)


def _wrongful(seen: Seen) -> Ground:
    if seen.cause is None:
        what = Says(
            "原因（不正アクセス、盗難、持出しなど、不正の目的をもって行われたおそれがあるか）",
            "the cause: whether it may be an act with a wrongful end (unauthorised access, theft, an insider)",
        )
        return Ground(3, "open", (Says("原因が分かっていません。", "The cause is not known."),), (Ask("", what),))
    because = Says(f"原因: {seen.cause.ja}", f"cause: {seen.cause.en}")
    if not seen.cause.wrongful:
        return Ground(3, "not", (because,))
    if not seen.cause.acquiring:
        return Ground(3, "applies", (because,))
    taken = Says(
        "取得しようとしていた個人情報で、個人データとして取り扱う予定のものも対象です。",
        "What was about to be acquired, to be handled as personal data, counts, too.",
    )
    asked = Says(
        "改ざんの期間に入力した本人の数（台帳には現れない）",
        "how many persons filled in the form meanwhile: the register cannot know",
    )
    return Ground(3, "applies", (because, taken), (Ask("", asked),))


def _many(seen: Seen) -> Ground:
    count = seen.persons
    ja, en = (f"{count.most:,}人", f"{count.most:,}") if count.most is not None else ("不明", "unknown")
    why = Says(
        f"本人の数: 推計 約{count.about:,}人（少なくとも {count.least:,}人、多くとも {ja}）",
        f"individuals: about {count.about:,} (at least {count.least:,}, at most {en})",
    )
    more = count.more_than(MANY)
    if more is not None and not (seen.unread and not more):
        return Ground(4, "applies" if more else "not", (why,))
    what = Says(f"漏えいした本人が {MANY:,}人を超えるか", f"whether more than {MANY:,} persons are concerned")
    stores = dict.fromkeys([*(one.store for one in seen.datasets), *seen.unread])
    return Ground(4, "open", (why,), tuple(Ask(store, what) for store in stores))


def _ground(number: Literal[1, 2], sure: bool, because: Sequence[Says], asks: Sequence[Ask], none: Says) -> Ground:
    state: State = "applies" if sure else "open" if asks else "not"
    return Ground(number, state, tuple(because) or (none,), tuple(asks))


def _by_category(dataset: RegisteredDataset) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column in personal_columns(dataset):
        found.setdefault(column.data_category, []).append(column.column)
    return found


def _where(
    datasets: Iterable[RegisteredDataset], wanted: Callable[[str], bool]
) -> tuple[list[tuple[RegisteredDataset, str]], list[tuple[RegisteredDataset, str]]]:
    """The datasets with columns of what is wanted: those that hold it, and those whose texts mention it."""
    sure, perhaps = [], []
    for dataset in datasets:
        columns = personal_columns(dataset)
        if held := [one.column for one in columns if _is(one.data_category, wanted)]:
            sure.append((dataset, "、".join(held)))
        elif told := [one.column for one in columns if _mentions(one, wanted)]:
            perhaps.append((dataset, "、".join(told)))
    return sure, perhaps


def _mentions(column: RegisteredColumn, wanted: Callable[[str], bool]) -> bool:
    return any(_is(id, wanted) for id in categories_of(column))


def _is(id: str, wanted: Callable[[str], bool]) -> bool:
    return id in data_categories() and wanted(id)


def _texts(datasets: Iterable[RegisteredDataset]) -> Iterator[Ask]:
    """Columns of which the scan cannot say that nothing of the kind stands there, one question a store."""
    open_columns: dict[str, list[str]] = {}
    for dataset in datasets:
        names = [one.column for one in personal_columns(dataset) if one.data_category in _OPEN_CATEGORIES]
        if names:
            open_columns.setdefault(dataset.store, []).append(f"{dataset.name}（{'、'.join(names)}）")
    for store, places in open_columns.items():
        where = "、".join(places)
        yield Ask(store, Says(f"{where} に要配慮個人情報が書かれていないか", f"whether special care stands in {where}"))


def _unread(store: str) -> Ask:
    return Ask(store, Says("走査で読めなかったものに何があるか", "what stands in what the scan could not read"))
