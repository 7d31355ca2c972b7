"""Invented addresses in real municipalities, in the spellings that Japanese files have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from zlib import crc32

from benchmarks.corpus.labels import Split
from benchmarks.corpus.word_lists import document

_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Place:
    """One address. `block` is written Arabic with hyphens (2-4-11); `building` is '' for a house."""

    postal_code: str
    """Seven digits."""
    prefecture: str
    municipality: str
    town: str
    block: str
    building: str

    def street(self, form: int) -> str:
        """Town and block in one of four spellings: 2-4-11, ２－４－１１, 2丁目4番11号, 二丁目4-11."""
        parts = self.block.split("-")
        if form == 1:
            return self.town + self.block.translate(_WIDE)
        if form >= 2 and len(parts) == 3:
            if form == 2:
                return f"{self.town}{parts[0]}丁目{parts[1]}番{parts[2]}号"
            return f"{self.town}{parts[0].translate(_KANJI)}丁目{parts[1]}-{parts[2]}"
        return self.town + (self.block if form < 2 else f"{parts[0]}番地{'の'.join(parts[1:])}")


_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def draw(random: Random, split: Split) -> Place:
    """One address: half of the municipalities are each split's own."""
    postal_code, prefecture, municipality, town = random.choice(_places(split))
    numbers = [random.randint(1, 9), random.randint(1, 28), random.randint(1, 30)]
    if random.random() < 0.2:
        numbers = [random.randint(1, 2400), random.randint(1, 12)]
    building = ""
    if random.random() < 0.4:
        building = random.choice(document("places")["buildings"])
        building += f"{random.randint(1, 14)}{random.randint(1, 12):02d}" + random.choice(("", "号室", "号"))
    return Place(postal_code, prefecture, municipality, town, "-".join(map(str, numbers)), building)


def municipalities(split: Split) -> tuple[tuple[str, str], ...]:
    """Every prefecture and municipality of the split."""
    return tuple((prefecture, municipality) for _, prefecture, municipality, _ in _places(split))


@cache
def _places(split: Split) -> tuple[tuple[str, str, str, str], ...]:
    rows = [row.split(" ") for row in document("places")["places"]]
    mine = [row for row in rows if crc32(row[2].encode()) % 2 == (split == "test")]
    return tuple((row[0], row[1], row[2], row[3]) for row in mine)
