"""The blank forms: every field of such a form, with the desk, fee and papers of the adopted policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from expectations.policy import load
from pipelines import declarations
from pipelines.casebook.letters.blanks import KINDS, blank
from pipelines.cli import main
from tests.conftest import DECLARATIONS
from tests.letter_files import pages_of, text_of

FIELDS = (
    "請求日",
    "利用目的の通知",
    "開示（法33条1項）",
    "第三者提供記録の開示",
    "訂正・追加・削除",
    "利用停止・消去",
    "第三者提供の停止",
    "フリガナ",
    "旧氏",
    "現住所",
    "登録時の住所",
    "生年月日",
    "会員番号",
    "法定代理人",
    "代理人の住所",
    "ご本人との関係",
    "電磁的記録",
    "閲覧",
    "個人番号",
    "誤っている項目",
    "正しい内容",
    "根拠となる資料",
    "法35条1項",
    "法35条3項",
    "法35条5項",
    "期間",
    "提供先",
    "印鑑登録証明書",
    "委任状",
    "本籍",
    "1,000円（税込）",
    "定額小為替",
    "実印",
    "返却または廃棄",
)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    command = ["request", "forms", "--declarations", str(DECLARATIONS), "--out", str(folder)]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder


def said(file: Path) -> str:
    text = text_of(file) if file.suffix == ".docx" else "".join(pages_of(file.read_bytes()))
    return text.replace("\n", "")


@pytest.mark.parametrize("suffix", KINDS)
def test_the_application_has_every_field(forms: Path, suffix: str) -> None:
    text = said(forms / f"application.ja.{suffix}")
    assert [field for field in FIELDS if field not in text] == []
    assert "株式会社あおば法務サービス 御中" in text
    assert "03-1234-0100" in text


@pytest.mark.parametrize("suffix", KINDS)
def test_the_letter_of_proxy_names_what_is_given(forms: Path, suffix: str) -> None:
    text = said(forms / f"proxy.ja.{suffix}")
    for part in ("委任状", "代理人", "第三者提供記録の開示", "回答を受け取る", "委任日", "代理権を証する書類"):
        assert part in text, part


def test_the_english_edition_says_nothing_in_japanese_but_the_address(forms: Path) -> None:
    text = said(forms / "application.en.pdf")
    assert "APPI art 33(1)" in text
    assert "registered seal" in text
    japanese = [sign for sign in text if "\u3041" <= sign <= "\u30ff"]
    assert set(japanese) <= set("あおばビル")


def test_an_application_s_pages_are_two(forms: Path) -> None:
    for language in ("ja", "en"):
        assert len(pages_of((forms / f"application.{language}.pdf").read_bytes())) == 2


def test_a_policy_without_a_fee_asks_for_none() -> None:
    policy = load("handling-of-personal-information")
    free = [kind.model_copy(update={"fee": 0}) for kind in policy.request_kinds]
    form = blank("application", policy.model_copy(update={"request_kinds": tuple(free)}),
                 declarations.load(DECLARATIONS).company, "ja")  # fmt: skip
    texts = [field.text for part in form.parts for field in part.fields]
    assert "手数料はいただきません。" in texts
    assert not any("円" in text for text in texts)
