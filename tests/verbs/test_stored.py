"""Verbs of stored runs: list, show, remove, go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.errors import InputError
from creditor.export.json import to_json
from creditor.scenario import long
from creditor.scenario.wishes import Listener, Progress, Stopped
from creditor.verbs.runs import model_run
from creditor.verbs.stored import runs_list, runs_remove, runs_resume, runs_show

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 2.0)}
FIELDS = {"periods": 4, "paths": 5000, "draws": [DRAW], "shares": ["wages > 100"], "variables": ["money"]}


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDITOR_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(long, "LONG", 1e5)
    monkeypatch.setattr(long, "MOST", 1)


def stopped() -> str:
    """A run of 5,000 paths that was stopped after 2,048."""

    def stop(found: Progress) -> None:
        if found.done >= 2048:
            raise KeyboardInterrupt

    with pytest.raises(Stopped):
        model_run("sim", **FIELDS, listener=Listener(stop))
    return runs_list().payload["runs"][0]["run"]


def test_a_stopped_run_is_listed_shown_and_goes_on() -> None:
    whole = model_run("sim", **FIELDS, store=False)
    key = stopped()
    (entry,) = runs_list().payload["runs"]
    assert entry["done"] == 2048 and entry["paths"] == 5000 and not entry["finished"]
    assert "2,048 of 5,000" in runs_show(key[:5]).story and key in runs_show("last").story
    assert to_json(runs_resume(key).payload) == to_json(whole.payload)
    shown = runs_show(key)
    assert to_json(shown.payload) == to_json(whole.payload)
    assert shown.provenance == whole.provenance and shown.findings == whole.findings
    assert [grid.title for grid in shown.grids] == ["Values", *(g.title for g in whole.grids[1:])]
    assert runs_list().payload["runs"][0]["finished"]


def test_removed_runs_are_gone() -> None:
    key = stopped()
    assert runs_remove(key).payload == {"removed": [key]}
    assert runs_list().payload == {"runs": []}
    with pytest.raises(InputError) as caught:
        runs_resume(key)
    assert caught.value.codes == ("S731",)


def test_damaged_runs_are_named_shown_and_removed(tmp_path: Path) -> None:
    key = stopped()
    (tmp_path / "data" / "runs" / key / "run.json").write_text("{")
    listed = runs_list()
    assert "no JSON" in listed.payload["runs"][0]["fault"] and listed.findings[0].mend.endswith(key)
    assert "cannot be used" in runs_show(key).story
    with pytest.raises(InputError) as caught:
        runs_resume(key)
    assert caught.value.codes == ("S734",)
    runs_remove(key)
    assert runs_list().story == "0 stored runs."


def test_a_model_that_has_changed_is_not_gone_on_with(tmp_path: Path) -> None:
    text = tmp_path / "mine.model"
    text.write_text("given a = 1\nlet b = 2 * a\n", "utf-8")
    draw = {"name": "a", "distribution": "normal", "parameters": (0.0, 1.0)}
    fields = {"periods": 9, "paths": 5000, "draws": [draw]}
    whole = model_run(str(text), **fields)
    (entry,) = runs_list().payload["runs"]
    assert to_json(runs_resume("mine").payload) == to_json(whole.payload)
    text.write_text("given a = 1\nlet b = 3 * a\n", "utf-8")
    with pytest.raises(InputError, match="changed since") as caught:
        runs_resume(entry["run"])
    assert caught.value.codes == ("S734",)
    assert to_json(runs_show("mine").payload) == to_json(whole.payload)


def test_a_path_alone_is_kept_by_its_number() -> None:
    alone = model_run("sim", periods=4, paths=50, draws=[DRAW], path=7, store=True)
    assert to_json(runs_resume("last").payload) == to_json(alone.payload)


def test_published_figures_keep_their_sources_and_grades() -> None:
    whole = model_run("us_debt", periods=2, store=True)
    shown = runs_show("us_debt")
    assert [sheet.title for sheet in shown.sheets] == [sheet.title for sheet in whole.sheets]
    for one, other in zip(shown.sheets, whole.sheets, strict=True):
        assert one.labels == other.labels and dict(one.origins) == dict(other.origins)
        assert one.columns[0].values.tolist() == other.columns[0].values.tolist()
