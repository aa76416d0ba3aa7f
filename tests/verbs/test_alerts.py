"""Verbs that look: lists, one alert, routes, times and exports; each a function of the store alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import creditor as cr
from creditor.errors import InputError
from creditor.export.csvfile import to_csv
from creditor.export.json import to_json
from creditor.monitor.event import Event, check_chain
from creditor.monitor.store import opened

NOTICE = {"pack": "notice", "subject": "rent.example", "subject_kind": "website", "object": "rwa",
          "sentence": "Sells tokens.", "source": "a bank", "province": "CN-GD"}  # fmt: skip
DEBT = {"pack": "debt", "subject": "EGY", "subject_kind": "economy", "object": "public_debt",
        "sentence": "Heavy.", "source": "IMF"}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = str(tmp_path / "alerts.sqlite")
    monkeypatch.setenv("CREDITOR_ALERTS", place)
    monkeypatch.delenv("CREDITOR_OFFICE", raising=False)
    cr.alerts_add(at="2026-03-01", **NOTICE)
    cr.alerts_add(at="2026-03-02", **DEBT)
    cr.alerts_advance("2", "triage", at="2026-03-03T12:00")
    return place


def numbers(**wanted: str) -> list[str]:
    return [row["alert"] for row in cr.alerts_list(**wanted).payload["alerts"]]


def test_list(store: str) -> None:
    answer = cr.alerts_list()
    assert answer.story == "2 alerts: 1 clue, 1 triage." and answer.payload["states"] == {
        "clue": 1,
        "triage": 1,
    }
    assert numbers(pack="debt") == ["A-2"] and numbers(state="clue") == ["A-1"]
    assert numbers(subject="egy") == ["A-2"] and numbers(province="广东") == ["A-1"]
    assert numbers(by="csrc") == ["A-1"] and numbers(by="debt_desk") == ["A-2"]
    assert cr.alerts_list(state="closed").story == "No alert (of 2 that Keeper of the store may read)."
    for wrong in ({"state": "triag"}, {"pack": "x"}, {"province": "x"}, {"by": "x"}):
        with pytest.raises(InputError, match="M909"):
            cr.alerts_list(**wrong)


def test_an_empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDITOR_ALERTS", str(tmp_path / "none.sqlite"))
    assert cr.alerts_list().story == "No alert." and cr.alerts_list().payload["n"] == 0
    assert cr.alerts_metrics().payload["n"] == 0
    assert cr.alerts_export().payload["alerts"] == []
    with pytest.raises(InputError, match="the store is empty"):
        cr.alerts_show("1")


def test_show(store: str) -> None:
    told = cr.alerts_show("a-1").payload
    assert told["alert"] == "A-1" and told["next"] == [{"state": "triage", "needs": []}]
    assert [duty["office"] for duty in told["route"]["duties"]][:1] == ["csrc"]
    assert told["events"][0]["time"] == "2026-03-01T00:00:00Z"
    with pytest.raises(InputError) as error:
        cr.alerts_show("1", by="debt_desk")
    assert error.value.codes == ("M901",)


def test_views_are_functions_of_the_store(store: str) -> None:
    for verb in (cr.alerts_list, lambda: cr.alerts_show("1"), cr.alerts_export, cr.alerts_metrics):
        first, second = to_json(verb().payload), to_json(verb().payload)
        assert first == second and store not in first


def test_route_without_and_with_an_alert(store: str) -> None:
    plain = cr.alerts_route(object="rwa", province="Guangdong")
    assert plain.payload == cr.alerts_route("A-1").payload
    assert plain.story.startswith("Lead: China Securities Regulatory Commission (III(b)).")
    assert cr.alerts_route(object="mining").findings[0].sentence.startswith("The province is not stated")
    for wrong in ({}, {"number": "1", "object": "rwa"}):
        with pytest.raises(InputError, match="U503"):
            cr.alerts_route(**wrong)


def test_metrics(store: str) -> None:
    cr.alerts_advance("2", "disseminated", at="2026-03-04")
    told = {span["span"]: span for span in cr.alerts_metrics().payload["spans"]}
    assert told["disseminate"]["median_days"] == 2.0 and told["disseminate"]["waiting"] == ["A-1"]
    assert told["verify"]["n"] == 0 and "median_days" not in told["verify"]
    assert cr.alerts_metrics(pack="notice").payload["spans"][0]["n"] == 0
    assert "disseminate 2.0 days" in cr.alerts_metrics().story


def test_export_carries_the_whole_log_so_that_its_seals_can_be_checked(store: str) -> None:
    told = cr.alerts_export().payload
    events = [Event(**{"fingerprint": "", **event}) for event in told["events"]]
    check_chain(events, (3, events[-1].digest), "export")
    with opened(store) as log:
        assert log is not None and log.events() == events
    assert [alert["alert"] for alert in told["alerts"]] == ["A-1", "A-2"]
    assert [alert["alert"] for alert in cr.alerts_export(by="csrc").payload["alerts"]] == ["A-1"]
    assert len(cr.alerts_export("2").payload["events"]) == 2


def test_export_as_csv(store: str) -> None:
    rows = to_csv(cr.alerts_export()).splitlines()
    assert rows[0].startswith("alert,state,entered,last_event,sources") and len(rows) == 3
    assert rows[1].startswith("A-1,clue,2026-03-01T00:00:00Z")
    assert len(to_csv(cr.alerts_export(events=True)).splitlines()) == 4
