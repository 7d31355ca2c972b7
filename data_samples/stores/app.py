"""app: what the smartphone application writes, nested JSONL; one line was cut off when a disk filled up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from data_samples.canaries import canary
from data_samples.company import Company, moment
from data_samples.tables import records


def write(folder: Path, company: Company) -> None:
    """Writes `app/users.jsonl` and `app/support_tickets.jsonl`."""
    records(folder / "app" / "users.jsonl", _users(company))
    tickets = folder / "app" / "support_tickets.jsonl"
    records(tickets, _tickets(company))
    cut_off = json.dumps({"ticket_id": "S-999999", "requester": {"name": canary("broken_line")}}, ensure_ascii=False)
    with tickets.open("a", encoding="utf-8") as stream:
        stream.write(cut_off[:-2] + "\n")


def _users(company: Company) -> Iterator[dict[str, Any]]:
    for number, person in company.customers(220):
        random = company.cast.random("app_users", number)
        person = person.spelt_otherwise()
        yield {
            "user_id": f"u{number:07}",
            "name": {"family": person.surname, "given": person.given},
            "email": person.email,
            "birthday": person.birth.isoformat(),
            "address": {"zip": person.place.postal_code, "pref": person.place.prefecture, "city": person.city},
            "contacts": [
                _contact(company, number, place) for place in range(1 if number == 7 else random.choice((0, 1, 1, 2)))
            ],
            "device": {
                "idfa": str(UUID(int=random.getrandbits(128), version=4)),
                "os": random.choice(("iOS", "Android")),
            },
            "last_login": {"at": moment(random), "ip": f"198.51.100.{random.randint(1, 254)}"},
            "plan": random.choice(("free", "premium")),
        }


def _contact(company: Company, number: int, place: int) -> dict[str, str]:
    person = company.cast.person("relative", number * 10 + place)
    mail = canary("app_contact_mail") if (number, place) == (7, 0) else person.email
    return {"name": person.joined, "mail": mail, "relation": ("配偶者", "親")[place]}


def _tickets(company: Company) -> Iterator[dict[str, Any]]:
    for number in company.numbers(120):
        random = company.cast.random("tickets", number)
        person = company.customer(random.randint(1, len(company.numbers(220))))
        yield {
            "ticket_id": f"S-{number:06}",
            "opened_at": moment(random),
            "requester": {"name": person.joined, "email": person.email},
            "category": random.choice(("通知", "決済", "ログイン", "その他")),
            "messages": [
                {"from": sender, "text": company.sentence(random, "tickets", person)}
                for sender in ("customer", "agent")[: random.randint(1, 2)]
            ],
        }
