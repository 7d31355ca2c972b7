"""A correction or a stop ends row group by row group, when everybody who has got the data was told."""

from __future__ import annotations

import json
from pathlib import Path

from tests.office_with_rows import CABINET, MEMBERS, NEWS, ORDERS, PERSON, Office

KEPT = {
    "kind": "stop_use", "outcome": "other_measure", "ground": "35(6)", "groups": [ORDERS], "until": "2031-03-31",
    "what": "注文の記録", "reason": "法令により2031年3月まで保存義務があるため、満了後に消去いたします。",
}  # fmt: skip
WRONG, RIGHT = PERSON["電話番号"], "090-1749-2064"


def states(office: Office, number: str) -> dict[str, str]:
    return {one["id"]: one["state"] for one in office.shown(number)["groups"]}


def answered(office: Office, number: str) -> None:
    """The answer went and the papers went back."""
    office.do("request", "answer", number, "--how", "registered_mail")
    office.do("request", "verify", number, given={"papers_settled_on": "2026-11-28"})


def test_every_row_group_is_seen_gone_or_blocked_or_is_kept_by_law(office: Office) -> None:
    number = office.reviewed("stop_use", cabinet="申込書の綴り")
    office.do("request", "stop", number)
    office.decide(number, KEPT, {"kind": "stop_use", "outcome": "comply"})
    assert states(office, number) == {ORDERS: "kept", MEMBERS: "open", NEWS: "open", CABINET: "open"}
    for groups, said in (([], "groups"), (["crm/staff"], "確認した項目ではありません")):
        nowhere = {"id": "m0", "what": "block", "to": "営業部", "groups": groups, "instructed_on": "2026-11-24"}
        assert said in office.refused("request", "measure", number, given=nowhere)
    office.measure(number, "m1", "erase", "営業部", MEMBERS)
    office.measure(number, "m2", "block", "営業部", NEWS)
    office.measure(number, "m3", "erase", "総務部", CABINET)
    office.letter(number)
    answered(office, number)
    office.measure(number, "t1", "tell_recipient", "株式会社架空広告社")
    assert "架空保管社（申込書の書庫）" in office.refused("request", "close", number), "it has got what the owner found"
    office.measure(number, "t2", "tell_recipient", "株式会社架空保管社", CABINET)
    assert "再検索がありません" in office.refused("request", "close", number)
    office.search(number)
    assert states(office, number) == {ORDERS: "kept", MEMBERS: "open", NEWS: "blocked", CABINET: "gone"}
    left = office.refused("request", "close", number)
    assert "会員システム・会員" in left
    assert "news" not in left, "one block closes no other row group"
    office.sql("DELETE FROM members WHERE id = 7")
    office.search(number, cabinet="申込書の綴り（まだある）")
    assert "申込書の書庫" in office.refused("request", "close", number)
    office.search(number)
    office.do("request", "close", number)
    assert office.shown(number)["step"] == "closed"


def test_what_is_kept_names_its_rows_and_is_not_complied_with(office: Office) -> None:
    number = office.reviewed("stop_use", "disclosure")
    shown = {"kind": "disclosure", "outcome": "partly", "ground": "33(2)(i)", "reason": "一部"}
    rest = {"kind": "stop_use", "outcome": "comply"}
    for wrong, said in (
        ([{**KEPT, "groups": []}, rest], "until"),
        ([{**KEPT, "outcome": "comply"}, rest], "until"),
        ([{**KEPT, "groups": ["crm/staff"]}, rest], "本人の行と確認した項目ではありません"),
        ([KEPT, {**rest, "groups": [ORDERS]}], "二つの判断"),
        ([rest, {**shown, "groups": [ORDERS]}], "訂正・停止の判断だけ"),
    ):
        refused = office.refused("request", "decide", number, given={"items": [shown, *wrong][-3:]})
        assert said in refused, refused


def test_a_decision_by_row_groups_names_them_all(office: Office) -> None:
    number = office.reviewed("stop_use")
    named = {"kind": "stop_use", "outcome": "comply", "groups": [MEMBERS]}
    refused = office.refused("request", "decide", number, given={"items": [named]})
    assert "判断のない種別または項目" in refused
    assert all(group in refused for group in ("news", "orders"))
    assert "会員システム・会員" not in refused
    office.do("request", "stop", number)
    office.decide(number, named | {"groups": [MEMBERS, NEWS]}, KEPT)
    office.measure(number, "m1", "erase", "営業部", MEMBERS)
    office.measure(number, "m2", "erase", "営業部", NEWS)
    office.letter(number)
    answered(office, number)
    office.measure(number, "t1", "tell_recipient", "株式会社架空広告社")
    office.sql("DELETE FROM news WHERE id = 700")
    office.sql("DELETE FROM members WHERE id = 7")
    office.search(number, cabinet="申込書の綴り")
    assert states(office, number) == {ORDERS: "kept", MEMBERS: "gone", NEWS: "gone", CABINET: "open"}
    assert "申込書の書庫" in office.refused("request", "close", number), "nobody knew of it when it was decided"
    office.measure(number, "m3", "block", "総務部", CABINET)
    office.search(number, cabinet="申込書の綴り")
    assert "架空保管社" in office.refused("request", "close", number)
    office.measure(number, "t2", "tell_recipient", "株式会社架空保管社")
    office.do("request", "close", number)


def test_a_correction_by_row_groups_names_those_that_say_what_is_wrong(office: Office) -> None:
    asked = {"corrections": [{"item": "電話番号", "held": WRONG, "right": RIGHT}]}
    number = office.reviewed("correction", asked=asked)
    named = {"kind": "correction", "outcome": "comply", "groups": [NEWS]}
    refused = office.refused("request", "decide", number, given={"items": [named]})
    assert "会員システム・会員" in refused
    assert "orders" not in refused
    office.decide(number, named | {"groups": [MEMBERS]})


def test_a_correction_is_seen_in_the_rows(office: Office) -> None:
    asked = {"corrections": [{"item": "電話番号", "held": "09017492063", "right": RIGHT}]}
    number = office.reviewed("correction", asked=asked)
    office.decide(number, {"kind": "correction", "outcome": "comply"})
    assert states(office, number) == {MEMBERS: "open"}, "where else does it say what is wrong?"
    office.sql(f"UPDATE members SET tel = '{RIGHT}' WHERE id = 7")
    office.measure(number, "m1", "correct", "営業部", MEMBERS)
    office.letter(number)
    answered(office, number)
    office.measure(number, "t1", "tell_recipient", "株式会社架空広告社")
    for tel, point, left in ((WRONG, 3, True), (WRONG, 4, True), (RIGHT, 4, False)):
        office.sql(f"UPDATE members SET tel = '{tel}', point = {point} WHERE id = 7")
        office.search(number)
        assert states(office, number) == {MEMBERS: "open" if left else "corrected"}
        if left:
            assert "会員システム・会員" in office.refused("request", "close", number)
    office.do("request", "close", number)


def corrected(office: Office, cabinet: str = "") -> str:
    """A correction of a telephone that is done and answered, and the recipient told."""
    asked = {"corrections": [{"item": "電話番号", "held": WRONG, "right": RIGHT}]}
    number = office.reviewed("correction", asked=asked, cabinet=cabinet)
    office.decide(number, {"kind": "correction", "outcome": "comply"})
    office.sql(f"UPDATE members SET tel = '{RIGHT}' WHERE id = 7")
    office.measure(number, "m1", "correct", "営業部", MEMBERS)
    if cabinet:
        office.measure(number, "m2", "correct", "総務部", CABINET)
        office.measure(number, "t2", "tell_recipient", "株式会社架空保管社")
    office.letter(number)
    answered(office, number)
    office.measure(number, "t1", "tell_recipient", "株式会社架空広告社")
    return number


def test_a_correction_is_not_closed_while_a_new_search_finds_what_is_wrong_elsewhere(office: Office) -> None:
    number = corrected(office)
    office.sql(f"INSERT INTO orders VALUES (71, 7, '折返しは {WRONG}')")
    office.search(number)
    assert states(office, number) == {MEMBERS: "corrected", ORDERS: "open"}
    assert "orders" in office.refused("request", "close", number)
    office.sql("DELETE FROM orders WHERE id = 71")
    office.search(number)
    office.do("request", "close", number)


def test_a_row_that_was_right_all_along_keeps_no_correction_open(office: Office) -> None:
    office.sql("INSERT INTO members SELECT 9, name, kana, birth, address, '', mail, 5 FROM members WHERE id = 7")
    number = corrected(office)
    office.search(number)
    assert states(office, number) == {MEMBERS: "corrected"}
    office.do("request", "close", number)


def test_what_an_owner_answered_is_corrected_like_what_a_search_found(office: Office) -> None:
    number = corrected(office, cabinet="申込書の綴り")
    for held, left in (("申込書の綴り", True), ("申込書の綴り（訂正済み）", False)):
        office.search(number, cabinet=held)
        assert states(office, number) == {MEMBERS: "corrected", CABINET: "open" if left else "corrected"}
        if left:
            assert "申込書の書庫" in office.refused("request", "close", number)
    office.do("request", "close", number)


def test_who_has_got_the_data_is_derived_and_told_or_left_out_with_a_reason(office: Office) -> None:
    office.do("provision", "add", given={
        "side": "given", "ground": "consent", "party": {"name": "架空名簿株式会社"}, "individual": PERSON,
        "items": ["氏名", "住所"], "consent": "会員規約", "made_on": "2026-04-02",
    })  # fmt: skip
    office.do("provision", "add", given={
        "side": "received", "ground": "consent", "party": {"name": "入手元株式会社"}, "individual": PERSON,
        "items": ["氏名"], "consent": "規約", "obtained": "購入", "made_on": "2026-04-02",
    })  # fmt: skip
    number = office.reviewed("stop_use")
    office.do("request", "stop", number)
    office.decide(number, {"kind": "stop_use", "outcome": "comply"})
    for id, group in (("m1", MEMBERS), ("m2", NEWS), ("m3", ORDERS)):
        office.measure(number, id, "erase", "営業部", group)
    office.letter(number)
    answered(office, number)
    told = {(one["what"], one["to"], one["by"]) for one in office.shown(number)["to_tell"]}
    assert told == {
        ("tell_recipient", "株式会社架空広告社", "P-1"),
        ("tell_trustee", "株式会社架空運輸", "U-1"),
        ("tell_recipient", "第三者提供記録 P2026-000001 の提供先", "P2026-000001"),
    }
    refused = office.refused("request", "close", number)
    assert all(name in refused for _, name, _ in told)
    assert not any(value in refused for value in (*PERSON.values(), "架空名簿株式会社")), "it may be a person"
    office.measure(number, "t1", "tell_recipient", "株式会社 架空広告社")
    office.measure(number, "t2", "tell_trustee", "株式会社架空運輸", MEMBERS)
    office.measure(number, "t3", "tell_recipient", "架空名簿株式会社", untold="解散しており、連絡先がない")
    office.measure(number, "t4", "tell_recipient", "株式会社ほか", instructed_on="2026-11-24")
    assert "t4" in office.refused("request", "close", number), "whom the responder added is waited for, too"
    office.measure(number, "t4", "tell_recipient", "株式会社ほか")
    refused = office.refused("request", "close", number)
    assert "架空運輸" in refused, "it was told of another row group"
    assert "広告社" not in refused
    office.measure(number, "t2", "tell_trustee", "株式会社架空運輸", ORDERS)
    office.sql("DELETE FROM orders WHERE id = 70")
    office.sql("DELETE FROM news WHERE id = 700")
    office.sql("DELETE FROM members WHERE id = 7")
    office.search(number)
    office.do("request", "close", number)
    office.whole()


def test_a_stop_of_provision_tells_third_parties_and_leaves_the_rows(office: Office) -> None:
    number = office.reviewed("stop_provision")
    office.do("request", "stop", number)
    office.decide(number, {"kind": "stop_provision", "outcome": "comply"})
    answered(office, number)
    refused = office.refused("request", "close", number)
    assert "架空広告社" in refused
    assert "架空運輸" not in refused, "a trustee is no third party"
    office.measure(number, "t1", "tell_recipient", "株式会社架空広告社")
    office.do("request", "close", number)


def test_nothing_of_it_stands_in_clear(office: Office, tmp_path: Path) -> None:
    number = office.reviewed("stop_use")
    office.decide(number, {"kind": "stop_use", "outcome": "comply"})
    office.measure(number, "t1", "tell_recipient", "株式会社架空広告社", untold="鶴亀さんの希望による")
    office.whole()
    written = [path for path in office.folder.rglob("*") if path.is_file() and path != office.database]
    for value in (*PERSON.values(), "架空広告社", "希望による"):
        spelt = (value.encode(), json.dumps(value)[1:-1].encode())
        assert not [path for path in written if "declared" not in path.parts and any(
            one in path.read_bytes() for one in spelt
        )]  # fmt: skip
