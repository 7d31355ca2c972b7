"""A workbook locked with a password, as Excel saves one: an OLE2 compound file around an encrypted package.

Written from MS-CFB (the container) and MS-OFFCRYPTO 2.3.4 (agile encryption). The package is random bytes and its keys
were thrown away: no password opens it, which no reader can tell from one whose password is unknown.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from pathlib import Path
from random import Random

_SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_MINIMUM_STREAM = 4096
"""Shorter streams would live in the mini stream; both of ours are padded beyond it."""


def encrypted_workbook(file: Path, random: Random) -> None:
    """Writes a locked `.xlsx` to `file`."""
    information = struct.pack("<HHI", 4, 4, 0x40) + _descriptor(random).encode()
    package = struct.pack("<Q", 8000) + random.randbytes(8192)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_compound({"EncryptionInfo": information.ljust(_MINIMUM_STREAM), "EncryptedPackage": package}))


def _descriptor(random: Random) -> str:
    def key(length: int) -> str:
        return b64encode(random.randbytes(length)).decode()

    cipher = 'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    sizes = 'saltSize="16" blockSize="16" keyBits="256" hashSize="64"'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
        'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData {sizes} {cipher} saltValue="{key(16)}"/>'
        f'<dataIntegrity encryptedHmacKey="{key(64)}" encryptedHmacValue="{key(64)}"/>'
        '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="100000" {sizes} {cipher} saltValue="{key(16)}" '
        f'encryptedVerifierHashInput="{key(16)}" encryptedVerifierHashValue="{key(64)}" encryptedKeyValue="{key(32)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )


def _compound(streams: dict[str, bytes]) -> bytes:
    """A version 3 compound file (MS-CFB): header, one FAT sector, one directory sector, then the streams.

    The streams stand in the order of the format's tree: shorter names first, each the right sibling of the one before.
    """
    fat = [_FAT, _END]
    entries = [_entry("Root Entry", kind=5, child=1, start=_END, size=0)]
    body = b""
    for number, (name, content) in enumerate(streams.items(), start=1):
        start = len(fat)
        sectors = -(-len(content) // _SECTOR)
        fat += [*range(start + 1, start + sectors), _END]
        body += content.ljust(sectors * _SECTOR, b"\0")
        sibling = number + 1 if number < len(streams) else _NONE
        entries.append(_entry(name, kind=2, right=sibling, start=start, size=len(content)))
    header = struct.pack(
        "<8s16sHHHHH6s9I109I",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6),
        bytes(6),
        *(0, 1, 1, 0, _MINIMUM_STREAM, _END, 0, _END, 0),
        *(0, *[_FREE] * 108),
    )
    sectors_in_fat = _SECTOR // 4
    table = struct.pack(f"<{sectors_in_fat}I", *fat, *[_FREE] * (sectors_in_fat - len(fat)))
    return header + table + b"".join(entries).ljust(_SECTOR, b"\0") + body


def _entry(name: str, *, kind: int, start: int, size: int, child: int = _NONE, right: int = _NONE) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        encoded,
        len(encoded) + 2,
        kind,
        1,
        *(_NONE, right, child),
        bytes(16),
        *(0, 0, 0, start, size),
    )
