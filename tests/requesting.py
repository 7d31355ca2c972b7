"""A request of the key (`requests/*.yml`) taken through the casebook over the samples, as the commands take it.

What each step says is noted, nothing is judged here: the tests hold it against the key.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args
from unittest import mock

import docx
import pyarrow as pa
import yaml

from pipelines import declarations as declared
from pipelines.casebook import accounts, gates
from pipelines.casebook.answering import answered
from pipelines.casebook.book import Casebook
from pipelines.casebook.case import Case
from pipelines.casebook.draft import Draft, parse
from pipelines.casebook.letters.content import letter, with_number
from pipelines.casebook.letters.making import draw
from pipelines.casebook.letters.parts import Source
from pipelines.casebook.letters.word import document
from pipelines.casebook.lookups import recorder
from pipelines.casebook.opening import CasebookFile
from pipelines.casebook.progress import Decision, Measure, Review
from pipelines.casebook.receiving import Amendment, Received, amended, receive
from pipelines.casebook.sealing import CasebookError, Keyring
from pipelines.casebook.searching import Looked, digests, found_anew, look, owner_answered
from pipelines.casebook.stopping import stop
from pipelines.casebook.telling import Told, tell
from pipelines.clock import now, today
from pipelines.commands.casebook_options import policy
from pipelines.declarations import StoreDeclaration
from pipelines.disclosure import findings, keys
from pipelines.disclosure.lookup import run_lookup
from pipelines.disclosure.matching import Key
from pipelines.disclosure.person import PersonError
from pipelines.disclosure.release import Sure, suggestions
from pipelines.register import Register
from pipelines.scan import reach
from pipelines.stores import Dataset, NotRead, Store, StoreError
from pipelines.suppression.book import StopList
from tests.conftest import DECLARATIONS, Run

FOLDER = Path(__file__).parent / "requests"
SECRETS = {"tanto": "responder-no-himitsu", "kessai": "approver-no-himitsu"}
KEYS = {"DAICHO_CASEBOOK_KEY": "k" * 40, "DAICHO_STOP_LIST_KEY": "s" * 40}
Row = dict[str, Any]


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


@cache
def people() -> Mapping[str, Row]:
    """Everybody who asks."""
    found: Mapping[str, Row] = _read("people")
    return found


@cache
def sets() -> Mapping[str, Row]:
    """Papers that come together, and payments."""
    found: Mapping[str, Row] = _read("sets")
    return found


@cache
def requests() -> Mapping[str, Row]:
    """Every request by its id, with its theme; in the order of its file, for some repeat others."""
    found = {}
    for theme in sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem not in ("people", "sets")):
        for row in _read(theme):
            assert row["id"] not in found, row["id"]
            found[row["id"]] = {"theme": theme, **row}
    return found


def whose(request: Row) -> tuple[str, ...]:
    """Whose rows are to be found."""
    named = request.get("who", "nobody")
    return tuple(named) if isinstance(named, list) else () if named == "nobody" else (named,)


def rows_of(person: str, *groups: str) -> dict[str, Row]:
    """Somebody's rows by `person.label`."""
    one = people()[person]
    return {f"{person}.{label}": row for group in groups for label, row in one.get(group, {}).items()}


@cache
def rows_of_all() -> Mapping[str, Row]:
    """Every row of the key by `person.label`."""
    return {label: row for one in people() for label, row in rows_of(one, "rows", "hanging", "not_ours").items()}


def labelled(request: Row, labels: list[str]) -> list[str]:
    """Labels with whose they are: those of the one who asks need not say so."""
    return [label if "." in label else f"{whose(request)[0]}.{label}" for label in labels]


def is_at(place: Row, store: str, dataset: str, record: Mapping[str, str]) -> bool:
    """Whether a record of a dataset is one that a row of the key means."""
    if place["in"] != f"{store}/{dataset}":
        return False
    wanted = {column: value for column, value in place.items() if column != "in"}
    held = {column: record.get(column, "").removesuffix(".0").rpartition("/")[2] for column in wanted}
    return all(held[column] in (value if isinstance(value, list) else [value]) for column, value in wanted.items())


@dataclass
class Played:
    """What came of a request, step by step."""

    refused: str = ""
    at_first: Told | None = None
    intake: Told | None = None
    stopped: bool = False
    """Whether the stop list held the person right after the arrival."""
    looked: Looked | None = None
    labels: dict[str, str] = field(default_factory=dict)
    """Candidate → whose row it is (`person.label`); '' a stranger's that the key does not name."""
    opened: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    """Of what had to be refused: what the key says, and what was."""
    letter: str = ""
    issued: str = ""
    """What goes to the holder of a My Number and is kept nowhere."""
    to: list[str] = field(default_factory=list)
    closed: str = ""
    case: Case | None = None

    def suggested(self, label: str, by_itself: bool = False) -> list[str]:
        """How the rows of a label were put forward; `by_itself`: were it not that they hang on a row that is released.

        A row that the company's own key ties to a released one goes with it: that is no word of the form's.
        """
        candidates = {one.id: one for one in self.looked.search.candidates} if self.looked else {}
        found = []
        for one in candidates.values():
            if self.labels[one.id] != label:
                continue
            parents = [candidates[id] for id in getattr(one, "parents", ())]
            person = label.partition(".")[0]
            own = [parent for parent in parents if self.labels[parent.id].partition(".")[0] == person]
            hangs = by_itself and any(parent.suggestion == "release" for parent in own)
            found.append("candidate" if hangs and one.suggestion == "release" else one.suggestion)
        return found


class _Kept:
    """A store whose answers are kept: what it lists and what it gives, read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listed = list(store.datasets())
        self._read: dict[str, tuple[list[pa.RecordBatch], StoreError | None]] = {}

    def datasets(self) -> Iterator[Dataset | NotRead]:
        return iter(self._listed)

    def batches(self, dataset: Dataset) -> Iterator[pa.RecordBatch]:
        if dataset.name not in self._read:
            batches: list[pa.RecordBatch] = []
            failed = None
            try:
                batches.extend(self._store.batches(dataset))
            except StoreError as error:
                failed = error
            self._read[dataset.name] = batches, failed
        batches, failed = self._read[dataset.name]
        yield from batches
        if failed:
            raise failed


class Desk:
    """A responder and an approver at a casebook beside the company's stores."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self._run = folder, run
        folder.chmod(0o700)
        sealing = Keyring([KEYS["DAICHO_CASEBOOK_KEY"]])
        self.file = CasebookFile.start(folder / "casebook.sqlite", sealing)
        with self.file.transaction() as transaction:
            accounts.add(transaction, "kessai", "approver", SECRETS["kessai"], None)
        by = accounts.prove(self.file, "kessai", SECRETS["kessai"])
        with self.file.transaction() as transaction:
            accounts.add(transaction, "tanto", "responder", SECRETS["tanto"], by)
        self.policy = policy(str(DECLARATIONS))
        self.book = Casebook(self.file.path, sealing, self.policy)
        self.by = self.book.prove("tanto", SECRETS["tanto"])
        self.declared = declared.load(DECLARATIONS)
        self.register = Register.open(str(run.register), create=False)
        self.datasets = {one.id: one for one in self.register.datasets()}
        self._kept: dict[str, _Kept] = {}
        self._as_they_are = False
        self._record = recorder(self.file, "tanto", SECRETS["tanto"])
        self.stop_list = folder / "stop.sqlite"
        StopList.start(self.stop_list)

    def play(self, request: Row) -> Played:
        """Take a request from its form to its end."""
        with mock.patch.dict(os.environ, {**KEYS, "DAICHO_SAMPLES": str(self._run.samples)}):
            return _Request(self, request).played()

    def look(self, case: Case) -> Looked:
        """The case's search. The stores are read once for all requests, and anew where they are others meanwhile."""
        if self._as_they_are:
            return look(case, self.declared.stores, self.register, self._record)
        with mock.patch("pipelines.disclosure.lookup.reach", self._reach):
            return look(case, self.declared.stores, self.register, self._record)

    def undeclared(self, person: str) -> list[tuple[str, str]]:
        """How the rows of the key are put forward to somebody of whom all is proven, were no link declared."""
        individual = keys.read(io.StringIO(json.dumps(people()[person]["as"], default=str, ensure_ascii=False)))
        links = [
            (store, tuple(one.model_copy(update={"links": ()}) for one in store.datasets))
            for store in self.declared.stores
        ]
        stores = [store.model_copy(update={"datasets": datasets}) for store, datasets in links]
        kept: list[tuple[findings.Candidate, dict[str, str]]] = []
        samples = mock.patch.dict(os.environ, {**KEYS, "DAICHO_SAMPLES": str(self._run.samples)})
        with samples, mock.patch("pipelines.disclosure.lookup.reach", self._reach):
            run_lookup(
                individual, stores, self.register, self._record, "undeclared",
                lambda found, names, cells: kept.append((found, dict(zip(names, cells, strict=True)))),
            )  # fmt: skip
        sure = frozenset((kind, 1) for kind in get_args(Key))
        said = suggestions((found for found, _ in kept), Sure(sure, sure))
        return [
            (label, said[found.dataset_id, found.row])
            for found, record in kept
            for label, place in rows_of_all().items()
            if is_at(place, found.store, found.dataset, record)
        ]

    def _reach(self, store: StoreDeclaration, *, whole: bool) -> _Kept:
        if store.id not in self._kept:
            self._kept[store.id] = _Kept(reach(store, whole=whole))
        return self._kept[store.id]

    @contextmanager
    def _meanwhile(self) -> Iterator[None]:
        self._as_they_are = True
        try:
            yield
        finally:
            self._as_they_are = False

    @contextmanager
    def down(self, stores: list[str]) -> Iterator[None]:
        """Stores that cannot be opened meanwhile."""
        if not stores:
            yield
            return
        places = [self._run.samples / "stores" / store for store in stores]
        for place in places:
            place.rename(place.with_name(f"{place.name} down"))
        try:
            with self._meanwhile():
                yield
        finally:
            for place in places:
                place.with_name(f"{place.name} down").rename(place)

    @contextmanager
    def erased(self, places: list[Row]) -> Iterator[None]:
        """Rows that are gone from their stores meanwhile."""
        stores = self._run.samples / "stores"
        kept = self.folder / "kept"
        shutil.copytree(stores, kept)
        try:
            for place in places:
                _erase(stores, place)
            with self._meanwhile():
                yield
        finally:
            shutil.rmtree(stores)
            kept.rename(stores)

    def counted(self, places: Mapping[str, Row]) -> dict[str, int]:
        """How many records each row of the key means, read from the stores."""
        found = dict.fromkeys(places, 0)
        wanted = {place["in"] for place in places.values()}
        with mock.patch.dict(os.environ, {**KEYS, "DAICHO_SAMPLES": str(self._run.samples)}):
            for store in self.declared.stores:
                if not any(one.startswith(f"{store.id}/") for one in wanted):
                    continue
                opened = reach(store, whole=True)
                for dataset in opened.datasets():
                    if isinstance(dataset, NotRead) or f"{store.id}/{dataset.name}" not in wanted:
                        continue
                    here = {label: one for label, one in places.items() if one["in"] == f"{store.id}/{dataset.name}"}
                    for record in _records(opened, dataset):
                        for label, place in here.items():
                            found[label] += is_at(place, store.id, dataset.name, record)
        return found


def _records(opened: Any, dataset: Any) -> Iterator[Mapping[str, str]]:
    try:
        for batch in opened.batches(dataset):
            for record in batch.to_pylist():
                yield {name: "" if cell is None else str(cell) for name, cell in record.items()}
    except Exception:  # a store with a broken line has told what it could
        return


def _erase(stores: Path, place: Row) -> None:
    store, _, dataset = place["in"].partition("/")
    (column, value), *_ = [(name, one) for name, one in place.items() if name != "in"]
    if store in ("crm", "hr"):
        connection = sqlite3.connect(stores / store / f"{store}.sqlite3")
        with connection:
            connection.execute(f'DELETE FROM "{dataset}" WHERE "{column}" = ?', (value,))
        connection.close()
        return
    file = stores / store / dataset
    lines = file.read_bytes().split(b"\r\n")
    file.write_bytes(b"\r\n".join(line for line in lines if value.encode() not in line))


class _Request:
    """One request on its way."""

    def __init__(self, desk: Desk, request: Row) -> None:
        self._desk, self._key = desk, request
        self._book, self._by = desk.book, desk.by
        self._seen = Played()

    def played(self) -> Played:
        desk, key, seen = self._desk, self._key, self._seen
        try:
            case = self._book.open(parse(json.dumps(_form(key), default=str), Draft), self._by)
        except (CasebookError, PersonError) as error:
            seen.refused = str(error)
            return seen
        self._number = case.number
        seen.at_first = tell(case, desk.policy, today())
        if key.get("stop"):
            case = stop(self._book, case.number, self._by, desk.stop_list)
            seen.stopped = any(entry.case == case.number for entry in StopList(desk.stop_list).entries())
        for came in key.get("came", []):
            case = self._came(came)
        seen.intake = tell(case, desk.policy, today())
        with desk.down(key.get("down", [])):
            if "search" in key:
                self._search()
            if "decide" in key:
                self._answer()
        if "close" in key:
            self._close()
        seen.case = self._book.case(self._number, self._by)
        return seen

    def _change(self, event: str, gate: Any, *said: Any) -> Case:
        return self._book.change(self._number, self._by, event, lambda case: case.model_copy(
            update={"progress": gate(case.progress, self._by, *said)}
        ))  # fmt: skip

    def _came(self, came: Row) -> Case:
        came = _named(came)
        if "amend" in came:
            amendment = parse(json.dumps(came["amend"], default=str), Amendment)
            return self._book.change(
                self._number, self._by, "amended",
                lambda case: amended(case, self._desk.policy, amendment, self._by, now()),
            )  # fmt: skip
        received = parse(json.dumps(came, default=str), Received)
        return self._book.change(
            self._number, self._by, "verified", lambda case: receive(case, self._desk.policy, received, self._by, now())
        )

    def _search(self) -> None:
        seen = self._seen
        seen.looked = self._desk.look(self._book.case(self._number, self._by))
        seen.opened = [one.store for one in seen.looked.search.open]
        everybody = rows_of_all()
        for id, row in seen.looked.rows.items():
            record, found = dict(zip(row.names, row.cells, strict=True)), row.candidate
            here = [label for label, place in everybody.items() if is_at(place, found.store, found.dataset, record)]
            seen.labels[id] = here[0] if here else ""
        self._change("searched", gates.searched, seen.looked.search)
        if cannot := self._key.get("cannot_confirm"):
            self._refused(cannot["code"], gates.reviewed, self._review(cannot["rows"]))
        self._change("reviewed", gates.reviewed, self._review())
        for one in self._key.get("before_owners", []):
            self._refused(one["code"], gates.decided, Decision.model_validate({"items": one["items"]}))
        if self._key.get("owners") != "none":
            for store in dict.fromkeys(seen.opened):
                self._book.change(
                    self._number, self._by, "owner_answered",
                    lambda case, store=store: owner_answered(case, self._by, store, ""),
                )  # fmt: skip
            self._change("reviewed", gates.reviewed, self._review())

    def _review(self, also: list[str] | None = None) -> Review:
        confirm, mask = self._key.get("confirm", "all"), self._key.get("mask", {})
        masks = dict(zip(labelled(self._key, list(mask)), mask.values(), strict=True))
        rulings = []
        for id, label in self._seen.labels.items():
            own = label.partition(".")[0] in whose(self._key) and confirm != "none"
            if own or label in (also or ()):
                rulings.append({"candidate": id, "verdict": "release", "mask": masks.get(label, [])})
            else:
                rulings.append({"candidate": id, "verdict": "exclude", "reason": "本人と確かめられない"})
        return Review.model_validate({"rulings": rulings})

    def _refused(self, code: str, gate: Any, *said: Any) -> None:
        try:
            self._change("tried", gate, *said)
        except gates.RefusedError as error:
            self._seen.codes.append((code, error.code))
        else:
            self._seen.codes.append((code, "not refused"))

    def _answer(self) -> None:
        for one in self._key.get("refused_decisions", []):
            self._refused(one["code"], gates.decided, Decision.model_validate({"items": one["items"]}))
        self._change("decided", gates.decided, Decision.model_validate({"items": self._key["decide"]}))
        self._letter()
        if measures := self._key.get("measures"):
            self._instruct(measures)
            if "undone" in self._key:
                self._refused("undone", gates.carried_out)
                self._instruct(self._key["more_measures"])
            if self._book.case(self._number, self._by).progress.step == "carry_out":
                self._change("carried_out", gates.carried_out)
            # what was carried out, and when, stands in the letter that goes
            self._letter()

    def _instruct(self, measures: list[Row]) -> None:
        on = {"instructed_on": "2026-11-24", "acknowledged_on": "2026-11-26"}
        for one in measures:
            said = {name: value for name, value in one.items() if name != "of"}
            groups = [place["in"] for place in self._places(one.get("of", []))]
            measure = Measure.model_validate_json(json.dumps({**said, **on, "groups": groups}))
            self._change("instructed", gates.instructed, measure)

    def _letter(self) -> None:
        desk, seen = self._desk, self._seen
        case = self._book.case(self._number, self._by)
        rows = seen.looked.rows if seen.looked else {}
        source = Source(desk.policy, desk.declared.company, desk.declared.declared, desk.datasets, rows, today())
        drawn = draw(case, source, "ja", None)
        written = letter(case, source, "ja", drawn.kind)
        seen.letter, seen.to = text_of(document(written)), list(written.to)
        case = self._book.put_letter(self._number, self._by, drawn.content, drawn.kind, drawn.my_number)
        self._book.approve(self._number, "kessai", SECRETS["kessai"], case.progress.for_release)
        if drawn.my_number:
            live = with_number(case, source, "ja", drawn.kind)
            assert live
            seen.issued = text_of(document(live))
            self._change("issued", gates.issued, case.fingerprint(written.content), today())

    def _close(self) -> None:
        seen = self._seen
        case = self._book.case(self._number, self._by)
        now_held = digests(case, seen.looked.rows) if seen.looked else {}
        self._book.change(
            self._number, self._by, "answered", lambda case: answered(case, self._by, "registered_mail", "1", now_held)
        )
        if case.papers:
            self._came({"papers_settled_on": "2026-11-29"})
        for one in self._key.get("still_there", []):
            with self._desk.erased(self._places(one["erased"])):
                self._search_again()
                seen.codes.append(("still_there", self._tried_to_close()))
        with self._desk.erased(self._places(self._key.get("erased", []))) if self._key.get("erased") else _nothing():
            if {"stop_use", "correction"}.intersection(case.kinds):
                self._search_again()
            seen.closed = self._tried_to_close()

    def _places(self, labels: list[str]) -> list[Row]:
        return [rows_of(label.partition(".")[0], "rows", "hanging")[label] for label in labelled(self._key, labels)]

    def _search_again(self) -> None:

        looked = self._desk.look(self._book.case(self._number, self._by))
        self._book.change(
            self._number, self._by, "searched_again", lambda case: found_anew(case, self._by, looked.search)
        )
        for one in looked.search.open:
            self._book.change(
                self._number, self._by, "owner_answered",
                lambda case, store=one.store: owner_answered(case, self._by, store, ""),
            )  # fmt: skip

    def _tried_to_close(self) -> str:
        try:
            return self._book.close(self._number, self._by).progress.step
        except gates.RefusedError as error:
            return error.code


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _form(key: Row) -> Row:
    form = {"channel": "post", "arrived": "2026-11-20T10:30+09:00", **_named(key.get("form", {}))}
    light = form.get("route", "formal") != "formal"
    person = key.get("as", (whose(key) or ("nobody",))[0])
    if not light or key.get("stop") or "who" in key:
        own = {**people()[person]["as"], **form.get("individual", {})}
        form["individual"] = {label: value for label, value in own.items() if value is not None}
    if not light:
        form = {"kinds": ["disclosure"], "requester": "self", "papers": "self", "payments": "fee", **form}
    return _named(form)


def _named(form: Row) -> Row:
    """The form with its sets of papers and payments filled in."""
    named = {name: sets()[name][form[name]] for name in ("papers", "payments") if isinstance(form.get(name), str)}
    return {**form, **named}


def text_of(content: bytes) -> str:
    """Everything that stands in a letter."""
    page = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in page.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in page.paragraphs), *cells])
