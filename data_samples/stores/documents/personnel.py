"""The papers of applicants and of people who left."""

from __future__ import annotations

from pathlib import Path

from data_samples import paperwork
from data_samples.canaries import canary
from data_samples.company import Company
from data_samples.people import Person
from data_samples.stores.marketing import applicant

_PERSONNEL = ("あおば法務サービス 採用担当", "saiyo@aoba-law.example")


def recruiting(folder: Path, company: Company) -> None:
    """Résumés, applications and an interviewer's notes."""
    for number in company.numbers(4):
        person = applicant(company, number * 7)
        name = canary("resume_file") if number == 1 else person.joined
        paperwork.pdf(folder / f"履歴書_{name}.pdf", "履歴書", resume(company, person, name, number), author=name)
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
        [
            f"応募者:{person.name}",
            "選考段階:一次面接",
            "志望動機は明確。受け答えも丁寧で、書類選考の印象どおりだった。",
        ],
        author="採用担当",
    )


def resume(company: Company, person: Person, name: str, number: int) -> list[str]:
    """The lines of a résumé."""
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


def retirements(folder: Path, company: Company) -> None:
    """Notices of leaving, and covering letters of the papers that follow."""
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
            f"{person.name} 様\n退職手続きの書類(離職票、源泉徴収票)を退職後のご住所へお送りします。\n"
            f"送付先 {person.address}\n",
        )
