"""Organisations' names in texts: where they begin and end, and what is none."""

from __future__ import annotations

import pytest

from classifiers import organisations

NAMED = [
    "本日は【医療法人 若草会 みどり台クリニック】の事務長と面談",
    "【合名会社まるや】 代表社員",
    "【一般財団法人たんぽぽ基金】より入金",
    "【株式会社つばさの杜】 入社",
    "前日 【ゆうひが丘市立西小学校】 様",
    "紹介元:【ながた内科クリニック】 御中",
    "【山下鋼材】への依存度が高い",
    "【ヒバリ警備】宛に請求",
    "昨日【上州電設】の西さんが来社",
    "先方は【青波損害保険】",
    "発信元:【八雲パッケージ販売】 担当 乾",
    "屋号:【MORI DESIGN】、以下「乙」",
    "昼は【スナック葵】のカラオケ",
    "【ホテル桔梗】 2名",
    "【北洋漁業公社】に在籍",
    "代理人 【特許業務法人みのだ国際特許】 ",
    "SHIPPER: 【TAMARU SEIMITSU CO.,LTD.】\n",
    "I work at 【Harborview Logistics KK】.",
    "2019  Buyer, 【Kansai Brass Corporation】\n",
    "BA, 【Naniwa Girls' University】\n",
    "【Sydhav Marine AB】\nTel",
    "【緑葉物流】の佐藤です",
    "お世話になります。【ガーデンプラス多摩】の瀬戸口です。",
    "【薬のイノウエ】 三島町の隣",
    "以前、【定食のまつや】で働いた",
    "【文具のなかむら屋】 より",
    "9:00 【医)恵愛会 片岡病院】 用度課",
    "【株)山喜】、納品先",
    "【ケアプランセンターなごみ】 知念",
    "「【炭火やきとり 木村屋】」",
    "【森井紙店】、納品先間違い",
]
NONE = [
    "原因不明の停電のため発電機を2台借りる",
    "所轄税務署と管轄裁判所",
    "隣の佐藤です。デザインの丹羽です。",
    "薬のアレルギー、靴のサイズは不明",
    "ケアプランより抜粋、ケアプラン作成",
    "一級建築士の資格",
    "管理組合の総会",
    "旅費交通費を精算",
    "営業企画グループに配属",
    "冷暖房完備、食堂あり",
    "2番線ホームで拾得",
    "スーパー駐車場で接触",
    "外壁塗装と商品開発を担当",
    "健康保険の扶養",
    "京都観光を予約",
    "地下機械室に台車",
    "取引先:変更なし",
    "勤務先 自営業",
    "ホテルは満室、カフェで待機",
    "Dear Team, See Attached",
]


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in organisations.find(text)]


@pytest.mark.parametrize("marked", NAMED)
def test_a_name_is_found_from_its_first_to_its_last_letter(marked: str) -> None:
    name = marked[marked.index("【") + 1 : marked.index("】")]
    assert _found(marked.replace("【", "").replace("】", "")) == [name]


@pytest.mark.parametrize("text", NONE)
def test_words_of_every_day_are_no_names(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize("value", ["営業企画", "商品開発", "山田太郎", "総務部"])
def test_a_department_or_a_person_is_no_organisation(value: str) -> None:
    assert not organisations.is_organisation(value)


@pytest.mark.parametrize("value", ["石田鋼材", "株式会社山田", "みなと法律事務所"])
def test_a_whole_value_may_be_one(value: str) -> None:
    assert organisations.is_organisation(value)
