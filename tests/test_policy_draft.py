"""A draft of a policy from its published text: the seed policy's, and three invented ones that are built otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from expectations.policy import Policy, PolicyError, load, read
from pipelines.cli import main

POLICIES = Path(__file__).parent / "policies"
EXPECTED = yaml.safe_load((POLICIES / "expected.yml").read_text(encoding="utf-8"))
SEED = "handling-of-personal-information"


def pdf(text: str, file: Path) -> Path:
    """A text as a page shows it: forty letters a line, page numbers below."""
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    lines = [line[at : at + 40] for line in text.splitlines() for at in range(0, len(line), 40)]
    page = canvas.Canvas(str(file))
    for number, start in enumerate(range(0, len(lines), 44), 1):
        page.setFont("HeiseiMin-W3", 10)
        for place, line in enumerate(lines[start : start + 44]):
            page.drawString(60, 800 - 16 * place, line)
        page.drawString(290, 30, f"- {number} -")
        page.showPage()
    page.save()
    return file


def source(name: str, folder: Path) -> Path:
    if name.endswith(".pdf"):
        return pdf((POLICIES / name).with_suffix(".txt").read_text(encoding="utf-8"), folder / name)
    return POLICIES / name


def drafted(file: Path, folder: Path) -> Policy:
    out = folder / f"{file.stem}.yml"
    done = CliRunner().invoke(main, ["policy", "draft", str(file), "--out", str(out)])
    assert done.exit_code == 0, done.output
    return read(out)


def taken(policy: Policy) -> dict[str, list[str]]:
    return {
        row.clause: [row.custody]
        if row.custody
        else [*row.subjects, *(s for sub in row.sub_categories for s in sub.subjects)]
        for row in policy.categories
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_policy_of_any_build_is_read(name: str, tmp_path: Path) -> None:
    expected = EXPECTED[name]
    policy = drafted(source(name, tmp_path), tmp_path)
    assert (policy.language, policy.version, policy.company.name) == (
        expected["language"], expected["version"], expected["company"],
    )  # fmt: skip
    assert taken(policy) == expected["categories"]
    assert {row.clause: [row.type, *sorted(row.covers)] for row in policy.purposes} == {
        clause: [kind, *sorted(uses)] for clause, (kind, *uses) in expected["purposes"].items()
    }
    assert {row.clause: row.law for row in policy.third_parties.grounds} == expected["grounds"]
    assert len(policy.requesters) == expected["requesters"]
    assert policy.fee.amount == expected["fee"]
    assert {key: getattr(policy.desk, key) for key in expected["desk"]} == expected["desk"]
    assert any(row.topic == "retention" for row in policy.stated) == expected["retention"]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sentence_of_a_draft_stands_in_its_text(name: str, tmp_path: Path) -> None:
    policy = drafted(source(name, tmp_path), tmp_path)
    text = "".join(
        (POLICIES / name).with_suffix(".txt" if name.endswith(".pdf") else Path(name).suffix).read_text("utf-8").split()
    )
    rows: tuple[Any, ...] = (
        *policy.categories,
        *policy.purposes,
        *policy.third_parties.grounds,
        *policy.stated,
        *policy.dates,
    )
    for row in rows:
        assert "".join(row.quote.split()) in text.replace("<br>", ""), row.quote


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_not_read_for_sure_is_left_to_a_person_and_nothing_is_judged_by_it(name: str, tmp_path: Path) -> None:
    file = source(name, tmp_path)
    policy = drafted(file, tmp_path)
    left = {row.where for row in policy.decide}
    for purpose in policy.purposes:
        if purpose.type == "catch_all" and not purpose.bounded_by_contract:
            assert purpose.id in left
        if purpose.type == "direct" and not purpose.covers:
            assert purpose.id in left
    assert all(row.ja and row.en for row in policy.decide)
    with pytest.raises(PolicyError, match="to decide"):
        load(tmp_path / f"{file.stem}.yml")


def rows_of(policy: Policy) -> dict[tuple[str, str], dict[str, Any]]:
    """What was read from the text, without ids of categories' names and without this project's own wording."""
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for kind in ("categories", "purposes", "requesters", "papers", "stated", "dates"):
        for row in getattr(policy, kind):
            made[kind, f"{row.clause} {row.quote}"] = row.model_dump(exclude={"ja", "en", "instead", "sub_categories"})
    for ground in policy.third_parties.grounds:
        made["grounds", ground.quote] = ground.model_dump(exclude={"ja", "en", "conditions"})
    for promise in policy.opt_out.promises:
        made["promises", promise.quote] = promise.model_dump(exclude={"ja", "en"})
    made["fee", ""] = policy.fee.model_dump()
    made["answer", ""] = policy.answer.model_dump()
    made["desk", ""] = policy.desk.model_dump(exclude={"name"})
    made["company", ""] = policy.company.model_dump()
    made["third_parties", ""] = {"clause": policy.third_parties.clause, "quote": policy.third_parties.quote}
    return made


def seed_text() -> str:
    """The seed policy's text, put together again from the sentences that its rows quote."""
    policy = load(SEED)
    lines = [policy.en, "", "1. Purposes of use for personal information", "", policy.quote, ""]
    for number, category in enumerate(policy.categories, 1):
        lines += [f"{number}. {category.quote}", ""]
        lines += [f"  {row.ordinal}. {row.quote}" for row in policy.purposes_of(category.id)] + [""]
    lines += ["2. Regarding personal information provided to third parties", ""]
    lines += ["1. Cases where information is provided to third parties", "", policy.third_parties.quote, ""]
    lines += [f"  {row.ordinal}. {row.quote}" for row in policy.third_parties.grounds] + [""]
    lines += ["2.When providing information based on 6 above", ""]
    lines += [f"  {number}. {row.quote}" for number, row in enumerate(policy.opt_out.promises, 1)] + [""]
    lines += ["3. Procedures for requesting disclosure, etc.", "", "1. Those who may request disclosure, etc.", ""]
    lines += [f"  {number}. {row.quote}" for number, row in enumerate(policy.requesters, 1)] + [""]
    lines += ["2. Documents necessary when requesting disclosure, etc.", ""]
    lines += ["  1. A.When procedures are carried out by the individual"]
    lines += [f"    • {row.quote}" for row in policy.papers if row.id.startswith("DS")]
    lines += ["  2. B. When procedures are carried out by a deputy"]
    lines += [f"    • {row.quote}" for row in policy.papers if row.id.startswith("DD")]
    desk = policy.desk
    lines += ["", "3.Where to apply for disclosure, etc.", "", *(row.quote for row in policy.stated[:1])]
    lines += [f"Phone: {desk.phone}", f"Fax: {desk.fax}", f"Email Address: {desk.email}", ""]
    lines += ["4.Fee for disclosure, etc.", "", policy.fee.quote, ""]
    lines += ["5.How and when we will respond to disclosure, etc.", "", policy.answer.quote, ""]
    lines += ["Contact information for complaints and consultations", "", desk.address, ""]
    lines += ["Inquiries accepted 10:00 a.m. – 7:00 p.m.(except for Sat./Sun./national holidays)", ""]
    return "\n".join([*lines, *(f"  • {row.quote}" for row in policy.dates)])


def test_a_draft_of_the_seed_policys_text_comes_near_what_people_made_of_it(tmp_path: Path) -> None:
    file = tmp_path / "seed.txt"
    file.write_text(seed_text(), encoding="utf-8")
    committed, draft = rows_of(load(SEED)), rows_of(drafted(file, tmp_path))
    same = [key for key, row in committed.items() if _alike(draft.get(key), row)]
    differ = sorted(set(committed) - set(same))
    # measured: 54 of 56; the desk's name without the company's, and one catch-all's associations are people's
    assert len(same) / len(committed) >= 0.95, differ


def _alike(found: dict[str, Any] | None, row: dict[str, Any]) -> bool:
    def unordered(value: Any) -> Any:
        return sorted(map(str, value)) if isinstance(value, tuple | list) else value

    return found is not None and {k: unordered(v) for k, v in found.items()} == {
        k: unordered(v) for k, v in row.items()
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_published_text_is_linted_as_it_stands(name: str, tmp_path: Path) -> None:
    found = linted(str(source(name, tmp_path)))
    missing = {row["where"] for row in found if row["check"] == "missing" and row["severity"] == "error"}
    assert missing == set(EXPECTED[name]["missing"])
    assert {(row["check"], row["clause"]) for row in found} >= {tuple(pair) for pair in EXPECTED[name]["findings"]}
    assert not {row["check"] for row in found} & set(EXPECTED[name]["not_found"])


def linted(source: str, *more: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["policy", "lint", source, "--format", "jsonl", *more])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_oddity_that_people_noted_of_the_seed_policy_is_found() -> None:
    found = linted(SEED)
    assert {row["note"] for row in found if row["note"].startswith("O-")} == {f"O-{n}" for n in range(1, 22)}
    assert all(row["ja"] and row["en"] and row["instead_ja"] and row["instead_en"] for row in found)
    noted = {(words.words, where) for words in load(SEED).vague for where in words.where if words.words != "associated"}
    seen = {row["where"] for row in found if row["check"] == "vague"}
    assert {where for _, where in noted} <= seen


def test_the_gravest_stand_first_and_the_exit_code_says_so_only_where_asked() -> None:
    order = [row["severity"] for row in linted(SEED)]
    assert order == sorted(order, key=["error", "warning", "info"].index)
    assert CliRunner().invoke(main, ["policy", "lint", SEED]).exit_code == 0
    assert CliRunner().invoke(main, ["policy", "lint", SEED, "--fail-on", "error"]).exit_code == 1


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ("2020年4月1日 制定\n2019年4月1日 改定", "date_order"),
        ("制定日：令和2年4月1日\n施行日：平成31年4月1日", "date_order"),
        ("Effective date: April 1, 2024\nLast updated: 15 October 2024", "date_unclear"),
        ("2099年4月1日 施行", "future"),
        ("", "no_date"),
    ],
)
def test_dates_that_are_missing_or_contradict_each_other_are_told(dates: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    body = "1. 利用目的\nお客様の個人情報を、次の目的のために利用します。\n(1) 商品の発送\n(2) お問い合わせへの対応\n"
    file.write_text(body + dates, encoding="utf-8")
    checks = {row["check"] for row in linted(str(file), "--as-of", "2026-11-23")}
    assert checks & {"date_order", "date_unclear", "future", "no_date"} == {told}


@pytest.mark.parametrize(
    ("purpose", "severity"),
    [
        ("当社の事業活動のため", "error"),
        ("お客様へのサービスの向上のため", "error"),
        ("マーケティング活動のため", "error"),
        ("for our business purposes", "error"),
        ("業務上必要なご連絡のため", "warning"),
        ("閲覧履歴に応じた広告の配信のため", "warning"),
        ("閲覧履歴や購買履歴を分析して、趣味・嗜好に応じた広告を配信するため", None),
        ("ご注文の商品の発送のため", None),
        ("平均購入額の集計のため", None),
    ],
)
def test_vague_purposes_are_told_and_clear_ones_are_not(purpose: str, severity: str | None, tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text(f"利用目的\n1. お客様の個人情報\n(1) 商品の発送\n(2) {purpose}\n", encoding="utf-8")
    found = {row["quote"]: row["severity"] for row in linted(str(file)) if row["check"] == "vague"}
    assert found.get(purpose) == severity


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("第{}条 {}", "{}. {}", "({}) {}"),
        ("{}. {}", "({}) {}", "①②③④⑤"),
        ("一二三四五、", "{}. {}", "アイウエオ. "),
        ("■", "({}) {}", "・"),
        ("【】", "①②③④⑤", "- "),
        ("{}. {}", "{}-{}. {}", "abcde) "),
        ("ⅠⅡⅢⅣⅤ. ", "{}. {}", "アイウエオ　"),
        ("Article {} {}", "({}) {}", "i;ii;iii;iv;v. "),
        ("{}. {}", "{}. {}", "  {}. {}"),
        ("## ", "{}. {}", "(アイウエオ) "),
    ],
)
def test_items_numbered_in_any_style_are_nested_alike(first: str, second: str, third: str, tmp_path: Path) -> None:
    def put(style: str, number: int, text: str, above: int) -> str:
        if style == "【】":
            return f"【{text}】"
        if style.count("{}") == 3:
            return style.format(above, number, text)
        if "{}" in style:
            return style.format(number, text)
        if ";" in style:
            return f"{style.rstrip('. ').split(';')[number - 1]}. {text}"
        signs = [sign for sign in style if sign.isalnum() or sign in "①②③④⑤"]
        if len(signs) == 5:
            return style.replace("".join(signs), signs[number - 1]) + text
        return style + text

    lines = [put(first, 1, "個人情報の利用目的", 0)]
    persons = ("お客様の個人情報", "採用応募者の個人情報")
    uses = (("商品の発送", "お問い合わせへの対応"), ("採用選考", "採用選考に関するご連絡"))
    for number, person in enumerate(persons, 1):
        lines.append(put(second, number, person, 1))
        lines += [put(third, n, use, number) for n, use in enumerate(uses[number - 1], 1)]
    lines.append(put(first, 2, "個人情報の第三者提供", 0))
    lines += [put(second, 1, "本人の同意がある場合", 2), put(second, 2, "法令に基づく場合", 2)]
    file = tmp_path / "own.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    policy = drafted(file, tmp_path)
    assert [row.subjects for row in policy.categories] == [("customer",), ("applicant",)], lines
    assert [row.quote for row in policy.purposes] == [use for found in uses for use in found]
    assert [row.law for row in policy.third_parties.grounds] == ["27(1)", "27(1)(i)"]


def test_a_document_that_is_none_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "own.xlsx").write_bytes(b"PK")
    for file in ("own.xlsx", "nothing.html"):
        done = CliRunner().invoke(main, ["policy", "draft", str(tmp_path / file)])
        assert done.exit_code == 2
        assert "Traceback" not in done.output


def test_a_draft_that_people_went_on_with_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "own.yml"
    out.write_text("decided: a lot\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["policy", "draft", str(POLICIES / "affiliate.txt"), "--out", str(out)])
    assert done.exit_code == 2
    assert out.read_text(encoding="utf-8") == "decided: a lot\n"


def test_purposes_in_running_text_and_in_a_table_are_read(tmp_path: Path) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text(
        "■個人情報の利用について\n当社は、お客様からお預かりした個人情報を、商品の発送およびお問い合わせへの回答のために利用します。\n"
        "また、従業員の個人情報は、人事労務管理のために利用します。\n■個人情報の第三者提供\n"
        "法令に基づく場合、またはご本人の同意がある場合を除き、個人情報を第三者に提供いたしません。\n",
        encoding="utf-8",
    )
    policy = drafted(prose, tmp_path)
    assert {row.id: set(row.covers) for row in policy.purposes} == {
        "customer-A": {"shipping", "inquiry"},
        "employee-A": {"staff_management"},
    }
    assert {row.law for row in policy.third_parties.grounds} == {"27(1)", "27(1)(i)"}
    table = tmp_path / "table.html"
    table.write_text(
        "<h2>利用目的</h2><table><tr><th>個人情報の種類</th><th>利用目的</th></tr>"
        "<tr><td>会員の個人情報</td><td>・商品の発送<br>・新商品のお知らせの配信</td></tr>"
        "<tr><td>お取引先様の個人情報</td><td>お支払い</td></tr><tr><td>個人番号</td><td>源泉徴収票の作成</td></tr></table>",
        encoding="utf-8",
    )
    policy = drafted(table, tmp_path)
    assert [(row.id, row.covers) for row in policy.purposes] == [
        ("customer-A", ("shipping",)),
        ("customer-B", ("marketing",)),
        ("partner-A", ("payment",)),
        ("my_number-A", ("statutory_reporting",)),
    ]
    assert ("my_number", "subjects") in {(row.where, row.field) for row in policy.decide}
