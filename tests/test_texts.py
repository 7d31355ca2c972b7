"""Mentions in free text: offsets, order, traps, and how well persons are found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.evidence import wordings
from classifiers.tags import Mention
from classifiers.texts import Mode, mentions

# Invented texts; a person's name stands in braces, \\n is a line break.
MARKED = """\
お世話になっております。株式会社サンプル商事の{佐藤}です。先日ご相談の件、弊社の{鈴木健一}より改めてご連絡いたします。
{高橋}様より入電。折り返し希望。担当は{伊藤}、電話は03-5253-5111。
本日15時、{渡邉 瑠美}さんと面談。志望動機は地方創生への関心とのこと。
氏名：{山田太郎}
生年月日：1985年4月3日
住所：東京都千代田区丸の内1-2-3
{"name": "{小林美咲}", "tel": "090-1234-5678", "note": "松本営業所の担当者に確認済"}
出席者：{田中}、{中村}、{加藤}部長、{吉田}（記録）
松本営業所の売上は前年比105%。山口県内の新規店舗は2件。
{松本}課長が山口支店へ異動。後任は{井上}さん。
山田製作所との契約は4月1日開始。田中法律事務所の見解を確認する。
ﾌﾘｶﾞﾅ:{ﾔﾏﾀﾞ ﾊﾅｺ} 電話 ０９０－１２３４－５６７８
口座名義 {スズキ イチロウ} 普通 1234567
From: {Taro Yamada} <taro.yamada@mail.example>
To: {Hanako Suzuki} <h-suzuki@corp.example>
{SATO KENJI}様のパスポート番号 TR1234567を確認。
拝啓　{木村}先生におかれましてはますますご清祥のこととお慶び申し上げます。
{林}さん、{森}さんの両名は本日欠席。
{清水 翔太}氏（42歳）は弁護士登録番号 12345、所属は東京弁護士会である。
原告{斎藤明}は、被告{山本和子}に対し、金100万円の支払いを求めた。
明日の打ち合わせですが、{岡田}も同席してよろしいでしょうか。
{池田さくら}様
いつもご利用いただきありがとうございます。ご注文番号 621498320257 の発送が完了しました。
お客様各位　平素より格別のお引き立てを賜り誠にありがとうございます。
システム障害の原因はサーバーの負荷増大。担当者様は至急ご確認ください。
患者：{長谷川 誠}　通院中。主治医の{前田}医師に確認。
{ジョン・スミス}氏が来日し、{藤井}社長と会談した。
TEL受付 {近藤}様 女性 40代 クレーム 商品破損 再送希望
弊社担当：{石井}
内線 1234
〒100-0001 東京都千代田区千代田1-1
{坂本龍之介}、{遠藤 葵}、{青木 蓮}の3名が内定。
請求書送付先：大阪市北区梅田3-1-1 サンプルビル5F {福田}様宛
みずほ銀行の渋谷支店に振込。三井住友カードの明細を添付。
{三浦}くんの母です。明日は病院に行くため早退させます。
担当変更のお知らせ：{西村}に代わり{松田}が担当いたします。
{やまだ たろう}さんの件で{おおた}先生に確認しました。
営業の{原}さんから電話。{堀}部長に転送済み。
退職者：{野口英子}（2024年3月31日付、自己都合）。
{ヤマダタロウ}様 ご予約ありがとうございます。
第3回会議 議事録　作成者 {菅原}　承認 {久保}
{金子}・{藤原}・{上田}で現地確認を実施。
東京都港区の不動産価格が上昇。千葉、埼玉でも同様の傾向。
株式会社山本商店 代表取締役 {山本一郎}
{大野}弁護士から回答あり。{小野寺}先生の見解とは異なる。
Dear Mr. {Tanaka}, thank you for your inquiry.
{Suzuki}様のアカウントを停止しました。
相談者は{内田真理子}さん（仮名ではない）。夫の{内田健}さんからDV被害。
{宮崎}さんは宮崎県出身です。
{千葉}様より千葉支店へ書類送付の依頼。
うちの犬ではなく、{武田}の家の犬です。
新宿区役所で住民票を取得し、横浜市へ転居届を提出。
{安藤}です。資料を拝見しました。{丸山}さんにも共有しておきます。
応募者 {河野 悠斗}：面接官{横山}、評価A。
{髙﨑 健}様、{渡邊 恵子}様、{𠮷田}様の3名にご案内済み。
日本橋の店舗、秋葉原の倉庫、品川センターを巡回。
{近藤}→{今井}に引き継ぎ。{高木}さん了承済
クレーム対応記録：{増田}様（会員番号A-10293）、対応者：{平野}
採用面接メモ　{谷口 結衣}　第一志望は営業。{杉山}課長が推薦。
配偶者 {大塚 陽子}、長男 {大塚 蓮}、長女 {大塚 結菜}
株主の{村上}氏より質問状を受領。法務部の{柴田}が対応。
ご本人様確認のため、運転免許証をご提示ください。
お子様連れのお客様はスタッフまでお声がけください。
プロジェクト桜、プラン葵、コードネーム飛鳥の進捗報告。
{阿部}さんが体調不良で休み。代わりに{工藤}が出社。
サポート窓口　田村市の代理店より在庫照会。
{Ito Kaori} / 伊藤忠商事 ではない / k.ito@mail.example
宛先：{小川} 様、CC：{後藤} 様
上記の件、{岩崎}より。以上、よろしくお願いいたします。
{中島}と申します。先月購入した商品について問い合わせです。
{石川}さん（石川県金沢市在住、58歳）に電話したが不在。
小松製作所に勤務する{松尾}さん。
山崎製パンの菓子と本田技研の車、鈴木自動車の部品を調達。
{矢野}税理士と顧問契約を締結。報酬は月3万円。
{荒木 太一}（あらき たいち）1990/05/06生
弁護士法人サンプル　弁護士　{星野 光}
"""
PERSONS = {"name", "surname", "given_name", "name_kana", "surname_kana", "given_name_kana", "name_romaji"}


def _marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for part in re.split(r'(\{[^{}":]+\})', line.replace("\\n", "\n")):
        if part.startswith("{") and part.endswith("}"):
            spans.append((len(text), len(text) + len(part) - 2))
            part = part[1:-1]
        text += part
    return text, spans


def _covered(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    start, end = span
    return 2 * sum(max(0, min(end, last) - max(start, first)) for first, last in others) >= end - start


def _found(text: str, mode: Mode = "fast") -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.data_category) for one in mentions([text], mode=mode)[0]]


@pytest.mark.parametrize("mode", ["fast", "standard", "deep"])
def test_persons_are_found(mode: Mode) -> None:
    texts, gold = zip(*map(_marked, MARKED.splitlines()), strict=True)
    found = [
        [(one.start, one.end) for one in row if one.data_category in PERSONS] for row in mentions(texts, mode=mode)
    ]
    wanted, told = sum(map(len, gold)), sum(map(len, found))
    recall = sum(_covered(span, row) for spans, row in zip(gold, found, strict=True) for span in spans) / wanted
    precision = sum(_covered(span, list(spans)) for spans, row in zip(gold, found, strict=True) for span in row) / told
    f1 = 2 * precision * recall / (precision + recall)
    assert f1 >= 0.92, f"precision {precision:.3f}, recall {recall:.3f}"


TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "氏名：山田太郎",
                "ﾔﾏﾀﾞ ﾀﾛｳ様",
                "㈱ｻﾝﾌﾟﾙ",
                "０９０－１２３４－５６７８",
                "taro@mail.example",
                "㍻3年1月2日生",
                "東京都港区芝1-2-3",
                "の",
                "、",
                "\n",
                " ",
            ]
        ),
        max_size=8,
    ).map("".join),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_mentions_lie_in_the_original_in_order_and_apart(texts: list[str]) -> None:
    found = mentions(texts, mode="fast")
    assert len(found) == len(texts)
    for text, row in zip(texts, found, strict=True):
        ends = [0, *(one.end for one in row)]
        assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, row, strict=False))
        assert all(one.why in wordings() and 0 < one.score <= 1 for one in row)


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "ﾌﾘｶﾞﾅ：ﾔﾏﾀﾞ ﾊﾅｺ　電話 ０９０－１２３４－５６７８"
    assert _found(text) == [("ﾔﾏﾀﾞ ﾊﾅｺ", "name_kana"), ("０９０－１２３４－５６７８", "phone")]


def test_equal_texts_have_equal_mentions() -> None:
    first, other, again = mentions(["佐藤様", "本日休業", "佐藤様"], mode="fast")
    assert first == again != other == ()


def test_nothing_in_no_texts() -> None:
    assert mentions([]) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("マイナンバーは621498320257です", "my_number"),
        ("運転免許証番号 309012345620 を確認", "drivers_licence"),
        ("基礎年金番号：1234-567890", "pension_number"),
        ("旅券番号 TR1234567", "passport"),
        ("振込先 みずほ銀行 渋谷支店 普通 1234567", "bank_account"),
        ("生年月日：昭和55年1月2日", "birth_date"),
        ("1980年1月2日生まれ", "birth_date"),
        ("FAX：03-5253-5112", "fax"),
        ("初期パスワード：hunter-2", "password"),
        ("弁護士登録番号 12345", "professional_registration_number"),
        ("うつ病のため休職", "medical_history"),
        ("身体障害者手帳を所持", "disability"),
    ],
)
def test_identifiers_beside_their_words(text: str, category: str) -> None:
    assert category in [found for _, found in _found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "伝票番号 621498320257 を出荷",
        "JANコード 4901234567894",
        "システム障害の復旧は2026-11-23の予定",
        "お客様各位、皆様、担当者様",
        "松本営業所と山口支店、田中ビル",
        "会議は2026年11月23日、売上は1234567円",
        "バージョン 1.2.3.4 を配布",
    ],
)
def test_what_only_looks_like_personal_data(text: str) -> None:
    assert [found for found in _found(text) if found[1] not in ("company_name", "address")] == []


def test_a_text_longer_than_the_tokenizer_takes() -> None:
    text = "本日は晴天なり。" * 9_000 + "担当は佐藤花子です。"
    assert _found(text) == [("佐藤花子", "name")]


@pytest.mark.parametrize("letter", [chr(code) for code in range(0x3300, 0x3400, 5)] + list("㎡㎥㎏㍻½…"))
def test_a_letter_that_is_several_words_is_answered(letter: str) -> None:
    (found,) = mentions([f"佐藤様、クロス張替え3{letter}"], mode="fast")
    assert [(one.start, one.end) for one in found] == [(0, 2)]
    assert mentions([f"3{letter}"], mode="fast") == [()]


def test_a_long_text_without_any_break() -> None:
    assert mentions(["あ" * 60_000], mode="fast") == [()]


def test_signature_block() -> None:
    text = (
        "━━━━━━\n株式会社サンプル商事 営業部\n佐藤 健一（さとう けんいち）\n〒100-0001 東京都千代田区千代田1-1\n"
        "TEL: 03-5253-5111 / FAX: 03-5253-5112\nE-mail: k-sato@mail.example\n━━━━━━"
    )
    assert [category for _, category in _found(text)] == [
        "company_name", "name", "name_kana", "postal_code", "address", "phone", "fax", "email",
    ]  # fmt: skip


def test_a_mention_never_tells_its_value() -> None:
    assert isinstance(mentions(["佐藤様"], mode="fast")[0][0], Mention)
    assert "佐藤" not in repr(mentions(["佐藤様"], mode="fast"))


HARD = st.one_of(
    st.text(alphabet=st.characters(codec=None), max_size=60),
    st.text(alphabet="\ud800\udfff\x00\x07\x1b\u200d\ufe0f👨👩👧か\u3099ﾞ佐藤様 株式会社\u202e", max_size=60),
)


@settings(max_examples=150, deadline=None)
@given(HARD)
def test_any_string_is_answered(text: str) -> None:
    for one in mentions([text], mode="fast")[0]:
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "佐藤",
        "田中様",
        "0123456789",
        "株式会社",
        "\ud800",
        "👨\u200d👩\u200d👧",
        "か\u3099",
        "ｶﾞ",
        "第1号",
        "a@",
        "、",
        "\x00",
        "ア・",
    ],
)
def test_sixty_thousand_characters_of_the_same_are_answered(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    (found,) = mentions([text], mode="fast")
    assert all(end <= one.start < one.end for end, one in zip([0, *(one.end for one in found)], found, strict=False))


def test_the_language_model_reads_what_no_rule_can_and_no_masked_letter() -> None:
    text = "lone \ud800 surrogate\n氷室様\n" + "東京都千代田区丸の内1-2-3" * 40
    found = _found(text, "deep")
    assert [value for value, category in found if category == "address"] == ["東京都千代田区丸の内1-2-3"] * 40


NAMED_BESIDE = {
    "honorific": ("{}様", "明日{}さんが来社", "{} 先生", "{}氏によれば"),
    "title": ("{}部長に相談", "{}弁護士"),
    "role": ("原告{}は", "作業員{}。", "担当は{}です", "後任の{}", "【申込者】{}", "相続人は、長男{}である"),
    "label": ("氏名：{}", "担当者={};", '{{"name": "{}"}}', "お名前　{}"),
    "verb": ("{}と申します", "{}へ伝達済", "{}が対応いたします"),
}


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from([form for forms in NAMED_BESIDE.values() for form in forms]),
    st.sampled_from(["佐藤", "松本", "林", "渡邉", "高橋健一", "山田 花子", "井上さくら", "東海林"]),
    st.sampled_from(["", "。", "\n", "本日、", "（"]),
)
def test_a_name_is_found_beside_every_kind_of_word_that_gives_it_away(form: str, name: str, before: str) -> None:
    text = before + form.format(name)
    assert name in [value for value, category in _found(text) if category in PERSONS]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ﾀﾝﾄｳ ﾔﾏﾀﾞ ﾊﾅｺ ｻﾏ ﾖﾘ ﾚﾝﾗｸ ｱﾘ", ["ﾔﾏﾀﾞ ﾊﾅｺ"]),
        ("上白石 凪（カミシライシ ナギ）", ["上白石 凪", "カミシライシ ナギ"]),
        ("王さんと陳部長が来社", ["王", "陳"]),
        ("Sarah Thompson様、Ivan Petrovさん", ["Sarah Thompson", "Ivan Petrov"]),
        ("グエン・ヴァン・ミン氏が入社", ["グエン・ヴァン・ミン"]),
        ("総務部安藤宛、佐伯宅へ訪問", ["安藤", "佐伯"]),
        ("株式会社サンプルの山口でございます", ["山口"]),
        ("佐藤 電話:03-5253-5111", ["佐藤"]),
        ("高橋陽翔様", ["高橋陽翔"]),
        ("妻雅子と娘美羽", ["雅子", "美羽"]),
    ],
)
def test_names_of_every_kind(text: str, names: list[str]) -> None:
    assert [value for value, category in _found(text) if category in PERSONS] == names


@pytest.mark.parametrize(
    "text",
    [
        "森林や小川、原野の保全について検討した。",
        "京都の清水寺から金沢、富山を回って帰社。",
        "日本選手団と代表チーム、東京支店長会議",
        "社員番号と本人確認書類を提出",
        "取引先様、業者様、お客様へ",
        "山田製作所と佐藤工務店、カフェ伊藤、田中屋",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert [found for found in _found(text) if found[1] in PERSONS] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("被告株式会社青葉商事に対し", ["株式会社青葉商事"]),
        ("前職の青葉商事(株)出身", ["青葉商事(株)"]),
        ("請求書　みなと物産株式会社御中", ["みなと物産株式会社"]),
        ("コスモ警備 合同会社 佐藤様", ["コスモ警備 合同会社"]),
        ("株式会社 北斗電機 佐藤", ["株式会社 北斗電機"]),
        ("さくら通り法律事務所の中野先生", ["さくら通り法律事務所"]),
        ("私は私立さくら女子大学を卒業", ["私立さくら女子大学"]),
        ("Blue Ocean Trading Inc.\nTokyo", ["Blue Ocean Trading Inc."]),
        ("ﾄﾘﾋｷｻｷ ｶ)ｱｵﾊﾞｼﾖｳｼﾞ ﾆﾕｳｷﾝ", ["ｶ)ｱｵﾊﾞｼﾖｳｼﾞ"]),
        ("電気ケトルを購入", []),
    ],
)
def test_organisations_begin_and_end_where_their_names_do(text: str, names: list[str]) -> None:
    assert [value for value, category in _found(text) if category == "company_name"] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("〒100-0001", ("100-0001", "postal_code")),
        ("生年月日　1985年4月3日", ("1985年4月3日", "birth_date")),
        ("運転免許証番号　第309012345620号", ("第309012345620号", "drivers_licence")),
        ("ログインID: t.suzuki です", ("t.suzuki", "account_id")),
        ("フォロワーの@hanako_88さん", ("hanako_88", "account_id")),
        ("e-Taxの利用者識別番号 2091 4471 8830 5162", ("2091 4471 8830 5162", "account_id")),
        ("被評価者：S10442 宮下", ("S10442", "account_id")),
        ('{"operator":"op_nagai","code":0}', ("op_nagai", "account_id")),
        ("time,user,action\n09:00,s.nishioka,view\n", ("s.nishioka", "account_id")),
        ("view,cust/100482,192.0.2.17", ("100482", "account_id")),
        ("ログインは demo-user03 でいいですか", ("demo-user03", "account_id")),
        ("お客様番号はお分かりですか。\n客：ええと、5502-7719-03です", ("5502-7719-03", "account_id")),
        ("User 'n.sakaguchi' logged in", ("n.sakaguchi", "account_id")),
        ("9:00 CORP\\t-ogawa がロックアウトされました", ("t-ogawa", "account_id")),
        ("LINE ID naoki_0412", ("naoki_0412", "account_id")),
        ("生年月日　明・大・昭　14年 2月 9日", ("昭　14年 2月 9日", "birth_date")),
        ("鈴木 キミ（母） 個人番号 450842281275 昭21.12.30 非居住者でない", ("昭21.12.30", "birth_date")),
        ("生年月日は昭和43年の7月9日です", ("昭和43年の7月9日", "birth_date")),
        ("生年月日：1980年（昭和55年）1月2日", ("1980年（昭和55年）1月2日", "birth_date")),
        ("口座番号 ０ ０ ３ ８ ８ １ ７", ("０ ０ ３ ８ ８ １ ７", "bank_account")),
        ("口座番号は、普通、0、0、1、2、3、4、5です", ("0、0、1、2、3、4、5", "bank_account")),
        ("ゆうちょ 記号：14370 / 番号：20881231", ("20881231", "yucho_account")),
        ("電話はですね、090の2274の、えー、1035です", ("090の2274の、えー、1035", "phone")),
        ("電話 ０２２・２４８・６６１９", ("０２２・２４８・６６１９", "phone")),
        ("1000001 東京都千代田区丸の内1-2-3", ("1000001", "postal_code")),
        ("至急0172330671まで連絡ください", ("0172330671", "phone")),
        ("住所 東京都港区芝1-2-3ハイツみどり401号", ("東京都港区芝1-2-3ハイツみどり401号", "address")),
    ],
)
def test_identifiers_end_where_they_end(text: str, found: tuple[str, str]) -> None:
    assert found in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "版数: 3.2.1.0 / ビルド 98266",
        "登録番号 T7000012050002　消費税43,300",
        "生産技術課は2026/10/24付で移転",
        "@Override\n@cache\n",
        "リクエストID：req_01hv7m2k",
        "Failed password for invalid user admin",
        "発生日時：1995年3月28日",
    ],
)
def test_numbers_that_another_word_explains(text: str) -> None:
    assert [found for found in _found(text) if found[1] not in ("invoice_number", "company_name")] == []


def test_names_of_the_same_run_are_found_where_nothing_else_tells_them() -> None:
    text = "昨日の件、嘉手納と薬袋に聞いて。ブルーリボンの見積りは未着。Kadena"
    known = ["薬袋", "嘉手納 まさし", "ブルーリボン(株)", "嘉手納", "", "1"]
    told = {value for value, _ in _found(text)}
    more = {text[one.start : one.end]: one.why for one in mentions([text], mode="fast", known=known)[0]}
    assert {"薬袋", "嘉手納"} <= more.keys()
    assert told <= more.keys()


def test_a_known_surname_is_no_part_of_a_firm_or_a_longer_word() -> None:
    text = "薬袋製作所の薬袋様、東京都港区芝1-2-3"
    found = mentions([text], mode="fast", known=["薬袋", "東京"])[0]
    assert [(text[one.start : one.end], one.data_category) for one in found] == [
        ("薬袋製作所", "company_name"), ("薬袋", "name"), ("東京都港区芝1-2-3", "address"),
    ]  # fmt: skip


def test_deeper_modes_find_what_the_fast_one_does() -> None:
    text = "担当：佐藤様（03-5253-5111）、株式会社サンプル"
    assert _found(text, "fast") == _found(text, "standard") == _found(text, "deep")
