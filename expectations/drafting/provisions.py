"""第三者提供 of a policy's outline: the situations in which it lets data go to a third party, and what it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.drafting.decisions import left_open
from expectations.drafting.outline import Clause
from expectations.drafting.words import Pattern, compiled, folded, rows, sentences, topic
from expectations.policy import Policy

Document = dict[str, Any]

_ALONE = {"outsourcing": "outsourcing", "shared_use": "shared_use", "opt_out": "opt_out"}
"""Subjects with a heading of their own that are grounds as well."""
_REFUSES = compiled(
    [
        r"第三者.{0,60}(提供|開示|公開|預託)(等)?(は)?(いた)?(を)?(しません|することはありません|行いません|致しません|いたしません|しない)",
        r"(次|以下|下記).{0,20}(場合|いずれか).{0,30}(を除|除き|限り)|(場合|とき)を除(き|いて)",
        r"(not|never) .{0,60}(provi|disclos|shar|transfer|sell|give)\w* .{0,100}(third|others|except|without|unless)",
        r"(provi|disclos|shar)\w* .{0,80}(following (cases|situations|circumstances)|only (when|where|if))",
    ]
)
_STOPS = compiled(
    [
        r"(停止|中止).{0,40}(求め|請求|申し?出)|(求め|請求|申し?出).{0,60}(停止|中止)",
        r"(stop|cease|suspend|discontinu)\w* .{0,30}provi|request.{0,80}(stop|cease|suspend)",
    ]
)
_SHOWN = compiled(
    [
        r"(項目|手段|方法).{0,60}(公表|通知|明示|掲載|容易に知り得る)",
        r"(items?|methods?|means).{0,120}(disclosed|published|announced|notified|made (public|available))",
    ]
)
_IMMEDIATE = compiled([r"直ちに|速やかに|遅滞なく|即(時|座)", r"immediately|promptly|without delay"])


@dataclass(slots=True)
class Provisions:
    """What was read, as parts of a policy, and what was left to a person."""

    third_parties: Document
    opt_out: Document
    decide: list[Document]


@cache
def _grounds() -> tuple[tuple[Mapping[str, Any], Pattern], ...]:
    return tuple((row, compiled(row["says"])) for row in rows("grounds"))


def grounds_in(text: str) -> list[Mapping[str, Any]]:
    """The grounds that a text words, in the order of `grounds.yml`: the most particular first."""
    read = folded(text)
    return [row for row, says in _grounds() if says.search(read)]


def read_provisions(
    root: Clause, categories: Sequence[Document], purposes: Sequence[Document], law: Policy
) -> Provisions:
    """The grounds of a whole text; `law` is a policy that words the Act's own conditions."""
    found = Provisions({"grounds": []}, {"promises": []}, [])
    for clause, about in _under(root, ""):
        if about == "third_parties":
            _third_parties(clause, found)
    for clause, about in _under(root, ""):
        if about in _ALONE:
            _alone(clause, about, found)
    if not found.third_parties["grounds"]:
        _anywhere(root, found)
    own = [row["id"] for row in categories if row.get("custody") != "entrusted"] + ["no_category"]
    handing_on = {row["id"].rpartition("-")[0] for row in purposes if row.get("third_party")}
    for ordinal, ground in enumerate(found.third_parties["grounds"], 1):
        ground |= {"id": f"TP-{ordinal}", "ordinal": ordinal}
        opted = ground["needs"] == "opt_out"
        ground["categories"] = [one for one in own if not opted or one in handing_on]
        if ground["needs"] in ("consent", "opt_out"):
            ground["record"] = True
        ground["conditions"] = _conditions(ground["needs"], law)
        if opted and not handing_on:
            found.decide.append(
                left_open("opt_out_purpose", ground["id"], "categories", ground["clause"], ground["quote"])
            )
    if not found.third_parties["grounds"]:
        found.decide.append(left_open("third_parties", "third_parties", "grounds"))
    return found


def _anywhere(root: Clause, found: Provisions) -> None:
    """A text without a heading for it: the clauses that refuse provision to third parties."""
    for clause in root.walk():
        if any(_REFUSES.search(folded(text)) and re.search("第三者|third part", folded(text)) for text in clause.texts):
            _third_parties(clause, found)


def _under(clause: Clause, about: str) -> Iterator[tuple[Clause, str]]:
    for child in clause.children:
        own = topic(child.title) if len(child.title) <= 120 and not re.search(r"(ます|しない)。", child.title) else ""
        if own == "opt_out" and about == "third_parties":
            # an item of the list, not a heading
            own = "" if not child.children and not child.paragraphs else own
        elif about == "third_parties" and own in _ALONE and not child.children and not child.paragraphs:
            own = ""
        if own and own != about:
            yield child, own
        yield from _under(child, own or about)


def _third_parties(clause: Clause, found: Provisions) -> None:
    parts = found.third_parties
    parts.setdefault("clause", clause.label)
    for one in clause.walk():
        _promises(one, found)
        refusal = next((s for text in one.texts for s in sentences(text) if _REFUSES.search(folded(s))), "")
        if refusal and "quote" not in parts:
            parts |= {"clause": one.label, "quote": refusal}
        for text in one.texts:
            _prose(one, text, found, leads=bool(one.children) and not one.bullet)
    for leaf in clause.leaves():
        whole = " ".join(leaf.texts) if not re.search("[ぁ-ん]", leaf.title) else "".join(leaf.texts)
        if _promised(leaf, found) or (topic(leaf.title) not in ("", "third_parties", *_ALONE) and leaf.paragraphs):
            continue
        if _inside(clause, leaf, _ALONE):
            continue
        known = grounds_in(leaf.title) or grounds_in(whole)
        if known:
            _ground(found, known[0], leaf.label, leaf.title if grounds_in(leaf.title) else whole)
        elif not leaf.paragraphs and re.search(r"(場合|とき|時)|when|where|if |cases?|for ", folded(leaf.title)):
            found.decide.append(left_open("ground", "third_parties", "grounds", leaf.label, leaf.title))


def _inside(clause: Clause, leaf: Clause, topics: Mapping[str, str]) -> bool:
    return any(leaf in one.walk() for one in clause.children if one is not leaf and topic(one.title) in topics)


def _promises(clause: Clause, found: Provisions) -> None:
    for child in clause.children:
        if _promised(child, found):
            found.opt_out.setdefault("clause", clause.label)


def _promised(leaf: Clause, found: Provisions) -> bool:
    text = folded(leaf.title)
    stops = bool(_STOPS.search(text))
    if leaf.children or not (stops or _SHOWN.search(text)) or re.search(r"同意|consent", text):
        return False
    if all(row["quote"] != leaf.title for row in found.opt_out["promises"]):
        ja = "本人の求めにより提供を停止する" if stops else "提供の項目・方法を公表する"
        en = "provision stops when the individual asks" if stops else "items and methods of provision are published"
        found.opt_out["promises"].append({"clause": leaf.label, "quote": leaf.title, "ja": ja, "en": en})
        if stops and not _IMMEDIATE.search(text):
            found.decide.append(left_open("stop", "opt_out", "stop", leaf.label, leaf.title))
    return True


def _prose(clause: Clause, text: str, found: Provisions, *, leads: bool) -> None:
    for sentence in sentences(text):
        read = folded(sentence)
        known = grounds_in(sentence)
        if leads:
            # 「次の場合を除き、同意なく」: the consent stands in the sentence, the exceptions in the list
            known = [row for row in known if row["needs"] == "consent"]
        if _REFUSES.search(read) or (text not in clause.title and re.search(r"第三者|third part|提供", read)):
            for row in reversed(known):
                _ground(found, row, clause.label, sentence)


def _alone(clause: Clause, about: str, found: Provisions) -> None:
    row = next(row for row, _ in _grounds() if row["needs"] == _ALONE[about])
    sentence = next((s for one in clause.walk() for text in one.texts for s in sentences(text)
                     if row in grounds_in(s) and s != clause.title), clause.title)  # fmt: skip
    _ground(found, row, clause.label, sentence)
    if about == "opt_out":
        _promises(clause, found)
        found.opt_out["clause"] = clause.label


def _ground(found: Provisions, row: Mapping[str, Any], clause: str, quote: str) -> None:
    grounds = found.third_parties["grounds"]
    if any(one["law"] == str(row["law"]) for one in grounds):
        return
    grounds.append(
        {
            "clause": clause or "本文",
            "quote": quote,
            "ja": row["ja"],
            "en": row["en"],
            "law": str(row["law"]),
            "needs": row["needs"],
        }
    )


def _conditions(needs: str, law: Policy) -> list[Document]:
    like = next(ground for ground in law.third_parties.grounds if ground.needs == needs)
    return [condition.model_dump() for condition in like.conditions]
