"""開示等の請求 of a policy: papers, fee and answer held against arts 33 and 36 to 39."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from expectations.drafting.words import compiled, folded
from expectations.drafting.words import rows as words
from expectations.linting import Check, Finding, finding
from expectations.policy import Policy


def papers(policy: Policy, _today: date) -> Iterator[Finding]:
    """What the individual has to bring, beside what a deputy has to."""
    known = {
        name: compiled(words("requests")["papers"][name]) for name in ("seal", "seal_certificate", "proxy", "authority")
    }
    by_id = {paper.id: paper for paper in policy.papers}

    def sealed(requester: str) -> list[str]:
        asked = next((row.papers for row in policy.requesters if row.id == requester), ())
        return [id for id in asked if by_id[id].seal or known["seal_certificate"].search(folded(by_id[id].quote))]

    for id in dict.fromkeys(id for row in policy.requesters[:1] for id in sealed(row.id)):
        yield finding("seal", id, by_id[id].clause, by_id[id].quote)
    if len(policy.requesters) > 1 and sealed(policy.requesters[0].id):
        lighter = [row for row in policy.requesters[1:] if not sealed(row.id)]
        if lighter:
            first = by_id[sealed(policy.requesters[0].id)[0]]
            yield finding("heavier", first.id, first.clause, first.quote)
    legal = next(
        (row for row in policy.requesters if re.search("法定代理|親権|legal|guardian", folded(row.quote))), None
    )
    if legal:
        asked = [by_id[id] for id in legal.papers]
        proof = any(known["authority"].search(folded(paper.quote)) for paper in policy.papers)
        for paper in asked:
            if known["proxy"].search(folded(paper.quote)) and not proof:
                yield finding("legal_deputy", paper.id, paper.clause, paper.quote)


def fee(policy: Policy, _today: date) -> Iterator[Finding]:
    """What the fee is taken for, and how requests are counted."""
    text = folded(policy.fee.quote)
    if not policy.fee.amount:
        return
    if re.search(
        r"(訂正|利用停止|消去|削除|correction|suspension|deletion|erasure).{0,60}([0-9,]+ ?円|[0-9,]+ ?yen)", text
    ):
        yield finding("fee_locked", "fee", policy.fee.clause, policy.fee.quote)
    if re.search(r"(1|一)?(回|件|請求)(の(ご)?請求)?(に|ごと|毎)|(each|per) request", text):
        yield finding("per_request", "fee", policy.fee.clause, policy.fee.quote)


def answer(policy: Policy, _today: date) -> Iterator[Finding]:
    """The form and the term of an answer, and its reasons."""
    text = folded(policy.answer.quote)
    if not text:
        return
    place = ("answer", policy.answer.clause, policy.answer.quote)
    if policy.answer.form == "writing" and not compiled(words("requests")["answer"]["electronic"]).search(text):
        yield finding("writing_only", *place)
    if not re.search(r"[0-9一二三]+ ?(日|週間|営業日|か月|ヶ月|days?|weeks?)|two weeks", text):
        yield finding("no_term", *place)
    if not policy.answer.reasons_required:
        yield finding("no_reasons", *place)


CHECKS: tuple[Check, ...] = (papers, fee, answer)
