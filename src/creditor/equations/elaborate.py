"""Owns the elaboration: from a draft to a model in which every cell has its equation or its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from creditor.equations.accounts import settle
from creditor.equations.convert import Conversions
from creditor.equations.declare import Declarations
from creditor.equations.declared import check_units
from creditor.equations.draft import Draft
from creditor.equations.exchange import exchanged
from creditor.equations.expressions import Binary, Cell, Expression, Number, Place
from creditor.equations.held import claim_cells, stated_cells
from creditor.equations.model import AssetCell, ClaimCell, Equation, Model, Party, PaymentCell
from creditor.equations.moneys import assign_moneys
from creditor.equations.openings import Openings, start_cells
from creditor.equations.ranges import value_range
from creditor.equations.resolve import Resolver, constant
from creditor.equations.spaces import HOLDER, Labels, Range, Space
from creditor.equations.special import Stated, decide, quarrel
from creditor.equations.statements import Find, Given, Hold, Let, Redeem, Spot, Transaction, WriteOff
from creditor.errors import InputError, Trouble, Troubles

Maker = Callable[[], Equation | None]
BRACKETS = re.compile(r"\[[^]]*\]|\([^)]*\)")


def elaborate(draft: Draft, name: str = "model") -> Model:
    """Make the model of a draft.

    Parameters
    ----------
    draft : Draft
    name : str
        Name of the model, for messages.

    Returns
    -------
    Model
        With equations, givens, openings, claims, payments and settled cells.

    Raises
    ------
    InputError
        Every trouble at once, as far as one does not hide another.

    Examples
    --------
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.parse import parse
    >>> text = "given a = 2 let b = a + b(-1) start b = 1"
    >>> model = elaborate(draft(parse(text)))
    >>> [model.title(slot) for slot in model.variables]
    ['b']
    """
    troubles = Troubles()
    model = Model(name, draft)
    declared = Declarations(model, troubles)
    declared.run()
    troubles.raise_if_any()
    work = Elaboration(model, declared, troubles)
    work.run()
    troubles.raise_if_any()
    return model


class Elaboration:
    """The steps of `elaborate`, in order."""

    def __init__(self, model: Model, declared: Declarations, troubles: Troubles) -> None:
        self.model, self.declared, self.troubles = model, declared, troubles
        self.draft = model.draft
        self.resolver = Resolver(model)
        self.stated: dict[int, list[Stated[Maker]]] = {}
        self.trees: dict[int, Maker] = {}
        self.said: set[tuple[str, ...]] = set()
        self.number = 0
        self.ahead: set[int] = set()

    def run(self) -> None:
        """Parties and payments, then the equations of every cell, then settlement and openings."""
        assign_moneys(self.model, self.troubles)
        self._cells()
        self._givens()
        check_units(self.model, self.troubles)
        for find in self.draft.finds:
            self._value(find, "find")
        for let in self.draft.lets:
            self._value(let, "let" if let.spot.name not in self.draft.assets else "asset")
        for transaction in self.draft.transactions.values():
            self._transaction(transaction)
        for hold in self.draft.holds:
            self._guard(self._hold, hold)
        for write_off in self.draft.write_offs:
            self._guard(self._outside, write_off, "written_off", write_off.value)
        for redeem in self.draft.redeems:
            self._guard(self._redeem, redeem)
        self._decide()
        starts = self._unknown_starts()
        if self.troubles.items:
            self.troubles.items.extend(starts)
        self.troubles.raise_if_any()
        for slot, make in self.trees.items():
            self._make(slot, make)
        self._undefined(exchanged(self.model, self.troubles))
        self.troubles.items.extend(starts)
        self.troubles.raise_if_any()
        conversions = Conversions(self.model, self.resolver)
        conversions.run(self.troubles)
        settle(self.model, self.troubles)
        self.troubles.raise_if_any()
        openings = Openings(self.model, self.declared, self.resolver, conversions)
        for check in self.draft.checks:
            self._guard(openings.check, check)
        for start in self.draft.starts:
            self._guard(openings.start, start)
        openings.decide(self.troubles)
        self.model.complete = True

    def _unknown_starts(self) -> list[Trouble]:
        """Starts about what is not there, to be told together with all else that is wrong in a text."""
        found: list[Trouble] = []
        for start in self.draft.starts:
            try:
                start_cells(self.model, start)
            except InputError as error:
                found.extend(error.troubles)
        return found

    def _guard(self, work: Callable[..., object], *arguments: object) -> None:
        try:
            work(*arguments)
        except InputError as error:
            self.troubles.items.extend(error.troubles)

    def _make(self, slot: int, make: Maker) -> None:
        try:
            equation = make()
        except InputError as error:
            self._say(error, f"in the equation for {self.model.title(slot)}: ")
            return
        if equation is not None:
            self.model.equations[slot] = equation

    def _say(self, error: InputError, prefix: str) -> None:
        """Keep the troubles of one cell; the same mistake in other cells of a statement is said once."""
        for trouble in error.troubles:
            key = (trouble.code, trouble.where, BRACKETS.sub("", trouble.what))
            if key not in self.said:
                self.said.add(key)
                self.troubles.items.append(replace(trouble, what=prefix + trouble.what))

    def _cells(self) -> None:
        for name, claim in self.draft.claims.items():
            space = self.model.spaces[name]
            kinds = ["written_off"] if any(w.claim.name == name for w in self.draft.write_offs) else []
            if any(redeem.claim.name == name for redeem in self.draft.redeems):
                kinds += ["redeemed", "redemption_price"]
            for kind in (*kinds, "payment"):
                self.model.add_space(Space(f"{kind}.{name}", space.dims, space.cells, space.place))
            for cell in space.cells:
                here = dict(zip(space.dims, cell, strict=True))
                price = self._guarded_price(claim.price, here, claim.place)
                issuer, holder = self.declared.issuers[name, cell], self.declared.holders[name, cell]
                at = self.model.slot_of
                off, back, paid = (
                    at.get((f"{k}.{name}", cell)) for k in ("written_off", "redeemed", "redemption_price")
                )
                slot, payment, worth = at[name, cell], at[f"payment.{name}", cell], self.model.worth[issuer]
                self.model.claims.append(
                    ClaimCell(slot, name, issuer, holder, price, worth, off, payment, back, paid)
                )
        for name, statement in self.draft.transactions.items():
            space = self.model.spaces[name]
            self.model.add_space(Space(f"payment.{name}", space.dims, space.cells, space.place))
            for cell in space.cells:
                payer, payee = self.declared.payers[name, cell], self.declared.payees[name, cell]
                slot, payment = self.model.slot_of[name, cell], self.model.slot_of[f"payment.{name}", cell]
                worth = self.model.worth[payer]
                self.model.payments.append(
                    PaymentCell(slot, name, payer, payee, worth, payment, statement.capital)
                )
        for name, asset in self.draft.assets.items():
            for cell in self.model.spaces[name].cells:
                here = dict(zip(self.model.spaces[name].dims, cell, strict=True))
                owner: Party = self.declared.owners[name, cell]
                price = self._guarded_price(asset.price, here, asset.place)
                self.model.assets.append(AssetCell(self.model.slot_of[name, cell], name, owner, price))

    def _guarded_price(self, price: str, here: Range, place: Place) -> int | None:
        from creditor.equations.expressions import Name

        if not price:
            return None
        try:
            return self.resolver.cell(Name(price, place=place), here).slot
        except InputError as error:
            self._say(error, "")
            return None

    # --- equations

    def _state(
        self,
        name: str,
        cells: Iterable[Labels],
        place: Place,
        make: Callable[[Labels, int], Callable[[], Equation | None]],
    ) -> None:
        """Offer an equation for some cells of a name."""
        covered = frozenset(wanted := dict.fromkeys(cells))
        self.number += 1
        for cell in wanted:
            stated = Stated(covered, place, make(cell, self.number), self.draft.named.get(place, 0))
            self.stated.setdefault(self.model.slot_of[name, cell], []).append(stated)

    def _decide(self) -> None:
        """Give each cell the equation of the statement whose cells are a strict subset of all others."""
        quarrels: set[tuple[Place, Place]] = set()
        for slot, candidates in self.stated.items():
            best, rival = decide(candidates)
            self.trees[slot] = best.payload
            for other in candidates:
                if best.replaces(other) and (other.place, best.place) not in quarrels:
                    quarrels.add((other.place, best.place))
                    title = self.model.title(slot)
                    self.draft.replaced.append(f"{title}: {other.place} is replaced at {best.place}")
            if rival is not None and (best.place, rival.place) not in quarrels:
                quarrels.add((best.place, rival.place))
                what, place = quarrel(best, rival, self.model.title(slot))
                self.troubles.add("E612", str(place), what, "", "add where, or drop one")

    def _givens(self) -> None:
        for given in self.draft.givens:
            space = self.model.spaces[given.spot.name]
            cells = [
                tuple(here[dim] for dim in space.dims)
                for here in value_range(given.spot, space.dims, self.draft.dims)
            ]

            def make(
                cell: Labels, number: int, given: Given = given, space: Space = space
            ) -> Callable[[], Equation | None]:
                def number_of() -> None:
                    here = dict(zip(space.dims, cell, strict=True))
                    tree = self.resolver.tree(given.value, here)
                    value = constant(tree, self._given_number, str(given.place))
                    self._check_bounds(given, value)
                    slot = self.model.slot_of[space.name, cell]
                    self.model.givens[slot] = value
                    if given.low is not None and given.high is not None:
                        self.model.bounds[slot] = (given.low, given.high)

                return number_of

            self._state(space.name, cells, given.place, make)
            self.ahead.update(self.model.slot_of[space.name, cell] for cell in cells)

    def _given_number(self, slot: int) -> float | None:
        """The number of a given, worked out now if it stands further on in the text, as it may."""
        if slot in self.ahead and slot not in self.model.givens:
            self.ahead.discard(slot)
            self.trees[slot]()
        return self.model.givens.get(slot)

    def _check_bounds(self, given: Given, value: float) -> None:
        low, high = given.low, given.high
        if (low is not None and value < low) or (high is not None and value > high):
            what = f"{given.spot.name} = {value:g} lies outside {low:g} .. {high:g}"
            self.troubles.add("E620", str(given.place), what, "", "correct the value or the bounds")

    def _value(self, statement: Let | Find, kind: str) -> None:
        space = self.model.spaces.get(statement.spot.name)
        if space is None:
            return
        cells = self._value_cells(statement.spot, space)

        def make(cell: Labels, number: int) -> Callable[[], Equation]:
            def equation() -> Equation:
                here = dict(zip(space.dims, cell, strict=True))
                tree: Expression
                if isinstance(statement, Find):
                    left, right = (
                        self.resolver.tree(statement.left, here),
                        self.resolver.tree(statement.right, here),
                    )
                    tree = Binary("-", left, right, statement.place)
                else:
                    tree = self.resolver.tree(statement.value, here)
                return Equation(self.model.slot_of[space.name, cell], tree, kind, statement.place, number)

            return equation

        self._state(space.name, cells, statement.place, make)

    def _value_cells(self, spot: Spot, space: Space) -> list[Labels]:
        """Cells that a left side means; an asset that several sectors own is named as in a start."""
        if HOLDER in space.dims:
            return stated_cells(self.model, space, spot.index, spot.place)
        ranges = value_range(spot, space.dims, self.draft.dims)
        return [tuple(here[dim] for dim in space.dims) for here in ranges]

    def _transaction(self, statement: Transaction) -> None:
        if statement.value is None:
            return
        space, value = self.model.spaces[statement.name], statement.value
        self._state(
            space.name,
            space.cells,
            statement.place,
            self._plain(space, value, "transaction", statement.place),
        )

    def _plain(
        self, space: Space, value: Expression, kind: str, place: Place
    ) -> Callable[[Labels, int], Callable[[], Equation]]:
        def make(cell: Labels, number: int) -> Callable[[], Equation]:
            def equation() -> Equation:
                here = dict(zip(space.dims, cell, strict=True))
                tree = self.resolver.tree(value, here)
                return Equation(self.model.slot_of[space.name, cell], tree, kind, place, number)

            return equation

        return make

    def _hold(self, hold: Hold) -> None:
        space, cells = claim_cells(self.model, self.declared, hold)
        if hold.value is None:
            self._state(space.name, cells, hold.place, lambda cell, number: lambda: None)
            return
        value, claim = hold.value, self.draft.claims[space.name]
        by_slot = {entry.slot: entry for entry in self.model.claims if entry.name == space.name}

        def make(cell: Labels, number: int) -> Callable[[], Equation]:
            def equation() -> Equation:
                here = dict(zip(space.dims, cell, strict=True))
                slot = self.model.slot_of[space.name, cell]
                tree = self.resolver.tree(value, here)
                if hold.worth:
                    tree = self._quantity(tree, by_slot[slot], claim.place)
                return Equation(slot, tree, "hold", hold.place, number)

            return equation

        self._state(space.name, cells, hold.place, make)

    def _quantity(self, tree: Expression, cell: ClaimCell, place: Place) -> Expression:
        """From a value in the holder's money to a quantity in the issuer's."""
        mine, price = self.model.worth[cell.holder], cell.price
        if mine != cell.worth:
            tree = Binary("*", tree, Cell(mine), place) if mine is not None else tree
            tree = Binary("/", tree, Cell(cell.worth), place) if cell.worth is not None else tree
        return Binary("/", tree, Cell(price), place) if price is not None else tree

    def _redeem(self, redeem: Redeem) -> None:
        self._outside(redeem, "redeemed", redeem.value)
        self._outside(redeem, "redemption_price", redeem.price)

    def _outside(self, statement: WriteOff | Redeem, kind: str, value: Expression) -> None:
        """Quantities that leave a claim otherwise than over the market: written off, or redeemed."""
        space, cells = claim_cells(self.model, self.declared, statement)
        target = self.model.spaces[f"{kind}.{space.name}"]
        make = self._plain(target, value, "write off", statement.place)
        self._state(target.name, cells, statement.place, make)

    def _undefined(self, doubtful: set[str]) -> None:
        """Written-off cells without a statement are zero; assets without an equation are a trouble.

        Unless there is one about them already: those are `doubtful`.
        """
        for name, space in self.model.spaces.items():
            for cell in space.cells:
                slot = self.model.slot_of[name, cell]
                if slot in self.model.equations or slot in self.model.givens:
                    continue
                if name.startswith(("written_off.", "redeemed.", "redemption_price.")):
                    self.model.equations[slot] = Equation(slot, Number(0.0), "write off", space.place, 0)
                elif name in self.draft.assets and name not in doubtful:
                    what = f"{space.show(cell)} has no equation; an asset is not settled by the budgets"
                    mend = f"write let {name} = ..., or a transaction for {name}"
                    self.troubles.add("E613", str(space.place), what, "", mend)
