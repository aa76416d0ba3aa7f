"""Owns interventions: models whose equations take add-factors, can be suspended, or read own givens.

What is put into an equation is a given, so that numbers change without a new program; only equations that a
scenario names are changed. Payments, settled cells, net worth and saving follow from the budgets and have no
equation of their own: an add-factor or a fix on them would create or destroy money, so they are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from creditor.equations.expressions import Binary, Call, Cell, Expression, Negative, Sum
from creditor.equations.model import EARLIER, Equation, Model
from creditor.equations.spaces import Space

DERIVED = {
    "settled": "it is settled by the budgets of its sectors: what they pay and receive leaves nothing else",
    "payment": "a payment follows from what is bought or owed",
    "net worth": "net worth follows from claims and assets",
    "saving": "saving follows from what is paid and received",
    EARLIER: "it is a value of an earlier period",
}
Slots = dict[int, int]  # slot of a variable to the slot of what is put into its equation


@dataclass(frozen=True)
class Intervened:
    """A model with interventions.

    Parameters
    ----------
    model : Model
        A copy; the slots of the first model keep their numbers.
    add : dict of slot to slot
        From a variable to the given that is added to the right side of its equation; zero by default.
    mask, value : dict of slot to slot
        From a variable to the given that suspends its equation where it is not zero, and to the given that
        the variable then is.
    own : dict of (statement, slot) to slot
        From a group of equations and a given that they read to the copy that they read instead.
    """

    model: Model
    add: Slots
    mask: Slots
    value: Slots
    own: dict[tuple[int, int], int]


def refusal(model: Model, slot: int) -> str:
    """Why a cell can be neither fixed nor added to; nothing where it can.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> refusal(model, model.slot("purchases")), refusal(model, model.slot("money"))[:13]
    ('', 'it is settled')
    """
    if slot in model.givens:
        return "it is given, and has no equation"
    return DERIVED.get(model.equations[slot].kind, "") if slot in model.equations else "it has no equation"


def intervene(
    model: Model,
    adds: Iterable[int] = (),
    fixes: Iterable[int] = (),
    apart: Mapping[int, Iterable[int]] | None = None,
) -> Intervened:
    """Put slots for add-factors, masks and own givens into equations.

    Parameters
    ----------
    model : Model
    adds, fixes : iterable of slots
        Variables whose equations take an add-factor, or can be suspended.
    apart : mapping of slot to slots, optional
        From a variable to the givens of which its equation is to read a copy; equations of one statement
        share a copy.

    Notes
    -----
    ``x = e`` becomes ``x = if(mask, value, e + add)``. An unknown that ``find`` decides by ``l = r`` has the
    sides ``if(mask, x, l)`` and ``if(mask, value, r + add)``. With a mask and an add-factor of zero an
    equation gives the bits that it gave before.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> taxes = model.slot("taxes")
    >>> changed = intervene(model, adds=[taxes], fixes=[taxes])
    >>> changed.model.title(changed.add[taxes]), changed.model.givens[changed.mask[taxes]]
    ('add factor of taxes', 0.0)
    """
    made = _Maker(model)
    own: dict[tuple[int, int], int] = {}
    for slot, givens in (apart or {}).items():
        equation, copies = made.model.equations[slot], {}
        for given in givens:
            key = equation.statement or -1 - slot, given
            if key not in own:
                own[key] = made.given(f"own_{abs(key[0])}_{len(own)}", given, model.givens[given])
            copies[given] = own[key]
        made.put(equation, _exchanged(equation.tree, copies))
    add = {slot: made.given("add_factor", slot, 0.0) for slot in dict.fromkeys(adds)}
    mask = {slot: made.given("mask", slot, 0.0) for slot in dict.fromkeys(fixes)}
    value = {slot: made.given("fixed_value", slot, 0.0) for slot in mask}
    for slot, given in add.items():
        made.add(slot, given)
    for slot, given in mask.items():
        made.fix(slot, given, value[slot])
    return Intervened(made.model, add, mask, value, own)


class _Maker:
    """A copy of a model that takes further givens."""

    def __init__(self, model: Model) -> None:
        copied = ("spaces", "slots", "slot_of", "equations", "givens")
        self.model = replace(model, **{name: getattr(model, name).copy() for name in copied})

    def given(self, kind: str, of: int, number: float) -> int:
        """Slot of a new given that belongs to another slot."""
        name, cell = self.model.slots[of]
        key = f"{kind}.{name}"
        dims = self.model.spaces[name].dims
        before = self.model.spaces[key].cells if key in self.model.spaces else ()
        self.model.spaces[key] = Space(key, dims, (*before, cell))
        slot = self.model.slot_of[key, cell] = len(self.model.slots)
        self.model.slots.append((key, cell))
        self.model.givens[slot] = number
        return slot

    def add(self, slot: int, given: int) -> None:
        """Add a given to the right side of an equation."""
        equation = self.model.equations[slot]
        tree, found = equation.tree, equation.kind == "find"
        right = tree.right if found and isinstance(tree, Binary) else tree
        more = Binary("+", right, Cell(given), equation.place)
        self.put(equation, replace(tree, right=more) if found and isinstance(tree, Binary) else more)

    def fix(self, slot: int, mask: int, value: int) -> None:
        """Let a mask suspend an equation."""
        equation = self.model.equations[slot]

        def chosen(then: int, other: Expression) -> Call:
            return Call("if", (Cell(mask), Cell(then), other), equation.place)

        if equation.kind == "find" and isinstance(equation.tree, Binary):
            left, right = chosen(slot, equation.tree.left), chosen(value, equation.tree.right)
            self.put(equation, replace(equation.tree, left=left, right=right))
        else:
            self.put(equation, chosen(value, equation.tree))

    def put(self, equation: Equation, tree: Expression) -> None:
        """Replace the tree of an equation."""
        self.model.equations[equation.slot] = replace(equation, tree=tree)


def _exchanged(node: Expression, slots: Mapping[int, int]) -> Expression:
    """A resolved tree that reads other slots in the place of some."""
    if isinstance(node, Cell):
        return replace(node, slot=slots.get(node.slot, node.slot))
    if isinstance(node, Negative):
        return replace(node, operand=_exchanged(node.operand, slots))
    if isinstance(node, Binary):
        return replace(node, left=_exchanged(node.left, slots), right=_exchanged(node.right, slots))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(_exchanged(part, slots) for part in node.arguments))
    assert not isinstance(node, Sum), "a resolved tree has no sums"
    return node
