"""Files of declarations as rows: read, checked against their models, and what is wrong said in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from pipelines.declarations.documents import Document, Place, dotted
from pipelines.declarations.problems import Problem, Severity, nearest


@dataclass(frozen=True, slots=True)
class Written:
    """A row as somebody wrote it, right or wrong, and where it stands."""

    document: Document
    kind: str
    """`uses`: the file's name and its top-level key; of `company.yml` the part, `company` or `policy`."""
    place: Place
    model: type[BaseModel]
    value: Any

    @property
    def id(self) -> str:
        """What other rows name it by: its `id`, or the first of its keys where its kind has none; '' none.

        A part of `company.yml` is called by its key.
        """
        if len(self.place) == 1:
            return self.kind
        name = self.value.get(self.named_by) if isinstance(self.value, dict) else None
        return str(name) if isinstance(name, str | int) else ""

    @property
    def named_by(self) -> str:
        """The key that says what it is called."""
        fields = fields_of(self.model)
        return "id" if "id" in fields else next(iter(fields))

    def problem(self, key: Place, ja: str, en: str, instead: str = "", severity: Severity = "error") -> Problem:
        """A problem of the row, at a place in it."""
        line = self.document.line((*self.place, *key))
        return Problem(self.document.name, line, self.id, dotted(key), ja, en, instead, severity)

    def texts(self) -> Iterator[tuple[str, str, Place]]:
        """Every text in it: the name of its model's field, the text, its place in the row."""
        yield from _texts(self.model, self.value, ())


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of declarations as it was read."""

    written: Mapping[str, Sequence[Written]]
    """Kind → its rows, in order. A kind that is missing has no file; one that cannot be read is in `unreadable`."""
    unreadable: frozenset[str]
    good: Mapping[str, Sequence[Any]]
    """Kind → the rows that are what their model asks."""
    problems: tuple[Problem, ...]


def read(folder: Path, parts: Mapping[str, type[BaseModel]], models: Mapping[str, type[BaseModel]]) -> Folder:
    """The folder's rows: `company.yml` by its `parts`, of every other file a list of rows by its kind's model."""
    written: dict[str, list[Written]] = {}
    good: dict[str, list[Any]] = {}
    problems: list[Problem] = list(_unknown_files(folder, {"company", *models}))
    unreadable = set()
    for name in ("company", *models):
        if not _needed(name) and not (folder / f"{name}.yml").exists():
            continue
        document = Document(folder / f"{name}.yml")
        if document.value is None or (name in models and not isinstance(document.value.get(name), list)):
            unreadable.add(name)
        if document.value is not None:
            rows = _parts(document, parts) if name == "company" else _rows(document, name, models[name])
            for row in rows:
                written.setdefault(row.kind, []).append(row)
                parsed = _parsed(row)
                if isinstance(parsed, list):
                    document.problems += parsed
                else:
                    good.setdefault(row.kind, []).append(parsed)
        problems += document.problems
    return Folder(written, frozenset(unreadable), good, tuple(problems))


def _needed(name: str) -> bool:
    return name in ("company", "stores")


def _unknown_files(folder: Path, known: Iterable[str]) -> Iterator[Problem]:
    names = sorted(known)
    for file in sorted(folder.glob("*.y*ml")):
        if file.stem not in names:
            ja, en = "この名前の宣言はありません", "no such kind of declaration"
            yield Problem(file.name, 0, "", "", ja, en, nearest(file.stem, names) or ", ".join(names))
        elif file.suffix != ".yml":
            yield Problem(file.name, 0, "", "", "拡張子を .yml にします", "is not read", f"{file.stem}.yml")


def _parts(document: Document, models: Mapping[str, type[BaseModel]]) -> Iterator[Written]:
    assert document.value is not None
    for key in document.value:
        if key not in models:
            document.problems.append(_unknown_key(document, str(key), models))
    for key, model in models.items():
        yield Written(document, key, (key,), model, document.value.get(key) or {})


def _rows(document: Document, kind: str, model: type[BaseModel]) -> Iterator[Written]:
    assert document.value is not None
    for key in document.value:
        if key != kind:
            document.problems.append(_unknown_key(document, str(key), {kind}))
    raw = document.value.get(kind)
    if isinstance(raw, list):
        yield from (Written(document, kind, (kind, at), model, value) for at, value in enumerate(raw))
    else:
        ja = f"「{kind}:」の下に、行を - で並べます（一つもなければ「{kind}: []」）"
        en = f"{kind!r} must be a list of rows ({kind}: [] for none)"
        document.problems.append(document.problem((kind,), ja, en))


def _unknown_key(document: Document, key: str, known: Iterable[str]) -> Problem:
    line = document.line((key,))
    return Problem(document.name, line, "", key, *_UNKNOWN_KEY, nearest(key, known) or ", ".join(sorted(known)))


def _parsed(row: Written) -> Any:
    """The row as its model, or a list of what is wrong with it."""
    row_type: TypeAdapter[Any] = TypeAdapter(row.model)
    try:
        return row_type.validate_python(row.value)
    except ValidationError as error:
        found = [_problem(row, one) for one in error.errors(include_url=False)]
        # a value that none of several forms takes is one problem
        return list({(one.line, one.key): one for one in reversed(found)}.values())[::-1]


_UNKNOWN_KEY = ("知らないキーです", "unknown key")
_WORDED = {
    "missing": ("必要です", "is required"),
    "string_type": ("文字列にします（数字や日付、yes/no は引用符で囲む）", "must be a string (put it in quotes)"),
    "string_too_short": ("空です。書き入れます", "is empty: fill it in"),
    "string_pattern_mismatch": ("書き方が違います", "is not written as it must be"),
    "tuple_type": ("リストにします（- または [ ] で）", "must be a list"),
    "date_type": ("日付（YYYY-MM-DD）にします", "must be a date, YYYY-MM-DD"),
    "date_parsing": ("日付（YYYY-MM-DD）にします", "must be a date, YYYY-MM-DD"),
    "date_from_datetime_parsing": ("日付（YYYY-MM-DD）にします", "must be a date, YYYY-MM-DD"),
    "date_from_datetime_inexact": ("日付（YYYY-MM-DD）にします", "must be a date, YYYY-MM-DD"),
    "model_type": ("項目の組（キー: 値）にします", "must be a mapping"),
    "literal_error": ("決まった語のどれかにします", "must be one of the words that are known here"),
    "int_type": ("整数にします", "must be a whole number"),
    "int_parsing": ("整数にします", "must be a whole number"),
    "bool_type": ("true か false にします", "must be true or false"),
    "bool_parsing": ("true か false にします", "must be true or false"),
    "invalid_key": ("キーは文字列にします", "a key must be a string"),
}
"""Pydantic's kinds of error in our words; the input is left out: a wrong row may hold what must not be printed."""


def _problem(row: Written, error: Any) -> Problem:
    kind, place = error["type"], tuple(_there(row.value, error["loc"]))
    if kind == "extra_forbidden":
        known = _keys(_model_at(row.model, place[:-1]))
        instead = nearest(str(place[-1]), known) or ", ".join(known)
        return row.problem(place, *_UNKNOWN_KEY, instead)
    if kind == "missing":
        return row.problem((*place, error["loc"][-1]), *_WORDED[kind])
    if kind == "literal_error":
        words = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        instead = nearest(str(error["input"]), words) or ", ".join(filter(None, words))
        return row.problem(place, *_WORDED[kind], instead)
    if kind in ("string_pattern_mismatch", "greater_than_equal", "less_than_equal"):
        ja, en = _WORDED.get(kind, ("範囲の外です", "is out of range"))
        return row.problem(place, ja, en, _limit(error["ctx"]))
    if kind == "value_error":
        ja, _, en = str(error["ctx"]["error"]).partition(" · ")
        return row.problem(place, ja, en or ja)
    ja, en = _WORDED.get(kind, ("書き方が違います", str(error["msg"]).lower()))
    return row.problem(place, ja, en, _example(row, place) if kind == "model_type" else "")


_PATTERNS = {
    r"^\S+$": "空白のない文字列 · no spaces",
    r"^([01]\d|2[0-3]):[0-5]\d$": '"22:00"',
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": '"10:00"',
    "^[A-Z]{2}$": "JP",
}
"""What text of a form looks like."""


def _example(row: Written, place: Place) -> str:
    fields = fields_of(_model_at(row.model, place))
    return "{" + ", ".join(f"{field.alias or name}: …" for name, field in fields.items() if field.is_required()) + "}"


def _limit(context: Mapping[str, Any]) -> str:
    if "pattern" in context:
        return _PATTERNS.get(context["pattern"], str(context["pattern"]))
    return f"≥ {context['ge']}" if "ge" in context else f"≤ {context['le']}"


def _there(value: Any, loc: Sequence[str | int]) -> Iterator[str | int]:
    """The part of an error's place that the row has: pydantic adds the forms it tried."""
    for part in loc:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return
        yield part


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in fields_of(model).items()]


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel]:
    for part in place:
        names = {field.alias or name: field for name, field in fields_of(model).items()}
        if isinstance(part, str) and part in names:
            model = model_in(names[part].annotation) or model
    return model


def fields_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """A model's fields; one that names a model below it knows that one only when it is built."""
    model.model_rebuild()
    return model.model_fields


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, by itself, in a list or perhaps; None where it holds none."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, BaseModel) else None
    if get_origin(annotation) in (tuple, list, Union, UnionType, Annotated):
        return next(filter(None, map(model_in, get_args(annotation))), None)
    return None


def _texts(model: type[BaseModel], value: Any, place: Place) -> Iterator[tuple[str, str, Place]]:
    if not isinstance(value, dict):
        return
    for name, field in fields_of(model).items():
        key = field.alias or name
        if key in value:
            yield from _texts_of(name, model_in(field.annotation), value[key], (*place, key))


def _texts_of(name: str, model: type[BaseModel] | None, value: Any, place: Place) -> Iterator[tuple[str, str, Place]]:
    if isinstance(value, str):
        yield name, value, place
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _texts_of(name, model, one, (*place, at))
    elif model is not None:
        yield from _texts(model, value, place)
