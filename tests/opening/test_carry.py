"""Classes of an older table are divided within a newer one; the headline of each folder follows the rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.errors import InputError
from creditor.ledger.claims import Claim
from creditor.opening.carry import bounds, with_carried
from creditor.opening.country import available, load_country
from creditor.opening.perimeter import direct_claims, periods_of
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin
from creditor.terms.vocabulary import sectors
from creditor.verbs.who import who

SETTINGS = {
    "sets": {"old": "old", "new": "new", "six": "six"},
    "perimeters": {
        "classes": {
            "sets": ["six"],
            "carried": ["old", "new"],
            "parts": {
                "residents": ["deposit_takers", "resident_nonbanks"],
                "households": ["resident_nonbanks"],
            },
        }
    },
}


def _claims(name, period, **amounts):
    origin = Origin(f"Office, Table {name}", period)
    return [
        Claim(holder, "state", Fraction(amount), period=period, set_name=name, origin=origin)
        for holder, amount in amounts.items()
    ]


OLD = _claims("old", "2019", central_bank=20, deposit_takers=10, resident_nonbanks=30)
NEW = _claims("new", "2025", central_bank=50, residents=40, households=10)


def test_what_is_told_is_taken_and_the_rest_keeps_its_proportions():
    claims, shares = with_carried(SETTINGS, OLD + NEW, frozenset({("new", "2025")}))
    made = {claim.holder: claim for claim in claims if claim.set_name == "six"}
    assert {name: float(claim.amount) for name, claim in made.items()} == {
        "central_bank": 50.0,
        "deposit_takers": 10.0,
        "resident_nonbanks": 40.0,
    }
    assert made["central_bank"].origin == NEW[0].origin
    divided = made["deposit_takers"].origin
    assert (divided.grade, divided.vintage) == ("C", "2025; 2019")
    assert "Office, Table new; Office, Table old" in divided.source and "2019" in divided.source
    assert shares == {("new", "2025"), ("six", "2025")}


def test_a_carried_part_is_anything_up_to_all_that_it_may_be_in():
    assert bounds(SETTINGS, OLD + NEW, "classes", "2025") == {
        "central_bank": (50, 50),
        "deposit_takers": (0, 40),
        "resident_nonbanks": (10, 50),
    }


def test_residence_that_no_newer_table_tells_stays_not_told():
    found = who("GRC").payload["loop"]["direct"]
    assert found["resident"] == 0 and found["unknown"] == pytest.approx(0.27, abs=0.005)
    assert who("FRA").payload["loop"]["direct"]["resident"] == pytest.approx(0.457, abs=0.001)


def test_a_holder_that_is_no_class_is_refused():
    with pytest.raises(InputError, match="pension_funds of set new is no class"):
        with_carried(SETTINGS, OLD + _claims("new", "2025", pension_funds=1), frozenset())


def test_an_empty_class_is_divided_equally():
    empty = _claims("old", "2019", central_bank=1, deposit_takers=0, resident_nonbanks=0)
    claims, _ = with_carried(SETTINGS, empty + NEW, frozenset())
    assert [float(c.amount) for c in claims if c.set_name == "six"] == [50.0, 20.0, 30.0]


@pytest.mark.parametrize("code", available())
def test_carried_claims_add_up_to_the_newer_table(code):
    country = load_country(code)
    for name, entry in country.settings["perimeters"].items():
        for period in periods_of(country, name) if "carried" in entry else ():
            whole = {country.set_name(key) for key in entry["carried"][1:]}
            newer = [c for c in country.claims if c.set_name in whole and c.period == period]
            made = direct_claims(country, name, period)
            assert sum(c.amount for c in made) == sum(c.amount for c in newer)


def _kinds(claims):
    """How many holders at home and abroad a table tells, and whether it tells residence at all."""
    roles = [sectors()[c.holder].role if c.holder in sectors() else "mixed" for c in claims]
    told = not set(roles) & {"mixed", "aggregate"}
    return told, sum(role != "foreign" for role in roles), sum(role == "foreign" for role in roles)


def _tables(country):
    found = []
    for name, entry in country.settings["perimeters"].items():
        for period in periods_of(country, name):
            claims = direct_claims(country, name, period)
            whole = {(c.issuer, c.instrument) for c in claims} == {
                ("general_government", "debt_securities_and_loans")
            }
            told, home, abroad = _kinds(claims)
            if told and home and abroad and home + abroad > 2:
                day = parse_period(period).last_day
                found.append((name, whole, "carried" in entry, day, home, abroad))
    return found


@pytest.mark.parametrize("code", [code for code in available() if code not in ("USA", "ROW", "SAU", "XLI")])
def test_the_headline_follows_the_rule(code):
    """Decision 013: tells creditors apart; whole before part within four years; then published or carried."""
    country = load_country(code)
    tables = _tables(country)
    newest = max(day for _, _, _, day, _, _ in tables)
    wholes = [one for one in tables if one[1] and (newest - one[3]).days <= 4 * 365.25]
    pool = wholes or [one for one in tables if not one[1]] or tables
    last = max(one[3] for one in pool)
    carried = [one for one in pool if one[2]]
    published = [
        one
        for one in pool
        if not one[2]
        and (last - one[3]).days <= 366
        and all(one[4] >= other[4] or one[5] >= other[5] for other in carried)
    ]
    chosen = max(published or carried or pool, key=lambda one: (one[3], one[4] + one[5]))
    assert country.settings["headline_perimeter"] == chosen[0]
