"""Slack's incoming webhooks, and what takes the same: Mattermost, Rocket.Chat, Discord's `/slack`.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.alerts.posting import post
from pipelines.declarations.credentials import expand

if TYPE_CHECKING:
    from pipelines.alerts.message import Message
    from pipelines.declarations.alerts import Alert

KIND = "slack"


def send(alert: Alert, message: Message) -> None:
    """One text; of a dataset's name no mention and no link comes."""
    named = [f"- {_plain(line)}" for line in message.datasets]
    post(expand(alert.url), {"text": "\n".join([f"*{message.subject}*", *message.lines, *named])})


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
