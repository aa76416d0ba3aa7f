"""Who asks, and what an office that may not read an alert is told: the same as for one that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.monitor.store import opened
from creditor.verbs.alert_steps import alerts_add
from creditor.verbs.alert_words import alerts_grid, asker, moment, one, readable, record, said_of, shown_time

TOLD = {
    "pack": "debt",
    "subject": "EGY",
    "subject_kind": "economy",
    "object": "public_debt",
    "sentence": "So.",
    "source": "IMF",
}


def test_the_office_that_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDITOR_OFFICE", raising=False)
    assert asker("") == "keeper"
    monkeypatch.setenv("CREDITOR_OFFICE", "csrc")
    assert asker("") == "csrc" and asker("pboc") == "pboc"
    with pytest.raises(InputError, match="M909"):
        asker("csrcc")


def test_a_time_that_is_given_counts() -> None:
    assert moment("2026-03-01") == "2026-03-01T00:00:00Z" and moment("") > "2026"
    assert shown_time("2026-03-01T10:05:00Z") == "2026-03-01 10:05"


def test_what_an_office_may_not_read_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    store = str(tmp_path / "a.sqlite")
    alerts_add(store=store, at="2026-03-01", **TOLD)
    with opened(store) as log:
        assert log is not None
        assert one(log, "1", "debt_desk").number == "A-1"
        assert [len(readable(log, office)) for office in ("keeper", "debt_desk", "csrc")] == [1, 1, 0]
        said = []
        for number in ("1", "2"):
            with pytest.raises(InputError) as error:
                one(log, number, "csrc")
            said.append(str(error.value).replace(f"{number!r}", "N"))
        assert said[0] == said[1] and "M901" in said[0]
        alert = one(log, "1", "keeper")
    assert said_of(alert) == "one origin only says that it is so"
    assert alerts_grid([alert]).rows[0][:3] == ("A-1", "Clue", "EGY")
    assert record(alert)["group"] == "debt"
