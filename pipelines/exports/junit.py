"""JUnit XML for a CI server's test report: a suite a store, a case a verdict; a finding that is new is a failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pipelines.exports.contents.told import Row, Told
from pipelines.reports.words import verdicts, worded, words
from pipelines.reports.writing.cells import legal

NAME = "junit"
TITLE_JA = "判定（JUnit XML、CI のテスト結果向け）"
TITLE_EN = "verdicts as JUnit XML, for a CI server's test report"


def files(told: Told) -> Mapping[str, bytes]:
    """One file; findings that are known or ruled on, and what was not read, are skipped cases."""
    stores: defaultdict[str, list[Element]] = defaultdict(list)
    failing = {row["id"] for row in told.findings if told.is_new(row)}
    for row in told.sections["verdicts"]:
        stores[row["store"]].append(_case(row, row["id"] in failing, told.language))
    for row in told.sections["not_read"]:
        stores[row["store"]].append(_not_read(row, told.language))
    root = Element("testsuites", name="daicho")
    for store, cases in sorted(stores.items()):
        root.append(_suite(store, cases))
    _count(root, [case for cases in stores.values() for case in cases])
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return {"daicho-junit.xml": content + b"\n"}


def _suite(store: str, cases: Sequence[Element]) -> Element:
    suite = Element("testsuite", name=legal(store) or "daicho")
    _count(suite, cases)
    suite.extend(cases)
    return suite


def _count(element: Element, cases: Sequence[Element]) -> None:
    element.set("tests", str(len(cases)))
    element.set("errors", "0")
    for kind, name in (("failure", "failures"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(kind) is not None for case in cases)))


def _case(row: Row, fails: bool, language: str) -> Element:
    about = [row[field] for field in ("rule", "use", "row_filter", "column") if row[field]]
    case = Element("testcase", classname=legal(f"{row['store']}.{row['dataset']}"), name=legal(" ".join(about)))
    outcome = worded(verdicts(), row["verdict"])[language]
    reasons = "\n".join(reason[language] for reason in row["evidence"])
    if fails:
        failure = SubElement(case, "failure", message=legal(outcome), type=row["verdict"])
        failure.text = legal(f"{reasons}\n{row['next_step'].get(language, '')}\n{row['id']}")
    elif row["is_finding"] or row["ruling"]:
        why = words("export")["ruled" if row["ruling"] else "known"][language]
        SubElement(case, "skipped", message=legal(f"{why}: {outcome}"))
    return case


def _not_read(row: Row, language: str) -> Element:
    case = Element("testcase", classname=legal(row["store"]), name=legal(row["name"] or row["store"]))
    reason = worded(words("reason"), row["reason"])[language]
    SubElement(case, "skipped", message=legal(f"{words('export')['not_read'][language]}: {reason}"))
    return case
