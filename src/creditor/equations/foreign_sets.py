"""Owns sets of equations inside programs: sfcr formulas in R, strings of pysolve; nothing is run."""

from __future__ import annotations

import ast
import re

from creditor.equations.foreign import Foreign
from creditor.equations.foreign_expressions import Dialect, NotUnderstood

SFCR, PYSOLVE = Dialect(), Dialect()
SET = re.compile(r"\bsfcr_set\s*\(")


def read_sfcr(text: str) -> Foreign:
    """Read sfcr formulas: every ``sfcr_set(...)`` of an R file, or, without any, lines ``Y ~ C + G``.

    Examples
    --------
    >>> foreign = read_sfcr("eqs <- sfcr_set(Y ~ C + G, e2 = C ~ a * Y[-1])")
    >>> [one.name for one in foreign.said]
    ['Y', 'C']
    """
    foreign = Foreign(SFCR)
    plain = _without_comments(text)
    outside, found = list(plain), False
    for match in SET.finditer(plain):
        found = True
        end = _closing(plain, match.end())
        line = plain.count("\n", 0, match.start()) + 1
        if end < 0:
            mend = "close the bracket of sfcr_set"
            foreign.refuse(line, plain[match.start() :], NotUnderstood("it does not end", "", mend))
            end = len(plain)
        elif re.search(
            r"sfcr_shock\s*\([^()]*\bvariables\s*=\s*$|\bvariables\s*=\s*$", plain[: match.start()]
        ):
            mend = "write set NAME = VALUE from PERIOD in the text, or --set when it is run"
            foreign.refuse(
                line, plain[match.start() : end], NotUnderstood("a shock is no equation", "", mend)
            )
        else:
            _formulas(foreign, plain, match.end(), end)
        outside[match.start() : end + 1] = [
            letter if letter == "\n" else " " for letter in outside[match.start() : end + 1]
        ]
    for number, raw in enumerate("".join(outside).split("\n"), start=1):
        if "~" in raw:
            foreign.split(number, raw.strip().rstrip(","), "~")
        elif raw.strip(" \t,()") and not re.fullmatch(r"\s*[\w.]+\s*(<-|=)\s*", raw):
            why = "it stands outside the sets of equations" if found else "it has no formula"
            foreign.ignore(number, raw, why)
    return foreign


def _without_comments(text: str) -> str:
    """The text with comments and strings blanked, line by line."""
    return re.sub(
        r'"[^"\n]*"|\'[^\'\n]*\'|#[^\n]*', lambda match: " " * len(match[0]), text.replace("\t", " ")
    )


def _closing(text: str, begin: int) -> int:
    """Where the bracket that was opened just before is closed; -1 where it is not."""
    depth = 1
    for place in range(begin, len(text)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if not depth:
            return place
    return -1


def _formulas(foreign: Foreign, text: str, begin: int, end: int) -> None:
    """The formulas of a set, which commas outside brackets separate."""
    depth, first = 0, begin
    for place in range(begin, end + 1):
        letter = text[place] if place < end else ","
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            piece = text[first:place]
            if piece.strip():
                line = text.count("\n", 0, first + len(piece) - len(piece.lstrip())) + 1
                foreign.split(line, re.sub(r"^\s*[\w.]+\s*=(?!=)", "", piece), "~")
            first = place + 1


def read_pysolve(text: str) -> Foreign:
    """Read a pysolve script: strings of ``add``, and numbers of ``var``, ``param`` and ``set_values``.

    The script is parsed and never run; names that stand for strings or numbers are not followed.

    Examples
    --------
    >>> foreign = read_pysolve("m.param('g', default=20)\\nm.add('y = g + c')")
    >>> [one.name for one in foreign.said]
    ['g', 'y']
    """
    foreign = Foreign(PYSOLVE)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        rows = text.split("\n")
        told = NotUnderstood("the file is not valid Python", str(getattr(error, "msg", "")), "mend it there")
        foreign.refuse(line, rows[min(line, len(rows)) - 1], told)
        return foreign
    for node in tree.body:
        calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and _method(one)]
        for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
            _call(foreign, call)
        if not calls and not isinstance(node, (ast.Import, ast.ImportFrom)):
            shown = ast.get_source_segment(text, node) or ""
            foreign.ignore(node.lineno, shown, "it states no equation and no number")
    return foreign


def _method(call: ast.Call) -> str:
    known = ("add", "var", "param", "set_values", "set_variables")
    return call.func.attr if isinstance(call.func, ast.Attribute) and call.func.attr in known else ""


def _call(foreign: Foreign, call: ast.Call) -> None:
    method, shown = _method(call), ast.unparse(call) if len(call.args) < 4 else _method(call)
    first = call.args[0] if call.args else None
    if method.startswith("set_") and isinstance(first, ast.Dict):
        for key, value in zip(first.keys, first.values, strict=True):
            _number(foreign, call.lineno, key, value, shown)
    elif isinstance(first, ast.Constant) and isinstance(first.value, str) and method == "add":
        foreign.split(call.lineno, first.value)
    elif method in ("var", "param"):
        default = next((word.value for word in call.keywords if word.arg == "default"), None)
        if default is not None:
            _number(foreign, call.lineno, first, default, shown)
    else:
        mend = "write the string itself"
        foreign.refuse(
            call.lineno, shown, NotUnderstood("it is no plain string", "nothing is executed", mend)
        )


def _number(foreign: Foreign, line: int, key: ast.expr | None, value: ast.expr, shown: str) -> None:
    """The value of a name; pysolve's names are strings."""
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        foreign.equation(line, key.value, ast.unparse(value))
    else:
        mend = "write names as strings"
        foreign.refuse(line, shown, NotUnderstood("the name is no plain string", "nothing is executed", mend))
