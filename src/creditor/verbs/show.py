"""Owns the verbs that show what a model is: its equations, matrices, order, trees; explain a variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creditor.equations.changes import net_worth, other_changes, revaluation
from creditor.equations.explain import equations_grid, explain
from creditor.equations.givens import given_notes, givens_grid
from creditor.equations.latex import latex_document
from creditor.equations.matrices import balance_sheet, transactions
from creditor.equations.model import Model
from creditor.equations.stages import blocks_grid
from creditor.equations.tree import tree_grid
from creditor.errors import InputError, Trouble
from creditor.scenario.prepare import prepare
from creditor.scenario.scenario import make_scenario
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.verbs.matrices import Counted, counted, flow_figure, heat_figures
from creditor.verbs.model_figures import stages_figure, tree_figure
from creditor.verbs.named import slot_of, title_of

SYMBOLS = (balance_sheet, transactions, revaluation, other_changes, net_worth)


@dataclass
class _Parts:
    """What an answer is put together from."""

    grids: list[Grid] = field(default_factory=list)
    figures: list[Mapping[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    payload: dict[str, Any] = field(default_factory=dict)
    certificate: dict[str, Any] = field(default_factory=dict)
    provenance: Provenance | None = None

    def add_grids(self, grids: Iterable[Grid]) -> None:
        """Tables of words, in the payload too."""
        for grid in grids:
            self.add_grid(grid)

    def add_grid(self, grid: Grid) -> None:
        """A table of words, in the payload too."""
        self.grids.append(grid)
        self.payload[grid.name] = {
            "columns": list(grid.columns),
            "rows": [list(row) for row in grid.rows],
        }


def model_show(
    name: str,
    matrices: bool = False,
    latex: bool = False,
    blocks: bool = False,
    tree: str = "",
    *,
    period: int | str | None = None,
    apart: bool = False,
    sankey: bool = False,
    changes: Sequence[Mapping[str, Any]] = (),
    economies: Sequence[str] = (),
) -> Answer:
    """Show a model: its equations and givens, or its matrices, order of solution, a tree, or LaTeX.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    matrices, latex, blocks : bool
        What to show; equations and givens where nothing is asked for.
    tree : str
        A variable: what it depends on, three steps deep.
    period : int or str, optional
        Matrices as numbers, after a run to this period or date; 0 is the opening. Implies ``matrices``.
    apart : bool
        With ``period``: a column for each label of a sector, which are otherwise added up.
    sankey : bool
        A picture of who pays whom for what in the period (1 where none is given), and the matrix of that.
    changes : sequence of mapping
        ``{"name", "value", "from", "to"}`` for givens of that run.
    economies : sequence of str, whose figures and labels

    Returns
    -------
    Answer
        Payload ``{"name", "model_hash", grid name: {"columns", "rows"}}``; with ``period`` in numbers.

    Raises
    ------
    InputError, NoSolutionError

    Examples
    --------
    >>> model_show("sim", matrices=True).grids[0].title
    'Balance sheet'
    >>> model_show("sim", period=3).payload["balance-sheet"]["rows"][0]
    ['money', 80.0, None, -80.0, 0.0]
    """
    model = prepare(make_scenario(model=name, economies=tuple(economies))).model
    parts = _Parts()
    if period is not None or sankey:
        at = model.calendar.number(1 if period is None else period, "--period", least=0)
        _add_numbers(parts, counted(name, at, changes, apart, economies), period is not None, sankey)
    elif apart or changes:
        raise _no_period("--apart" if apart else "--set")
    if matrices and period is None:
        parts.add_grids(make(model) for make in SYMBOLS)
    _add_words(parts, model, latex, blocks, tree)
    return _answer(name, model, parts)


def _no_period(option: str) -> InputError:
    what = f"{option} is about numbers, and no period is given"
    return InputError(Trouble("S702", option, what, "symbols do not change", "add --period N"))


def _add_words(parts: _Parts, model: Model, latex: bool, blocks: bool, tree: str) -> None:
    """Order of solution, tree and equations, as far as they are wanted."""
    if blocks:
        parts.add_grid(blocks_grid(model))
        parts.figures.append(stages_figure(model))
    if tree:
        slot = slot_of(model, tree)
        parts.add_grid(tree_grid(model, slot))
        parts.figures.append(tree_figure(model, slot))
    if latex:
        parts.payload["latex"] = latex_document(model)
    if latex or not (parts.grids or parts.figures):
        parts.add_grid(equations_grid(model, latex))
        if not latex:
            parts.grids.append(givens_grid(model))
            parts.payload["givens"] = [note.as_dict() for note in given_notes(model)]


def _answer(name: str, model: Model, parts: _Parts) -> Answer:
    story = f"{title_of(name)} {len(model.sectors)} sectors, {len(model.variables)} equations; "
    story += f"settled by the budgets: {', '.join(model.settled.values()) or 'nothing'}."
    return Answer(
        story,
        figures=tuple(parts.figures),
        findings=tuple(parts.findings),
        payload={"name": model.name, "model_hash": model.digest, **parts.payload},
        grids=tuple(parts.grids),
        provenance=parts.provenance or Provenance(model_hash=model.digest),
        certificate=parts.certificate,
        title=model.name,
        exit_code=1 if any(finding.severity == "fault" for finding in parts.findings) else 0,
    )


def _add_numbers(parts: _Parts, found: Counted, matrices: bool, sankey: bool) -> None:
    """Matrices of a period, where they are wanted, and the picture of its payments with their matrix."""
    parts.provenance = found.run.provenance
    if sankey:
        parts.figures.append(flow_figure(found))
    if not matrices:
        parts.grids += [grid for grid in found.grids if grid.name == "transactions"]
        parts.payload["transactions"] = found.payload["transactions"]
    if matrices:
        parts.grids += found.grids
        parts.figures += heat_figures(found)
        parts.findings += found.findings
        parts.payload |= found.payload
        parts.certificate |= found.certificate


def model_explain(name: str, variable: str, economies: Sequence[str] = ()) -> Answer:
    """Say what decides a variable, what it reads, who reads it and how it is solved.

    Raises
    ------
    InputError
        S702 with the nearest names.

    Examples
    --------
    >>> dict(model_explain("sim", "taxes").grids[0].rows)["equation"]
    'taxes = tax_rate * wages'
    """
    model = prepare(make_scenario(model=name, economies=tuple(economies))).model
    slot = slot_of(model, variable)
    grid = explain(model, slot)
    rows = {row[0]: row[1] for row in grid.rows}
    story = rows.get("equation", grid.title)
    payload = {"variable": model.title(slot), **rows}
    title, provenance = f"{model.name}: {model.title(slot)}", Provenance(model_hash=model.digest)
    return Answer(story, payload=payload, grids=(grid,), title=title, provenance=provenance)
