"""A drafted policy as the YAML file that people go on with."""

from __future__ import annotations

from typing import Any

import yaml

HEAD = """\
# 公表文から読み取った方針の下書き。quote は本文のまま、clause はその場所。
# decide の各行は本文から決められなかったこと：人が決め、該当の行を直してから、その decide の行を消す。
# A draft read from a published text: `quote` is the sentence as it stands, `clause` its place. Each row under `decide`
# could not be read for sure: decide it, mend the row it names, and take it out. Until then nothing is judged by it.

"""
_FIRST = (
    "id",
    "topic",
    "kind",
    "where",
    "field",
    "use",
    "clause",
    "ordinal",
    "day",
    "quote",
    "ja",
    "en",
    "type",
    "law",
    "needs",
)


class _Dumper(yaml.SafeDumper):
    """Writes every row in full: an alias is no row that people can mend by itself."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML asks of each value
        """Never one."""
        return True


def written(document: dict[str, Any]) -> str:
    """The file's text; what is still to be decided stands first."""
    parts = [HEAD]
    if document["decide"]:
        parts.append(_dump({"decide": [_ordered(row) for row in document["decide"]]}))
    for key, value in document.items():
        if key != "decide":
            parts.append(("\n" if isinstance(value, list | dict) else "") + _dump({key: _ordered(value)}))
    return "".join(parts)


def _dump(value: Any) -> str:
    made: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return made


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return [_ordered(one) for one in value]
    if isinstance(value, dict):
        known = [key for key in _FIRST if key in value]
        return {key: _ordered(value[key]) for key in (*known, *(key for key in value if key not in known))}
    return value
