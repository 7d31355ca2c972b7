"""Broken files of every kind: read as far as that goes, or refused in our own words; never another exception."""

from __future__ import annotations

import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pyarrow import feather, orc
from pyarrow import parquet as pq
from reportlab.pdfgen import canvas

from pipelines.stores import Dataset, StoreError, open_store
from tests.outlook_file import msg

ROWS = [
    {"氏名": "星野みなみ", "電話番号": f"0300000{at:04}", "住所": {"県": "東京都"}, "印": ["a", "b"]}
    for at in range(40)
]
WORDS = ("星野", "みなみ", "03000000")


def _csv(path: Path, codec: str = "utf-8") -> None:
    lines = ["氏名,電話番号,備考", *(f'星野みなみ,0300000{at:04},"改行\nあり"' for at in range(40))]
    path.write_bytes("\r\n".join(lines).encode(codec))


def _sqlite(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute('create table "顧客" ("氏名" text, "電話番号" text)')
    database.execute('create view "要注意" as select * from "顧客" where "氏名" = \'星野みなみ\'')
    database.executemany('insert into "顧客" values (?, ?)', [("星野みなみ", row["電話番号"]) for row in ROWS])
    database.commit()
    database.close()


def _excel(path: Path) -> None:
    made = openpyxl.Workbook()
    for row in [["氏名", "電話番号"], *(["星野みなみ", row["電話番号"]] for row in ROWS)]:
        made.worksheets[0].append(row)
    made.save(path)


def _word(path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("星野みなみ")
    made.add_table(1, 1).cell(0, 0).text = "0300000000"
    made.save(str(path))


def _mail(path: Path) -> None:
    made = EmailMessage()
    made["Subject"], made["From"] = "星野みなみ様", "星野みなみ <minami@mail.example>"
    made.set_content("星野みなみと申します。")
    made.add_attachment("氏名\n星野みなみ".encode(), "text", "csv", filename="星野.csv")
    path.write_bytes(bytes(made))


def _pdf(path: Path) -> None:
    made = canvas.Canvas(str(path))
    made.drawString(100, 700, "Minami Hoshino 0300000000")
    made.save()


def _slides(path: Path) -> None:
    made = Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "星野みなみ"
    made.save(str(path))


def _mailbox(path: Path) -> None:
    made = EmailMessage()
    made["Subject"], made["From"] = "星野みなみ様", "星野みなみ <minami@mail.example>"
    made.set_content("星野みなみと申します。")
    path.write_bytes(b"".join(b"From x\n" + bytes(made) + b"\n" for _ in range(3)))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("名簿.csv", "氏名,電話番号\n星野みなみ,0300000000\n" * 20)
        made.writestr("文書/メモ.txt", "星野みなみ")


def _tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as made:
        content = ("氏名,電話番号\n星野みなみ,0300000000\n" * 20).encode()
        told = tarfile.TarInfo("名簿.csv")
        told.size = len(content)
        made.addfile(told, BytesIO(content))


def _outlook(path: Path) -> None:
    to = [("高原健太", "kenta@corp.example")]
    path.write_bytes(msg("星野みなみ様", "星野みなみ", ("星野みなみ", "minami@mail.example"), to, {"a.txt": b"x"}))


WHOLE: dict[str, Callable[[Path], object]] = {
    "a.csv": _csv,
    "b.csv": lambda path: _csv(path, "cp932"),
    "c.csv": lambda path: _csv(path, "utf-16"),
    "a.jsonl": lambda path: path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), "utf-8"),
    "a.json": lambda path: path.write_text(json.dumps({"users": ROWS}, ensure_ascii=False), "utf-8"),
    "a.parquet": lambda path: pq.write_table(pa.Table.from_pylist(ROWS), path),
    "a.feather": lambda path: feather.write_feather(pa.Table.from_pylist(ROWS), str(path)),
    "a.db": _sqlite,
    "a.xlsx": _excel,
    "a.docx": _word,
    "a.pptx": _slides,
    "a.eml": _mail,
    "a.mbox": _mailbox,
    "a.msg": _outlook,
    "a.zip": _zip,
    "a.tar.gz": _tar,
    "a.pdf": _pdf,
    "a.html": lambda path: path.write_text(
        "<title>名簿</title><p>星野みなみ<b>様</b><table><tr><td>0300000000", "utf-8"
    ),
}


@cache
def whole(name: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        WHOLE[name](path)
        return path.read_bytes()


def survives(name: str, content: bytes) -> None:
    """Everything a store offers on a file; whatever is wrong comes as a StoreError that quotes nothing."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        store = open_store("sql" if name.endswith(".db") else "files", str(path))
        try:
            found = list(store.datasets())
        except StoreError as error:
            assert not any(word in str(error) for word in WORDS)
            return
        assert found or name.endswith(".db")
        for one in found:
            if not isinstance(one, Dataset):
                assert not any(word in one.hint for word in WORDS)
                continue
            for read in (lambda one=one: [store.sample(one, 10, 0)], lambda one=one: list(store.batches(one))):
                try:
                    for frame in read():
                        frame.validate(full=True)
                        assert all(pa.types.is_string(kind) or pa.types.is_list(kind) for kind in frame.schema.types)
                except StoreError as error:
                    assert error.__context__ is None
                    assert not any(word in str(error) for word in WORDS)


@pytest.mark.parametrize("seed", range(6))
def test_an_orc_file_with_flipped_bits_crashes_nothing_but_its_reader(tmp_path: Path, seed: int) -> None:
    # Arrow's reader of ORC does crash: each of these is read in a process of its own
    orc.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.orc")
    content, draw = bytearray((tmp_path / "a.orc").read_bytes()), Random(seed)
    for _ in range(12):
        at = draw.randrange(len(content) * 8)
        content[at // 8] ^= 1 << at % 8
    survives("a.orc", bytes(content))


@pytest.mark.parametrize("name", WHOLE)
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_file_cut_short(name: str, data: st.DataObject) -> None:
    content = whole(name)
    survives(name, content[: data.draw(st.integers(0, len(content) - 1))])


@pytest.mark.parametrize("name", WHOLE)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_file_with_flipped_bits(name: str, data: st.DataObject) -> None:
    content = bytearray(whole(name))
    for at in data.draw(st.lists(st.integers(0, len(content) * 8 - 1), min_size=1, max_size=12)):
        content[at // 8] ^= 1 << at % 8
    survives(name, bytes(content))


@pytest.mark.parametrize("name", WHOLE)
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(other=st.sampled_from(sorted(WHOLE)))
def test_a_file_under_a_wrong_suffix(name: str, other: str) -> None:
    survives(name, whole(other))
