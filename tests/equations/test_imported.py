"""Tests of imports: textbook models in foreign forms run as those of the gallery; nothing is dropped or executed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.imported import READERS, form_of, import_text
from creditor.equations.load import load_model
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.equations.plain_text import to_modelflow
from creditor.equations.words import RESERVED

FOREIGN = Path(__file__).parents[2] / "docs" / "examples" / "foreign"
SIM = {"Y": "wages", "YD": "disposable_income", "C_d": "consumption", "H_h": "money", "H_s": "money"}
PC = {"Y": "wages", "YD": "disposable_income", "T": "taxes", "V": "wealth", "BH": "bills[households]"}
PC |= {"BCB": "bills[central_bank]", "HH": "money", "C": "consumption", "R": "bill_rate"}
LP = {"Y": "wages", "YDR": "disposable_income", "T": "taxes", "V": "wealth", "BH": "bills[households]"}
LP |= {"BCB": "bills[central_bank]", "BLH": "bonds", "CONS": "consumption", "CG": "capital_gains"}
LP |= {"VE": "expected_wealth", "RBL": "bond_yield"}
PERIODS = 60


def _model(text: str) -> Model:
    return elaborate(draft(parse(text)))


def _paths(model: Model, changed: dict[str, float]) -> dict[str, np.ndarray]:
    """Trajectories by title, with some givens changed from period 5 on."""
    givens = {}
    for name, value in changed.items():
        slot = model.slot(name)
        givens[slot] = np.full(PERIODS, model.givens[slot])
        givens[slot][4:] = value
    found = run(compile_model(model), Inputs(PERIODS, givens=givens, machine="numpy")).values
    return {model.title(slot): found[slot, :, 0] for slot in model.variables}


@pytest.mark.parametrize(
    ("file", "name", "names", "ours", "theirs"),
    [
        ("sim.R", "sim", SIM, {"public_spending": 25}, {"G_d": 25}),
        ("sim.py", "sim", SIM, {"public_spending": 25}, {"G_d": 25}),
        ("pc.frm", "pc", PC, {"target_rate": 0.035}, {"RBAR": 0.035}),
        ("lp.prg", "lp", LP, {"target_rate": 0.04, "target_price": 15}, {"RBAR": 0.04, "PBAR": 15}),
    ],
)
def test_a_textbook_model_in_a_foreign_form_runs_as_that_of_the_gallery(
    file: str, name: str, names: dict[str, str], ours: dict[str, float], theirs: dict[str, float]
) -> None:
    text = (FOREIGN / file).read_text("utf-8")
    found = import_text(text, form_of(file, text), file)
    assert not found.refused
    gallery, imported = _paths(load_model(name), ours), _paths(_model(found.text), theirs)
    for foreign, own in names.items():
        wanted, got = gallery[own][1:], imported[foreign][1:]
        assert np.ptp(wanted) > 0 or foreign in ("R", "RBL")
        np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-9, err_msg=foreign)


@pytest.mark.parametrize("name", ["pc", "insout", "growth"])
def test_what_is_exported_to_modelflow_comes_back_as_the_same_model(name: str) -> None:
    model = load_model(name)
    program = compile_model(model)
    values = run(program, Inputs(PERIODS, machine="numpy")).values[:, :, 0]
    opening = {slot: float(values[slot, 0]) for slot in range(program.slots) if np.isfinite(values[slot, 0])}
    found = import_text(to_modelflow(model, opening).text, "modelflow")
    assert not found.refused
    back = _paths(_model(found.text), {})
    assert len(back) >= len(model.variables) - 5
    for slot in model.variables:
        title = model.title(slot).replace("[", "_").replace("]", "").replace(", ", "_").upper()
        if title in back:
            np.testing.assert_allclose(back[title][1:], values[slot, 1:], rtol=1e-9, atol=1e-9, err_msg=title)


def test_names_that_cannot_be_names_here_are_renamed_and_listed() -> None:
    found = import_text("sfcr_set(let ~ C.d + in_ * let[-1], C.d ~ 2, in_ ~ 0.1, let ~ 4)\nx", "sfcr")
    assert "let let_ = C_d + in_ * let_(-1)" in found.text
    assert "start let_ = 4" in found.text
    assert {row[:2] for row in found.renamed} == {("let", "let_"), ("C.d", "C_d")}
    words = [
        word
        for word in RESERVED
        if word not in ("if", "or", "and", "abs", "sqrt", "log", "exp", "min", "max")
    ]
    text = "sfcr_set(" + ", ".join(f"{word} ~ {number}" for number, word in enumerate(words)) + ")"
    assert len(_model(import_text(text, "sfcr").text).givens) == len(words)


def test_a_name_made_by_renaming_does_not_meet_another() -> None:
    found = import_text("sfcr_set(a.b ~ 1, a_b ~ 2, a_b_ ~ 3, x ~ a.b + a_b * a_b_)", "sfcr")
    model = _model(found.text)
    assert sorted(model.givens.values()) == [1, 2, 3]
    assert dict(row[:2] for row in found.renamed) == {"a.b": "a_b__"}


def test_folding_of_case_is_said() -> None:
    found = import_text("Yd = yD(-1) + g\ng = 1\nYD(0) = 2", "eviews")
    assert ("Yd, yD, YD", "YD", "upper and lower case are one in this form") in found.renamed
    assert "start YD = 2" in found.text


def test_what_has_no_value_is_told_and_never_zero() -> None:
    found = import_text("y = c + g\nc = 0.6 * y", "eviews")
    assert "# given G = ?" in found.text
    assert [(one.line, one.what) for one in found.refused] == [(1, "G is read and has no value")]
    assert "given G = 0" not in found.text


def test_what_is_stated_twice_is_told() -> None:
    found = import_text("y = 2 * x\nx = 1\ny = 3 * x\nx = 2\ny = 5\ny = 6", "eviews")
    assert [one.line for one in found.refused] == [3, 4, 6]
    assert "start Y = 5" in found.text


MALFORMED = [
    ("eviews", "y = c +"),
    ("eviews", "y = (c"),
    ("eviews", "y = c)"),
    ("eviews", "y == 2"),
    ("eviews", "2 = 3"),
    ("eviews", "y = x(+1)"),
    ("eviews", "y = x(-99)"),
    ("eviews", "y = @trend"),
    ("eviews", "y = @hpf(x, 100)"),
    ("eviews", "y = 2 3"),
    ("eviews", "y = a^b^c"),
    ("eviews", "y = 1e999"),
    ("eviews", "y = x _"),
    ("eviews", "for !i = 1 to 3"),
    ("eviews", "equation eq1.ls y c x"),
    ("eviews", "y = €"),
    ("eviews", "y = " + "(" * 3000 + "x" + ")" * 3000),
    ("eviews", "y = " + "-" * 3000 + "x"),
    ("eviews", "y = " + "2^" * 300 + "x"),
    ("eviews", "y = " + " + ".join(["x"] * 3000)),
    ("modelflow", "FRML <> y = x"),
    ("modelflow", "do i = 1, 3 $"),
    ("modelflow", "! data: x = __import__('os')"),
    ("sfcr", "sfcr_set(Y ~ C + G"),
    ("sfcr", "sfcr_set(Y ~ )"),
    ("sfcr", "sfcr_set(Y)"),
    ("sfcr", "sfcr_set(Y ~ system('rm -rf x'))"),
    ("sfcr", "sfcr_shock(variables = sfcr_set(G ~ 30), start = 5, end = 60)"),
    ("pysolve", "m.add(text)"),
    ("pysolve", "m.add('y = __import__(1)')"),
    ("pysolve", "def (:"),
    ("pysolve", "m.set_values({open('x').read(): 1})"),
]


@pytest.mark.parametrize(("form", "text"), MALFORMED, ids=[f"{f}-{t[:20]}" for f, t in MALFORMED])
def test_what_is_not_understood_is_told_with_its_line(form: str, text: str) -> None:
    found = import_text(f"\n{text}\n", form)
    assert found.refused
    first = found.refused[0]
    assert first.line == 2
    assert first.what
    assert len(first.text) <= 100


@pytest.mark.parametrize("form", READERS)
def test_nothing_of_a_text_is_executed(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evil = "open('made', 'w').write('x')"
    lines = [
        evil,
        f"y = {evil}",
        f"m.add({evil})",
        f"sfcr_set(Y ~ {evil})",
        f"__import__('os').system({evil!r})",
    ]
    found = import_text("\n".join(lines), form)
    assert found.refused or found.passed
    assert not list(tmp_path.iterdir())


def test_every_line_is_an_equation_or_told() -> None:
    lines = ["y = c + g", "wibble wobble", "g = 20", "smpl 1 60", "c = 0.6 * y", "y ="]
    found = import_text("\n".join(lines), "eviews")
    assert {one.line for one in found.refused} == {2, 6}
    assert {line for line, _, _ in found.passed} == {4}
    assert found.counts == {"given": 1, "let": 2, "find": 0, "start": 0}


def test_a_constant_with_another_opening_is_a_definition() -> None:
    found = import_text("x = 2\nx(0) = 1\ny = x(-1)", "eviews")
    assert "let X = 2" in found.text
    assert "start X = 1" in found.text
    lonely = import_text("x(0) = 1\ny = x(-1)", "eviews")
    assert [one.what for one in lonely.refused] == ["X is stated once more", "X is read and has no value"]


def test_our_own_dynare_text_is_known_whatever_its_name() -> None:
    text = "// sim\nvar y;\nvarexo g;\nmodel;\ny = g;\nend;\ninitval;\ng = 2;\nend;\n"
    assert form_of("sim.txt", text) == "dynare" and form_of("sim.txt", "model = 3\ny = model") == "eviews"
    assert not import_text(text, form_of("sim.txt", text), "sim.txt").refused
