"""A pack's first page: one HTML file that opens anywhere, asks the network for nothing, and prints."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, **told: Any) -> bytes:
    """The page of a template of this package; every text is escaped."""
    environment = Environment(
        loader=PackageLoader("pipelines.packs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{template}.html.j2").render(**told).encode()
