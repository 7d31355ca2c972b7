"""An export filtered on its way out: rows of persons on the stop list stay behind. Batch by batch."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice
from typing import IO, TYPE_CHECKING, Any, Literal

from pipelines.disclosure.places import places
from pipelines.suppression.hashing import StopListError
from pipelines.suppression.screening import COMPARED, Answer, Stops, screen

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["csv", "tsv", "jsonl", "parquet"]
NameOnly = Literal["hold", "pass"]
PIECE = 32_768
"""Rows that are held at once."""
_LOOKED_AT = 2_000
"""Rows by which the columns are told."""
_HEAD = 20
_LONGEST_CELL = 2**24


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows on their way out."""

    cells: pa.RecordBatch
    """Their texts."""
    put: Callable[[list[bool]], None]
    """Writes those of them that may leave."""
    head: Sequence[str] = ()
    """What stands above the columns."""


@dataclass(slots=True)
class Counts:
    """What became of the rows of an export."""

    rows: int = 0
    stopped: int = 0
    """Somebody on the list."""
    doubtful: int = 0
    """Perhaps somebody on the list: by name alone, or by a number beside another name."""
    left: int = 0
    """Written."""


class Export:
    """One export on its way out."""

    def __init__(
        self, stops: Stops, named: Mapping[str, str], name_only: NameOnly, held: IO[bytes] | None = None
    ) -> None:
        self.counts = Counts()
        self.columns: Mapping[str, str] = {}
        """Column → data category, as they were told: those of the first piece."""
        self._stops, self._named, self._name_only, self._held = stops, named, name_only, held

    def run(self, pieces: Iterator[Piece]) -> Counts:
        """Filter and write every piece; raises StopListError where nothing in it could be held against the list."""
        import pyarrow as pa

        for piece in pieces:
            names = tuple(piece.cells.schema.names)
            if not self.columns:
                self.columns = self._told(piece.cells)
            where = places([self.columns.get(name, "") for name in names])
            if not any(place.role in COMPARED for place in where):
                raise StopListError(
                    "氏名・メール・電話・会員番号の列が見つからないため、照合できません。--column 列名=項目 で指定して"
                    "ください (no column to compare by: name one by --column NAME=CATEGORY)"
                )
            if piece.head and screen([pa.array([cell]) for cell in piece.head], where, self._stops).rows:
                raise StopListError("見出しの行がありません。付けてください (the first row is no header: add one)")
            screened = screen(piece.cells.columns, where, self._stops)
            keep = [True] * piece.cells.num_rows
            for row in screened.rows:
                answer = screened.answer(row)
                self.counts.stopped += answer is Answer.YES
                self.counts.doubtful += answer is Answer.PERSON
                keep[row] = answer is Answer.PERSON and self._name_only == "pass"
                if self._held is not None and not keep[row]:
                    entries = [self._stops.entries[one] for one in screened.rows[row]]
                    told = {"row": self.counts.rows + row + 1, "answer": answer.name.lower()}
                    cases = sorted({entry.case for entry in entries})
                    self._held.write(json.dumps({**told, "cases": cases}, ensure_ascii=False).encode() + b"\n")
            piece.put(keep)
            self.counts.rows += len(keep)
            self.counts.left += sum(keep)
        return self.counts

    def _told(self, cells: pa.RecordBatch) -> dict[str, str]:
        import pyarrow as pa

        from classifiers.columns import tag_columns
        from classifiers.tags import Table
        from pipelines.scan.reading import columns_of

        names = cells.schema.names
        if unknown := [one for one in self._named if one not in names]:
            raise StopListError(
                f"--column: {len(unknown)} 列がありません ({len(unknown)} of the columns are not there)"
            )
        records = pa.Table.from_batches([cells.slice(0, _LOOKED_AT)])
        tags = tag_columns(Table("", "", tuple(columns_of(records))))
        told = dict(zip(names, (tag.data_category for tag in tags), strict=True))
        return {**told, **self._named}


def delimited(source: IO[bytes], out: IO[bytes], encoding: str, delimiter: str) -> Iterator[Piece]:
    """CSV or TSV; the encoding, a byte order mark and the line ends stay as they are."""
    csv.field_size_limit(_LONGEST_CELL)
    marked, source = _marked(source)
    text = io.TextIOWrapper(source, "utf-8-sig" if marked else encoding, newline="")
    to = io.TextIOWrapper(out, "utf-8-sig" if marked else encoding, newline="", write_through=True)
    try:
        first = _decoded(text.readline)
        reader = csv.reader(chain([first] if first else [], text), delimiter=delimiter)
        writer = csv.writer(to, delimiter=delimiter, lineterminator="\r\n" if first.endswith("\r\n") else "\n")
        rows = _rows(reader)
        if head := list(islice(rows, _HEAD)):
            yield from _tables(head, rows, writer)
    finally:
        # the caller's streams stay open
        to.detach()
        text.detach()


def _tables(head: list[list[str]], rest: Iterator[list[str]], writer: Any) -> Iterator[Piece]:
    import pyarrow as pa

    from pipelines.stores.headings import heading

    above = heading(head)
    if above.row not in (0, None):
        raise StopListError("最初の行を見出しにしてください (the header must be the first row)")
    top = head.pop(0) if above.row == 0 else []
    if top and not head:
        writer.writerow(top)
    width = len(above.names)
    rows = chain(head, rest)
    before = 0
    while some := list(islice(rows, PIECE)):
        for number, row in enumerate(some, start=before + 1):
            if len(row) > width:
                raise StopListError(f"{number}件目の行は列が多すぎます (record {number} has too many cells)")
        cells = zip(*(_padded(row, width) or [""] * width for row in some), strict=True)
        columns = [pa.array(column, pa.string()) for column in cells]

        def put(keep: list[bool], some: list[list[str]] = some, top: list[str] = top) -> None:
            writer.writerows(chain([top] if top else [], compress(some, keep)))

        yield Piece(pa.RecordBatch.from_arrays(columns, list(above.names)), put, _padded(top, width))
        top, before = [], before + len(some)


def _padded(row: list[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))] if row else []


def json_lines(source: IO[bytes], out: IO[bytes]) -> Iterator[Piece]:
    """A JSON object a line; lines that leave are the bytes that came."""
    import pyarrow as pa

    from pipelines.stores.json_parsing import leaves, of_line

    before = 0
    while lines := list(islice(source, PIECE)):
        records = []
        for number, line in enumerate(lines, start=before + 1):
            record = of_line(_decoded(line.decode)) if line.strip() else {}
            if record is None:
                raise StopListError(f"{number}行目は JSON ではありません (line {number} is not JSON)")
            records.append(leaves(record))
        names = list(dict.fromkeys(name for record in records for name in record))
        columns = [pa.array([_cell(record.get(name)) for record in records], pa.string()) for name in names]

        def put(keep: list[bool], lines: Sequence[bytes] = lines) -> None:
            out.writelines(compress(lines, keep))

        yield Piece(pa.RecordBatch.from_arrays(columns, names), put)
        before += len(lines)


def parquet(source: IO[bytes], out: IO[bytes]) -> Iterator[Piece]:
    """Parquet; from a pipe it is held in memory as it came, for its index stands at its end."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipelines.stores.nested import flat

    try:
        file = pq.ParquetFile(source if source.seekable() else pa.BufferReader(source.read()))
        with pq.ParquetWriter(out, file.schema_arrow) as writer:
            for batch in file.iter_batches(batch_size=PIECE):

                def put(keep: list[bool], batch: pa.RecordBatch = batch) -> None:
                    writer.write_batch(batch.filter(pa.array(keep, pa.bool_())))

                yield Piece(flat(batch), put)
    except pa.ArrowException:
        raise StopListError("Parquet として読めません (is not Parquet, or broken)") from None


def _cell(value: str | list[str] | None) -> str | None:
    return "\n".join(value) if isinstance(value, list) else value


def _marked(source: IO[bytes]) -> tuple[bool, Any]:
    buffered = source if isinstance(source, io.BufferedReader) else io.BufferedReader(source)  # type: ignore[type-var]
    return buffered.peek(3).startswith(b"\xef\xbb\xbf"), buffered


def _decoded(read: Callable[[], str]) -> str:
    try:
        return read()
    except UnicodeDecodeError:
        raise StopListError("文字コードが違います。--encoding で指定してください (another encoding)") from None


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError:
            raise StopListError("文字コードが違います。--encoding で指定してください (another encoding)") from None
        except csv.Error:
            raise StopListError("CSV として読めません (is no CSV, or a cell is too long)") from None
        yield row
