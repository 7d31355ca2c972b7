"""A command whose process is gone in its midst."""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.casebook.opening import Transaction
from pipelines.cli import main
from pipelines.commands import request

_TOLD, _GONE = "told", 9
# each death takes a process of its own: a fork of one that has everything imported
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["pipelines.casebook.book", "pipelines.disclosure.lookup", __name__])


def dies(command: Sequence[str], given: str, environment: Mapping[str, str], at: str) -> None:
    """Run `daicho` and have it die as that entry was written to the audit and nothing committed, or (`told`) after."""
    process = _PROCESSES.Process(target=_run, args=(tuple(command), given, dict(environment), at))
    process.start()
    process.join()
    assert process.exitcode == _GONE


def _run(command: Sequence[str], given: str, environment: Mapping[str, str], at: str) -> None:
    os.environ.update(environment)
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8")
    recorded = Transaction.record

    def record(self: Transaction, event: Any, *rest: Any, **more: Any) -> Any:
        head = recorded(self, event, *rest, **more)
        if event == at:
            os._exit(_GONE)
        return head

    Transaction.record = record  # type: ignore[method-assign]
    if at == _TOLD:
        request.told = lambda *_, **_more: os._exit(_GONE)
    main(command)
