"""Policy: add-factors and fixes over periods, every misfit at once and by name."""

from __future__ import annotations

import pytest

from creditor.equations.load import load_model
from creditor.errors import InputError, Troubles
from creditor.scenario.policy import read_policy
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.scenario.steady import steady_scenario


def run(**fields):
    return run_scenario(make_scenario(**{"model": "pc", "periods": 6, **fields}))


def series(result, name: str, *labels: str) -> list[float]:
    return [round(x, 9) for x in result.result.series(name, *labels)[1:, 0].tolist()]


def troubles(**fields):
    with pytest.raises(InputError) as caught:
        run(**fields)
    return caught.value.troubles


def entry(name: str, value: float, first: int = 1, last: int | None = None, **more):
    return {"name": name, "value": value, "from": first, **({"to": last} if last else {}), **more}


def test_add_factors_add_up_and_fixes_rule_in_order(text) -> None:
    model = text("given a = 1 let b = a let c = b + 1")
    added = run(model=model, add=[entry("b", 2, 2, 4), entry("b", 3, 4)])
    assert series(added, "b") == [1, 3, 3, 6, 4, 4] and series(added, "c") == [2, 4, 4, 7, 5, 5]
    fixed = run(model=model, fix=[entry("b", 9, 2), entry("b", 8, 3, 4)], add=[entry("b", 1)])
    assert series(fixed, "b") == [2, 9, 8, 8, 9, 9], "the add-factor rests while the equation does"


def test_one_name_means_all_of_its_cells(text) -> None:
    model = text("dimension d = N, S given g[d] = 1 let x[d] = g")
    both = run(model=model, add=[entry("x", 1)])
    assert series(both, "x", "N") == series(both, "x", "S") == [2] * 6
    one = run(model=model, fix=[entry("x[S]", 7)])
    assert series(one, "x", "N") == [1] * 6 and series(one, "x", "S") == [7] * 6


def test_books_close_whatever_is_fixed() -> None:
    done = run(
        fix=[entry("consumption", 80, 2, 4), entry("bills[households]", 10, 3)], add=[entry("taxes", 2)]
    )
    assert done.result.certificate.books <= 1e-12
    assert series(done, "bills", "households")[2:] == [10] * 4
    notes = [finding.sentence for finding in done.findings if finding not in run().findings]
    assert notes == [
        "The equation for consumption is suspended from 2 to 4.",
        "The equation for bills[households] is suspended from 3 on.",
    ]


def test_dates_are_periods(text) -> None:
    model = text("frequency quarterly from 2025Q4\ngiven a = 1 let b = a")
    done = run(model=model, add=[{"name": "b", "value": 1, "from": "2026Q2", "to": "2026Q3"}])
    assert series(done, "b") == [1, 2, 2, 1, 1, 1]


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = troubles(
        fix=[entry("money", 1), entry("wages", 1), entry("consumption", 80, 4)],
        add=[entry("tax_rate", 0.1), entry("consumptoin", 1), entry("taxes", 1, 5, 3), entry("taxes", 1, 7)],
        target=[
            entry("consumption", 90, 5, by=["tax_rate"]),
            entry("wealth", 90, 5, by=["consumption", "add money"]),
            entry("bills", 3, 2, by=["tax_rate"]),
        ],
    )
    told = [f"{trouble.code} {trouble.where}: {trouble.what}" for trouble in found]
    assert "S711 fix money: money cannot be fixed" in told and "S711 fix wages: wages cannot be fixed" in told
    assert "S702 add tax_rate: pc has no variable 'tax_rate'" in told
    assert "S702 add consumptoin: pc has no variable 'consumptoin'" in told
    assert "S702 add taxes: from 5 to 3" in told
    assert "S702 add taxes: it begins in period 7, 6 are run" in told
    assert "S711 target consumption: consumption is fixed in period 5" in told
    assert "S702 target wealth: pc has no given 'consumption'" in told
    assert "S711 target wealth: money cannot be added to" in told
    assert "S702 target bills: bills has 2 cells" in told
    mends = {trouble.where: trouble.mend + trouble.why for trouble in found}
    assert "did you mean consumption" in mends["add consumptoin"] and "set it" in mends["add tax_rate"]


def test_interventions_that_undo_each_other() -> None:
    fixed = troubles(fix=[entry("taxes", 20)], target=[entry("wages", 110, 3, by=["add taxes"])])
    assert [trouble.what for trouble in fixed] == ["lever add taxes has no effect: taxes is fixed"]
    twice = troubles(target=[entry("wages", v, 3, by=["tax_rate", "public_spending"]) for v in (1, 2)])
    assert [trouble.what for trouble in twice] == ["wages has two targets in period 3"]
    few = troubles(target=[entry("wages", 110, 3, 6, by=["tax_rate@1:6"])])
    assert [trouble.what for trouble in few] == ["4 targets have 1 levers"]
    assert run(
        fix=[entry("consumption", 80, 1, 2)], target=[entry("consumption", 90, 5, by=["tax_rate"])]
    ).moved


def test_levers_and_their_periods() -> None:
    def levers(by: str, *when: int):
        scenario = make_scenario(model="pc", periods=6, target=[entry("wages", 110, *when, by=[by])])
        wrong = Troubles()
        found = read_policy(load_model("pc"), scenario, wrong)
        wrong.raise_if_any()
        return [(lever.title, lever.first, lever.last) for lever in found.levers]

    assert levers("tax_rate", 4) == [("tax_rate", 1, 6)]
    assert levers("add taxes", 4, 5) == [("add taxes", 4, 4), ("add taxes", 5, 5)]
    assert levers("tax_rate@2", 4) == [("tax_rate", 2, 6)]
    assert levers("tax_rate@2:3", 4) == [("tax_rate", 2, 3)]
    for by in ("tax_rate@5", "tax rate", "@3"):
        with pytest.raises(InputError):
            levers(by, 4)


def test_a_scenario_without_interventions_keeps_its_digest() -> None:
    plain, more = (make_scenario(model="pc", add=add) for add in ((), [entry("taxes", 1)]))
    content = plain.model_dump(mode="json", by_alias=True)
    assert {"add", "fix", "target"} <= set(content) and plain.digest("x") != more.digest("x")
    assert plain.digest("x") == make_scenario(model="pc", add=[], fix=[], target=[]).digest("x")


def test_the_steady_state_knows_them() -> None:
    added = steady_scenario(make_scenario(model="sim", add=[entry("purchases", 5)]))
    spent = steady_scenario(make_scenario(model="sim", set=[entry("public_spending", 25)]))
    wages = [run.steady.values[run.model.slot("wages")] for run in (added, spent)]
    assert wages[0] == pytest.approx(wages[1], rel=1e-9) == pytest.approx(125, rel=1e-9)
    with pytest.raises(InputError, match="targets have no steady state"):
        steady_scenario(make_scenario(model="sim", target=[entry("wages", 120, 3, by=["tax_rate"])]))
