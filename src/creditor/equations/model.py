"""Owns the model: every cell of every name, who issues, holds and pays it, and its equation."""

from __future__ import annotations

from dataclasses import dataclass, field

from creditor.equations.calendar import Calendar
from creditor.equations.draft import Draft
from creditor.equations.expressions import Cell, Expression, Place
from creditor.equations.spaces import Labels, Space
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with

Party = tuple[str, Labels]  # a sector and its labels
EARLIER = "lag"
AUXILIARY = (f"{EARLIER}.", "payment.", "written_off.", "redeemed.", "redemption_price.")


@dataclass(frozen=True, slots=True)
class Equation:
    """What decides one slot.

    Parameters
    ----------
    slot : int
    tree : resolved expression
        The value of the slot; for kind ``find`` left less right, to be zero.
    kind : str
        let, hold, transaction, write off, asset, settled, payment, net worth, saving, find or lag.
    place : Place
        Of the statement.
    statement : int
        Cells of one statement share it.
    right : resolved expression, optional
        For ``find`` the right side, so that the residual can be scaled.
    """

    slot: int
    tree: Expression
    kind: str
    place: Place
    statement: int


@dataclass(frozen=True, slots=True)
class ClaimCell:
    """One cell of a claim.

    Parameters
    ----------
    slot : int
        Of the quantity.
    issuer, holder : Party
    price, worth : int or None
        Slots of the price and of the value of the issuer's money; None is one.
    written_off : int or None
        Slot of the quantity written off.
    payment : int
        Slot of what the holder pays the issuer, in the common unit.
    redeemed, redemption_price : int or None
        Slots of the quantity that is paid back at a stated price, and of that price.
    """

    slot: int
    name: str
    issuer: Party
    holder: Party
    price: int | None
    worth: int | None
    written_off: int | None
    payment: int
    redeemed: int | None = None
    redemption_price: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentCell:
    """One cell of a transaction: who pays whom, in whose money."""

    slot: int
    name: str
    payer: Party
    payee: Party
    worth: int | None
    payment: int
    capital: bool = False


@dataclass(frozen=True, slots=True)
class AssetCell:
    """One cell of a real asset."""

    slot: int
    name: str
    owner: Party
    price: int | None


@dataclass(frozen=True, slots=True)
class ResolvedCheck:
    """A check in one cell: left and right, and the relation that should hold between them.

    `room` is how far a statement about the opening may be away from its cells without a warning.
    """

    left: Expression
    relation: str
    right: Expression
    title: str
    place: Place
    room: float = 0.0


@dataclass
class Model:
    """A model with all its cells.

    Parameters
    ----------
    name : str
    draft : Draft
    spaces : dict of name to Space
    slots : list of (name, labels)
        What each slot is; derived and auxiliary ones included.
    equations : dict of slot to Equation
    givens, starts : dict of slot to float
    bounds : dict of slot to (low, high)
        Of the givens that have them; a scenario is held to them too.
    claims, payments, assets : lists
    settled : dict of slot to place
        Cells that the budgets settle.
    sectors : list of Party
    checks, stated : list of ResolvedCheck
        What should hold in every period; what the text says about the opening.
    openings : dict of slot to tree
        Net worth by stocks, for period 0.
    worth : dict of Party to slot or None
        Value of the money of each sector.
    rates : dict of label to slot
        Value of the money of each label that has one.
    complete : bool
        Whether it may be run; from then on no slot is added.
    """

    name: str
    draft: Draft
    spaces: dict[str, Space] = field(default_factory=dict)
    slots: list[tuple[str, Labels]] = field(default_factory=list)
    slot_of: dict[tuple[str, Labels], int] = field(default_factory=dict)
    equations: dict[int, Equation] = field(default_factory=dict)
    givens: dict[int, float] = field(default_factory=dict)
    starts: dict[int, float] = field(default_factory=dict)
    bounds: dict[int, tuple[float, float]] = field(default_factory=dict)
    claims: list[ClaimCell] = field(default_factory=list)
    payments: list[PaymentCell] = field(default_factory=list)
    assets: list[AssetCell] = field(default_factory=list)
    settled: dict[int, str] = field(default_factory=dict)
    sectors: list[Party] = field(default_factory=list)
    worth: dict[Party, int | None] = field(default_factory=dict)
    rates: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    checks: list[ResolvedCheck] = field(default_factory=list)
    stated: list[ResolvedCheck] = field(default_factory=list)
    digest: str = ""
    complete: bool = False
    openings: dict[int, Expression] = field(default_factory=dict)

    def add_space(self, space: Space) -> None:
        """Register a name and give each of its cells a slot."""
        self.spaces[space.name] = space
        for cell in space.cells:
            self.slot_of[space.name, cell] = len(self.slots)
            self.slots.append((space.name, cell))

    def slot(self, name: str, cell: Labels = ()) -> int:
        """Slot of a cell.

        Raises
        ------
        InputError
            E610 or E616 with the nearest names.
        """
        if (name, cell) in self.slot_of:
            return self.slot_of[name, cell]
        for other in self.spaces[name].cells if name in self.spaces else ():
            if cell == tuple(label for label in other if label):  # a holder without a dimension of the others
                return self.slot_of[name, other]
        if name not in self.spaces:
            raise InputError(
                Trouble("E610", self.name, f"no such name {name!r}", "", mend_with(name, self.public_names))
            )
        cells = ", ".join(self.spaces[name].show(c) for c in self.spaces[name].cells[:8])
        raise InputError(
            Trouble("E616", self.name, f"no cell {self.spaces[name].show(cell)}", "", f"cells are {cells}")
        )

    def earlier(self, slot: int, back: int, place: Place | None = None) -> int:
        """Slot that holds what another was some periods back, made where it is not there yet.

        A chain of such slots, each the last value of the one before it, is what a long lag reads; `place` is
        that of the lag.

        Examples
        --------
        >>> model = Model("m", Draft())
        >>> model.add_space(Space("x", (), ((),)))
        >>> model.title(model.earlier(0, 2)), len(model.slots)
        ('x(-2)', 3)
        """
        name, cell = self.slots[slot]
        where = place or Place()
        for periods in range(1, back + 1):
            before, key = slot, (f"{EARLIER}.{periods}.{name}", cell)
            slot = self.slot_of.setdefault(key, len(self.slots))
            if slot == len(self.slots):
                self.slots.append(key)
                self.equations[slot] = Equation(slot, Cell(before, 1, where), EARLIER, where, 0)
        return slot

    def origin(self, slot: int) -> tuple[int, int]:
        """What a slot of `earlier` holds: another, and how many periods back; for any other itself and 0."""
        name, cell = self.slots[slot]
        if not name.startswith(f"{EARLIER}."):
            return slot, 0
        _, periods, base = name.split(".", 2)
        return self.slot_of[base, cell], int(periods)

    def read(self, cell: Cell) -> str:
        """What an equation reads, as it is written: with its lag."""
        slot, back = self.origin(cell.slot)
        lag = back + cell.lag
        return self.title(slot) + (f"(-{lag})" if lag else "")

    def title(self, slot: int) -> str:
        """A slot as it is written."""
        name, cell = self.slots[slot]
        if name.startswith(f"{EARLIER}."):
            return self.read(Cell(slot))
        base, _, rest = name.partition(".")
        cell = tuple(label for label in cell if label)
        if base in ("net_worth", "saving"):
            return f"{base}[{', '.join((rest, *cell))}]"
        told = f"{base.replace('_', ' ')} of {rest}" if rest else name
        return f"{told}[{', '.join(cell)}]" if cell else told

    @property
    def calendar(self) -> Calendar:
        """How long a period is, and when period 0 is."""
        return self.draft.calendar

    @property
    def public_names(self) -> list[str]:
        """Names that a text may use."""
        return [name for name in self.spaces if "." not in name]

    @property
    def variables(self) -> list[int]:
        """Slots of what is solved and shown: no givens, payments or values of earlier periods."""
        return [slot for slot in sorted(self.equations) if not self.slots[slot][0].startswith(AUXILIARY)]
