"""A draft of a policy, read from the text that a company has published.

`draft` answers the rows of a policy file, each with its sentence and place, and what the text left open as rows under
`decide`: never a guess without a word. What the Act says of every policy (items of notices, kinds of requests) is taken
from a policy that words it already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from expectations.drafting.decisions import left_open
from expectations.drafting.outline import Line, outline
from expectations.drafting.provisions import read_provisions
from expectations.drafting.purposes import read_purposes
from expectations.drafting.requests import read_requests
from expectations.drafting.statements import read_company, read_dates, read_statements
from expectations.drafting.words import is_major, rows
from expectations.policy import Policy, load, policies

Document = dict[str, Any]


def draft(lines: Sequence[Line], id: str) -> Document:
    """The rows of a policy file read from a text's lines; `id` names the policy."""
    root = outline(lines, is_major)
    law = load(policies()[0])
    text = "\n".join(line.text for line in lines)
    language = "ja" if len(re.findall("[ぁ-んァ-ヶ]", text)) > len(text) / 50 else "en"
    purposes = read_purposes(root)
    provisions = read_provisions(root, purposes.categories, purposes.purposes, law)
    requests = read_requests(root)
    dates = read_dates(root)
    name, where, sentence = read_company(root)
    stated = read_statements(root)
    if name:
        stated.insert(0, {"topic": "operator", "clause": where, "quote": sentence})
    title = next(
        (clause.title or clause.paragraphs[0] for clause in root.walk() if clause.title or clause.paragraphs), id
    )
    decide = [*purposes.decide, *provisions.decide, *requests.decide, *_open(name, dates, purposes.categories)]
    return {
        "id": id,
        "ja": title if language == "ja" else "個人情報の取扱いについて",
        "en": title if language == "en" else "Handling of Personal Information",
        "language": language,
        "version": max((row["day"] for row in dates), default="undated"),
        "law_version": law.law_version,
        "quote": purposes.lead or (purposes.purposes[0]["quote"] if purposes.purposes else title),
        "categories": purposes.categories,
        "outcomes": _law(law.outcomes),
        "purposes": purposes.purposes,
        "outside": rows("outside"),
        "third_parties": {
            **provisions.third_parties,
            "beyond_policy": _beyond(law, provisions.third_parties["grounds"]),
            "equivalent_countries": list(law.third_parties.equivalent_countries),
            "record_law": law.third_parties.record_law,
            "record_years": law.third_parties.record_years,
        },
        "opt_out": {
            **provisions.opt_out,
            "items": _law(law.opt_out.items),
            "stop": law.opt_out.stop,
            "stop_days": law.opt_out.stop_days,
            "filing_required": True,
            "waiting_days": law.opt_out.waiting_days,
        },
        "shared_use": {"items": _law(law.shared_use.items)},
        "requesters": requests.requesters,
        "papers": requests.papers,
        "request_kinds": _kinds(law, requests.fee["amount"]),
        "fee": requests.fee,
        "answer": requests.answer,
        "company": {"name": name or "（要確認）", "name_en": name if name.isascii() else ""},
        "desk": requests.desk | ({"name_en": requests.desk["name"]} if requests.desk["name"].isascii() else {}),
        "stated": stated,
        "dates": dates,
        "decide": [{key: value for key, value in row.items() if value} for row in decide],
    }


def _law(found: Sequence[Any]) -> list[Document]:
    return [row.model_dump() for row in found]


def _beyond(law: Policy, grounds: Sequence[Document]) -> list[Document]:
    """Grounds of the Act that this text does not list: never a pass, for the company has bound itself."""
    listed = " ".join(row["law"] for row in grounds)
    return [row.model_dump() for row in law.third_parties.beyond_policy if row.law.partition("-")[0] not in listed]


def _kinds(law: Policy, amount: int) -> list[Document]:
    made = []
    for kind in law.request_kinds:
        row = kind.model_dump(exclude_defaults=True)
        made.append(row | {"fee": amount if kind.fee else 0})
    return made


def _open(name: str, dates: Sequence[Document], categories: Sequence[Document]) -> list[Document]:
    found = {"company": not name, "dates": not dates, "categories": not categories}
    places = {"company": ("company", "name"), "dates": ("policy", "version"), "categories": ("categories", "")}
    return [left_open(reason, *places[reason]) for reason, open_ in found.items() if open_]
