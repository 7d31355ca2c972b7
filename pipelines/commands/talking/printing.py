"""Requests on the terminal: Japanese first, what is late in red."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.casebook.rules import routes
from pipelines.disclosure.person import LABELS

if TYPE_CHECKING:
    from expectations.policy import Policy
    from pipelines.casebook.lines import Line
    from pipelines.casebook.telling import Told

_DUE = {
    "stop": "停止", "acknowledge": "受付の連絡", "interim": "中間連絡", "answer": "回答", "resend": "再送",
}  # fmt: skip
_STEPS = {
    "intake": "受付", "search": "検索", "review": "確認", "decide": "判断", "approve": "決裁", "carry_out": "実施",
    "stop": "停止", "answer": "回答", "close": "終了処理", "closed": "完了", "erased": "消去済み",
}  # fmt: skip
_WHY = {
    "unknown_address": "宛先不明 unknown address", "moved": "転居 moved",
    "not_collected": "保管期間の経過 not collected",
    "refused": "受取拒絶 refused", "bounced": "メールの不達 bounced", "other": "そのほか other",
}  # fmt: skip
_STATES = {
    "open": "未了 open", "gone": "消えた gone", "corrected": "直った corrected", "blocked": "制限した blocked",
    "kept": "法令により残す kept by law",
}  # fmt: skip
_WORDS = {"tell_recipient": "提供先 recipient", "tell_trustee": "委託先 trustee"}
_DAYS = {
    "acknowledge_by": "受付の連絡期限",
    "target": "回答期限（目標）",
    "interim_by": "中間連絡の期限",
    "stop_by": "停止の期限",
    "suit_from": "訴えの提起が可能になる日（法39条）",
    "promised": "中間連絡で約束した日",
    "resend_by": "戻ってきた回答の再送期限",
}


def print_case(told: Told, *, whole: bool) -> None:
    """One case: where it stands, what it lacks, its days, the next step; `whole` with its personal data."""
    console = Console(highlight=False)
    for line in _lines(told):
        console.print(line)
    if whole:
        for line in _personal(told):
            console.print(line)
    console.print(Text(f"→ 次: {told.next.ja} · next: {told.next.en}", "bold"))


def print_lines(lines: Iterable[Line], policy: Policy, today: date) -> None:
    """Every request, a line each."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for head in (
        "受付 case",
        "種別 kind",
        "受付日 arrived",
        "段階 step",
        "期限 due",
        "法39条 suit from",
        "完了 closed",
    ):
        table.add_column(head, overflow="fold")
    kinds = {row.id: row.ja for row in policy.request_kinds}
    for one in lines:
        said = "、".join(kinds.get(kind, kind) for kind in one.kinds) or routes()[one.route].ja
        owed = Text(f"{one.due_on} {_DUE[one.due]}" if one.due else "", "bold red" if one.late(today) else "")
        suit = Text("" if one.closed_on else one.suit_from, _red(one.due and one.suit_from, today))
        cells = (one.number, said, one.arrived[:10])
        step = _STEPS[one.step] + ("\n取下げ" if one.withdrawn_on else "")
        table.add_row(
            *map(Text, cells),
            Text(step),
            owed,
            suit,
            Text(one.closed_on),
        )
    Console(highlight=False).print(table)


def _lines(told: Told) -> Iterator[Text]:
    case = told.case
    yield Text(
        f"受付 {case.number}  {'、'.join(one.ja for one in told.kinds)}  段階: {_STEPS[case.progress.step]}", "bold"
    )
    for one in case.related:
        how = "重複（未了）duplicate" if one.how == "duplicate" else "再請求 repeat"
        sure = "" if one.sure else "（氏名のみの一致。別人かもしれません by name alone）"
        yield Text(f"  ! {one.number} と同じ本人の同じ種別: {how}{sure}", "yellow")
    if case.guarded:
        yield Text("  ! 秘匿の指定があります。住所・連絡先を誰にも知らせないでください guarded", "bold red")
    if case.withdrawal:
        yield Text(f"  ! {case.withdrawal.on} に取下げ withdrawn", "bold")
    for came_back in case.progress.undelivered:
        yield Text(f"  ! {came_back.on} に回答が不着: {_WHY[came_back.why]}", "yellow")
    if told.intake.missing:
        yield Text("  不足（一度にまとめて求める）missing:")
        yield from (Text(f"    - {one.ja} · {one.en}") for one in told.intake.missing)
    if told.intake.tasks:
        yield Text("  当社で確認すること to check:")
        yield from (Text(f"    - {one.ja} · {one.en}") for one in told.intake.tasks)
    yield Text(f"  手数料 fee: {_fee(told)}")
    if told.inquiries:
        yield Text("  担当に確かめる保管場所 stores whose owners must say:")
    for ask in told.inquiries:
        asked = f"依頼済み asked {ask.asked_on}" if ask.asked_on else "未依頼 not asked: request inquiry"
        owner = ask.owner or "担当未定 no owner"
        yield Text(f"    - {ask.store}（{owner}）{ask.reason}  期限 {ask.due or '-'}  {asked}", "yellow")
    yield from _changes(told)
    for name, label in _DAYS.items():
        if day := getattr(told.days, name):
            is_due = told.due is not None and told.due.on == day
            yield Text(f"  {label}: {day}", "bold red" if is_due and told.late else "")


def _changes(told: Told) -> Iterator[Text]:
    """What was decided to be corrected or stopped, what became of it, and who must be told."""
    if told.groups:
        yield Text("  訂正・停止の項目 what is corrected or stopped:")
    for one in told.groups:
        until = f"（{one.until} まで until）" if one.until else ""
        said = f"    - {one.name} [{one.id}]  {_STATES[one.state]}{until}"
        yield Text(said, "yellow" if one.state == "open" else "")
    waiting = [one for one in told.words if not one.done]
    if waiting:
        yield Text("  知らせる提供先・委託先 who must be told:")
    for word in waiting:
        to = word.addressee
        yield Text(f"    - {word.to}（{_WORDS[to.what]}・{word.name} [{to.group}]、根拠 by {to.by}）", "yellow")


def _personal(told: Told) -> Iterator[Text]:
    person = told.case.individual
    if person:
        for kind, (ja, en) in LABELS.items():
            value = getattr(person, kind)
            values = value if isinstance(value, tuple) else (value,) if value else ()
            yield from (Text(f"  {ja} {en}: {one}") for one in values)
    if deputy := told.case.deputy:
        yield Text(f"  代理人 deputy: {deputy.name} {deputy.address}".rstrip())
    for attribute, by in told.identity.items():
        yield Text(f"  確認済み verified: {attribute} ({by})", "green")
    for word in told.words:
        if word.to != word.addressee.to:
            yield Text(f"  {word.to} who has got it: {word.addressee.to}")
    search = told.case.progress.search
    for one in search.candidates if search else ():
        if one.secrets:
            where = f"{one.id} {one.store} {one.dataset}: {'、'.join(one.secrets)}"
            yield Text(
                f"  ! 秘密の値らしき項目。`mask` に挙げれば黒塗りになります looks like a secret — {where}", "yellow"
            )
    if told.case.asked.scope:
        yield Text(f"  請求の対象 scope: {told.case.asked.scope}")


def _fee(told: Told) -> str:
    fee = told.fee
    if fee.to_return:
        return f"{fee.to_return:,} 円を返してください to be returned"
    if fee.locked:
        return "不要（法38条により受け取れません）none may be taken"
    return f"{fee.due:,} 円（受領 {fee.held:,} 円）" if fee.due else "不要 none"


def _red(day: str, today: date) -> str:
    return "bold red" if day and day <= today.isoformat() else ""
