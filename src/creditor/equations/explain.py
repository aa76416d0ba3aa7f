"""Owns the explanation of a model: each equation as text, what it reads, who reads it, how it is solved."""

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
from creditor.equations.model import EARLIER, Equation, Model
from creditor.equations.order import Step, cells_in, order
from creditor.equations.show import to_latex, to_text
from creditor.terms.answer import Grid

KINDS = {
    "let": "definition",
    "hold": "holding",
    "transaction": "transaction",
    "asset": "real asset",
    "settled": "settled by the budgets",
    "payment": "payment",
    "net worth": "derived: net worth by flows",
    "saving": "derived: what is received less what is paid",
    "write off": "write-off",
    "find": "found so that both sides agree",
    "lag": "value of an earlier period",
}


def readable(model: Model, tree: Expression) -> Expression:
    """A resolved tree with names for slots again.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> to_text(readable(model, model.equations[model.slot("taxes")].tree))
    'tax_rate * wages'
    """
    if isinstance(tree, Cell):
        slot, back = model.origin(tree.slot)
        tree = Cell(slot, tree.lag + back)
        name, cell = model.slots[slot]
        labels = tuple(label for label in cell if label)
        base, _, sector = name.partition(".")
        if base in ("net_worth", "saving"):
            return Name(base, (sector, *labels), tree.lag)
        if base == "payment" and not tree.lag:
            return readable(
                model, model.equations[tree.slot].tree
            )  # the other payments of its cut are decided ones
        return Name(f"{base}_of_{sector}" if sector else base, labels, tree.lag)
    if isinstance(tree, Negative):
        return Negative(readable(model, tree.operand))
    if isinstance(tree, Binary) and isinstance(tree.right, PeriodsPerYear):
        return Call("per_period", (readable(model, tree.left),))
    if isinstance(tree, Binary):
        return Binary(tree.operator, readable(model, tree.left), readable(model, tree.right))
    if isinstance(tree, Call):
        return Call(tree.function, tuple(readable(model, argument) for argument in tree.arguments))
    assert isinstance(tree, Number)
    return tree


def equation_text(model: Model, equation: Equation, latex: bool = False) -> str:
    """One equation, as it is solved.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> equation_text(model, model.equations[model.slot("taxes")])
    'taxes = tax_rate * wages'
    """
    write = to_latex if latex else to_text
    if equation.kind == "find" and isinstance(equation.tree, Binary):
        return f"{write(readable(model, equation.tree.left))} = {write(readable(model, equation.tree.right))}"
    left = readable(model, Cell(equation.slot))
    return f"{write(left)} = {write(readable(model, equation.tree))}"


def equations_grid(model: Model, latex: bool = False) -> Grid:
    """Every equation that a text states or implies, payments left out."""
    rows = []
    for slot in model.variables:
        equation = model.equations[slot]
        if not model.slots[slot][0].startswith("written_off.") or equation.place.line:
            place = str(equation.place) if equation.place.line else ""
            rows.append(
                (model.title(slot), equation_text(model, equation, latex), KINDS[equation.kind], place)
            )
    return Grid("equations", "Equations", ("name", "equation", "kind", "place"), tuple(rows))


def explain(model: Model, slot: int) -> Grid:
    """What decides one variable: its equation, place, step, what it reads and who reads it."""
    equation = model.equations.get(slot)
    rows = [("name", model.title(slot))]
    if equation is None:
        rows.append(("given", f"{model.givens[slot]:g}" if slot in model.givens else "no equation"))
    else:
        rows += [("equation", equation_text(model, equation)), ("kind", KINDS[equation.kind])]
        rows += [("place", str(equation.place))] if equation.place.line else []
        reads = dict.fromkeys(model.read(cell) for cell in cells_in(equation.tree))
        rows.append(("reads", ", ".join(reads) or "nothing"))
        step = next(step for step in order(model) if slot in (*step.slots, *step.tears))
        rows.append(("solved", _how(model, step)))
    readers = _readers(model, slot)
    rows.append(("read by", _names(model, [other for other in readers if other != slot]) or "nothing"))
    if slot in model.starts:
        rows.append(("opens at", f"{model.starts[slot]:g}"))
    return Grid("explain", f"What decides {model.title(slot)}", ("", "what"), tuple(rows))


def _readers(model: Model, slot: int) -> list[int]:
    """Slots whose equations read a slot; a payment hands on to what reads it."""
    found: dict[int, None] = {}
    waiting, seen = [slot], {slot}
    while waiting:
        wanted = waiting.pop(0)
        for other, equation in model.equations.items():
            if other in seen or not any(cell.slot == wanted for cell in cells_in(equation.tree)):
                continue
            seen.add(other)
            if model.slots[other][0].startswith(("payment.", f"{EARLIER}.")):
                waiting.append(other)
            else:
                found[other] = None
    return list(found)


def _how(model: Model, step: Step) -> str:
    if not step.is_block:
        return "after what it reads"
    return f"together with {len(step.slots) + len(step.tears) - 1} others, on {_names(model, step.tears)}"


def _names(model: Model, slots: object) -> str:
    titles = [model.title(slot) for slot in slots]  # type: ignore[attr-defined]
    shown = list(dict.fromkeys(title for title in titles))
    return ", ".join(shown[:12]) + (f" and {len(shown) - 12} more" if len(shown) > 12 else "")
