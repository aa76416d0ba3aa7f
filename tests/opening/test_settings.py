"""A country.toml that lacks something or names something unknown is refused, with its line."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.opening.country import read_country
from creditor.opening.settings import check_settings
from creditor.terms.library import ROOT, read_toml

PATH = ROOT / "countries" / "USA" / "country.toml"


def test_the_shipped_settings_are_whole():
    assert check_settings(read_toml(PATH), PATH).items == []


@pytest.mark.parametrize(
    ("old", "new", "code", "what"),
    [
        ('code = "USA"', 'code = "UZA"', "T201", "no economy 'UZA'"),
        ('debtor = "central_government"', 'debtor = "central_goverment"', "T202", "central_goverment"),
        ('currency = "USD"', 'currency = "USX"', "T205", "no currency 'USX'"),
        ('depth = "household"', "", "C112", "depth is missing"),
        ('name = "United States"', "name = 3", "C112", "name is missing"),
        ('headline_period = "2025Q3"', 'headline_period = "2025Q5"', "T204", "2025Q5"),
        ('headline_perimeter = "federal-gross"', 'headline_perimeter = "gross"', "C112", "no perimeter"),
        ('holders = "z1-2026-03-19"', "", "C112", "holders in [sets] is missing"),
        ('central_bank = "central_bank"', "", "C112", "[roles] central_bank is missing"),
        ('firm = ["nonfinancial_business"]', 'firm = "nonfinancial_business"', "C112", "[roles] firm"),
        ('foreign = ["rest_of_world"]', 'foreign = ["rest_of_wrld"]', "T202", "rest_of_wrld"),
        ('sets = ["holders", "funds"]', 'sets = ["holders", "fund"]', "C112", "no set 'fund'"),
        ('valuation = "market value"', "", "C112", "[perimeters.public] valuation"),
        ('netted_holder = "state', 'netted_holder = "stat', "T202", "no sector"),
        ('terms = ["set:holders"]', 'terms = ["sets:holders"]', "F306", "cannot be read"),
        ('terms = ["set:local"]', 'terms = ["set:locals"]', "F306", "no set 'locals'"),
        ('severity = "note"', 'severity = "hint"', "C112", "no severity 'hint'"),
        ('place = "households"', "", "C112", "[[notes]] place is missing"),
        ('fund_medicare = "ben', 'fund_medicare = "bin', "T202", "no sector"),
    ],
)
def test_each_damage_is_found(change, folder, old, new, code, what):
    line = change("country.toml", old, new)
    with pytest.raises(InputError) as caught:
        read_country(folder)
    found = [trouble for trouble in caught.value.troubles if code == trouble.code and what in trouble.what]
    assert found, caught.value
    assert found[0].where.startswith("country.toml")
    if new and "is missing" not in found[0].what:
        assert found[0].where == f"country.toml:{line}"


def test_all_troubles_of_the_settings_come_at_once(change, folder):
    change("country.toml", 'central_bank = "central_bank"', "")
    change("country.toml", 'currency = "USD"', 'currency = "USX"')
    with pytest.raises(InputError) as caught:
        read_country(folder)
    assert sorted(caught.value.codes) == ["C112", "T205"]
