"""The desk as it is deployed: behind a real nginx with the settings of `docs/deploy/`, and what else lies there."""

from __future__ import annotations

import ipaddress
import json
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pipelines.desk.accounts import AccountsFile
from pipelines.desk.forms import LARGEST
from pipelines.desk.serving import listen
from pipelines.desk.settings import Proxy
from tests.conftest import ROOT
from tests.desk_of import SECRETS, Opened, opened, served, sign_in
from tests.servers import free_port, nginx

DEPLOY = ROOT / "docs" / "deploy"
SECRET = "p" * 40
HOST = "desk.example"


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate of loopback and of the desk's name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    others = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(others), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "desk.pem", folder / "desk.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    encoded = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    secret.write_bytes(encoded)
    return certificate, secret


class Deployed:
    """A desk behind nginx."""

    def __init__(self, desk: Opened, base: str, certificate: Path) -> None:
        self.desk, self.base = desk, base
        self._trusted = ssl.create_default_context(cafile=certificate)

    def browser(self, headers: dict[str, str] | None = None, cookies: dict[str, str] | None = None) -> httpx.Client:
        """A browser of somebody outside."""
        told = {"host": HOST, **(headers or {})}
        client = httpx.Client(base_url=self.base, headers=told, cookies=cookies, verify=self._trusted, trust_env=False)
        return self.desk.left.enter_context(client)


@contextmanager
def deployed(folder: Path, settings: str, user_header: str = "", identity: int = 0) -> Iterator[Deployed]:
    """The desk behind an nginx with that file of `docs/deploy/`, its places and ports alone put elsewhere."""
    certificate, key = certified(folder)
    secret = folder / "daicho-secret.conf"
    secret.write_text(f'proxy_set_header X-Daicho-Proxy-Secret "{SECRET}";\n', encoding="utf-8")
    with opened(folder, Proxy(HOST, (SECRET,), user_header)) as desk:
        port = free_port()
        said = (DEPLOY / settings).read_text(encoding="utf-8")
        for documented, here in (
            ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
            ("/etc/ssl/desk.example.pem", str(certificate)),
            ("/etc/ssl/desk.example.key", str(key)),
            ("/etc/nginx/daicho-secret.conf", str(secret)),
            ("/var/log/nginx/desk.log", str(folder / "desk.log")),
            ("/var/log/nginx/desk-error.log", str(folder / "desk-error.log")),
            ("http://127.0.0.1:8321", desk.base),
            ("http://127.0.0.1:4180", f"http://127.0.0.1:{identity}"),
        ):
            assert documented in said or not identity
            said = said.replace(documented, here)
        with nginx(said, folder):
            yield Deployed(desk, f"https://127.0.0.1:{port}", certificate)


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Where people sign in at the desk."""
    with deployed(tmp_path_factory.mktemp("signing"), "nginx.conf") as found:
        yield found


@pytest.fixture(scope="module")
def identified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Where a proxy signs them in; `idp` in a cookie stands for its session."""

    async def asked(request: Request) -> Response:
        who = request.cookies.get("idp", "")
        return (
            Response(status_code=202, headers={"x-auth-request-preferred-username": who}) if who else Response("", 401)
        )

    async def form(_: Request) -> Response:
        return PlainTextResponse("the provider's sign-in")

    routes = [Route("/oauth2/auth", asked), Route("/oauth2/sign_in", form)]
    listening = listen("127.0.0.1", 0)
    with (
        served(Starlette(routes=routes), listening),
        deployed(
            tmp_path_factory.mktemp("identified"), "nginx-openid.conf", "x-forwarded-user", listening.getsockname()[1]
        ) as found,
    ):
        yield found


def test_people_sign_in_by_tls_and_the_desk_knows_from_where(signing: Deployed) -> None:
    browser = signing.browser({"x-forwarded-for": "203.0.113.66"})
    answer = sign_in(browser, "hoshi", SECRETS["hoshi"])
    assert answer.status_code == 303
    assert answer.headers["set-cookie"].startswith("__Host-daicho=")
    assert browser.get("/exports").status_code == 200
    assert "max-age" in browser.get("/").headers["strict-transport-security"]
    told = AccountsFile(signing.desk.folder / "accounts.sqlite").entries()
    assert (told[0].event, told[0].address) == ("signed_in", "127.0.0.1"), "not what a browser says of itself"


def test_past_the_proxy_nobody_gets_in(signing: Deployed) -> None:
    for headers in ({}, {"x-daicho-proxy-secret": "guess"}, {"x-forwarded-user": "hoshi"}):
        assert httpx.get(signing.desk.base, headers={"host": HOST, **headers}, trust_env=False).status_code == 403
    evil = signing.browser({"host": "evil.example"}).get("/")
    assert evil.status_code == 421


def test_without_a_user_header_no_header_names_anybody(signing: Deployed) -> None:
    named = {"x-forwarded-user": "hoshi", "x-user": "hoshi", "x-auth-request-preferred-username": "hoshi"}
    answer = signing.browser(named).get("/exports")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fexports")


@pytest.mark.parametrize("settings", ["signing", "identified"])
def test_the_proxys_logs_have_no_query(settings: str, request: pytest.FixtureRequest) -> None:
    found: Deployed = request.getfixturevalue(settings)
    browser = found.browser({}, {"idp": "hoshi"})
    browser.get("/register?q=himitsu-no-name")
    too_large = browser.post("/rulings?q=himitsu-no-name", content=b"x" * 2 * LARGEST + b"x")
    assert too_large.status_code == 413
    assert "nginx" in too_large.text, "it never reaches the desk"
    logs = {file.name: file.read_text(encoding="utf-8") for file in found.desk.folder.glob("*.log")}
    assert "/register" in logs["desk.log"]
    assert not [name for name, said in logs.items() if "himitsu" in said]


def test_a_form_as_large_as_the_desk_takes_it_gets_through_the_proxy(signing: Deployed) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = signing.browser(form).post("/sign-in", content=b"a=" + b"x" * (LARGEST - 2))
    assert (answer.status_code, "nginx" in answer.text) == (400, False), "a form without its token"


def test_whom_the_provider_does_not_know_never_reaches_the_desk(identified: Deployed) -> None:
    file = AccountsFile(identified.desk.folder / "accounts.sqlite")
    before = file.entries()
    assert "the provider's sign-in" in identified.browser().get("/").text
    spoofed = identified.browser({"x-forwarded-user": "hoshi", "x-daicho-proxy-secret": SECRET}).get("/exports")
    assert "the provider's sign-in" in spoofed.text
    assert file.entries() == before


@pytest.mark.parametrize(
    "spoofed",
    [
        {"x-forwarded-user": "hoshi"},
        {"X_Forwarded_User": "hoshi"},
        {"x-auth-request-preferred-username": "hoshi"},
        {"x-forwarded-user": "hoshi", "x-daicho-proxy-secret": SECRET},
    ],
    ids=["the header", "with underscores", "the provider's header", "with the secret, too"],
)
def test_whoever_a_browser_says_he_is_the_providers_word_holds(identified: Deployed, spoofed: dict[str, str]) -> None:
    browser = identified.browser(spoofed, {"idp": "ken"})
    assert browser.get("/sign-in").status_code == 303
    assert "<b>ken</b>" in browser.get("/").text
    assert browser.get("/exports").status_code == 403, "an engineer, whatever the browser says"


def test_another_user_or_none_at_the_provider_ends_the_session(identified: Deployed) -> None:
    browser = identified.browser({}, {"idp": "hoshi"})
    browser.get("/sign-in")
    assert browser.get("/exports").status_code == 200
    session = {"__Host-daicho": browser.cookies["__Host-daicho"]}
    assert identified.browser({}, {"idp": "ken", **session}).get("/exports").status_code == 303
    assert identified.browser({}, {"idp": "hoshi", **session}).get("/exports").status_code == 303, "it has ended"
    assert identified.browser({}, {"idp": "mallory"}).get("/sign-in").status_code == 403


def test_the_units_lines_are_known_to_systemd(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd-analyze is not installed")
    said = (DEPLOY / "daicho-desk.service").read_text(encoding="utf-8")
    for documented, here in (
        ("/srv/daicho/.venv/bin/daicho", sys.executable), ("WorkingDirectory=/srv/daicho", "WorkingDirectory=/"),
        ("User=daicho", "User=nobody"),
    ):  # fmt: skip
        assert documented in said
        said = said.replace(documented, here)
    unit = tmp_path / "daicho-desk.service"
    unit.write_text(said, encoding="utf-8")
    done = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    assert (done.returncode, "Unknown" in done.stderr) == (0, False), done.stderr


def test_the_containers_health_is_whether_the_desk_answers(signing: Deployed) -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    (check,) = [json.loads(line.strip().removeprefix("CMD ")) for line in lines if line.startswith("  CMD [")]
    for port, healthy in ((signing.desk.base.rpartition(":")[2], True), (str(free_port()), False)):
        command = [sys.executable, *(part.replace("8321", port) for part in check[1:])]
        assert (subprocess.run(command, capture_output=True).returncode == 0) == healthy


def test_the_container_is_built_in_the_format_that_keeps_its_health_check() -> None:
    for file in (DEPLOY / "Containerfile", ROOT / "docs" / "deployment.md"):
        commands = [line for line in file.read_text(encoding="utf-8").splitlines() if "podman build" in line]
        assert commands
        assert all("--format docker" in command for command in commands), file


def test_the_container_is_nobodys_account_and_takes_what_there_is() -> None:
    said = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [part for line in said.splitlines() if line.startswith("COPY ") and "--from" not in line
              for part in line.split()[1:-1]]  # fmt: skip
    assert copied
    assert not [one for one in copied if not (ROOT / one).exists()]
    assert "USER 10001:10001" in said.partition("FROM")[2].rpartition("FROM")[2]
