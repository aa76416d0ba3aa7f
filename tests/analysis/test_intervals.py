"""Every interval contains its point, in each perimeter, treatment, side and division, and each correction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creditor.analysis.creditors import direct_parts, final_parts, holdings, kind_of, summary
from creditor.analysis.intervals import intervals, kind_intervals
from creditor.errors import MissingError, NoSolutionError
from creditor.ledger.claims import UNALLOCATED
from creditor.ledger.treatments import parse_treatment
from creditor.opening.corrections import applies, corrected, known_corrections
from creditor.opening.country import available, load_country
from creditor.opening.opening import open_economy
from creditor.opening.perimeter import periods_of

CODES = [
    f"{bank},{funds},{firms}"
    for bank in ("T0", "T1", "T2")
    for funds in ("I0", "I1", "I2")
    for firms in ("F0", "F1")
]


def cases(country, codes, perimeter, view, through=True, period=""):
    """The opening as published, and with each correction that applies."""
    opening = open_economy(country, parse_treatment(codes), perimeter, period, through, view)
    made = [opening]
    made += [corrected(c, opening) for c in known_corrections(country) if applies(c, opening)]
    return opening, made


def check(opening, case, by):
    """The intervals of a case; `Interval.containing` refuses a point that is outside by more than rounding."""
    parts = final_parts(case).parts if opening.through else direct_parts(case)
    found, _ = holdings(parts, case, by)
    bounds = intervals(opening, found, by)
    total = float(opening.total)
    for holding in found:
        interval = bounds[holding.name]
        assert 0 <= interval.low <= holding.amount <= interval.high <= total * (1 + 1e-9)
    return found, bounds


@pytest.mark.parametrize("view", ["owed_to", "borne_by"])
@pytest.mark.parametrize("codes", CODES)
def test_usa_in_every_treatment_and_perimeter(codes, view):
    usa = load_country("USA")
    for perimeter in usa.settings["perimeters"]:
        opening, made = cases(usa, codes, perimeter, view)
        for case in made:
            check(opening, case, "")
            kinds = summary(final_parts(case).parts, case)
            for kind, interval in kind_intervals(opening, kinds).items():
                assert interval.low <= kinds[kind] <= interval.high


@pytest.mark.parametrize("by", ["wealth", "age", "instrument", "country"])
@pytest.mark.parametrize("view", ["owed_to", "borne_by"])
def test_usa_in_every_division(by, view):
    opening, made = cases(load_country("USA"), "T0", "public", view)
    for case in made:
        check(opening, case, by)


def test_usa_at_every_period_and_directly():
    usa = load_country("USA")
    for perimeter in usa.settings["perimeters"]:
        for period in periods_of(usa, perimeter):
            opening, made = cases(usa, "T2", perimeter, "owed_to", through=False, period=period)
            for case in made:
                _, bounds = check(opening, case, "")
                assert {interval.bound for interval in bounds.values()} == {"exact"}


@pytest.mark.parametrize("code", available())
def test_every_economy_that_the_library_has(code):
    country = load_country(code)
    for perimeter in country.settings["perimeters"]:
        for through in (False, True):
            try:
                opening, made = cases(country, "", perimeter, "owed_to", through)
            except MissingError:
                continue
            for case in made:
                check(opening, case, "")


def test_what_rests_on_nothing_uncertain_is_exact():
    usa = load_country("USA")
    opening, _ = cases(usa, "T2", "public", "owed_to", through=False, period="2023Q4")
    found, bounds = check(opening, opening, "")
    for holding in found:
        assert bounds[holding.name].low == pytest.approx(holding.amount, rel=1e-12)
        assert bounds[holding.name].high == pytest.approx(holding.amount, rel=1e-12)


def test_what_is_not_allocated_may_be_anyones_or_no_ones():
    opening, _ = cases(load_country("USA"), "T0", "public", "owed_to")
    found, bounds = check(opening, opening, "")
    lost = next(h.amount for h in found if h.name == UNALLOCATED)
    assert bounds[UNALLOCATED].low == 0.0 and bounds[UNALLOCATED].high >= lost
    for holding in found:
        if holding.name != UNALLOCATED:  # none of these is told completely
            assert bounds[holding.name].high >= holding.amount + lost - 1e-6


def test_the_proxy_of_wealth_groups_makes_the_rich_less_and_the_poor_more():
    opening, _ = cases(load_country("USA"), "T0", "public", "owed_to", period="2023Q4")
    parts = [p for p in final_parts(opening).parts if p.last == "" and p.owner in opening.households]
    point = {h.name: h.amount for h in holdings(parts, opening, "wealth")[0]}
    whole, bounds = check(opening, opening, "wealth")
    amounts = {h.name: h.amount for h in whole}
    name = "households_and_nonprofits/top_0.1"
    assert bounds[name].low < amounts[name] - 0.9 * point[name], (
        "all its direct holding may be municipal paper"
    )


def test_kinds():
    opening, _ = cases(load_country("USA"), "T0", "public", "owed_to")
    assert kind_of("hedge_funds_abroad", opening) == "rest of the world"
    assert kind_of("dealers", opening) == "intermediaries"
    assert kind_of(UNALLOCATED, opening) == "not allocated"
    both = kind_intervals(opening, {"households": 11282.3, "rest of the world": 10520.0})
    assert both["households"].high - both["households"].low > 1000


def test_government_funds_take_nothing_of_what_is_not_allocated():
    opening, _ = cases(load_country("USA"), "T2,I1", "federal-gross", "owed_to")
    _, bounds = check(opening, opening, "")
    fund = bounds["fund_social_security"]
    assert (fund.low, fund.high) == pytest.approx((2340, 2860)) and fund.bound == "exact"
    assert bounds["central_bank"].high == pytest.approx(3830.9), "its holding is published"
    assert bounds["state_and_local_government"].bound == "outer"


def test_beneficiaries_have_the_range_of_their_fund():
    opening, _ = cases(load_country("USA"), "I2", "federal-gross", "owed_to")
    _, bounds = check(opening, opening, "")
    promised = bounds["beneficiaries_social_security"]
    assert (promised.low, promised.high, promised.bound) == (2340, 2860, "exact")


def test_a_point_outside_is_refused_and_not_covered_up():
    opening, _ = cases(load_country("USA"), "T0", "public", "owed_to")
    found, _ = holdings(final_parts(opening).parts, opening)
    wrong = [replace(h, amount=40_000.0) if h.name == "rest_of_world" else h for h in found]
    with pytest.raises(NoSolutionError) as caught:
        intervals(opening, wrong)
    assert caught.value.codes == ("L411",)
