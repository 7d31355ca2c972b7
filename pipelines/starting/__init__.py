"""`daicho init`: a folder of declarations to go on from, with the schemas that an editor checks it by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from pipelines.declarations import DeclarationsError, MissingVariableError, expand, holds_password, load
from pipelines.declarations.schema import FOLDER, modeline, publish
from pipelines.stores import kind_of

FILES = ("company.yml", "stores.yml", "uses.yml")
_EXAMPLE = """\
stores: []
#   - id: kyoyu
#     kind: files
#     path: /mnt/kyoyu
#     label: 共有フォルダ
#     owner: 総務部
#   - id: crm
#     kind: sql
#     url: postgresql://reader:${CRM_PASSWORD}@db.example:5432/crm
#     label: 顧客管理システム
#     owner: 営業部
"""


def start(folder: Path, stores: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the starting files, `stores` (id → path or URL) among them; answers their paths.

    Raises DeclarationsError where a file is there already, a location holds a password, or the folder cannot be
    written; nothing that was there is touched, and of wrong stores nothing is written.
    """
    there = [name for name in FILES if (folder / name).exists()]
    if there:
        raise DeclarationsError(
            f"{folder}: {'、'.join(there)} がすでにあります。上書きしません · there already, and not overwritten"
        )
    if wrong := list(_wrong(stores)):
        raise DeclarationsError("\n".join(wrong))
    texts = {
        name: modeline(name.removesuffix(".yml")) + files(__name__).joinpath(name).read_text(encoding="utf-8")
        for name in FILES
    }
    texts["stores.yml"] += "stores:\n" + "".join(_rows(stores)) if stores else _EXAMPLE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError:
        raise DeclarationsError(f"{folder}: 書き込めません · cannot be written; choose another folder") from None
    load(folder)
    return (*(folder / name for name in FILES), *publish(folder / FOLDER))


def _wrong(stores: Mapping[str, str]) -> Iterator[str]:
    for id, location in stores.items():
        if holds_password(location):
            variable = re.sub(r"[^A-Z0-9]+", "_", id.upper()).strip("_") or "STORE"
            named = f"{'DB_' if variable[0].isdigit() else ''}{variable}_PASSWORD"
            yield (
                f"{id}: パスワードは書けません。代わりに ${{{named}}} と書き、環境変数 {named} に置いてください"
                f" · no password here: write ${{{named}}} in its place and set {named} in the environment"
            )
        if re.search(r"\s", id):
            yield f"{id}: id に空白は使えません · an id has no spaces"


def _rows(stores: Mapping[str, str]) -> Iterator[str]:
    for id, location in stores.items():
        where = "url" if "://" in location else "path"
        yield (
            f"  - id: {_quoted(id)}\n    kind: {_kind(location)}\n    {where}: {_quoted(location)}\n"
            '    label: ""\n    owner: ""                       # ← 所管の部署 · the department to ask\n'
        )


def _kind(location: str) -> str:
    try:
        place = expand(location)
    except MissingVariableError:
        place = location
    return kind_of(place if "://" in place else str(Path(place).expanduser()))


def _quoted(text: str) -> str:
    # a bare `007`, `no` or `#x` would be something else
    return "'" + text.replace("'", "''") + "'"
