"""LaTeX of every model of the library: what a compiler of it would stumble over is not there."""

from __future__ import annotations

import re

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.latex import latex_document
from creditor.equations.load import closed_models, load_model
from creditor.equations.parse import parse

COMMANDS = {
    *("documentclass", "usepackage", "allowdisplaybreaks", "begin", "end", "mathit", "frac", "cdot", "Delta"),
    *("left", "right", "sqrt", "text", "sum", "log", "exp", "min", "max", "neq", "leq", "geq", "land", "lor"),
    *("operatorname", ",", "_", "\\"),
}


def stumbles(text: str) -> list[str]:
    """What is wrong with a LaTeX text: brackets, environments, signs that need a backslash, unknown commands."""
    found = []
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if sign == "{" else -1
        found += ["} without {"] if depth < 0 else []
    found += ["{ without }"] if depth else []
    stack: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{([\w*]+)\}", text):
        if kind == "begin":
            stack.append(name)
        elif not stack or stack.pop() != name:
            found.append(f"\\end{{{name}}}")
    found += stack
    body = text[text.index(r"\begin{align*}") :]
    if len(re.findall(r"\\left(?![a-z])", body)) != len(re.findall(r"\\right(?![a-z])", body)):
        found.append("left without right")
    found += [f"bare {sign}" for sign in "%#$~" if sign in body]
    found += re.findall(r"(?<!\\)_(?!\{).", body)
    found += re.findall(r"\}_\{[^{}]*\}_", body)  # two subscripts in a row
    found += [name for name in re.findall(r"\\([A-Za-z]+|.)", body) if name not in COMMANDS]
    return found


@pytest.mark.parametrize("name", closed_models())
def test_every_model_as_latex(name: str) -> None:
    model = load_model(name)
    text = latex_document(model)
    assert stumbles(text) == []
    body = text[text.index(r"\begin{align*}") : text.index(r"\end{align*}")]
    rows = body.replace(r"\begin{align*}", "").split(" \\\\\n")
    assert len(rows) == len(model.variables)
    for row in rows:
        outside = re.sub(r"\\begin\{cases\}.*?\\end\{cases\}", "", row)
        assert (outside.count("&=") == 1 and outside.count("&") == row.count("&=") == 1) or "cases" in row


def test_every_function_and_operator() -> None:
    text = "frequency quarterly given a_b = 2, c = 1 let x = if(a_b >= c and c <> 2 or c < 1, max(a_b, c), min(a_b, -c))"
    text += " let y = sqrt(abs(x)) + log(a_b) * exp(-c) ^ x(-1) ^ 2 + change(x) + previous(x) + per_period(a_b) + 1e-9"
    model = elaborate(draft(parse(text + " start x = 1")))
    written = latex_document(model)
    assert stumbles(written) == [] and r"\operatorname{per\_period}\left(" in written


@pytest.mark.parametrize(
    "bad", [r"a_b", r"{", r"}", r"\left(a", r"a % b", r"\begin{cases} a", r"\undefined", r"\mathit{a_b}"]
)
def test_the_check_itself_can_fail(bad: str) -> None:
    assert stumbles(r"\begin{align*}" + bad + r"\end{align*}")
