"""Owns what a text says about its givens: value, bounds, unit, source, grade; and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.equations.expressions import Expression, Name, walk
from creditor.equations.infer import infer_units
from creditor.equations.model import Model
from creditor.equations.ranges import value_range
from creditor.equations.show import to_text
from creditor.equations.statements import Given
from creditor.terms.answer import Grid
from creditor.terms.provenance import GRADES, worst_grade

ASSUMPTION = "assumption"  # the source of what nobody published


@dataclass(frozen=True, slots=True)
class GivenNote:
    """One given.

    Parameters
    ----------
    slot : int
    name : str
        As it is written.
    value : float
    low, high : float or None
        Bounds.
    unit : str
        Stated, or inferred from what reads it; empty where nothing determines it.
    unit_stated : bool
    source, note : str
        Empty where the text has none.
    grade : str
        Stated; else with a source A, of a formula B; of a formula without one that of its parts, B at best;
        else C.
    grade_stated : bool
    formula : str
        The expression of other givens, where it is one.
    place : str
    """

    slot: int
    name: str
    value: float
    low: float | None
    high: float | None
    unit: str
    unit_stated: bool
    source: str
    grade: str
    grade_stated: bool
    note: str
    formula: str
    place: str

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return plain(self.value)

    @property
    def bounds(self) -> str:
        """``low .. high``, or empty."""
        return "" if self.low is None or self.high is None else f"{plain(self.low)} .. {plain(self.high)}"

    @property
    def unit_text(self) -> str:
        """The unit, in brackets where it is inferred."""
        return self.unit if self.unit_stated or not self.unit else f"({self.unit})"

    def as_dict(self) -> dict[str, object]:
        """For programs: what is not known is None."""
        return {
            "name": self.name,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit or None,
            "unit_stated": self.unit_stated,
            "source": self.source or None,
            "grade": self.grade,
            "grade_stated": self.grade_stated,
            "note": self.note or None,
            "formula": self.formula or None,
            "place": self.place,
        }


def given_notes(model: Model) -> list[GivenNote]:
    """Every given of a model with what is said about it.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of GivenNote
        In the order of the text.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> note = given_notes(load_model("sim"))[1]
    >>> note.name, note.text, note.unit_text, note.grade
    ('tax_rate', '0.2', '(pure number)', 'C')
    """
    units, said = infer_units(model, tell=False), _statements(model)
    names: dict[str, list[int]] = {}
    for slot in model.givens:
        names.setdefault(model.slots[slot][0], []).append(slot)
    grades: dict[int, str] = {}
    found = []
    for slot in model.givens:
        given = said[slot]
        low, high = model.bounds.get(slot, (None, None))
        formula = any(isinstance(node, Name) for node in walk(given.value))
        found.append(
            GivenNote(
                slot,
                model.title(slot),
                model.givens[slot],
                low,
                high,
                given.unit or units.text(slot),
                bool(given.unit),
                given.source,
                _grade(slot, said, names, grades),
                bool(given.grade),
                given.text,
                to_text(given.value) if formula else "",
                str(given.place),
            )
        )
    return found


def givens_grid(model: Model) -> Grid:
    """Givens as a table; columns that nothing stands in are left out.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> givens_grid(load_model("sim")).rows[0]
    ('public_spending', '20', '(money/period)', 'C*')
    """
    notes = given_notes(model)
    heads = ("given", "value", "bounds", "unit", "grade", "source", "formula", "note")
    rows = [
        (
            note.name,
            note.text,
            note.bounds,
            note.unit_text,
            note.grade + ("*" if note.grade == "C" else ""),
            note.source,
            note.formula,
            note.note,
        )
        for note in notes
    ]
    kept = [place for place in range(len(heads)) if place < 2 or any(row[place] for row in rows)]
    shown = dict.fromkeys(sorted(note.grade for note in notes))
    marks = [f"{grade}{'*' if grade == 'C' else ''} {GRADES[grade]}" for grade in shown]
    told = f"Grades: {'; '.join(marks)}." if marks else ""
    told += " C stands where the text states none." if not all(note.grade_stated for note in notes) else ""
    told += " Units in brackets are inferred." if any("(" in row[3] for row in rows) else ""
    return Grid(
        "givens",
        "Givens",
        tuple(heads[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        told.strip(),
    )


def plain(value: float) -> str:
    """A number of a text as it is shown: ten digits at most, without zeros at its end.

    Examples
    --------
    >>> plain(0.1 + 0.2), plain(20.0), plain(-1e-7)
    ('0.3', '20', '-1e-07')
    """
    return f"{value:.10g}"


def _statements(model: Model) -> dict[int, Given]:
    """The statement about each given: that about the fewest cells."""
    sizes: dict[int, int] = {}
    found: dict[int, Given] = {}
    for given in model.draft.givens:
        space = model.spaces[given.spot.name]
        ranges = value_range(given.spot, space.dims, model.draft.dims)
        for here in ranges:
            slot = model.slot_of[space.name, tuple(here[dim] for dim in space.dims)]
            if slot not in sizes or len(ranges) < sizes[slot]:
                sizes[slot], found[slot] = len(ranges), given
    return found


def _grade(slot: int, said: dict[int, Given], names: dict[str, list[int]], known: dict[int, str]) -> str:
    """A stated grade; with a source A, or B for a formula; else the worst of its parts, B at best; else C."""
    if slot in known:
        return known[slot]
    given = said[slot]
    parts = [node.name for node in walk(given.value) if isinstance(node, Name)]
    sourced = ("B" if parts else "A") if given.source not in ("", ASSUMPTION) else "C"
    known[slot] = given.grade or sourced
    if parts and not given.grade and known[slot] == "C":
        grades = [_grade(other, said, names, known) for name in parts for other in names.get(name, ())]
        worst = worst_grade(grades) if grades else "C"
        known[slot] = "B" if worst == "A" and not _is_name(given.value) else worst
    return known[slot]


def _is_name(tree: Expression) -> bool:
    return isinstance(tree, Name)
