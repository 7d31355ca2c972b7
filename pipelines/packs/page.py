"""A pack's first page: one HTML file that opens anywhere, asks the network for nothing, and prints."""

from __future__ import annotations

from typing import Any

from pipelines.reports.pagework.escaping import environment


def page(template: str, **told: Any) -> bytes:
    """The page of a template of this package; every text is escaped."""
    return environment(__package__).get_template(f"{template}.html.j2").render(**told).encode()
