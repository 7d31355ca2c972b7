"""Where a desk runs and what it is of. Refuses what would let others in than those who were meant."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pipelines.declarations.credentials import KeyMissingError, keys_of
from pipelines.desk import DeskError

PROXY_SECRET = "DAICHO_DESK_PROXY_SECRET"  # noqa: S105 - a name
"""The variable (or the line of the secrets file) with what the reverse proxy proves itself by."""
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Proxy:
    """The reverse proxy that stands before the desk: it ends TLS, and may say who somebody is."""

    host_name: str
    """What browsers call the desk: `desk.example`, with its port unless that is 443."""
    secrets: tuple[str, ...]
    """One of them stands in `X-Daicho-Proxy-Secret` of everything that comes from the proxy."""
    user_header: str = ""
    """The header in which it names who has signed in with it (OpenID Connect); '' people sign in here."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `daicho desk` was started with."""

    declarations: Path
    register: str
    accounts: Path
    """The file of the desk's own accounts."""
    casebook: Path | None = None
    """None: no responders, no requests."""
    stop_list: Path | None = None
    """None: nothing can be stopped from here."""
    host: str = "127.0.0.1"
    port: int = 8321
    proxy: Proxy | None = None
    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=8)
    """How long a session lasts: unused, and at most."""

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by TLS; plain HTTP only ever on loopback."""
        return self.proxy is not None

    @property
    def host_names(self) -> frozenset[str]:
        """What the `Host` of a request may be: any other one is a name that somebody else pointed here."""
        if self.proxy:
            return frozenset({self.proxy.host_name})
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def origin(self) -> str:
        """Where a browser on this machine finds it, or where the proxy shows it."""
        if self.proxy:
            return f"https://{self.proxy.host_name}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def checked(settings: Settings) -> Settings:
    """The settings, where nobody can come in by them who was not meant; raises DeskError."""
    if not _is_loopback(settings.host) and settings.proxy is None:
        raise DeskError(
            f"--host {settings.host}: この機械の外から届く所では、TLS のリバースプロキシの後ろでだけ動きます。"
            "--behind-proxy を付け、docs/deployment.md の設定にします"
            " · reachable from outside: only behind a reverse proxy with TLS (--behind-proxy, docs/deployment.md)"
        )
    return settings


def proxy_of(host_name: str, user_header: str) -> Proxy:
    """The proxy as it was named, with its secret from the environment; raises DeskError."""
    if not _HOST_NAME.fullmatch(host_name):
        raise DeskError(
            f"--behind-proxy {host_name}: ブラウザが呼ぶ名前（例 desk.example）を書きます"
            " · write the name that browsers call it by, such as desk.example"
        )
    if user_header and not _HEADER.fullmatch(user_header):
        raise DeskError(f"--user-header {user_header}: ヘッダーの名前ではありません · is no header's name")
    try:
        secrets = keys_of(PROXY_SECRET)
    except KeyMissingError as error:
        raise DeskError(f"--behind-proxy: {error}") from None
    return Proxy(host_name, secrets, user_header.lower())


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
