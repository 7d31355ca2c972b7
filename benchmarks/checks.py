"""Ten thousand datasets with their declared uses through the check: seconds, processor time, peak memory.

`python -m benchmarks.checks [datasets]`. Every subject and use, own and entrusted, mixed tables, papers and
acquisitions; the import of Great Expectations is told apart.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date

from classifiers.vocabulary import subjects, uses
from expectations.check import check
from expectations.facts import Acquisition, Consent, Contract, Declared, Notice, Provision, Source, Use
from expectations.observed import ObservedColumn, ObservedDataset, Partition
from expectations.policy import Policy, load

TODAY = date(2026, 11, 23)
ITEMS = ("name", "name_kana", "address", "phone", "email", "birth_date", "company_name", "free_text", "income")
COLUMNS = 15
CONTRACT = Contract(
    id="in", direction="entrusted_to_us", party="委託元", work="入力", uses=("entrusted_work",), starts=TODAY
)
OUT = Contract(id="out", direction="entrusted_by_us", party="配送会社", work="配送", uses=("shipping",), starts=TODAY)


def main(count: int) -> None:
    """Judge so many datasets, each with a use and every third with a provision."""
    policy, draw = load("handling-of-personal-information"), random.Random(0)
    datasets = [_dataset(number, draw) for number in range(count)]
    declared = _declared(policy, datasets, draw)
    started = time.perf_counter()
    check(policy, (), Declared(), TODAY)
    empty = time.perf_counter() - started
    started, used = time.perf_counter(), time.process_time()
    verdicts = check(policy, datasets, declared, TODAY)
    told: dict[str, float] = {
        "datasets": count,
        "acts": len(declared.uses) + len(declared.provisions),
        "verdicts": len(verdicts),
        "first_empty_check_s": round(empty, 1),
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_s": round(time.process_time() - used, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(told))


def _dataset(number: int, draw: random.Random) -> ObservedDataset:
    columns = [
        ObservedColumn(name=f"c{place}", data_category=draw.choice(ITEMS), data_type="") for place in range(COLUMNS)
    ]
    if draw.random() < 0.05:
        kind = draw.choice(["my_number", "medical_history"])
        special = "" if kind == "my_number" else kind
        columns[0] = ObservedColumn(name="c0", data_category=kind, data_type="", special_care=special)
    whose = draw.sample(sorted(subjects()), 3 if draw.random() < 0.1 else 1)
    entrusted = draw.random() < 0.05
    return ObservedDataset(
        id=f"d{number}",
        store=f"s{number % 50}",
        name=f"t{number}",
        columns=tuple(columns),
        contract="in" if entrusted else "",
        partitions=tuple(
            Partition(
                row_filter=f"区分 = '{place}'" if len(whose) > 1 else "",
                subject=subject,
                custody="entrusted" if entrusted else "own",
                nature="personal",
            )
            for place, subject in enumerate(whose)
        ),
    )


def _declared(policy: Policy, datasets: list[ObservedDataset], draw: random.Random) -> Declared:
    sources = [Source(store=dataset.store, dataset=dataset.name) for dataset in datasets]
    known, named = sorted(uses()), [purpose.id for purpose in policy.purposes]
    acts = tuple(
        Use(id=f"u{n}", job="", use=draw.choice(known), source=source, purposes=tuple(draw.sample(named, 2)))
        for n, source in enumerate(sources)
    )
    grounds = [ground.id for ground in policy.third_parties.grounds]
    provisions = tuple(
        Provision(
            id=f"p{n}", source=source, use="shipping", recipient="配送会社", ground=draw.choice(grounds),
            contract="out", notice="n", consent=f"k{n}", purposes=("customer-B",), since=TODAY,
        )
        for n, source in enumerate(sources) if n % 3 == 0
    )  # fmt: skip
    return Declared(
        uses=acts,
        provisions=provisions,
        contracts=(CONTRACT, OUT),
        consents=tuple(_consents(sources)),
        notices=(Notice(id="n", kind="opt_out", url="https://sample.example/", published_on=TODAY, items=()),),
        acquisitions=tuple(
            Acquisition(id=f"a{n}", source=source, method="direct_written", channel="form", since=TODAY)
            for n, source in enumerate(sources)
            if n % 2 == 0
        ),
    )


def _consents(sources: list[Source]) -> Iterator[Consent]:
    for number, source in enumerate(sources):
        if number % 3 == 0:
            yield Consent(
                id=f"k{number}", source=source, uses=("shipping",), obtained="画面", text_version="1", since=TODAY,
                recipients=("配送会社",),
            )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
