"""Declared links, and what keeps one from being followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.declarations.documents import Place
from pipelines.declarations.problems import Problem
from pipelines.declarations.reading import Folder, Written
from pipelines.declarations.stores import OF_STATEMENTS, UNREACHABLE
from pipelines.disclosure.acting import says_who_acted


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A link as somebody wrote it, and its two ends: store, dataset, column."""

    row: Written
    place: Place
    source: tuple[str, str, str]
    target: tuple[str, str, str]


def wrong_links(folder: Folder) -> Iterator[Problem]:
    """Links that are never followed: with data that others entrusted to us, with what has no rows, with themselves."""
    stores = {row.id: row.value for row in folder.written.get("stores", ()) if isinstance(row.value, dict)}
    for link in written_links(folder):
        if link.source[:2] == link.target[:2]:
            ja, en = "データがそれ自身を指しています", "a dataset points at itself"
            yield link.row.problem(link.place, ja, en)
        for (store, dataset, _), place in ((link.source, ()), (link.target, ("to",))):
            declared = stores.get(store, {})
            if _is_entrusted(declared, dataset):
                ja = "受託データは、自社のデータとも委託元どうしでもつなげません"
                en = "data entrusted to us is never joined with our own"
                yield link.row.problem((*link.place, *place), ja, en)
            elif declared.get("kind") in (*OF_STATEMENTS, *UNREACHABLE):
                ja = f"種類 {declared['kind']} の保管場所には、たどる行がありません"
                yield link.row.problem((*link.place, *place), ja, "this kind of store has no rows to follow")


def doubtful_links(folder: Folder) -> Iterator[Problem]:
    """Links by a column that says who acted."""
    for link in written_links(folder):
        if says_who_acted(link.source[2]):
            ja = "担当者などの列は、本人ではなく対応した人を指します。行がその人のものだと確かなときだけ書きます"
            en = "says who acted: declare it only where the rows are that person's own"
            yield link.row.problem((*link.place, "column"), ja, en, "", "hint")


def written_links(folder: Folder) -> Iterator[WrittenLink]:
    """The links whose ends are written as they must be."""
    for row in folder.written.get("stores", ()):
        for at, dataset in _rows(row.value, "datasets"):
            for number, link in _rows(dataset, "links"):
                to = link["to"] if isinstance(link.get("to"), dict) else {}
                source = _end(row.id, dataset.get("name"), link.get("column"))
                target = _end(to.get("store") or row.id, to.get("dataset"), to.get("column"))
                if source and target:
                    yield WrittenLink(row, ("datasets", at, "links", number), source, target)


def _end(store: Any, dataset: Any, column: Any) -> tuple[str, str, str] | None:
    written = all(isinstance(part, str) and part for part in (store, dataset, column))
    return (store, dataset, column) if written else None


def _rows(value: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = value.get(key) if isinstance(value, dict) else None
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield at, row


def _is_entrusted(store: Mapping[str, Any], dataset: str) -> bool:
    contracts = [row for _, row in _rows(store, "datasets") if row.get("name") == dataset and row.get("contract")]
    return store.get("custody") == "entrusted" or bool(contracts)
