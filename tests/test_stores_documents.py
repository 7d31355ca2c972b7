"""Documents and mails: a folder is a dataset, a document a row, and what cannot be read is named with its reason."""

from __future__ import annotations

import zipfile
from email.header import Header
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipelines.stores import Dataset, NotRead, open_store
from pipelines.stores.document_rows import COLUMNS


def listed(path: Path) -> tuple[Any, dict[str, Dataset], dict[str, NotRead]]:
    store = open_store("files", str(path))
    found = list(store.datasets())
    return (
        store,
        {one.name: one for one in found if isinstance(one, Dataset)},
        {one.name: one for one in found if isinstance(one, NotRead)},
    )


def read(path: Path) -> dict[str, dict[str, Any]]:
    """File → its row, of a folder with one dataset; its columns are stated on the way."""
    store, datasets, unread = listed(path)
    assert not unread
    (dataset,) = datasets.values()
    assert (dataset.kind, [field.name for field in dataset.fields]) == ("documents", list(COLUMNS))
    rows = store.sample(dataset, 100, 0).to_pylist()
    assert rows == [row for batch in store.batches(dataset) for row in batch.to_pylist()]
    assert dataset.records == len(rows)
    return {row["file"]: row for row in rows}


def pdf(path: Path, text: str, lock: StandardEncryption | None = None) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    made = canvas.Canvas(str(path), encrypt=lock)
    made.setTitle("業務委託契約")
    made.setAuthor("高原健太")
    made.setFont("HeiseiMin-W3", 12)
    made.drawString(100, 700, text)
    made.rect(100, 100, 50, 50)
    made.showPage()
    made.save()


def word(path: Path | BytesIO) -> None:
    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "履歴書", "星野みなみ"
    made.add_paragraph("履 歴 書")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ["氏名", "星野みなみ", "現住所", "東京都例市\n本町"], strict=True):
        cell.text = text
    made.sections[0].header.paragraphs[0].text = "取扱注意"
    made.sections[0].footer.paragraphs[0].text = "採用係"
    made.add_paragraph("以上")
    made.save(str(path) if isinstance(path, Path) else path)


def mail(**more: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "採用選考の結果について（非常に長い件名なので折り返して書かれるもの）"
    made["From"] = "星野みなみ <minami@mail.example>"
    made["To"] = "採用係 <saiyo@corp.example>, 高原健太 <kenta@corp.example>"
    for name, value in more.items():
        made[name] = value
    made.set_content("お世話になります。\n星野です。\n")
    return made


def test_each_folder_is_a_dataset(tmp_path: Path) -> None:
    for name in ["a.txt", "採用/b.md", "採用/c.txt", "採用/2025/d.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("見本", encoding="utf-8")
    _, datasets, _ = listed(tmp_path)
    assert {name: one.records for name, one in datasets.items()} == {"./": 1, "採用/": 2, "採用/2025/": 1}


def test_a_single_document_is_a_dataset_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "見本.txt").write_text("見本", encoding="utf-8")
    assert list(listed(tmp_path / "見本.txt")[1]) == ["見本.txt"]
    assert read(tmp_path / "見本.txt")["見本.txt"]["body"] == "見本"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_texts_of_every_encoding(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.txt").write_bytes("相談内容\r\n星野みなみ様より電話".encode(codec))
    assert read(tmp_path)["a.txt"]["body"] == "相談内容\n星野みなみ様より電話"


def test_pages_give_their_visible_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        "<html><head><meta charset=shift_jis><meta name=author content=高原健太><title>会員ページ</title>"
        "<style>p{color:red}</style></head><body><script>const x = '秘密'</script><p>星野<b>みなみ</b>様</p>"
        "<table><tr><th>電話</th><td>03-0000-0001</td></tr></table><input value='例市'></body></html>".encode("cp932")
    )
    row = read(tmp_path)["a.html"]
    assert (row["title"], row["author"]) == ("会員ページ", "高原健太")
    assert [line.strip() for line in row["body"].split("\n")] == ["星野みなみ様", "電話\t03-0000-0001", "例市"]


def test_word_gives_tables_headers_footers_and_properties(tmp_path: Path) -> None:
    word(tmp_path / "a.docx")
    row = read(tmp_path)["a.docx"]
    assert (row["title"], row["author"]) == ("履歴書", "星野みなみ")
    assert row["body"].split("\n") == [
        "取扱注意",
        "履 歴 書",
        "氏名\t星野みなみ",
        "現住所\t東京都例市 本町",
        "以上",
        "採用係",
    ]


def test_word_gives_text_boxes_once(tmp_path: Path) -> None:
    made = BytesIO()
    word(made)
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>枠の中</w:t></w:r></w:p></w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:p><w:r><w:t>枠の中</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p></w:body>"
    )
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"</w:body>", box.encode())
            new.writestr(name, content)
    assert read(tmp_path)["a.docx"]["body"].count("枠の中") == 1


def test_pdf_gives_its_text_and_properties(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", "委託者 星野みなみ")
    row = read(tmp_path)["a.pdf"]
    assert (row["title"], row["author"]) == ("業務委託契約", "高原健太")
    assert "星野みなみ" in row["body"]


def test_a_mail_gives_its_headers_and_body(tmp_path: Path) -> None:
    made = mail(Cc="写し <cc@corp.example>")
    made.add_alternative("<p>お世話になります。</p>", subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(made))
    row = read(tmp_path)["a.eml"]
    assert row["subject"] == "採用選考の結果について（非常に長い件名なので折り返して書かれるもの）"
    assert row["sender"] == "星野みなみ <minami@mail.example>"
    assert row["recipients"] == ("採用係 <saiyo@corp.example>, 高原健太 <kenta@corp.example>, 写し <cc@corp.example>")
    assert row["body"].strip() == "お世話になります。\n星野です。"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("ISO-2022-JP", "iso2022_jp"), ("Shift_JIS", "cp932"), ("utf-8", "utf-8"), ("no-such", "euc_jp"), ("", "cp932")],
)
def test_a_mail_in_every_charset(tmp_path: Path, charset: str, codec: str) -> None:
    words = "採用選考の結果について、第二次選考のご案内とともにお知らせいたします"
    subject = Header(words, "iso-2022-jp", header_name="Subject").encode(linesep="\r\n")
    told = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n" if charset else ""
    head = f"From: minami@mail.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n{told}\r\n"
    (tmp_path / "a.eml").write_bytes(head.encode() + "星野みなみと申します。\r\n".encode(codec))
    row = read(tmp_path)["a.eml"]
    assert (row["subject"], row["body"].strip()) == (words, "星野みなみと申します。")


def test_a_header_in_bare_bytes_is_read(tmp_path: Path) -> None:
    raw = b"Subject: " + "見積のお願い".encode("cp932") + b"\r\nFrom: a@mail.example\r\n\r\nbody\r\n"
    (tmp_path / "a.eml").write_bytes(raw)
    assert read(tmp_path)["a.eml"]["subject"] == "見積のお願い"


def test_readable_attachments_are_part_of_the_mail(tmp_path: Path) -> None:
    resume = BytesIO()
    word(resume)
    made = mail()
    made.add_attachment(
        "氏名,電話\n早見ゆい,03-0000-0003".encode("cp932"), "application", "octet-stream", filename="名簿.csv"
    )
    made.add_attachment(resume.getvalue(), "application", "octet-stream", filename="履歴書.docx")
    outer = mail()
    outer.add_attachment(made)
    (tmp_path / "a.eml").write_bytes(bytes(outer))
    body = read(tmp_path)["a.eml"]["body"]
    for part in ["名簿.csv", "早見ゆい,03-0000-0003", "履歴書.docx", "氏名\t星野みなみ", "kenta@corp.example"]:
        assert body.count(part) == 1 + (part == "kenta@corp.example") * 0


def test_other_attachments_are_named_as_not_read(tmp_path: Path) -> None:
    made = mail()
    made.add_attachment(b"\0\1", "application", "zip", filename="星野みなみ.zip")
    (tmp_path / "a.eml").write_bytes(bytes(made))
    _, datasets, unread = listed(tmp_path)
    assert datasets["./#mails"].records == 1
    assert (unread["a.eml"].reason, "1件" in unread["a.eml"].hint) == ("unsupported", True)
    assert "星野" not in unread["a.eml"].hint


def test_each_unreadable_document_is_named_and_costs_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "採用"
    folder.mkdir()
    (folder / "good.txt").write_text("見本", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "mixed.txt").write_bytes("星野みなみ\n".encode() + "高原健太\n".encode("cp932"))
    (folder / "broken.docx").write_bytes(b"PK\3\4")
    (folder / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4")
    pdf(folder / "locked.pdf", "見本", StandardEncryption("secret", canPrint=0))
    pdf(folder / "picture.pdf", "")
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(600 * 2**20))
    store, datasets, unread = listed(tmp_path)
    assert {name.removeprefix("採用/"): one.reason for name, one in unread.items()} == {
        "empty.txt": "empty",
        "mixed.txt": "encoding",
        "broken.docx": "broken",
        "locked.docx": "locked",
        "broken.pdf": "broken",
        "locked.pdf": "locked",
        "picture.pdf": "unsupported",
        "bomb.docx": "too_large",
    }
    assert [row["file"] for row in store.sample(datasets["採用/"], 10, 0).to_pylist()] == ["good.txt"]


def test_a_sample_of_documents_is_random_and_repeatable(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(str(number), encoding="utf-8")
    store, datasets, _ = listed(tmp_path)
    first = store.sample(datasets["./"], 10, 1)["file"].to_pylist()
    assert len(first) == 10
    assert first == sorted(first) == store.sample(datasets["./"], 10, 1)["file"].to_pylist()
    assert first != store.sample(datasets["./"], 10, 2)["file"].to_pylist()
    assert int(first[-1][:2]) > 20
