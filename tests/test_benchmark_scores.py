"""The benchmark's own arithmetic, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import report
from benchmarks.aggregate import label
from benchmarks.metrics import Judged, Score, by_label, calibration, calibration_error, confusions, macro, micro
from benchmarks.spans import Annotated, Span, exact_scores, overlap_scores

PAIRS = [("phone", "phone"), ("phone", "fax"), ("name", "unresolved"), ("not_personal", "phone"), ("name", "name")]
LABELS = st.sampled_from(["name", "phone", "not_personal", "unresolved"])


def test_scores_by_label() -> None:
    scores = by_label(PAIRS)
    assert scores["phone"] == Score(right=1, said=2, found=1, true=2)
    assert (scores["phone"].precision, scores["phone"].recall, scores["phone"].f1) == (0.5, 0.5, 0.5)
    assert scores["name"].f1 == pytest.approx(2 / 3)


def test_an_abstention_is_missed_and_accuses_nobody() -> None:
    scores = by_label(PAIRS)
    assert macro(scores) == pytest.approx((0.5 + 2 / 3) / 2)
    assert micro(scores) == Score(right=2, said=4, found=2, true=4)


def test_confusions_have_the_most_frequent_first() -> None:
    assert confusions([*PAIRS, ("phone", "fax")])[0] == ("phone", "fax", 2)
    assert all(truth != said for truth, said, _ in confusions(PAIRS))


def test_lenient_scoring_takes_the_accepted_answers() -> None:
    one = Judged("t.c", "person_name", "organization_name", 0.7, frozenset({"organization_name"}))
    assert not one.right
    assert one.lenient_pair == ("person_name", "person_name")


def test_calibration_compares_confidence_with_what_was_right() -> None:
    bins = calibration([(0.92, True), (0.98, True), (0.15, False), (0.15, True)])
    assert [one.confidence for one in bins] == pytest.approx([0.15, 0.95])
    assert [(one.right, one.n) for one in bins] == [(0.5, 2), (1.0, 2)]
    assert calibration_error(bins) == pytest.approx((0.35 + 0.05) / 2)


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1))
def test_scores_stay_within_bounds(pairs: list[tuple[str, str]]) -> None:
    scores = by_label(pairs)
    assert sum(score.true for score in scores.values()) == sum(score.said for score in scores.values()) == len(pairs)
    assert all(0 <= score.f1 <= 1 for score in scores.values())
    assert 0 <= macro(scores) <= 1


def test_half_of_a_span_is_enough_for_overlap_and_not_for_exact() -> None:
    text = [Annotated([Span(0, 4, "name")], [Span(0, 2, "name")])]
    assert overlap_scores(text)["name"] == Score(1, 1, 1, 1)
    assert exact_scores(text)["name"] == Score(0, 1, 0, 1)


def test_less_than_half_is_no_find() -> None:
    assert overlap_scores([Annotated([Span(0, 5, "name")], [Span(0, 2, "name")])])["name"] == Score(1, 1, 0, 1)
    assert overlap_scores([Annotated([Span(0, 2, "name")], [Span(0, 5, "name")])])["name"] == Score(0, 1, 1, 1)


def test_pieces_of_a_span_count_together() -> None:
    text = [Annotated([Span(0, 4, "name")], [Span(0, 1, "name"), Span(3, 4, "name")])]
    assert overlap_scores(text)["name"] == Score(2, 2, 1, 1)


def test_a_type_that_is_wrong_is_missed_and_wrong() -> None:
    scores = overlap_scores([Annotated([Span(0, 4, "name")], [Span(0, 4, "phone")])])
    assert (scores["name"].recall, scores["phone"].precision) == (0, 0)


def test_what_lies_in_an_ignored_span_counts_neither_way() -> None:
    text = [Annotated([Span(0, 4, "address", ignore=True)], [Span(1, 4, "name")])]
    assert overlap_scores(text) == exact_scores(text) == {}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from("ab")), max_size=6))
def test_the_truth_itself_is_a_perfect_answer(drawn: list[tuple[int, int, str]]) -> None:
    spans = [Span(start, start + length, type) for start, length, type in set(drawn)]
    for scores in (overlap_scores([Annotated(spans, spans)]), exact_scores([Annotated(spans, spans)])):
        assert all(score.f1 == 1 for score in scores.values())


def test_a_column_is_what_half_of_its_values_are() -> None:
    found = [Span(0, 12, "phone")]
    assert label(["03-5253-5111", "未定"], [found, []]) == "phone"
    assert label(["03-5253-5111", "未定", "なし"], [found, [], []]) == "not_personal"


def test_a_value_counts_when_most_of_it_is_covered() -> None:
    assert label(["電話は03-5253-5111です"], [[Span(3, 15, "phone")]]) == "phone"
    assert label(["ご連絡は下記までお願いします03-5253-5111"], [[Span(14, 26, "phone")]]) == "not_personal"


def test_results_keep_the_sections_that_a_run_did_not_measure(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    report.merge(path, {"Texts": "old texts\n\n### By type\n", "Columns": "columns"}, ("Columns", "Texts"))
    report.merge(path, {"Texts": "new texts"}, ("Columns", "Texts"))
    written = path.read_text(encoding="utf-8")
    assert written.startswith("# Results\n")
    assert written.index("## Columns\n\ncolumns\n") < written.index("## Texts\n\nnew texts\n")
    assert "old texts" not in written
