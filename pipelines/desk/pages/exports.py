"""The ledger, the report and the exports, to be saved."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from pipelines import exports as formats_of
from pipelines import reports
from pipelines.desk.visit import Answer, NotThereError, Sent, Shown, Visit
from pipelines.exports.contents import told
from pipelines.history import run_of
from pipelines.reviewing import approvals

OFFERED = ("csv", "json", "parquet", "markdown", "fideslang")
"""Formats that people take away; the others are for programs, which have `daicho export`."""
_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
    ".zip": "application/zip",
}


def exports(visit: Visit) -> Shown:
    """What there is to take away."""
    known = formats_of.formats()
    return Shown(
        "exports.html.j2",
        {
            "held": visit.holdings,
            "reports": reports.reports(),
            "formats": [known[name] for name in OFFERED],
        },
    )


def export(visit: Visit) -> Answer:
    """One of them, made now of what the register holds."""
    name = visit.place["name"]
    report = next((one for one in reports.reports() if name == one.NAME), None)
    if report:
        (known, policy), register = visit.desk.declared(), visit.holdings.register
        approved = approvals(known, register)
        # reports are written into folders; neither of them holds a personal value
        with TemporaryDirectory(prefix="daicho-") as folder:
            content = report.write(register, policy, Path(folder), visit.language, approved).read_bytes()
        return Sent(content, name, _KINDS[Path(name).suffix])
    if name not in OFFERED:
        raise NotThereError
    register = visit.holdings.register
    run = run_of(register, None)
    runs, sections = told.after(register, run)
    files = formats_of.formats()[name].files(told.Told(runs, sections, visit.language))
    if len(files) == 1:
        ((file, content),) = files.items()
        return Sent(content, file)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    return Sent(packed.getvalue(), f"daicho-{name}.zip", _KINDS[".zip"])


ANSWERS = {"exports": exports, "export": export}
