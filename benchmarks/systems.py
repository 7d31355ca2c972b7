"""Systems under measurement: each a program of its own that is asked over `benchmarks.peers.stream`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
ENVIRONMENTS = ROOT / "build" / "peers"
_FOLDER = Path(__file__).parent / "peers"
_PATIENCE = 3_600
"""Seconds after which a program counts as failed."""
_BRIEF, _TIMES = 5.0, 7
"""Below so many seconds a figure of speed is the middle one of so many runs."""


class PeerError(Exception):
    """A system could not be installed or run; the message says why."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What one program took."""

    start_s: float
    """Seconds from its start to its first answer: imports, dictionaries, models."""
    wall_s: float
    cpu_s: float
    rss_mb: float
    """Peak resident memory, megabytes."""


Answered = tuple[list[dict[str, Any]], Timing]
"""A program's answers, in the order of what it was asked, and what they took."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another product, a row of `peers.yml`."""

    id: str
    title: str
    module: str
    requirements: str
    """A file of `peers/requirements/`, by which its environment is made."""
    asks: str
    """`texts`, or `tables` where it labels columns itself."""
    arguments: tuple[str, ...] = ()


@cache
def peers() -> tuple[Peer, ...]:
    """Every peer, in the order of its row."""
    rows = yaml.safe_load((_FOLDER / "peers.yml").read_text(encoding="utf-8"))
    return tuple(Peer(**{**row, "arguments": tuple(row.get("arguments", ()))}) for row in rows)


def install(peer: Peer) -> Path:
    """The interpreter of the peer's own environment, made where it is not there; raises PeerError."""
    wanted = (_FOLDER / "requirements" / f"{peer.requirements}.txt").read_text(encoding="utf-8")
    folder = ENVIRONMENTS / peer.requirements
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    _run([sys.executable, "-m", "venv", "--clear", str(folder)], "its environment could not be made")
    requirements = folder / "requirements.txt"
    requirements.write_text(wanted, encoding="utf-8")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)]
    _run(install, "it could not be installed")
    requirements.rename(stamp)
    return python


def ask_peer(peer: Peer, rows: Iterable[dict[str, Any]]) -> Answered:
    """A peer's answers, in order; raises PeerError."""
    return ask([str(install(peer)), "-m", peer.module, *peer.arguments], rows)


def ask_daicho(mode: str, rows: Iterable[dict[str, Any]]) -> Answered:
    """This product's answers in one of its modes, over the same stream; raises PeerError."""
    return ask([sys.executable, "-m", "benchmarks.peers.daicho", mode], rows)


def steadily(asked: Callable[[], Answered]) -> Answered:
    """What `asked` answers, with the timing of the run in the middle where one is brief: what takes a quarter of a
    second says more about the moment than about the program. Every run is a process of its own; raises PeerError."""
    answers, first = asked()
    if first.wall_s >= _BRIEF:
        return answers, first
    timings = [first, *(asked()[1] for _ in range(_TIMES - 1))]
    return answers, sorted(timings, key=lambda one: one.cpu_s)[_TIMES // 2]


def ask(command: list[str], rows: Iterable[dict[str, Any]]) -> Answered:
    """Answers of a program that reads and writes JSON lines, its timing last; raises PeerError."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    *answers, last = [json.loads(line) for line in _run(command, "it failed", lines).splitlines()]
    return answers, Timing(**last["timing"])


def _run(command: list[str], problem: str, stdin: str = "") -> str:
    try:
        done = subprocess.run(
            command, cwd=ROOT, input=stdin, capture_output=True, encoding="utf-8", timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerError(f"{problem}: {type(error).__name__}") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise PeerError(f"{problem}: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout
