"""Owns the matrices of a run as numbers for people and programs: tables, sums, checks, CSV, pictures."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creditor.equations.amounts import Amounts, amounts
from creditor.equations.model import Model
from creditor.errors import InputError, Trouble
from creditor.figures.matrix import matrix as heat_table
from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario
from creditor.terms.answer import Grid
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.table import matrix
from creditor.verbs.trajectories import PLAIN

DIGITS = 5  # of the largest number of a matrix
NOISE = 1e-12  # of it: what is less is rounding
LARGEST = 100_000
_TONES = {
    "household": "household",
    "resident": "household",
    "worker": "household",
    "capitalist": "household",
    "firm": "firm",
    "producer": "firm",
    "government": "state",
    "central_bank": "central_bank",
    "bank": "intermediary",
    "fund": "intermediary",
    "pension": "intermediary",
    "insur": "intermediary",
    "investment": "intermediary",
    "foreign": "foreign",
    "rest": "foreign",
}
_NOTES = {
    "balance-sheet": "+ what is held, - what is owed. Each column adds up to zero with net worth.",
    "transactions": "+ what is received, - what is paid. Every row and column adds up to zero.",
    "revaluation": "What was held at the change of its price; + a gain, - a loss.",
    "other-changes": "What was written off, at the price of the period.",
    "net-worth": "From the last period to this one; each column adds up to zero.",
}


@dataclass(frozen=True)
class Counted:
    """The matrices of one period of a run.

    Parameters
    ----------
    run : Run
    period : int
    matrices : list of Amounts
    """

    run: Run
    period: int
    matrices: list[Amounts]

    @property
    def when(self) -> str:
        """The period, with its date where the model has dates."""
        return self.run.model.calendar.title(self.period)

    @property
    def grids(self) -> list[Grid]:
        """One table for each matrix that has rows, with sums."""
        return [_grid(one, self.when if self.period else "") for one in self.matrices if one.rows]

    @property
    def payload(self) -> dict[str, Any]:
        """The same at full precision: ``{"period", name: {"columns", "rows"}}``, None where nothing is."""
        date = self.run.model.calendar.date(self.period)
        found: dict[str, Any] = {"period": self.period, **({"date": date} if date else {})}
        for one in self.matrices:
            rows = [[title, *row, total] for title, row, total in _rows(one)]
            found[one.name] = {"columns": ["", *one.columns, "sum"], "rows": rows}
        return found

    @property
    def certificate(self) -> dict[str, str]:
        """How far the sums that must be zero are from it."""
        worst = max(self.matrices, key=lambda one: one.gap)
        place = f" ({worst.title.lower()}, {worst.place})" if worst.gap else ""
        return {"rows_and_columns": f"{worst.gap:.1e} of the largest entry{place}"}

    @property
    def findings(self) -> list[Finding]:
        """Sums that are not zero, and rows that have unknown parts."""
        found = []
        for one in self.matrices:
            place = f"{one.title}, {self.when}"
            if not one.balanced:
                sentence = f"{one.place} does not add up: {one.gap:.1e} of the largest entry."
                found.append(Finding("fault", place, sentence, code="E621"))
            if one.unknown:
                sentence = f"Not known: {', '.join(one.unknown)}. Sums that need it are absent."
                found.append(Finding("note", place, sentence))
        return found


def counted(
    name: str,
    period: int,
    changes: Sequence[Mapping[str, Any]] = (),
    apart: bool = False,
    economies: Sequence[str] = (),
) -> Counted:
    """Run a model up to a period and count its matrices there.

    Raises
    ------
    InputError
        S701 for a period below 0; whatever a run refuses.

    Examples
    --------
    >>> found = counted("sim", 1)
    >>> found.grids[0].rows[0]
    ('money', '80.000', '', '−80.000', '0')
    """
    if not 0 <= period <= LARGEST:
        why = f"a period is a whole number from 0, the opening, to {LARGEST:,}"
        raise InputError(Trouble("S701", "--period", f"period {period}", why, "write such a number"))
    fields = {"set": tuple(changes), "economies": tuple(economies)}
    run = run_scenario(make_scenario(model=name, periods=max(1, period), **fields), path=0)
    return Counted(run, period, amounts(run.model, run.result.values[:, :, 0], period, apart))


def matrices_csv(payload: Mapping[str, Any]) -> str:
    """Matrices as one CSV: matrix, row, column, amount at full precision.

    Examples
    --------
    >>> print(matrices_csv(counted("sim", 0).payload).splitlines()[1])
    balance-sheet,money,households,80.0
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["matrix", "row", "column", "amount"])
    for name in _NOTES:
        for title, *row in payload.get(name, {"rows": []})["rows"]:
            for column, value in zip(payload[name]["columns"][1:], row, strict=True):
                if value is not None:
                    writer.writerow([name, title, column, repr(value)])
    return written.getvalue()


def heat_figures(found: Counted) -> list[dict[str, Any]]:
    """Balance sheet and transactions as tables shaded by size."""
    figures = []
    for amount in found.matrices[:2]:
        cells = {
            (title, column): 0.0 if abs(value) <= NOISE * _largest(amount) else value
            for title, row in amount.rows
            for column, value in zip(amount.columns, row, strict=True)
            if value is not None
        }
        if cells:
            rows = [title for title, _ in amount.rows]
            table = matrix(amount.name, ("row", "sector"), rows, amount.columns, cells, PLAIN)
            title = f"{amount.title} of {found.run.model.name}, {found.when}"
            source = f"model {found.run.model.digest}"
            figures.append(heat_table(title, _NOTES[amount.name], source, table, digits=digits_of(amount)))
    return figures


def flow_figure(found: Counted) -> dict[str, Any]:
    """The payments of a period as a flow: who pays, for what, to whom.

    Raises
    ------
    InputError
        S702 where nobody pays anything in the period.
    """
    model, values = found.run.model, found.run.result.values[:, found.period, 0]
    cells: dict[tuple[str, str], float] = {}
    paid = [(cell.name, cell.payer[0], cell.payee[0], cell.payment) for cell in model.payments]
    paid += [(f"change in {c.name}", c.holder[0], c.issuer[0], c.payment) for c in model.claims]
    sizes = [abs(float(values[slot])) for *_, slot in paid]
    largest = max((size for size in sizes if math.isfinite(size)), default=0.0)
    for (row, payer, payee, _), value in zip(paid, (float(values[p[3]]) for p in paid), strict=True):
        if not math.isfinite(value) or abs(value) <= 1e-9 * largest:
            continue
        first, second = (payer, payee) if value > 0 else (payee, payer)
        for link in ((f"from {first}", row), (row, f"to {second}")):
            cells[link] = cells.get(link, 0.0) + abs(value)
    if not cells:
        what, why = (
            f"nobody pays anything in {found.when} of {model.name}",
            "period 0 is the opening",
        )
        raise InputError(
            Trouble("S702", "--sankey", what, why, "take a period from 1, of a model with payments")
        )
    nodes = _nodes(model, list(dict.fromkeys(row for row, *_ in paid)))
    labels = [node.id for node in nodes]
    links = matrix("payments", ("from", "to"), labels, labels, cells, PLAIN)
    title = f"Payments in {model.name}, {found.when}"
    sentence = "Who pays on the left, for what in the middle, who receives on the right."
    sentence += " Who buys a claim pays its issuer."
    digits = _digits(max(cells.values()))
    return sankey(title, sentence, f"model {model.digest}", nodes, links, untangle=True, digits=digits)


def _nodes(model: Model, rows: Sequence[str]) -> list[Node]:
    sectors = list(model.draft.sectors)
    nodes = [Node(f"from {name}", _plain(name), 0, _tone(name)) for name in sectors]
    nodes += [Node(row, _plain(row), 1, "neutral") for row in rows]
    return nodes + [Node(f"to {name}", _plain(name), 2, _tone(name)) for name in sectors]


def _plain(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _tone(sector: str) -> str:
    """Colour of a sector by its name; neutral where the name says nothing."""
    return next((tone for part, tone in _TONES.items() if part in sector), "neutral")


def _rows(matrix: Amounts) -> list[tuple[str, tuple[float | None, ...], float | None]]:
    """Rows with their sums, and the sums of the columns last."""
    rows = [(title, row, total) for (title, row), total in zip(matrix.rows, matrix.sums, strict=True)]
    known = [total for total in matrix.sums if total is not None]
    whole = math.fsum(known) if len(known) == len(matrix.sums) else None
    return [*rows, ("sum", matrix.totals, whole)]


def _grid(matrix: Amounts, when: str) -> Grid:
    digits, least = digits_of(matrix), NOISE * _largest(matrix)

    def text(value: float | None, title: str) -> str:
        if value is None:
            return "–" if title in matrix.unknown or title == "sum" else ""
        return "0" if abs(value) <= least else format_number(value, PLAIN, digits)

    rows = tuple((title, *(text(v, title) for v in (*row, total))) for title, row, total in _rows(matrix))
    title = f"{matrix.title}, {when}" if when else f"{matrix.title} at the opening"
    values = tuple((None, *row, total) for _, row, total in _rows(matrix))
    return Grid(matrix.name, title, ("", *matrix.columns, "sum"), rows, _NOTES[matrix.name], values)


def _largest(matrix: Amounts) -> float:
    return max((abs(value) for _, row in matrix.rows for value in row if value is not None), default=0.0)


def digits_of(matrix: Amounts) -> int:
    """Digits after the point, so that the largest number has five."""
    return _digits(_largest(matrix))


def _digits(largest: float) -> int:
    return max(0, min(6, DIGITS - 1 - math.floor(math.log10(largest)))) if largest > 0 else 0
