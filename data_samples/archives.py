"""Office files are ZIP archives that carry the time of their making; the samples' do not, to be the same every time."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_EPOCH = (2026, 11, 23, 9, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIXED = rb"\g<1>2026-11-23T00:00:00Z"


def without_times(file: Path) -> None:
    """Rewrites an Office file with the samples' own day in place of every clock reading."""
    with zipfile.ZipFile(file) as archive:
        entries = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            fixed = _STAMP.sub(_FIXED, content) if name == "docProps/core.xml" else content
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, fixed)
