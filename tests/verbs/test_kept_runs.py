"""Answers in the store: kept where they are wanted, lost nowhere, and sides of comparisons."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.scenario import long, store
from creditor.scenario.store import entries, find_entry
from creditor.scenario.wishes import Listener
from creditor.verbs.compare import model_compare
from creditor.verbs.kept_runs import stored_side, wishes_of
from creditor.verbs.runs import model_run

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 2.0)}


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CREDITOR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_short_run_is_kept_where_it_is_wanted() -> None:
    model_run("sim", periods=3)
    assert entries() == []
    answer = model_run("sim", periods=3, store=True)
    (entry,) = entries()
    assert entry.finished and to_json(entry.answer()["payload"]) == to_json(answer.payload)
    model_run("sim", periods=3, store=True)
    assert len(entries()) == 1


def test_a_damaged_entry_is_written_anew() -> None:
    answer = model_run("sim", periods=3, store=True)
    (entry,) = entries()
    (entry.folder / "run.json").write_text("broken")
    model_run("sim", periods=3, store=True)
    assert to_json(find_entry("last").answer()["payload"]) == to_json(answer.payload)


def test_a_store_that_fails_at_the_end_loses_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 1e4)
    said: list[str] = []

    def full(*_: object) -> None:
        raise InputError(store.damaged("x", "No space left on device"))

    monkeypatch.setattr(store.Keeper, "finish", full)
    fields = {"periods": 4, "paths": 3000, "draws": [DRAW]}
    answer = model_run("sim", **fields, listener=Listener(warn=said.append))
    assert answer.payload["statistics"]["paths"] == 3000 and "No space left" in said[-1]
    with pytest.raises(InputError):
        model_run("sim", periods=3, store=True)


def test_wishes_are_taken_out_of_the_fields() -> None:
    fields = {"store": False, "threads": 2, "as_of": "2025"}
    found = wishes_of(fields)
    assert found.store is False and found.threads == 2 and fields == {"as_of": "2025"}


def test_a_stored_run_is_a_side_of_a_comparison() -> None:
    rise = [{"name": "tax_rate", "value": 0.25, "from": 2}]
    model_run("sim", periods=5, changes=rise, store=True)
    key = entries()[0].key
    wanted = model_compare("sim", [], rise, 5).payload["difference"]
    assert model_compare("sim", [], key[:6]).payload["difference"] == wanted
    assert model_compare("sim", [], "last").payload["difference"] == wanted
    assert stored_side("nothing") is None
    with pytest.raises(InputError) as caught:
        model_compare("sim", [], "nothing")
    assert caught.value.codes == ("S705",)
    (entries()[0].folder / "run.json").write_text("broken")
    with pytest.raises(InputError) as caught:
        stored_side(key)
    assert caught.value.codes == ("S734",)
