"""A text's encoding is found from its bytes, and told line by line where it has several."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.stores import StoreError, charsets

ROSTER = (
    "氏名,フリガナ,電話番号,住所\n"
    "星野 みなみ,ﾎｼﾉ ﾐﾅﾐ,03-0000-0001,東京都例市本町1-2-3\n"
    "高原健太,タカハラ ケンタ,03-0000-0002,大阪府見本市\n"
)
NAMES = "佐藤鈴木高橋田中伊藤渡辺山本中村小林加藤"
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
HIRAGANA = "あいうえおかきくけこさしすせそたちつてと"
JAPANESE = st.text(NAMES + KANA + HIRAGANA + "、。（）０１２３abc,\n", min_size=12).filter(
    lambda text: not text.isascii()
)


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc_jp", "iso2022_jp_ext"]
)
def test_a_roster_is_read_in_every_encoding(codec: str) -> None:
    assert charsets.decode(ROSTER.encode(codec)).removeprefix("\ufeff") == ROSTER


@settings(deadline=None)
@given(JAPANESE, st.sampled_from(["utf-8", "cp932", "euc_jp", "iso2022_jp"]))
def test_japanese_text_comes_back_as_it_was(text: str, codec: str) -> None:
    assert charsets.decode(text.encode(codec)) == text


@settings(deadline=None)
@given(st.integers(1, 60), st.sampled_from(["utf-8", "cp932", "euc_jp", "utf-16"]))
def test_a_head_cut_within_a_letter_is_recognised(cut: int, codec: str) -> None:
    raw = (ROSTER * 20).encode(codec)
    assert charsets.of_bytes(raw[:-cut], whole=False) == codec


@pytest.mark.parametrize("codec", ["cp932", "utf-8"])
def test_letters_of_the_vendors_are_no_error(codec: str) -> None:
    text = "髙橋①,﨑本,㈱見本商事,ﾀｶﾊｼ"
    assert charsets.decode(text.encode(codec)) == text


def test_mailers_iso_2022_jp_with_vendor_letters_and_half_width_kana() -> None:
    # ① is row 13 of JIS X 0208, which the standard leaves empty and mailers fill as CP932 does
    raw = "見本".encode("iso2022_jp") + b" \x1b$B-!\x1b(B \x1b(IDE\x1b(B"
    assert charsets.decode(raw) == "見本 ① ﾄﾅ"


def test_western_names_are_read_too() -> None:
    text = "Müller,Größe\nHélène,Zoë\n"
    assert charsets.decode(text.encode("cp1252")) == text
    assert charsets.decode(text.encode()) == text


@pytest.mark.parametrize(
    ("first", "second"), [("utf-8", "cp932"), ("cp932", "utf-8"), ("euc_jp", "utf-8"), ("utf-8", "euc_jp")]
)
def test_mixed_encodings_are_told_by_their_lines(first: str, second: str) -> None:
    with pytest.raises(StoreError) as told:
        charsets.decode(ROSTER.encode(first) + ROSTER.encode(second))
    assert told.value.reason == "encoding"
    assert "1〜3行目" in told.value.hint
    assert "4〜6行目" in told.value.hint
    assert "星野" not in told.value.hint


def test_a_single_broken_line_is_told() -> None:
    with pytest.raises(StoreError) as told:
        charsets.decode(ROSTER.encode() + b"\xff\xfe\xff\n" + ROSTER.encode())
    assert "4〜4行目 判定不能" in told.value.hint


@pytest.mark.parametrize(
    "garbled",
    [
        ROSTER.encode().decode("cp932", "replace"),
        ROSTER.encode().decode("latin-1"),
        ROSTER.encode().decode("cp1252", "replace"),
        ROSTER.encode("cp932").decode("latin-1"),
        "氏名,住所\n" + "\ufffd\ufffd\ufffd,\ufffd\ufffd県\n" * 5,
    ],
)
def test_mojibake_is_an_encoding_error(garbled: str) -> None:
    with pytest.raises(StoreError) as told:
        charsets.decode(garbled.encode())
    assert told.value.reason == "encoding"
    assert "文字化け" in told.value.hint


@settings(deadline=None)
@given(st.text(NAMES + KANA + HIRAGANA + "ｱｲｳｴｵｶﾞﾊﾟ髙﨑éü ,\n-0123"))
def test_good_text_is_never_called_mojibake(text: str) -> None:
    assert charsets.decode(text.encode()) == text


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_decoded_or_refused_in_our_words(raw: bytes) -> None:
    try:
        assert isinstance(charsets.decode(raw), str)
    except StoreError as error:
        assert error.reason == "encoding"
