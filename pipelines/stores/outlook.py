"""Outlook's own mail files (.msg)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from pipelines.stores.plain_texts import Document, lines, visible


def msg(raw: bytes, readers: Mapping[str, Callable[[bytes], Document]]) -> Document:
    """The mail, and the text of every attachment that one of `readers` takes, by its suffix."""
    from oxmsg import Message

    message = Message.load(raw)
    texts = [_body(message)]
    left_out = 0
    for attached in message.attachments:
        name = attached.file_name or ""
        texts.append(name)
        try:
            texts.append(readers[PurePosixPath(name).suffix.lower()](attached.file_bytes or b"").body)
        except Exception:
            left_out += 1
    recipients = (f"{one.name} <{one.email_address}>" if one.name else one.email_address for one in message.recipients)
    return Document(
        "\n".join(filter(None, texts)),
        sender=message.sender or "",
        recipients=", ".join(recipients),
        subject=message.subject,
        left_out=left_out,
    )


def _body(message: Any) -> str:
    return lines(message.body) if message.body else visible(message.html_body or "").body
