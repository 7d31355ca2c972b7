"""One mail's words, by its kind, with those of its attachments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipelines.stores import document_reading, outlook
from pipelines.stores.mail_parsing import parsed
from pipelines.stores.plain_texts import Document


def eml(raw: bytes) -> Document:
    """A mail with its readable attachments, other mails among them."""
    return parsed(raw, {**document_reading.READERS, **READERS})


def msg(raw: bytes) -> Document:
    """Outlook's own form of a mail."""
    return outlook.msg(raw, {**document_reading.READERS, **READERS})


READERS: Mapping[str, Callable[[bytes], Document]] = {".eml": eml, ".msg": msg}
"""Suffix → reader of a mail's bytes."""
