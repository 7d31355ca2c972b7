"""Names that no list of common ones holds: what stands beside them and elsewhere in the text tells them."""

from __future__ import annotations

import pytest

from classifiers.texts import mentions

_PERSONS = ("name", "surname", "given_name", "former_name")


def persons(text: str) -> list[str]:
    return [text[m.start : m.end] for m in mentions([text], mode="fast")[0] if m.data_category.startswith(_PERSONS)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a pair with a space: one known part tells what the other is
        ("契約者 下妻 義輝　続柄 本人", ["下妻 義輝"]),
        ("厚岸 マヤさんと打合せ。", ["厚岸 マヤ"]),
        ("店長の穂高 充です。", ["穂高 充"]),
        ("原告鈴鹿　うめに対し支払う。", ["鈴鹿　うめ"]),
        ("会田 トメ吉（男）", ["会田 トメ吉"]),
        # before an honorific: a surname of no dictionary, a place, a bracket
        ("圷さんへ連絡済み。", ["圷"]),
        ("余市様が入ります。", ["余市"]),
        ("「鮎川」さんと呼ばれました。", ["鮎川"]),
        ("乗務員1名佐久間様 別室希望", ["佐久間"]),
        # a reading in brackets
        ("教頭の百目鬼（どうめき）までご連絡ください。", ["百目鬼", "どうめき"]),
        # lists of surnames
        ("出席：比企、人見、小豆畑、戸張（書記）", ["比企", "人見", "小豆畑", "戸張"]),
        ("班　兵頭　甲把　楠瀬　西森", ["兵頭", "甲把", "楠瀬", "西森"]),
        (
            "1 佐藤 玲\n2 東海林 蒼空\n3 藤井 一花\n4 Kruger 美波",
            ["佐藤 玲", "東海林 蒼空", "藤井 一花", "Kruger 美波"],
        ),
        # the same name again, with nothing beside it
        ("経理担当の観音寺 澄は否認した。のちに観音寺が認めた。", ["観音寺 澄", "観音寺"]),
        # fields of tables and records
        ('{"lastName":"Le","firstName":"Minh Anh","plan":"basic"}', ["Le", "Minh Anh"]),
        ("no,氏名,部署\n1,グエン ティ ラン,製造\n2,雲母 里佳,広報", ["グエン ティ ラン", "雲母 里佳"]),
        ("INSERT INTO t (id,sei,mei) VALUES\n(1,'椛島','るい'),\n(2,'於保','貞治')", ["椛島", "るい", "於保", "貞治"]),
        ("（セイ）キャン　（メイ）ヒカル", ["キャン", "ヒカル"]),
        # Latin letters
        ("Best regards,\nLars Hedqvist\nNorvik Trading", ["Lars Hedqvist"]),
        ("Hi Yuto,\nthanks for the file.", ["Yuto"]),
        ("12A YAOITA/SHINOBU MS", ["YAOITA/SHINOBU"]),
        ("Prepared by H. Morita", ["H. Morita"]),
        # a chat, a signature, a department
        ("もりた: 熱が出たって\nそら: 了解\nもりた: よろしく", ["もりた", "もりた"]),
        ("人事の小野です。年末調整の件、よろしくお願いします。", ["小野"]),
        ("よろしくお願いします。\n\n碓氷", ["碓氷"]),
        # who speaks: no space behind the colon, small letters, a firm before, a line of one's own
        ("まりえ：はーい\ntaguchi：助かる\nまりえ：では\ntaguchi：了解", ["まりえ", "taguchi", "まりえ", "taguchi"]),
        ("北川技研 梶：お世話になります。\n北川技研 梶：承知しました。", ["梶", "梶"]),
        ("呉\n資料を置きました。\n森下さん、どうぞ\n呉\n以上です。", ["呉", "森下", "呉"]),
        # lists: from each name on in both directions, with strokes
        ("当番：関／能勢／近藤隆", ["関", "能勢", "近藤隆"]),
        ("順番 塩井→石黒→佐久間", ["塩井", "石黒", "佐久間"]),
        # beside a number, told apart by a letter, with an initial
        ("見かけた方は 090-1234-5678（いくみ）まで", ["いくみ"]),
        ("村田（兄）常務と村田（弟）部長", ["村田", "村田"]),
        ("欠席は金さん、川口ひさん、川口まさん", ["金", "川口ひ", "川口ま"]),
        # shifts, posts, relations, verbs
        ("日勤尾崎へ申し送り。夜勤リーダー篠原。", ["尾崎", "篠原"]),
        ("知念CMへ報告、深田Nsが対応", ["知念", "深田"]),
        ("三浦ベビー、入浴済み", ["三浦"]),
        ("父 誠（48）、妹 るな（小5）、長女さゆみ氏", ["誠", "るな", "さゆみ"]),
        ("石塚の後任は当面菊地が兼務。", ["石塚", "菊地"]),
        ("「カズヤ」と名乗る男", ["カズヤ"]),
        # foreign names, readings in two parts
        ("氏名：ロドリゲス 陽子", ["ロドリゲス 陽子"]),
        ("申請者　氏名　金城　ひまり　ふりがな", ["金城　ひまり"]),
        ("講師 劉 建国（リュウ・ケンコク）", ["劉 建国", "リュウ・ケンコク"]),
        ("「栄養の話」 S・パテル 医師", ["S・パテル"]),
        ("Attendees: Beatriz Almeida\nBeatriz, 領収書をお願いします", ["Beatriz Almeida", "Beatriz"]),
        # a form's letters that stand apart
        ("届 出 人　小 山 内　軍 平", ["小 山 内　軍 平"]),
    ],
)
def test_an_unlisted_name_is_told_by_its_surroundings(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "作業内容 足場組 2段目",
        "発生日時　令和7年5月29日",
        "定期購読 年四回 二千円",
        "広報室　内線 1234",
        "資材を確認中です。担当部署一覧を送付します。",
        "お客様各位　皆様のご来店をお待ちしております。",
        "停留所は上原、谷川、松井の3地区に設ける。",
        "Subject: RE: 見積\nSent: Wednesday\nSubject: 再送\nSent: Thursday",
        "品名,数量,単価\n六角ボルト,10,120\n座金,20,30",
        "Tokyo Office\nMartin Street 12",
        "お世話になっております。\n\n以上",
        "領　収　証\n原　告\n職　務　経　歴　書",
        "夜勤明けに会議を入れない。記入不要、相談窓口の周知",
        "協働ロボット「ヒカル」を導入",
        "池袋サンシャインシティの映画館",
        "22:40 子宮口7cm",
        "欠席 家事都合 2名",
        "家族（長男）と本人とした",
        "件名：夏季休業のお知らせと担当変更",
        "金曜は休みのため土曜に対応",
    ],
)
def test_what_stands_like_a_name_and_is_none(text: str) -> None:
    assert persons(text) == []


def test_what_stands_in_brackets_behind_a_name_is_no_reading_where_it_is_a_word() -> None:
    assert persons("欠席は谷口（インフル）、角田（つのだ）の2名") == ["谷口", "角田", "つのだ"]
