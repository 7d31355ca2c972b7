"""JSON by HTTP: one try, and no redirect is followed, for what is posted is for the declared address alone."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from pipelines.alerts import SECONDS, NotSentError

# it would log every request's address, which may be a secret by itself
logging.getLogger("httpx").setLevel(logging.WARNING)


def post(url: str, document: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
    """Post a document; raises NotSentError where no server takes it."""
    try:
        answer = httpx.post(url, json=document, headers=headers, timeout=SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotSentError(f"届けられません · cannot be reached ({type(error).__name__})") from None
    if not answer.is_success:
        raise NotSentError(f"サーバーが受け付けません · was refused (HTTP {answer.status_code})")
