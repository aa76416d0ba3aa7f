"""Changes, draws and sides of a comparison as they are typed: read exactly, or refused with the place."""

from __future__ import annotations

import pytest

from creditor.cli.model_inputs import read_changes, read_draws, read_side, read_targets
from creditor.errors import Troubles


def refused(read, *arguments):
    troubles = Troubles()
    read(*arguments, troubles)
    assert troubles.items
    return troubles.items


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("a=1", {"name": "a", "value": 1.0, "from": 1}),
        ("a=-0.5@3", {"name": "a", "value": -0.5, "from": 3}),
        (" rate[N, S] = 1e-3 @ 3 : 9 ", {"name": "rate[N, S]", "value": 0.001, "from": 3, "to": 9}),
        ("a=.5@2:", None),
        ("a=+5.@2", {"name": "a", "value": 5.0, "from": 2}),
    ],
)
def test_changes(text, entry):
    troubles = Troubles()
    found = read_changes([text], troubles)
    assert found == ([] if entry is None else [entry])
    assert bool(troubles.items) is (entry is None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a=",
        "=1",
        "a=x",
        "a=1,5",
        "a=1@",
        "a=1@b",
        "a=1@-3",
        "a=1@1.5",
        "a=nan",
        "a=inf",
        "a=1_000",
        "a=1@1_0",
        "a=1=2",
        "a=0x10",
        "a=١",
        "a=1@9999999999",
        "a" * 100_000,
    ],
)
def test_changes_that_cannot_be_read(text):
    (trouble,) = refused(read_changes, [text])
    assert (trouble.code, trouble.where) == ("U501", "--set") and len(trouble.what) < 120
    assert "tax_rate=0.25@10" in trouble.mend


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("a=normal(0,0.01)", ("a", "normal", (0.0, 0.01))),
        (" rate[N, S] = t( 5 , 0 , 1e-3 ) ", ("rate[N, S]", "t", (5.0, 0.0, 0.001))),
        ("a=unknown(1)", ("a", "unknown", (1.0,))),
    ],
)
def test_draws(text, entry):
    troubles = Troubles()
    found = read_draws([text], troubles)
    assert [(one["name"], one["distribution"], one["parameters"]) for one in found] == [entry]
    assert not troubles.items


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a=normal",
        "a=normal()",
        "a=normal(0,)",
        "a=normal(0,x)",
        "=normal(0,1)",
        "a=normal(nan,1)",
        "a=normal(0,1)x",
        "a=os.system(1)",
    ],
)
def test_draws_that_cannot_be_read(text):
    (trouble,) = refused(read_draws, [text])
    assert (trouble.code, trouble.where) == ("U501", "--draw")


def test_every_wrong_word_is_told():
    troubles = Troubles()
    assert read_changes(["a", "b=1", "c=x"], troubles) == [{"name": "b", "value": 1.0, "from": 1}]
    assert read_draws(["q", "b=normal(0,1)"], troubles) != []
    assert [trouble.where for trouble in troubles.items] == ["--set", "--set", "--draw"]


def test_sides_of_a_comparison():
    troubles = Troubles()
    assert read_side("none", troubles) == read_side(" none ", troubles) == []
    assert [entry["name"] for entry in read_side("a=1; b=2@3:4;", troubles)] == ["a", "b"]
    assert read_side(" folder/x.toml ", troubles) == "folder/x.toml"
    assert read_side("pc_rate_rise", troubles) == "pc_rate_rise"
    assert not troubles.items
    assert refused(read_side, "non sense")[0].where == "compare"


def test_changes_may_have_dates():
    found = read_changes(["a=1@2026Q1:2027q4", "b=1@2026-01", "c=2@2026"], Troubles())
    assert [(entry["from"], entry.get("to")) for entry in found] == [
        ("2026Q1", "2027Q4"),
        ("2026-01", None),
        (2026, None),
    ]
    for wrong in ("a=1@2026Q5", "a=1@soon", "a=1@2026Q1:", "a=1@-1"):
        troubles = Troubles()
        assert read_changes([wrong], troubles) == [] and troubles.items[0].code == "U501"


def test_targets():
    assert read_targets(["wages=120@5:9 by tax_rate@2:3, add hold[A, B]"], Troubles()) == [
        {"name": "wages", "value": 120.0, "from": 5, "to": 9, "by": ["tax_rate@2:3", "add hold[A, B]"]}
    ]
    for text in ("wages=120 by tax_rate", "wages=120@5", "wages=120@5 by ", "wages@5 by tax_rate", ""):
        (trouble,) = refused(read_targets, [text])
        assert trouble.code == "U501" and trouble.where == "--target"


def test_a_side_with_interventions():
    side = read_side(
        "tax_rate=0.25; add taxes=2@5; fix consumption=80;target wages=9@3 by tax_rate", Troubles()
    )
    assert {kind: len(entries) for kind, entries in side.items()} == dict.fromkeys(
        ("set", "add", "fix", "target"), 1
    )
    assert side["add"] == [{"name": "taxes", "value": 2.0, "from": 5}]
    assert refused(read_side, "add taxes")[0].code == "U501"
