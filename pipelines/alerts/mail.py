"""Mail by SMTP: `smtps://` is encrypted from the start, `smtp://` as soon as the server offers it (STARTTLS)."""

from __future__ import annotations

import ssl
from email.message import EmailMessage
from smtplib import SMTP, SMTP_SSL, SMTPException
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipelines.alerts import SECONDS, NotSentError
from pipelines.declarations.credentials import expand

if TYPE_CHECKING:
    from pipelines.alerts.message import Message
    from pipelines.declarations.alerts import Alert

KIND = "mail"


def send(alert: Alert, message: Message) -> None:
    """One mail to all recipients; no password goes over a line in clear."""
    place = urlsplit(expand(alert.url))
    host = place.hostname or ""
    mail = EmailMessage()
    mail["Subject"] = message.subject
    mail["From"], mail["To"] = alert.sender, ", ".join(alert.recipients)
    mail.set_content("\n".join([message.subject, "", *message.lines, *(f"- {line}" for line in message.datasets), ""]))
    try:
        if place.scheme == "smtps":
            server: SMTP = SMTP_SSL(host, place.port or 465, timeout=SECONDS, context=ssl.create_default_context())
        else:
            server = SMTP(host, place.port or 587, timeout=SECONDS)
        with server:
            server.ehlo()
            if place.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            elif place.scheme == "smtp" and place.password:
                raise NotSentError("暗号化（STARTTLS）がないので、パスワードを送りません · no STARTTLS, no password")
            if place.password:
                server.login(unquote(place.username or ""), unquote(place.password))
            server.send_message(mail)
    except SMTPException as error:
        code = getattr(error, "smtp_code", None)
        told = f" {code}" if code else ""
        raise NotSentError(f"メールサーバーが受け付けません · was refused ({type(error).__name__}{told})") from None
