"""Rulings: what somebody says of a tag, of whose rows are, of a use or of a verdict; seen first, then written.

They are written into `rulings.yml` of the declarations, by the functions of `daicho rulings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, get_args

from expectations.rulings import NOT_SO, VERDICT_SAYS, Ruling
from pipelines.clock import TOKYO
from pipelines.declarations import DeclarationsError
from pipelines.desk.forms import Fields
from pipelines.desk.listing import page_of
from pipelines.desk.people import RefusedError
from pipelines.desk.visit import Answer, Moved, NotThereError, Shown, Visit
from pipelines.reports.words import LISTS, Pair, vocabulary, worded, words
from pipelines.rulings import RulingError, append, flips, made

About = Literal["column", "rows", "use", "verdict"]
_ABOUT = ("about", "store", "dataset", "column", "rows", "use", "verdict")
_WRITTEN = (*_ABOUT, "says", "custody", "why", "second", "until")
_LONGEST = 2_000


def ruling(visit: Visit) -> Shown:
    """The form, on something that the register holds."""
    row = _row(visit.query)
    visit.desk.foresight.prepare(visit.desk.declared()[0], visit.holdings.register, _today(visit))
    return _form(visit, row)


def ruling_preview(visit: Visit) -> Answer:
    """What the ruling would change, before anything is written."""
    row = _row(visit.form)
    try:
        made_of = _made(visit, row)
    except (RulingError, ValueError) as error:
        return _form(visit, row, str(error))
    known, _ = visit.desk.declared()
    was, would = visit.desk.foresight.of(known, visit.holdings.register, made_of, _today(visit))
    standing = next(one for one in would.standings if one.ruling.id == made_of.id)
    return Shown(
        "ruling_preview.html.j2",
        {
            "row": row,
            "about": _about(visit, row),
            "held": visit.holdings,
            "ruling": made_of,
            "says": _says(row["about"]).get(made_of.says, {"ja": made_of.says, "en": made_of.says}),
            "state": standing.state,
            "flips": flips(was, would.verdicts),
        },
    )


def ruling_write(visit: Visit) -> Answer:
    """Write it; whoever is named as the second person proves himself here and now."""
    row = _row(visit.form)
    second = row["second"]
    if second:
        if second not in visit.desk.people.others(visit.visitor):
            visit.wrong("二人目は、ほかの個人情報保護担当の口座です。", "The second person is another privacy account.")
        try:
            visit.desk.people.prove(second, visit.form.raw("second_secret"), visit.address)
        except RefusedError as error:
            if error.wait:
                visit.wrong(
                    "二人目の口座は、誤りが続いたため一時的に使えません。",
                    "The second person's account is locked for a while.",
                )
            visit.wrong(
                "二人目の秘密が違います。前の画面に戻ってやり直してください。",
                "Not the second person's secret. Go back and try again.",
            )
    desk = visit.desk
    with desk.writing:
        try:
            written = _made(visit, row)
            known, _ = desk.declared()
            append(desk.settings.declarations, [written], (one.id for one in known.rulings))
        except RulingError as error:
            visit.wrong(str(error), str(error))
        except ValueError as error:
            visit.wrong(str(error), str(error))
        except OSError:
            raise DeclarationsError(f"{desk.settings.declarations}: 書けません · cannot be written") from None
    return Moved(
        "/rulings",
        visit.says(
            f"判断 {written.id} を rulings.yml に書きました。次の点検（daicho check）から効きます。",
            f"Ruling {written.id} stands in rulings.yml. The next check (daicho check) goes by it.",
        ),
    )


def rulings(visit: Visit) -> Shown:
    """Every ruling, and what of it stood at the last check."""
    known, _ = visit.desk.declared()
    states = {one.id: one for one in visit.holdings.register.rulings()}
    listed = [(one, states.get(one.id), _about(visit, one.model_dump())) for one in reversed(known.rulings)]
    return Shown(
        "rulings.html.j2",
        {
            "held": visit.holdings,
            "found": page_of(listed, visit.query),
            "asked": {},
            "says": lambda one: _says(one.about).get(one.says),
        },
    )


ANSWERS = {
    "ruling": ruling,
    "ruling_preview": ruling_preview,
    "ruling_write": ruling_write,
    "rulings": rulings,
}


def _row(fields: Fields) -> dict[str, str]:
    """What somebody wrote or wants to write of; raises NotThereError where it is about nothing."""
    row = {name: fields(name)[:_LONGEST] for name in _WRITTEN}
    if row["about"] not in get_args(About):
        raise NotThereError
    return row


def _made(visit: Visit, row: Mapping[str, str]) -> Ruling:
    """The ruling, whole; raises RulingError, ValueError."""
    known, _ = visit.desk.declared()
    given: dict[str, Any] = {name: value for name, value in row.items() if value and name != "until"}
    if row["until"]:
        try:
            given["until"] = date.fromisoformat(row["until"])
        except ValueError:
            raise ValueError(visit.says("いつまで：日付ではありません。", "Until when: is no day.")) from None
    if not row["why"]:
        raise ValueError(visit.says("理由を書いてください。", "Write why."))
    if not row["says"]:
        raise ValueError(visit.says("判断を選んでください。", "Choose what is so."))
    told = {"id": _id(visit, {one.id for one in known.rulings}), "by": visit.visitor.account, "role": "privacy"}
    (found,) = made(visit.holdings.register, [{**given, **told, "on": _today(visit)}])
    return found


def _id(visit: Visit, known: set[str]) -> str:
    """The next free id of the day."""
    day = f"desk-{_today(visit):%Y%m%d}"
    return next(id for number in range(1, len(known) + 2) if (id := f"{day}-{number}") not in known)


def _form(visit: Visit, row: dict[str, str], wrong: str = "") -> Shown:
    about = _about(visit, row)
    if about is None:
        raise NotThereError
    return Shown(
        "ruling.html.j2",
        {
            "row": row,
            "about": about,
            "held": visit.holdings,
            "fields": _ABOUT,
            "choices": _says(row["about"]),
            "others": visit.desk.people.others(visit.visitor),
            "wrong": wrong,
        },
        400 if wrong else 200,
    )


def _says(about: str) -> Mapping[str, Pair]:
    """What may be said of something, in words."""
    said = words("ruling_says")
    if about == "verdict":
        return {id: said[id] for id in VERDICT_SAYS}
    known = vocabulary(LISTS[about])
    return {**known, NOT_SO: said[NOT_SO]} if about == "use" else known


def _about(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What it is about, and what the machine says of it; None: the register does not hold it."""
    held = visit.holdings
    if row["about"] == "verdict":
        verdict = held.verdicts.get(row["verdict"])
        if verdict is None:
            return None
        return {"verdict": verdict, "store": held.label(verdict["store"]), "dataset": verdict["dataset"], "machine": ""}
    place = (row["store"], row["dataset"])
    dataset = next((one for one in held.datasets.values() if (one.store, one.name) == place), None)
    if dataset is None:
        return None
    machine = {
        "column": {one.column: one.data_category for one in dataset.columns},
        "rows": {one.row_filter: one.subject for one in dataset.partitions},
        "use": {one.use: one.use for one in dataset.uses},
    }[str(row["about"])].get(row[str(row["about"])], "")
    said = worded(vocabulary(LISTS[str(row["about"])]), machine) if machine else ""
    return {"verdict": None, "id": dataset.id, "store": held.label(dataset.store), "dataset": dataset.name,
            "machine": said}  # fmt: skip


def _today(visit: Visit) -> date:
    return visit.desk.now().astimezone(TOKYO).date()
