"""Records of provision from CSV: every good row is kept, every bad one is told by its line.

The same file again adds nothing twice, so that bad rows are mended in the file and it is given again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from classifiers.people import dates
from pipelines.casebook.hands import Hand
from pipelines.casebook.opening import Transaction
from pipelines.casebook.provisions import shelf
from pipelines.casebook.provisions.record import Party, Provision
from pipelines.casebook.sealing import CasebookError
from pipelines.disclosure import keys
from pipelines.disclosure.person import LABELS, Person, PersonError

COLUMNS: Mapping[str, str] = {
    "区分": "side", "根拠": "ground", "年月日": "on", "最終日": "until", "第三者": "party", "第三者の住所": "address",
    "第三者の代表者": "representative", "項目": "items", "同意": "consent", "取得の経緯": "obtained",
    "公表": "published", "作成方法": "kept_as", "作成日": "made_on",
}  # fmt: skip
"""Japanese head → field. Beside them stand the individual's, as a look-up names them (氏名, フリガナ, 生年月日 …)."""
_SIDES = {"提供": "given", "受領": "received"}
_GROUNDS = {"オプトアウト": "opt_out", "同意": "consent", "個人関連情報": "related", "私人": "private_person"}
_KEPT = {"": "record", "都度": "record", "一括": "batch", "契約書": "contract"}
_UNSPECIFIED = "不特定多数"
_APART = str.maketrans({"、": "・", ";": "・", "；": "・", "\n": "・"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    added: tuple[str, ...]
    known: int
    """Rows that are kept already."""
    refused: tuple[tuple[int, str], ...]
    """Line, and what to mend."""


def take(transaction: Transaction, content: bytes, by: Hand, today: date) -> Taken:
    """Keep the records of a CSV file; raises CasebookError where it is none."""
    added, known, refused = list[str](), 0, list[tuple[int, str]]()
    kept = shelf.known(transaction)
    for line, cells in _rows(content):
        try:
            number = shelf.add(transaction, _record(cells, today), by, today, kept)
        except (CasebookError, PersonError) as error:
            refused.append((line, str(error)))
        else:
            added += [number] if number else []
            known += not number
    return Taken(tuple(added), known, tuple(refused))


def _rows(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp932", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        heads = [head.strip() for head in reader.fieldnames or ()]
        if missing := [head for head in ("区分", "根拠") if head not in heads]:
            raise CasebookError(f"列がありません: {'、'.join(missing)} (these columns are missing)")
        known = {*COLUMNS, *(label for pair in LABELS.values() for label in pair)}
        if unknown := [place for place, head in enumerate(heads, start=1) if head not in known]:
            places = "、".join(map(str, unknown))
            raise CasebookError(
                f"{places} 列目の見出しが分かりません。{'、'.join(COLUMNS)} と本人の項目が使えます (unknown heads)"
            )
        for row in reader:
            cells = dict(zip(heads, ((row[raw] or "").strip() for raw in reader.fieldnames or ()), strict=True))
            yield reader.line_num, {} if None in row else cells
    except csv.Error:
        raise CasebookError(f"{reader.line_num} 行目: CSV として読めません (not CSV)") from None


def _record(cells: Mapping[str, str], today: date) -> Provision:
    if not cells:
        raise CasebookError("列が見出しより多くあります (has more cells than heads)")
    person = {label: value for label, value in cells.items() if label not in COLUMNS and value}
    party = cells.get("第三者", "")
    document = {
        "side": _word(cells, "区分", _SIDES),
        "ground": _word(cells, "根拠", _GROUNDS),
        "on": _day(cells, "年月日"),
        "until": _day(cells, "最終日"),
        "party": Party(
            name="" if party == _UNSPECIFIED else party,
            address=cells.get("第三者の住所", ""),
            representative=cells.get("第三者の代表者", ""),
            unspecified=party == _UNSPECIFIED,
        ),
        "individual": _person(person) if person else None,
        "items": tuple(filter(None, (one.strip() for one in cells.get("項目", "").translate(_APART).split("・")))),
        "consent": cells.get("同意", ""),
        "obtained": cells.get("取得の経緯", ""),
        "published": cells.get("公表", ""),
        "kept_as": _word(cells, "作成方法", _KEPT),
        "made_on": _day(cells, "作成日") or today,
    }
    try:
        return Provision.model_validate(document)
    except ValidationError as error:
        places = "、".join(dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_input=False)))
        raise CasebookError(f"{places}: 値が違います (a wrong value)") from None


def _person(cells: Mapping[str, str]) -> Person:
    return keys.read(io.StringIO(json.dumps(cells, ensure_ascii=False)))


def _word(cells: Mapping[str, str], head: str, words: Mapping[str, str]) -> str:
    given = cells.get(head, "")
    if given in words.values():
        return given
    if given not in words:
        raise CasebookError(f"{head}: {'、'.join(filter(None, words))} のどれかです (one of these)")
    return words[given]


def _day(cells: Mapping[str, str], head: str) -> date | None:
    if not (text := cells.get(head, "")):
        return None
    found = dates(text)
    if len(found) != 1:
        raise CasebookError(f"{head}: 日付ではありません。例 2026-11-20 (is no date)")
    (day,) = found
    return day
