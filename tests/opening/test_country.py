"""A country folder is read whole or refused with every trouble of every file, each with its line."""

from __future__ import annotations

import os
from fractions import Fraction

import pytest

from creditor.errors import InputError, MissingError
from creditor.opening.country import available, load_country, read_country
from creditor.terms.library import ROOT

USA = ROOT / "countries" / "USA"


def test_names_and_codes_lead_to_the_same_folder():
    assert load_country("usa") is load_country("United States") is load_country(" USA ")
    assert load_country("USA").called == "the United States"
    assert available() == sorted(available()) and "USA" in available()


def test_a_name_that_does_not_exist_and_an_economy_without_a_folder_are_two_errors():
    with pytest.raises(InputError) as caught:
        load_country("Untied States")
    assert "United States" in caught.value.troubles[0].mend
    with pytest.raises(MissingError) as missing:
        load_country("aut")
    assert missing.value.codes == ("F303",) and "USA" in missing.value.troubles[0].mend


def test_every_number_keeps_its_line_source_and_grade():
    country = load_country("USA")
    lines = (USA / "claims.csv").read_text("utf-8").splitlines()
    for claim in country.claims:
        name, line = claim.where.split(":")
        assert name == "claims.csv" and lines[int(line) - 1].startswith(claim.holder)
        assert claim.origin.source and claim.grade in "ABC"
    assert {claim.currency for claim in country.claims} == {"USD"}


def test_amounts_come_in_billions_and_shares_stay():
    country = load_country("USA")
    life = [c.amount for c in country.claims if c.instrument == "life_insurance_reserves"]
    assert life == [Fraction(2167929, 1000)]
    etf = sum(c.amount for c in country.claims if c.issuer == "exchange_traded_funds")
    assert etf == 100


def test_sets_and_periods():
    country = load_country("USA")
    assert country.set_name("holders") == "z1-2026-03-19"
    assert country.periods("holders") == ["2022Q4", "2023Q4", "2024Q4", "2025Q3", "2025Q4"]
    assert country.debtor == "central_government"


def test_the_digest_follows_the_content_not_the_place(folder, change):
    assert read_country(folder).digest == load_country("USA").digest
    change("claims.csv", ",1659,", ",1660,")
    assert read_country(folder).digest != load_country("USA").digest


def test_a_file_written_anew_is_read_anew(folder, change):
    before = read_country(folder)
    change("claims.csv", ",1659,", ",1669,")
    os.utime(folder / "claims.csv", ns=(1, 1))
    after = read_country(folder)
    assert after.claims[0].amount - before.claims[0].amount == 10


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (
            "claims.csv",
            "households_and_nonprofits,central_government",
            "housholds,central_government",
            "T202",
        ),
        ("claims.csv", ",central_government,debt_", ",central_goverment,debt_", "T202"),
        ("claims.csv", ",debt_securities,", ",debt_securitys,", "T203"),
        ("claims.csv", ",2022Q4,", ",2022Q5,", "T204"),
        ("claims.csv", ",USD,2022Q4", ",USX,2022Q4", "T205"),
        ("claims.csv", ",USD,2022Q4", ",EUR,2022Q4", "C111"),
        ("claims.csv", ",1659,", ",-1659,", "C109"),
        ("claims.csv", ",1659,", ',"1,659",', "C108"),
        ("claims.csv", ",1659,", ",many,", "C107"),
        ("claims.csv", ",1659,", ",,", "C112"),
        ("claims.csv", ",1659,USD bn,", ",1659,USD pounds,", "T207"),
        ("claims.csv", ",1659,USD bn,", ",1659,USD bn per year,", "T206"),
        ("claims.csv", ",1659,USD bn,", ",1659,percent,", "T206"),
        ("claims.csv", ",1659,USD bn,", ",1659,EUR bn,", "C111"),
        ("claims.csv", ",1659,USD bn,", ",1659,,", "C112"),
        ("claims.csv", "2026-03-19,A,", "2026-03-19,D,", "T209"),
        ("claims.csv", "2023Q4,market", "2022Q4,market", "C110"),
        ("claims.csv", "# schema 1", "# schema 2", "C114"),
        ("claims.csv", "holder,issuer", "owner,issuer", "C104"),
        ("splits.csv", "pension_funds,private_pension_funds", "pension_funds,private_pensions", "T202"),
        ("splits.csv", "rest_of_world,JPN", "rest_of_world,JPX", "T201"),
        ("groups.csv", "wealth,top_0.1", "wealth,top_0.2", "T202"),
        ("groups.csv", "top_0.1,debt_securities", "top_0.1,debt_paper", "T203"),
        ("groups.csv", "entitlements@public_pension_funds", "entitlements@public_pensions", "T202"),
        ("groups.csv", "debt_securities,2026Q1", "debt_securities,2026Q9", "T204"),
        ("facts.csv", "2025Q3,37637.55349493561", "2025Q3,lots", "C107"),
        ("facts.csv", "2026-09-09,A", "2026-09-09,X", "T209"),
    ],
)
def test_each_damage_is_found_with_its_line(folder, change, name, old, new, code):
    line = change(name, old, new)
    with pytest.raises(InputError) as caught:
        read_country(folder)
    found = [trouble for trouble in caught.value.troubles if trouble.code == code]
    assert found, caught.value
    assert found[0].where.startswith(f"{name}:")
    # a repeated key is reported at its second row, mixed units where they differ
    assert code in ("C110", "T206") or found[0].where == f"{name}:{line}"


def test_the_troubles_of_all_files_come_at_once(folder, change):
    change("claims.csv", ",1659,", ",-1659,")
    change("claims.csv", ",171.5,", ",x,")
    change("groups.csv", "wealth,top_0.1", "wealth,top_0.2")
    change("sources.toml", 'publisher = "Federal Reserve Board"', "")
    change("country.toml", 'currency = "USD"', 'currency = "USX"')
    (folder / "facts.csv").unlink()
    with pytest.raises(InputError) as caught:
        read_country(folder)
    assert sorted(caught.value.codes) == ["C101", "C107", "C109", "F301", "T202", "T205"]


@pytest.mark.parametrize("name", ["claims.csv", "splits.csv", "groups.csv", "facts.csv", "sources.toml"])
def test_a_missing_file_is_missing_data(folder, name):
    (folder / name).unlink()
    with pytest.raises(MissingError) as caught:
        read_country(folder)
    assert caught.value.codes == ("C101",) and name in str(caught.value)
