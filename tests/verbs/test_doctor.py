"""The doctor tells what is installed, what the library has and which folders can be written."""

from __future__ import annotations

import pytest

from creditor.errors import InputError, Trouble
from creditor.terms.provenance import VERSION
from creditor.verbs import doctor as room
from creditor.verbs.doctor import doctor

KEYS = {"version", "python", "packages", "optional", "economies", "folders", "findings"}


def test_a_sound_installation():
    answer = doctor()
    assert set(answer.payload) == KEYS and answer.payload["version"] == VERSION
    assert answer.exit_code == 0 and "All is well." in answer.story
    assert set(answer.payload["packages"]) == set(room.NEEDED) and all(answer.payload["packages"].values())
    assert len(answer.payload["economies"]["USA"]) == 16


def test_a_missing_package_is_a_fault(monkeypatch):
    monkeypatch.setattr(room, "NEEDED", ("numpy", "no_such_package"))
    answer = doctor()
    assert answer.exit_code == 1 and "1 fault." in answer.story
    (fault,) = [finding for finding in answer.findings if finding.severity == "fault"]
    assert fault.code == "U504" and fault.place == "no_such_package"
    assert answer.payload["packages"]["no_such_package"] is None


def test_a_missing_optional_package_is_a_note(monkeypatch):
    monkeypatch.setattr(room, "OPTIONAL", {"no_such_package": "dreams"})
    answer = doctor()
    assert answer.exit_code == 0
    assert [(f.severity, f.place) for f in answer.findings] == [("note", "no_such_package")]


def test_a_damaged_library_is_a_fault(monkeypatch):
    def broken(code):
        raise InputError(Trouble("C109", "claims.csv:3", "amount -3", "claims are non-negative", "swap"))

    monkeypatch.setattr(room, "load_country", broken)
    answer = doctor()
    assert answer.exit_code == 1
    assert {f.place for f in answer.findings if f.severity == "fault"} == {"claims.csv:3"}


def test_a_folder_that_cannot_be_written_is_a_warning(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CREDITOR_CACHE", str(tmp_path / "cache"))
    assert doctor().payload["folders"]["caches"] == {"path": str(tmp_path / "cache"), "writable": True}
    assert not (tmp_path / "cache").exists(), "looking makes nothing"

    def refuse(**options):
        raise OSError("read-only")

    monkeypatch.setattr(room.tempfile, "TemporaryFile", refuse)
    answer = doctor()
    assert answer.exit_code == 0
    assert {f.severity for f in answer.findings if "cannot be written" in f.sentence} == {"warning"}


@pytest.mark.parametrize("name", room.NEEDED)
def test_every_needed_package_is_one_of_the_project(name):
    import tomllib
    from pathlib import Path

    listed = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert any(entry.startswith(name) for entry in listed["project"]["dependencies"])
