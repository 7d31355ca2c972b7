"""Which verdicts a new wording of the policy would turn: a register judged twice, in memory; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from expectations.policy import Policy
from expectations.rewording import renamed

if TYPE_CHECKING:
    from expectations.check import Verdict
    from pipelines.declarations import Declarations
    from pipelines.register import Register


class Flip(NamedTuple):
    """Something that the two wordings judge otherwise."""

    store: str
    dataset: str
    """As the register shows it: masked."""
    row_filter: str
    use: str
    """'' where the holding itself is judged."""
    old_category: str
    new_category: str
    before: str
    """A verdict; '' where nothing is amiss with the holding."""
    after: str
    old_purpose: str
    new_purpose: str
    ja: str
    """What the verdict under the new wording says; of the old one where nothing is amiss any more."""
    en: str


def flips(old: Policy, new: Policy, known: Declarations, register: Register, as_of: date) -> Iterator[Flip]:
    """Every verdict that differs, those that people have to act on first."""
    from expectations.check import check
    from pipelines.judging import as_ruled

    observed, seen = as_ruled(register)
    before = _by_case(check(old, observed, known.declared, as_of, flows=seen))
    after = _by_case(check(new, observed, renamed(known.declared, old, new), as_of, flows=seen))
    for case in dict.fromkeys((*after, *before)):
        for was, now in zip_longest(before.get(case, ()), after.get(case, ())):
            if (was.verdict if was else "") != (now.verdict if now else ""):
                yield _flip(was, now)


def _by_case(verdicts: Iterable[Verdict]) -> dict[tuple[str, ...], list[Verdict]]:
    """Verdicts by what they judge: a verdict's id changes with the rule that decided."""
    made: defaultdict[tuple[str, ...], list[Verdict]] = defaultdict(list)
    # what a purpose's own sentence lacks is told where the two wordings are laid beside each other
    for one in (one for one in verdicts if one.table != "purposes"):
        made[one.table, one.store, one.dataset, one.row_filter, one.use, one.column].append(one)
    return made


def _flip(was: Verdict | None, now: Verdict | None) -> Flip:
    shown = now or was
    assert shown is not None
    said = shown.evidence[0] if shown.evidence else {"ja": "", "en": ""}
    return Flip(
        store=shown.store,
        dataset=shown.dataset,
        row_filter=shown.row_filter,
        use=shown.use,
        old_category=was.subject_category if was else "",
        new_category=now.subject_category if now else "",
        before=was.verdict if was else "",
        after=now.verdict if now else "",
        old_purpose=was.purpose if was else "",
        new_purpose=now.purpose if now else "",
        ja=str(said["ja"]),
        en=str(said["en"]),
    )
