"""Owns what a run keeps: the variables that an answer holds, and what checks need besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from creditor.equations.expressions import Cell, walk
from creditor.equations.model import Model
from creditor.errors import Troubles
from creditor.scenario.scenario import Scenario
from creditor.terms.suggest import mend_with

ALL = "all"


@dataclass(frozen=True, slots=True)
class Kept:
    """Slots of a run.

    Parameters
    ----------
    shown : tuple of int
        Variables that the answer holds, in the order of the model.
    stored : tuple of int or None
        What the engine stores: those and what checks read; None for everything.
    """

    shown: tuple[int, ...]
    stored: tuple[int, ...] | None

    def besides(self, slots: Iterable[int]) -> Kept:
        """The same, with further slots stored.

        Examples
        --------
        >>> Kept((3,), (3, 5)).besides([4]).stored
        (3, 4, 5)
        """
        if self.stored is None:
            return self
        return Kept(self.shown, tuple(sorted({*self.stored, *slots})))


def kept(model: Model, scenario: Scenario, troubles: Troubles, also: Iterable[str] = ()) -> Kept:
    """What a run of a scenario keeps.

    Parameters
    ----------
    model : Model
    scenario : Scenario
        ``keep`` names variables, or is ``all``; where it is empty the text's ``report`` decides, and where
        there is none everything is kept.
    troubles : Troubles
        E610 for a name in a report, S702 for one in ``keep`` that the model does not have.
    also : iterable of str
        Further names, such as those that a picture shows.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> from creditor.scenario.scenario import make_scenario
    >>> model = load_model("sim")
    >>> found = kept(model, make_scenario(model="sim", keep=["money"]), Troubles())
    >>> [model.title(slot) for slot in found.shown]
    ['money']
    """
    names = scenario.keep
    more = {slot for name in also for slot in named_cells(model, name, "--show", troubles)}
    if ALL in names:
        return Kept(tuple(model.variables), None)
    if names:
        slots = {slot for name in names for slot in named_cells(model, name, "keep", troubles)}
    else:
        slots = {
            slot
            for report in model.draft.reports
            for spot in report.spots
            for slot in named_cells(
                model, _written(spot.name, spot.index), str(report.place), troubles, "E610"
            )
        }
        if not model.draft.reports:
            return Kept(tuple(model.variables), None)
    shown = tuple(slot for slot in model.variables if slot in slots | more)
    return Kept(shown, tuple(sorted({*shown, *_checked(model)})))


def named_cells(model: Model, name: str, where: str, troubles: Troubles, code: str = "S702") -> list[int]:
    """Slots of a name: all of its cells where it has no brackets, or one cell as it is written."""
    wanted = name.replace(" ", "").replace(",", ", ")
    titles = {model.title(slot): slot for slot in (*model.variables, *model.givens)}
    found = [slot for title, slot in titles.items() if wanted in (title, title.partition("[")[0])]
    if not found:
        what = f"{model.name} has no variable {wanted!r}"
        troubles.add(code, where, what, "", mend_with(wanted, titles))
    return found


def _written(name: str, index: Iterable[str]) -> str:
    labels = ", ".join(index)
    return f"{name}[{labels}]" if labels else name


def _checked(model: Model) -> set[int]:
    """Slots that checks, stated openings and the watch on settled claims read."""
    read = {cell.slot for cell in model.claims}
    for check in (*model.checks, *model.stated):
        for side in (check.left, check.right):
            read |= {node.slot for node in walk(side) if isinstance(node, Cell)}
            for node in walk(side):
                equation = model.equations.get(node.slot) if isinstance(node, Cell) else None
                if equation is not None and equation.kind in ("net worth", "saving"):
                    read |= {part.slot for part in walk(equation.tree) if isinstance(part, Cell)}
    return read
