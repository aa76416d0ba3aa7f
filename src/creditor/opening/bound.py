"""Owns the binding of published figures to a model: number, source, vintage and grade of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from creditor.equations.expressions import Name
from creditor.equations.model import Model
from creditor.equations.outside import Outside
from creditor.equations.parse import parse_expression
from creditor.equations.ranges import value_range
from creditor.equations.statements import Spot
from creditor.errors import CreditorError, InputError, MissingError, Trouble, Troubles
from creditor.facts.vintages import newest
from creditor.opening.bindings import Binding, Bindings
from creditor.opening.country import Country, load_country
from creditor.opening.published import Published, convert, look_up, ratio, total
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, digest, worst_grade
from creditor.terms.suggest import mend_with

if TYPE_CHECKING:
    from creditor.terms.table import Table
    from creditor.terms.units import Unit

Cell = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of a model and the figure that it is.

    Parameters
    ----------
    kind : str
        ``given`` or ``start``.
    cell : (name, labels)
    title : str
        As it is written.
    exact : Fraction
        In `unit`.
    unit : Unit
    origin : Origin
    period : str
        Of the figure; empty for a fill.
    filled : bool
        Whether the number is stated in the bindings.
    note : str
    """

    kind: str
    cell: Cell
    title: str
    exact: Fraction
    unit: Unit
    origin: Origin
    period: str = ""
    filled: bool = False
    note: str = ""

    @property
    def number(self) -> float:
        """The number that the model takes."""
        return float(self.exact)


@dataclass(frozen=True)
class Bound:
    """What the bindings of a model give.

    Parameters
    ----------
    economies : tuple of str
        Whose figures they are.
    as_of : str
        The period of the opening.
    values : tuple of Value
    findings : tuple of Finding
        Fills, and what keeps the number of the text.
    digest : str
        Of the bindings and of the country folders.
    """

    economies: tuple[str, ...]
    as_of: str
    values: tuple[Value, ...]
    findings: tuple[Finding, ...]
    digest: str

    @property
    def vintage(self) -> str:
        """The newest vintage among the figures."""
        return newest(value.origin.vintage for value in self.values)

    def numbers(self, kind: str) -> dict[Cell, float]:
        """Numbers of the givens, or of the starts, by cell."""
        return {value.cell: value.number for value in self.values if value.kind == kind}

    @property
    def givens(self) -> dict[Cell, Outside]:
        """Numbers of the givens by cell, each with publisher and title of its source, and grade."""
        found = {}
        for value in self.values:
            if value.kind == "given":
                source = ", ".join(value.origin.source.split(", ")[:2])
                source = "derived from published figures" if source.startswith("derived: ") else source
                found[value.cell] = Outside(value.number, source, value.origin.grade)
        return found

    def tables(self) -> list[Table]:
        """The values with their origins: one table for each unit."""
        from creditor.terms.table import column

        by_unit: dict[Unit, list[Value]] = {}
        for value in self.values:
            by_unit.setdefault(value.unit, []).append(value)
        return [
            column(
                str(unit),
                "name",
                {value.title: value.number for value in values},
                unit,
                {value.title: value.origin for value in values},
            )
            for unit, values in by_unit.items()
        ]


def bind(
    model: Model, bindings: Bindings, economies: Sequence[str] = (), as_of: str = "", known_at: str = ""
) -> Bound:
    """Give a model the figures that its bindings name.

    Parameters
    ----------
    model : Model
        Elaborated, with the labels of the economies.
    bindings : Bindings
    economies : sequence of str
        Whose figures; by default the one that the bindings name. A cell of a dimension with the labels of the
        scenario takes the figure of its own economy, any other cell that of the first one.
    as_of : str
        Period of the opening; by default the headline period of the first economy.
    known_at : str
        Figures of a later vintage are not used.

    Returns
    -------
    Bound

    Raises
    ------
    InputError
        F307 for names that are not there, F308 for units, F309 for two bindings of one cell, F302 for
        periods without a figure and without a fill, S705 where no economy is named; all at once.

    Examples
    --------
    >>> from creditor.equations.load import find_model, load_model
    >>> from creditor.opening.bindings import bindings_beside, read_bindings
    >>> read = read_bindings(bindings_beside(find_model("us_debt")))
    >>> bind(load_model("us_debt"), read).numbers("start")["bonds", ("foreigners",)]
    9248.9
    """
    names = tuple(economies) or ((bindings.economy,) if bindings.economy else ())
    if not names:
        mend = "name one with --economy, or write economy in the bindings"
        raise InputError(Trouble("F307", bindings.file, "no economy is named", "", mend))
    work = _Work(model, names, as_of, known_at)
    values: list[Value] = []
    taken: dict[Cell, str] = {}
    for entry in bindings.entries:
        for code, cell in work.cells(entry):
            if cell in taken:
                what = f"{model.title(model.slot_of[cell])} is bound twice (first at {taken[cell]})"
                work.troubles.add("F309", entry.where, what, "", "drop one of them")
                continue
            taken[cell] = entry.where
            value = work.value(entry, code, cell)
            values += [value] if value is not None else []
    work.troubles.raise_if_any()
    findings = [*_fills(bindings.file, values), *work.findings, *_revisions(values), *_unbound(model, taken)]
    parts = [bindings.digest, *(country.digest for country in work.countries.values())]
    stamp = digest(part.encode() for part in parts)
    return Bound(names, work.as_of, tuple(values), tuple(findings), stamp)


class _Work:
    """Resolves entries for one model; countries are read when they are needed."""

    def __init__(self, model: Model, names: tuple[str, ...], as_of: str, known_at: str) -> None:
        self.model, self.names, self.known_at = model, names, known_at
        self.countries: dict[str, Country] = {}
        self.findings: list[Finding] = []
        self.troubles = Troubles()
        self.as_of = as_of or str(self.country(names[0]).settings["headline_period"])

    def country(self, code: str) -> Country:
        """The folder of an economy."""
        if code not in self.countries:
            self.countries[code] = load_country(code)
        return self.countries[code]

    def cells(self, entry: Binding) -> Iterator[tuple[str, Cell]]:
        """The cells that an entry is about, each with the economy whose figure it takes."""
        try:
            node = parse_expression(entry.name, entry.where)
            if not isinstance(node, Name) or node.lag:
                raise InputError(Trouble("F307", entry.where, f"{entry.name!r} is no name"))
            found = self._found(entry, Spot(node.name, node.index))
        except InputError as error:
            self.troubles.items += [replace(one, where=entry.where) for one in error.troubles]
            return
        dims = self.model.draft.dims
        for cell in found:
            places = zip(self.model.spaces[cell[0]].dims, cell[1], strict=True)
            own = [label for dim, label in places if dims.is_open(dim)]
            yield (own[0] if own else self.names[0]), cell

    def _found(self, entry: Binding, spot: Spot) -> list[Cell]:
        model = self.model
        givens = {model.title(slot): model.slots[slot] for slot in model.givens}
        starts = {model.title(slot): model.slots[slot] for slot in model.variables}
        known, other = (givens, starts) if entry.kind == "given" else (starts, givens)
        written = f"{spot.name}[{', '.join(spot.index)}]" if spot.index else spot.name
        if written in known:
            return [known[written]]
        space = model.spaces.get(spot.name)
        if space is not None:
            ranges = value_range(spot, space.dims, model.draft.dims)
            cells = [(spot.name, tuple(here[dim] for dim in space.dims)) for here in ranges]
            cells = [cell for cell in cells if cell in known.values()]
            if cells:
                return cells
        if any(name.partition("[")[0] == spot.name for name in other):
            right = "decided by the model: bind it under [[start]]"
            if entry.kind == "start":
                right = "given: bind it under [[given]]"
            raise InputError(Trouble("F307", entry.where, f"{written} is {right}"))
        kind = "given" if entry.kind == "given" else "variable"
        what = f"{model.name} has no {kind} {written}"
        raise InputError(Trouble("F307", entry.where, what, "", mend_with(written, known)))

    def value(self, entry: Binding, code: str, cell: Cell) -> Value | None:
        """The number of a cell: the figure, or the fill where it is absent."""
        title = self.model.title(self.model.slot_of[cell])
        lacking: CreditorError | None = None
        found: Published | None = None
        if entry.picks:
            try:
                found = self._figure(entry, self.country(code))
            except (InputError, MissingError) as error:
                lacking = error
        if found is not None:
            grade = worst_grade([found.origin.grade, *([entry.grade] if entry.grade else [])])
            origin = replace(found.origin, grade=grade)
            return Value(
                entry.kind, cell, title, found.value, found.unit, origin, found.period, note=entry.note
            )
        if lacking is not None and (entry.fill is None or "F308" in lacking.codes):
            self.troubles.items.extend(lacking.troubles)
            return None
        if lacking is not None:
            self._told(title, entry, lacking)
        assert entry.fill is not None
        origin = Origin(entry.source or "stated in the bindings", "", entry.grade or "C")
        exact = Fraction(repr(float(entry.fill)))
        return Value(entry.kind, cell, title, exact, entry.unit, origin, "", True, entry.note)

    def _figure(self, entry: Binding, country: Country) -> Published:
        def added(picks: Sequence, where: str) -> Published:
            parts = [(p.sign, look_up(country, p, self.as_of, self.known_at, where)) for p in picks]
            return total(parts, where)

        found = added(entry.picks, entry.where)
        if entry.over:
            found = ratio(found, added(entry.over, f"{entry.where}, over"), entry.where)
            found = replace(found, unit=replace(found.unit, of=entry.unit.of))
        return convert(found, entry.unit, entry.exchange_rate, entry.where)

    def _told(self, title: str, entry: Binding, lacking: CreditorError) -> None:
        """A figure that should be there and is not."""
        why = lacking.troubles[0]
        sentence = f"{title} is filled with {entry.fill:g} {entry.unit}, grade {entry.grade or 'C'}."
        self.findings.append(Finding("warning", entry.where, sentence, why.what, why.mend, why.code))


def _fills(file: str, values: Sequence[Value]) -> list[Finding]:
    """One note on all numbers that are stated and not published."""
    filled = [f"{value.title} = {value.number:g}" for value in values if value.filled]
    if not filled:
        return []
    sentence = f"{len(filled)} of {len(values)} bound numbers are stated, not published."
    return [Finding("note", file, sentence, "; ".join(filled), "bind a figure to them, or vary them")]


def _revisions(values: Sequence[Value]) -> list[Finding]:
    """One note on the publications of which figures of several vintages stand in one run."""
    found: dict[str, dict[str, list[str]]] = {}
    for value in values:
        if value.filled or not value.origin.vintage:
            continue
        source = value.origin.source.removeprefix("derived: ")
        vintages = found.setdefault(", ".join(source.split(", ")[:2]), {})
        vintages.setdefault(newest([value.origin.vintage]), []).append(value.title)
    mixed = {name: vintages for name, vintages in found.items() if len(vintages) > 1}
    if not mixed:
        return []
    sentence = f"Figures of {'; '.join(mixed)} are of several vintages: what lies between them is revision, "
    sentence += "not growth."
    parts = [
        f"{name} of {when}: {', '.join(titles)}"
        for name, vintages in mixed.items()
        for when, titles in sorted(vintages.items())
    ]
    mend = "--known-at DATE takes no later vintage"
    return [Finding("note", "vintage revision", sentence, "; ".join(parts), mend)]


def _unbound(model: Model, taken: Mapping[Cell, str]) -> list[Finding]:
    """One note on the numbers that stay those of the text."""
    slots = [*model.givens, *(slot for slot in model.starts if slot not in model.givens)]
    names = [model.title(slot) for slot in slots if model.slots[slot] not in taken]
    if not names:
        return []
    told = (
        "1 number is that of the text" if len(names) == 1 else f"{len(names)} numbers are those of the text"
    )
    sentence = f"{told}, grade C."
    return [Finding("note", model.name, sentence, ", ".join(names), "bind a figure to them")]
