"""Checks: each relation, labels, room for rounding by the size of terms, openings, claims that run out."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.equations.load import load_model
from creditor.scenario.checks import check_findings, missing_findings, settled_findings
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario


def findings(model: str, **fields):
    return run_scenario(make_scenario(**{"model": model, "periods": 4, **fields})).findings


@pytest.mark.parametrize(
    ("relation", "values", "first"),
    [
        ("=", [3, 3, 3, 3], None),
        ("=", [3, 3, 4, 3], 3),
        (">=", [3, 4, 9, 3], None),
        (">=", [3, 2, 9, 3], 2),
        ("<=", [3, 2, 1, 3], None),
        ("<=", [4, 2, 1, 3], 1),
        (">", [4, 5, 6, 7], None),
        (">", [4, 5, 6, 3], 4),
        ("<", [1, 2, -3, 0], None),
        ("<", [1, 3, -3, 0], 2),
        ("<>", [1, 2, 4, 5], None),
        ("<>", [1, 2, 3, 5], 3),
    ],
)
def test_each_relation(text, relation, values, first):
    model = text(f"given a = 3 let b = a\ncheck b {relation} 3")
    found = findings(model, series={"a": values})
    if first is None:
        assert found == ()
    else:
        (finding,) = found
        assert (finding.severity, finding.place) == ("warning", "small.model:2")
        assert f"fails from period {first} on path 0" in finding.sentence
        assert "1 of 1 paths" in finding.evidence


def test_the_largest_gap_and_the_number_of_paths_are_told(text):
    model = text("given a = 0 let b = a check b <= 1")
    draw = {"name": "a", "distribution": "uniform", "parameters": [0, 4]}
    run = run_scenario(make_scenario(model=model, periods=3, paths=50, draw=[draw]))
    values = run.result.series("b")[1:]
    (finding,) = run.findings
    period, path = (int(place[0]) for place in np.nonzero(values > 1))
    assert f"fails from period {period + 1} on path {path}." in finding.sentence
    assert (
        finding.evidence
        == f"largest gap {values.max() - 1:.6g}; {(values > 1).any(axis=0).sum()} of 50 paths"
    )


OWED = "sector a, b claim m: a owes b transaction t: a -> b = 1 start m = 3.00124 start total m = 3"


def test_a_gap_of_the_opening_is_a_warning_until_the_text_accepts_it(text):
    (finding,) = findings(text(OWED))
    assert (finding.severity, finding.place) == ("warning", "small.model:1")
    assert finding.mend == "change one of them, or accept it with start gap m = 0.0013"
    (finding,) = findings(text(OWED + " start gap m = 0.0013"))
    assert finding.severity == "note" and "which the text accepts" in finding.sentence
    (finding,) = findings(text(OWED + " start gap m = 0.0012"))
    assert finding.severity == "warning"


def test_an_opening_that_was_computed_is_a_note_with_its_place(text):
    model = text("sector a, b, c claim m: a owes b, c transaction t: b -> c = 1\nstart total m = 9, m[b] = 4")
    (finding,) = findings(model)
    assert (finding.severity, finding.place) == ("note", "small.model:2")
    assert finding.sentence.startswith("m[c] opens with 5, which is computed: total of m is stated")
    assert findings(model, start={"m[c]": 5}) == ()
    assert (
        missing_findings(load_model(model), [load_model(model).slot("m", ("c",))], np.zeros((9, 1, 1))) == []
    )


def test_more_paths_than_are_evaluated_at_once(text):
    model = load_model(text("let b = b(-1) start b = 0 check b = 0"))
    values = np.zeros((len(model.slots), 4, 200))
    assert check_findings(model, values) == []
    values[:, 2, 130] = 5.0
    values[:, 3, [1, 199]] = -7.0
    (finding,) = check_findings(model, values)
    assert "fails from period 2 on path 130" in finding.sentence
    assert finding.evidence == "largest gap 7; 3 of 200 paths"


def test_a_check_over_a_dimension_is_held_in_each_cell(text):
    model = text(
        """dimension country = N, S
        given a[country] = 1
        let b = a
        check b >= 0"""
    )
    found = findings(model, series={"a[S]": [1, -1, 1, 1]})
    assert len(found) == 1 and "S" in found[0].sentence and "N" not in found[0].sentence.replace("None", "")
    assert len(findings(model, series={"a": [-1, 1, 1, 1]})) == 2


@pytest.mark.parametrize("relation", ["=", ">=", "<=", "<>", "<", ">"])
@pytest.mark.parametrize("side", ["log(a)", "1 / a - 1 / a", "sqrt(a)"])
def test_a_side_without_a_finite_value_does_not_pass(text, relation, side):
    model = text(f"given a = 1 let b = a\ncheck {side} {relation} 3")
    values = [-1, -1, -1, -1] if side != "1 / a - 1 / a" else [0, 0, 0, 0]
    (finding,) = findings(model, series={"a": values})
    assert "has no finite value from period 1 on path 0" in finding.sentence
    assert finding.evidence == "1 of 1 paths"


def test_an_infinite_term_does_not_widen_the_room(text):
    model = text("given a = 1 let b = a check b + 0 / (b - 2) = 1")
    found = findings(model, series={"a": [1, 1.5, 2, 2]})
    assert "no finite value from period 3" in found[0].sentence


@pytest.mark.parametrize(("off", "passes"), [(1e-11, True), (1e-7, False)])
@pytest.mark.parametrize("size", [1e-8, 1.0, 1e12])
def test_room_for_rounding_is_relative_to_the_largest_term(text, size, off, passes):
    model = text("given a = 1, c = 1 let b = a let d = c check b - d = 0")
    changes = [{"name": "a", "value": size}, {"name": "c", "value": size * (1 + off)}]
    assert (findings(model, set=changes) == ()) is passes


def test_large_numbers_that_differ_by_one_are_not_equal_and_equal_ones_are_not_different(text):
    values = {"a": [3e11] * 4}
    assert findings(text("given a = 1 let b = a check b <> 3e11 + 400"), series=values) == ()
    assert len(findings(text("given a = 1 let b = a check b <> 3e11"), series=values)) == 1


def test_net_worth_that_is_nothing_is_measured_by_what_it_adds_up():
    model = load_model("sim")
    run = run_scenario(make_scenario(model="sim", periods=4))
    assert run.findings == ()
    values = run.result.values.copy()
    values[model.slot("net_worth.firms")] = 1e-9  # of payments of 100
    assert check_findings(model, values) == []
    values[model.slot("net_worth.firms")] = 1e-5
    (finding,) = check_findings(model, values)
    assert "net_worth[firms]" in finding.sentence


def test_a_failed_check_has_no_effect_on_the_solution(text):
    plain = run_scenario(make_scenario(model=text("given a = 1 let b = a"), periods=2)).result
    checked = run_scenario(
        make_scenario(model=text("given a = 1 let b = a check b = 2", "other"), periods=2)
    ).result
    assert plain.series("b").tolist() == checked.series("b").tolist()


def test_stated_openings_that_the_cells_contradict_are_named(text):
    content = """
    sector households, banks, government
    claim bills: government owes households, banks
    claim money: banks owes households
    transaction spending: government -> households = 1
    hold bills by households = bills(-1)
    start bills[households] = 60, bills[banks] = 20, money = 20
    start total bills = 80.5
    start net_worth[households] = 80
    """
    (finding,) = findings(text(content))
    assert finding.severity == "warning" and finding.place == "small.model:8"
    assert "80.5" in finding.sentence and "the cells give 80: gap -0.5" in finding.sentence
    assert findings(text(content.replace("80.5", "80"))) == ()
    assert findings(text(content.replace("80.5", "80.00000000001"))) == ()


def test_a_stated_opening_of_nothing_has_room_for_rounding(text):
    content = """
    sector households, banks, government
    claim bills: government owes banks
    claim money: banks owes households
    transaction spending: government -> households = 1
    start bills = 0.3, money = 0.1 + 0.2
    start net_worth[banks] = 0
    """
    assert findings(text(content)) == ()
    (finding,) = findings(text(content.replace("0.1 + 0.2", "0.2")))
    assert "net_worth[banks]" in finding.sentence


def test_a_settled_claim_that_runs_out_is_named_by_a_run(text):
    content = (
        "sector one, other claim money: one owes other transaction pay: other -> one = 1 start money = 2.5"
    )
    (finding,) = findings(text(content))
    assert finding.place == "money" and "negative from period 3 on path 0" in finding.sentence
    assert finding.evidence == "smallest value -1.5" and finding.mend
    assert findings(text(content), start={"money": 4}) == ()


def test_settled_claims_below_zero_are_named():
    model = load_model("sim")
    numbers = np.full((len(model.slots), 5, 3), 7.0)
    assert settled_findings(model, numbers) == []
    numbers[model.slot("money"), 3, 2] = -2.5
    numbers[model.slot("money"), 0, 0] = -9.0  # the opening is another matter
    numbers[model.slot("wages")] = -1.0  # a payment may be negative
    (finding,) = settled_findings(model, numbers)
    assert finding.place == "money" and "from period 3 on path 2" in finding.sentence
    assert finding.evidence == "smallest value -2.5"


def test_decided_claims_below_zero_are_named_once_for_each_statement(text):
    content = """dimension c = N, S sector a[c], b[c], d[c] claim m: a owes b, d
        given low[N] = 1, low[S] = 2
        transaction t: b -> d
        hold m by b = m(-1) - low
        start m = 3"""
    model = text(content)
    decided, settled = [f for f in findings(model) if "decided" in f.sentence], findings(model)
    (finding,) = decided
    assert (finding.severity, finding.place) == ("warning", "small.model:4")
    assert finding.sentence == "m[S, b] is decided by its equation and is negative from period 2 on path 0."
    assert finding.evidence == "smallest value -5; 2 cells of this statement are negative at some time"
    assert len(settled) == 1  # what the budgets settle has risen


def test_rounding_below_zero_is_no_finding():
    model = load_model("pc")
    numbers = np.full((len(model.slots), 3, 1), 100.0)
    numbers[model.slot("money"), 2, 0] = -1e-13
    assert settled_findings(model, numbers) == []
    numbers[model.slot("money"), 2, 0] = -1e-6
    assert len(settled_findings(model, numbers)) == 1


def test_a_model_without_accounts_has_nothing_settled(text):
    model = load_model(text("given a = 1 let b = a"))
    assert settled_findings(model, np.zeros((len(model.slots), 3, 1))) == []
    assert check_findings(model, np.zeros((len(model.slots), 1, 1))) == []
