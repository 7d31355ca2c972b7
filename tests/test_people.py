"""Names, dates, phones, mails and addresses: every spelling of the same is the same, and nothing else is."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import jaconv
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.people import address, compare_addresses, compare_names, dates, mail, number, phone
from classifiers.people.dates import pattern as date_pattern
from classifiers.people.keys import name_keys
from classifiers.people.letters import fold_variants, prepare, variant_groups
from classifiers.people.names import LEVELS
from classifiers.people.spellings import pattern

SURNAMES = ["渡辺", "高橋", "斎藤", "佐々木", "桜沢", "浜崎", "吉国", "滝"]
GIVEN = ["一", "花子", "真広", "恵", "竜之介", "礼実"]
KANA = ["ワタナベ ハナコ", "オオノ ショウイチ", "ハッチョウボリ ジュンイチ", "ヤマザキ キョウコ", "ヴァンダ イチロー"]
NEVER = [
    "萩荻",
    "大太",
    "大犬",
    "太犬",
    "未末",
    "土士",
    "己巳",
    "己已",
    "巳已",
    "治冶",
    "祐裕",
    "祐佑",
    "裕佑",
    "郎朗",
    "崎埼",
]
NEVER += ["若苦", "柿杮", "沢択", "一ー", "二ニ", "八ハ", "力カ", "口ロ", "工エ", "夕タ", "千チ", "卜ト"]
names = st.one_of(
    st.tuples(st.sampled_from(SURNAMES), st.sampled_from(GIVEN)).map(" ".join),
    st.sampled_from(KANA),
    st.sampled_from(["Ohno Shoichi", "YAMADA, Taro", "Jun'ichi Shimbashi", "Maria da Silva"]),
    st.text("山田太郎花子サトウ様ー 〓ab", min_size=1, max_size=8),
)
_VARIANTS = {group.id: group.id + group.letters for group in variant_groups()}


@st.composite
def respelt(draw: st.DrawFn, name: str) -> str:
    """The name as some record may write it: variants, selectors, spaces, order, a title."""
    parts = [
        "".join(
            draw(st.sampled_from(_VARIANTS.get(letter, letter))) + draw(st.sampled_from(["", "", "\U000e0100"]))
            for letter in part
        )
        for part in name.split()
    ]
    joined = draw(st.sampled_from(["", " ", "　", "・", ", "])).join(parts)
    return joined + draw(st.sampled_from(["", "様", " 殿", "　先生"]))


@settings(deadline=None)
@given(names, names)
def test_comparing_names_does_not_depend_on_which_comes_first(one: str, other: str) -> None:
    assert compare_names(one, other) == compare_names(other, one)


@settings(deadline=None)
@given(names.filter(lambda name: "〓" not in name and re.search(r"[^\s様ー]", name)))
def test_a_name_is_itself(name: str) -> None:
    assert compare_names(name, name).level == "exact"


@pytest.mark.parametrize("pair", NEVER)
@settings(deadline=None)
@given(surname=st.sampled_from(SURNAMES))
def test_look_alikes_are_never_the_same_letters(pair: str, surname: str) -> None:
    for one, other in (pair, pair[::-1]):
        assert compare_names(f"{surname} {one}", f"{surname} {other}").level not in ("exact", "variant", "kana")


@settings(deadline=None)
@given(st.data())
def test_a_name_is_found_in_every_spelling_of_its_letters(data: st.DataObject) -> None:
    name = f"{data.draw(st.sampled_from(SURNAMES))} {data.draw(st.sampled_from(GIVEN))}"
    spelt = data.draw(respelt(name))
    assert compare_names(name, spelt).level in ("exact", "variant")
    assert re.search(pattern(name_keys(name)), prepare(f"担当は{spelt}とする"))


@settings(deadline=None)
@given(st.sampled_from(KANA), st.booleans(), st.booleans())
def test_a_kana_name_is_found_in_half_width_hiragana_and_big_kana(name: str, big: bool, half: bool) -> None:
    spelt = name.translate(str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")) if big else name
    spelt = jaconv.z2h(spelt, kana=True) if half else jaconv.kata2hira(spelt)
    assert compare_names(name, spelt).level in ("exact", "kana") or (big and "ヴァ" in name)
    assert re.search(pattern(name_keys(name)), prepare(spelt)) or (big and "ヴァ" in name)


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("オオノ ショウイチ", "Shoichi ONO"),
        ("オオノ ショウイチ", "Ohno Shohichi".replace("hichi", "ichi")),
        ("オオノ ショウイチ", "ŌNO SHŌICHI"),
        ("シンバシ ジュンイチ", "SHIMBASHI JUN'ICHI"),
        ("シンバシ ジュンイチ", "Sinbasi Zyuniti"),
        ("ハッチョウボリ タツ", "Hatchobori Tatsu"),
        ("フジイ ツトム", "Huzii Tutomu"),
    ],
)
def test_romaji_of_every_scheme_agrees_with_the_kana(kana: str, romaji: str) -> None:
    assert compare_names(kana, romaji).level == "romaji"
    assert re.search(pattern(name_keys(kana)), prepare(romaji))


@pytest.mark.parametrize(
    ("one", "other", "level", "why"),
    [
        ("斎藤 一", "斉藤 一", "reading", "mixed_letters"),
        ("齋藤 一", "斎藤 一", "variant", "variant_letters"),
        ("ヤマサキ タロウ", "ヤマザキ タロウ", "reading", "voiced_marks"),
        ("オオノ ハジメ", "オーノ ハジメ", "reading", "long_vowel"),
        ("田中 太郎", "田中　太朗", "reading", "dictionary_reading"),
        ("田中 太郎", "タナカ タロウ", "reading", "dictionary_reading"),
        ("田中 太郎", "Taro Tanaka", "romaji", "romaji_of_reading"),
        ("山田 太郎", "山〓太郎", "reading", "lost_letter"),
        ("山田 太郎", "山?太郎", "reading", "lost_letter"),
        ("山田 太郎", "山\ue012太郎", "reading", "lost_letter"),
        ("山田 太郎", "〓〓〓郎", "none", "nothing"),
        ("山田 太郎", "山田 花子", "none", "nothing"),
        ("太郎 山田", "山田太郎", "exact", "same_letters"),
        ("髙橋(旧姓 山田) 花子", "高橋花子", "variant", "variant_letters"),
    ],
)
def test_how_alike_two_names_are_and_why(one: str, other: str, level: str, why: str) -> None:
    match = compare_names(one, other)
    assert (match.level, match.why) == (level, why)


@settings(deadline=None)
@given(names, st.integers(0, 7))
def test_a_lost_letter_never_proves_a_name(name: str, at: int) -> None:
    lost = name[:at] + "〓" + name[at + 1 :]
    assert LEVELS.index(compare_names(name, lost).level) >= LEVELS.index("reading")


def test_no_letter_stands_in_two_groups_or_folds_by_itself() -> None:
    letters = [letter for group in variant_groups() for letter in group.id + group.letters]
    assert len(letters) == len(set(letters))
    assert all(unicodedata.normalize("NFKC", letter) == letter for letter in letters)
    assert all(fold_variants(letter) == group.id for group in variant_groups() for letter in group.letters)


@settings(deadline=None)
@given(names)
def test_every_expression_is_one_for_whole_columns_too(name: str) -> None:
    expression = pattern(name_keys(name))
    if expression:
        found = pc.match_substring_regex(pa.array([prepare(name)]), expression)
        assert found.to_pylist() == [re.search(expression, prepare(name)) is not None]


days = st.dates(date(1912, 8, 1), date(2026, 11, 22))


def _era(day: date) -> tuple[str, str, int]:
    for name, letter, starts in (
        ("令和", "R", date(2019, 5, 1)),
        ("平成", "H", date(1989, 1, 8)),
        ("昭和", "S", date(1926, 12, 26)),
    ):
        if day >= starts:
            return name, letter, day.year - starts.year + 1
    return "大正", "T", day.year - 1911


@settings(deadline=None)
@given(days, st.integers(0, 11))
def test_a_birth_date_is_read_and_found_in_every_form(day: date, form: int) -> None:
    era, letter, of = _era(day)
    forms = [
        day.isoformat(),
        f"{day:%Y/%m/%d} 00:00:00",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        jaconv.h2z(f"{day.year}.{day.month}.{day.day}", digit=True, ascii=True),
        f"{era}{of}年{day.month}月{day.day}日",
        f"{era}{'元' if of == 1 else of}年{day.month:02}月{day.day:02}日",
        f"{letter}{of}.{day.month}.{day.day}",
        f"{letter}{of:02}{day:%m%d}",
        f"{'TSHR'.index(letter) + 2}{of:02}{day:%m%d}",
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
    ]
    text = forms[form]
    assert day in dates(text)
    assert re.search(date_pattern(day), prepare(text))
    assert pc.match_substring_regex(pa.array([prepare(text)]), date_pattern(day)).to_pylist() == [True]


@settings(deadline=None)
@given(st.text(max_size=30))
def test_anything_can_be_read_for_dates_phones_mails_numbers_and_addresses(text: str) -> None:
    assert all(isinstance(day, date) for day in dates(text))
    assert phone(text) == "" or phone(text).lstrip("+").isdigit()
    assert mail(text) == "" or "@" in mail(text)
    assert number(text) == number(f" {text}\u3000")
    assert compare_addresses(address(text), address(text)) in ("none", "city", "town", "number", "building", "room")


@pytest.mark.parametrize(
    "text",
    ["090-1234-5678", "０９０（１２３４）５６７８", "+81 90 1234 5678", "+81-(0)90-1234-5678", "090ー1234ー5678"],
)
def test_a_phone_number_is_one_in_every_form(text: str) -> None:
    assert phone(text) == "09012345678"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("東京都港区芝公園4-2-8", "港区芝公園四丁目２番８号", "number"),
        ("東京都港区芝公園4-2-8 芝ハイツ301", "〒105-0011 東京都港区芝公園4丁目2番地の8 芝ハイツ301号室", "room"),
        ("東京都港区芝公園4-2-8 芝ハイツ301", "東京都港区芝公園4-2-8-301", "room"),
        ("茨城県龍ヶ崎市3710", "竜ケ崎市3710番地", "number"),
        ("神奈川県足柄下郡箱根町湯本1", "箱根町湯本1番地", "number"),
        ("北海道札幌市中央区北1条西1丁目3", "札幌市中央区北一条西1-3", "number"),
        ("三重県四日市市浜田町1-1", "四日市市濱田町1-1", "number"),
        ("東京都港区芝公園4-2-8", "東京都港区芝公園4-2-9", "town"),
        ("東京都府中市宮西町2-24", "広島県府中市宮西町2-24", "none"),
    ],
)
def test_addresses_are_compared_level_by_level(one: str, other: str, level: str) -> None:
    assert compare_addresses(address(one), address(other)) == level
    assert compare_addresses(address(other), address(one)) == level
