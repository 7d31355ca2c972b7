"""Which encoding a Japanese text file is in, decided from its bytes; where it is in several, which lines are what.

UTF-8 (with or without a mark), UTF-16, UTF-32, CP932 (Shift_JIS with the NEC and IBM letters), EUC-JP, ISO-2022-JP
and, for Western names, CP1252. A text that was once decoded wrongly (mojibake) is an encoding error too: its letters
are lost.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import groupby, islice

from pipelines.stores import StoreError, iso2022
from pipelines.stores.sources import File

HEAD = 4 * 2**20
"""Bytes of a file that are looked at: all of most files. What comes later is checked while it is read."""

LONGEST = 64 * 2**20
"""Characters of the longest line that is read: a file without line ends is no table."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp932", "euc_jp", "euc_jis_2004", "cp1252")
_SPOKEN = {"utf-8": "UTF-8", "cp932": "CP932（Shift_JIS）", "euc_jp": "EUC-JP", "euc_jis_2004": "EUC-JP"}

# How much a letter speaks for the reading that produced it, a byte of its legacy spelling.
_GOOD = re.compile(r"[ぁ-ゖァ-ヺー々〇、。・「」（）０-９Ａ-Ｚａ-ｚ　]")
_KANJI = re.compile(r"[一-龠]")
_HALF_KANA = re.compile(r"[ｱ-ﾝ](?:(?<=[ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<=[ﾊ-ﾎ])ﾟ)?[ｧ-ｰ]?")
_BAD = re.compile(r"[｡-ﾟ\x80-\x9f\ue000-\uf8ff]")
_WESTERN = re.compile(r"(?<![À-ÿ])[À-ÖØ-öø-ÿ](?![À-ÿ])")


def head(file: File) -> tuple[str, str]:
    """The codec that decodes the file and the text of its head; StoreError `encoding` where there is none."""
    with file.open() as opened:
        raw = opened.read(HEAD)
        whole = not opened.read(1)
    codec = of_bytes(raw, whole=whole)
    return codec, codecs.getincrementaldecoder(codec)().decode(raw, whole)


def of_bytes(raw: bytes, *, whole: bool) -> str:
    """The codec that decodes `raw`, which may be cut anywhere when it is not `whole`; StoreError `encoding`."""
    codec = _codec(raw, whole)
    if codec is None:
        raise StoreError("encoding", mixture(raw.splitlines()))
    if share := _garbled(_decoded(raw, codec, whole) or ""):
        raise StoreError("encoding", f"文字化けした行が {share:.0%} あります。元のデータから出力し直してください")
    return codec


def decode(raw: bytes) -> str:
    """The text of a whole file or mail part; StoreError `encoding`."""
    if iso2022.is_iso2022(raw):
        return iso2022.decoded(raw)
    return raw.decode(of_bytes(raw, whole=True))


def lines(file: File, codec: str) -> Iterator[str]:
    """The lines of a file with their ends as they are; StoreError `encoding`, saying where, when one has another."""
    try:
        with file.open() as opened:
            text = TextIOWrapper(opened, codec, newline="")
            while line := text.readline(LONGEST):
                if len(line) == LONGEST and not line.endswith(("\n", "\r")):
                    raise StoreError("too_large", f"1行が {LONGEST // 2**20} Mi 文字を超えるため読みません")
                yield line
    except UnicodeError:
        raise StoreError("encoding", mixture_of_file(file)) from None


def pieces(file: File, codec: str, size: int = 2**20) -> Iterator[str]:
    """The text of a file in pieces of so many characters; StoreError `encoding`, saying where it has another."""
    try:
        with file.open() as opened:
            text = TextIOWrapper(opened, codec, newline="")
            while piece := text.read(size):
                yield piece
    except UnicodeError:
        raise StoreError("encoding", mixture_of_file(file)) from None


def mixture(lines: Iterable[bytes]) -> str:
    """What the lines' encodings are, in words and line numbers: a hint for whoever can export the file again."""
    labelled = ((number, _line_codec(line)) for number, line in enumerate(lines, start=1))
    ranges = []
    for codec, run in groupby((pair for pair in labelled if pair[1] != "ascii"), key=lambda pair: pair[1]):
        numbers = [number for number, _ in run]
        ranges.append(f"{numbers[0]}〜{numbers[-1]}行目 {_SPOKEN.get(codec, '判定不能')}")
    more = f" ほか{len(ranges) - 4}区間" if len(ranges) > 4 else ""
    if len(ranges) == 1:
        return f"文字コードの誤りがあります（{ranges[0]}）。出力し直してください"
    return f"文字コードが混在しています（{'、'.join(ranges[:4])}{more}）。一つにそろえて出力し直してください"


def mixture_of_file(file: File, most: int = 1_000_000) -> str:
    """`mixture` of a file's first `most` lines."""
    with file.open() as opened:
        lines = iter(lambda: opened.readline(LONGEST), b"")
        return mixture(islice((line.rstrip(b"\r\n") for line in lines), most))


def _codec(raw: bytes, whole: bool) -> str | None:
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return marked if _decoded(raw, marked, whole) is not None else None
    if iso2022.is_iso2022(raw):
        return next((codec for codec in ("iso2022_jp_ext", "iso2022_jp_3") if _decoded(raw, codec, whole)), None)
    if b"\0" in raw and (codec := _wide(raw, whole)):
        return codec
    if _decoded(raw, "utf-8", whole) is not None:
        return "utf-8"
    return _legacy(raw, whole)


def _wide(raw: bytes, whole: bool) -> str | None:
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return codec if max(even, odd) > 4 * min(even, odd) and _decoded(raw, codec, whole) is not None else None


def _legacy(raw: bytes, whole: bool) -> str | None:
    speaking = b"\n".join(islice((line for line in raw.splitlines() if not line.isascii()), 2000))
    readings = {codec for codec in _LEGACY if _decoded(raw, codec, whole) is not None}
    scores = {codec: _score(speaking, codec) for codec in _LEGACY if codec in readings}
    best = max(scores, key=lambda codec: scores[codec], default=None)
    return best if best is not None and scores[best] > 0 else None


def _score(raw: bytes, codec: str) -> float:
    """How Japanese (or Western) the reading looks, in points a non-ASCII byte: 1 good, 0 says nothing, below bad."""
    text = raw.decode(codec, "replace")
    size: int = max(1, sum(byte > 0x7F for byte in raw))
    if codec == "cp1252":
        western = len(_WESTERN.findall(text))
        return (2 * western - sum(letter > "\x7f" for letter in text)) / size
    kana = sum(map(len, _HALF_KANA.findall(text)))
    kana_bytes = 1 if codec == "cp932" else 2
    level_1 = sum(0xB0 <= letter.encode("euc_jp", "replace")[0] <= 0xCF for letter in _KANJI.findall(text))
    bad = len(_BAD.findall(text)) - kana
    return float(2 * len(_GOOD.findall(text)) + 1.8 * level_1 + 0.8 * kana_bytes * kana - 2 * bad) / size


def _decoded(raw: bytes, codec: str, whole: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(codec)().decode(raw, whole)
    except UnicodeError:
        return None
    # CP932 has letters for bytes that no text uses: a file with those is in another encoding.
    return None if codec == "cp932" and re.search(r"[\x80\uf8f0-\uf8f3]", text) else text


def _line_codec(line: bytes) -> str:
    if line.isascii():
        return "ascii"
    if _decoded(line, "utf-8", True) is not None:
        return "utf-8"
    return _legacy(line, True) or "unknown"


_JAPANESE = re.compile(r"[ぁ-ヺー一-龠、。０-９Ａ-ｚ]")


def _garbled(text: str) -> float:
    """Share of the non-ASCII lines that look decoded by a wrong encoding, 0 where it is under a fifth."""
    speaking = list(islice((line for line in re.split(r"[\r\n]+", text) if not line.isascii()), 2000))
    wrong = sum(_is_garbled(line) for line in speaking)
    return wrong / len(speaking) if wrong * 5 > len(speaking) else 0.0


def _is_garbled(line: str) -> bool:
    """Whether lost letters (U+FFFD) stand in the line, or taking a wrong decoding back makes better Japanese of it."""
    if "\ufffd" in line:
        return True
    odd = len(line) - len(line.encode("ascii", "ignore"))
    for misread in ("cp932", "cp1252", "latin-1"):
        back = line.encode(misread, "ignore").decode("utf-8", "replace")
        restored = len(_JAPANESE.findall(back)) - 2 * back.count("\ufffd")
        if restored > 1 and 4 * restored > odd:
            return True
    return any(_restored(line, misread, meant) for misread in ("cp1252", "latin-1") for meant in ("cp932", "euc_jp"))


def _restored(line: str, misread: str, meant: str) -> bool:
    try:
        raw = line.encode(misread)
    except UnicodeEncodeError:
        return False
    return _decoded(raw, meant, True) is not None and _score(raw, meant) > 0.9
