"""The ledger in LibreOffice: it opens, keeps what it holds, and what people saved there comes back whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.register import Register
from tests.filled_register import CARDS, filled, scan
from tests.test_report_ledger import edit, row, rows, write


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        missing = "no LibreOffice: install libreoffice-calc-nogui (Debian) to test the ledger in it"
        if os.environ.get("DAICHO_REQUIRE_SERVERS"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


def saved(office: str, profile: Path, file: Path) -> Path:
    """The workbook as LibreOffice saves it."""
    folder = file.parent / "saved"
    done = subprocess.run(
        [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(file)],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr.lower()
    return folder / file.name


def test_it_opens_and_holds_what_it_held(office: str, profile: Path, tmp_path: Path) -> None:
    file = write(filled(tmp_path / "r.sqlite"), tmp_path)
    opened = saved(office, profile, file)
    for title in ("個人情報管理台帳", "指摘", "読めなかったもの", "項目の詳細"):
        ours, theirs = rows(file, title), rows(opened, title)
        blank = [[{key: cell or None for key, cell in one.items()} for one in found] for found in (ours, theirs)]
        assert blank[0] == blank[1]
    book = load_workbook(opened)
    assert all(cell.data_type != "f" for page in book for line in page.iter_rows() for cell in line)
    listed = [one for page in book for one in page.data_validations.dataValidation if one.type == "list"]
    assert len(listed) >= 5, "drop-downs stay"


def test_what_people_saved_there_comes_back_whole(office: str, profile: Path, tmp_path: Path) -> None:
    register = filled(tmp_path / "r.sqlite")
    file = write(register, tmp_path)
    edit(
        file,
        [
            ("個人情報管理台帳", "dtb_customer", "保管期限", "退会後3年"),
            ("個人情報管理台帳", "dtb_customer", "見直し日", date(2026, 11, 20)),
            ("指摘", "v-cards", "対応状況", "対応中"),
            ("読めなかったもの", "old.xlsx", "対応の内容", "廃棄した"),
            ("項目の詳細", "電話", "正しい項目", "FAX番号"),
        ],
    )
    shutil.copy(saved(office, profile, file), file)
    scan(Register.open(tmp_path / "r.sqlite"))
    file = write(register, tmp_path)
    customers = row(file, "dtb_customer")
    assert customers["保管期限"] == "退会後3年"
    assert customers["見直し日"].date() == date(2026, 11, 20)
    assert next(one for one in rows(file, "指摘") if one["指摘ID"] == "v-cards")["対応状況"] == "対応中"
    assert next(one for one in rows(file, "読めなかったもの") if one["名前"] == "old.xlsx")["対応の内容"] == "廃棄した"
    assert next(one for one in rows(file, "項目の詳細") if one["列"] == "電話")["正しい項目"] == "FAX番号"
    assert CARDS.name in {one["表・ファイル"] for one in rows(file, "個人情報管理台帳")}
    assert "引き継げなかった記入" not in load_workbook(file).sheetnames
