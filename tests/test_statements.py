"""SQL read: what a statement writes, from what, matched on what, and that nothing of a person stays of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from classifiers.statements import LogTooLongError, Statement, beside, joins_of, lineage, read, read_log
from classifiers.uses import infer_uses, uses_of

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "statements.yml").read_text(encoding="utf-8"))
# fmt: off
FRAGMENTS = [
    "SELECT", "FROM", "WHERE", "INSERT", "INTO", "JOIN", "ON", "(", ")", ",", ";", "'", '"', "`", "[", "]", "氏名",
    "顧客", "=", "WITH", "AS", "UNION", "{{", "}}", "{%", "%}", "--", "/*", "*/", "\\", "$$", "UPDATE", "SET",
    "MERGE", "USING", "CASE", "WHEN", "END", "VALUES", "CREATE", "VIEW", "TABLE", "COPY", "TO", "UNLOAD", "EXPORT",
    "0", "*", ".", "LOOP",
]
# fmt: on
DIALECTS = ["", "postgres", "mysql", "sqlite", "bigquery", "snowflake", "tsql", "oracle", "hive", "redshift"]


def words_of(answer: object) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif is_dataclass(answer):
        for field in fields(answer):
            yield from words_of(getattr(answer, field.name))
    elif isinstance(answer, (tuple, list, frozenset)):
        for part in answer:
            yield from words_of(part)


def only(sql: str, dialect: str = "") -> Statement:
    (statement,) = read(sql, dialect)
    return statement


@pytest.mark.parametrize("case", CASES, ids=[f"{at:02}" for at in range(len(CASES))])
def test_a_statement_as_companies_write_them(case: dict[str, Any]) -> None:
    statement = only(case["sql"], case.get("dialect", ""))
    assert statement.kind == case["kind"]
    assert statement.target == case.get("target", "")
    assert sorted(statement.sources) == sorted(case.get("sources", []))
    pairs = {
        frozenset({f"{join.left}.{join.left_column}", f"{join.right}.{join.right_column}"}) for join in statement.joins
    }
    assert pairs == {frozenset(pair.split(" = ")) for pair in case.get("joins", [])}
    if "feeds" in case:
        assert {f"{feed.source}.{feed.column} > {feed.target_column}" for feed in statement.feeds} == set(case["feeds"])
    if "filters" in case:
        assert {f"{dataset}.{column}" for dataset, column in statement.filters} == set(case["filters"])
    assert {tag.use for tag in uses_of(statement)} == set(case.get("uses", []))


@pytest.mark.parametrize("case", CASES, ids=[f"{at:02}" for at in range(len(CASES))])
def test_without_a_dialect_the_same_is_read(case: dict[str, Any]) -> None:
    guessed = only(case["sql"])
    assert (guessed.kind, guessed.target, sorted(guessed.sources)) == (
        case["kind"],
        case.get("target", ""),
        sorted(case.get("sources", [])),
    )


CANARY = (
    st.text("カナリア鳥山田canary0189", min_size=6, max_size=20)
    .filter(lambda text: not text.isdigit())
    .map(lambda text: f"ㇱ{text}ㇱ")
)


@given(CANARY, st.sampled_from(DIALECTS))
def test_no_literal_and_no_comment_survives(canary: str, dialect: str) -> None:
    for sql in (
        f"SELECT a.x, '{canary}' FROM t a WHERE a.y = '{canary}' AND a.z IN ('{canary}', 'b') -- {canary}\n",
        f"/* {canary} */ INSERT INTO t (a, b) VALUES ('{canary}', 1), (N'{canary}', 2)",
        f"UPDATE t SET a = '{canary}''{canary}' WHERE b LIKE '%{canary}%' /* {canary} */",
        f"CREATE VIEW v AS SELECT CASE WHEN a = '{canary}' THEN '{canary}' END AS b FROM t",
        f"COPY (SELECT a FROM t WHERE b = '{canary}') TO '/tmp/{canary}.csv'",
        f"UNLOAD ('SELECT a FROM t WHERE b = ''{canary}''') TO 's3://b/{canary}'",
        f"SELECT a FROM t WHERE b = '{canary}",
        f"SELECT FROM ((( '{canary}' -- {canary}",
        f"EXEC('INSERT INTO t SELECT a FROM u WHERE b = ''{canary}''')",
        f"EXPORT DATA OPTIONS(uri='gs://b/{canary}') AS SELECT a FROM t",
        f"{{# {canary} #}} SELECT a FROM {{{{ ref('t') }}}} WHERE b = '{{{{ var('{canary}') }}}}' AND c = '{canary}'",
    ):
        assert not any(canary in word for statement in read(sql, dialect) for word in words_of(statement)), sql


@given(CANARY, st.sampled_from(["", "mysql", "bigquery", "hive"]))
def test_what_stands_between_double_quotes_is_no_name_where_they_hold_literals(canary: str, dialect: str) -> None:
    for sql in (
        f'SELECT x FROM t WHERE y = "{canary}" AND z IN ("{canary}", "b")',
        f'INSERT INTO t (a) VALUES ("{canary}")',
        f'UPDATE t SET a = CONCAT("{canary}", b) WHERE c LIKE "%{canary}%"',
        f"SELECT `x` FROM `t` WHERE y = \"it's {canary}\" AND z = 'a \"{canary}'",
    ):
        statement = only(sql, dialect)
        assert statement.kind != "unreadable"
        assert not any(canary in word for word in words_of(statement)), sql


@given(CANARY)
def test_no_alias_survives(canary: str) -> None:
    for sql in (
        f"SELECT {canary}.x AS {canary}1 FROM t {canary} WHERE {canary}.y = 1 ORDER BY {canary}1",
        f'INSERT INTO u (a) SELECT "{canary}".x AS "{canary}2" FROM "t" AS "{canary}" GROUP BY "{canary}2"',
        f"WITH {canary} AS (SELECT x AS {canary}3 FROM t) SELECT {canary}3 FROM {canary} WHERE {canary}.{canary}3 > 1",
        f"SELECT {canary}.{canary}4 FROM (SELECT x, y + 1 AS {canary}4 FROM t) {canary} HAVING {canary}4 > 2",
        f"UPDATE {canary} SET {canary}.x = 1 FROM t {canary} WHERE {canary}.y = 2",
        f"MERGE INTO t {canary} USING u {canary}5 ON {canary}.a = {canary}5.a WHEN MATCHED THEN DELETE",
        f"COPY (SELECT x AS {canary} FROM t) TO STDOUT",
        f"WITH {canary} AS (DELETE FROM t WHERE x = 1 RETURNING *) INSERT INTO u SELECT {canary}.x FROM {canary}",
    ):
        statements = read(sql)
        assert statements, sql
        assert all(statement.kind != "unreadable" for statement in statements), sql
        assert not any(canary in word for word in words_of(statements)), sql


def test_numbers_are_literals_in_either_width() -> None:
    statement = only("SELECT 氏名 FROM 顧客 WHERE 電話 = 09012345678 OR 電話 = ０９０１２３４５６７８ LIMIT 10")
    assert "012345678" not in repr(statement) + statement.text
    assert statement.text == "SELECT 氏名 FROM 顧客 WHERE 電話 = ? OR 電話 = ? LIMIT ?"


def test_a_name_that_may_be_a_person_s_is_masked() -> None:
    statement = only("SELECT 氏名 FROM 顧客 WHERE 担当者 = 山田太郎")
    assert not any("山田太郎" in word for word in words_of(statement))
    assert not any("山田太郎" in word for word in words_of(only("CREATE TABLE 名簿_山田太郎 AS SELECT 氏名 FROM 顧客")))


@given(st.text(max_size=300), st.sampled_from(DIALECTS))
def test_any_text_is_answered(text: str, dialect: str) -> None:
    assert isinstance(read(text, dialect), tuple)


@given(
    st.lists(
        st.sampled_from(FRAGMENTS),
        max_size=40,
    ),
    st.sampled_from(DIALECTS),
)
def test_broken_sql_is_answered(words: list[str], dialect: str) -> None:
    assert isinstance(read(" ".join(words), dialect), tuple)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "(" * 5_000 + "1" + ")" * 5_000,
        "SELECT a FROM t WHERE " + " AND ".join("x = 'あ'" for _ in range(3_000)),
        "SELECT a FROM t WHERE b = '\ud800' \x00 \ufeff",
        "'" * 9_999,
        "SELECT " + ", ".join(f"列{at}" for at in range(3_000)) + " FROM t",
        "{% for a in range(10000000) %}{% for b in range(10000000) %}{% endfor %}{% endfor %} select 1 from t",
        "{{ 'x' * 10000000000 }}",
    ],
)
def test_long_deep_and_odd_texts_are_answered(sql: str) -> None:
    assert isinstance(read(sql), tuple)


@pytest.mark.parametrize("opening", ["{% ", "{{ ", "{# ", "{{ x }} ref('a' ", "{% x %} source('a', 'b' "])
def test_a_template_that_is_opened_and_never_closed_is_answered(opening: str) -> None:
    assert isinstance(read(opening * 100_000), tuple)


def test_every_statement_knows_its_line() -> None:
    script = """-- 抽出
/* 二行の
   説明 */ SELECT 氏名
FROM 顧客 WHERE 備考 = '一
二';
INSERT INTO 発送 SELECT 氏名 FROM 顧客; DELETE FROM 退会者;

CREATE FUNCTION f() RETURNS void AS $$
BEGIN
  INSERT INTO dm SELECT 氏名 FROM 会員;
END $$ LANGUAGE plpgsql;
"""
    assert [(one.line, one.kind) for one in read(script)] == [
        (3, "select"),
        (6, "insert"),
        (6, "delete"),
        (10, "insert"),
    ]
    joined = "SELECT k.氏名 INTO #w FROM 顧客 k\nINSERT INTO 発送 VALUES ('一\n二')\nUPDATE 発送 SET 状態 = 1\n"
    assert [one.line for one in read(joined, "tsql")] == [1, 2, 4]


def test_a_template_s_statement_knows_its_line_where_lines_stay() -> None:
    kept = "{{ config(materialized='table') }}\n\nselect 氏名 from {{ ref('会員') }}\n"
    assert [one.line for one in read(kept, name="dm")] == [3]
    lost = "{{ config(\n  materialized='table'\n) }}\nselect 氏名 from {{ ref('会員') }}\n"
    assert [one.line for one in read(lost, name="dm")] == [0]


@pytest.mark.parametrize(
    ("sql", "outlet"),
    [
        ("COPY 会員 TO STDOUT", "stream"),
        ("\\copy 会員 to program 'gzip'", "stream"),
        ("COPY (SELECT 氏名 FROM 会員) TO '/srv/out.csv'", "file"),
        ("SELECT 氏名 INTO OUTFILE '/srv/out.csv' FROM 会員", "file"),
        ("COPY (SELECT 氏名 FROM 会員) TO 's3://x/y.parquet' (FORMAT parquet)", "storage"),
        ("UNLOAD ('SELECT 氏名 FROM 会員') TO 's3://x/y'", "storage"),
        ("EXPORT DATA OPTIONS(uri='gs://x/y') AS SELECT 氏名 FROM 会員", "storage"),
        ("COPY INTO @stage/y FROM 会員", "storage"),
        ("CREATE EXTERNAL TABLE y LOCATION 's3://x/y' AS SELECT 氏名 FROM 会員", "storage"),
        ("INSERT INTO 発送 SELECT 氏名 FROM 会員", ""),
        ("CREATE TABLE y AS SELECT 氏名 FROM 会員", ""),
    ],
)
def test_where_rows_leave_the_database_is_seen(sql: str, outlet: str) -> None:
    statement = only(sql)
    assert (statement.outlet, statement.sources) == (outlet, ("会員",))


def test_what_cannot_be_read_takes_nothing_else_with_it() -> None:
    script = (
        "SELECT 氏名 FROM 顧客; SELEC あ FORM い; DELETE FROM 退会者 WHERE id = 1; INSERT INTO dm SELECT ((( FROM 顧客"
    )
    found = read(script)
    assert [statement.kind for statement in found] == ["select", "unreadable", "delete", "unreadable"]
    assert (found[3].target, found[3].sources) == ("dm", ("顧客",))


def test_what_neither_reads_nor_writes_rows_is_no_statement() -> None:
    script = "SET search_path TO crm; BEGIN; DROP TABLE t; GRANT SELECT ON t TO app; CREATE INDEX i ON t (a); COMMIT;"
    assert read(script) == ()
    assert read("") == read("-- 何もない\n") == ()


def test_a_job_s_script_is_read_statement_by_statement() -> None:
    script = """
    SET PAGESIZE 0
    SPOOL /data/メルマガ/list.csv
    SELECT メール FROM 会員;
    SPOOL OFF
    SELECT COUNT(*) FROM 会員;
    """
    export, count = read(script, "oracle")
    assert (export.kind, export.sources, export.destinations) == ("export", ("会員",), ("メルマガ",))
    assert count.kind == "select"


def test_transact_sql_needs_no_semicolons() -> None:
    script = """
    SELECT k.氏名 INTO #w FROM 顧客 k
    INSERT INTO 発送 (氏名)
    SELECT 氏名 FROM #w
    UPDATE 発送 SET 状態 = 1
    GO
    DELETE FROM #w
    """
    found = read(script, "tsql")
    assert [(statement.kind, statement.target) for statement in found] == [
        ("create", "#w"),
        ("insert", "発送"),
        ("update", "発送"),
        ("delete", "#w"),
    ]
    assert found[1].sources == ("#w",)


@pytest.mark.parametrize(
    "script",
    [
        """CREATE OR REPLACE FUNCTION f() RETURNS void AS $body$
           DECLARE r record;
           BEGIN
             FOR r IN SELECT id FROM 顧客 LOOP
               INSERT INTO dm_list SELECT id FROM 顧客 WHERE 氏名 = '山';
             END LOOP;
             IF EXISTS (SELECT 1 FROM 顧客) THEN DELETE FROM 退会; END IF;
           END $body$ LANGUAGE plpgsql;""",
        """CREATE PROCEDURE p AS BEGIN
           DECLARE @n INT;
           SELECT id FROM 顧客;
           INSERT INTO dm_list SELECT id FROM 顧客 WHERE 氏名 = N'山';
           DELETE FROM 退会;
           END""",
        """BEGIN
           EXECUTE IMMEDIATE 'SELECT id FROM 顧客';
           EXECUTE IMMEDIATE 'INSERT INTO dm_list SELECT id FROM 顧客 WHERE 氏名 = ''山''';
           DELETE FROM 退会;
           END;
           /""",
    ],
    ids=["plpgsql", "tsql", "dynamic"],
)
def test_a_routine_s_statements_are_read(script: str) -> None:
    found = read(script)
    assert [(statement.kind, statement.target) for statement in found] == [
        ("select", ""),
        ("insert", "dm_list"),
        ("delete", "退会"),
    ]


def test_common_tables_change_rows() -> None:
    moved = "WITH m AS (DELETE FROM 会員 WHERE 退会 RETURNING *) INSERT INTO 退会者 SELECT * FROM m"
    assert {(s.kind, s.target, s.sources) for s in read(moved, "postgres")} == {
        ("delete", "会員", ()),
        ("insert", "退会者", ("会員",)),
    }
    assert only("WITH x AS (SELECT TOP 5 id FROM [顧客] ORDER BY id) DELETE FROM x", "tsql").target == "顧客"


def test_a_variable_is_no_table() -> None:
    assert [s.kind for s in read("BEGIN SELECT COUNT(*) INTO v_count FROM 顧客; END;", "oracle")] == ["select"]


def test_a_model_is_called_as_its_file_is() -> None:
    model = "select m.mail as 宛先 from {{ ref('stg_members') }} m where m.opt_in and {{ my_macro('x') }} = 1"
    (statement,) = read(model, "bigquery", name="mart_mail_targets")
    assert (statement.kind, statement.target, statement.sources) == ("view", "mart_mail_targets", ("stg_members",))
    assert [(feed.column, feed.target_column) for feed in statement.feeds] == [("mail", "宛先")]


def test_references_are_named_as_the_database_names_them() -> None:
    relations = {("ref", "stg_members"): ("dwh", "members"), ("source", "crm", "orders"): ("販売", "注文")}
    model = "select m.mail from {{ ref('pkg', 'stg_members') }} m join {{ source('crm', 'orders') }} o using (id)"
    (statement,) = read(model, name='"mart"."dm"', relations=relations)
    assert (statement.target, statement.sources) == ("mart.dm", ("dwh.members", "販売.注文"))
    (broken,) = read("{% bogus %} " + model, relations=relations)
    assert broken.sources == ("dwh.members", "販売.注文")


def test_a_template_that_is_broken_still_shows_what_it_references() -> None:
    (statement,) = read("{% bogus %} select a from {{ ref('会員') }} join {{ source('crm', '注文') }} using (id)")
    assert statement.sources == ("会員", "crm.注文")


def test_columns_are_followed_through_queries_inside() -> None:
    statement = only(
        "CREATE TABLE dm AS WITH a AS (SELECT k.顧客ID AS id, TRIM(k.メール) AS m, k.氏名 FROM 顧客 k), "
        "b AS (SELECT id, 氏名 AS 宛名 FROM a) SELECT b.宛名, b.id AS 番号, o.金額 FROM b "
        "JOIN 注文 o ON o.顧客番号 = b.id"
    )
    assert {(feed.source, feed.column, feed.target_column) for feed in statement.feeds} == {
        ("顧客", "氏名", "宛名"),
        ("顧客", "顧客ID", "番号"),
        ("注文", "金額", "金額"),
    }
    assert [(join.left, join.left_column, join.right, join.right_column) for join in statement.joins] == [
        ("注文", "顧客番号", "顧客", "顧客ID")
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM 自社会員 a JOIN 委託元名簿 b ON a.mail = b.mail",
        "SELECT 1 FROM 自社会員 a, 委託元名簿 b WHERE LOWER(a.mail) = LOWER(b.mail)",
        "SELECT 1 FROM 自社会員 WHERE mail IN (SELECT mail FROM 委託元名簿)",
        "SELECT 1 FROM 自社会員 a WHERE EXISTS (SELECT 1 FROM 委託元名簿 b WHERE b.mail = a.mail)",
        "SELECT 1 FROM 自社会員 NATURAL JOIN 委託元名簿",
        "SELECT mail FROM 自社会員 UNION ALL SELECT mail FROM 委託元名簿",
        "SELECT mail FROM 自社会員 EXCEPT SELECT mail FROM 委託元名簿",
        "UPDATE 自社会員 a SET x = b.x FROM 委託元名簿 b WHERE a.mail = b.mail",
        "MERGE INTO 自社会員 a USING 委託元名簿 b ON a.mail = b.mail WHEN MATCHED THEN UPDATE SET a.x = b.x",
        "DELETE a FROM 自社会員 a JOIN 委託元名簿 b USING (mail)",
        "WITH w AS (SELECT mail FROM 委託元名簿) SELECT 1 FROM (SELECT * FROM 自社会員) a CROSS JOIN w",
        "CREATE TABLE #w AS SELECT mail FROM 委託元名簿; SELECT 1 FROM #w w JOIN 自社会員 a ON a.mail = w.mail",
        "CREATE VIEW x.w AS SELECT mail FROM 委託元名簿; SELECT 1 FROM w JOIN 自社会員 a ON a.mail = w.mail",
        "SELECT 1 FROM 自社会員 a JOIN 委託元名簿 b ON a.tel LIKE b.tel || '%'",
    ],
)
def test_entrusted_beside_own_is_seen(sql: str) -> None:
    assert ("委託元名簿", "自社会員") in beside(read(sql))


def test_what_is_beside_says_by_which_statement_and_of_what_is_asked() -> None:
    script = read(
        "SELECT 1 FROM a JOIN b USING (x); CREATE TABLE w AS SELECT * FROM c; SELECT 1 FROM w JOIN a USING (x)"
    )
    assert beside(script) == {("a", "b"): (0,), ("a", "c"): (2,), ("a", "w"): (2,)}
    assert beside(script, of=["c"]) == {("a", "c"): (2,)}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM 自社会員; SELECT 1 FROM 委託元名簿",
        "CREATE VIEW v AS SELECT mail FROM 委託元名簿; SELECT 1 FROM 自社会員",
        "SELECT (SELECT MAX(d) FROM 委託元名簿) FROM 自社会員",
    ],
)
def test_what_is_only_read_is_not_beside(sql: str) -> None:
    assert ("委託元名簿", "自社会員") not in beside(read(sql))


def test_lineage_names_what_feeds_what_and_for_what() -> None:
    script = (
        "INSERT INTO メルマガ配信リスト SELECT mail FROM 会員; CREATE VIEW v AS SELECT * FROM 会員; SELECT 1 FROM 注文;"
        "COPY 会員 TO '/x.csv'; INSERT INTO メルマガ配信リスト SELECT mail FROM 会員 WHERE a = 1"
    )
    edges = {(edge.source, edge.target): edge for edge in lineage(read(script))}
    assert edges.keys() == {("会員", "メルマガ配信リスト"), ("会員", "v"), ("会員", "")}
    assert [tag.use for tag in edges["会員", "メルマガ配信リスト"].uses] == ["marketing"]
    assert edges["会員", ""].kinds == ("export",)


def test_joins_of_many_statements_stand_once_each() -> None:
    sql = "SELECT a.x FROM 顧客 a JOIN 注文 b ON a.id = b.cid"
    (join,) = joins_of([*read(sql), *read(sql + " WHERE a.x = 1")])
    assert (join.left, join.right) == ("顧客", "注文")


SQL = [
    "SELECT 氏名 FROM 顧客 WHERE 氏名 = '{}'",
    "INSERT INTO dm_list SELECT メール, 都道府県 FROM 会員 WHERE 氏名 = '{}'",
]
LOGS = {
    "postgres": [f"2026-04-01 02:00:0{{n}}.123 JST [4711] app@crm LOG:  statement: {sql}" for sql in SQL],
    "postgres_extended": [
        "2026-04-01 02:00:00 JST [1] LOG:  duration: 0.2 ms  execute <unnamed>: SELECT 氏名 FROM 顧客",
        "\tWHERE 氏名 = $1",
        "2026-04-01 02:00:00 JST [1] DETAIL:  parameters: $1 = '{}', $2 = 'SELECT x FROM 偽'",
        "2026-04-01 02:00:01 JST [1] LOG:  duration: 0.1 ms  execute S_1: INSERT INTO dm_list SELECT メール FROM 会員",
    ],
    "pgaudit": [
        f'2026-04-01 02:00:0{{n}} JST [1] LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.x,"{sql}",<none>'
        for sql in SQL
    ],
    "mysql_general": [
        "/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:",
        "Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock",
        "Time                 Id Command    Argument",
        *(f"2026-04-01T02:00:0{{n}}.000000Z\t   12 Query\t{sql}" for sql in SQL),
        "2026-04-01T02:00:09.000000Z\t   12 Quit\t",
    ],
    "mysql_slow": [
        "# Time: 2026-04-01T02:00:00Z",
        "# User@Host: app[app] @ localhost []  Id:  9",
        "# Query_time: 2.1  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 9",
        "SET timestamp=1711936800;",
        SQL[0] + ";",
        "# Time: 2026-04-01T02:00:03Z",
        "# User@Host: app[app] @ localhost []  Id:  9",
        SQL[1].replace(" SELECT", "\nSELECT") + ";",
    ],
    "postgres_csv": [
        '2026-04-01 02:00:00 JST,,,12,,6.1,1,,2026-04-01 01:00:00 JST,,0,LOG,00000,"up, port 5432",,,"","cp",,0',
        *(
            f'2026-04-01 02:00:0{{n}} JST,"app","crm",12,"[local]",6.1,2,"B",2026-04-01 01:00:00 JST,3/1,0,LOG,00000,'
            f'"execute <unnamed>: {sql}","parameters: $1 = \'{{}}\'",,"","psql",,0'
            for sql in SQL
        ),
    ],
    "csv_quoted_where_need_be": [
        "2026-04-01 02:00,app,connected,,batch",
        *(f'2026-04-01 02:00,app,"statement: {sql} AND x IN (1, 2)","with {{}}, and so on",batch' for sql in SQL),
    ],
    "csv": ["QUERY_ID,QUERY_TEXT,USER_NAME", *(f'{{n}},"{sql}",app' for sql in SQL)],
    "csv_japanese": ["実行日時,利用者,SQL文", *(f'2026/04/01,佐々,"{sql}"' for sql in SQL)],
    "csv_lines": ["id,sql", "1,\"SELECT 氏名\nFROM 顧客\nWHERE 氏名 = '{}'\"", f'2,"{SQL[1]}"'],
    "tsv": ["start_time\tquery", *(f"2026-04-01\t{sql}" for sql in SQL)],
    "jsonl": [
        json.dumps({"a": {"job": {"query": sql}}, "user": "{}"}, ensure_ascii=False).replace("{n}", "0") for sql in SQL
    ],
    "plain": SQL,
    "prefixed": [f"app01 sqlq[12]: user=batch dur=3 {sql}" for sql in SQL],
    "script": [line for sql in SQL for line in (*sql.replace(" FROM", "\nFROM").split("\n"), ";")],
}


@pytest.mark.parametrize("lines", LOGS.values(), ids=LOGS.keys())
def test_a_query_log_is_read_however_it_was_exported(lines: list[str]) -> None:
    canary = "小鳥遊カナリア"
    filled = [line.replace("{n}", str(at % 10)).replace("{}", canary) for at, line in enumerate(lines)]
    found = read_log(line + "\n" for line in "\n".join(filled).split("\n"))
    assert [(s.kind, s.target, s.sources) for s in found] == [
        ("select", "", ("顧客",)),
        ("insert", "dm_list", ("会員",)),
    ]
    assert not any(canary in word for statement in found for word in words_of(statement))


def test_a_log_s_statement_knows_the_line_it_stands_on_first() -> None:
    lines = ["id,sql\n", '1,"SELECT 氏名\n', "FROM 顧客\n", 'WHERE id = 1"\n', '2,"SELECT 1 FROM 会員"\n']
    assert [one.line for one in read_log([*lines, *lines[1:]])] == [2, 5]
    plain = "2026-04-01 02:00 JST [1] LOG:  statement: SELECT 氏名\n\tFROM 顧客\n"
    assert [one.line for one in read_log(f"起動\n{plain}{plain}".splitlines(True))] == [2]


@pytest.mark.parametrize("line", ["a" * 200_000, '"' * 200_000, 'a,"' + "b" * 17_000_000])
def test_a_log_of_one_long_line_is_answered(line: str) -> None:
    assert read_log([line]) == ()


def test_statements_that_differ_by_their_literals_are_one() -> None:
    lines = [
        f"SELECT 氏名 FROM 顧客 WHERE id = {at} AND 名 IN ({', '.join(['1'] * (at % 5 + 1))})" for at in range(200)
    ]
    assert len(read_log(lines)) == 1


def test_a_log_that_is_none_is_given_up() -> None:
    with pytest.raises(LogTooLongError):
        read_log((f"SELECT c{at} FROM t" for at in range(4)), most=3)


@given(st.lists(st.text(max_size=60), max_size=8), st.sampled_from(["", "mysql"]))
def test_any_log_is_answered(lines: list[str], dialect: str) -> None:
    assert isinstance(read_log(lines, dialect), tuple)


@given(st.sampled_from(CASES), st.sampled_from(CASES))
def test_statements_do_not_disturb_each_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    if (
        "unreadable" in (one["kind"], other["kind"])
        or "閉じていない" in one["sql"]
        or "{{" in one["sql"] + other["sql"]
    ):
        return
    dialect = one.get("dialect", "")
    if dialect != other.get("dialect", ""):
        return
    both = read(f"{one['sql'].rstrip().rstrip(';')}\n;\n{other['sql']}", dialect)
    assert both == (*read(one["sql"].rstrip().rstrip(";"), dialect), *read(other["sql"], dialect))


def test_a_statement_that_speaks_of_nothing_shows_no_use() -> None:
    assert infer_uses("v_01", statement="SELECT a.x FROM t1 a JOIN t2 b ON a.k = b.k") == ()


def test_the_repr_names_no_dataset() -> None:
    assert "顧客" not in repr(only("INSERT INTO 発送 SELECT a.氏名 FROM 顧客 a JOIN 住所録 b ON a.x = b.x"))
