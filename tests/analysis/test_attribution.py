"""Attribution: parts sum to the difference, known splits, equations apart, common draws."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.analysis.attribution import attribute, rows_of
from creditor.errors import InputError, NoSolutionError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

TEXT = """
given a = 2, b = 3, unused = 1
let product = a * b
let added = a + b
let both = product + added
let level = level(-1) + a
start level = 1
"""


def entry(name: str, value: float, first: int = 1, **more):
    return {"name": name, "value": value, "from": first, **more}


@pytest.fixture
def sides(tmp_path):
    def make(text: str = TEXT, model: str = "", **second):
        path = tmp_path / "small.model"
        path.write_text(text, "utf-8")
        common = {"model": model or str(path), "periods": second.pop("periods", 3)}
        common |= {key: second.pop(key) for key in ("paths", "draw", "seed") if key in second}
        return make_scenario(**common), make_scenario(**common, **second)

    return make


def ends(found, number: int = 0) -> dict[str, float]:
    return {title: float(row[-1]) for title, row in rows_of(found, number).items()}


def test_a_product_has_an_interaction(sides) -> None:
    found = attribute(*sides(set=[entry("a", 3), entry("b", 5)]), ["product", "added"])
    assert ends(found) == {"a": 3.0, "b": 4.0, "interaction": 2.0, "difference": 9.0}
    assert ends(found, 1) == {"a": 1.0, "b": 2.0, "interaction": 0.0, "difference": 3.0}
    last = {part.title: float(part.last[0, -1]) for part in found.parts}
    assert last == {"a": 5.0, "b": 6.0}, "what taking it back from the whole loses"


def test_by_equations_each_reads_its_own_copy(sides) -> None:
    found = attribute(*sides(set=[entry("a", 3), entry("b", 5)]), ["both"], "equations")
    assert ends(found) == {"product": 9.0, "added": 3.0, "level": 0.0, "interaction": 0.0, "difference": 12.0}


@pytest.mark.parametrize("by", ["changes", "equations"])
def test_parts_sum_to_the_difference_of_the_runs(by) -> None:
    changes = [entry("tax_rate", 0.25, 3), entry("bill_share", 0.7), entry("public_spending", 22)]
    one = make_scenario(model="pc", periods=12)
    other = make_scenario(
        model="pc",
        periods=12,
        set=changes,
        add=[entry("consumption", 2, 4)],
        fix=[entry("taxes", 25, 6, to=7)],
        start={"money": 30.0},
    )
    found = attribute(one, other, ["wages", "bills"], by)
    runs = [run_scenario(one), run_scenario(other)]
    for number, title in enumerate(found.variables):
        slot = runs[0].model.slot_of[
            next(k for s, k in enumerate(runs[0].model.slots) if runs[0].model.title(s) == title)
        ]
        rows = [run.result.values[slot][:, 0] for run in runs]
        assert np.array_equal(found.total[number], rows[1] - rows[0], equal_nan=True), (
            "the digits of runs alone"
        )
        parts = sum(part.alone[number] for part in found.parts) + found.interaction[number]
        assert parts[1:] == pytest.approx(found.total[number][1:], rel=1e-12, abs=1e-12)
    titles = {part.title for part in found.parts}
    if by == "changes":
        own = {"tax_rate", "bill_share", "public_spending"}
        assert titles == own | {"add consumption", "fix taxes", "start money"}
    else:
        assert titles == {"taxes", "consumption", "purchases", "bills[households]", "openings"}


def test_paths_share_their_draws(sides) -> None:
    draw = entry("public_spending", 0) | {"distribution": "normal", "parameters": [0, 2]}
    draw = {key: draw[key] for key in ("name", "distribution", "parameters")}
    both = sides(model="sim", paths=50, draw=[draw], set=[entry("public_spending", 25)], periods=30)
    found = attribute(*both, ["wages"])
    sure = attribute(*sides(model="sim", set=[entry("public_spending", 25)], periods=30), ["wages"])
    assert ends(found)["difference"] == pytest.approx(ends(sure)["difference"], rel=1e-12), "the luck cancels"


def test_levers_of_targets_are_changes(sides) -> None:
    aim = entry("wages", 120, 10, by=["public_spending", "add taxes"])
    found = attribute(*sides(model="sim", target=[aim], periods=10), ["wages"])
    rows = ends(found)
    assert set(rows) == {"public_spending", "add taxes", "interaction", "difference"}
    assert rows["difference"] == pytest.approx(20) and rows["interaction"] == pytest.approx(0, abs=1e-9)


def test_what_cannot_be_split(sides) -> None:
    with pytest.raises(InputError, match="differ in nothing"):
        attribute(*sides(set=[entry("a", 2)]), ["added"])
    with pytest.raises(InputError, match="no variable 'addd'"):
        attribute(*sides(set=[entry("a", 3)]), ["addd"])
    one, other = sides(set=[entry("a", 3)])
    with pytest.raises(InputError, match="periods is 3 against 4"):
        attribute(one, other.model_copy(update={"periods": 4}), ["added"])


def test_an_error_says_which_run_it_is(sides) -> None:
    text = "given a = 1, b = 1 let x = 1 / (a + b)"
    with pytest.raises(NoSolutionError, match="run with all but a"):
        attribute(*sides(text, set=[entry("a", 4), entry("b", -1)]), ["x"])
