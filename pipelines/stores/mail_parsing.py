"""Mails as Japanese systems write them: headers and bodies in ISO-2022-JP with its dialects, CP932 or UTF-8."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from email import policy
from email.header import decode_header
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from pathlib import PurePath

from pipelines.stores import charsets, iso2022
from pipelines.stores.plain_texts import Document, lines, plain, visible

Readers = Mapping[str, Callable[[bytes], Document]]

DEPTH = 3
"""Mails within mails that are followed."""

_CP932 = frozenset({"shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j", "cp932", "ms932", "ms_kanji"})
_TEXT = frozenset({".csv", ".tsv", ".log", ".json", ".xml"})


def parsed(raw: bytes, readers: Readers, depth: int = 0) -> Document:
    """The mail's headers, its body, and the text of every attachment that one of `readers` takes, by its suffix."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    body = message.get_body(("plain", "html"))
    texts = [_text(body)] if body is not None else []
    left_out = 0
    for part in _attachments(message, body):
        texts.append(_words(part.get_filename() or ""))
        try:
            texts.append(_attached(part, readers, depth))
        except Exception:
            left_out += 1
    return Document(
        body="\n".join(filter(None, texts)),
        sender=_header(message, "from"),
        recipients=", ".join(filter(None, (_header(message, name) for name in ("to", "cc", "bcc")))),
        subject=_header(message, "subject"),
        left_out=left_out,
    )


def _attachments(part: MIMEPart, body: MIMEPart | None) -> Iterator[MIMEPart]:
    """The parts that are neither the body nor another form of it, nor the pictures in it."""
    if part.get_content_maintype() != "multipart":
        picture = part.get_content_maintype() == "image" and not part.is_attachment()
        if part is not body and not picture:
            yield part
        return
    children = list(part.iter_parts())
    if part.get_content_subtype() == "alternative" and _holds(part, body):
        children = [child for child in children if child.is_multipart() and _holds(child, body)]
    for child in children:
        yield from _attachments(child, body)


def _holds(part: MIMEPart, body: MIMEPart | None) -> bool:
    return any(inner is body for inner in part.walk())


def _attached(part: MIMEPart, readers: Readers, depth: int) -> str:
    if part.get_content_type() == "message/rfc822" and depth < DEPTH:
        inner = parsed(part.get_payload(0).as_bytes(), readers, depth + 1)  # type: ignore[union-attr]
        return "\n".join(filter(None, (inner.subject, inner.sender, inner.recipients, inner.body)))
    suffix = PurePath(_words(part.get_filename() or "")).suffix.lower()
    if suffix in readers and depth < DEPTH:
        return readers[suffix](_payload(part)).body
    if suffix in _TEXT:
        return plain(_payload(part)).body
    if part.get_content_maintype() == "text":
        return _text(part)
    raise ValueError


def _text(part: MIMEPart) -> str:
    text = _decoded(_payload(part), part.get_content_charset())
    return visible(text).body if part.get_content_subtype() == "html" else lines(text)


def _payload(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(raw: bytes, charset: str | None) -> str:
    name = (charset or "").lower()
    if name.startswith("iso-2022-jp"):
        return iso2022.decoded(raw)
    try:
        return raw.decode("cp932" if name in _CP932 else name or "ascii")
    except (LookupError, UnicodeError):
        return charsets.decode(raw)


def _header(message: EmailMessage, name: str) -> str:
    values = [value for key, value in message.raw_items() if key.lower() == name]
    return ", ".join(_words(str(value)) for value in values)


def _words(value: str) -> str:
    """A header's value with its encoded words, or with the bare bytes some mailers send."""
    unfolded = re.sub(r"\r?\n(?=[ \t])", "", value)
    pieces = []
    for piece, charset in decode_header(unfolded):
        raw = piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogateescape")
        pieces.append(_decoded(raw, charset))
    return "".join(pieces).strip()
