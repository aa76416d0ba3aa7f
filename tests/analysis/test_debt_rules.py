"""Rules: each threshold has source, date and certainty; what has no figures has no verdict; S2 needs r above g."""

from __future__ import annotations

import pytest

from creditor.analysis.debt_baseline import baseline
from creditor.analysis.debt_rules import chosen, packs, verdicts
from creditor.errors import InputError


def test_every_threshold_has_source_date_and_certainty():
    for pack in packs().values():
        assert pack.valid_from and pack.source and pack.criteria
        for row in pack.criteria:
            assert row["certainty"] in ("S", "S2", "R") and row["title"]


def test_thresholds_of_advanced_and_emerging():
    pack = chosen(["mac_dsa_2013"])
    italy = {v.criterion.name: v for v in verdicts(baseline("ITA"), pack, 50, 1)}
    brazil = {v.criterion.name: v for v in verdicts(baseline("BRA"), pack, 50, 1)}
    assert italy["debt_burden"].criterion.threshold == 85 and brazil["debt_burden"].criterion.threshold == 70
    assert italy["debt_burden"].margin == pytest.approx(85 - italy["debt_burden"].value)
    assert brazil["foreign_money"].holds is True


def test_no_weights_no_verdict_and_no_figures_no_value():
    srdsf = verdicts(baseline("ITA"), chosen(["srdsf"]), 50, 1)
    assert all(v.value is not None and v.holds is None and "weights" in v.told for v in srdsf)
    lic = verdicts(baseline("KEN"), chosen(["lic_dsf_2018"]), 50, 1)
    assert all("not in the figures" in v.told and v.holds is None and v.value is not None for v in lic)


def test_s2_is_refused_below_growth():
    found = {c: verdicts(baseline(c), chosen(["ec_dsm"]), 50, 1)[-1] for c in ("JPN", "ITA")}
    assert found["JPN"].value is None and "refused" in found["JPN"].told
    assert found["ITA"].value == pytest.approx(100 * (0.00531 / 1.02711 * 1.37695 - 0.01813), abs=0.05)


def test_union_rules_have_efforts_as_margins():
    found = {v.criterion.name: v for v in verdicts(baseline("FRA"), chosen(["eu2024"]), 200, 1)}
    assert (
        found["debt"].value > 2 and found["debt"].margin == -found["debt"].value and not found["debt"].holds
    )
    assert found["debt_safeguard"].holds is False
    with pytest.raises(InputError):
        chosen(["eu2025"])
