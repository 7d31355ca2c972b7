"""What a process that reads somebody's files for us may see and use."""

from __future__ import annotations

import os
import sys


def environment() -> dict[str, str]:
    """Where programs and modules lie, and no password."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONWARNINGS": "ignore"}


def bound(memory: int) -> None:
    """Bound this process's memory, where the system can, and let it leave no image of itself."""
    import resource

    for limit, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory)):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            # macOS does not bound it
            continue
