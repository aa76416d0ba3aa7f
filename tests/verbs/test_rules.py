"""The verb rules: verdicts with margins, the rules of the Union by the functions of the verb effort."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.html import to_html
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.sustainability.union import EFFORT, OF_EFFORT
from creditor.verbs.effort import effort
from creditor.verbs.rules import rules


def test_every_verdict_has_its_margin():
    answer = rules("KEN", paths=100)
    payload = json.loads(to_json(answer.payload))
    assert all(("holds" in v) == ("margin" in v) for v in payload["verdicts"])
    assert len(answer.grids) == 6 and "not under these rules" in to_text(answer, 120)


def test_surfaces_have_basis_source_and_span():
    answer = rules("USA", ("srdsf", "lic_dsf_2018"), 100)
    rows = {(v["criterion"], v.get("basis")): v for v in json.loads(to_json(answer.payload))["verdicts"]}
    printed = rows["fanchart_high", "published"]
    assert printed["holds"] is False and printed["valid_from"] == "2022-08-01"
    assert "24/232" in printed["value_source"] and "tables" in printed["threshold_source"]
    assert rows["fanchart_low", "computed"]["low"] < rows["fanchart_low", "computed"]["high"]
    signals = rules("ITA", ("ec_dsm",), 50)
    marks = {v["criterion"]: v for v in signals.payload["verdicts"]}
    assert "debtkit" in marks["s2"]["threshold_source"] and marks["s2"]["certainty"] == "S2"
    assert "debtkit" not in marks["s1_high"]["threshold_source"] and "recalled" in marks["s1_high"]["told"]
    assert "debtkit" in to_text(signals, 120)
    text = to_text(answer, 160)
    assert "2.20" in text and "[2]" in text and "no class is published" in text
    html = to_html(answer)
    assert "Country Report 24/232" in html and "does not hold" in html


def test_faults_at_once():
    with pytest.raises(InputError):
        rules("ITA", paths=1)


def test_two_readings_have_the_names_of_who_reads_them():
    for name, known in (("bruegel_2024", "eu2024"), ("commission_2024", "eu2024_prior_guidance")):
        assert [p["name"] for p in rules("DEU", (name,), 50).payload["packs"]] == [known]


def test_no_verdict_rests_on_a_rate_below_growth_without_a_warning():
    assert any("no safety" in finding.sentence for finding in rules("JPN", ("ec_dsm",), 50).findings)
    signals = {v["criterion"]: v for v in rules("ITA", ("ec_dsm",), 50).payload["verdicts"]}
    assert signals["s1_medium"]["holds"] is False and signals["s1_high"]["holds"] is True


def test_ageing_is_counted_where_it_is_published_and_beside_it_stands_what_is_without():
    first, plain = rules("ESP", ("ec_dsm",), 50), rules("ESP", ("ec_dsm",), 50, ageing="none")
    values = [{v["criterion"]: v for v in a.payload["verdicts"]} for a in (first, plain)]
    assert values[0]["s1_medium"]["value"] > values[1]["s1_medium"]["value"] + 2
    assert "published cost of ageing; without it \N{MINUS SIGN}0.5" in values[0]["s1_medium"]["told"]
    assert values[1]["s1_medium"]["told"].startswith("without the cost of ageing")
    places = [[f.severity for f in a.findings if f.place == "ageing"] for a in (first, plain)]
    assert places == [["note"], ["warning"]]
    with pytest.raises(InputError):
        rules("ESP", ("ec_dsm",), 50, ageing="some")


def test_verdicts_of_the_union_are_those_of_the_verb_effort():
    for pack in ("eu2024", "eu2024_prior_guidance"):
        verdicts = {v["criterion"]: v for v in rules("BEL", (pack,), 100).payload["verdicts"]}
        alone = effort("BEL", pack, paths=100).payload
        totals = {row["test"]: row["total"] for row in alone["efforts"]}
        assert (
            verdicts["all_rules"]["value"] == 100 * alone["total"] and verdicts["all_rules"]["holds"] is False
        )
        assert verdicts["deficit"]["value"] == 100 * totals["deficit"]
        assert verdicts["deficit_procedure"]["holds"] is False and verdicts["deficit_procedure"]["value"] > 3


def test_every_number_has_its_unit_and_an_effort_has_another_than_its_mark():
    rows = [v for code in ("FRA", "KEN") for v in rules(code, paths=50).payload["verdicts"]]
    for row in rows:
        assert ("unit" in row) == ("value" in row or "threshold" in row), row
        effort_of_mark = row["told"] == EFFORT and "threshold" in row
        assert ("threshold_unit" in row) == effort_of_mark and (
            not effort_of_mark or row["unit"] == OF_EFFORT
        )
    debt = next(row for row in rows if (row["pack"], row["criterion"]) == ("eu2024", "debt"))
    assert (debt["unit"], debt["threshold_unit"]) == ("points of GDP", "percent of GDP")
    exports = next(row for row in rows if row["criterion"] == "external_pv_exports" and "value" in row)
    assert exports["unit"] == "percent of exports" and "threshold_unit" not in exports


def test_an_effort_is_never_read_as_a_chance_in_percent():
    answer = rules("ITA", ("eu2024",), 50)
    (row,) = [row for row in answer.grids[0].rows if row[0].startswith("chance that debt")]
    assert row[1].startswith("effort ") and "percent" not in row[0]


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        rules("XXX", ("nothing",), 0)
    assert [trouble.where for trouble in caught.value.troubles] == ["economy", "--paths", "--pack"]
