"""What `daicho policy` says in the terminal, Japanese first, English beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from classifiers.vocabulary import uses
from expectations.linting import Finding
from expectations.rewording import Reworded
from pipelines.policy.rejudging import Flip

_SEVERITIES = {
    "error": ("要修正", "to mend", "bold red"),
    "warning": ("要確認", "to check", "yellow"),
    "info": ("参考", "to know", "dim"),
}


def print_findings(found: Iterable[Finding]) -> None:
    """A block a finding: what, where, the sentence, and what to write instead; the counts last."""
    console = Console(soft_wrap=True, highlight=False)
    counts: Counter[str] = Counter()
    for one in found:
        ja, en, style = _SEVERITIES[one.severity]
        counts[one.severity] += 1
        place = " ".join(
            filter(None, (one.where, f"（{one.clause}）" if one.clause else "", f"法{one.law}" if one.law else ""))
        )
        console.print(Text(f"\n{ja} {en}  {place}", style=style))
        if one.quote:
            console.print(Text(f"  「{one.quote}」"))
        console.print(Text(f"  {one.ja}"))
        console.print(Text(f"  {one.en}", style="dim"))
        if one.instead_ja:
            console.print(Text(f"  → {one.instead_ja}", style="green"))
            console.print(Text(f"    {one.instead_en}", style="dim"))
    totals = [f"{_SEVERITIES[severity][0]} {_SEVERITIES[severity][1]} {counts[severity]}" for severity in _SEVERITIES]
    console.print("\n" + "、".join(totals))


_KINDS = {
    "added": ("追加", "added", "green"),
    "removed": ("削除", "removed", "red"),
    "reworded": ("文言の変更", "reworded", "yellow"),
    "reread": ("読み方の変更", "read otherwise", "yellow"),
    "moved": ("番号だけの変更", "renumbered", "dim"),
}


def print_changes(rows: Iterable[Reworded], undecided: int) -> None:
    """A block a row that differs, with the uses that come or go, and what art 17(2) asks of new ones."""
    console = Console(soft_wrap=True, highlight=False)
    counts: Counter[str] = Counter()
    gained = False
    for one in rows:
        ja, en, style = _KINDS[one.kind]
        counts[one.kind] += 1
        ids = " → ".join(dict.fromkeys(filter(None, (one.old, one.new))))
        console.print(Text(f"\n{ja} {en}  {ids}  {', '.join(one.fields)}".rstrip(), style=style))
        if one.kind != "moved":
            for sign, quote in (("-", one.old_quote), ("+", one.new_quote)):
                if quote and (sign == "-" or one.kind != "reread"):
                    console.print(Text(f"  {sign} {quote}"))
        for words, found in (("増える利用 uses gained", one.gained), ("なくなる利用 uses lost", one.lost)):
            if found:
                console.print(Text(f"  {words}: {'、'.join(f'{uses()[use].ja} {use}' for use in found)}"))
        gained = gained or bool(one.gained)
    totals = [f"{ja} {en} {counts[kind]}" for kind, (ja, en, _) in _KINDS.items() if counts[kind]]
    console.print("\n" + ("、".join(totals) or "違いはありません · no difference"))
    if gained:
        console.print(
            "増える利用：変更前の利用目的と関連性を有すると合理的に認められる範囲か（法17条2項）を人が確かめ、変更後の目的を通知または公表します"
            "（法21条3項）。範囲を超えるなら、変更前に取得した情報には本人の同意が要ります（法18条1項）。"
        )
        console.print(
            Text(
                "Uses gained: decide whether they lie within what a person could expect of the old purposes"
                " (art 17(2)), and notify or publish them (art 21(3)); beyond that, data acquired before needs"
                " consent (art 18(1)).",
                style="dim",
            )
        )
    if undecided:
        console.print(
            Text(
                f"新しい文面に人が決めることが {undecided} 件あります · {undecided} to decide in the new wording",
                style="yellow",
            )
        )


def print_flips(found: Iterable[Flip]) -> None:
    """A line a verdict that would change, and the counts."""
    from expectations.check import LABELS

    console = Console(soft_wrap=True, highlight=False)
    counts: Counter[str] = Counter()
    console.print(
        Text("\n判定の変化（台帳には書きません） · verdicts that would change; nothing is written", style="bold")
    )
    for one in found:
        before, after = (f"{LABELS[verdict][0]} {LABELS[verdict][1]}" if verdict else "指摘なし nothing amiss"
                         for verdict in (one.before, one.after))  # fmt: skip
        counts[f"{before} → {after}"] += 1
        what = " ".join(filter(None, (one.use, one.store, one.dataset, one.row_filter)))
        console.print(Text(f"  {what}"))
        console.print(Text(f"    {before} → {after}  {one.old_purpose} → {one.new_purpose}".rstrip(" →")))
        console.print(Text(f"    {one.ja}", style="dim"))
    for words, count in counts.most_common():
        console.print(Text(f"{count:>4}  {words}"))
    if not counts:
        console.print("変わる判定はありません · no verdict would change")
