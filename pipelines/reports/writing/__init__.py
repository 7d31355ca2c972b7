"""Writing a report's file: whole or not at all, so that nobody opens half of one."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def replacing(path: Path, content: bytes) -> Path:
    """Put `content` in the place of the file at `path`; answers the path. Raises OSError, and leaves no trace then."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            # a temporary file is its owner's alone; a report gets the rights that any new file would
            os.umask(mask := os.umask(0))
            beside.chmod(0o666 & ~mask)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    return path
