"""`daicho init`: a folder of declarations to go on from, with the schemas that an editor checks it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from pipelines.declarations import DeclarationsError, holds_password, load
from pipelines.declarations.schema import FOLDER, modeline, publish
from pipelines.stores import kind_of

FILES = ("company.yml", "stores.yml", "uses.yml")
_EXAMPLE = "stores: []\n#   - {id: kyoyu, kind: files, path: /mnt/kyoyu, label: 共有フォルダ, owner: 総務部}\n"


def start(folder: Path, stores: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the starting files, `stores` (id → path or URL) among them; answers their paths.

    Raises DeclarationsError, and writes nothing, where a file is there already or a location holds a password.
    """
    there = [name for name in FILES if (folder / name).exists()]
    if there:
        raise DeclarationsError(
            f"{folder}: {'、'.join(there)} がすでにあります。上書きしません · there already, and not overwritten"
        )
    wrong = [
        f"{id}: パスワードは書けません。${{{id.upper()}_PASSWORD}} と書き、環境変数に置いてください"
        " · write ${NAME} in the password's place and set NAME in the environment"
        for id, location in stores.items()
        if holds_password(location)
    ]
    if wrong:
        raise DeclarationsError("\n".join(wrong))
    texts = {
        name: modeline(name.removesuffix(".yml")) + files(__name__).joinpath(name).read_text(encoding="utf-8")
        for name in FILES
    }
    texts["stores.yml"] += "stores:\n" + "".join(_rows(stores)) if stores else _EXAMPLE
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    load(folder)
    return (*(folder / name for name in FILES), *publish(folder / FOLDER))


def _rows(stores: Mapping[str, str]) -> Iterator[str]:
    for id, location in stores.items():
        where = "url" if "://" in location else "path"
        yield (
            f"  - id: {id}\n    kind: {kind_of(location)}\n    {where}: {_quoted(location)}\n"
            "    label: ''\n    owner: ''            # 所管の部署 · the department to ask\n"
        )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
