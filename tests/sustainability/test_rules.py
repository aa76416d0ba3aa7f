"""Rules: each threshold has source, date and certainty; what has no figures has no verdict; S2 needs r above g."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.sustainability.baseline import baseline
from creditor.sustainability.packs import chosen
from creditor.sustainability.rules import verdicts


def test_thresholds_of_advanced_and_emerging():
    pack = chosen(["mac_dsa_2013"])
    italy = {v.criterion.name: v for v in verdicts(baseline("ITA"), pack, 50, 1)}
    brazil = {v.criterion.name: v for v in verdicts(baseline("BRA"), pack, 50, 1)}
    assert italy["debt_burden"].criterion.threshold == 85 and brazil["debt_burden"].criterion.threshold == 70
    assert italy["debt_burden"].margin == pytest.approx(85 - italy["debt_burden"].value)
    assert brazil["foreign_money"].holds is True


def test_indices_of_the_medium_term_have_verdicts_where_their_span_allows():
    italy = {v.criterion.name: v for v in verdicts(baseline("ITA"), chosen(["srdsf"]), 200, 1)}
    assert italy["fanchart_low"].holds is False and italy["fanchart_low"].criterion.certainty == "S2"
    assert italy["fan_width"].holds is None and italy["fan_width"].criterion.threshold is None
    unknown = italy["financeability_high"]
    assert unknown.holds is None and "claims of banks" in unknown.told and unknown.span.low == unknown.value


def test_published_indices_stand_beside_computed_ones():
    rows = [
        v
        for v in verdicts(baseline("USA"), chosen(["srdsf"]), 200, 1)
        if "financeability" in v.criterion.name
    ]
    assert [v.basis for v in rows] == ["published", "computed"] * 2
    assert rows[2].value == 15.8 and rows[2].holds is True and "24/232" in rows[2].source
    assert rows[2].criterion.certainty == "S" and rows[3].criterion.certainty == "S2"


def test_low_income_marks_follow_the_class():
    found = verdicts(baseline("KEN"), chosen(["lic_dsf_2018"]), 50, 1)
    service = next(v for v in found if v.criterion.name == "external_service_exports")
    assert service.criterion.threshold == 15 and service.holds is False
    assert {v.basis for v in found if v.criterion.name == "public_pv_gdp"} == {"published", "computed"}
    outside = verdicts(baseline("ITA"), chosen(["lic_dsf_2018"]), 50, 1)
    assert len(outside) == 1 and "no class" in outside[0].told


def test_market_access_rows_say_what_they_need():
    italy = {v.criterion.name: v for v in verdicts(baseline("ITA"), chosen(["mac_dsa_2013"]), 50, 1)}
    assert len(italy) == 7 and italy["foreign_money"].criterion.threshold is None
    assert "bond spreads" in italy["spread"].told and italy["spread"].criterion.certainty == "R"
    assert italy["external_financing"].criterion.threshold == 25 and italy["external_financing"].value is None


def test_every_verdict_has_source_and_dates_of_its_mark_and_recalled_marks_say_so():
    for v in verdicts(baseline("FRA"), chosen(["ec_dsm", "mac_dsa_2013", "srdsf"]), 50, 1):
        assert v.criterion.source and v.criterion.valid_from
        assert ("recalled" in v.told) == (v.criterion.certainty == "R" and v.holds is not None)


def test_s2_is_refused_below_growth():
    found = {c: verdicts(baseline(c), chosen(["ec_dsm"]), 50, 1)[-2] for c in ("JPN", "ITA")}
    assert found["JPN"].value is None and "refused" in found["JPN"].told
    assert found["ITA"].value == pytest.approx(100 * (0.00531 / 1.02711 * 1.37695 - 0.01813), abs=0.05)


def test_union_rules_have_efforts_as_margins():
    found = {v.criterion.name: v for v in verdicts(baseline("FRA"), chosen(["eu2024"]), 200, 1)}
    assert (
        found["debt"].value > 2 and found["debt"].margin == -found["debt"].value and not found["debt"].holds
    )
    assert found["all_rules"].value >= found["deficit"].value - 1e-9 and found["all_rules"].holds is False
    assert found["deficit_resilience"].holds is False and found["deficit_procedure"].margin < 0
    with pytest.raises(InputError):
        chosen(["eu2025"])


def test_rules_that_do_not_apply_have_no_verdict_and_say_why():
    found = {v.criterion.name: v for v in verdicts(baseline("SWE"), chosen(["eu2024"]), 50, 1)}
    for name in ("debt_safeguard", "deficit_resilience"):
        assert found[name].holds is None and "below 60" in found[name].told
    assert found["deficit_procedure"].holds is True
    france = {v.criterion.name: v for v in verdicts(baseline("FRA"), chosen(["eu2024"]), 50, 1)}
    assert france["debt_safeguard"].holds is None and "excessive" in france["debt_safeguard"].told
    portugal = {
        v.criterion.name: v for v in verdicts(baseline("PRT"), chosen(["eu2024_prior_guidance"]), 50, 1)
    }
    assert portugal["debt_safeguard"].holds is True and portugal["debt"].holds is True
