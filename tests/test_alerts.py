"""Alerts of new findings: to real web and mail servers on loopback, counts alone, and failing nothing."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest

from pipelines.alerts import Outcome, sent, ways
from pipelines.declarations import DeclarationsError, load
from pipelines.declarations.alerts import Alert
from pipelines.register import Register
from tests.conftest import DECLARATIONS, Run
from tests.filled_register import CARDS, STAFF, VERDICTS, check, dataset, filled, verdict

SECRET = "hook-himitsu-canary"


@pytest.fixture
def register() -> Register:
    """A register whose last check found two new findings."""
    book = filled("sqlite://")
    fresh = verdict("v-new", "gap", STAFF, severity="warning"), verdict("v-info", "gap", CARDS, severity="info")
    check(book, [*VERDICTS, *fresh])
    return book


@contextmanager
def web(status: int = 200, **headers: str) -> Iterator[tuple[str, list[tuple[str, dict[str, Any], Any]]]]:
    """A web server: its address, and what it was sent: path, document, headers."""
    got: list[tuple[str, dict[str, Any], Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, json.loads(body), self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", got
        server.shutdown()


@contextmanager
def mails(refuses: bool = False) -> Iterator[tuple[int, list[EmailMessage], list[str]]]:
    """A mail server without encryption (RFC 5321): its port, the mails it took, the commands it was given."""
    took: list[EmailMessage] = []
    asked: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 mail.example")
            for raw in self.rfile:
                line = raw.decode().strip()
                asked.append(line)
                match line[:4].upper():
                    case "RCPT" if refuses:
                        self.say("550 no such person")
                    case "DATA":
                        self.say("354 go on")
                        body = b"".join(iter(self.rfile.readline, b".\r\n"))
                        took.append(cast(EmailMessage, message_from_bytes(body, policy=default)))
                        self.say("250 taken")
                    case "QUIT":
                        self.say("221 bye")
                        return
                    case _:
                        self.say("250 mail.example")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1]), took, asked
        server.shutdown()


def mail(port: int, user: str = "", **more: Any) -> Alert:
    known = {"id": "m", "to": "mail", "url": f"smtp://{user}127.0.0.1:{port}", "sender": "daicho@mihon.example"}
    return Alert.model_validate({**known, "recipients": ["privacy@mihon.example"], **more})


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_a_webhook_gets_counts_and_no_name(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_TOKEN", SECRET)
    with web() as (address, got):
        alert = Alert(id="hook", to="webhook", url=f"{address}/in", token="${HOOK_TOKEN}")
        assert list(sent([alert], register)) == [Outcome("hook", 1, "")]
    ((path, document, headers),) = got
    assert path == "/in"
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert document == {
        "event": "daicho.new_findings", "run": 3, "as_of": "2026-11-23", "new": 1, "all": 5,
        "by_severity": {"warning": 1}, "by_verdict": {"gap": 1},
    }  # fmt: skip


def test_slack_gets_a_text_whose_names_are_no_mention(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = dataset("files", "<!channel> & <http://a.example|x>", [], [])
    check(register, [*VERDICTS, verdict("v-hostile", "violation", hostile)])
    with web() as (address, got):
        monkeypatch.setenv("SLACK_URL", f"{address}/services/{SECRET}")
        asked = {"id": "s", "to": "slack", "url": "${SLACK_URL}"}
        named = Alert.model_validate({**asked, "names_datasets": True, "language": "en"})
        assert [one.failed for one in sent([Alert.model_validate(asked), named], register)] == ["", ""]
    without, told = (document["text"] for _, document, _ in got)
    assert "新しい指摘 1 件" in without and "目的外のおそれ: 1" in without
    assert "channel" not in without
    assert "1 new findings" in told
    assert "files &lt;!channel&gt; &amp; &lt;http://a.example|x&gt;: 1" in told


def test_a_mail_arrives_in_japanese(register: Register) -> None:
    with mails() as (port, took, _):
        told = list(sent([mail(port, severity="info", names_datasets=True)], register))
        assert told == [Outcome("m", 2, "")]
    (letter,) = took
    assert letter["Subject"] == "個人情報の点検: 新しい指摘 2 件"
    assert letter["To"] == "privacy@mihon.example"
    text = letter.get_content()
    assert "注意 1, 参考 1" in text and "要確認: 2" in text and "- files hr_master.csv: 1" in text


def test_with_nothing_new_nothing_is_sent(register: Register) -> None:
    check(register, VERDICTS)
    with web() as (address, got):
        assert list(sent([Alert(id="hook", to="webhook", url=address)], register)) == [Outcome("hook", 0, "")]
    assert not got
    assert list(sent([Alert(id="hook", to="webhook", url=address)], Register.open("sqlite://"))) == [
        Outcome("hook", 0, "")
    ]


def test_what_fails_is_told_without_address_or_secret(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    port = closed_port()
    monkeypatch.setenv("MAIL_PASSWORD", SECRET)
    with web(500) as (broken, _), web(302, Location="http://127.0.0.1:1/") as (moved, _), mails(True) as (refusing, *_):
        alerts = [
            Alert(id="refused", to="webhook", url=broken),
            Alert(id="moved", to="webhook", url=moved),
            Alert(id="closed", to="webhook", url=f"http://127.0.0.1:{port}/{SECRET}"),
            Alert(id="scheme", to="webhook", url="file:///etc/passwd"),
            Alert(id="unset", to="slack", url="${NOT_SET_ANYWHERE}"),
            mail(port),
            mail(refusing),
        ]
        outcomes = list(sent(alerts, register))
    assert all(one.failed for one in outcomes)
    assert "HTTP 500" in outcomes[0].failed and "HTTP 302" in outcomes[1].failed
    assert "NOT_SET_ANYWHERE" in outcomes[4].failed
    for one in outcomes:
        assert "127.0.0.1" not in one.failed and str(port) not in one.failed and SECRET not in one.failed


def test_no_password_goes_over_a_line_in_clear(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", SECRET)
    with mails() as (port, took, asked):
        (outcome,) = sent([mail(port, "daicho:${MAIL_PASSWORD}@")], register)
    assert "STARTTLS" in outcome.failed
    assert not took
    assert not [line for line in asked if line.upper().startswith("AUTH")]


@pytest.mark.parametrize(
    "row",
    [
        "{id: a, to: webhook, url: 'https://hook.example', token: plain}",
        "{id: a, to: slack, url: 'https://hooks.example/services/T0'}",
        "{id: a, to: mail, url: 'smtp://u:pw@mail.example', sender: a@mihon.example, recipients: [b@mihon.example]}",
        "{id: a, to: mail, url: 'smtp://mail.example'}",
        "{id: a, to: pigeon, url: 'https://hook.example'}",
    ],
)
def test_a_secret_in_clear_and_half_a_row_are_refused(tmp_path: Path, row: str) -> None:
    for name in ("company.yml", "stores.yml"):
        (tmp_path / name).write_text((DECLARATIONS / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "alerts.yml").write_text(f"alerts:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(DeclarationsError, match=r"alerts\.yml:2 a"):
        load(tmp_path)


def test_every_way_may_be_declared() -> None:
    assert set(ways()) == set(Alert.model_fields["to"].annotation.__args__)  # type: ignore[union-attr]


def test_a_check_tells_what_became_of_its_alerts_and_fails_for_none(company_run: Run, tmp_path: Path) -> None:
    declared = tmp_path / "declarations"
    declared.mkdir()
    for file in DECLARATIONS.glob("*.yml"):
        (declared / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    # a use that is new brings findings that are
    uses = declared / "uses.yml"
    uses.write_text(
        uses.read_text(encoding="utf-8") + "\n  - {id: U-alert, job: 名簿の転用, use: marketing, "
        "source: {store: hr, dataset: candidates}}\n",
        encoding="utf-8",
    )
    (tmp_path / "register.sqlite").write_bytes(company_run.register.read_bytes())
    with web() as (address, got):
        (declared / "alerts.yml").write_text(
            f"alerts:\n  - {{id: team, to: webhook, url: '{address}', severity: info}}\n"
            f"  - {{id: lost, to: webhook, url: 'http://127.0.0.1:{closed_port()}', severity: info}}\n",
            encoding="utf-8",
        )
        done = company_run.daicho(
            "check",
            "--declarations", str(declared),
            "--register", str(tmp_path / "register.sqlite"),
            "--out", str(tmp_path / "out"),
            "--as-of", "2026-11-23",
            more={"PREFECT_HOME": str(tmp_path / "prefect")},
        )  # fmt: skip
    ((_, document, _),) = got
    assert f"alert team: 新しい指摘 {document['new']} 件を送りました" in done.stdout
    assert "alert lost: 届けられません" in done.stdout
