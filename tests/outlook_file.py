"""A mail in Outlook's own form (.msg), for tests: a compound file ([MS-CFB]) of a mail's properties ([MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SUBJECT, BODY, SENDER, ADDRESS = 0x0037, 0x1000, 0x0C1A, 0x0C1F
NAME, SMTP, DATA, FILENAME, METHOD = 0x3001, 0x39FE, 0x3701, 0x3707, 0x3705

Properties = Mapping[int, "str | bytes | int"]


@dataclass
class _Node:
    name: str
    content: bytes | None = None
    children: list[_Node] = field(default_factory=list)
    right: int = FREE
    child: int = FREE
    start: int = END
    size: int = 0


def msg(
    subject: str, body: str, sender: tuple[str, str], to: list[tuple[str, str]], files: Mapping[str, bytes]
) -> bytes:
    """The bytes of a mail with attachments."""
    root = _Node("Root Entry")
    told: Properties = {SUBJECT: subject, BODY: body, SENDER: sender[0], ADDRESS: sender[1], 0x001A: "IPM.Note"}
    root.children = _properties(told, struct.pack("<8x4I8x", len(to), len(files), len(to), len(files)))
    for number, (name, address) in enumerate(to):
        kept = _properties({NAME: name, SMTP: address}, bytes(8))
        root.children.append(_Node(f"__recip_version1.0_#{number:08X}", children=kept))
    for number, (name, content) in enumerate(files.items()):
        kept = _properties({FILENAME: name, DATA: content, METHOD: 1}, bytes(8))
        root.children.append(_Node(f"__attach_version1.0_#{number:08X}", children=kept))
    return _compound(root)


def _properties(values: Properties, header: bytes) -> list[_Node]:
    table, streams = header, []
    for number, value in values.items():
        if isinstance(value, int):
            table += struct.pack("<HHIQ", 0x0003, number, 6, value)
            continue
        kind = 0x001F if isinstance(value, str) else 0x0102
        raw = value.encode("utf-16-le") if isinstance(value, str) else value
        table += struct.pack("<HHIQ", kind, number, 6, len(raw) + 2 * (kind == 0x001F))
        streams.append(_Node(f"__substg1.0_{number:04X}{kind:04X}", raw))
    return [_Node("__properties_version1.0", table), *streams]


def _compound(root: _Node) -> bytes:
    nodes: list[_Node] = [root]
    waiting = [root]
    while waiting:
        node = waiting.pop()
        first = len(nodes)
        nodes += node.children
        waiting += node.children
        if node.children:
            node.child = first
        for at, child in enumerate(node.children[:-1], start=first + 1):
            child.right = at
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(content: bytes) -> int:
        start = len(sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        sectors.extend(pieces)
        fat.extend([*range(start + 1, start + len(pieces)), END])
        return start

    small, small_fat = b"", list[int]()
    for node in nodes[1:]:
        if not node.content:
            continue
        node.size = len(node.content)
        if node.size >= CUTOFF:
            node.start = put(node.content)
            continue
        node.start, count = len(small_fat), -(-node.size // SMALL)
        small += node.content.ljust(count * SMALL, b"\0")
        small_fat += [*range(node.start + 1, node.start + count), END]
    root.start, root.size = put(small), len(small)
    small_table = struct.pack(f"<{len(small_fat)}I", *small_fat)
    at_small = put(small_table + b"\xff" * (-len(small_table) % SECTOR))
    at_directory = put(b"".join(map(_entry, nodes)))
    at_fat = len(sectors)
    table = struct.pack(f"<{len(fat) + 1}I", *fat, FAT)
    assert len(table) <= SECTOR
    sectors.append(table.ljust(SECTOR, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, at_directory, 0, CUTOFF, at_small, -(-len(small_table) // SECTOR), END, 0)
    header += struct.pack("<I", at_fat) + b"\xff" * 4 * 108
    return header + b"".join(sectors)


def _entry(node: _Node) -> bytes:
    name = (node.name + "\0").encode("utf-16-le")
    kind = 5 if node.name == "Root Entry" else 1 if node.content is None else 2
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(name), kind, 1, FREE, node.right, node.child)
        + bytes(36)
        + struct.pack("<IQ", node.start if node.size else END, node.size)
    )
