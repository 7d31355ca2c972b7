"""What MySQL and MariaDB have of their own: cells as the server spells them."""

from __future__ import annotations

from typing import Any


def conversions() -> dict[Any, Any]:
    """PyMySQL's conversions without all but the whole numbers': `0000-00-00`, decimals and times stay as spelt."""
    from pymysql.constants import FIELD_TYPE
    from pymysql.converters import encoders

    whole = (FIELD_TYPE.TINY, FIELD_TYPE.SHORT, FIELD_TYPE.INT24, FIELD_TYPE.LONG, FIELD_TYPE.LONGLONG)
    return {**encoders, **dict.fromkeys(whole, int), FIELD_TYPE.BIT: lambda raw: int.from_bytes(raw)}
