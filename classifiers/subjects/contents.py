"""What the values themselves say of whose they are: mail domains, the companies they name, phrases in free text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from classifiers.lexicon import Phrases
from classifiers.partitions.contacts import is_workplace
from classifiers.partitions.row_filters import is_at
from classifiers.tags import Column, ColumnTag, Evidence
from classifiers.vocabulary import subjects

_MOST = 0.8
_TEXTS = 200
_MANY_FIRMS = 8
"""Other firms from which a table's staff are not ours: a group of companies names fewer."""
_OWN_DOMAIN, _OTHER_COMPANIES, _PHRASES = 2.5, 1.0, 1.5


def says(columns: Sequence[Column], tags: Sequence[ColumnTag], own_domains: Sequence[str]) -> list[Evidence]:
    """What the values say of the dataset as a whole."""
    by_category: dict[str, list[Column]] = {}
    for column, tag in zip(columns, tags, strict=True):
        if column.values:
            by_category.setdefault(tag.data_category, []).append(column)
    evidence = [found for column in by_category.get("email", ()) for found in _domains(column, own_domains)]
    evidence += [found for column in by_category.get("company_name", ()) for found in _companies(column)]
    texts = [value for column in by_category.get("free_text", ()) for value in column.values[:_TEXTS]]
    return evidence + phrases(texts)


def of_many_firms(columns: Sequence[Column], tags: Sequence[ColumnTag]) -> bool:
    """Whether every row names the firm that somebody belongs to, and these are many: nobody's own staff."""
    if any(tag.data_category == "employee_number" for tag in tags):
        return False
    firms = (column for column, tag in zip(columns, tags, strict=True) if tag.data_category == "company_name")
    return any(
        len(column.values) >= _MANY_FIRMS and sum(column.counts) >= _MOST * column.rows and not is_workplace(column)
        for column in firms
    )


def phrases(texts: Sequence[str]) -> list[Evidence]:
    """Whose words free texts speak: each subject by the share of texts that hold one of its phrases."""
    found: dict[str, dict[str, int]] = {}
    for text in texts:
        for subject, phrase in subject_phrases().find(text):
            found.setdefault(subject, {}).setdefault(phrase, 0)
            found[subject][phrase] += 1
    evidence: list[Evidence] = []
    for subject, counted in found.items():
        phrase, n = max(counted.items(), key=lambda entry: (entry[1], entry[0]))
        weight = _PHRASES * min(1.0, sum(counted.values()) / len(texts))
        evidence.append(Evidence("subject_phrase", subject, round(weight, 2), {"word": phrase, "n": n}))
    return evidence


def own_share(addresses: Mapping[str, int], own_domains: Iterable[str]) -> float:
    """The share of mail addresses, each with its count, that are of the company's own domains or below them."""
    own = tuple(own_domains)
    total = sum(addresses.values())
    if not own or not total:
        return 0.0
    ours = sum(count for address, count in addresses.items() if is_at(address, own))
    return ours / total


def _domains(column: Column, own_domains: Sequence[str]) -> list[Evidence]:
    share = own_share(dict(zip(column.values, column.counts, strict=True)), own_domains)
    if share >= _MOST:
        return [Evidence("subject_own_domain", "employee", _OWN_DOMAIN, {"share": round(share, 2)})]
    if own_domains and share == 0.0:
        return [Evidence("subject_other_domains", "employee", -1.0, {"n": len(column.values)})]
    return []


def _companies(column: Column) -> list[Evidence]:
    share = min(1.0, sum(column.counts) / column.rows)
    if share < _MOST or len(column.values) < 2:
        return []
    words = {"share": round(share, 2), "n": len(column.values)}
    return [Evidence("subject_other_companies", "business_partner", _OTHER_COMPANIES, words)]


@cache
def subject_phrases() -> Phrases:
    """The phrases of documents, mails and texts that speak for a subject."""
    return Phrases((row.id, phrase) for row in subjects().values() for phrase in row.phrases)
