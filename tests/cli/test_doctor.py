"""`creditor doctor` ends with 0 on a sound installation and 1 where something needed is missing."""

from __future__ import annotations

import json

from creditor.verbs import doctor as room


def test_a_sound_installation(call):
    done = call("doctor")
    assert done.code == 0 and "All is well." in done.out
    assert json.loads(call("doctor", "--json").out)["packages"]["numpy"]


def test_something_missing(call, monkeypatch):
    monkeypatch.setattr(room, "NEEDED", ("no_such_package",))
    done = call("doctor")
    assert done.code == 1 and "no_such_package is not installed" in done.out and "[U504]" in done.out
