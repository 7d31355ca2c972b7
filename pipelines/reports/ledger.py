"""The Excel ledger (個人情報管理台帳): the items of JIS Q 15001, findings, what was not read, every column.

What people fill in is taken over from the ledger that lies there before.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.reports import NO_APPROVALS
from pipelines.reports.sheets.fields import sheets
from pipelines.reports.words import words
from pipelines.reports.writing import replacing

if TYPE_CHECKING:
    from expectations.policy import Policy
    from pipelines.register import Register
    from pipelines.reports import Approvals, Language
    from pipelines.reports.sheets.entries import Entries

NAME = "ledger.xlsx"
TITLE_JA = "個人情報管理台帳"
TITLE_EN = "Personal data ledger"


def write(
    register: Register, policy: Policy, out: Path, language: Language, approvals: Approvals = NO_APPROVALS
) -> Path:
    """Write the ledger into `out` in a language; a file there that is no ledger is set aside, never overwritten."""
    from pipelines.register.edges import by_dataset, edges
    from pipelines.reports.sheets import details, entries, holdings, workbook
    from pipelines.reports.sheets.known import Known

    datasets = register.datasets()
    known = Known(
        policy=policy,
        stores={store.id: store for store in register.stores()},
        declared=register.declared(),
        verdicts=list(register.verdicts()),
        language=language,
        edges=by_dataset(edges(register.lineage())),
        rulings=register.rulings(),
        approvals=approvals,
    )
    rows = {
        "ledger": holdings.rows(known, datasets),
        "findings": details.findings(known),
        "not_read": details.not_read(known, register.not_read()),
        "columns": details.columns(known, datasets),
    }
    prefilled = {place for id, found in rows.items() for place in entries.prefilled(sheets()[id], found)}
    written = _entries(out / NAME)
    rows = {id: written.fill(sheets()[id], found) for id, found in rows.items()}
    if lost := written.left(language):
        rows["lost"] = lost
    last = register.last_run("scan")
    footer = f"{policy.company.name}　{last.as_of if last else ''}　{policy.ja if language == 'ja' else policy.en}"
    if policy.rehearsal:
        footer = words("notice")["rehearsal"][language]
    book = workbook.new()
    for id, found in rows.items():
        workbook.add(book, sheets()[id], found, language, footer)
    entries.remember(book, prefilled)
    book.properties.title = TITLE_JA if language == "ja" else TITLE_EN
    book.properties.creator = "daicho"
    content = BytesIO()
    book.save(content)
    return replacing(out / NAME, content.getvalue())


def _entries(ledger: Path) -> Entries:
    from pipelines.reports.sheets.entries import Entries, entries_of

    if not ledger.exists():
        return Entries()
    try:
        return entries_of(ledger)
    except ValueError:
        aside = next(
            path for number in range(1, 10_000) if not (path := ledger.with_stem(f"ledger-old-{number}")).exists()
        )
        ledger.rename(aside)
        return Entries()
