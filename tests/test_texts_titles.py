"""Names that only the title behind them gives away."""

from __future__ import annotations

import pytest

from classifiers.texts import mentions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宮下騎手は先頭で戻った。", "宮下"),
        ("谷川容疑者は黙っている。", "谷川"),
        ("佐藤三段は「難しかった」と語った。", "佐藤"),
        ("吉岡牧子元騎手の記録に並ぶ。", "吉岡牧子"),
        ("田村前社長が挨拶した。", "田村"),
    ],
)
def test_a_title_gives_a_name_away(text: str, name: str) -> None:
    (found,) = mentions((text,), mode="fast")
    assert [text[one.start : one.end] for one in found] == [name]


@pytest.mark.parametrize("name", ["アルディレス", "ヒース"])
def test_the_model_is_asked_for_foreign_names_before_a_title(name: str) -> None:
    """One is no word of the dictionary, the other one is a heath."""
    text = f"{name}元首相は二日後に到着した。"
    (found,) = mentions((text,), mode="standard")
    assert [text[one.start : one.end] for one in found] == [name]


@pytest.mark.parametrize("text", ["棚を三段に組む。", "スター選手が来た。", "プロジェクトリーダーを募集する。"])
def test_a_title_behind_a_thing_names_nobody(text: str) -> None:
    (found,) = mentions((text,), mode="standard")
    assert not found
