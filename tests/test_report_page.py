"""The HTML report, opened in a real browser: complete, bilingual, searchable, offline, safe against hostile names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from classifiers.tags import Evidence
from expectations.observed import ObservedFlows
from expectations.rulings import Ruling, stand
from pipelines.register import Register
from pipelines.reports import ReportError, page, reports, write_all
from pipelines.reports.pagework.payload import embedded
from pipelines.scan import Unread
from tests.browsing import Opened, opened
from tests.filled_register import (
    CARDS,
    CRM,
    CUSTOMERS,
    STAFF,
    VERDICTS,
    check,
    column,
    dataset,
    filled,
    policy,
    rows_of,
    scan,
    scan_jobs,
    store,
    verdict,
)

HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"{{7*7}}${1}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return page.write(filled(folder / "register.sqlite"), policy(), folder, "ja")


@pytest.fixture
def view(browser: Browser, written: Path) -> Iterator[Opened]:
    view = opened(browser, written)
    yield view
    assert view.said == []
    assert view.asked == []
    view.page.context.close()


def held(view: Opened) -> list[str]:
    return view.page.locator(".dataset .title").all_inner_texts()


def findings(view: Opened) -> list[str]:
    return [node.get_attribute("id") or "" for node in view.page.locator(".finding").all()]


def search(view: Opened, field: str, text: str) -> None:
    view.page.fill(f"#{field}", text)
    view.page.locator("[aria-busy]").wait_for(state="detached")


def open_all(view: Opened) -> None:
    """Open everything that can be opened, and what that brings to light."""
    view.page.uncheck("#held-personal")
    for _ in range(3):
        view.page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true })")
        view.page.locator(".dataset[open]:not(:has(> .detail))").first.wait_for(state="detached")


def test_the_summary_counts_what_the_register_holds(view: Opened) -> None:
    cards = dict(
        zip(
            view.page.locator(".card > span > .ja").all_inner_texts(),
            view.page.locator(".card > b").all_inner_texts(),
            strict=True,
        )
    )
    assert cards == {
        "目的外・受託範囲外のおそれ": "3",
        "要確認": "1",
        "読めなかったもの": "2",
        "個人情報を含む表・ファイル": "5",
        "個人の項目に当たる列": "11",
        "本人の区分": "5",
    }


def test_findings_come_first_the_gravest_before_the_others(view: Opened) -> None:
    assert set(findings(view)[:2]) == {"v-cards", "v-number"}
    assert findings(view)[2:] == ["v-survey", "v-out"]


def test_a_finding_says_why_by_which_clause_and_law_and_what_to_do(view: Opened) -> None:
    finding = view.page.locator("#v-cards")
    assert not finding.locator(".detail").is_visible()
    finding.locator("summary").click()
    finding.locator(".detail").wait_for()
    said = finding.locator(".detail").inner_text()
    assert "v-cards の理由" in said
    assert "v-cards の次の一歩" in said
    assert "法18条1項" in said
    clause = finding.locator(".clause").inner_text()
    assert "1.2" in clause
    partner = next(row for row in policy().categories if row.id == "partner")
    assert clause.index(partner.ja) < clause.index(partner.quote), "the reader's words, then the sentence as published"


def test_verdicts_that_need_nothing_are_shown_on_demand(view: Opened) -> None:
    assert "v-fine" not in findings(view)
    view.page.click("[data-verdict=compliant]")
    assert "v-fine" in findings(view)
    view.page.click("[data-verdict=violation]")
    assert "v-cards" not in findings(view)
    assert view.page.locator("[data-verdict=not_applicable]").count() == 0


def test_findings_are_searched(view: Opened) -> None:
    search(view, "finding-search", "名刺メール")
    assert findings(view) == ["v-cards"]
    search(view, "finding-search", "ｍｅｉｓｈｉ　card-mail")
    assert findings(view) == ["v-cards"], "widths and several words"
    search(view, "finding-search", "no such thing")
    assert findings(view) == []
    assert "ありません" in view.page.locator("#finding-list").inner_text()


def test_what_is_held_opens_down_to_the_reason_of_a_column(view: Opened) -> None:
    customers = view.page.locator(f"#{CUSTOMERS.id}")
    customers.locator("> summary").click()
    row = customers.locator("tr", has_text="email")
    row.wait_for()
    assert "メールアドレス" in row.inner_text()
    assert "97%" in row.inner_text()
    assert "48/50" in row.inner_text()
    row.locator(".whybox summary").click()
    assert "宣言されています" in row.locator(".whybox").inner_text()
    memo = customers.locator("tr", has_text="memo").inner_text()
    assert "氏名 7" in memo
    assert "住所 20%" in memo


def test_impersonal_datasets_are_hidden_until_asked_for(view: Opened) -> None:
    assert not [name for name in held(view) if "dtb_product" in name]
    view.page.uncheck("#held-personal")
    assert [name for name in held(view) if "dtb_product" in name]


def test_what_is_held_is_searched_and_filtered(view: Opened) -> None:
    search(view, "held-search", "個人番号")
    assert held(view) == ["hr_master.csv"]
    search(view, "held-search", "")
    view.page.select_option("#held-category", "subcontracted")
    assert held(view) == ["survey.csv"]
    view.page.select_option("#held-category", "")
    view.page.select_option("#held-data", "phone")
    assert len(held(view)) == 2, "the cards, and the customers' memo that mentions phones"


def test_what_is_held_is_sorted(view: Opened) -> None:
    view.page.select_option("#held-sort", "columns")
    names = view.page.locator("[data-store=crm] .dataset .title").all_inner_texts()
    assert "顧客マスタ" in names[0]


def test_a_cell_of_the_matrix_lists_its_datasets(view: Opened) -> None:
    view.page.click(".matrix [data-item=my_number][data-category='applicant_retiree.retiree']")
    assert held(view) == ["hr_master.csv"]


def test_finding_and_dataset_lead_to_each_other(view: Opened) -> None:
    view.page.locator("#v-number > summary").click()
    view.page.locator("#v-number .link").click()
    body = view.page.locator(f"#{STAFF.id} > .detail")
    body.wait_for()
    assert "退職日 <= as_of" in body.inner_text()
    body.locator(".link").click()
    assert findings(view) == ["v-number"]


def test_findings_that_say_the_same_are_one_card(browser: Browser, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "r.sqlite")
    sheet = dataset(
        "crm",
        "健診",
        [column(name, "health_check") for name in ("血圧", "体重", "所見", "血糖")],
        [rows_of("employee")],
    )
    lists = [dataset("crm", f"list{n}", [column("氏名", "name")], [rows_of("customer")]) for n in range(3)]
    other = dataset("files", "list3", [column("氏名", "name")], [rows_of("customer")])
    found = {"crm": (CRM, (sheet, *lists), ()), "files": (store("files"), (other,), ())}
    scan(register, found)
    care = [
        verdict(f"v-{one.column}", "gap", sheet, column=one.column, rule="care", severity="warning")
        for one in sheet.columns
    ]
    undeclared = [
        verdict(f"v-{one.name}", "gap", one, rule="use-declared", severity="info", clause=f"1.{n}")
        for n, one in enumerate((*lists, other), start=1)
    ]
    number = verdict("v-number", "violation", sheet, column="所見", rule="number")
    check(register, [*undeclared, *care, number])
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    assert findings(view) == ["v-number", "v-血圧", "v-list3", "v-list0"], "the gravest first, what is undeclared last"
    assert view.page.locator("#finding-count .ja").inner_text() == "9 件"
    card = view.page.locator("#v-血圧")
    assert "血圧、体重、所見 ほか（4 列）" in card.locator("summary").inner_text()
    card.locator("summary").click()
    card.locator(".detail").wait_for()
    members = card.locator(".member").all_inner_texts()
    assert [text.split("\n") for text in members] == [
        [name, "健康診断等の結果"] for name in ("血圧", "体重", "所見", "血糖")
    ]
    assert "v-血糖 の理由" in card.locator(".why").inner_text()
    lists_card = view.page.locator("#v-list0")
    assert "（3 表・ファイル）" in lists_card.locator("summary").inner_text()
    lists_card.locator("summary").click()
    lists_card.locator(".detail").wait_for()
    assert {"1.1", "1.2", "1.3"} <= set(lists_card.locator("cite").all_inner_texts())
    lists_card.locator(".member .link").nth(1).click()
    assert view.page.locator(f"#{lists[1].id}").get_attribute("open") is not None
    search(view, "finding-search", "list1")
    assert findings(view) == ["v-list1"]
    view.page.goto(view.page.url.partition("#")[0] + "#v-体重")
    view.page.reload()
    assert view.page.locator("#v-血圧 .detail").is_visible(), "an address of any of them opens their card"
    assert view.said == []
    view.page.context.close()


def test_an_unknown_number_of_records_is_not_few(browser: Browser, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "r.sqlite")
    counts: list[tuple[int | None, int]] = [(1001, 1000), (1000, 1000), (None, 1000), (None, 5000), (None, 0), (12, 12)]
    found = [
        dataset("crm", f"t{n}", [column("氏名", "name")], [rows_of("customer")], records=records, rows_read=rows)
        for n, (records, rows) in enumerate(counts)
    ]
    scan(register, {"crm": (CRM, found, ())})
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    flags = view.page.locator(".flags li").all_inner_texts()
    assert any(flag.startswith("2 件：1,000 レコード超") for flag in flags), flags
    assert any(flag.startswith("2 件：1,000人超の可能性（件数不明）") for flag in flags), flags
    assert "件数不明（1,000 件以上）" in view.page.locator(f"#{found[2].id} summary").inner_text()
    assert "以上" not in view.page.locator(f"#{found[4].id} summary").inner_text()
    view.page.select_option("#held-sort", "records")
    assert held(view)[0] == "t3"
    view.page.context.close()


def test_how_far_a_dataset_was_read_and_about_how_many_persons_it_is_of(browser: Browser, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "r.sqlite")
    whole, names = (
        dataset("crm", name, [column("氏名", "name")], [rows_of("customer")], level=level, individuals=individuals)
        for name, level, individuals in (("t0", "full", 1234), ("t1", "metadata", None))
    )
    scan(register, {"crm": (CRM, [whole, names], ())})
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    for one, summary, detail in (
        (whole, "1,200 件・約 1,234 人", ["全件", "1,234", "1,200（保管場所の示す数"]),
        (names, "名称のみ", ["名称のみ"]),
    ):
        node = view.page.locator(f"#{one.id}")
        assert summary in node.locator("> summary").inner_text()
        node.locator("> summary").click()
        told = node.locator(".detail > .pairs").inner_text()
        assert all(word in told for word in detail)
        assert ("本人の数（推定）" in told) is (one.individuals is not None)
    view.page.locator("#language").click()
    assert "about 1,234 individuals" in view.page.locator(f"#{whole.id} > summary").inner_text()
    assert view.said == []
    view.page.context.close()


def test_what_people_ruled_stands_beside_what_the_machine_says(browser: Browser, tmp_path: Path) -> None:
    register = filled(tmp_path / "register.sqlite")
    phone = {
        "about": "column",
        "store": "files",
        "dataset": CARDS.name,
        "column": "電話",
        "saw": "phone",
        "says": "fax",
    }
    ruling = Ruling.model_validate(
        {**phone, "id": "fax", "by": "架空太郎", "on": "2026-11-01", "why": "ファックスの欄", "until": "2027-11-01"}
    )
    register.put_rulings(2, stand([ruling], register.observed(), ObservedFlows(), date(2026, 11, 23)))
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    node = view.page.locator(f"#{CARDS.id}")
    node.locator("> summary").click()
    told = node.locator("> .detail").inner_text()
    for words in ("人の判断", "機械：電話番号", "人：FAX番号", "有効", "ファックスの欄", "2027-11-01"):
        assert words in told, told
    assert "架空太郎" not in view.page.content()
    assert view.said == []
    view.page.context.close()


def test_a_column_of_a_persons_row_is_never_called_impersonal(view: Opened) -> None:
    customers = view.page.locator(f"#{CUSTOMERS.id}")
    customers.locator("> summary").click()
    row = customers.locator("tr", has_text="del_flg")
    row.wait_for()
    assert "個人の項目に当たらない" in row.inner_text()
    assert "個人情報でない" not in customers.inner_text()


def test_what_is_for_information_is_counted_apart(browser: Browser, tmp_path: Path) -> None:
    register = filled(tmp_path / "r.sqlite")
    check(register, [*VERDICTS, verdict("v-quiet", "gap", STAFF, severity="info", rule="use-declared")])
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    card = view.page.locator(".card", has_text="要確認")
    assert (card.locator("b").inner_text(), card.locator("small").inner_text()) == ("2", "うち参考 1 件")
    view.page.context.close()


def test_the_language_is_switched_and_remembered(browser: Browser, written: Path) -> None:
    view = opened(browser, written)
    assert view.page.locator("h1").inner_text() == page.TITLE_JA
    assert view.page.locator("#held-search").get_attribute("placeholder") == "表・列・項目を検索"
    view.page.click("#language")
    assert view.page.locator("h1").inner_text() == page.TITLE_EN
    assert view.page.locator("#held-search").get_attribute("placeholder") == "Search datasets, columns, items"
    assert "may be beyond" in view.page.locator("#v-cards summary").inner_text()
    assert not re.search("[ぁ-ん]", view.page.locator("#summary").inner_text())
    view.page.reload()
    assert view.page.locator("h1").inner_text() == page.TITLE_EN
    assert view.said == []
    view.page.context.close()


def test_uses_stand_under_the_published_sentence_they_name(view: Opened) -> None:
    purpose = view.page.locator(".purpose", has_text="customer-D").first
    purpose.locator("summary").click()
    said = purpose.inner_text()
    assert policy().purpose("customer-D").quote in said
    assert "newsletter" in said
    assert "適合" in said
    assert "card-mail" in view.page.locator(".purpose.nameless").inner_text()
    assert view.page.locator(".flow .ribbon").count() >= 4


def test_what_was_not_read_says_why(view: Opened) -> None:
    said = view.page.locator("#unread").inner_text()
    assert "old.xlsx" in said
    assert "パスワード" in said
    assert "91-120" in said


def test_it_is_used_by_keyboard_alone(view: Opened) -> None:
    view.page.locator("#v-cards > summary").focus()
    view.page.keyboard.press("Enter")
    view.page.locator("#v-cards .detail").wait_for()
    chip = view.page.locator("[data-verdict=compliant]")
    chip.focus()
    view.page.keyboard.press("Space")
    assert chip.get_attribute("aria-pressed") == "true"
    unnamed = "button, input, select, summary, a"
    names = view.page.eval_on_selector_all(
        unnamed, "nodes => nodes.map(n => n.innerText || n.labels?.[0]?.innerText || n.ariaLabel || n.textContent)"
    )
    assert all(name.strip() for name in names)


def test_nothing_sticks_out_on_a_phone(browser: Browser, written: Path) -> None:
    view = opened(browser, written, width=400)
    open_all(view)
    assert view.page.locator(f"#{CUSTOMERS.id} .detail").is_visible()
    assert view.page.evaluate("document.documentElement.scrollWidth") <= 400
    view.page.context.close()


def test_on_paper_the_findings_are_open(view: Opened) -> None:
    view.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    view.page.emulate_media(media="print")
    assert view.page.locator("#v-cards .detail").is_visible()
    assert not view.page.locator("#language").is_visible()


def test_the_file_names_no_other(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["'](?!#|data:,)""", text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert "default-src 'none'" in text


def test_hostile_names_stay_text(browser: Browser, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "r.sqlite")
    found = dataset(
        "crm",
        HOSTILE,
        [column(HOSTILE, "name"), column("__proto__", "email"), column("constructor", "phone")],
        [rows_of("customer", row_filter=HOSTILE)],
        label=HOSTILE,
    )
    shop = store("crm", label=HOSTILE, owner=HOSTILE)
    scan(register, {"crm": (shop, (found,), ())})
    reason = ({"code": "purpose_fits", "ja": HOSTILE, "en": HOSTILE},)
    hostile = [
        verdict("v-1", "violation", found, column=HOSTILE, row_filter=HOSTILE, evidence=reason, clause="__proto__"),
        verdict("v-2", "gap", found, use="__proto__", purpose="constructor", subject_category="toString"),
    ]
    check(register, hostile)
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    open_all(view)
    view.page.locator(f"#{found.id} .detail").wait_for()
    assert view.page.locator("#v-1 .reason").inner_text() == HOSTILE
    assert view.page.title().startswith(page.TITLE_JA)
    assert view.page.locator("img").count() == 0
    assert view.page.locator("script").count() == 2
    assert view.said == []
    assert view.asked == []
    view.page.context.close()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_embedded_data_ends_no_script_and_reads_back(data: object) -> None:
    text = embedded({"data": data})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"data": data}


def test_an_empty_register_makes_a_page_that_says_so(browser: Browser, tmp_path: Path) -> None:
    view = opened(browser, page.write(Register.open(tmp_path / "r.sqlite"), policy(), tmp_path, "ja"))
    assert "daicho scan" in view.page.locator("#summary").inner_text()
    assert "指摘はありません" in view.page.locator("#findings").inner_text()
    assert view.said == []
    view.page.context.close()


def test_a_register_of_another_version_is_still_shown(browser: Browser, tmp_path: Path) -> None:
    register = Register.open(tmp_path / "r.sqlite")
    old = Evidence("wording_of_old", says="name", weight=1, words={"word": "氏名"})
    found = dataset("crm", "t", [column("c", "name", evidence=(old,))], [rows_of("customer")])
    scan(register, {"crm": (CRM, (found,), ())})
    register.recategorise(lambda subject, custody, nature: "category_of_old")
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    view.page.locator(f"#{found.id} > summary").click()
    view.page.locator(f"#{found.id} .detail").wait_for()
    said = view.page.locator(f"#{found.id}").text_content() or ""
    assert "category_of_old" in said
    assert "wording_of_old (氏名)" in said
    assert view.said == []
    view.page.context.close()


def test_a_register_of_twenty_thousand_columns_opens_and_is_searched(browser: Browser, tmp_path: Path) -> None:
    register = Register.open("sqlite://")
    stores = {
        f"s{s}": (
            store(f"s{s}"),
            [
                dataset(
                    f"s{s}", f"t{s}_{n}", [column(f"c{s}_{n}_{k}", "name") for k in range(20)], [rows_of("customer")]
                )
                for n in range(250)
            ],
            (),
        )
        for s in range(4)
    }
    scan(register, stores)
    file = page.write(register, policy(), tmp_path, "ja")
    assert file.stat().st_size < 12_000_000
    view = opened(browser, file)
    assert view.page.locator("*").count() < 6_000, "what nobody has opened is not built"
    search(view, "held-search", "c3_249_19")
    assert held(view) == ["t3_249"]
    assert view.said == []
    view.page.context.close()


def test_what_a_check_found_anew_is_marked(browser: Browser, tmp_path: Path) -> None:
    register = filled(tmp_path / "r.sqlite")
    check(register, [*VERDICTS, verdict("v-fresh", "gap", STAFF)])
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    assert view.page.locator(".finding:has(.new)").evaluate_all("nodes => nodes.map(n => n.id)") == ["v-fresh"]
    view.page.context.close()


def test_every_report_has_its_full_surface_and_is_written(tmp_path: Path) -> None:
    for report in reports():
        assert report.TITLE_JA
        assert report.TITLE_EN
        assert Path(report.NAME).name == report.NAME
    written = write_all(filled(tmp_path / "r.sqlite"), policy(), tmp_path / "out" / "deeper")
    assert [path.name for path in written] == [report.NAME for report in reports()]
    assert {path.name for path in written} >= {"report.html", "ledger.xlsx"}
    assert {path.name for path in (tmp_path / "out" / "deeper").iterdir()} == {path.name for path in written}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReportError, match="file"):
        write_all(Register.open("sqlite://"), policy(), tmp_path / "file" / "out")


def test_what_could_not_be_read_this_time_is_shown_as_it_was_known(browser: Browser, tmp_path: Path) -> None:
    register = filled(tmp_path / "r.sqlite")
    scan(register, {"crm": (CRM, (), (Unread("crm", "", "unreachable"),))})
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    assert "今回は読めず" in view.page.locator(f"#{CUSTOMERS.id} .tags").inner_text()
    assert "今回は読めず" not in view.page.locator(f"#{STAFF.id} .tags").inner_text()
    assert "データストア全体" in view.page.locator("#unread").inner_text()
    view.page.context.close()


def test_a_dataset_shows_what_sql_does_with_it(browser: Browser, tmp_path: Path) -> None:
    register = filled(tmp_path / "register.sqlite")
    lines = "\n".join("INSERT INTO dm_list SELECT email FROM dtb_customer;" for _ in range(5))
    scan_jobs(register, f"-- メルマガ配信\n{lines}\nCOPY dtb_customer TO '/srv/羽鳥.csv'", "<b>送付</b>.sql")
    view = opened(browser, page.write(register, policy(), tmp_path, "ja"))
    customers = view.page.locator(f"#{CUSTOMERS.id}")
    customers.locator("> summary").click()
    shown = customers.locator("li", has_text="夜間バッチ").all_inner_texts()
    assert len(shown) == 2
    written = next(text for text in shown if "dm_list" in text)
    assert "→ dm_list" in written
    assert "商品・サービスの案内" in written
    assert "夜間バッチ › <b>送付</b>.sql 2行目" in written
    assert "ほか2か所" in written
    exported = next(text for text in shown if "dm_list" not in text)
    assert "ファイルへ" in exported
    assert not [name for name in held(view) if "送付" in name], "a script holds nobody's data"
    assert not view.said and not view.asked
