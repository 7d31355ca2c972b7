"""A register of an invented company, filled through its own faces: what reports and readers are tested on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from classifiers.statements import read
from classifiers.tags import ColumnTag, Custody, Evidence, Nature, SubjectTag, UseTag
from classifiers.uses import shown_uses
from expectations.check import Verdict
from expectations.facts import Association, Contract, Declared, Provision, Source, Use
from expectations.policy import Adoption, Policy, load
from pipelines.declarations import StoreDeclaration
from pipelines.register import Register, schema
from pipelines.scan import Link, Scanned, Step, Unread, dataset_id

AS_OF = date(2026, 11, 23)
WHY = Evidence("declared_entrusted", says="customer", weight=1.0)

UNDONE = {
    3: "DROP TABLE stops;",
    4: "DROP TABLE statements; ALTER TABLE stores DROP COLUMN reads;",
    5: "DROP TABLE rulings;",
    6: "ALTER TABLE datasets DROP COLUMN access; ALTER TABLE datasets DROP COLUMN oldest;"
    "ALTER TABLE datasets DROP COLUMN oldest_column;",
}
"""Schema version → what takes a register back behind it."""


def policy() -> Policy:
    """The seed policy, adopted by the invented company."""
    known = load("handling-of-personal-information")
    return known.adopt(Adoption(desk=known.desk), "株式会社みほん")


def store(id: str, **more: Any) -> StoreDeclaration:
    """A store's declaration; its path is one that the register must not keep."""
    return StoreDeclaration.model_validate({"id": id, "kind": "sql", "path": "/secret/place", **more})


def take_back(file: Path, version: int) -> None:
    """Make a register of this schema one of an earlier version."""
    with sqlite3.connect(file) as connection:
        for step in range(schema.SCHEMA_VERSION, version, -1):
            connection.executescript(UNDONE[step])
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(version),))
    connection.close()


def column(name: str, category: str, **more: Any) -> ColumnTag:
    """A column's tag."""
    known: dict[str, Any] = {"confidence": 0.97, "evidence": (WHY,), "prevalence": 0.98, "distinct_hits": 48, "n": 50}
    return ColumnTag(name, category, **(known | more))


def rows_of(
    subject: str, row_filter: str = "", custody: Custody = "own", nature: Nature = "personal", share: float = 1.0
) -> SubjectTag:
    """A row partition's tag."""
    return SubjectTag(subject, custody, nature, 0.93, (WHY,), row_filter, share)


def dataset(
    store: str, name: str, columns: Sequence[ColumnTag], partitions: Sequence[SubjectTag], **more: Any
) -> Scanned:
    """A dataset as a scan saw it."""
    known = {"label": "", "kind": "table", "records": 1200, "rows_read": 1000} | more
    return Scanned(dataset_id(store, name), store, name, columns=tuple(columns), partitions=tuple(partitions), **known)


def verdict(id: str, verdict: str, about: Scanned, **more: Any) -> Verdict:
    """A verdict on a dataset."""
    known: dict[str, Any] = {
        "id": id,
        "rule": "purpose_fits",
        "requirement": "R-02",
        "verdict": verdict,
        "severity": "error",
        "dataset_id": about.id,
        "store": about.store,
        "dataset": about.name,
        "row_filter": "",
        "use": "",
        "use_kind": "",
        "subject_category": "customer",
        "column": "",
        "purpose": "",
        "clause": "",
        "law": "",
        "evidence": ({"code": "purpose_fits", "ja": f"{id} の理由", "en": f"why {id}"},),
        "next_step": {"ja": f"{id} の次の一歩", "en": f"next step of {id}"},
        "digest": f"digest-{id}",
    } | more
    blank = {field.name: "" for field in fields(Verdict)}
    return Verdict(**(blank | known))


CRM = store("crm", label="顧客管理", owner="営業部", kind="sql")
FILES = store("files", label="共有フォルダ", owner="総務部", kind="files")
JOBS = store("jobs", label="夜間バッチ", owner="情報システム部", kind="sql_scripts")
CLIENT = store("client", label="委託元データ", owner="受託事業部", kind="files", custody="entrusted", contract="C-01")

CUSTOMERS = dataset(
    "crm",
    "dtb_customer",
    [
        column("customer_id", "account_id"),
        column("name01", "surname"),
        column("email", "email", evidence=(WHY, WHY)),
        column("memo", "free_text", mentions=(("name", 7), ("phone", 2)), alternatives=(("address", 0.2),)),
        column("del_flg", "not_personal", confidence=0.99, prevalence=0.0, distinct_hits=0, n=2),
    ],
    [rows_of("customer")],
    label="顧客マスタ",
    uses=(UseTag("service_provision", 0.6, (WHY,)),),
)
ORDERS = dataset(
    "crm",
    "dtb_order",
    [column("order_no", "not_personal"), column("customer_id", "account_id")],
    [rows_of("customer")],
    links=(Link("customer_id", "dtb_customer", "customer_id"),),
)
PRODUCTS = dataset(
    "crm", "dtb_product", [column("product_name", "not_personal")], [rows_of("none", nature="none")], records=None
)
CARDS = dataset(
    "files", "meishi.xlsx#2025", [column("氏名", "name"), column("電話", "phone")], [rows_of("business_partner")]
)
STAFF = dataset(
    "files",
    "hr_master.csv",
    [column("氏名", "name"), column("個人番号", "my_number"), column("傷病", "medical_history", confidence=0.71)],
    [
        rows_of("retiree", "退職日 <= as_of", share=0.25),
        rows_of("employee", "退職日 IS NULL OR 退職日 > as_of", share=0.75),
    ],
    records=320,
)
SURVEY = dataset(
    "client", "survey.csv", [column("c01", "name")], [rows_of("customer", custody="entrusted")], contract="C-01"
)

DECLARED = Declared(
    uses=(
        Use(
            id="newsletter",
            job="月次メルマガ",
            use="marketing",
            source=Source(store="crm", dataset="dtb_customer"),
            purposes=("customer-D",),
        ),
        Use(
            id="card-mail", job="名刺メール", use="marketing", source=Source(store="files", dataset="meishi.xlsx#2025")
        ),
        Use(
            id="card-contact",
            job="ご挨拶",
            use="business_contact",
            source=Source(store="files", dataset="meishi.xlsx#2025"),
            purposes=("partner-C",),
            association=Association(
                parent="partner-A", reason="連絡に付随", approver="承認太郎", approved_on=date(2026, 4, 1)
            ),
        ),
    ),
    provisions=(
        Provision(
            id="list-out",
            source=Source(store="crm", dataset="dtb_customer"),
            recipient="株式会社みほん配送",
            use="shipping",
            ground="TP-4",
            purposes=("customer-B",),
        ),
    ),
    contracts=(
        Contract(
            id="C-01",
            direction="entrusted_to_us",
            party="みほん商事株式会社",
            work="アンケートの集計",
            uses=("entrusted_work",),
            starts=date(2026, 4, 1),
        ),
    ),
)

VERDICTS = (
    verdict(
        "v-fine",
        "compliant",
        CUSTOMERS,
        use="newsletter",
        use_kind="use",
        purpose="customer-D",
        clause="1.1(4)",
        law="18(1)",
    ),
    verdict(
        "v-cards",
        "violation",
        CARDS,
        use="card-mail",
        use_kind="use",
        subject_category="partner",
        clause="1.2",
        law="18(1)",
    ),
    verdict(
        "v-incidental",
        "compliant_incidental",
        CARDS,
        use="card-contact",
        use_kind="use",
        subject_category="partner",
        purpose="partner-C",
        clause="1.2(3)",
        severity="info",
    ),
    verdict("v-number", "violation", STAFF, column="個人番号", subject_category="no_category", rule="my_number"),
    verdict("v-out", "gap", CUSTOMERS, use="list-out", use_kind="provision", clause="2.1(4)", severity="warning"),
    verdict("v-survey", "entrusted_scope", SURVEY, subject_category="subcontracted", clause="1.3"),
    verdict("v-nothing", "not_applicable", PRODUCTS, subject_category="not_personal", severity="info"),
)

UNREAD = (
    Unread("files", "old.xlsx", "locked", "remove the password, or exclude the file"),
    Unread("files", "mixed.csv", "encoding", "lines 1-90 decode as cp932, 91-120 as UTF-8"),
)


def scan(
    register: Register,
    found: Mapping[str, tuple[StoreDeclaration, Sequence[Scanned], Sequence[Unread]]] | None = None,
) -> int:
    """One run of a scan, over the invented company's stores unless others are given; answers the run."""
    found = found or {
        "crm": (CRM, (CUSTOMERS, ORDERS, PRODUCTS), ()),
        "files": (FILES, (CARDS, STAFF), UNREAD),
        "client": (CLIENT, (SURVEY,), ()),
    }
    run = register.begin("scan", AS_OF, {"rules": "1", "seed": "0"})
    for declaration, scanned, unread in found.values():
        register.put_scan(run, declaration, scanned, unread, policy().category_of)
    register.finish(run, "done", {"stores": len(found)})
    return run


def scan_jobs(register: Register, script: str, name: str = "日次/送付.sql") -> int:
    """One run of a scan over a store of SQL with one script, beside whatever is known; answers the run."""
    steps = tuple(Step(one, shown_uses(one)) for one in read(script))
    job = dataset("jobs", name, [], [], kind="statements", steps=steps)
    run = register.begin("scan", AS_OF, {"rules": "1", "seed": "0"})
    register.put_scan(run, JOBS, (job,), (), policy().category_of)
    register.finish(run, "done", {"stores": 1})
    return run


def check(register: Register, verdicts: Sequence[Verdict] = VERDICTS) -> int:
    """One run of a check; answers the run."""
    run = register.begin("check", AS_OF, {"rules": "1", "policy": policy().version})
    register.put_declared(run, DECLARED)
    register.put_verdicts(run, verdicts)
    register.finish(run, "done", {"violation": 2})
    return run


def filled(location: str | Path) -> Register:
    """A register that was scanned and checked once."""
    register = Register.open(location)
    scan(register)
    check(register)
    return register
