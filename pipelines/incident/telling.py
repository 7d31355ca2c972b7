"""A breach in words: the draft of a report to the Commission, with what is open and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from expectations.wording import Says
from pipelines.incident.grounds import Ask
from pipelines.reports.words import vocabulary, worded, words

if TYPE_CHECKING:
    from pipelines.incident import Entruster, Incident
    from pipelines.incident.deadlines import Due
    from pipelines.reports import Language

Form = Literal["title", "head", "line", "open"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the draft; `open` is something that somebody has to find out."""

    form: Form
    text: str


GROUNDS: Mapping[int, Says] = {
    1: Says("①要配慮個人情報", "(i) special care-required personal information"),
    2: Says("②財産的被害のおそれ", "(ii) property may be lost by misuse"),
    3: Says("③不正の目的のおそれ", "(iii) an act that may have a wrongful end"),
    4: Says("④本人が1,000人を超える", "(iv) more than 1,000 persons"),
}
STATES: Mapping[str, Says] = {
    "applies": Says("該当の見込み", "probably applies"),
    "open": Says("未確認", "open"),
    "not": Says("該当しない見込み", "probably does not apply"),
    "encrypted": Says("暗号化により対象外の見込み", "probably left out, being encrypted"),
}
_OF_US = Says("事案の対応チーム", "the incident team")
_WEEKDAYS = Says("月火水木金土日", "Mon Tue Wed Thu Fri Sat Sun")


def told(incident: Incident, language: Language) -> Iterator[Line]:
    """The whole draft."""
    yield from _Telling(incident, language).lines()


class _Telling:
    def __init__(self, incident: Incident, language: Language) -> None:
        self._incident = incident
        self._ja = language == "ja"
        self._language = language
        self._owners = {store.id: store.owner for store in incident.stores}

    def lines(self) -> Iterator[Line]:
        yield self._line("title", Says("漏えい等の報告（下書き）", "Report of a breach (draft)"))
        yield self._line(
            "line",
            Says(
                "台帳から作った下書きです。該当するか、報告するかは人が決めます。空欄は事実を確かめて書き入れます。",
                "A draft from the register. Whether it is reported a person decides; what is open is to be found out.",
            ),
        )
        yield from self._grounds()
        yield from self._days()
        yield from self._articles()
        yield from self._whom()
        yield from self._asks()

    def _grounds(self) -> Iterator[Line]:
        yield self._line("head", Says("報告の要否（規則7条）", "Whether it is to be reported (Rules art 7)"))
        for one in self._incident.grounds:
            number, state = GROUNDS[one.number], STATES[one.state]
            yield self._line("line", Says(f"{number.ja}: {state.ja}", f"{number.en}: {state.en}"))
            for reason in one.because:
                yield self._line("line", Says(f"　{reason.ja}", f"  {reason.en}"))
        if self._incident.my_number:
            yield self._line(
                "open",
                Says(
                    "個人番号を含みます。番号法29条の4による報告を別に確かめてください。",
                    "My Numbers are among it: see to the report of art 29-4 of the My Number Act, too.",
                ),
            )

    def _days(self) -> Iterator[Line]:
        days = self._incident.deadlines
        at = f"{days.known:%Y-%m-%d %H:%M}"
        yield self._line("head", Says("期限（知った日を1日目とする）", "Days (the day of knowing is day 1)"))
        yield self._line("line", Says(f"知った日時: {at}（日本時間）", f"Known at {at}, Japan's time"))
        three, five = days.prompt
        yield self._line(
            "line",
            Says(
                f"速報（概ね3～5日以内、速やかに）: {self._due(three)} ～ {self._due(five)}",
                f"Prompt report (about three to five days): {self._due(three)} to {self._due(five)}",
            ),
        )
        yield self._line(
            "line",
            Says(f"確報（30日以内）: {self._due(days.final)}", f"Final report (30 days): {self._due(days.final)}"),
        )
        wrongful = self._due(days.final_wrongful)
        yield self._line(
            "line",
            Says(
                f"確報（③に当たるとき60日以内）: {wrongful}", f"Final report, where (iii) applies (60 days): {wrongful}"
            ),
        )

    def _due(self, due: Due) -> str:
        if due.on == due.counted:
            return self._day(due.on)
        closed = "閉庁日のため翌開庁日" if self._ja else "offices are closed: the next open day"
        return (
            f"{self._day(due.on)}（{due.days}日目 {self._day(due.counted)} は{closed}）"
            if self._ja
            else (f"{self._day(due.on)} (day {due.days} is {self._day(due.counted)}; {closed})")
        )

    def _day(self, day: date) -> str:
        if self._ja:
            return f"{day.isoformat()}（{_WEEKDAYS.ja[day.weekday()]}）"
        return f"{_WEEKDAYS.en.split()[day.weekday()]} {day.isoformat()}"

    def _articles(self) -> Iterator[Line]:
        """規則8条1項 1号 to 9号."""
        incident = self._incident
        yield self._line("head", Says("報告事項（規則8条1項）", "What is reported (Rules art 8(1))"))
        stores = self._join([store.label or store.id for store in incident.stores])
        cause = worded_cause(incident, self._language)
        yield self._line(
            "line",
            Says(
                f"一 概要: {stores} の個人データ。発生日・発覚の経緯は未記入", f"1 Outline: personal data of {stores}"
            ),
        )
        yield self._line(
            "open", Says("発生日、発覚日と経緯、発生した事業者", "when it happened, how it was found, where")
        )
        for dataset in incident.datasets:
            names = list(dict.fromkeys(c.data_category for c in dataset.columns if c.personal))
            items = self._join([self._word("data_category", id) for id in names])
            called = dataset.label or dataset.name
            yield self._line("line", Says(f"二 項目 {called}: {items}", f"2 Items of {called}: {items}"))
        if not incident.datasets:
            yield self._line("open", Says("二 項目: 台帳からは分かりません", "2 Items: the register does not know"))
        yield from self._count()
        yield self._line("line", Says(f"四 原因: {cause}", f"4 Cause: {cause}"))
        yield self._line("open", Says("五 二次被害又はそのおそれの有無と内容", "5 Further harm, or the risk of it"))
        yield self._line("open", Says("六 本人への対応の実施状況", "6 What was done towards the persons"))
        yield self._line("open", Says("七 公表の実施状況", "7 What was published"))
        yield self._line("open", Says("八 再発防止のための措置", "8 Measures against its happening again"))
        yield self._line("open", Says("九 その他参考となる事項", "9 What else may be of use"))

    def _count(self) -> Iterator[Line]:
        count = self._incident.persons
        if not self._incident.datasets:
            yield self._line("open", Says("三 本人の数: 不明", "3 Number of individuals: unknown"))
            return
        most = f"{count.most:,}" if count.most is not None else ("不明" if self._ja else "unknown")
        yield self._line(
            "line",
            Says(
                f"三 本人の数: 約 {count.about:,} 人（{count.least:,} 以上、{most} 以下の見込み）",
                f"3 Individuals: about {count.about:,} (between {count.least:,} and {most})",
            ),
        )
        yield self._line(
            "line",
            Says(
                "　数え方: 1レコードを1人とし、氏名・番号・連絡先の異なる値の数で重なりを除く。キーで結ばれた表と写しは"
                "同じ本人の集まりとみて、いちばん大きいものを数える。下限は全件を読んだ表のうち最大のもの、上限はレコード数の合計。",
                "  How: a record is one person's; distinct numbers, names or contacts take doubles out. Tables that"
                " hang together by keys and copies are taken to be of the same persons: the largest counts. Least: the"
                " largest that was read whole; most: all records.",
            ),
        )
        named = {dataset.id: dataset.label or dataset.name for dataset in self._incident.datasets}
        for group in count.groups:
            if len(group) > 1:
                names = self._join([named[id] for id in group])
                yield self._line(
                    "line", Says(f"　同じ本人とみたもの: {names}", f"  taken to be of the same persons: {names}")
                )
        if count.uncounted:
            names = self._join([named[id] for id in count.uncounted])
            yield self._line(
                "open",
                Says(
                    f"人数の上限が分からないもの（件数が不明、または文書）: {names}",
                    f"no most is known of (not counted, or documents): {names}",
                ),
            )

    def _whom(self) -> Iterator[Line]:
        yield self._line("head", Says("知らせる相手", "Whom to tell"))
        for one in self._incident.entrusters:
            yield from self._entruster(one)
        for reached in self._incident.reached:
            subject = self._word("subject", reached.subject)
            own = worded(words("custody"), reached.custody)[self._language]
            by = self._join([self._word("data_category", id) for id in reached.by])
            if not by:
                by = (
                    "連絡先なし。代替措置（公表・窓口）を検討"
                    if self._ja
                    else "no contact data: publish, or open a desk"
                )
            yield self._line(
                "line",
                Says(
                    f"本人（法26条2項、規則10条）: {subject}（{own}）。連絡に使える項目: {by}",
                    f"Persons (art 26(2)): {subject} ({own}). To be reached by: {by}",
                ),
            )
        yield self._line(
            "line",
            Says(
                "本人には、概要・項目・原因・二次被害の有無・その他を、状況に応じて速やかに分かりやすく知らせます。",
                "Persons are told the outline, items, cause, further harm and what else helps, soon and plainly.",
            ),
        )

    def _entruster(self, one: Entruster) -> Iterator[Line]:
        names = self._join(list(one.datasets))
        if not one.party:
            what = Says(
                f"{names} の委託元（契約が宣言されていません）", f"the entruster of {names} (no contract is declared)"
            )
            yield self._ask(Ask(one.store, what))
            return
        yield self._line(
            "line",
            Says(
                f"委託元: {one.party}（契約 {one.contract}、{one.work}）: {names}。"
                "速やかに（3～5日以内に）通知すれば、委員会への報告と本人への通知は免除されます（法26条1項ただし書・2項、規則9条）。",
                f"Entruster: {one.party} (contract {one.contract}): {names}. A trustee that tells it in three to"
                " five days is released from reporting and notifying (art 26(1) proviso, (2); Rules art 9).",
            ),
        )

    def _asks(self) -> Iterator[Line]:
        yield self._line("head", Says("分かっていないことと、尋ねる相手", "What is open, and whom to ask"))
        for ask in dict.fromkeys(ask for ground in self._incident.grounds for ask in ground.ask):
            yield self._ask(ask)
        if self._incident.encrypted is not False:
            what = (
                Says(
                    "高度な暗号化の方式（電子政府推奨暗号など）と、鍵が漏えいしていないこと",
                    "how strongly the data is encrypted, and that the key did not get out",
                )
                if self._incident.encrypted
                else Says(
                    "高度な暗号化がされていたか（されていれば規則7条の対象から除かれる）",
                    "whether the data was strongly encrypted, which takes it out of art 7",
                )
            )
            for store in self._incident.stores:
                yield self._ask(Ask(store.id, what))
        for one in self._incident.unread:
            where = f"{one.store} {one.name}".strip()
            yield self._line(
                "open", Says(f"読めなかったもの: {where}（{one.reason}）", f"not read: {where} ({one.reason})")
            )
        seen = self._incident.seen_on
        day = f"{seen:%Y-%m-%d}" if seen else ("なし" if self._ja else "none")
        yield self._line("line", Says(f"台帳の最後の走査: {day}", f"last scan of the register: {day}"))

    def _ask(self, ask: Ask) -> Line:
        owner = self._owners.get(ask.store, "")
        if not ask.store:
            who = _OF_US._asdict()[self._language]
        else:
            none = "所管の宣言なし" if self._ja else "no owner declared"
            who = f"{owner or none} ({ask.store})"
        return self._line("open", Says(f"{ask.what.ja} → {who}", f"{ask.what.en} → {who}"))

    def _word(self, kind: str, id: str) -> str:
        return worded(vocabulary(kind), id)[self._language]

    def _join(self, some: Sequence[str]) -> str:
        return ("、" if self._ja else ", ").join(some)

    def _line(self, form: Form, says: Says) -> Line:
        return Line(form, says.ja if self._ja else says.en)


def worded_cause(incident: Incident, language: Language) -> str:
    """The cause, or that nobody knows it."""
    if incident.cause is None:
        return "調査中" if language == "ja" else "under investigation"
    return incident.cause.ja if language == "ja" else incident.cause.en
