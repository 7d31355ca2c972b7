"""Presidio as a Japanese team would set it up in a day: GiNZA's labels mapped, Japanese patterns, their cue words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer

THRESHOLD = 0.4
"""A pattern that says little by itself scores below this, and above it beside one of its cue words."""
LABELS = {
    "Person": "PERSON",
    "Company": "ORGANIZATION",
    "Company_Group": "ORGANIZATION",
    "Corporation_Other": "ORGANIZATION",
    "Organization_Other": "ORGANIZATION",
    "Research_Institute": "ORGANIZATION",
    "School": "ORGANIZATION",
    "Public_Institution": "ORGANIZATION",
    "Postal_Address": "JP_ADDRESS",
    "Phone_Number": "PHONE_NUMBER",
    "Email": "EMAIL_ADDRESS",
}
"""GiNZA's labels → Presidio's entities; without this map Presidio finds no person."""
TYPES = {
    "PERSON": "person_name",
    "ORGANIZATION": "organization_name",
    "JP_ADDRESS": "address",
    "JP_POSTAL_CODE": "postal_code",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "JP_BIRTH_DATE": "birth_date",
    "JP_MY_NUMBER": "my_number",
    "JP_CORPORATE_NUMBER": "corporate_number",
    "JP_BANK_ACCOUNT": "bank_account",
    "JP_LICENCE": "other_personal",
    "JP_PASSPORT": "other_personal",
    "JP_RESIDENCE_CARD": "other_personal",
    "JP_PENSION_NUMBER": "other_personal",
    "CREDIT_CARD": "credit_card",
    "IP_ADDRESS": "ip_address",
    "URL": "url",
}
"""Presidio's entities → data types."""
_PREFECTURES = (
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|"
    "石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|"
    "岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県"
)
_WORD = r"[一-龥々ァ-ヶー・A-Za-zＡ-Ｚａ-ｚ0-9]"
_YEAR = r"(?:(?:19|20)[0-9]{2}|(?:明治|大正|昭和|平成|令和|[MTSHR])\.?(?:[0-9]{1,2}|元))"
_PATTERNS: Sequence[tuple[str, str, float, tuple[str, ...]]] = (
    ("EMAIL_ADDRESS", r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", 0.8, ()),
    ("URL", r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+", 0.6, ()),
    ("JP_POSTAL_CODE", r"(?<![0-9-])[0-9０-９]{3}[-－ー‐][0-9０-９]{4}(?![0-9-])", 0.6, ("〒", "郵便")),
    ("JP_ADDRESS", rf"(?:{_PREFECTURES})[^\s、。，,「」（）()]{{2,40}}", 0.6, ("住所", "所在地")),
    ("JP_BIRTH_DATE", rf"{_YEAR}[-/年.][0-9]{{1,2}}[-/月.][0-9]{{1,2}}日?", 0.2, ("生年", "誕生", "生まれ", "生")),
    ("JP_BANK_ACCOUNT", r"(?<=普通|当座|貯蓄)(?:預金)?[ :：]?[0-9]{7}(?![0-9])", 0.6, ("口座",)),
    ("JP_BANK_ACCOUNT", r"(?<![0-9-])[0-9]{7}(?![0-9-])", 0.1, ("口座", "普通", "当座", "振込")),
    ("JP_LICENCE", r"(?<![0-9-])[0-9]{12}(?![0-9-])", 0.1, ("免許",)),
    ("JP_PASSPORT", r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{7}(?![A-Za-z0-9])", 0.4, ("旅券", "パスポート")),
    ("JP_RESIDENCE_CARD", r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{8}[A-Z]{2}(?![A-Za-z0-9])", 0.6, ("在留",)),
    ("JP_PENSION_NUMBER", r"(?<![0-9-])[0-9]{4}-[0-9]{6}(?![0-9-])", 0.4, ("年金",)),
    ("ORGANIZATION", rf"(?:株式会社|有限会社|合同会社|㈱|\(株\)|（株）){_WORD}{{1,15}}", 0.6, ()),
    ("ORGANIZATION", rf"{_WORD}{{1,15}}(?:株式会社|有限会社|合同会社|㈱|\(株\)|（株）)", 0.6, ()),
)
"""Entity, pattern, score, cue words."""
_MY_NUMBER = r"(?<![0-9-])[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9-])"
_CORPORATE_NUMBER = r"(?<![0-9-])[1-9][0-9]{12}(?![0-9-])"


def engine() -> AnalyzerEngine:
    """Presidio's analyzer for Japanese."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    configuration = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "ja", "model_name": "ja_ginza"}],
        "ner_model_configuration": {"model_to_presidio_entity_mapping": LABELS, "default_score": 0.85},
    }
    model = NlpEngineProvider(nlp_configuration=configuration).create_engine()
    registry = RecognizerRegistry(supported_languages=["ja"])
    registry.load_predefined_recognizers(languages=["ja"], nlp_engine=model)
    # Its own mail and URL recognizers ask for a registered top-level domain, which the corpus's `.example` is not, and
    # take kana and kanji beside an address for a part of it: patterns of ours give it what it would find in the field.
    for name in ("PhoneRecognizer", "EmailRecognizer", "UrlRecognizer"):
        registry.remove_recognizer(name, language="ja")
    for recognizer in _recognizers():
        registry.add_recognizer(recognizer)
    return AnalyzerEngine(
        nlp_engine=model, registry=registry, supported_languages=["ja"], default_score_threshold=THRESHOLD
    )


def _recognizers() -> list[EntityRecognizer]:
    from presidio_analyzer import Pattern, PatternRecognizer
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        PhoneRecognizer,
    )

    class Checked(PatternRecognizer):  # type: ignore[misc]
        """A number whose check digit is worked out."""

        def validate_result(self, pattern_text: str) -> bool:
            """Whether the check digit is right."""
            digits = [int(letter) for letter in pattern_text if letter.isdigit()]
            if self.supported_entities == ["JP_CORPORATE_NUMBER"]:
                total = sum(digit * (n % 2 + 1) for n, digit in enumerate(reversed(digits[1:])))
                return digits[0] == 9 - total % 9
            weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
            rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
            return digits[-1] == (0 if rest <= 1 else 11 - rest)

    checked = (
        ("JP_MY_NUMBER", _MY_NUMBER, ["マイナンバー", "個人番号"]),
        ("JP_CORPORATE_NUMBER", _CORPORATE_NUMBER, ["法人番号"]),
    )
    return [
        PhoneRecognizer(supported_language="ja", supported_regions=("JP",), context=["電話", "TEL", "携帯"]),
        CreditCardRecognizer(supported_language="ja", context=["カード"]),
        *(
            Checked(entity, patterns=[Pattern(entity, regex, 0.3)], context=cues, supported_language="ja")
            for entity, regex, cues in checked
        ),
        *(
            PatternRecognizer(
                entity,
                name=f"{entity} {number}",
                patterns=[Pattern(entity, regex, score)],
                context=list(cues) or None,
                supported_language="ja",
            )
            for number, (entity, regex, score, cues) in enumerate(_PATTERNS)
        ),
    ]
