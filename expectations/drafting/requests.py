"""開示等の請求 of a policy's outline: who may ask, with which papers, for what fee, how answered, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.drafting.decisions import left_open
from expectations.drafting.desk import reaches, read_line
from expectations.drafting.outline import Clause
from expectations.drafting.words import Pattern, compiled, folded, rows, topic

Document = dict[str, Any]


@dataclass(slots=True)
class Requests:
    """What was read, as parts of a policy, and what was left to a person."""

    requesters: list[Document]
    papers: list[Document]
    fee: Document
    answer: Document
    desk: Document
    decide: list[Document]


@cache
def _requesters() -> tuple[tuple[Document, Pattern], ...]:
    return tuple((row, compiled(row["says"])) for row in rows("requests")["requesters"])


@cache
def _paper(name: str) -> Pattern:
    return compiled(rows("requests")["papers"][name])


def read_requests(root: Clause) -> Requests:
    """The procedures of a whole text."""
    found = Requests([], [], {}, {}, {}, [])
    for clause, about in _about(root, ""):
        if about == "requesters":
            _read_requesters(clause, found)
        elif about == "papers":
            _read_papers(clause, found, of_deputy=bool(_paper("of_deputy").search(folded(clause.title))))
        elif about == "fee":
            _read_fee(clause, found)
        elif about == "answer":
            _read_answer(clause, found)
    for clause, about in _about(root, ""):
        if about == "requests" and not found.answer:
            _read_answer(clause, found, dated=True)
    _fee_anywhere(root, found)
    _with_papers(found)
    _read_desk(root, found)
    _open(found)
    return found


def _about(clause: Clause, around: str) -> Iterator[tuple[Clause, str]]:
    for child in clause.children:
        heading = len(child.title) <= 120 and not re.search(r"(ます|しない)。", child.title)
        own = topic(child.title) if heading else ""
        if own == "purposes":
            continue
        if own:
            yield child, own
        yield from _about(child, own or around)


def _read_requesters(clause: Clause, found: Requests) -> None:
    for leaf in [*clause.leaves()] or [clause]:
        for text in [leaf.title] if leaf is not clause else leaf.paragraphs:
            row = next((row for row, says in _requesters() if says.search(folded(text))), None)
            if row is None or any(row["ja"] == one["ja"] for one in found.requesters):
                continue
            found.requesters.append(
                {
                    "id": f"RQ-{len(found.requesters) + 1}",
                    "clause": leaf.label or "本文",
                    "quote": text,
                    "ja": row["ja"],
                    "en": row["en"],
                    "papers": [],
                    "kind": row["id"],
                }
            )


def _read_papers(clause: Clause, found: Requests, *, of_deputy: bool) -> None:
    for child in clause.children:
        deputy = of_deputy or bool(_paper("of_deputy").search(folded(child.title)))
        if child.children:
            _read_papers(child, found, of_deputy=deputy)
            continue
        text = folded(child.title)
        kind = next(
            (
                name
                for name in ("seal_certificate", "proxy", "authority", "identity", "form")
                if _paper(name).search(text)
            ),
            "",
        )
        if not kind:
            continue
        both = bool(_paper("of_both").search(text))
        deputy = of_deputy or kind in ("proxy", "authority") or (deputy and not both)
        prefix = "DD" if deputy else "DS"
        label = rows("requests")["papers"]["label"][kind]
        number = 1 + sum(one["id"].startswith(prefix) for one in found.papers)
        row: Document = {"id": f"{prefix}-{number}", "clause": child.label or "本文", "quote": child.title, **label}
        if _paper("seal").search(text):
            row["seal"] = True
        if both:
            row["of_both"] = True
        row["kind"] = kind
        found.papers.append(row)


def _with_papers(found: Requests) -> None:
    of_self = [row["id"] for row in found.papers if row["id"].startswith("DS")]
    of_deputy = [row["id"] for row in found.papers if row["id"].startswith("DD")]
    lists_all = {row.get("kind") for row in found.papers if row["id"].startswith("DD")} & {"form", "identity"}
    legal = next((row["id"] for row in found.requesters if row["kind"] == "legal"), "")
    for row in found.requesters:
        # a list for deputies that names neither form nor identity adds to the individual's
        row["papers"] = of_self if row["kind"] == "self" else of_deputy if lists_all else [*of_self, *of_deputy]
    for row in found.papers:
        if row["kind"] == "proxy" and legal and not re.search(r"任意|委任による", row["quote"]):
            # nobody can give a legal deputy a letter of proxy; the law appoints them
            row["instead"] = [{"requester": legal, **rows("requests")["papers"]["instead"]}]


def _read_fee(clause: Clause, found: Requests) -> None:
    for one in clause.walk():
        for text in (*one.paragraphs, one.title):
            _fee_of(one, text, found)


def _fee_anywhere(root: Clause, found: Requests) -> None:
    for one in root.walk():
        for text in one.texts:
            if (
                not found.fee
                and re.search(r"手数料|\bfees?\b", folded(text), re.ASCII)
                and re.search(r"開示|請求|disclos|request", folded(text))
            ):
                _fee_of(one, text, found)


def _fee_of(clause: Clause, text: str, found: Requests) -> None:
    words, read = rows("requests")["fee"], folded(text)
    amount = compiled(words["amount"]).search(read)
    none = compiled(words["none"]).search(read)
    if found.fee or not (amount or none):
        return
    found.fee = {
        "clause": clause.label,
        "quote": text,
        "amount": int((amount[1] or amount[3]).replace(",", "")) if amount else 0,
        "per": "request",
        "paid_by": [
            {key: row[key] for key in ("id", "ja", "en")}
            for row in words["payers"]
            if compiled(row["says"]).search(read)
        ],
        "law": "38(1)",
    }
    if len({one for pair in compiled(words["amount"]).findall(read) for one in (pair[0], pair[2]) if one}) > 1:
        found.decide.append(left_open("fees", "fee", "amount", clause.label, text))


def _read_answer(clause: Clause, found: Requests, *, dated: bool = False) -> None:
    """The paragraph on answers; `dated`: only one that says how or when, for the clause is about more than that."""
    words = rows("requests")["answer"]
    for one in clause.walk():
        for text in (*one.paragraphs, one.title):
            read = folded(text)
            if found.answer or (one is clause and text == clause.title and (one.paragraphs or one.children)):
                continue
            if compiled(words["about"]).search(read) and (not dated or compiled(words["how"]).search(read)):
                found.answer = {"clause": one.label, "quote": text}


def _read_desk(root: Clause, found: Requests) -> None:
    clauses = [(c, about) for c, about in _about(root, "") if about in ("desk", "where")]
    for clause, _ in sorted(clauses, key=lambda pair: pair[1] != "where"):
        lines = [(one, text) for one in clause.walk() for text in one.texts if text != clause.title]
        for one, text in lines:
            read_line(one.label or clause.label, text, found.desk)
    if not found.desk.get("phone") and not found.desk.get("email"):
        for one in root.walk():
            for text in one.texts:
                if reaches(text):
                    read_line(one.label, text, found.desk)


def _open(found: Requests) -> None:
    if not found.fee:
        found.fee = {"amount": 0, "per": "request", "paid_by": [], "law": "38(1)"}
        found.decide.append(left_open("fee", "fee", "amount"))
    read = folded(found.answer.get("quote", ""))
    words = rows("requests")["answer"]
    form = (
        "electronic"
        if compiled(words["electronic"]).search(read) and not compiled(words["writing"]).search(read)
        else "writing"
    )
    found.answer |= {"form": form, "forms_to_offer": ["writing", "electronic"], "to": "individual",
                     "reasons_required": bool(compiled(words["reasons"]).search(read)), "target_days": 14}  # fmt: skip
    found.decide += [left_open(key, key) for key in ("requesters", "papers") if not getattr(found, key)]
    if "quote" not in found.answer:
        found.decide.append(left_open("answer", "answer"))
    if "name" not in found.desk:
        found.desk["name"] = "（要確認）"
        found.decide.append(left_open("desk", "desk", "name"))
