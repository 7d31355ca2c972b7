"""Office files before a reader opens them: whether they are locked, and whether what they unpack to can be borne."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from pipelines.stores import StoreError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which Office keeps a workbook or document that a password locks ([MS-OFFCRYPTO] 2.3.4.4)."""

_CHUNK = 8 * 2**20
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})\d')


LOCKED = "パスワードで保護されています"


def demand_open(file: BinaryIO) -> None:
    """StoreError `locked` where a password protects the file."""
    if file.read(len(_OLE)) != _OLE:
        return
    end = b""
    while chunk := file.read(_CHUNK):
        if _ENCRYPTED in end + chunk:
            raise StoreError("locked", LOCKED)
        end = chunk[-len(_ENCRYPTED) :]


def demand_bearable(file: BinaryIO, most: int) -> None:
    """StoreError `too_large` where a zipped file says that it unpacks to more than `most` bytes."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > most:
            raise StoreError("too_large", f"展開すると {most // 2**20} MiB を超えるため読みません")


def demand_dense(file: BinaryIO, most: int) -> None:
    """StoreError `too_large` where a sheet of an .xlsx spans more than `most` cells: a reader holds the rectangle."""
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as archive:
        for member in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member) and _span(archive, member) > most:
                raise StoreError("too_large", "離れた位置にセルがあり、シートの範囲が広すぎます")


def _span(archive: zipfile.ZipFile, member: str) -> int:
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    rest = b""
    with archive.open(member) as sheet:
        while chunk := sheet.read(_CHUNK):
            chunk = rest + chunk
            rows.update(_ROW.findall(chunk))
            columns.update(_COLUMN.findall(chunk))
            rest = chunk[-200:]
    if not rows or not columns:
        return 0
    numbers, letters = [int(row) for row in rows], [_number(column) for column in columns]
    return (max(numbers) - min(numbers) + 1) * (max(letters) - min(letters) + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
