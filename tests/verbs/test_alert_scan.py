"""The scan hands debt indicators to the store once, records newer figures as observations, and invents nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import creditor as cr
from creditor.analysis.burden import measure_named, ranked
from creditor.analysis.thresholds import read_thresholds
from creditor.errors import InputError
from creditor.monitor.store import opened
from creditor.opening.country import available, load_country
from creditor.verbs.alert_steps import enter


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = str(tmp_path / "alerts.sqlite")
    monkeypatch.setenv("CREDITOR_ALERTS", place)
    monkeypatch.delenv("CREDITOR_OFFICE", raising=False)
    return place


def test_the_same_scan_adds_nothing_the_second_time(store: str) -> None:
    first = cr.alerts_scan(at="2026-03-01").payload
    assert len(first["added"]) == len(first["clues"]) > 30 and first["present"] == []
    again = cr.alerts_scan(at="2026-03-02").payload
    assert again["added"] == [] and again["revised"] == [] and len(again["present"]) == len(first["clues"])
    assert len(cr.alerts_export().payload["events"]) == len(first["clues"])


def test_those_beyond_ten_percent_of_revenue_are_those_of_the_ranking() -> None:
    told = cr.alerts_scan(dry_run=True).payload
    found = {row["economy"]: row["value"] for row in told["clues"] if row["indicator"] == "interest_revenue"}
    order = ranked([load_country(code) for code in available()], measure_named("revenue"), told["year"])
    assert found == {code: ratio.value for code, ratio in order.items() if ratio.value > 10}


def test_every_clue_has_threshold_source_and_grades(store: str) -> None:
    for row in cr.alerts_scan(dry_run=True).payload["clues"]:
        assert row["value"] > row["threshold"] and row["side"] == "above"
        assert row["source"] and row["grade"] in "ABC"
        assert row["threshold_source"] and row["threshold_grade"] in "ABC"
        assert row["indicator"] in read_thresholds()
    assert not Path(store).exists()


def test_the_alert_carries_the_finding(store: str) -> None:
    cr.alerts_scan("EGY", at="2026-03-01")
    clue = cr.alerts_show("1").payload["clue"]
    assert clue["sentence"] == "Egypt, 2024: net interest over revenue is 55.8 %, above 10.0 %."
    assert clue["origin"] == "International Monetary Fund" and clue["object"] == "public_debt"
    assert "UNCTAD" in clue["evidence"] and clue["channel"] == "statistics"


def test_assumptions_are_notes_and_are_marked_in_the_list(store: str) -> None:
    cr.alerts_scan("EGY", at="2026-03-01")
    alerts = {row["alert"]: row for row in cr.alerts_list().payload["alerts"]}
    for number, row in alerts.items():
        clue = cr.alerts_show(number).payload["clue"]
        assert (row["severity"] == "note") == ("grade C" in clue["evidence"] or clue["grade"] == "C")
    assert {row["severity"] for row in alerts.values()} == {"note", "warning"}
    marked = {row[0] for row in cr.alerts_list().grids[0].rows if "grade C" in row[4]}
    assert marked == {n for n in alerts if cr.alerts_show(n).payload["clue"]["grade"] == "C"} != set()


def test_groups_of_economies_are_not_scanned() -> None:
    assert not {"XLI", "ROW"} & set(cr.alerts_scan(dry_run=True).payload["economies"])


def test_what_cannot_be_computed_is_told() -> None:
    answer = cr.alerts_scan("SAU", dry_run=True)
    assert set(answer.payload["lacking"]["SAU"]) >= {"largest_class_share", "non_resident_share"}
    assert "cannot be computed" in answer.findings[0].sentence


def test_a_newer_figure_is_an_observation_and_after_the_end_a_new_alert(store: str) -> None:
    from dataclasses import replace

    from creditor.monitor.clue import Clue

    old = Clue(
        "debt", "EGY", "economy", "public_debt", "Heavy.", "IMF, April", "IMF", channel="statistics",
        indicator="interest_revenue", period="2024", value=12.0, threshold=10.0, side="above", vintage="2025-04",
    )  # fmt: skip
    with opened(store, write=True) as log:
        assert log is not None
        assert enter(log, [old], "keeper", "2026-03-01T00:00:00Z") == (["A-1"], [], [])
        newer = replace(old, value=11.0, vintage="2026-04")
        assert enter(log, [newer, newer], "keeper", "2026-03-02T00:00:00Z") == ([], [], ["A-1"])
        assert enter(log, [newer], "keeper", "2026-03-03T00:00:00Z") == ([], ["A-1"], [])
        alert = log.alert("A-1")
        assert [seen.value for seen in alert.observations] == [12.0, 11.0]
        assert alert.validation.result == "single"  # the same publisher revised its own figure
        other = replace(old, period="2025", value=13.0)
        assert enter(log, [other], "keeper", "2026-03-03T00:00:00Z")[0] == ["A-2"]
    for state, given in (
        ("triage", {}),
        ("disseminated", {}),
        ("refuted", {"reason": "x"}),
        ("closed", {"outcome": "x"}),
    ):
        cr.alerts_advance("1", state, at="2026-03-04", **given)
    with opened(store, write=True) as log:
        assert log is not None
        newest = replace(old, value=10.5, vintage="2026-10")
        assert enter(log, [newest], "keeper", "2026-11-01T00:00:00Z") == (["A-3"], [], [])
        assert log.alert("A-3").follows == "A-1"


def test_faults() -> None:
    with pytest.raises(InputError, match="T201"):
        cr.alerts_scan("EGYPTT", dry_run=True)
    with pytest.raises(InputError, match="U501"):
        cr.alerts_scan(dry_run=True, year="24")
