"""What a run keeps: what the text reports, what is named, or everything; checks see what they need."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

TEXT = """
sector one, other
claim money: one owes other
given amount = 1, limit = 3
transaction pay: other -> one = amount
let double = 2 * money
let triple = 3 * money
start money = 2.5
check triple <= limit
report double
"""


def run(model, path=None, **fields):
    return run_scenario(make_scenario(**{"model": model, "periods": 4, **fields}), path)


def titles(run):
    return [run.model.title(slot) for slot in run.shown]


def test_a_report_decides_and_keep_says_more(text):
    model = text(TEXT)
    assert titles(run(model)) == ["double"]
    assert titles(run(model, keep=["triple", "money"])) == ["money", "triple"]
    whole = run(model, keep=["all"])
    assert whole.result.kept is None and len(titles(whole)) == len(whole.model.variables)
    assert titles(run("sim")) == titles(run("sim", keep=["all"]))  # nothing is reported there


def test_a_name_means_all_of_its_cells():
    kept = run("pc", keep=["bills", "net_worth[ firms ]"])
    assert titles(kept) == ["bills[households]", "bills[central_bank]", "net_worth[firms]"]


def test_findings_do_not_depend_on_what_is_kept(text):
    model = text(TEXT)
    draw = {"name": "amount", "distribution": "uniform", "parameters": [0, 1]}
    few, whole = (run(model, keep=keep, draw=[draw], paths=70) for keep in ([], ["all"]))
    assert few.findings == whole.findings and len(few.findings) == 2  # the check, and the claim below zero
    assert few.result.values.shape[0] < whole.result.values.shape[0]
    same = whole.result.series("double").tolist()
    assert few.result.series("double").tolist() == same
    with pytest.raises(KeyError, match="was not kept"):
        few.result.series("pay")


def test_names_that_are_not_there(text):
    with pytest.raises(InputError) as caught:
        run("sim", keep=["monney", "all_of_it"])
    assert caught.value.codes == ("S702", "S702") and "money" in caught.value.troubles[0].mend
    with pytest.raises(InputError) as caught:
        run(text(TEXT.replace("report double", "report doubel")))
    assert caught.value.codes == ("E610",) and caught.value.troubles[0].where == "small.model:10"


def test_one_path_of_many_has_its_own_digits_and_everything(text):
    model = text(TEXT)
    draws = [
        {"name": "amount", "distribution": "normal", "parameters": [0, 1], "ar": 0.7},
        {"name": "limit", "distribution": "t", "parameters": [5, 0, 1]},
    ]
    fields = {"draw": draws, "paths": 200, "seed": 9, "antithetic": True}
    many = run(model, keep=["all"], **fields)
    for path in (0, 1, 130, 199):
        alone = run(model, path, **fields)
        assert (alone.path, alone.result.kept) == (path, None)
        assert np.array_equal(alone.result.values[:, :, 0], many.result.values[:, :, path], equal_nan=True)
    with pytest.raises(InputError, match="use 0 to 199"):
        run(model, 200, **fields)


def test_a_run_that_keeps_little_may_be_longer():
    fields = {"model": "insout", "periods": 2000, "paths": 20_000}
    with pytest.raises(InputError) as caught:
        run_scenario(make_scenario(**fields))
    assert caught.value.codes == ("S701",) and "keep fewer" in caught.value.troubles[0].mend
