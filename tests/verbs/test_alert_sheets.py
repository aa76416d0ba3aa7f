"""The tables of alerts: what happened in words, long sources cut, absent numbers as dashes."""

from __future__ import annotations

from creditor.monitor.alert import replay
from creditor.monitor.clue import Clue
from creditor.monitor.event import START, Draft, seal
from creditor.monitor.metrics import times_taken
from creditor.monitor.routing import route
from creditor.monitor.steps import adding
from creditor.verbs.alert_sheets import (
    clue_grid,
    duties_grid,
    events_grid,
    happened,
    history_grid,
    received_grid,
    sources_grid,
    span_row,
    table_grid,
)

TIME = "2026-03-01T00:00:00Z"
CLUE = Clue("notice", "x.example", "website", "rwa", "Sells.", "a source " * 20, "a bank", value=1.5)
EVENT = seal(adding(CLUE, "csrc", TIME), 1, "A-1", TIME, START)
ALERT = replay([EVENT])["A-1"]


def say(kind: str, **content: object) -> str:
    return happened(seal(Draft("A-1", kind, TIME, "csrc", content), 2, "A-1", TIME, ""))


def test_what_happened() -> None:
    assert say("added", state="clue", group="mining") == "entered as clue, shared within mining"
    seen = {"source": "police", "finds": "no", "note": "went there"}
    assert say("observed", observation=seen) == "observed by police: no, went there"
    told = {
        "from": "triage",
        "to": "disseminated",
        "told": ["pboc"],
        "recipients": ["csrc"],
        "reason": "urgent",
    }
    assert say("advanced", **told) == "triage to disseminated; to csrc; reason: urgent; 1 office told"


def test_tables() -> None:
    (row,) = sources_grid(ALERT).rows
    assert row[:3] == ("a bank", "it is so", "1.5") and row[-1].endswith("…") and len(row[-1]) <= 80
    assert dict(clue_grid(ALERT).rows)["value"] == "1.5" and "grade" not in dict(clue_grid(ALERT).rows)
    assert received_grid(ALERT).rows == ()
    assert history_grid(ALERT).rows[0][2] == "China Securities Regulatory Commission"
    table = table_grid([ALERT])
    assert dict(zip(table.columns, table.rows[0], strict=True))["value"] == "1.5"
    assert events_grid([EVENT]).rows[0][-1] == EVENT.digest
    assert duties_grid(route("notice", "rwa")).rows[0][2] == "III(b)"
    assert span_row(times_taken([ALERT])[0])[1:] == ("0", "–", "–", "–", "A-1")
