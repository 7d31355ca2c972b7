"""Which driver a database's URL is opened with where it names none: the one that the extras install."""

from __future__ import annotations

import sqlalchemy as sa

DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}


def driven(url: sa.URL) -> sa.URL:
    """The URL with a driver.

    >>> driven(sa.make_url("postgresql://reader@db.example/crm")).drivername
    'postgresql+psycopg'
    """
    backend = url.get_backend_name()
    if "+" in url.drivername or backend not in DRIVERS:
        return url
    return url.set(drivername=f"{backend}+{DRIVERS[backend]}")
