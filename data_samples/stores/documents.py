"""documents: the file server's folders of mails, letters and forms, in the formats people save them in."""

from __future__ import annotations

from pathlib import Path

from data_samples import paperwork
from data_samples.canaries import canary
from data_samples.company import Company
from data_samples.people import Person
from data_samples.stores.marketing import applicant

_DESK = ("あおば法務サービス 相談窓口", "soudan@aoba-law.example")
_PERSONNEL = ("あおば法務サービス 採用担当", "saiyo@aoba-law.example")
_OWN = "株式会社あおば法務サービス"


def write(folder: Path, company: Company) -> None:
    """Writes `documents/**`: one folder a kind of person, one mixed, one about nobody."""
    root = folder / "documents"
    _recruiting(root / "採用", company)
    _contracts(root / "契約", company)
    _consultations(root / "相談", company)
    _retirements(root / "退職", company)
    _entrusted(root / "受託", company)
    _mixed(root / "共有", company)
    _rules(root / "社内規程")


def _recruiting(folder: Path, company: Company) -> None:
    for number in company.numbers(4):
        person = applicant(company, number * 7)
        name = canary("resume_file") if number == 1 else person.joined
        paperwork.pdf(folder / f"履歴書_{name}.pdf", "履歴書", _resume(company, person, name, number), author=name)
        paperwork.mail(
            folder / f"応募_{number:04}.eml",
            (person.joined, person.email),
            _PERSONNEL,
            "求人への応募(カスタマーサポート)",
            f"採用ご担当者様\n\n求人を拝見し応募いたします。{person.joined}と申します。\n"
            f"履歴書と職務経歴書をお送りします。\n電話 {person.mobile}\n",
        )
    person = applicant(company, 7)
    paperwork.word(
        folder / "面接評価シート.docx",
        "面接評価シート",
        [f"応募者:{person.name}", "選考段階:一次面接", "志望動機は明確。受け答えも丁寧で、書類選考の印象どおりだった。"],
        author="採用担当",
    )


def _resume(company: Company, person: Person, name: str, number: int) -> list[str]:
    random = company.cast.random("resume", number)
    return [
        f"氏名 {name} (ふりがな {person.hiragana})",
        f"生年月日 {person.birth.year}年{person.birth.month}月{person.birth.day}日",
        f"現住所 〒{person.postal_code} {person.address}",
        f"電話 {person.mobile}",
        f"メール {person.email}",
        f"学歴 {random.choice(company.trade('universities'))} 卒業",
        f"職歴 {company.sentence(random, 'work_histories', person)}",
        f"志望動機 {company.sentence(random, 'motivations', person)}",
    ]


def _contracts(folder: Path, company: Company) -> None:
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
            [f"{_OWN} 御中", employer, f"担当 {person.name}", f"電話 {person.landline}", "発送業務一式 220,000円", "振込先口座は別紙のとおり"],
            author=employer,
        )
    person = company.cast.person("contact", 9, (24, 64))
    paperwork.word(
        folder / "業務委託契約書_案.docx",
        "業務委託契約書(案)",
        [f"{_OWN}(以下「甲」という)と株式会社くすのき運輸(以下「乙」という)は、商品の発送の業務の委託について契約する。", "第1条 甲は乙に商品の発送を委託する。"],
        author=canary("docx_author"),
        rows=[("乙の代表者", person.name), ("乙の連絡先", person.landline)],
    )


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
    memo = f"相談者 {person.name}\n面談日 2026年11月10日\n" + "相談内容 隣家との境界の件。次回は測量図を持参いただく。\n"
    paperwork.text(folder / "面談メモ_1110.txt", memo, encoding="cp932")
    named = canary("folder")
    paperwork.text(folder / named / "経過メモ.txt", f"相談者 {named} 様\n離婚の調停について相談を受けた。次回の期日は12月。\n")


def _retirements(folder: Path, company: Company) -> None:
    for number in company.numbers(3):
        person = company.cast.person("staff", number * 3, (22, 66))
        paperwork.word(
            folder / f"退職届_{number:02}.docx",
            "退職届",
            ["このたび一身上の都合により、2026年9月30日をもって退職いたします。", f"所属 編集部 氏名 {person.name}"],
            author="人事課",
        )
        paperwork.text(
            folder / f"離職票送付状_{number:02}.txt",
            f"{person.name} 様\n退職手続きの書類(離職票、源泉徴収票)を退職後のご住所へお送りします。\n送付先 {person.address}\n",
        )


def _entrusted(folder: Path, company: Company) -> None:
    person = company.cast.person("policyholder", 3, (24, 84))
    client = ("みどり生命保険 お客様部", "okyakusama@midori-life.example")
    paperwork.mail(
        folder / "受渡_0001.eml",
        client,
        ("あおば法務サービス 調査受託事務局", "jutaku@aoba-law.example"),
        "アンケート業務のデータの受渡し",
        "受託者 株式会社あおば法務サービス 御中\n\n委託元のみどり生命保険です。契約者名簿(貸与データ)をお預けします。\n"
        f"本業務の遂行の目的以外に利用せず、業務終了後は返還または消去してください。\n例外の回答者 {person.joined}(電話 {person.landline})\n",
    )
    paperwork.text(
        folder / "作業完了報告書.txt",
        "作業完了報告書\n委託元 みどり生命保険株式会社 様よりお預かりしたアンケート名簿の集計代行を完了しました。\n"
        f"問い合わせのあった契約者 {person.joined} 様へは委託元から回答済みです。\n",
    )


def _mixed(folder: Path, company: Company) -> None:
    """A folder nobody tidies: an applicant's, customers', a partner's, and a paper about nobody."""
    hopeful, caller = applicant(company, 33), company.customer(21)
    paperwork.pdf(folder / "職務経歴書.pdf", "職務経歴書", _resume(company, hopeful, hopeful.joined, 33), author="応募者")
    for number in (1, 2):
        person = company.customer(21 + number)
        paperwork.mail(
            folder / f"問い合わせ_{number}.eml",
            (person.name, person.email),
            _DESK,
            "会員登録についての問い合わせ",
            f"お客様番号 M000{number}21 の{person.joined}です。会員登録の内容を変更したいです。\nご注文の品はまだ届きません。\n",
        )
    paperwork.text(folder / "お申し込み内容.txt", f"ご注文者 {caller.name} 様\nお届け先 {caller.address}\nお申し込み内容 契約書ひな形一式\n")
    contact = company.cast.person("contact", 14, (24, 64))
    paperwork.pdf(
        folder / "発注書.pdf",
        "発注書",
        ["株式会社しおかぜ紙業 御中", f"ご担当 {contact.name} 様", "貴社見積書のとおり発注します。用紙一式 330,000円"],
        author=_OWN,
    )
    paperwork.text(folder / "サーバー室の利用手順.txt", "サーバー室の利用手順\n1. 入室の前に申請する。\n2. 作業の後は施錠を確かめる。\n")


def _rules(folder: Path) -> None:
    paperwork.text(folder / "就業規則_目次.txt", "就業規則\n第1章 総則\n第2章 勤務\n第3章 休暇\n第4章 賃金\n")
    paperwork.word(
        folder / "文書管理規程.docx", "文書管理規程", ["第1条 この規程は文書の保存について定める。", "第2条 保存の期間は別表による。"], author="総務部"
    )
