"""What is decided and carried out of a request at the desk: corrections, erasures, what a law keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date

import lxml.html
import pytest

from pipelines.casebook import gates
from pipelines.casebook.hands import Hand
from pipelines.casebook.progress import Decision
from pipelines.desk import typed
from tests.desk_cases import CUSTOMERS, NO_FEE, changing, instruct, taken_in, with_cases
from tests.desk_of import Opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with with_cases(tmp_path_factory.mktemp("desk")) as found:
        yield found


def as_filled_in(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of a page's form for a decision, nothing typed into it."""
    (form,) = [one for one in lxml.html.fromstring(page).forms if "wide" in one.get("class", "")]
    found: dict[str, str | list[str]] = {}
    for name, value in form.form_values():
        found[name] = [*found.get(name, []), value]
    return {name: values for name, values in found.items() if name != "csrf"}


def test_a_correction_is_carried_out_and_the_letter_says_when(desk: Opened) -> None:
    request = changing(
        desk, "correction", **{"correction.0.item": "住所", "correction.0.held": "1-2-3", "correction.0.right": "4-5-6"}
    )
    assert "指示がありません" in request.refused("measures", {"done": "1"})
    told = {"what": "correct", "to": "営業部", "instructed_on": "2026-11-24"}
    assert CUSTOMERS in request.refused("measures", told)
    request.done("measures", told | {"groups": CUSTOMERS})
    assert "報告" in request.refused("measures", {"done": "1"})
    assert "報告を記録する" in request.page("measures")
    acknowledged = {"id": request.case.progress.measures[0].id, "acknowledged_on": "2026-11-26"}
    request.done("measures", told | {"groups": CUSTOMERS} | acknowledged)
    request.done("measures", {"done": "1"})
    assert request.step == "answer"
    assert "回答書を作り直す" in request.page()
    request.lettered()
    assert "2026年11月26日" in request.page("letter")
    request.approved()
    assert request.step == "answer", "it is not to be carried out again"


def test_an_erasure_ends_when_a_new_search_finds_nothing_and_every_owner_has_answered(desk: Opened) -> None:
    request = changing(desk, "stop_use", **{"asked.ground": "35(5)", "asked.facts": "退会した"})
    instruct(request, "erase")
    assert "停止リスト" in request.refused("measures", {"done": "1"})
    instruct(request, "stop_list", "個人情報相談窓口", "")
    request.done("measures", {"done": "1"})
    request.answered()
    request.done("papers", {"papers_settled_on": "2026-11-29"})
    assert "再検索" in request.refused("close")

    request.searched()
    page = request.page()
    assert "本人の行がまだ 1 件あります" in page
    assert "架空" not in page
    place = desk.folder / "live.sqlite"
    with sqlite3.connect(place) as connection:
        kept = connection.execute("SELECT * FROM kyaku WHERE id = 1").fetchone()
        connection.execute("DELETE FROM kyaku WHERE id = 1")
    try:
        request.searched()
    finally:
        with connection:
            connection.execute("INSERT INTO kyaku VALUES (?, ?, ?, ?, ?, ?, ?)", kept)
        connection.close()
    assert "本人の行はもうありません" in request.page()
    store = request.case.progress.recheck.open[0].store  # type: ignore[union-attr]
    assert store in request.refused("close")
    assert "何があるかを書くか" in request.refused("owners", {"store": store})
    request.nothing_elsewhere()
    request.done("close")
    assert request.step == "closed"
    assert "終わった案件" in request.refused("take")


def test_a_case_is_closed_when_papers_and_fee_are_settled(desk: Opened) -> None:
    request = taken_in(desk, {"payment.amount": "2000"})
    request.up_to_the_letter()
    request.approved()
    request.answered()
    assert "papers" in request.refused("close")
    assert "1,000 円を返します" in request.page()
    request.done("papers", {
        "papers_settled_on": "2026-11-29", "payment.amount": "1000", "payment.paid_by": "stamps",
        "payment.on": "2026-11-29", "payment.returned": "1",
    })  # fmt: skip
    request.done("close")
    assert request.step == "closed"
    assert request.number not in request.browser.get("/requests").text
    assert request.number in request.browser.get("/requests?show=all").text


def test_what_a_law_keeps_is_decided_by_its_row_group_and_until_when(desk: Opened) -> None:
    request = taken_in(desk, {**NO_FEE, "kinds": "stop_use", "asked.ground": "35(5)", "asked.facts": "退会した"})
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    assert '<input type="checkbox" name="item.0.groups" value="live/kyaku"> 顧客' in request.page("decision")
    kept = {
        "item.0.kind": "stop_use", "item.0.outcome": "other_measure", "item.0.ground": "35(6)",
        "item.0.reason": "法令により保存するため", "item.0.until": "2031-03-31",
    }  # fmt: skip
    assert "どの項目か" in request.refused("decision", kept)
    assert 'value="2031-03-31"' in request.does("decision", kept).text
    named = kept | {"item.0.groups": CUSTOMERS}
    complied = named | {"item.0.outcome": "comply"}
    assert "応じる（comply）以外" in request.refused("decision", complied)
    assert 'value="live/kyaku" checked' in request.does("decision", complied).text
    request.done("decision", named)
    (item,) = request.case.progress.decision.items  # type: ignore[union-attr]
    assert (item.groups, item.until) == ((CUSTOMERS,), date(2031, 3, 31))
    page = request.page("decision")
    assert 'value="live/kyaku" checked' in page
    assert 'value="2031-03-31"' in page


def test_a_disclosure_is_decided_without_row_groups(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    assert "groups" not in request.page("decision")
    fields = {"item.0.kind": "disclosure", "item.0.outcome": "comply", "item.0.groups": CUSTOMERS}
    assert "訂正・停止の判断だけ" in request.refused("decision", fields)


def test_a_decision_that_is_recorded_again_as_the_form_shows_it_is_the_same(desk: Opened) -> None:
    about = {"asked.ground": "35(5)", "asked.facts": "退会した", "asked.scope": "全部"}
    request = taken_in(desk, {"kinds": ["disclosure", "stop_use"], **about})
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    stop = {"item.1.kind": "stop_use", "item.1.outcome": "comply", "item.3.kind": "stop_use"}
    kept = {"outcome": "other_measure", "ground": "35(6)", "reason": "法令により保存", "until": "2031-03-31"}
    kept |= {"groups": CUSTOMERS, "what": "注文の記録"}
    stop |= {f"item.3.{name}": value for name, value in kept.items()}
    request.done("decision", {"item.0.kind": "disclosure", "item.0.outcome": "comply", **stop})
    once = request.case.progress.decision
    assert once
    assert [one.kind for one in once.items] == ["disclosure", "stop_use", "stop_use"]
    request.done("decision", as_filled_in(request.page("decision")))
    assert request.case.progress.decision == once


def test_no_part_that_came_by_the_command_line_is_lost_by_deciding_again_at_the_desk(desk: Opened) -> None:
    request = taken_in(desk)
    request.searched()
    request.nothing_elsewhere()
    request.reviewed()
    parts = [{"kind": "disclosure", "outcome": "comply", "what": f"{number}月分"} for number in range(1, 6)]
    decision = typed.read({"items": parts}, Decision)
    book, hand = desk.desk.casebook, Hand("tanto", "responder")
    assert book
    book.change(
        request.number, hand, "decided",
        lambda case: case.model_copy(update={"progress": gates.decided(case.progress, hand, decision)}),
    )  # fmt: skip
    request.done("decision", as_filled_in(request.page("decision")))
    assert [one.what for one in request.case.progress.decision.items] == [part["what"] for part in parts]  # type: ignore[union-attr]
