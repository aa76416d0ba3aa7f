"""Owns the declaration of spaces: which cells each name of a draft has."""

from __future__ import annotations

from collections.abc import Iterable

from creditor.equations.draft import Draft
from creditor.equations.expressions import Binary, Call, Convert, Expression, Name, Negative, Place, Sum
from creditor.equations.model import Model, Party
from creditor.equations.ranges import holds, value_range
from creditor.equations.spaces import HOLDER, Dimensions, Labels, Range, Space, every
from creditor.equations.statements import Asset, ClaimOf, Find, Given, Let, Spot, Transaction
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.suggest import mend_with

Value = Let | Given | Find
DERIVED = ("net_worth", "saving")


class Unknown(Exception):
    """Brackets in which a word is neither a label nor a dimension."""


class Declarations:
    """Works out, for each name, its dimensions and cells; troubles are collected.

    Parameters
    ----------
    model : Model
        With its draft; its spaces, sectors and parties are filled in.
    troubles : Troubles
    """

    def __init__(self, model: Model, troubles: Troubles) -> None:
        self.model = model
        self.draft: Draft = model.draft
        self.dims: Dimensions = model.draft.dims
        self.troubles = troubles
        self.issuers: dict[tuple[str, Labels], Party] = {}
        self.holders: dict[tuple[str, Labels], Party] = {}
        self.payers: dict[tuple[str, Labels], Party] = {}
        self.payees: dict[tuple[str, Labels], Party] = {}
        self.owners: dict[tuple[str, Labels], Party] = {}

    def run(self) -> None:
        """Declare sectors, claims, transactions, assets, values and derived names, in this order."""
        for name, sector in self.draft.sectors.items():
            for here in self._every(sector.spot.index, sector.place):
                self.model.sectors.append((name, tuple(here[dim] for dim in sector.spot.index)))
        if self.troubles.items:
            return  # dimensions that do not exist would be met again at every claim
        for claim in self.draft.claims.values():
            self._guard(lambda c=claim: self._claim(c))
        for transaction in self.draft.transactions.values():
            self._guard(lambda t=transaction: self._transaction(t))
        for asset in self.draft.assets.values():
            self._guard(lambda a=asset: self._asset(a))
        self._values()
        for name in self.draft.sectors:
            parties = tuple(labels for sector, labels in self.model.sectors if sector == name)
            dims = self.draft.sectors[name].spot.index
            for derived in DERIVED:
                self.model.add_space(
                    Space(f"{derived}.{name}", dims, parties, self.draft.sectors[name].place)
                )

    def _guard(self, work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except InputError as error:
            self.troubles.items.extend(error.troubles)

    def _every(self, dims: Iterable[str], place: Place, fixed: Range | None = None) -> list[dict[str, str]]:
        unknown = [dim for dim in dims if dim not in self.dims]
        if unknown:
            mend = mend_with(unknown[0], self.dims.bases)
            self.troubles.add("E610", str(place), f"no dimension {unknown[0]!r}", "", mend)
            return []
        return every(dims, self.dims, fixed)

    def sector_dims(self, spot: Spot) -> tuple[Labels, dict[str, str]]:
        """Dimensions of a sector as used at one end, and the labels that are fixed there."""
        if spot.name not in self.draft.sectors:
            mend = mend_with(spot.name, self.draft.sectors)
            raise InputError(Trouble("E610", str(spot.place), f"no such sector {spot.name!r}", "", mend))
        declared = self.draft.sectors[spot.name].spot.index
        used = spot.index or declared
        if len(used) != len(declared):
            what = f"{spot.name} has {len(declared)} dimensions, {len(used)} are given"
            raise InputError(
                Trouble("E616", str(spot.place), what, "", f"write {spot.name}[{', '.join(declared)}]")
            )
        fixed = {}
        for own, entry in zip(declared, used, strict=True):
            if own not in self.dims:
                mend = mend_with(own, self.dims.bases)
                raise InputError(Trouble("E610", str(spot.place), f"no dimension {own!r}", "", mend))
            if entry not in self.dims:
                if entry not in self.dims.of(own):
                    mend = mend_with(entry, [*self.dims.of(own), *self.dims.bases])
                    raise InputError(
                        Trouble("E616", str(spot.place), f"no label {entry!r} of {own}", "", mend)
                    )
                fixed[own] = entry
        return tuple(used), fixed

    def party(self, spot: Spot, here: Range) -> Party:
        """The sector cell that one end of a claim or transaction means."""
        used, _ = self.sector_dims(spot)
        return spot.name, tuple(here[entry] if entry in self.dims else entry for entry in used)

    def _claim(self, claim: ClaimOf) -> None:
        issuer_dims = [entry for entry in self.sector_dims(claim.issuer)[0] if entry in self.dims]
        first = list(dict.fromkeys([*issuer_dims, *claim.spot.index]))
        name, cells = claim.spot.name, []
        dims, held = self._held(name, first, claim.holders, claim.place)
        for holder, here in held:
            if claim.where is not None and not holds(claim.where, here, self.dims, self.draft.sectors):
                continue
            cell = tuple(here[dim] for dim in dims)
            cells.append(cell)
            self.issuers[name, cell] = self.party(claim.issuer, here)
            self.holders[name, cell] = self.party(holder, here)
        self._new(Space(name, dims, tuple(cells), claim.place))

    def _held(
        self, name: str, first: list[str], holders: tuple[Spot, ...], place: Place
    ) -> tuple[Labels, list[tuple[Spot, dict[str, str]]]]:
        """Dimensions of what sectors hold, and each holder with the labels of a cell.

        A holder that does not vary by a dimension that another brings has an empty label there, or the label
        to which it is narrowed.
        """
        names = [holder.name for holder in holders]
        for twice in (holder for holder in names if names.count(holder) > 1):
            mend = f"write {twice} once, with where for the labels that hold it"
            raise InputError(Trouble("E612", str(place), f"{twice} holds {name} twice", "", mend))
        own = {spot.name: [e for e in self.sector_dims(spot)[0] if e in self.dims] for spot in holders}
        more = dict.fromkeys(dim for dims in own.values() for dim in dims if dim not in first)
        told = [HOLDER] if len(holders) > 1 else []
        found = []
        for holder in holders:
            narrowed = self.sector_dims(holder)[1]
            absent = {dim: narrowed.get(dim, "") for dim in more if dim not in own[holder.name]}
            for base in self._every([*first, *(dim for dim in more if dim not in absent)], place):
                found.append((holder, base | absent | dict.fromkeys(told, holder.name)))
        return (*first, *told, *more), found

    def _transaction(self, statement: Transaction) -> None:
        name = statement.name
        if statement.claim:
            if statement.claim not in self.model.spaces:
                mend = mend_with(statement.claim, self.draft.claims)
                raise InputError(
                    Trouble("E610", str(statement.place), f"no claim {statement.claim!r}", "", mend)
                )
            space = self.model.spaces[statement.claim]
            cells = tuple(
                cell
                for cell in space.cells
                if statement.where is None
                or holds(
                    statement.where, dict(zip(space.dims, cell, strict=True)), self.dims, self.draft.sectors
                )
            )
            for cell in cells:
                self.payers[name, cell] = self.issuers[space.name, cell]
                self.payees[name, cell] = self.holders[space.name, cell]
            self._new(Space(name, space.dims, cells, statement.place))
            return
        assert statement.payer is not None and statement.payee is not None
        ends = [e for spot in (statement.payer, statement.payee) for e in self.sector_dims(spot)[0]]
        dims = tuple(dict.fromkeys(entry for entry in ends if entry in self.dims))
        found = []
        for here in self._every(dims, statement.place):
            if statement.where is None or holds(statement.where, here, self.dims, self.draft.sectors):
                cell = tuple(here[dim] for dim in dims)
                found.append(cell)
                self.payers[name, cell] = self.party(statement.payer, here)
                self.payees[name, cell] = self.party(statement.payee, here)
        self._new(Space(name, dims, tuple(found), statement.place))

    def _asset(self, asset: Asset) -> None:
        name, owners, first = asset.spot.name, asset.owners, list(asset.spot.index)
        if len(owners) == 1:  # the labels of its owner stand first
            first = list(
                dict.fromkeys([*(e for e in self.sector_dims(owners[0])[0] if e in self.dims), *first])
            )
        cells = []
        dims, held = self._held(name, first, owners, asset.spot.place)
        for owner, here in held:
            cell = tuple(here[dim] for dim in dims)
            cells.append(cell)
            self.owners[name, cell] = self.party(owner, here)
        self._new(Space(name, dims, tuple(cells), asset.spot.place))

    def _new(self, space: Space) -> None:
        if space.name in self.model.spaces:
            first = self.model.spaces[space.name].place
            what = f"{space.name} is stated twice (first at line {first.line})"
            self.troubles.add("E612", str(space.place), what, "", "give one of them another name")
            return
        self.model.add_space(space)

    def _values(self) -> None:
        """Spaces of let, given and find; dimensions of bare definitions are inferred by a fixed point."""
        by_name: dict[str, list[Value]] = {}
        stated: list[Value] = [*self.draft.givens, *self.draft.finds, *self.draft.lets]
        for statement in stated:
            if statement.spot.name in DERIVED:
                what = f"{statement.spot.name} is derived, and read as {statement.spot.name}[households]"
                self.troubles.add("E612", str(statement.place), what, "", "take another name")
            elif statement.spot.name not in self.draft.assets:
                by_name.setdefault(statement.spot.name, []).append(statement)
        known: dict[str, Labels] = {name: space.dims for name, space in self.model.spaces.items()}
        open_names = []
        for name, statements in by_name.items():
            indexed = [statement for statement in statements if statement.spot.index]
            if indexed:
                try:
                    known[name] = self._dims_of(indexed)
                except Unknown:
                    continue  # what its brackets say is among the troubles
            elif all(isinstance(statement, Given) for statement in statements):
                known[name] = ()
            else:
                open_names.append(name)
        for name in open_names:
            known.setdefault(name, ())
        self._infer(open_names, by_name, known)
        for name, statements in by_name.items():
            if name not in known:
                continue
            cells: dict[Labels, None] = {}
            for statement in statements:
                for here in self._guarded_range(statement, known[name]):
                    cells[tuple(here[dim] for dim in known[name])] = None
            self._guard(
                lambda n=name, c=cells, s=statements: self._new(Space(n, known[n], tuple(c), s[0].place))
            )

    def _infer(
        self, open_names: list[str], by_name: dict[str, list[Value]], known: dict[str, Labels]
    ) -> None:
        for _ in range(len(open_names) + 2):
            changed = False
            for name in open_names:
                found: dict[str, None] = {}
                for statement in by_name[name]:
                    trees = (
                        (statement.left, statement.right)
                        if isinstance(statement, Find)
                        else (statement.value,)
                    )
                    for tree in trees:
                        found |= dict.fromkeys(self.free(tree, known))
                dims = tuple(dim for dim in found if dim != HOLDER)
                if dims != known[name]:
                    known[name], changed = dims, True
            if not changed:
                return

    def free(self, tree: Expression, known: dict[str, Labels], bound: Labels = ()) -> list[str]:
        """Dimensions by which an expression varies."""
        if isinstance(tree, Name):
            return [dim for dim in self._name_dims(tree, known) if dim not in bound]
        if isinstance(tree, Sum):
            return self.free(tree.body, known, (*bound, *tree.dimensions))
        parts: tuple[Expression, ...] = ()
        if isinstance(tree, Negative):
            parts = (tree.operand,)
        elif isinstance(tree, Convert):
            own = [tree.target] if tree.target in self.dims and tree.target not in bound else []
            return [*self.free(tree.operand, known, bound), *own]
        elif isinstance(tree, Binary):
            parts = (tree.left, tree.right)
        elif isinstance(tree, Call):
            parts = tree.arguments
        return [dim for part in parts for dim in self.free(part, known, bound)]

    def _name_dims(self, node: Name, known: dict[str, Labels]) -> list[str]:
        if node.name in DERIVED and node.index:
            sector = self.draft.sectors.get(node.index[0])
            dims = sector.spot.index if sector else ()
            entries = node.index[1:]
        else:
            dims, entries = known.get(node.name, ()), node.index
        found = [entry for entry in entries if entry in self.dims]
        space = self.model.spaces.get(node.name)
        cells = self._of_holder(space, entries) if space else []
        for dim in dims:
            places = [other for other in dims if self.dims.base(other) == self.dims.base(dim)]
            given = [entry for entry in entries if self._fits(entry, self.dims.base(dim))]
            named = [entry for entry in given if entry in places]
            if dim == HOLDER or len(given) == len(places) or len(named) < len(given) or dim in named:
                continue  # said by position, or by name; or not said which, and refused where it is resolved
            if not (space and len({cell[space.dims.index(dim)] for cell in cells}) == 1):
                found.append(dim)
        return found

    def _of_holder(self, space: Space, entries: Labels) -> list[Labels]:
        """Cells of the holder that bracket entries name; all where they name none."""
        named = [entry for entry in entries if entry in self.draft.sectors and HOLDER in space.dims]
        if not named:
            return list(space.cells)
        return [cell for cell in space.cells if cell[space.dims.index(HOLDER)] == named[0]]

    def _fits(self, entry: str, base: str) -> bool:
        """Whether a bracket entry is a label or name of a dimension."""
        return self.dims.base(entry) == base if entry in self.dims else base in self.dims.bases_with(entry)

    def _dims_of(self, statements: list[Value]) -> Labels:
        """Dimensions of a name from its brackets: names of dimensions first, bases of labels otherwise."""
        best: Labels = ()
        for statement in statements:
            entries = statement.spot.index
            if all(entry in self.dims for entry in entries):
                return entries
            bases = []
            for entry in entries:
                found = [entry] if entry in self.dims else self.dims.bases_with(entry)
                if len(found) > 1:
                    what = f"{entry} is a label of {' and of '.join(found)}"
                    mend = f"state {statement.spot.name} once with names of dimensions in the brackets"
                    self.troubles.add("E611", str(statement.place), what, "", mend)
                if not found:
                    labels = [label for ls in self.dims.labels.values() for label in ls]
                    words = list(dict.fromkeys([*self.dims.bases, *labels]))
                    self.troubles.add(
                        "E616",
                        str(statement.place),
                        f"no label or dimension {entry!r}",
                        "",
                        mend_with(entry, words),
                    )
                bases.append(found[0] if found else "")
            best = best or tuple(bases)
        if all(best):
            return best
        raise Unknown

    def _guarded_range(self, statement: Value, dims: Labels) -> list[dict[str, str]]:
        try:
            return value_range(statement.spot, dims, self.dims)
        except InputError as error:
            self.troubles.items.extend(error.troubles)
            return []
