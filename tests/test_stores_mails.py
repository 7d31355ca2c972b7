"""Mails in files of their own, in mailboxes and in Outlook's form: one dataset a folder, one row a mail."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pipelines.stores import Dataset, NotRead, mailboxes, open_store
from tests.outlook_file import msg

BODY = "お世話になります。\n星野です。\n\nFrom here on, nothing.\n"


def letter(number: int) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = f"件名{number}", f"星野みなみ <minami{number}@mail.example>"
    made["To"] = "窓口 <desk@corp.example>"
    made.set_content(BODY)
    return made


def box(path: Path, mails: int) -> None:
    made = mailbox.mbox(str(path))
    for number in range(mails):
        made.add(letter(number))
    made.flush()
    made.close()


def listed(path: Path, **scope: Any) -> tuple[Any, list[Dataset], list[NotRead]]:
    store = open_store("files", str(path), **scope)
    found = list(store.datasets())
    return (
        store,
        [one for one in found if isinstance(one, Dataset)],
        [one for one in found if isinstance(one, NotRead)],
    )


def test_every_mail_of_a_mailbox_is_a_row(tmp_path: Path) -> None:
    box(tmp_path / "a.mbox", 5)
    (tmp_path / "b.eml").write_bytes(bytes(letter(9)))
    store, (dataset,), unread = listed(tmp_path)
    assert not unread
    assert (dataset.name, dataset.records) == ("./#mails", 6)
    rows = [row for batch in store.batches(dataset) for row in batch.to_pylist()]
    assert [row["file"] for row in rows] == [*(f"a.mbox#{number}" for number in range(1, 6)), "b.eml"]
    assert [row["subject"] for row in rows] == ["件名0", "件名1", "件名2", "件名3", "件名4", "件名9"]
    assert {row["body"].strip() for row in rows} == {BODY.strip()}
    some = store.sample(dataset, 3, 1).to_pylist()
    assert len(some) == 3
    assert all(row in rows for row in some)
    assert some == store.sample(dataset, 3, 1).to_pylist()


def test_a_mailbox_that_is_none_costs_no_other_mail(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(b"no mail at all\n")
    (tmp_path / "b.eml").write_bytes(bytes(letter(1)))
    store, (dataset,), (told,) = listed(tmp_path)
    assert (told.name, told.reason) == ("a.mbox", "broken")
    assert [row["file"] for row in store.sample(dataset, 9, 0).to_pylist()] == ["b.eml"]


def test_too_large_a_mail_of_a_mailbox_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = mailbox.mbox(str(tmp_path / "a.mbox"))
    made.add(letter(0))
    long = letter(1)
    long.set_content("長い" * 10_000)
    made.add(long)
    made.flush()
    made.close()
    monkeypatch.setattr(mailboxes, "LARGEST", 10_000)
    _, (dataset,), (told,) = listed(tmp_path)
    assert (dataset.records, told.reason) == (1, "too_large")


def test_a_mailbox_is_not_counted_where_it_may_not_be_opened(tmp_path: Path) -> None:
    box(tmp_path / "a.mbox", 2)
    _, (dataset,), _ = listed(tmp_path, mails="metadata")
    assert (dataset.records, dataset.level) == (None, "metadata")


def test_outlooks_own_form(tmp_path: Path) -> None:
    files = {"名簿.txt": "早見ゆい 03-0000-0003\n".encode() * 300, "x.bin": b"\0\1"}
    to = [("採用係", "saiyo@corp.example"), ("", "kenta@corp.example")]
    made = msg("応募の件", "星野みなみと申します。", ("星野みなみ", "minami@mail.example"), to, files)
    (tmp_path / "a.msg").write_bytes(made)
    store, (dataset,), (told,) = listed(tmp_path)
    assert (told.name, told.reason, "1件" in told.hint) == ("a.msg", "unsupported", True)
    (row,) = store.sample(dataset, 5, 0).to_pylist()
    assert row["subject"] == "応募の件"
    assert row["sender"] == '"星野みなみ" <minami@mail.example>'
    assert row["recipients"] == "採用係 <saiyo@corp.example>, kenta@corp.example"
    for part in ["星野みなみと申します。", "名簿.txt", "早見ゆい 03-0000-0003"]:
        assert part in row["body"]


@pytest.mark.parametrize("content", [b"no such thing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_a_broken_outlook_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.msg").write_bytes(content)
    _, datasets, (told,) = listed(tmp_path)
    assert (datasets, told.reason) == ([], "broken")
