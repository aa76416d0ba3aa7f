"""Draws of a scenario: covariances, bootstrap, points and products, the same digits for any subset, faults by name."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.draws import Draw
from creditor.errors import InputError
from creditor.scenario.files import read_scenario
from creditor.scenario.run import plan_run, run_scenario
from creditor.scenario.scenario import make_scenario

PAIR = {"names": ["a", "b"], "distribution": "normal", "covariance": [[4.0, 1.2], [1.2, 1.0]]}


@pytest.fixture
def drawn(tmp_path):
    path = tmp_path / "small.model"
    path.write_text("given a = 10, b = 20, c = 2 let x = a let y = b let z = c")

    def make(*draws, **fields):
        return make_scenario(**{"model": str(path), "periods": 6, "paths": 2000, "draw": draws, **fields})

    return make


def values(scenario, name: str):
    return run_scenario(scenario).result.series(name)[1:]


def test_a_covariance_moves_names_together(drawn) -> None:
    scenario = drawn(PAIR)
    x, y = values(scenario, "x"), values(scenario, "y")
    found = np.cov(x.ravel(), y.ravel())
    assert found == pytest.approx(np.array(PAIR["covariance"]), abs=0.08)
    assert x.mean() == pytest.approx(10, abs=0.05) and y.mean() == pytest.approx(20, abs=0.03)
    alone = values(drawn({"name": "a", "distribution": "normal", "parameters": [0, 2]}), "x")
    assert np.array_equal(x, alone), "the first name has the numbers that it has alone"


def test_means_and_joint_t(drawn) -> None:
    moved = values(drawn({**PAIR, "parameters": [1.0, -1.0]}), "y")
    assert moved.mean() == pytest.approx(19, abs=0.03)
    heavy = drawn({**PAIR, "distribution": "t", "parameters": [5]})
    x, y = values(heavy, "x") - 10, values(heavy, "y") - 20
    assert np.corrcoef(x.ravel(), y.ravel())[0, 1] == pytest.approx(0.6, abs=0.04)
    assert x.var() == pytest.approx(4 * 5 / 3, rel=0.12)
    far = np.abs(x) > np.quantile(np.abs(x), 0.99)
    assert (np.abs(y[far]) > 1.5).mean() > 0.5, "one tail for both"


def test_a_bootstrap_has_past_deviations_of_the_same_rows(drawn) -> None:
    past = [[1.0, 2.0, 3.0, 6.0], [10.0, 20.0, 30.0, 60.0]]
    entry = {"names": ["a", "b"], "distribution": "bootstrap", "history": past, "block": 2}
    scenario = drawn(entry)
    x, y = values(scenario, "x"), values(scenario, "y")
    assert set(np.unique(x)) == {8.0, 9.0, 10.0, 13.0} and np.allclose(y - 20, 10 * (x - 10))
    assert x.mean() == pytest.approx(10, abs=0.08)


def test_times_multiplies(drawn) -> None:
    draw = {"name": "c", "distribution": "normal", "parameters": [0, 0.1]}
    added, times = (values(drawn(draw | more), "z") for more in ({}, {"times": True}))
    assert times == pytest.approx(2 * (1 + (added - 2)), rel=1e-14)


def test_points_of_sobol_are_nearer_to_the_mean(drawn) -> None:
    draw = {"name": "a", "distribution": "normal", "parameters": [0, 1]}
    luck, even = (values(drawn(draw, paths=1024, sobol=sobol), "x") for sobol in (False, True))
    away = [np.abs(columns.mean(axis=1) - 10).max() for columns in (luck, even)]
    assert away[1] < 0.005 < away[0]
    pairs = values(drawn(draw, paths=8, sobol=True, antithetic=True), "x")
    assert pairs[:, 0::2] + pairs[:, 1::2] == pytest.approx(np.full((6, 4), 20.0), rel=1e-12)


@pytest.mark.parametrize("sobol", [False, True])
def test_the_same_digits_for_any_part_of_the_paths(drawn, sobol: bool) -> None:
    past = {"name": "c", "distribution": "bootstrap", "history": [[0.1, 0.2, 0.4]], "block": 2}
    plan = plan_run(drawn(PAIR | {"ar": 0.5}, past, paths=300, sobol=sobol))
    everything, part = plan.givens(), plan.givens(range(130, 190))
    for slot, numbers in everything.items():
        assert np.array_equal(part[slot], numbers[:, 130:190])


def test_plain_draws_keep_their_digits_and_their_hash(drawn) -> None:
    entry = {"name": "a", "distribution": "t", "parameters": [4, 0, 2]}
    scenario = drawn(entry, paths=5)
    own = Draw("a", "t", (4, 0, 2)).numbers(0, np.arange(5), np.arange(1, 7))
    assert np.array_equal(values(scenario, "x"), 10 + own)
    spelled = drawn({**entry, "times": False, "block": 1, "names": [], "covariance": []}, paths=5)
    assert spelled.digest("m") == scenario.digest("m") != drawn({**entry, "times": True}, paths=5).digest("m")


def test_each_name_of_a_joint_draw_counts_for_the_size(drawn) -> None:
    plain = {"name": "c", "distribution": "normal", "parameters": [0, 1]}
    assert (drawn(PAIR).drawn, drawn(PAIR, plain).drawn, drawn().drawn) == (2, 3, 0)
    assert plan_run(drawn(PAIR)).size - plan_run(drawn()).size == 8.0 * 2000 * 6 * 2


def test_what_cannot_be_drawn_is_named(drawn) -> None:
    normal = {"name": "a", "distribution": "normal", "parameters": [0, 1]}
    cases = [
        ({"distribution": "normal"}, "either name or names", "S703"),
        ({**normal, "names": ["b"]}, "either name or names", "S703"),
        ({**PAIR, "covariance": [[1.0, 2.0], [2.0, 1.0]]}, "not positive semi-definite", "S713"),
        ({**PAIR, "covariance": []}, "2 names have no covariance", "S703"),
        ({**PAIR, "parameters": [1.0]}, "1 parameters for 2 names", "S703"),
        ({**PAIR, "distribution": "uniform"}, "uniform has no covariance", "S703"),
        ({**PAIR, "distribution": "t", "parameters": [2.5]}, "out of bounds", "S703"),
        ({**PAIR, "names": ["a", "a"]}, "a is drawn twice", "S703"),
        ({"name": "a", "distribution": "bootstrap"}, "0 rows of history for 1 name", "S703"),
        (
            {"name": "a", "distribution": "bootstrap", "history": [[1.0, 2.0]], "block": 3},
            "a block of 3",
            "S703",
        ),
        ({**normal, "history": [[1.0]]}, "normal has no history", "S703"),
    ]
    for entry, words, code in cases:
        with pytest.raises(InputError, match=words) as caught:
            run_scenario(drawn(entry))
        assert caught.value.codes == (code,), entry
    heavy = {"name": "a", "distribution": "t", "parameters": [4, 0, 1]}
    with pytest.raises(InputError, match="several numbers for each place"):
        run_scenario(drawn(heavy, sobol=True))
    with pytest.raises(InputError, match="21,201"):
        run_scenario(drawn(normal, sobol=True, periods=30_000, paths=2))


def test_a_file_of_past_values(tmp_path, drawn) -> None:
    (tmp_path / "past.csv").write_text("# schema 1\nt,b,a\n1,5,1\n2,7,2\n3,9,3\n")
    text = 'schema = 1\nmodel = "x"\n[[draw]]\nnames = ["a", "b"]\ndistribution = "bootstrap"\nhistory_file = "past.csv"\n'
    path = tmp_path / "drawn.toml"
    path.write_text(text)
    assert read_scenario(path).scenario().draw[0].history == ((1.0, 2.0, 3.0), (5.0, 7.0, 9.0))
    for broken, words in (
        (text.replace('"b"', '"q"'), "no column 'q'"),
        (text.replace("past", "pst"), "pst.csv"),
    ):
        path.write_text(broken)
        with pytest.raises(InputError, match=words):
            read_scenario(path)
