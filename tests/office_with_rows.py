"""A small company for requests taken through the commands: a database, a cabinet, a recipient and a trustee."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result

from pipelines.casebook import keeping
from pipelines.casebook.opening import CasebookFile
from pipelines.casebook.sealing import Keyring
from pipelines.cli import main
from pipelines.register import Register
from tests.conftest import DECLARATIONS

KEY = "k" * 40
SECRETS = {"tanto": "responder-no-himitsu", "kessai": "approver-no-himitsu", "": ""}
PERSON = {
    "氏名": "鶴亀 金糸雀", "フリガナ": "ツルカメ カナリア", "生年月日": "1980-01-02",
    "住所": "東京都港区カナリア町4-2-8", "電話番号": "090-1749-2063", "メールアドレス": "canary@reiji.example",
}  # fmt: skip
PAPERS = [
    {"paper": "DS-1", "seal": "matches"},
    {"paper": "DS-2", "document": "drivers_licence", "matches": ["name", "birth_date", "address"]},
    {"paper": "DS-3", "issued_on": "2026-11-01"},
]
DISCLOSED = {"kind": "disclosure", "outcome": "partly", "ground": "33(2)(i)", "reason": "一部"}
FEE = [{"paid_by": "postal_money_order", "amount": 1000, "on": "2026-11-20"}]
_TABLES = """
CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT, kana TEXT, birth TEXT, address TEXT, tel TEXT, mail TEXT,
                      point INTEGER);
CREATE TABLE orders (id INTEGER PRIMARY KEY, member_id INTEGER REFERENCES members (id), goods TEXT);
CREATE TABLE news (id INTEGER PRIMARY KEY, name TEXT, birth TEXT, mail TEXT);
INSERT INTO members VALUES (7, '鶴亀 金糸雀', 'ツルカメ カナリア', '1980-01-02', '東京都港区カナリア町4-2-8',
                            '090-1749-2063', 'canary@reiji.example', 3);
INSERT INTO members VALUES (8, '別人 雀', 'ベツジン スズメ', '1990-01-01', '大阪府', '06-0000-0000', 'o@b.example', 1);
INSERT INTO orders VALUES (70, 7, '鳥籠');
INSERT INTO news VALUES (700, '鶴亀 金糸雀', '1980-01-02', 'canary@reiji.example');
"""
MEMBERS, ORDERS, NEWS, CABINET = "crm/members", "crm/orders", "crm/news", "kami/kami"


class Office:
    """Its casebook, with a responder and an approver; its stores may change meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.book, self.stop_list = folder, folder / "casebook.sqlite", folder / "stop.sqlite"
        self.database = folder / "crm.sqlite3"
        folder.chmod(0o700)
        self._declare(folder / "declared")
        with closing(sqlite3.connect(self.database)) as connection:
            connection.executescript(_TABLES)
        Register.open(str(folder / "register.sqlite"))
        self.do("casebook", "start", by="")
        self.do("casebook", "account", "kessai", "--role", "approver", given=SECRETS["kessai"], by="")
        self.do("casebook", "account", "tanto", "--role", "responder", given=SECRETS["tanto"], by="kessai")
        self.do("suppress", "start", by="")
        self._begun = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    def as_begun(self) -> Office:
        """The same office before anything was asked."""
        for path in self.folder.iterdir():
            if path.is_file() and path not in self._begun:
                path.unlink()
        for path, content in self._begun.items():
            path.write_bytes(content)
        self.adopt({})
        return self

    def adopt(self, fee: dict[str, Any]) -> None:
        """The company's policy with what it says of the fee."""
        company = yaml.safe_load((DECLARATIONS / "company.yml").read_text(encoding="utf-8"))
        company.pop("stop_list", None)
        if fee:
            company["policy"]["fee"] = fee
        (self.folder / "declared" / "company.yml").write_text(json.dumps(company), encoding="utf-8")

    def _declare(self, folder: Path) -> None:
        folder.mkdir()
        self.adopt({})
        rows: dict[str, Any] = {
            "stores": [
                {
                    "id": "crm", "kind": "sql", "url": f"sqlite:///{self.database}", "owner": "営業部",
                    "custody": "own", "label": "会員システム", "datasets": [{"name": "members", "label": "会員"}],
                },
                {"id": "kami", "kind": "paper", "label": "申込書の書庫", "owner": "総務部"},
            ],
            "provisions": [
                {"id": "P-1", "source": {"store": "crm", "dataset": "members"}, "recipient": "株式会社架空広告社",
                 "use": "marketing"},
                {"id": "P-2", "source": {"store": "kami", "dataset": "applications"}, "recipient": "株式会社架空保管社",
                 "use": "marketing"},
            ],
            "contracts": [
                {"id": "C-1", "direction": "entrusted_by_us", "party": "株式会社架空運輸", "work": "配送",
                 "uses": ["shipping"], "starts": "2025-04-01"},
            ],
            "uses": [
                {"id": "U-1", "job": "配送", "use": "shipping", "source": {"store": "crm", "dataset": "orders"},
                 "contract": "C-1"},
            ],
        }  # fmt: skip
        for name, content in rows.items():
            (folder / f"{name}.yml").write_text(json.dumps({name: content}), encoding="utf-8")

    def do(self, *command: str, given: Any = "", by: str = "tanto", fails: int = 0) -> Result:
        stdin = given if isinstance(given, str) else json.dumps(given)
        environment = {
            "DAICHO_CASEBOOK": str(self.book), "DAICHO_CASEBOOK_KEY": KEY, "HOME": str(self.folder),
            "DAICHO_DECLARATIONS": str(self.folder / "declared"),
            "DAICHO_REGISTER": str(self.folder / "register.sqlite"), "DAICHO_STOP_LIST": str(self.stop_list),
            "DAICHO_STOP_LIST_KEY": "s" * 40, "DAICHO_ACCOUNT": by, "DAICHO_ACCOUNT_SECRET": SECRETS[by],
        }  # fmt: skip
        done = CliRunner().invoke(main, command, input=stdin, env=environment)
        assert done.exit_code == fails, (command, done.output)
        return done

    def told(self, *command: str, given: Any = "", by: str = "tanto") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.do(*command, "--format", "json", given=given, by=by).stdout)
        return found

    def shown(self, number: str) -> dict[str, Any]:
        return self.told("request", "show", number)

    def refused(self, *command: str, given: Any = "") -> str:
        """What a command says that is refused."""
        return self.do(*command, given=given, fails=2).stderr

    def new(self, *kinds: str, **more: Any) -> str:
        form = {
            "kinds": kinds, "requester": "self", "channel": "post", "arrived": "2026-11-20T10:30+09:00",
            "individual": PERSON, "papers": PAPERS, "payments": FEE if "disclosure" in kinds else [],
        }  # fmt: skip
        return str(self.told("request", "new", given=form | more)["number"])

    def reviewed(self, *kinds: str, cabinet: str = "", **more: Any) -> str:
        """A case whose rows are all confirmed; `cabinet` is what its owner finds there."""
        number = self.new(*kinds, **more)
        self.search(number, cabinet)
        found = self.shown(number)["case"]["progress"]["search"]["candidates"]
        self.do("request", "review", number, given={"rulings": [
            {"candidate": one["id"], "verdict": "release" if one["suggestion"] != "excluded" else "exclude"}
            for one in found
        ]})  # fmt: skip
        return number

    def search(self, number: str, cabinet: str = "") -> None:
        self.do("request", "search", number)
        self.do("request", "owner", number, "--store", "kami", *(() if cabinet else ("--nothing",)), given=cabinet)

    def decide(self, number: str, *items: dict[str, Any]) -> None:
        self.do("request", "decide", number, given={"items": items})
        self.letter(number)

    def letter(self, number: str, *options: str) -> None:
        """Written, put up and approved."""
        self.do("request", "letter", number, *options)
        self.do("request", "approve", number, "--of", self.shown(number)["for_release"], by="kessai")

    def measure(self, number: str, id: str, what: str, to: str = "営業部", *groups: str, **more: str) -> None:
        done = more or {"acknowledged_on": "2026-11-26"}
        row = {"id": id, "what": what, "to": to, "groups": groups, "instructed_on": "2026-11-24"}
        self.do("request", "measure", number, given=row | done)

    def sql(self, statement: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            connection.execute(statement)

    def entries(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Of the casebook's file."""
        with closing(sqlite3.connect(self.book)) as connection:
            return connection.execute(statement, values).fetchall()

    def whole(self) -> None:
        """The casebook is as its audit says."""
        with CasebookFile(self.book, Keyring([KEY])).transaction() as transaction:
            keeping.verify(transaction)

    def copy_of(self, name: str) -> Path:
        return Path(shutil.copy(self.book, self.folder / name))
