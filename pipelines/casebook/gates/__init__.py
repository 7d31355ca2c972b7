"""The gates: intake → search → review → decide → approve → carry out → answer → close. Pure: no store, no clock.

Each function answers the progress after a step or raises RefusedError. What is released is what a second person
approved, to the last byte: every edit voids the approval and goes back to the step it belongs to.
"""

from pipelines.casebook.gates.deciding import (
    approved,
    back_to_review,
    decided,
    edited,
    lettered,
    rejected,
    reviewed,
    rows_changed,
    searched,
    taken_in,
)
from pipelines.casebook.gates.finishing import (
    answered,
    carried_out,
    closed,
    dispatched,
    instructed,
    issued,
    not_sent,
    readdressed,
    rechecked,
    stopped,
    undelivered,
    withdrawn,
)
from pipelines.casebook.gates.moving import GIVING, RefusedError, granted
from pipelines.casebook.gates.settling import Group, Word, groups, words

__all__ = [
    "GIVING",
    "Group",
    "RefusedError",
    "Word",
    "answered",
    "approved",
    "back_to_review",
    "carried_out",
    "closed",
    "decided",
    "dispatched",
    "edited",
    "granted",
    "groups",
    "instructed",
    "issued",
    "lettered",
    "not_sent",
    "readdressed",
    "rechecked",
    "rejected",
    "reviewed",
    "rows_changed",
    "searched",
    "stopped",
    "taken_in",
    "undelivered",
    "withdrawn",
    "words",
]
