"""Requests at a small desk, taken from step to step by its forms: what the tests of its pages begin with."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from pipelines.casebook import accounts
from pipelines.casebook.case import Case
from pipelines.casebook.hands import Hand
from pipelines.desk.settings import Proxy
from pipelines.register import Register
from tests import filled_register
from tests.desk_of import SECRETS, STORES, Opened, opened, sent, sign_in

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
MAIL, NUMBER = "hanako@mihon.example", "123456789018"
"""The individual's; the number is the public specimen of a My Number."""
FORM: dict[str, str] = {
    "route": "formal", "requester": "RQ-1", "kinds": "disclosure", "channel": "post", "arrived": "2026-11-20T10:30",
    "individual.names": "架空 花子", "individual.birth_date": "1990-05-06", "individual.mails": MAIL,
    "individual.addresses": "東京都架空区1-2-3", "paper.DS-1.individual.came": "1",
    "paper.DS-1.individual.seal": "matches", "paper.DS-2.individual.came": "1",
    "paper.DS-2.individual.document": "drivers_licence", "paper.DS-3.individual.came": "1",
    "payment.amount": "1000", "payment.paid_by": "stamps", "payment.on": "2026-11-20",
}  # fmt: skip
PAPERS: dict[str, list[str]] = {"paper.DS-2.individual.matches": ["name", "birth_date", "address"]}
NO_FEE = {"payment.amount": ""}
CUSTOMERS = "live/kyaku"
"""The row group of the customers' table."""
Fields = Mapping[str, str | list[str]]


@contextmanager
def with_cases(folder: Path, proxy: Proxy | None = None) -> Iterator[Opened]:
    """A desk beside a live store that the register knows, and two that cannot be reached."""
    with opened(folder, proxy) as found:
        _store(folder)
        yield found


def _store(folder: Path) -> None:
    """The customer, a stranger of the same name, and another; a remark of theirs is an attack."""
    place = folder / "live.sqlite"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE kyaku (id INTEGER PRIMARY KEY, 氏名, 生年月日, メール, 住所, 個人番号, 備考)")
        connection.executemany("INSERT INTO kyaku VALUES (?, ?, ?, ?, ?, ?, ?)", [
            (1, "架空 花子", "1990-05-06", MAIL, "東京都架空区1-2-3", NUMBER, HOSTILE),
            (2, "架空 花子", "1971-02-03", "betsujin@mihon.example", "大阪府見本市9-9", "", "別の人の備考"),
            (3, "見本 太郎", "1980-01-01", "taro@mihon.example", "京都府見本市1-1", "", ""),
        ])  # fmt: skip
    connection.close()
    live = f"  - {{id: live, kind: sql, label: 顧客, owner: 営業部, url: 'sqlite:///{place}'}}\n"
    (folder / "declarations" / "stores.yml").write_text(f"stores:\n{live}{STORES}", encoding="utf-8")
    kinds = {
        "id": "account_id", "氏名": "name", "生年月日": "birth_date", "メール": "email", "住所": "address",
        "個人番号": "my_number", "備考": "free_text",
    }  # fmt: skip
    columns = [filled_register.column(name, category) for name, category in kinds.items()]
    customers = filled_register.dataset("live", "kyaku", columns, [filled_register.rows_of("customer")])
    filled_register.scan(
        Register.open(folder / "register.sqlite", create=False),
        {
            "live": (filled_register.store("live", label="顧客", owner="営業部"), (customers,), ()),
            "crm": (filled_register.CRM, (filled_register.CUSTOMERS,), ()),
        },
    )


class Request:
    """One request, and the browser of who works on it."""

    def __init__(self, desk: Opened, browser: httpx.Client, number: str) -> None:
        self.desk, self.browser, self.number = desk, browser, number
        self.path = f"/requests/{number}"

    @property
    def case(self) -> Case:
        """As the casebook has it."""
        assert self.desk.desk.casebook
        return self.desk.desk.casebook.case(self.number, Hand("tanto", "responder"))

    @property
    def step(self) -> str:
        """Where it stands."""
        return self.case.progress.step

    def page(self, page: str = "") -> str:
        """What a page of it says."""
        return self.browser.get(f"{self.path}/{page}".rstrip("/")).text

    def does(self, page: str, fields: Fields | None = None, by: httpx.Client | None = None) -> httpx.Response:
        """What a form answers; a look-up that it begins has ended by then."""
        answer = sent(by or self.browser, f"{self.path}/{page}", fields or {})
        if answer.headers.get("location", "").endswith("/searching"):
            self._wait()
        return answer

    def done(self, page: str, fields: Fields | None = None, by: httpx.Client | None = None) -> None:
        """A form that is taken."""
        answer = self.does(page, fields, by)
        assert answer.status_code == 303, answer.text

    def refused(self, page: str, fields: Fields | None = None, by: httpx.Client | None = None) -> str:
        """What a form that is not taken says beside itself."""
        answer = self.does(page, fields, by)
        assert answer.status_code == 400, answer.status_code
        return re.sub("<[^>]+>", " ", answer.text.partition('role="alert"')[2].partition("</p>")[0])

    def searched(self) -> None:
        """Search every store."""
        self.done("search")

    def nothing_elsewhere(self) -> None:
        """The owners of all that could not be searched have nothing."""
        search = self.case.progress.recheck if self.step == "close" else self.case.progress.search
        for one in search.open if search else ():
            self.done("owners", {"store": one.store, "nothing": "1"})

    def reviewed(self, mask: str = "備考") -> None:
        """The customer's own row is the individual's; the other one is a stranger's."""
        fields: dict[str, str | list[str]] = {}
        search = self.case.progress.search
        for one in search.candidates if search else ():
            own = one.suggestion == "release"
            fields |= {f"{one.id}.verdict": "release" if own else "exclude", f"{one.id}.reason": "" if own else "別人"}
            fields |= {f"{one.id}.mask": [mask]} if own else {}
        self.done("review", fields)

    def decided(self, kind: str = "disclosure", outcome: str = "comply", **more: str) -> None:
        """Decide its one kind."""
        row = {"kind": kind, "outcome": outcome, **more}
        self.done("decision", {f"item.0.{name}": value for name, value in row.items()})

    def lettered(self) -> None:
        """Make the letter and put it up."""
        self.done("letter", {"language": "ja", "kind": ""})

    def approved(self) -> None:
        """The approver releases what is shown."""
        other = self.desk.signed_in("kessai")
        of = re.findall('name="of" value="([0-9a-f]+)"', other.get(f"{self.path}/approval").text)
        assert of, other.get(f"{self.path}/approval").text
        self.done("approval", {"of": of[0], "secret": SECRETS["kessai"]}, other)

    def answered(self) -> None:
        """Record that the answer went."""
        self.done("answer", {"how": "registered_mail", "tracking": "1"})
        assert self.step == "close"

    def up_to_the_letter(self, kind: str = "disclosure", **more: str) -> None:
        """Everything from the search on, until the approver has to look."""
        self.searched()
        self.nothing_elsewhere()
        self.reviewed()
        self.decided(kind, **more)
        self.lettered()

    def _wait(self) -> None:
        found = next(one for one in self.desk.desk.searches._kept if one.number == self.number)
        while not found.done:
            found.session.over.wait(0.05)


def taken_in(desk: Opened, fields: Fields | None = None) -> Request:
    """A request that is taken in, with everything that a disclosure needs; '' leaves a field out."""
    browser = desk.signed_in("tanto")
    form = {name: value for name, value in {**FORM, **PAPERS, **(fields or {})}.items() if value}
    answer = sent(browser, "/requests", form)
    assert answer.status_code == 303, answer.text
    return Request(desk, browser, answer.headers["location"].rpartition("/")[2])


def another_responder(desk: Opened) -> httpx.Client:
    """A second responder's browser."""
    assert desk.desk.casebook
    with desk.desk.casebook.transaction() as transaction:
        if "tanto2" not in {one.name for one in accounts.listed(transaction)}:
            accounts.add(transaction, "tanto2", "responder", "another-responders1", Hand("kessai", "approver"))
    other = desk.browser()
    assert sign_in(other, "tanto2", "another-responders1").status_code == 303
    return other


def changing(desk: Opened, kind: str, **more: str) -> Request:
    """A request that something be changed, approved."""
    request = taken_in(desk, {**NO_FEE, "kinds": kind, **more})
    request.up_to_the_letter(kind)
    request.approved()
    assert request.step == "carry_out"
    return request


def instruct(request: Request, what: str, to: str = "営業部", groups: str = CUSTOMERS) -> None:
    """Instruct an owner, and note what he reports."""
    told = {"what": what, "to": to, "groups": [groups] if groups else [], "instructed_on": "2026-11-24"}
    request.done("measures", told)
    one = request.case.progress.measures[-1]
    request.done("measures", {**told, "id": one.id, "acknowledged_on": "2026-11-26"})
