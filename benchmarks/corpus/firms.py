"""Invented firms and offices, as registered and as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.corpus.labels import Split
from benchmarks.corpus.word_lists import words

_LEGAL = ("株式会社", "株式会社", "株式会社", "株式会社", "有限会社", "合同会社")
_KANA = {"株式会社": "カブシキガイシャ", "有限会社": "ユウゲンガイシャ", "合同会社": "ゴウドウガイシャ"}
_SHORT = {"株式会社": ("㈱", "(株)", "（株）"), "有限会社": ("㈲", "(有)", "（有）"), "合同会社": ("(同)",)}
BANK_SHORT = {"株式会社": "カ", "有限会社": "ユ", "合同会社": "ド"}
"""How banks shorten the legal form of an account holder: カ) before the name, (カ after it."""


@dataclass(frozen=True, slots=True)
class Firm:
    """A company. `front`: its legal form stands before its name."""

    stem: str
    stem_kana: str
    domain: str
    legal: str
    front: bool

    @property
    def registered(self) -> str:
        """株式会社青葉商事."""
        return self._joined(self.legal)

    @property
    def spaced(self) -> str:
        """株式会社 青葉商事."""
        return self._joined(self.legal, " ")

    def short(self, random: Random) -> str:
        """㈱青葉商事, 青葉商事(株)."""
        return self._joined(random.choice(_SHORT[self.legal]))

    @property
    def kana(self) -> str:
        """カブシキガイシャアオバショウジ."""
        legal = _KANA[self.legal]
        return legal + self.stem_kana if self.front else self.stem_kana + legal

    def _joined(self, legal: str, gap: str = "") -> str:
        return legal + gap + self.stem if self.front else self.stem + gap + legal


def draw(random: Random, split: Split) -> Firm:
    """One company of the split's list."""
    stem, kana, domain = random.choice(words(split, "firms")).split(" ")
    return Firm(stem, kana, f"{domain}.example", random.choice(_LEGAL), random.random() < 0.55)
