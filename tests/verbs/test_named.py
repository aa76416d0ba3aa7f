"""Titles of texts over several lines, and slots of names however they are spaced."""

from __future__ import annotations

import pytest

from creditor.equations.load import load_model, model_names
from creditor.errors import InputError
from creditor.verbs.named import slot_of, title_of


def test_a_title_is_a_whole_sentence(tmp_path):
    assert title_of("growth").endswith("banks that keep capital.")
    assert all(title_of(name).endswith(".") and "# " not in title_of(name) for name in model_names())
    for content, told in (
        ("let a = 1", "Model x."),
        ("# one", "one."),
        ("# one\n# two. \n# three.", "one two."),
        ("# one\n\n# two", "one."),
        ("#\n# one\nlet a = 1", "one."),
    ):
        (tmp_path / "x.model").write_text(content)
        assert title_of(str(tmp_path / "x.model")) == told


def test_a_slot_by_its_name():
    model = load_model("openflex")
    assert slot_of(model, "bills[US,households,UK]") == model.slot("bills", ("US", "households", "UK"))
    with pytest.raises(InputError, match=r"it has cells: bills\[UK, households, UK\].* and 2 more"):
        slot_of(model, "bills")
    with pytest.raises(InputError, match="did you mean"):
        slot_of(model, "bils")
