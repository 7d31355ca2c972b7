"""The persons of a recall drill over the fictional company: some customers, and where the CRM itself says they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

PERSONS = 12
_COUNTS = {
    "dtb_customer": "SELECT count(*) FROM dtb_customer WHERE id = ?",
    "dtb_order": "SELECT count(*) FROM dtb_order WHERE customer_id = ?",
    "dtb_order_item": "SELECT count(*) FROM dtb_order_item JOIN dtb_order ON order_id = dtb_order.id "
    "WHERE customer_id = ?",
    "mail_send_list": "SELECT count(*) FROM mail_send_list WHERE member_id = ?",
}


def write(out: Path) -> None:
    """Writes `drill.json` beside the stores, for its owner alone."""
    file = out / "drill.json"
    file.touch(0o600)
    file.chmod(0o600)
    with closing(sqlite3.connect(out / "stores" / "crm" / "crm.sqlite3")) as crm:
        crm.row_factory = sqlite3.Row
        persons = list(_persons(crm))
    file.write_text(json.dumps({"persons": persons}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _persons(crm: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    wanted = "SELECT * FROM dtb_customer WHERE birth IS NOT NULL AND kana01 <> '' AND email <> '' ORDER BY id LIMIT ?"
    for row in crm.execute(wanted, (PERSONS,)).fetchall():
        counts = {name: crm.execute(count, (row["id"],)).fetchone()[0] for name, count in _COUNTS.items()}
        yield {
            "id": f"customer-{row['id']}",
            "consent": "synthetic",
            "keys": {
                "氏名": f"{row['name01']} {row['name02']}",
                "フリガナ": f"{row['kana01']} {row['kana02']}",
                "生年月日": row["birth"][:10],
                "メールアドレス": row["email"],
                "電話番号": row["phone_number"],
                "住所": f"{row['addr01']}{row['addr02']}",
            },
            "held": [{"store": "crm", "dataset": name, "rows": rows} for name, rows in counts.items() if rows],
        }
