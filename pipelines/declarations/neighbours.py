"""Which other databases and buckets of a server are declared as stores of their own: those are nobody's oversight."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from pipelines.declarations.stores import StoreDeclaration


def told_of_each_other(stores: Sequence[StoreDeclaration]) -> tuple[StoreDeclaration, ...]:
    """The stores, each told what of its own server another one opens."""
    return tuple(
        store.model_copy(update={"elsewhere": tuple(dict.fromkeys((*store.elsewhere, *_beside(store, stores))))})
        for store in stores
    )


def _beside(store: StoreDeclaration, stores: Sequence[StoreDeclaration]) -> list[str]:
    server, own = _place(store.url)
    found = (_place(other.url) for other in stores if other.id != store.id)
    return [name for place, name in found if server and place == server and name and name != own]


def _place(url: str) -> tuple[str, str]:
    """A URL's server, and the database or bucket on it; two '' for what is neither.

    >>> _place("postgresql+psycopg://daicho:${PASSWORD}@db.example:5432/crm?sslmode=require")
    ('postgresql://db.example:5432', 'crm')
    >>> _place("s3://keiri/2026"), _place("sqlite:///x.db"), _place("")
    (('s3://', 'keiri'), ('', ''), ('', ''))
    """
    scheme, separator, rest = url.partition("://")
    parts = urlsplit(f"//{rest}")
    if not separator or not parts.netloc:
        return "", ""
    if scheme in ("s3", "gs", "abfs", "az"):
        return f"{scheme}://", parts.netloc
    return f"{scheme.partition('+')[0]}://{parts.netloc.rpartition('@')[2]}", parts.path.strip("/")
