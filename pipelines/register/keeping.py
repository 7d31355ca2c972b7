"""The register as it stood after each run: every row of its sections, from the run that brought it until it was gone.

A row that says the same from run to run is kept once, so a register grows by what changes and not by every run.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from pipelines.register import schema
from pipelines.register.scanned import Row
from pipelines.register.sections import FIELDS, filled, in_order
from pipelines.register.statements import chunks, insert

TABLE = schema.kept


def keep(connection: sa.Connection, run: int, sections: Mapping[str, Sequence[Row]]) -> None:
    """Keep what a run left in the register."""
    now = dict(_digested(sections))
    query = sa.select(TABLE.c.section, TABLE.c.digest).where(TABLE.c.until_run.is_(None))
    before = {(section, digest) for section, digest in connection.execute(query)}
    gone: defaultdict[str, list[str]] = defaultdict(list)
    for section, digest in sorted(before - now.keys()):
        gone[section].append(digest)
    for section, digests in gone.items():
        for some in chunks(digests):
            same = sa.and_(TABLE.c.section == section, TABLE.c.digest.in_(some), TABLE.c.until_run.is_(None))
            connection.execute(sa.update(TABLE).where(same).values(until_run=run))
    new = [
        {"section": section, "digest": digest, "since_run": run, "row": row}
        for (section, digest), row in now.items()
        if (section, digest) not in before
    ]
    insert(connection, TABLE, new)


def kept(run: int) -> sa.Select[tuple[str, Row]]:
    """The query of what stood in the register after a run: section, row."""
    still = sa.or_(TABLE.c.until_run.is_(None), TABLE.c.until_run > run)
    return sa.select(TABLE.c.section, TABLE.c.row).where(TABLE.c.since_run <= run, still)


def first_kept() -> sa.Select[tuple[int | None]]:
    """The query of the first run that was kept; None: none was."""
    return sa.select(sa.func.min(TABLE.c.since_run).label("run"))


def gathered(rows: Sequence[sa.RowMapping]) -> dict[str, list[Row]]:
    """What `kept` answers, by section and in order."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["section"] in FIELDS:
            found[row["section"]].append(filled(row["section"], row["row"]))
    return in_order(found)


def _digested(sections: Mapping[str, Sequence[Row]]) -> Iterator[tuple[tuple[str, str], Row]]:
    seen: Counter[tuple[str, str]] = Counter()
    for section, rows in sections.items():
        for row in rows:
            text = json.dumps(row, ensure_ascii=False, sort_keys=True)
            # what is masked alike stands there as often as it was found
            seen[section, text] += 1
            stamp = f"{seen[section, text]}\0{text}".encode(errors="surrogatepass")
            yield (section, hashlib.blake2b(stamp, digest_size=16).hexdigest()), row
