"""What a policy has to make known (Act art 32(1), Order art 10), third parties, and the dates of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from expectations.drafting.words import folded
from expectations.linting import Check, Finding, finding, rows
from expectations.policy import Policy


def _stated(policy: Policy) -> set[str]:
    """Topics that the text states: in a statement of their own, or in a part of the policy."""
    parts = {
        "purposes": bool(policy.purposes),
        "procedures": bool(policy.requesters and policy.papers),
        "fee": bool(policy.fee.quote),
        "desk": bool(policy.desk.phone or policy.desk.email or policy.desk.address),
        "address": bool(policy.desk.address),
    }
    return {row.topic for row in policy.stated} | {topic for topic, there in parts.items() if there}


def missing(policy: Policy, _today: date) -> Iterator[Finding]:
    """Items of art 32(1) and Order art 10 that cannot be found in the text, and what it is silent on."""
    stated = _stated(policy)
    if "foreign_environment" in stated:
        stated.add("foreign_transfer")
    for check, name in (("missing", "required"), ("silent", "silent")):
        for row in rows("topics")[name]:
            if row["topic"] not in stated:
                gaps = {key: row[key] for key in ("ja", "en", "law", "severity", "instead_ja", "instead_en")}
                yield finding(check, row["topic"], **gaps)
    if "change_notice" not in stated:
        yield finding("change_notice", "policy")


def third_parties(policy: Policy, _today: date) -> Iterator[Finding]:
    """Grounds that are narrower than the Act, that lack what they need, or that nothing may rest on."""
    stated = _stated(policy)
    for ground in policy.third_parties.grounds:
        place, text = (ground.id, ground.clause, ground.quote), folded(ground.quote)
        if ground.law == "27(1)(i)" and re.search(r"required|義務|求められ|強制|compelled", text):
            yield finding("narrow_law", *place)
        if ground.needs == "vital_interest" and not (
            re.search(r"身体|body|bodily|health|safety", text)
            and re.search(r"生命|life|lives", text)
            and re.search(r"財産|propert|assets", text)
        ):
            yield finding("narrow_life", *place)
        if ground.needs == "outsourcing" and re.search(r"監督|監視|管理|supervis|monitor", text):
            yield finding("supervision", *place)
        if ground.needs == "opt_out" and not ground.categories:
            yield finding("opt_out_purpose", *place)
        for need in ("opt_out", "shared_use"):
            lacking = [row for row in rows("topics")[need] if row["topic"] not in stated]
            if ground.needs == need and lacking:
                names = {"ja": "、".join(row["ja"] for row in lacking), "en": ", ".join(row["en"] for row in lacking)}
                yield finding(f"{need}_items", *place, **names)
    beyond = policy.third_parties.beyond_policy
    if beyond and policy.third_parties.grounds:
        names = {"ja": "、".join(row.ja for row in beyond), "en": ", ".join(row.en for row in beyond)}
        yield finding("beyond", "third_parties", policy.third_parties.clause, policy.third_parties.quote, **names)
    quote = folded(policy.third_parties.quote)
    if re.search("個人情報|personal information", quote) and not re.search("個人データ|personal data", quote):
        yield finding("stricter", "third_parties", policy.third_parties.clause, policy.third_parties.quote)
    carried = {ground.needs for ground in policy.third_parties.grounds} & {"consent", "opt_out", "shared_use"}
    for purpose in policy.purposes:
        if purpose.third_party and not carried:
            yield finding("no_ground", purpose.id, purpose.clause, purpose.quote)


def dates(policy: Policy, today: date) -> Iterator[Finding]:
    """No date, dates that contradict each other, and a text that is not in force yet."""
    by_kind = {
        kind: sorted(row.day for row in policy.dates if row.kind == kind)
        for kind in ("established", "effective", "revised")
    }
    if not policy.dates:
        yield finding("no_date", "policy")
        return
    last = max(policy.dates, key=lambda row: row.day)
    wrong = []
    if len(set(by_kind["established"])) > 1:
        wrong.append(
            (by_kind["established"][0], "制定日が二つ", by_kind["established"][1], "two dates of establishment")
        )
    for kind, ja, en in (
        ("effective", "施行が制定より前", "in force before established"),
        ("revised", "改定が制定より前", "revised before established"),
    ):
        if by_kind["established"] and by_kind[kind] and by_kind[kind][0] < by_kind["established"][0]:
            wrong.append((by_kind[kind][0], ja, by_kind["established"][0], en))
    for first, ja, second, en in wrong:
        names = {"ja": f"{ja}（{first}、{second}）", "en": f"{en} ({first}, {second})"}
        quote = next(row for row in policy.dates if row.day == first)
        yield finding("date_order", "policy", quote.clause, quote.quote, **names)
    if by_kind["effective"] and by_kind["revised"] and by_kind["effective"][-1] < by_kind["revised"][-1]:
        yield finding("date_unclear", "policy", last.clause, last.quote)
    if last.day > today.isoformat():
        yield finding("future", "policy", last.clause, last.quote)


CHECKS: tuple[Check, ...] = (missing, third_parties, dates)
