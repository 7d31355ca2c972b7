"""A file of declarations as YAML, with the line on which each of its values stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipelines.declarations.problems import Problem

Place = tuple[str | int, ...]
"""Keys and positions that lead to a value: `("uses", 3, "source", "store")`."""


def dotted(place: Place) -> str:
    """A place as people write it.

    >>> dotted(("source", "columns", 0))
    'source.columns[1]'
    """
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


_BROKEN = {
    "\\t": ("タブは使えません。半角の空白で字下げします", "a tab cannot indent: use spaces"),
    "mapping values are not allowed": (
        "コロン（:）の位置か字下げが違います。コロンを含む文字列は引用符で囲みます",
        "a colon where none can be, or wrong indentation; put text that holds a colon in quotes",
    ),
    "expected ',' or": ("閉じかっこか、区切りのコンマがありません", "a closing bracket or a comma is missing"),
    "expected <block end>": ("前の行と字下げが揃っていません", "is not indented as the lines before it"),
    "found unexpected end of stream": ("引用符が閉じられていません", "a quotation mark is never closed"),
    "cannot start any token": (
        "この記号で始まる文字列は引用符で囲みます",
        "text that begins with this sign must stand in quotes",
    ),
    "but found another document": ("--- で区切らず、一つの文書にします", "must be one document, without ---"),
    "undefined alias": ("* で始まる文字列は引用符で囲みます", "text that begins with * must stand in quotes"),
}
"""What PyYAML says → what to do about it."""


class Document:
    """One file: its value, where each part of it stands, and what hinders its being read."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        self.value: dict[str, Any] | None = None
        """None: it cannot be read as a mapping, and `problems` says why."""
        self.problems: list[Problem] = []
        self._root: yaml.Node | None = None
        text = ""
        try:
            text = file.read_text(encoding="utf-8")
            loader = _Dated(text)
            self._root = loader.get_single_node()
            value = loader.construct_document(self._root) if self._root else {}
        except FileNotFoundError:
            self._wrong(0, "ファイルがありません", "is missing")
        except UnicodeDecodeError:
            self._wrong(0, "UTF-8 ではありません。UTF-8 で保存します", "is not UTF-8: save it as UTF-8")
        except OSError:
            self._wrong(0, "読めません。権限を確かめます", "cannot be read: check its rights")
        except yaml.YAMLError as error:
            self._wrong(*_broken(text, error))
        else:
            if isinstance(value, dict):
                self.value = value
                self.problems += [self.problem(place, *_TWICE) for place in _twice(self._root)]
            else:
                self._wrong(
                    1,
                    f"「{file.stem}:」で始まる項目の組（キー: 値）にします",
                    f"must be a mapping that begins with '{file.stem}:'",
                )

    def _wrong(self, line: int, ja: str, en: str) -> None:
        self.problems.append(Problem(self.name, line, "", "", ja, en))

    def problem(self, place: Place, ja: str, en: str) -> Problem:
        """A problem of the file by itself, at a place in it."""
        return Problem(self.name, self.line(place), "", dotted(place), ja, en)

    def line(self, place: Place) -> int:
        """The line of a place, from 1; of the nearest that is there, where the place itself is missing."""
        node, line = self._root, 1
        for part in place:
            found = _inside(node, part)
            if found is None:
                break
            line, node = found
        return line


_TWICE = ("このキーが二度あります。後の方だけが読まれてしまいます", "this key stands twice: only the last would count")


class _Dated(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # thousands of rows
    """Leaves a day that no calendar has (2026-04-31) as text, to be refused by name like any other wrong value."""

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Dated.add_constructor("tag:yaml.org,2002:timestamp", _Dated.construct_yaml_timestamp)


def _broken(text: str, error: yaml.YAMLError) -> tuple[int, str, str]:
    try:
        # of what hinders it, PyYAML's own reader tells more than libyaml
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as told:
        error = told
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    ja, en = next((words for part, words in _BROKEN.items() if part in said), ("", ""))
    return (
        mark.line + 1 if mark else 0,
        "YAML として読めません" + (f"。{ja}" if ja else ""),
        "is not YAML" + (f": {en}" if en else ""),
    )


def _inside(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        # of a key that stands twice, the last one counts
        for key, value in reversed(node.value):
            if key.value == str(part):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None


def _twice(node: yaml.Node | None, place: Place = ()) -> Iterator[Place]:
    if isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _twice(value, (*place, at))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen and isinstance(key, yaml.ScalarNode):
                yield (*place, key.value)
            elif isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
                yield from _twice(value, (*place, key.value))
