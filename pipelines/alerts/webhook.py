"""Any web server that takes JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.alerts.posting import post
from pipelines.declarations.credentials import expand

if TYPE_CHECKING:
    from pipelines.alerts.message import Message
    from pipelines.declarations.alerts import Alert

KIND = "webhook"


def send(alert: Alert, message: Message) -> None:
    """The counts as fields; a token goes as `Authorization: Bearer`."""
    token = {"Authorization": f"Bearer {expand(alert.token)}"} if alert.token else {}
    post(expand(alert.url), message.fields, token)
