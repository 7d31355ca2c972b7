"""The papers exchanged with other companies: as their customer, and as the one they entrust data to."""

from __future__ import annotations

from pathlib import Path

from data_samples import paperwork
from data_samples.canaries import canary
from data_samples.company import Company

_OWN = "株式会社あおば法務サービス"


def contracts(folder: Path, company: Company) -> None:
    """Estimates, invoices and a contract, with people of other companies in them."""
    for number in company.numbers(3):
        random, person = company.cast.random("契約", number), company.cast.person("contact", number, (24, 64))
        employer, mail = company.employer(random, person)
        paperwork.mail(
            folder / f"見積_{number:04}.eml",
            (f"{employer} {person.joined}", mail),
            (f"{_OWN} 購買課", "kobai@aoba-law.example"),
            "御見積書の送付",
            f"{_OWN}\nご担当者様\n\n平素より格別のお引き立てをいただき、ありがとうございます。\n"
            f"{employer}の{person.surname}です。貴社よりご依頼の件、御見積書をお送りいたします。\n"
            f"ご不明の点は{person.landline}までお電話ください。\n",
        )
        paperwork.pdf(
            folder / f"請求書_2026{number:02}.pdf",
            "請求書",
            [
                f"{_OWN} 御中",
                employer,
                f"担当 {person.name}",
                f"電話 {person.landline}",
                "発送業務一式 220,000円",
                "振込先口座は別紙のとおり",
            ],
            author=employer,
        )
    person = company.cast.person("contact", 9, (24, 64))
    paperwork.word(
        folder / "業務委託契約書_案.docx",
        "業務委託契約書(案)",
        [
            f"{_OWN}(以下「甲」という)と株式会社くすのき運輸(以下「乙」という)は、商品の発送の業務の委託について契約する。",
            "第1条 甲は乙に商品の発送を委託する。",
        ],
        author=canary("docx_author"),
        rows=[("乙の代表者", person.name), ("乙の連絡先", person.landline)],
    )


def entrusted(folder: Path, company: Company) -> None:
    """The handing over of a client's data, and the report that the work is done."""
    person = company.cast.person("policyholder", 3, (24, 84))
    client = ("みどり生命保険 お客様部", "okyakusama@midori-life.example")
    paperwork.mail(
        folder / "受渡_0001.eml",
        client,
        ("あおば法務サービス 調査受託事務局", "jutaku@aoba-law.example"),
        "アンケート業務のデータの受渡し",
        "受託者 株式会社あおば法務サービス 御中\n\n委託元のみどり生命保険です。契約者名簿(貸与データ)をお預けします。\n"
        f"本業務の遂行の目的以外に利用せず、業務終了後は返還または消去してください。\n"
        f"例外の回答者 {person.joined}(電話 {person.landline})\n",
    )
    paperwork.text(
        folder / "作業完了報告書.txt",
        "作業完了報告書\n委託元 みどり生命保険株式会社 様よりお預かりしたアンケート名簿の集計代行を完了しました。\n"
        f"問い合わせのあった契約者 {person.joined} 様へは委託元から回答済みです。\n",
    )
