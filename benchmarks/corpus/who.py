"""One individual with everything that files hold about them, each fact made when it is first asked for."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from random import Random

from benchmarks.corpus import digits, firms, people, places
from benchmarks.corpus.labels import Split
from benchmarks.corpus.word_lists import words

_MAILS = ("taro.example", "mail.example", "home.example", "net.example", "keitai.example", "postbox.example")


class Who:
    """Facts that stay the same wherever this person is written down."""

    def __init__(self, seed: str, split: Split) -> None:
        self.seed = seed
        self.random = Random(seed)
        self.split: Split = split

    @cached_property
    def name(self) -> people.Name:
        """Their name."""
        return people.draw(self.random, self.split)

    @cached_property
    def other(self) -> Who:
        """Somebody who stands beside them in the same row: a guardian, a contact, the other party."""
        return Who(f"{self.seed}/other", self.split)

    @cached_property
    def home(self) -> places.Place:
        """Where they live, or their firm sits."""
        return places.draw(self.random, self.split)

    @cached_property
    def firm(self) -> firms.Firm:
        """Whom they work for."""
        return firms.draw(self.random, self.split)

    @cached_property
    def born(self) -> date:
        """Birth date: adults, 18 to 92 years old."""
        return date(1934, 1, 1) + timedelta(days=int(27000 * self.random.betavariate(2.6, 1.8)))

    @cached_property
    def mobile(self) -> str:
        """Eleven digits."""
        return self.random.choice(("090", "080", "070", "090", "080", "060")) + str(
            self.random.randrange(10_000_000, 99_999_999)
        )

    @cached_property
    def fixed(self) -> tuple[str, str, str]:
        """Area code, exchange, subscriber: ten digits."""
        area = self.random.choice(digits.area_codes())
        exchange = str(self.random.randint(2, 9)) + digits.digits(self.random, 5 - len(area)) if len(area) < 5 else "2"
        return area, exchange, digits.digits(self.random, 4)

    @cached_property
    def login(self) -> str:
        """A login name, mostly from their own name."""
        given, surname = self.name.given_latin.lower(), self.name.surname_latin.lower()
        number = digits.digits(self.random, self.random.randint(1, 4))
        forms = (given[:1] + surname, f"{given}{number}", f"{surname}_{number}", f"{surname}.{given[:1]}")
        odd = self.random.choice(words(self.split, "handles"))
        return (self.random.choice((*forms, odd + number)) + "").replace(" ", "")

    @cached_property
    def mail(self) -> str:
        """A private mail address."""
        return f"{self.login.replace('_', '.')}@{self.random.choice(_MAILS)}"

    @cached_property
    def work_mail(self) -> str:
        """A mail address at their firm."""
        given, surname = self.name.given_latin.lower(), self.name.surname_latin.lower()
        local = self.random.choice((f"{given}.{surname}", f"{surname}-{given[:1]}", surname, f"{given[:1]}-{surname}"))
        return f"{local.replace(' ', '')}@{self.random.choice(('', '', 'mail.', 'tokyo.'))}{self.firm.domain}"

    @cached_property
    def corporate_number(self) -> str:
        """Their firm's 法人番号."""
        return digits.corporate_number(self.random)

    @cached_property
    def account(self) -> str:
        """A bank account, seven digits."""
        return digits.digits(self.random, 7)
