"""Verdicts: forms of claims, ranges, lacks, refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creditor.analysis.claims_check import Judge, claimed, fits, judge_all, rank, shown
from creditor.analysis.claims_figures import Figures
from creditor.analysis.claims_quantity import at_least, either, hull, number
from creditor.analysis.claims_table import article
from creditor.terms.units import parse_unit

BASE = next(claim for claim in article() if claim.id == "C012")


def judge(**changes):
    blank = {"holds": "", "beside": "", "what": "a test", "lacks": ""}
    return Judge(Figures()).judge(replace(BASE, **(blank | changes)))


@pytest.mark.parametrize(
    ("form", "figure", "computed", "answer"),
    [
        ("equals", "38", number("38.4"), True),
        ("equals", "38", number("38.6"), False),
        ("equals", "38", hull([number("37"), number("37.6")]), True),
        ("equals", "38", either([number("30"), number("38.1")]), True),
        ("equals", "111", at_least(number("109.8")), True),
        ("equals", "100", at_least(number("109.8")), False),
        ("about", "40", number("41.9"), True),
        ("about", "40", number("43"), False),
        ("more than", "20", number("22"), True),
        ("more than", "20", number("20"), False),
        ("less than", "20", number("22"), False),
        ("more than", "20", hull([number(19), number(21)]), None),
    ],
)
def test_forms(form, figure, computed, answer):
    assert fits(form, figure, computed) is answer


def test_a_lack_is_no_verdict_and_names_what_is_missing():
    found = judge(compute="fact('USA','debt','federal-gross, face','1999')")
    assert found.verdict == "cannot say" and "1999" in found.sentence and found.computed is None


def test_a_range_that_leaves_it_open_is_said():
    found = judge(form="more than", compute="between(37, 39)")
    assert found.verdict == "cannot say" and "open" in found.sentence


def test_both_the_number_and_the_condition_must_hold():
    assert judge(compute="38", holds="it > 0").verdict == "consistent"
    assert judge(compute="38", holds="it < 0").verdict == "inconsistent"
    assert judge(compute="48", holds="it > 0").verdict == "inconsistent"


def test_a_refused_partition_is_inconsistent_whatever_the_number():
    found = judge(compute="partition(38, all=38, some=8.5)")
    assert found.verdict == "inconsistent" and "L401" in found.sentence and found.refused


def test_the_sentence_has_the_figure_and_what_it_is():
    found = judge(form="equals", figure="6.7", compute="held('USA','public','central_bank')")
    assert found.sentence == "The library has USD 3.83 tn (a test). That is not USD 6.7 tn."
    assert found.steps[0][2].vintage == "2026-03-19"


def test_ranks_numbers_and_their_texts():
    assert rank(number(2), number(3), number(5)).text == "3"
    assert claimed(BASE) == "USD 38 tn" and shown(None) == ""
    assert shown(number("37.64", parse_unit("USD tn")), "38") == "USD 37.64 tn"
    assert [one.verdict for one in judge_all([BASE])] == ["consistent"]
