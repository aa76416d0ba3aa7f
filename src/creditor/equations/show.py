"""Owns the way back from nodes to text, with as few brackets as needed, and from expressions to LaTeX."""

from __future__ import annotations

from collections.abc import Callable

from creditor.equations import statements as s
from creditor.equations.expressions import (
    Binary,
    Call,
    Convert,
    Expression,
    Name,
    Negative,
    Number,
    Sum,
    lagged,
)
from creditor.equations.statements import Spot, Statement

_LEVELS = {"or": 1, "and": 2, **dict.fromkeys(("==", "<>", "<", "<=", ">", ">="), 3)}
_LEVELS |= {"+": 4, "-": 4, "in": 5, "*": 6, "/": 6, "^": 8}
_COMPARISON, _MINUS, _ATOM = 3, 7, 9
_LATEX = {
    "==": "=",
    "<>": r"\neq",
    "<=": r"\leq",
    ">=": r"\geq",
    "*": r"\cdot",
    "and": r"\land",
    "or": r"\lor",
}


def to_text(node: Expression | Statement) -> str:
    """Write an expression or a statement as a text that is read back as the same node.

    Parameters
    ----------
    node : Expression or Statement
        As `creditor.equations.parse` gives it.

    Returns
    -------
    str
        One line.

    Examples
    --------
    >>> from creditor.equations.parse import parse
    >>> to_text(parse("let x = ((a + b)) * (c[N](-1))")[0])
    'let x = (a + b) * c[N](-1)'
    """
    writer = _WRITERS.get(type(node))
    if writer is None:
        return _expression(node, 0)  # type: ignore[arg-type]
    text = getattr(node, "text", "").replace('"', "'").replace("\n", " ")
    return writer(node) + (f' "{text}"' if text else "")


# --- expressions as text
def _expression(node: Expression, least: int) -> str:
    """The text of an expression, in brackets where it binds less than `least`."""
    if isinstance(node, Number):
        written, level = _number(node.value), _MINUS if node.value < 0 else _ATOM
    elif isinstance(node, Name):
        written, level = _spot(node) + (f"(-{node.lag})" if node.lag else ""), _ATOM
    elif isinstance(node, Negative):
        written, level = f"-{_expression(node.operand, _MINUS)}", _MINUS
    elif isinstance(node, Binary):
        level = _LEVELS[node.operator]
        left, right = _sides(node.operator, level)
        written = f"{_expression(node.left, left)} {node.operator} {_expression(node.right, right)}"
    elif isinstance(node, Convert):
        written, level = _convert(node)
    elif isinstance(node, Call):
        written = f"{node.function}({', '.join(_expression(part, 0) for part in node.arguments)})"
        level = _ATOM
    else:
        assert isinstance(node, Sum)  # cells are turned back into names first
        where = f" where {_expression(node.where, 0)}" if node.where is not None else ""
        written = f"sum({_expression(node.body, 0)} over {', '.join(node.dimensions)}{where})"
        level = _ATOM
    return f"({written})" if level < least else written


def _convert(node: Convert) -> tuple[str, int]:
    """A conversion; at earlier rates it stands inside `previous`."""
    level = _LEVELS["in"]
    written = f"{_expression(lagged(node.operand, -node.lag), level)} in {node.target}"
    for _ in range(node.lag):
        written, level = f"previous({written})", _ATOM
    return written, level


def _sides(operator: str, level: int) -> tuple[int, int]:
    """How tightly the left and the right side of an operator must bind to need no brackets."""
    if operator == "^":
        return _ATOM, _MINUS
    return (level + 1 if level == _COMPARISON else level), level + 1


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)


def _spot(spot: Spot | Name) -> str:
    return f"{spot.name}[{', '.join(spot.index)}]" if spot.index else spot.name


# --- statements as text
def _where(node: s.ClaimOf | s.Transaction | s.Hold | s.WriteOff | s.Redeem) -> str:
    return f" where {_expression(node.where, 0)}" if node.where is not None else ""


def _dimension(node: s.Dimension) -> str:
    if node.base:
        return f"dimension {node.name} as {node.base}"
    labels = "from scenario" if node.from_scenario else ", ".join(node.labels)
    return f"dimension {node.name} = {labels}"


def _sector(node: s.Sector) -> str:
    return f"sector {_spot(node.spot)}"


def _currency(node: s.Currency) -> str:
    return f"currency of {node.dimension} {'=' if node.dimension == 'world' else 'worth'} {node.worth}"


def _claim(node: s.ClaimOf) -> str:
    price = f" at {node.price}" if node.price else ""
    holders = ", ".join(map(_spot, node.holders))
    return f"claim {_spot(node.spot)}: {_spot(node.issuer)} owes {holders}{price}{_where(node)}"


def _asset(node: s.Asset) -> str:
    price = f" at {node.price}" if node.price else ""
    return f"asset {_spot(node.spot)}: {', '.join(map(_spot, node.owners))}{price}"


def _transaction(node: s.Transaction) -> str:
    if node.payer is None or node.payee is None:
        parties = f" on {node.claim}"
    else:
        capital = " adds capital" if node.capital else ""
        asset = f" for {node.asset}" if node.asset else ""
        parties = f": {_spot(node.payer)} -> {_spot(node.payee)}{capital}{asset}"
    value = f" = {_expression(node.value, 0)}" if node.value is not None else ""
    return f"transaction {node.name}{parties}{_where(node)}{value}"


def _hold(node: s.Hold) -> str:
    value = "settled" if node.value is None else _expression(node.value, 0)
    sign = "worth" if node.worth else "="
    return f"hold {_spot(node.claim)} by {_spot(node.holder)}{_where(node)} {sign} {value}"


def _write_off(node: s.WriteOff) -> str:
    return f"write off {_spot(node.claim)}{_where(node)} = {_expression(node.value, 0)}"


def _redeem(node: s.Redeem) -> str:
    value, price = _expression(node.value, 0), _expression(node.price, 0)
    return f"redeem {_spot(node.claim)}{_where(node)} = {value} at {price}"


def _let(node: s.Let) -> str:
    return f"let {_spot(node.spot)} = {_expression(node.value, 0)}"


def _given(node: s.Given) -> str:
    bounded = node.low is not None and node.high is not None
    notes = f" in {_number(node.low)} .. {_number(node.high)}" if bounded else ""  # type: ignore[arg-type]
    for word in ("unit", "source", "grade"):
        said = getattr(node, word)
        notes += f" {word} {said}" if said else ""
    return f"given {_spot(node.spot)} = {_expression(node.value, 0)}{notes}"


def _find(node: s.Find) -> str:
    return f"find {_spot(node.spot)} so that {_expression(node.left, 0)} = {_expression(node.right, 0)}"


def _start(node: s.Start) -> str:
    lag = f"(-{node.lag})" if node.lag else ""
    kind = "total " if node.total else "gap " if node.gap else ""
    return f"start {kind}{_spot(node.spot)}{lag} = {_expression(node.value, 0)}"


def _change(node: s.Change) -> str:
    first, until = (date or number for date, number in zip(node.dates, (node.first, node.last), strict=True))
    last = f" to {until}" if until is not None else ""
    return f"set {_spot(node.spot)} = {_expression(node.value, 0)} from {first}{last}"


def _check(node: s.Check) -> str:
    tight = _COMPARISON + 1
    return f"check {_expression(node.left, tight)} {node.relation} {_expression(node.right, tight)}"


def _extends(node: s.Extends) -> str:
    return f"extends {node.other}"


def _frequency(node: s.Frequency) -> str:
    return f"frequency {node.name}" + (f" from {node.first}" if node.first else "")


def _report(node: s.Report) -> str:
    return f"report {', '.join(map(_spot, node.spots))}"


_WRITERS: dict[type, Callable[..., str]] = {
    s.Dimension: _dimension,
    s.Sector: _sector,
    s.Currency: _currency,
    s.ClaimOf: _claim,
    s.Asset: _asset,
    s.Transaction: _transaction,
    s.Hold: _hold,
    s.WriteOff: _write_off,
    s.Redeem: _redeem,
    s.Let: _let,
    s.Given: _given,
    s.Find: _find,
    s.Start: _start,
    s.Change: _change,
    s.Check: _check,
    s.Extends: _extends,
    s.Frequency: _frequency,
    s.Report: _report,
}


# --- LaTeX
_KNOWN = ("log", "exp", "min", "max")  # functions that LaTeX has


def to_latex(node: Expression) -> str:
    r"""Write an expression as LaTeX, for mathematics mode.

    Parameters
    ----------
    node : Expression
        As `creditor.equations.parse.parse_expression` gives it.

    Returns
    -------
    str
        Names in italics with their brackets as subscript, lags as ``t-1``, quotients as fractions.

    Examples
    --------
    >>> from creditor.equations.parse import parse_expression
    >>> print(to_latex(parse_expression("bill_rate(-1) * bills[N](-1) / 4")))
    \frac{\mathit{bill\_rate}_{t-1} \cdot \mathit{bills}_{\mathit{N},\,t-1}}{4}
    """
    return _latex(node, 0)


def _latex(node: Expression, least: int) -> str:
    if isinstance(node, Number):
        written = _latex_number(node.value)
        level = _LEVELS["*"] if "^" in written else _MINUS if node.value < 0 else _ATOM
    elif isinstance(node, Name):
        written, level = _latex_name(node), _ATOM
    elif isinstance(node, Negative):
        written, level = f"-{_latex(node.operand, _MINUS)}", _MINUS
    elif isinstance(node, Binary):
        written, level = _latex_binary(node)
    elif isinstance(node, Convert):
        level = _LEVELS["in"]
        money = _latex_name(Name(node.target, lag=node.lag))
        written = rf"{_latex(node.operand, level)} \text{{ in }} {money}"
    elif isinstance(node, Call) and node.function == "previous":
        return _latex(lagged(node.arguments[0]), least)
    elif isinstance(node, Call):
        written, level = _latex_call(node), _MINUS if node.function == "change" else _ATOM
    else:
        assert isinstance(node, Sum)
        where = r" \,:\, " + _latex(node.where, 0) if node.where is not None else ""
        below = r",\,".join(map(_word, node.dimensions)) + where
        written, level = rf"\sum_{{{below}}} {_latex(node.body, _LEVELS['*'])}", _LEVELS["*"]
    return rf"\left({written}\right)" if level < least else written


def _latex_binary(node: Binary) -> tuple[str, int]:
    level = _LEVELS[node.operator]
    if node.operator == "/":
        return rf"\frac{{{_latex(node.left, 0)}}}{{{_latex(node.right, 0)}}}", _LEVELS["^"]
    if node.operator == "^":
        base = _latex(node.left, _ATOM)
        if isinstance(node.left, Name) and (node.left.index or node.left.lag):
            base = f"{{{base}}}"
        return f"{base}^{{{_latex(node.right, 0)}}}", level
    left, right = _sides(node.operator, level)
    sign = _LATEX.get(node.operator, node.operator)
    return f"{_latex(node.left, left)} {sign} {_latex(node.right, right)}", level


def _latex_call(node: Call) -> str:
    parts = [_latex(part, 0) for part in node.arguments]
    if node.function == "change":
        return rf"\Delta {_latex(node.arguments[0], _ATOM)}"
    if node.function == "sqrt":
        return rf"\sqrt{{{parts[0]}}}"
    if node.function == "abs":
        return rf"\left|{parts[0]}\right|"
    if node.function == "if":
        condition, yes, no = parts
        rows = rf"{yes} & \text{{if }} {condition} \\ {no} & \text{{otherwise}}"
        return rf"\begin{{cases}} {rows} \end{{cases}}"
    written = node.function.replace("_", r"\_")
    name = rf"\{written}" if node.function in _KNOWN else rf"\operatorname{{{written}}}"
    return rf"{name}\left({', '.join(parts)}\right)"


def _latex_name(node: Name) -> str:
    below = [*map(_word, node.index), *([f"t-{node.lag}"] if node.lag else [])]
    return _word(node.name) + (r"_{" + r",\,".join(below) + "}" if below else "")


def _word(name: str) -> str:
    return r"\mathit{" + name.replace("_", r"\_") + "}"


def _latex_number(value: float) -> str:
    written = _number(value)
    if "e" not in written:
        return written
    digits, power = written.split("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"
