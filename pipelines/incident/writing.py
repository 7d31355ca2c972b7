"""The draft as a file: Markdown, Word, or one JSON object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.incident import Incident
    from pipelines.incident.deadlines import Due
    from pipelines.incident.telling import Line

_MARKS = {"title": "# ", "head": "\n## ", "line": "- ", "open": "- [ ] "}


def markdown(lines: Iterable[Line]) -> str:
    """The draft in Markdown: what is open is a box to tick."""
    return "\n".join(_MARKS[line.form] + line.text.strip() for line in lines) + "\n"


def docx(lines: Iterable[Line]) -> bytes:
    """The draft for Word."""
    from docx import Document

    document = Document()
    for line in lines:
        if line.form in ("title", "head"):
            document.add_heading(line.text, 0 if line.form == "title" else 1)
        else:
            document.add_paragraph(("□ " if line.form == "open" else "") + line.text)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_object(incident: Incident) -> dict[str, Any]:
    """The assessment in plain types."""
    days, count = incident.deadlines, incident.persons
    named = {one.id: one.name for one in incident.datasets}
    return {
        "stores": [store.id for store in incident.stores],
        "datasets": [{"store": one.store, "dataset": one.name} for one in incident.datasets],
        "known_at": days.known.isoformat(),
        "cause": incident.cause.id if incident.cause else "",
        "encrypted": incident.encrypted,
        "grounds": [
            {
                "number": one.number,
                "state": one.state,
                "because": [says._asdict() for says in one.because],
                "ask": [{"store": ask.store, **ask.what._asdict()} for ask in one.ask],
            }
            for one in incident.grounds
        ],
        "deadlines": {
            "prompt_from": _due(days.prompt[0]),
            "prompt_by": _due(days.prompt[1]),
            "final": _due(days.final),
            "final_wrongful": _due(days.final_wrongful),
        },
        "individuals": {
            "least": count.least,
            "about": count.about,
            "most": count.most,
            "same_persons": [[named[id] for id in group] for group in count.groups if len(group) > 1],
            "uncounted": [named[id] for id in count.uncounted],
        },
        "data_categories": list(incident.items),
        "entrusters": [asdict(one) for one in incident.entrusters],
        "persons": [asdict(one) for one in incident.reached],
        "not_read": [{"store": one.store, "name": one.name, "reason": one.reason} for one in incident.unread],
    }


def _due(due: Due) -> dict[str, Any]:
    return {"day": due.days, "counted": due.counted.isoformat(), "due": due.on.isoformat()}
