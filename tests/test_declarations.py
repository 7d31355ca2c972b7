"""Declarations: everything wrong is named at once, and a password never stands in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.declarations import DeclarationsError, MissingVariableError, StoreDeclaration, expand, load

COMPANY = """
company: {name: 例示株式会社, mail_domains: [reiji.example]}
policy: {adopts: handling-of-personal-information, desk: {name: 個人情報相談窓口}}
"""
STORES = """
stores:
  - {id: crm, kind: sql, url: "sqlite:///crm.sqlite", owner: 営業部}
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in {"company": COMPANY, "stores": STORES, **files}.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read(tmp_path: Path) -> None:
    known = load(write(tmp_path))
    assert known.company.mail_domains == ("reiji.example",)
    assert known.by_id["crm"].owner == "営業部"


def test_a_missing_folder_is_told_with_what_it_must_hold(tmp_path: Path) -> None:
    with pytest.raises(DeclarationsError, match=r"nowhere: .*no such folder .* company\.yml and stores\.yml"):
        load(tmp_path / "nowhere")


def test_every_wrong_row_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        stores="stores:\n  - {id: crm, kind: sql}\n  - {id: crm, kind: files, path: x, ownr: 営業部}\n"
        "  - {id: fax, kind: papyrus, path: x}\n",
        uses="uses:\n  - {id: U-1, job: 案内, use: marketting, purposes: [customer-Z],\n"
        "     source: {store: crn, dataset: t}, contract: K-9}\n",
        contracts="contracts: nothing\n",
        purposes="purposes: []\n",
    )
    with pytest.raises(DeclarationsError) as caught:
        load(folder)
    message = str(caught.value)
    assert "stores.yml:2 crm: path か url のどちらか一つを書きます · give either a path or a url" in message
    assert "stores.yml:3 crm ownr: 知らないキーです · unknown key → owner" in message
    assert "stores.yml:3 crm: id 'crm' が二つあります（2 行目にも）" in message
    assert "stores.yml:4 fax kind: 種類 'papyrus' はありません · no such kind → paper" in message
    assert "uses.yml:3 U-1 source.store: 'crn' は stores.yml にありません · 'crn' is not in stores.yml → crm" in message
    assert "uses.yml:3 U-1 contract: 'K-9' は contracts.yml にありません" not in message, "its file cannot be read"
    assert "uses.yml:2 U-1 use: 'marketting' は利用の語彙にありません" in message
    assert "→ marketing" in message
    assert "uses.yml:2 U-1 purposes[1]: 'customer-Z' は公表した利用目的にありません" in message
    assert "→ customer-A … customer-H" in message
    assert "contracts.yml:1 contracts: 「contracts:」の下に" in message
    assert "purposes.yml: この名前の宣言はありません" in message


def test_what_was_said_of_acquisition_and_terms_is_read_and_checked(tmp_path: Path) -> None:
    source, term = "source: {store: crm, dataset: t}", "years: 3, counted_from: 2024-04-01"
    notice = "collection_notices:\n  - {id: N-1, channel: form, shown_from: 2026-01-01, uses: [shipping]}\n"
    kept = f"retentions:\n  - {{id: R-1, {source}, {term}, statute: workers_roster}}\n"
    folder = write(
        tmp_path,
        acquisitions=f"acquisitions:\n  - {{id: A-1, {source}, method: direct_written, channel: form}}\n",
        collection_notices=notice,
        policy_versions="policy_versions:\n  - {id: v2, effective_from: 2026-04-01, purposes: [customer-C]}\n",
        retentions=kept,
    )
    known = load(folder).declared
    assert [len(rows) for rows in (known.acquisitions, known.collection_notices, known.policy_versions)] == [1, 1, 1]
    assert known.retentions[0].statute == "workers_roster"
    write(
        folder,
        acquisitions="acquisitions:\n  - {id: A-1, source: {store: crn, dataset: t}, method: stolen}\n",
        collection_notices=notice.replace("shipping", "shiping"),
        policy_versions="policy_versions:\n  - {id: v2, effective_from: 2026-04-01, purposes: [customer-Z]}\n",
        retentions=kept.replace("workers", "worker"),
    )
    with pytest.raises(DeclarationsError) as caught:
        load(folder)
    message = str(caught.value)
    assert "acquisitions.yml:2 A-1 method: 決まった語のどれかにします" in message
    assert "N-1 uses" in message
    assert "'shiping' は利用の語彙にありません" in message
    assert "'customer-Z' は公表した利用目的にありません" in message
    assert "R-1 statute: 'worker_roster' は法定保存期間にありません" in message
    assert "→ workers_roster" in message


def test_broken_yaml_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(DeclarationsError, match=r"uses\.yml:\d+: YAML として読めません"):
        load(write(tmp_path, uses="uses:\n  - {id: U-1\n"))


def test_a_number_that_yaml_would_eat_is_refused_and_not_repeated(tmp_path: Path) -> None:
    wrong = "stores:\n  - {id: crm, kind: sql, url: 'sqlite:///x', owner: 0312345670}\n"
    with pytest.raises(DeclarationsError, match="put it in quotes") as caught:
        load(write(tmp_path, stores=wrong))
    assert "12345" not in str(caught.value)


def test_a_password_in_clear_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match="holds a password") as caught:
        StoreDeclaration(id="pg", kind="sql", url="postgresql://app:s3cret@db.example/crm")
    assert "s3cret" not in str(caught.value.errors(include_input=False))  # type: ignore[attr-defined]


def test_a_password_stands_in_the_environment() -> None:
    store = StoreDeclaration(id="pg", kind="sql", url="postgresql://app:${PG_PASSWORD}@db.example/crm")
    assert store.location({"PG_PASSWORD": "x"}) == "postgresql://app:x@db.example/crm"
    with pytest.raises(MissingVariableError, match="PG_PASSWORD"):
        store.location({})


def test_a_variable_has_a_default() -> None:
    assert expand("${DAICHO_NOWHERE:-build/samples}/crm", {}) == "build/samples/crm"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://reader:himitsu@db.example/crm",
        "postgresql://reader:hi/mi:tsu@db.example/crm",
        "postgresql://reader:${PW:-himitsu}@db.example/crm",
        "postgresql://reader:${PW}himitsu@db.example/crm",
        "postgresql://reader@db.example/crm?sslmode=require&password=himitsu",
        "mssql+pyodbc://?odbc_connect=UID%3Dreader%3BPWD%3Dhimitsu",
    ],
)
def test_a_password_in_clear_is_refused_wherever_it_stands_in_a_url(tmp_path: Path, url: str) -> None:
    with pytest.raises(DeclarationsError, match=r"write \$\{NAME\}") as caught:
        load(write(tmp_path, stores=f"stores:\n  - {{id: crm, kind: sql, url: '{url}'}}\n"))
    assert "himitsu" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://${READER:-reader}:${PW}@db.example:5432/crm?sslmode=require",
        "postgresql://reader:${PW:-}@db.example/crm",
        "postgresql://reader@db.example:5432/crm?password=${PW}",
        "s3://backup/2026:11@tokyo",
    ],
)
def test_a_password_that_a_variable_holds_is_none(tmp_path: Path, url: str) -> None:
    (store,) = load(write(tmp_path, stores=f"stores:\n  - {{id: crm, kind: sql, url: '{url}'}}\n")).stores
    assert store.url == url


JOBS = STORES + "  - {id: batch, kind: sql_scripts, path: jobs, %s}\n"


@pytest.mark.parametrize("reads", ["reads: crm", "reads: [crm]"])
def test_a_store_of_sql_says_whose_tables_it_names(tmp_path: Path, reads: str) -> None:
    known = load(write(tmp_path, stores=JOBS % f"{reads}, dialect: postgresql"))
    assert (known.by_id["batch"].reads, known.by_id["batch"].dialect) == (("crm",), "postgresql")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("reads: crn", r"batch reads.*'crn' is no other store → crm"),
        ("reads: batch", r"batch reads.*'batch' is no other store"),
        ("dialect: postgress", "batch.*no such dialect of SQL; there are athena, bigquery, .*postgres"),
    ],
)
def test_a_store_of_sql_that_reads_nowhere_is_told(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(DeclarationsError, match=said):
        load(write(tmp_path, stores=JOBS % row))
