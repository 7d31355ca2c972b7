"""Alerts (お知らせ): after a check, counts of the new findings to whoever asked for them; one way of sending a file.

A module here with `KIND` and `send` is a way, found by its place. A message holds counts, and names of datasets only
where its row asks for them: no value, no person. An alert that cannot be sent fails nothing: what became of it is
answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from pipelines.baselines import findings, new_since_the_last_check

if TYPE_CHECKING:
    from pipelines.alerts.message import Message
    from pipelines.declarations.alerts import Alert
    from pipelines.register import Register

SECONDS = 10
"""How long a server may take to answer."""


class NotSentError(Exception):
    """An alert was not taken; the reason, in words that name no address and no secret."""


class Way(Protocol):
    """What a way's module has."""

    KIND: str

    def send(self, alert: Alert, message: Message) -> None:
        """Send a message; whatever it raises, a NotSentError's words alone are told."""


class Outcome(NamedTuple):
    """What became of an alert."""

    alert: str
    new: int
    """New findings that it was about: with none nothing is sent."""
    failed: str
    """Why it was not sent; '' it was, or there was nothing to say."""


@cache
def ways() -> Mapping[str, Way]:
    """Every way by its kind."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {one.KIND: one for one in (cast(Way, module) for module in modules if hasattr(module, "KIND"))}


def sent(alerts: Sequence[Alert], register: Register) -> Iterator[Outcome]:
    """Send every alert about what the last check found and the one before it did not."""
    from pipelines.alerts.message import message_of

    last = register.last_run("check")
    every = findings(register.verdicts()) if alerts and last else []
    for alert in alerts:
        grave = findings(every, alert.severity)
        new = new_since_the_last_check(register, grave)
        failed = ""
        if new and last:
            failed = _failure(alert, message_of(alert, last, new, len(grave)))
        yield Outcome(alert.id, len(new), failed)


def _failure(alert: Alert, message: Message) -> str:
    from pipelines.declarations.credentials import MissingVariableError

    try:
        ways()[alert.to].send(alert, message)
    except NotSentError as error:
        return str(error)
    except MissingVariableError as error:
        return f"環境変数 {error} がありません · is not set"
    except Exception as error:
        # its message may name the address, which may be a secret by itself
        return f"届けられません · cannot be reached ({type(error).__name__})"
    return ""


def rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Outcomes as a table's rows: counts and reasons."""
    return [one._asdict() for one in outcomes]
