"""Tests of Dynare files."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.foreign_dynare import read_dynare
from creditor.equations.imported import import_text
from creditor.equations.load import load_model
from creditor.equations.parse import parse
from creditor.equations.plain_text import to_dynare

TEXT = """// a comment; with a sign
var y c h; varexo g;
parameters a b;
a = 0.6; b = 0.4;  % more
model;
  [name = 'income'] y = c + g;
  # yd = 0.8 * y;
  c = a * yd
      + b * h(-1);  /* over
                       lines; */
  h - h(-1) = yd - c;
end;
initval; g = 20; h = 1; y = 100; end;
histval; h(0) = 80; end;
steady; simul(periods = 60);
"""


def test_declarations_equations_and_values_are_read() -> None:
    foreign = read_dynare(TEXT)
    assert [(one.line, one.name) for one in foreign.said] == [
        (4, "a"),
        (4, "b"),
        (6, "y"),
        (7, "yd"),
        (8, "c"),
        (11, "h"),
        (13, "g"),
        (13, "y"),
        (14, "h"),
    ]
    assert [text for _, text, _ in foreign.passed] == ["h = 1", "steady", "simul(periods = 60)"]
    assert not foreign.refused
    model = elaborate(draft(parse(import_text(TEXT, "dynare").text)))
    assert model.starts[model.slot("h")] == 80
    money = run(compile_model(model), Inputs(30)).series("h")[:, 0]
    assert np.allclose(money[-1], money[-2], rtol=1e-3)


@pytest.mark.parametrize("name", ["sim", "pc", "lp", "openflex", "growth", "bmw"])
def test_what_is_exported_comes_back_as_the_same_model(name: str) -> None:
    model = load_model(name)
    values = run(compile_model(model), Inputs(40, machine="numpy")).values[:, :, 0]
    opening = {slot: float(values[slot, 0]) for slot in np.flatnonzero(np.isfinite(values[:, 0]))}
    found = import_text(to_dynare(model, opening).text, "dynare")
    assert not found.refused
    back = elaborate(draft(parse(found.text)))
    other = run(compile_model(back), Inputs(40, machine="numpy")).values[:, :, 0]
    shared = 0
    for slot in model.variables:
        title = model.title(slot).replace("[", "_").replace("]", "").replace(", ", "_")
        if (title, ()) in back.slot_of:
            shared += 1
            scale = max(np.abs(values[slot, 1:]).max(), 1e-3)
            assert np.abs(other[back.slot(title), 1:] - values[slot, 1:]).max() <= 1e-9 * scale, title
    assert shared >= 0.9 * len(model.variables)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("var y; model;\ny = x(+1); end;", 2),
        ("var y; model;\ny + 2; end;", 2),
        ("var y;\nmodel; y = 2;", 2),
        ("shocks; var e; stderr 1; end;", 1),
        ("\n@#define n = 3\n", 2),
        ("var y; model;\ny = STEADY_STATE(y); end;", 2),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(text: str, line: int) -> None:
    assert [one.line for one in read_dynare(text).refused] == [line]
