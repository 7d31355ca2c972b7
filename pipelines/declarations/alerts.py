"""Alerts as people declare them: who is told of new findings, which way, and how much."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipelines.declarations.credentials import holds_password
from pipelines.declarations.stores import Row


class Alert(Row):
    """One row of `alerts.yml`."""

    id: str = Field(pattern=r"^\S+$")
    to: Literal["webhook", "slack", "mail"]
    url: str
    """Where to: `https://…`, of a mail server `smtp://` or `smtps://`; secrets in it as `${NAME}`."""
    token: str = ""
    """Of a webhook: `${NAME}`."""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    """Of a mail: addresses of an office rather than of a person."""
    severity: Literal["info", "warning", "error"] = "warning"
    """The least grave finding that it tells of."""
    names_datasets: bool = False
    """Whether it names the datasets (masked, as the register has them); else it has counts alone."""
    language: Literal["ja", "en"] = "ja"

    @model_validator(mode="after")
    def _is_whole(self) -> Alert:
        if holds_password(self.url) or (self.token and "${" not in self.token):
            raise ValueError(
                "パスワードやトークンがあります。${NAME} と書き、値は環境変数 NAME に置きます"
                " · holds a secret: write ${NAME} in its place and set NAME in the environment"
            )
        if self.to == "slack" and "${" not in self.url:
            raise ValueError(
                "Slack の URL はそれ自体が秘密です。${NAME} と書きます · the URL is a secret by itself: write ${NAME}"
            )
        if self.to == "mail" and not (self.sender and self.recipients):
            raise ValueError("mail には sender と recipients が要ります · a mail needs sender and recipients")
        return self
