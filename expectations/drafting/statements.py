"""What a policy states beside purposes, provisions and requests: the company, safety, retention, dates …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from expectations.drafting.outline import Clause
from expectations.drafting.words import Pattern, compiled, folded, rows, sentences, topic

Document = dict[str, Any]

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_JA_DATE = re.compile(
    r"(?:(令和|平成|昭和)\s*(元|[0-9]{1,2})|((?:19|20)[0-9]{2}))\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_EN_DATE = re.compile(
    rf"(?:{_MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ((?:19|20)[0-9]{{2}})"
    rf"|([0-9]{{1,2}})(?:st|nd|rd|th)? {_MONTH},? ((?:19|20)[0-9]{{2}}))"
)
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("revised", r"改(定|訂|正)|更新|変更|見直", r"revis|amend|updat|modif"),
    ("established", r"制定|策定|作成", r"establish|enact|adopt|creat|publish"),
    ("effective", r"施行|適用|効力|発効|実施", r"effective|in force|as of|takes effect|applies from"),
)


@cache
def _topics() -> tuple[tuple[Document, Pattern, Pattern], ...]:
    return tuple((row, compiled(row["says"]), compiled(row.get("not", ()))) for row in rows("statements"))


def read_statements(root: Clause) -> list[Document]:
    """What the text states, one row a topic, each with its sentence."""
    placed = list(_placed(root, ""))
    made = []
    for row, says, but in _topics():
        own = [(clause, text) for clause, text, about in placed if row.get("heads") and about == row["heads"]]
        all_ = [] if row.get("only") else [(clause, text) for clause, text, _ in placed]
        hit = next(
            (
                (c, s)
                for c, text in (*own, *all_)
                for s in sentences(text)
                if says.search(folded(s)) and not but.search(folded(s))
            ),
            None,
        )
        if hit:
            made.append({"topic": row["topic"], "clause": hit[0].label, "quote": hit[1]})
    return made


def _placed(clause: Clause, about: str) -> Iterator[tuple[Clause, str, str]]:
    heading = bool(clause.children or clause.paragraphs) and len(clause.title) <= 120
    own = topic(clause.title) if clause.title and heading else ""
    for text in clause.texts:
        # a heading with something under it names its subject and states nothing
        if not (own and text == clause.title):
            yield clause, text, own or about
    for child in clause.children:
        yield from _placed(child, own or about)


def read_dates(root: Clause) -> list[Document]:
    """The dates the text gives itself: established, effective, revised."""
    made: list[Document] = []
    texts = [(clause, text) for clause in root.walk() for text in clause.texts]
    for place, (clause, text) in enumerate(texts):
        read = folded(text)
        for found in (*_JA_DATE.finditer(read), *_EN_DATE.finditer(read)):
            around = read[max(0, found.start() - 40) : found.end() + 40] if len(read) > 60 else read
            kind = _kind(read[found.end() : found.end() + 14], read[max(0, found.start() - 28) : found.start()], around)
            last_lines = place >= len(texts) - 4 and len(read) <= 40 and not kind
            if (kind or last_lines) and (day := _day(found)):
                made.append({"kind": kind or "effective", "day": day, "clause": clause.label, "quote": text})
    return [row for number, row in enumerate(made) if row not in made[:number]]


def _kind(after: str, before: str, around: str) -> str:
    for near in (after, before):
        for kind, ja, en in _KINDS:
            if re.search(ja, near) or re.search(en, near):
                return kind
    if len(around) > 60:
        return ""
    return next((kind for kind, ja, en in _KINDS if re.search(ja, around) or re.search(en, around)), "")


def _day(found: re.Match[str]) -> str:
    groups = found.groups()
    if found.re is _JA_DATE:
        era, of_era, year, month, day = groups
        number = _ERAS[era] + (1 if of_era == "元" else int(of_era)) if era else int(year)
        made = (number, int(month), int(day))
    elif groups[0]:
        made = (int(groups[2]), _MONTHS.index(groups[0]) + 1, int(groups[1]))
    else:
        made = (int(groups[5]), _MONTHS.index(groups[4]) + 1, int(groups[3]))
    return f"{made[0]:04d}-{made[1]:02d}-{made[2]:02d}" if made[1] <= 12 and made[2] <= 31 else ""


def read_company(root: Clause) -> tuple[str, str, str]:
    """The company's name as the text gives it first, where, and in which sentence; '' where it gives none."""
    words = rows("companies")
    counts: dict[str, int] = {}
    first: dict[str, tuple[str, str]] = {}
    for clause in root.walk():
        for text in clause.texts:
            for name in (*re.findall(words["ja"], text), *re.findall(words["en"], text)):
                cleaned = name.strip(" 　,、")
                if re.match(words["not"], cleaned, re.I):
                    continue
                counts[cleaned] = counts.get(cleaned, 0) + 1
                first.setdefault(cleaned, (clause.label, text))
    if not counts:
        return "", "", ""
    # the name that stands most often, and of those the first
    best = max(counts, key=lambda name: counts[name])
    return best, *first[best]
