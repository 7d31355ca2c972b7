"""documents: the file server's folders of mails, letters and forms, in the formats people save them in."""

from __future__ import annotations

from pathlib import Path

from data_samples import paperwork
from data_samples.canaries import canary
from data_samples.company import Company
from data_samples.stores.documents import business, personnel
from data_samples.stores.marketing import applicant

_DESK = ("あおば法務サービス 相談窓口", "soudan@aoba-law.example")
_OWN = "株式会社あおば法務サービス"


def write(folder: Path, company: Company) -> None:
    """Writes `documents/**`: one folder a kind of person, one mixed, one about nobody."""
    root = folder / "documents"
    personnel.recruiting(root / "採用", company)
    business.contracts(root / "契約", company)
    _consultations(root / "相談", company)
    personnel.retirements(root / "退職", company)
    business.entrusted(root / "受託", company)
    _mixed(root / "共有", company)
    _rules(root / "社内規程")


def _consultations(folder: Path, company: Company) -> None:
    first = company.customer(3)
    paperwork.mail(
        folder / "0001.eml",
        (canary("mail_header"), first.email),
        _DESK,
        "相続のご相談",
        f"はじめてご相談いたします。\n{canary('mail_phrase')}ことで、兄弟の間が険悪になりました。\n"
        f"どの弁護士に依頼すればよいでしょうか。\n電話 {first.mobile}\n",
        charset="iso-2022-jp",
    )
    for number in company.numbers(5):
        random, person = company.cast.random("相談", number), company.customer(number * 5)
        paperwork.mail(
            folder / f"{number + 1:04}.eml",
            (person.name, person.email),
            _DESK,
            "法律相談の申し込み",
            f"相談窓口御中\n\n{company.sentence(random, 'consultations', person)}\n\n{person.name}\n{person.mobile}\n",
            charset="iso-2022-jp" if number % 2 else "utf-8",
        )
    person = company.customer(11)
    memo = (
        f"相談者 {person.name}\n面談日 2026年11月10日\n"
        + "相談内容 職場の上司の暴言でうつ病と診断され、通院中。診断書を預かる。\n"
    )
    paperwork.text(folder / "面談メモ_1110.txt", memo, encoding="cp932")
    named = canary("folder")
    paperwork.text(
        folder / named / "経過メモ.txt",
        f"相談者 {named} 様\n電話 {company.customer(12).mobile}\n離婚の調停について相談を受けた。次回の期日は12月。\n",
    )


def _mixed(folder: Path, company: Company) -> None:
    """A folder nobody tidies: an applicant's, customers', a partner's, and a paper about nobody."""
    hopeful, caller = applicant(company, 33), company.customer(21)
    paperwork.pdf(
        folder / "職務経歴書.pdf", "職務経歴書", personnel.resume(company, hopeful, hopeful.joined, 33), author="応募者"
    )
    for number in (1, 2):
        person = company.customer(21 + number)
        paperwork.mail(
            folder / f"問い合わせ_{number}.eml",
            (person.name, person.email),
            _DESK,
            "会員登録についての問い合わせ",
            f"お客様番号 M000{number}21 の{person.joined}です。会員登録の内容を変更したいです。\n"
            "ご注文の品はまだ届きません。\n",
        )
    paperwork.text(
        folder / "お申し込み内容.txt",
        f"ご注文者 {caller.name} 様\nお届け先 {caller.address}\nお申し込み内容 契約書ひな形一式\n",
    )
    contact = company.cast.person("contact", 14, (24, 64))
    paperwork.pdf(
        folder / "発注書.pdf",
        "発注書",
        ["株式会社しおかぜ紙業 御中", f"ご担当 {contact.name} 様", "貴社見積書のとおり発注します。用紙一式 330,000円"],
        author=_OWN,
    )
    paperwork.text(
        folder / "サーバー室の利用手順.txt",
        "サーバー室の利用手順\n1. 入室の前に申請する。\n2. 作業の後は施錠を確かめる。\n",
    )


def _rules(folder: Path) -> None:
    paperwork.text(folder / "就業規則_目次.txt", "就業規則\n第1章 総則\n第2章 勤務\n第3章 休暇\n第4章 賃金\n")
    paperwork.word(
        folder / "文書管理規程.docx",
        "文書管理規程",
        ["第1条 この規程は文書の保存について定める。", "第2条 保存の期間は別表による。"],
        author="総務部",
    )
