"""Owns the explanations of slips within expressions: foreign signs, commas, lags, functions, operators."""

from __future__ import annotations

import unicodedata

from creditor.equations.build import SIGNATURES
from creditor.equations.expressions import FUNCTIONS
from creditor.equations.stop import CLOSING, RELATIONS, SIGNS, Message, Stop, dangles, short
from creditor.terms.suggest import nearest

INSTEAD = {
    ":=": "=",
    "**": "^",
    "!=": "<>",
    "=>": ">=",
    "=<": "<=",
    "&&": "and",
    "||": "or",
    "&": "and",
    "|": "or",
    "\u2192": "->",
    "\u2212": "-",
    "\u2013": "-",
    "\u00d7": "*",
    "\u00b7": "*",
    "\u00f7": "/",
    "\u2260": "<>",
    "\u2264": "<=",
    "\u2265": ">=",
    "'": '"',
    "\u201c": '"',
    "\u201d": '"',
    "\u00a0": "a plain space",
    "{": "( or [",
    "}": ") or ]",
    ";": "a line break, or nothing",
}

ALIASES = {"ln": "log", "pow": "a ^ b", "lag": "previous", "diff": "change", "delta": "change", "iif": "if"}
"""Functions of other languages, and what they are called here."""


def foreign_sign(stop: Stop) -> Message | None:
    """Signs of other languages, characters that are none of this one, texts that do not end.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> foreign_sign(Stop(scan("a ** b"), 1)).mend
    'write ^'
    """
    bad = stop.bad
    if bad is None:
        return None
    if bad.kind == "open":
        why = "a text ends on the line on which it begins"
        return Message(bad, "a quotation mark is not closed", why, 'close it with "')
    if bad.value == "%":
        number = stop.earlier()
        share = f"{float(number.value) / 100:g}" if number.kind == "number" else "0.05 for 5 per cent"
        why = "shares and rates are plain numbers"
        return Message(bad, "'%' is not part of the language", why, f"write {share}", "E603")
    if bad.value in INSTEAD and (bad.kind == "other" or bad.value not in SIGNS):
        code = "E603" if bad.kind == "other" else "E602"
        shown = (
            repr(bad.value) if bad.value.isprintable() and bad.value != "\u00a0" else _described(bad.value)
        )
        return Message(bad, f"{shown} is not part of the language", "", f"write {INSTEAD[bad.value]}", code)
    if bad.value == "." and bad.kind == "other":
        why = "digits follow a decimal point, and no name has a point in it"
        return Message(bad, "a point stands alone", why, "write 1 or 1.0; join names with _", "E603")
    if bad.kind == "other":
        why = "names are written with the letters a to z, digits and _"
        mend = "spell the name with plain letters" if bad.value.isalnum() else "take it out"
        return Message(bad, f"{_described(bad.value)} is not part of the language", why, mend, "E603")
    return None


def _described(letter: str) -> str:
    name = unicodedata.name(letter, "")
    shown = f"{letter!r} " if letter.isprintable() and not letter.isspace() else ""
    return f"{shown}U+{ord(letter):04X}" + (f" {name.lower()}" if name else "")


def equality(stop: Stop) -> Message | None:
    """``==`` for ``=`` and ``=`` for ``==``, or two of them.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> equality(Stop(scan("let x == 1"), 2)).mend
    'write ='
    """
    bad = stop.bad
    outer = stop.top_level()
    if bad is not None and bad.value == "worth" and "=" in outer and "where" in outer:
        sign = next(piece for piece in reversed(stop.pieces[: stop.index]) if piece.value == "=")
        return Message(sign, "'=' inside a condition", "a comparison is written ==", "write ==")
    if bad is None or bad.value not in ("=", "=="):
        return None
    inside = bool(stop.opened())
    if bad.value == "==" and not inside and "=" not in outer:
        return Message(bad, "'==' where '=' is meant", "'==' compares inside if( ) and where", "write =")
    if bad.value == "=" and inside and stop.opened()[-1].value == "[":
        return None
    if bad.value == "=" and (inside or stop.word == ""):
        return Message(bad, "'=' inside an expression", "a comparison is written ==", "write ==")
    if bad.value == "=" and "=" in outer and "where" in outer:
        why = "in a condition after where a comparison is written =="
        return Message(bad, "a second '='", why, "write == there")
    if bad.value == "=" and "=" in outer:
        why = "a comparison is written ==, and each name has its own ="
        return Message(bad, "a second '='", why, stop.form)
    return None


def decimal_comma(stop: Stop) -> Message | None:
    """A decimal comma, or a comma between thousands.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> decimal_comma(Stop(scan("let x = 0,05"), 4)).mend
    'write 0.05'
    """
    at = stop.index
    for comma in (at, at - 1):
        if not 0 < comma < len(stop.pieces) - 1 or stop.pieces[comma].value != ",":
            continue
        left, sign, right = stop.pieces[comma - 1 : comma + 2]
        if left.kind == right.kind == "number" and left.end == sign.start and right.start == sign.end:
            said = f"{left.value},{right.value}"
            mend = f"write {left.value}.{right.value}"
            if "." in right.value:
                mend = f"write {left.value}{right.value}"
            elif len(right.value) == 3:
                mend += f" or {left.value}{right.value}"
            why = "decimals are written with a point, thousands without a sign"
            return Message(sign, f"{said} has a comma", why, mend)
    return None


def bad_lag(stop: Stop) -> Message | None:
    """Round brackets after a name: leads, lags without minus, functions that are not there.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> bad_lag(Stop(scan("let x = ln(a)"), 5)).mend
    'did you mean log?'
    """
    if stop.before() not in CLOSING or stop.index < 2 or stop.earlier(2).kind != "name" or stop.bad is None:
        return _unsigned_lag(stop)
    bad, name = stop.bad, stop.before(2)
    if bad.value == "+":
        why = "a lead would read the future; the language looks back only"
        mend = f"write {name}, {name}(-1), or an expectation as a name of its own"
        return Message(bad, f"{name}(+...) is a lead", why, mend)
    if stop.before() == "[":
        if bad.kind == "number":
            return Message(
                bad,
                f"{name}[{bad.value}]: a number in brackets",
                "brackets hold labels",
                f"write a label, or {name}(-1) for a lag",
            )
        return None
    if bad.kind == "number":
        why = "round brackets after a name hold a lag"
        return Message(
            bad,
            f"{name}({bad.value}) is no lag",
            why,
            f"write {name}(-{bad.value}), or {name} * {bad.value} for a product",
        )
    near = ALIASES.get(name) or " or ".join(nearest(name, [*FUNCTIONS, "sum"], 1))
    mend = f"did you mean {near}?" if near else f"the functions are {', '.join(FUNCTIONS)} and sum"
    why = "round brackets after a name hold a lag such as (-1)"
    return Message(stop.earlier(2), f"'{name}' is no function", why, mend)


def _unsigned_lag(stop: Stop) -> Message | None:
    if (
        stop.index > 2
        and stop.before() == "-"
        and stop.before(2) in CLOSING
        and stop.earlier(3).kind == "name"
    ):
        name, bad = stop.before(3), stop.bad
        if bad is not None and bad.kind == "name":
            return Message(
                bad, f"{name}(-{bad.value}) is no lag", "a lag is a whole number", f"write {name}(-1)"
            )
    return None


def arguments(stop: Stop) -> Message | None:
    """Functions without arguments, sums without dimensions.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> arguments(Stop(scan("let x = abs()"), 5)).mend
    'write abs(a)'
    """
    bad, stack = stop.bad, stop.opened()
    if bad is None or not stack or stack[-1].value != "(":
        return None
    head = stop.pieces[max(stop.pieces.index(stack[-1]) - 1, 0)]
    inside = [piece.value for piece in stop.pieces[stop.pieces.index(stack[-1]) : stop.index]]
    if head.value == "sum" and bad.value in (")", ",") and "over" not in inside and not dangles(stop):
        why = "a sum says over which dimension it runs"
        return Message(head, "a sum without over", why, "write sum(EXPRESSION over DIMENSION)")
    if head.value in FUNCTIONS and bad.value == ")" and stop.before() == "(":
        return Message(head, f"{head.value} without arguments", "", f"write {SIGNATURES[head.value]}", "E605")
    if bad.value == ")" and stop.before() == "(":
        return Message(bad, "nothing stands between '(' and ')'", "", "write an expression, or take both out")
    if bad.value == "," and head.value not in FUNCTIONS and not dangles(stop):
        why = "a comma separates the arguments of a function, and no function stands before this bracket"
        return Message(
            bad, "',' cannot stand here", why, "take it out, or write a function such as max(a, b)"
        )
    return None


def operators(stop: Stop) -> Message | None:
    """Nothing after an operator, nothing before it, none at all, chains of comparisons.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> operators(Stop(scan("let x = a + * b"), 5)).what
    "'*' has nothing on its left"
    """
    bad, before = stop.bad, stop.before()
    closes = bad is not None and (bad.kind == "text" or bad.value in (")", "]", ",", "="))
    if (bad is None or closes) and stop.index > 1 and dangles(stop):
        end = "the text ends here"
        if bad is not None:
            end = f"'{short(bad)}' comes instead"
        elif stop.following is not None:
            end = f"the next statement begins with '{stop.following.value}' in line {stop.following.line}"
        mend = f"write what follows, or take '{before}' out"
        return Message(stop.earlier(), f"something must follow '{before}'", end, mend)
    if bad is None:
        return None
    if _chained(stop):
        return Message(bad, "comparisons do not chain", "", "write a < b and b < c")
    if (
        (bad.value in SIGNS or bad.value in ("and", "or"))
        and stop.index
        and (dangles(stop) or before in ("and", "or"))
    ):
        why = f"it comes right after '{before}'"
        return Message(
            bad,
            f"'{bad.value}' has nothing on its left",
            why,
            "write what stands there, or take one of them out",
        )
    return None


def _chained(stop: Stop) -> bool:
    stack = stop.opened()
    inside = stop.pieces[stop.pieces.index(stack[-1]) : stop.index] if stack else []
    before = [piece.value for piece in inside] or stop.top_level()
    return stop.bad is not None and stop.bad.value in RELATIONS and bool(set(before) & set(RELATIONS))


def side_by_side(stop: Stop) -> Message | None:
    """Two operands side by side, and what other languages put between or before them.

    Examples
    --------
    >>> from creditor.equations.scan import scan
    >>> side_by_side(Stop(scan("let x = 2 a"), 4)).mend
    'write 2 * a for a product'
    """
    bad, before, last = stop.bad, stop.before(), stop.earlier()
    if bad is None or stop.index == 0:
        return None
    if bad.value == "," and not stop.opened() and "=" in stop.top_level():
        why = "a list can follow sector, given, start, set and report only"
        return Message(
            bad, "',' cannot stand here", why, f"begin the next one with {stop.word or 'its word'}"
        )
    if before == "not":
        why = "there is no word for the opposite"
        return Message(
            last, "'not' is not part of the language", why, "turn the comparison round, such as <> for =="
        )
    if bad.kind == last.kind == "name" and [piece.value for piece in stop.opened()][-1:] == ["["]:
        mend = f"write {before}, {bad.value}"
        return Message(bad, f"a comma must stand between '{before}' and '{bad.value}'", "", mend)
    left = last.kind in ("name", "number") or before in (")", "]")
    right = bad.kind in ("name", "number", "period") or bad.value in ("(", *FUNCTIONS, "sum")
    if left and right:
        mend = f"write {before} * {bad.value} for a product"
        return Message(bad, f"an operator must stand between '{before}' and '{bad.value}'", "", mend)
    return None
