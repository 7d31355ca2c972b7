"""Writing a report's file: whole or not at all, so that nobody opens half of one."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def replacing(path: Path, content: bytes) -> Path:
    """Put `content` in the place of the file at `path`; answers the path."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
        beside.write(content)
    try:
        # a temporary file is its owner's alone; a report gets the rights that any new file would
        os.umask(mask := os.umask(0))
        Path(beside.name).chmod(0o666 & ~mask)
        Path(beside.name).replace(path)
    except OSError:
        Path(beside.name).unlink(missing_ok=True)
        raise
    return path
