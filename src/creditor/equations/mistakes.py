"""Owns the explanations of mistakes: what is wrong where the parser stopped, why, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace

from creditor.equations import slips
from creditor.equations.expressions import FUNCTIONS
from creditor.equations.scan import Piece, begins
from creditor.equations.stop import CLOSING, RELATIONS, SIGNS, Message, Stop, dangles, short, taken_for_name
from creditor.equations.words import FORMS
from creditor.errors import Trouble

FOLLOWS: dict[str, tuple[tuple[tuple[str, ...], int, str], ...]] = {
    "claim": (((":",), 1, "':' and the issuer"), (("owes",), 3, "owes and the holders")),
    "asset": (((":",), 1, "':' and the owner"),),
    "transaction": (
        ((":", "on"), 1, "':' and who pays whom"),
        (("->", "on"), 3, "'->' and the payee"),
    ),
    "hold": ((("by",), 1, "by and a holder"), (("=", "worth"), 3, "'=' and an expression")),
    "write": ((("off",), 0, "off"), (("=",), 2, "'=' and an expression")),
    "redeem": ((("=",), 1, "'=' and an expression"), (("at",), 3, "at and a price")),
    "find": ((("so",), 1, "so that and an equation"), (("=",), 3, "'=' and an expression")),
    "currency": ((("of",), 0, "of"), (("worth", "="), 2, "worth and a rate")),
    "dimension": ((("=", "as"), 1, "'=' and labels"),),
    "check": ((("=", *RELATIONS), 1, "'=', or another comparison,"),),
    **dict.fromkeys(("let", "given", "start", "set", "shock"), ((("=",), 1, "'=' and an expression"),)),
}
"""What must follow in each kind of statement: any of some tokens, after how many at least, and its name."""


def explain(stop: Stop, file: str) -> Trouble:
    """Say what is wrong at the place where the parser stopped.

    Parameters
    ----------
    stop : Stop
        The statement and the token.
    file : str
        Name of the text.

    Returns
    -------
    Trouble
        With the line at which the mistake is, not that at which it was noticed.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> explain(Stop(scan("let y = 2 *"), 5), "a.model").what
    "let y: something must follow '*'"
    """
    for rule in RULES:
        message = rule(stop)
        if message:
            break
    piece, what, why, mend, code = message or _otherwise(stop)
    return Trouble(
        code, f"{file}:{piece.line}", _title(stop, piece) + what if code != "E601" else what, why, mend
    )


def _title(stop: Stop, piece: Piece) -> str:
    if piece not in stop.pieces:
        return stop.title
    return replace(stop, index=stop.pieces.index(piece) + (piece.value != ",")).title


def _statement(stop: Stop) -> Message | None:
    """A word at the beginning of a line with which no statement begins."""
    bad = stop.bad
    if bad is None or begins(bad) or bad.kind not in ("name", "word"):
        return None
    if stop.index == 0:
        return _unknown(0, stop, "")
    last = stop.earlier()
    if stop.complete and bad.line > last.line:
        return _unknown(stop.index, stop, "where it continues the line above, an operator is missing")
    alone = (
        stop.index > 1 and stop.earlier(2).line < last.line == bad.line and last.kind == bad.kind == "name"
    )
    return _unknown(stop.index - 1, stop, "") if alone and _near(last.value) else None


def _unknown(index: int, stop: Stop, why: str) -> Message:
    piece = stop.pieces[index]
    near = _near(piece.value)
    mend = f"did you mean {near[0]}?" if near else "begin with one of: " + ", ".join(FORMS)
    if [after.value for after in stop.pieces[index + 1 : index + 2]] == ["="]:
        mend = f"write let {piece.value} = ..., or given {piece.value} = ..."
    return Message(piece, f"no statement begins with '{piece.value}'", why, mend, "E601")


def _near(word: str) -> list[str]:
    return difflib.get_close_matches(word, FORMS, n=1, cutoff=0.7)


def _reserved(stop: Stop) -> Message | None:
    """A reserved word where a name must stand."""
    bad, before = stop.bad, stop.before()
    if bad is None:
        following = stop.following
        if following is not None and taken_for_name(stop):
            why = f"after '{before}' a name must follow, and '{following.value}' begins a statement"
            return Message(following, f"'{following.value}' is a reserved word", why, "take another name")
        return None
    if bad.kind != "word" or bad.value in ("and", "or"):
        return None
    if stop.index == 0:
        why = "an expression begins with a name, a number, a function or a bracket"
        return Message(bad, f"'{bad.value}' is a reserved word", why, "take another name")
    function = bad.value in FUNCTIONS or bad.value == "sum"
    expects = before in (*SIGNS, "=", "(", ",", ":", "[", "->") or stop.earlier().kind == "word"
    if expects and function:
        why = f"'{bad.value}' is a function and cannot be a name"
        return Message(bad, f"'{bad.value}' cannot stand here", why, "take another name")
    if expects:
        why = f"'{bad.value}' is a reserved word and cannot be a name"
        what = f"something must stand between '{before}' and '{bad.value}'"
        return Message(bad, what, why, "write what is missing, or take another name")
    return None


def _conversion(stop: Stop) -> Message | None:
    """``x in country``."""
    bad = stop.bad
    if bad is not None and bad.value == ".." and stop.before(2) == "in":
        return Message(
            stop.earlier(), f"the bound {stop.before()} is no number", "bounds are numbers", stop.form
        )
    if bad is not None and bad.value in ("(", "[") and stop.before(2) == "in":
        money = stop.before()
        why = f"after 'in' the name of a money stands alone; {money} has no cells and no past"
        mend = f"write x(-1) in {money} for today's rates, or previous(x in {money}) for those of then"
        return Message(bad, f"'{bad.value}' cannot stand after a conversion", why, mend)
    if bad is not None and bad.value in ("*", "/", "^") and stop.before(2) == "in":
        why = f"all that stands before 'in' is converted, and '{bad.value}' binds closer than 'in'"
        mend = f"put brackets around the conversion: (x in {stop.before()}) {bad.value} ..."
        return Message(bad, f"'{bad.value}' cannot stand after a conversion", why, mend)
    if stop.before() == "in" or (bad is not None and bad.value == "in"):
        piece = stop.earlier() if stop.before() == "in" else bad or stop.earlier()
        why = "in is followed by whose money is meant; by two numbers where it bounds a given"
        mend = "write x in country, x in a label, or x in world"
        return Message(piece, "'in' names no money here", why, mend)
    return None


def _brackets(stop: Stop) -> Message | None:
    """Brackets that close nothing, and brackets that are not closed."""
    bad, stack = stop.bad, stop.opened()
    if bad is not None and bad.value in (")", "]"):
        if not stack:
            return Message(
                bad,
                f"'{bad.value}' closes nothing",
                "no bracket is open here",
                "take it out, or open one before it",
            )
        if CLOSING[stack[-1].value] != bad.value:
            wanted = CLOSING[stack[-1].value]
            return Message(
                bad, f"'{bad.value}' closes '{stack[-1].value}'", "brackets close in pairs", f"write {wanted}"
            )
        return None
    if not stack or dangles(stop):
        return None
    if bad is None or bad.kind in ("text", "word") or bad.value in ("=", "->", ":"):
        opening = stack[-1]
        why = (
            f"column {opening.column}: the statement ends before it is closed"
            if bad is None
            else f"it is open where '{bad.value}' comes"
        )
        return Message(
            opening,
            f"'{opening.value}' is never closed",
            why,
            f"write {CLOSING[opening.value]} where the part ends",
        )
    return None


def _missing(stop: Stop) -> Message | None:
    """A part of the statement that is not there: a name, a colon, an arrow, an equals sign, a comma."""
    bad, before, last = stop.bad, stop.before(), stop.earlier()
    if stop.index == 0 or stop.opened():
        return None
    if begins(last) and bad is not None and before not in ("write", "currency"):
        what = f"a name must stand between '{before}' and '{bad.value}'"
        return Message(bad, what, "", stop.form) if bad.kind == "mark" else None
    outer = stop.top_level()
    for any_of, least, called in FOLLOWS.get(stop.word, ()):
        if not set(any_of) & set(outer) and stop.index > least:
            return Message(last, f"{called} must follow '{before}'", "", stop.form)
    valued = "on" in outer or ("->" in outer and bad is not None)
    if stop.word == "transaction" and valued and "=" not in outer and stop.index > 3:
        return Message(last, f"'=' and an expression must follow '{before}'", "", stop.form)
    if bad is None or bad.kind != "name" or last.kind != "name":
        return None
    listed = stop.word in ("dimension", "sector", "report") or (stop.word == "claim" and "where" not in outer)
    if listed and before not in ("at", "as"):
        return Message(bad, f"a comma must stand between '{before}' and '{bad.value}'", "", stop.form)
    return None


def _otherwise(stop: Stop) -> Message:
    bad = stop.bad
    if bad is None:
        last = stop.earlier()
        return Message(last, f"the statement breaks off after '{last.value}'", "", stop.form)
    after = f"after '{stop.before()}' something else must follow" if stop.index else ""
    return Message(bad, f"'{short(bad)}' cannot stand here", after, stop.form)


RULES: tuple[Callable[[Stop], Message | None], ...] = (
    slips.foreign_sign,
    _statement,
    slips.decimal_comma,
    slips.equality,
    slips.bad_lag,
    slips.arguments,
    _reserved,
    _conversion,
    slips.operators,
    _brackets,
    _missing,
    slips.side_by_side,
)
