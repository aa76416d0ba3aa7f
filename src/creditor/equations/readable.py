"""Owns the way back from slots to names: equations as an author would write them, derived ones tidied."""

from __future__ import annotations

from creditor.equations.expressions import (
    Binary,
    Call,
    Cell,
    Expression,
    Name,
    Negative,
    Number,
    PeriodsPerYear,
)
from creditor.equations.model import Equation, Model
from creditor.equations.order import cells_in
from creditor.equations.show import to_latex, to_text

DERIVED = ("settled", "payment", "net worth", "saving")  # kinds that nobody wrote
Term = tuple[int, Expression]


def readable(model: Model, tree: Expression, own: int = -1) -> Expression:
    """A resolved tree with names for slots again.

    Parameters
    ----------
    model : Model
    tree : resolved expression
    own : int
        Slot of the equation that the tree is of. What a transaction pays has the name of the transaction, but
        in the equation of that transaction itself; what is paid for a claim is written out.

    Returns
    -------
    Expression

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> to_text(readable(model, model.equations[model.slot("taxes")].tree))
    'tax_rate * wages'
    """
    paid = {cell.payment: Cell(cell.slot) for cell in model.payments}
    worth = {cell.payment: cell.worth for cell in model.payments}

    def named(node: Expression) -> Expression:
        if isinstance(node, Cell):
            return cell(node)
        if isinstance(node, Negative):
            return Negative(named(node.operand))
        if isinstance(node, Binary) and isinstance(node.right, PeriodsPerYear):
            return Call("per_period", (named(node.left),))
        if isinstance(node, Binary):
            return Binary(node.operator, named(node.left), named(node.right))
        if isinstance(node, Call):
            return Call(node.function, tuple(named(argument) for argument in node.arguments))
        assert isinstance(node, Number)
        return node

    def cell(node: Cell) -> Expression:
        slot, back = model.origin(node.slot)
        lag = node.lag + back
        name, cell_labels = model.slots[slot]
        labels = tuple(label for label in cell_labels if label)
        base, _, sector = name.partition(".")
        if base in ("net_worth", "saving"):
            return Name(base, (sector, *labels), lag)
        if base == "payment" and not lag:
            transaction = paid.get(slot)
            if transaction is None or transaction.slot == own:
                return named(model.equations[slot].tree)  # the other payments of its cut are decided ones
            rate = worth[slot]
            return named(transaction if rate is None else Binary("*", transaction, Cell(rate)))
        return Name(f"{base}_of_{sector}" if sector else base, labels, lag)

    return named(tree)


def equation_text(model: Model, equation: Equation, latex: bool = False) -> str:
    """One equation, as it is solved.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> equation_text(model, model.equations[model.slot("money")])
    'money = money(-1) + purchases - taxes'
    """
    write = to_latex if latex else to_text
    tree = equation.tree
    if equation.kind == "find" and isinstance(tree, Binary):
        left, right = (readable(model, side) for side in (tree.left, tree.right))
        return f"{write(left)} = {write(right)}"
    shown = readable(model, tree, equation.slot)
    shown = tidy(shown) if equation.kind in DERIVED else shown
    return f"{write(readable(model, Cell(equation.slot)))} = {write(shown)}"


def reads(model: Model, slot: int) -> list[Cell]:
    """Cells that an equation reads, each once, as it is shown: a payment stands for what it pays.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> [model.title(cell.slot) for cell in reads(model, model.slot("wages"))]
    ['purchases', 'consumption']
    """
    paid = {cell.payment: cell for cell in model.payments}
    equation = model.equations.get(slot)
    found: dict[tuple[int, int], Cell] = {}
    waiting: list[Expression] = [equation.tree] if equation else []
    while waiting:
        for cell in cells_in(waiting.pop(0)):
            if cell.lag or not model.slots[cell.slot][0].startswith("payment."):
                found.setdefault((cell.slot, cell.lag), cell)
            elif cell.slot in paid and paid[cell.slot].slot != slot:
                of = paid[cell.slot]
                for other in (of.slot, of.worth):
                    if other is not None:
                        found.setdefault((other, 0), Cell(other))
            elif cell.slot in model.equations:
                waiting.append(model.equations[cell.slot].tree)
    return list(found.values())


def tidy(tree: Expression) -> Expression:
    """A sum without inner brackets, its plus first, with change(x) for x - x(-1).

    Examples
    --------
    >>> from creditor.equations.parse import parse_expression
    >>> to_text(tidy(parse_expression("-(a - a(-1)) * p + (b - (c - d))")))
    'b - change(a) * p - c + d'
    """
    if isinstance(tree, Negative) or (isinstance(tree, Binary) and tree.operator in "+-"):
        terms = _changes([(sign, tidy(term)) for sign, term in _terms(tree, 1)])
        first = next((place for place, (sign, _) in enumerate(terms) if sign > 0), 0)
        terms.insert(0, terms.pop(first))
        total: Expression = terms[0][1] if terms[0][0] > 0 else _negated(terms[0][1])
        for sign, term in terms[1:]:
            total = Binary("+" if sign > 0 else "-", total, term)
        return total
    if isinstance(tree, Binary):
        return Binary(tree.operator, tidy(tree.left), tidy(tree.right))
    return tree


def _negated(tree: Expression) -> Expression:
    """Minus a term, before the first factor of a product."""
    if isinstance(tree, Binary) and tree.operator in "*/":
        return Binary(tree.operator, _negated(tree.left), tree.right)
    return Negative(tree)


def _terms(tree: Expression, sign: int) -> list[Term]:
    """The signed terms of a sum; a minus before a product or quotient is taken out of it."""
    if isinstance(tree, Binary) and tree.operator in "+-":
        return [*_terms(tree.left, sign), *_terms(tree.right, sign if tree.operator == "+" else -sign)]
    if isinstance(tree, Negative):
        return _terms(tree.operand, -sign)
    if isinstance(tree, Binary) and tree.operator in "*/" and isinstance(tree.left, Negative):
        return _terms(Binary(tree.operator, tree.left.operand, tree.right), -sign)
    return [(sign, tree)]


def _changes(terms: list[Term]) -> list[Term]:
    """Pairs x and -x(-1) become the change of x, at the place of x."""
    found = list(terms)
    for sign, term in terms:
        if isinstance(term, Name) and term.lag == 0 and (sign, term) in found:
            before = (-sign, Name(term.name, term.index, 1))
            if before in found:
                found.remove(before)
                found[found.index((sign, term))] = (sign, Call("change", (term,)))
    return found
