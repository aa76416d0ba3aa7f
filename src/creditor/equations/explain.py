"""Owns the explanation of a model: each equation as text, what it reads, who reads it, how it is solved."""

from __future__ import annotations

from creditor.equations.givens import given_notes, plain
from creditor.equations.infer import infer_units
from creditor.equations.model import EARLIER, Model
from creditor.equations.order import cells_in
from creditor.equations.readable import equation_text, reads
from creditor.equations.stages import stages
from creditor.terms.answer import Grid
from creditor.terms.provenance import GRADES

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
    """What decides one variable: its equation, place and unit, what it reads, how it is solved, who reads it.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> dict(explain(model, model.slot("taxes")).rows)["solved"]
    'together with 5 others, step 2 of 3; solved for wages'
    """
    equation = model.equations.get(slot)
    rows = [("name", model.title(slot))]
    if equation is None:
        rows += _given(model, slot)
    else:
        rows += [("equation", equation_text(model, equation))]
        rows += [("latex", equation_text(model, equation, latex=True)), ("kind", KINDS[equation.kind])]
        rows += [("place", str(equation.place))] if equation.place.line else []
        unit = infer_units(model, tell=False).text(slot)
        rows += [("unit", unit)] if unit else []
        read = dict.fromkeys(model.read(cell) for cell in reads(model, slot))
        rows += [("reads", ", ".join(read) or "nothing"), ("solved", _how(model, slot))]
    readers = _readers(model, slot)
    rows.append(("read by", _names(model, [other for other in readers if other != slot]) or "nothing"))
    if slot in model.starts:
        rows.append(("opens at", plain(model.starts[slot])))
    return Grid("explain", f"What decides {model.title(slot)}", ("", "what"), tuple(rows))


def _given(model: Model, slot: int) -> list[tuple[str, str]]:
    """What is said about a given, and what is inferred."""
    note = next((note for note in given_notes(model) if note.slot == slot), None)
    if note is None:
        return [("given", "no equation")]
    rows = [("given", note.text), ("formula", note.formula), ("bounds", note.bounds)]
    rows += [("unit", note.unit_text)]
    rows += [("grade", f"{note.grade}: {GRADES[note.grade]}"), ("source", note.source), ("note", note.note)]
    return [(name, text) for name, text in [*rows, ("place", note.place)] if text]


def _readers(model: Model, slot: int) -> list[int]:
    """Slots whose equations read a slot; a payment hands on to what reads it."""
    found: dict[int, None] = {}
    waiting = [slot, *(cell.payment for cell in model.payments if cell.slot == slot)]
    seen = set(waiting)
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


def _how(model: Model, slot: int) -> str:
    """Alone or together with what, in which step of a period, and for which unknowns."""
    steps = stages(model)
    stage = next(stage for stage in steps if slot in stage.slots)
    step = f"step {stage.number} of {len(steps)}"
    if not stage.is_block:
        return f"after what it reads, {step}"
    others = stage.equations - 1
    how = f"together with {others} other{'' if others == 1 else 's'}" if others else "by itself"
    return f"{how}, {step}; solved for {_names(model, stage.tears)}"


def _names(model: Model, slots: object) -> str:
    titles = [model.title(slot) for slot in slots]  # type: ignore[attr-defined]
    shown = list(dict.fromkeys(title for title in titles))
    return ", ".join(shown[:12]) + (f" and {len(shown) - 12} more" if len(shown) > 12 else "")
