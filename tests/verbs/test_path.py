"""Path answers for every economy, keeps its promises in the payload, and never calls r < g safety."""

from __future__ import annotations

import json

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.export.text import to_text
from creditor.sustainability.history import economies_with_path
from creditor.verbs.path import path


def test_every_economy_answers():
    for code in economies_with_path():
        answer = path(code, horizon=2040, paths=60, stress="none")
        story = answer.story
        assert "safe" not in story.replace("which is no safety", "") and answer.certificate["books"] < 1e-9
        last = answer.payload["paths"]["rising_rate"]["rate_less_growth"][-5:]
        assert ("no safety" in story) == (sum(last) / 5 <= 0)


def test_payload_and_tables_agree():
    answer = path("ITA", paths=200, holders=True)
    payload = answer.payload
    assert json.loads(to_json(payload)) == json.loads(to_json(path("italy", paths=200, holders=True).payload))
    rising = payload["paths"]["rising_rate"]
    assert len(payload["years"]) == len(rising["debt_ratio"]) == 32
    debt = answer.sheets[0].columns[1]
    assert debt.at(year="2030") == pytest.approx(100 * rising["debt_ratio"][6])
    reasons = answer.sheets[1].columns
    for year in ("2026", "2055"):
        total = reasons[0].at(year=year)
        assert sum(column.at(year=year) for column in reasons[1:]) == pytest.approx(total, abs=1e-10)
    assert sum(row[0] for row in payload["holders"].values()) == pytest.approx(
        payload["paths"]["rising_rate"]["debt"][0]
    )
    for pair in payload["chances"].values():
        assert 0 <= pair["value"] <= 1 and 0 < pair["standard_error"] < 0.05
    fan = payload["fan"]
    assert fan["p5"][-1] < fan["p25"][-1] < fan["p50"][-1] < fan["p75"][-1] < fan["p95"][-1]
    text = to_text(answer, 100)
    for words in ("vintage revision", "ageing", "stock-flow", "Standard error", "certainty R"):
        assert words in text


def test_negative_debt_is_an_asset_and_says_so():
    told = path("ARG", paths=50, stress="none").findings
    assert any("financial asset" in finding.sentence for finding in told)


def test_federal_perimeter():
    payload = path("USA", perimeter="federal", horizon=2040, paths=50, stress="ec").payload
    assert payload["last_published"] == 2035 and payload["perimeter"] == "federal"
    assert [row["menu"] for row in payload["stress"]] == ["ec"] * 4


def test_all_faults_at_once():
    with pytest.raises(InputError) as wrong:
        path("ITA", horizon=2025, paths=1, shocks="cauchy")
    assert wrong.value.codes == ("U501", "U501", "S703")
    with pytest.raises(InputError):
        path("ITA", stress="nothing")
    with pytest.raises(InputError):
        path("Itly")


def test_a_cost_of_ageing_is_what_is_assumed():
    plain, aged = (path("ITA", paths=20, stress="none", ageing=a) for a in ("none", 2.0))
    balances = [a.payload["paths"]["constant_rate"]["balance_now"] for a in (plain, aged)]
    assert balances[0][-1] - balances[1][-1] == pytest.approx(0.02) and balances[0][5] == balances[1][5]
    assert any("left out" in f.sentence for f in plain.findings if f.place == "ageing")
    assert [f.severity for f in aged.findings if f.place == "ageing"] == ["note"]
    assert plain.payload["ageing"] == {"kind": "none"} and "without_ageing" not in plain.payload
    assert aged.payload["ageing"]["cost"][-1] == pytest.approx(0.02) and "assumption" in aged.story


def test_the_published_cost_of_ageing_is_in_the_path_and_the_path_without_it_beside():
    answer, plain = path("ESP", paths=20, stress="none"), path("ESP", paths=20, stress="none", ageing="none")
    record, rising = answer.payload["ageing"], answer.payload["paths"]["rising_rate"]
    assert record["kind"] == "published" and record["grade"] == "A" and record["since"] == 2030
    assert "European Commission, 2024 Ageing Report" in answer.story
    assert answer.payload["without_ageing"] == plain.payload["paths"]
    assert rising["debt_ratio"][6] == plain.payload["paths"]["rising_rate"]["debt_ratio"][6]
    added = rising["debt_ratio"][-1] - plain.payload["paths"]["rising_rate"]["debt_ratio"][-1]
    assert added == pytest.approx(record["adds_to_debt"][-1]) and added > 0.5
    assert rising["ageing_part"] == pytest.approx(record["cost"]) and record["cost"][-1] == pytest.approx(
        0.0413, abs=1e-4
    )
    level = dict(zip(record["years"], record["level"], strict=True))
    assert record["cost"][-1] == pytest.approx(level[2055] - level[2030])
    sheet = next(s for s in answer.sheets if s.name == "ageing")
    assert sheet.origins["2055"].grade == "C" and "2024 Ageing Report" in sheet.origins["2055"].source
    assert sheet.columns[-1].at(year="2055") == pytest.approx(100 * added)
    gaps = {(row["name"], row["ageing"]): row.get("value") for row in answer.payload["gaps"]}
    assert gaps["s1", "published"] > gaps["s1", "left out"] + 0.02


def test_the_parts_add_up_with_ageing_and_the_books_close():
    for code in ("GBR", "USA", "KOR", "CHN"):
        answer = path(code, paths=20, stress="none", horizon=2080)
        rising = answer.payload["paths"]["rising_rate"]
        parts = [rising[name] for name in rising if name.endswith("_part")]
        assert [sum(year) for year in zip(*parts, strict=True)] == pytest.approx(
            rising["change_of_debt"], abs=1e-12
        )
        assert answer.certificate["books"] < 1e-9 and len(parts) == 7
        held = [f.sentence for f in answer.findings if f.place == "ageing" and "held to 2080" in f.sentence]
        assert len(held) == 1


def test_an_economy_without_a_published_cost_says_so():
    answer = path("EGY", paths=20, stress="none")
    (finding,) = [f for f in answer.findings if f.place == "ageing"]
    assert "not in the figures" in finding.sentence and "65 and older" in finding.evidence
    assert "for want of a published figure" in answer.story and answer.payload["ageing"] == {"kind": "none"}
    with pytest.raises(InputError) as wrong:
        path("EGY", ageing="publish")
    assert wrong.value.codes == ("U501",)


def test_a_later_vintage_stands_beside_and_the_difference_is_attributed():
    sheet = next(s for s in path("JPN", paths=20, stress="none").sheets if s.name == "beside_reasons")
    (column,) = sheet.columns
    names = ("opening", "primary_balance", "rest", "gap")
    opening, primary, rest, gap = (column.at(part=name) for name in names)
    assert gap == pytest.approx(opening + primary + rest) and opening == pytest.approx(22.16)
    assert primary == pytest.approx(6.26, abs=0.01)


def test_two_perimeters_of_the_united_states():
    sheet = next(s for s in path("USA", paths=20, stress="none").sheets if s.name == "perimeters")
    for column in sheet.columns:
        parts = [column.at(part=label) for label in sheet.labels]
        assert sum(parts[:-1]) == pytest.approx(parts[-1], abs=1e-9)


def test_gaps_stand_with_and_without_ageing_and_the_fan_has_its_errors():
    answer = path("ITA", paths=1000, stress="none", ageing=2.0)
    rows = {(row["name"], row["ageing"]): row for row in answer.payload["gaps"]}
    assert rows["s1", "left out"]["value"] == pytest.approx(0.0066, abs=1e-4)
    assert rows["s1", "assumed"]["value"] > rows["s1", "left out"]["value"] + 0.01
    japan = {row["name"]: row for row in path("JPN", paths=20, stress="none").payload["gaps"]}
    assert "value" not in japan["s2"] and "refused" in japan["s2"]["told"]
    errors = answer.payload["fan_errors"]
    assert errors["p50"][0] == 0 and 0.005 < errors["p5"][-1] < 0.3
    few = path("ITA", paths=50, stress="none").payload["fan_errors"]["p50"][-1]
    assert few > errors["p50"][-1]


def test_a_rate_below_growth_is_warned_of_and_every_later_vintage_is_a_named_row():
    for code in economies_with_path():
        answer = path(code, horizon=2035, paths=20, stress="none")
        below = any(x < 0 for x in answer.payload["paths"]["rising_rate"]["rate_less_growth"])
        assert below == any("no safety" in f.sentence for f in answer.findings)
        revised = [f for f in answer.findings if f.place == "vintage revision"]
        gap = 100 * answer.payload["vintage_revision"]
        said = f"{abs(gap):.1f} points {'more' if gap > 0 else 'less'} than here"
        said = "as much to a tenth of a point" if f"{abs(gap):.1f}" == "0.0" else said
        assert len(revised) == 1 and said in revised[0].sentence, revised


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        path("ITA", 3000, 0, perimeter="federal", stress="blah", shocks="foo", ageing="abc")
    places = [trouble.where for trouble in caught.value.troubles]
    assert places == ["--perimeter", "--ageing", "--stress", "--horizon", "--paths", "--shocks"]
