"""Owns what the numbers of a model count: units inferred from its equations, and where these contradict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from creditor.equations.counting import Counting
from creditor.equations.declared import LENGTHS, PERIOD
from creditor.equations.expressions import Binary, Call, Cell, Expression, Place, children
from creditor.equations.linear import Clash, Vector, of_slot, show
from creditor.equations.model import Model
from creditor.equations.readable import readable
from creditor.equations.show import to_text
from creditor.equations.times import Times
from creditor.terms.finding import Finding

SHORT = 60  # letters of an expression in a message
CONVERT = "convert one of them at its exchange rate or price, or multiply by a given that carries the unit"


@dataclass
class Units:
    """What was inferred.

    Parameters
    ----------
    of : dict of slot to Vector
        Exponents of moneys, goods, pieces and time; slots that nothing determines are absent.
    findings : list of Finding
        Contradictions.
    declared : bool
        Whether one of them contradicts a unit that the author declared.
    """

    of: dict[int, Vector]
    findings: list[Finding]
    declared: bool = False

    def text(self, slot: int) -> str:
        """A unit as people write it; empty where it is not determined.

        Examples
        --------
        >>> Units({1: {"UK": Fraction(1), "US": Fraction(-1)}}, []).text(1)
        'UK/US'
        """
        return show(self.of[slot]) if slot in self.of else ""


def infer_units(model: Model, tell: bool = True) -> Units:
    """Infer the unit of every slot of a model.

    Parameters
    ----------
    model : Model
    tell : bool
        Whether contradictions are told, which takes about as long again where there are any.

    Returns
    -------
    Units

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> units = infer_units(model)
    >>> [units.text(model.slot(name)) for name in ("money", "taxes", "tax_rate", "spend_of_wealth")]
    ['money', 'money/period', 'pure number', '1/period']
    """
    counting, times = Counting(model), Times(model).made()
    counting.made()
    if tell and times.clashes:  # once more, to say from what they follow
        times = Times(model, track=True).made()
    if tell and counting.clashes:
        counting = Counting(model, track=True)
        counting.made()
    findings = _Findings(model, counting, times)
    found = findings.all() if tell else []
    counting.suppose_pieces()
    units: dict[int, Vector] = {}
    for slot in range(len(model.slots)):
        vector = _vector(counting, times, slot)
        if vector is not None:
            units[slot] = vector
    return Units(units, found, findings.declared)


def _vector(counting: Counting, times: Times, slot: int) -> Vector | None:
    counted, time = counting.vector(slot), times.exponent(of_slot(slot), PERIOD)
    if counted is None or time is None:
        return None
    return counted | ({PERIOD: time} if time else {})


class _Findings:
    """Contradictions in words."""

    def __init__(self, model: Model, counting: Counting, times: Times) -> None:
        self.model, self.counting, self.times = model, counting, times
        self.declared = False

    def all(self) -> list[Finding]:
        """One of each kind for each statement, which may contradict in many cells."""
        alike: dict[tuple[str, str], list[Finding]] = {}
        said = {(clash.record.place, clash.record.slot) for clash in self.counting.clashes}
        for clash in self.counting.clashes:
            found = self._finding(clash, self._moneys(clash))
            alike.setdefault((found.place, "money"), []).append(found)
        for clash in self.times.clashes:
            if (clash.record.place, clash.record.slot) not in said:
                found = self._finding(clash, self._stocks(clash))
                alike.setdefault((found.place, "time"), []).append(found)
        for found in self._logarithms():
            alike.setdefault((found.place, "logarithm"), []).append(found)
        return [_first(same) for _, same in sorted(alike.items(), key=lambda item: _line(item[0][0]))]

    def _finding(self, clash: Clash, said: tuple[str, str]) -> Finding:
        record = clash.record
        where = (
            f"the equation for {self.model.title(record.slot)}"
            if record.slot >= 0
            else f"check {self.model.checks[-1 - record.slot].title}"
        )
        prefix = f"in {where}: " if record.sides else ""
        declared = [other for other in (record, *clash.others) if other.declared]
        places = [f"unit {o.declared} of {self.model.title(o.slot)} at {o.place}" for o in declared]
        places += [
            str(o.place) for o in clash.others if not o.declared and o.place.line and o.place != record.place
        ]
        self.declared = self.declared or bool(declared)
        evidence = "follows from " + ", ".join(list(dict.fromkeys(places))[:4]) if places else ""
        place = str(record.place) if record.place.line else self.model.name
        return Finding("warning", place, prefix + said[0], evidence, said[1])

    def _moneys(self, clash: Clash) -> tuple[str, str]:
        """Two moneys, money and goods, a rate per year in a period of another length."""
        record, gap = clash.record, clash.gap
        if record.sides is None:
            return (
                f"{self.model.title(record.slot)} counts {show(gap)} more than its unit says.",
                "correct the unit",
            )
        left, right = record.sides
        if left is right:
            what = f"{self._text(left)}: what stands in it has the unit {show(gap)}."
            return what, "take exp of a pure number: divide by something of the same unit"
        what = f"{self._text(left)} and {self._text(right)} differ in unit by {show(gap)}"
        years = [base for base in gap if base in LENGTHS]
        if not years:
            return f"{what}.", CONVERT
        length = self.model.calendar.length
        per = years[0]
        mend = f"write per_period(...) around what is per year, or declare it per {length}"
        if per != "year":
            mend = f"declare it per {length} or per year, and write per_period(...) around it"
        return f"{what}: something is per {per}, and a period is a {length}.", mend

    def _stocks(self, clash: Clash) -> tuple[str, str]:
        """A stock and a flow, or a rate and a pure number."""
        record = clash.record
        if record.sides is None:
            title = self.model.title(record.slot)
            return (
                f"{title} does not have the unit that is declared, by {show(clash.gap)}.",
                "correct the unit",
            )
        left, right = (self._side(side) for side in record.sides)
        sentence = f"{left} and {right} differ by {show(clash.gap)}."
        mend = (
            "a stock times a rate (a given, 1/period) is a flow; flows are added to the stock of last period"
        )
        return sentence, mend

    def _side(self, tree: Expression) -> str:
        unit = self._known(tree)
        return f"{self._text(tree)} ({unit})" if unit else self._text(tree)

    def _known(self, tree: Expression) -> str:
        vector = _vector(self.counting, self.times, tree.slot) if isinstance(tree, Cell) else None
        return show(vector) if vector is not None else ""

    def _text(self, tree: Expression) -> str:
        text = to_text(readable(self.model, tree))
        return text if len(text) <= SHORT else text[: SHORT - 3] + "..."

    def _logarithms(self) -> Iterator[Finding]:
        """log of something with a unit: what comes out depends on the unit in which it is counted."""
        for slot, equation in self.model.equations.items():
            if not equation.place.line:
                continue
            for tree in _logs(equation.tree):
                unit = self._unit(tree.arguments[0], equation.place, slot)
                if unit:
                    what = f"in the equation for {self.model.title(slot)}: {self._text(tree)} "
                    what += f"is the logarithm of something that is counted in {show(unit)}."
                    mend = "take it of a ratio, such as x / x(-1), or of x over a given of the same unit"
                    yield Finding("warning", str(equation.place), what, mend=mend)

    def _unit(self, tree: Expression, place: Place, slot: int) -> Vector:
        """Money, goods and years of a tree that is in an equation; nothing where they are not known."""
        clashes = list(self.counting.clashes)
        row = self.counting.unit(tree, place, slot)
        self.counting.clashes = clashes
        reduced = None if row is None else self.counting.reduced(row)
        return {} if reduced is None or reduced.slots else reduced.known


def _logs(tree: Expression) -> Iterator[Call]:
    """Logarithms that stand alone: not in an exp, which makes a power of them, and not less another one."""
    if isinstance(tree, Call) and tree.function == "exp":
        return
    if isinstance(tree, Call) and tree.function == "log":
        yield tree
    parts = children(tree)
    minus = isinstance(tree, Binary) and tree.operator == "-"
    if minus and all(isinstance(part, Call) and part.function == "log" for part in parts):
        return
    for part in parts:
        yield from _logs(part)


def _line(place: str) -> tuple[str, int]:
    """File and line of a place, in the order of texts."""
    file, _, line = place.rpartition(":")
    return (file, int(line)) if line.isdigit() else (place, 0)


def _first(same: list[Finding]) -> Finding:
    """The first of several findings that differ only by cell, and how many more there are."""
    if len(same) == 1:
        return same[0]
    cells = f"and {len(same) - 1} more in this statement"
    evidence = "; ".join(part for part in (same[0].evidence, cells) if part)
    return replace(same[0], evidence=evidence)
