"""Owns the verb that writes a model for other programs: C, LaTeX, CSV, Dynare, ModelFlow."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from creditor.equations.latex import latex_document
from creditor.equations.model import Model
from creditor.equations.plain_text import Plain, to_dynare, to_modelflow
from creditor.errors import InputError, Trouble
from creditor.scenario.prepare import prepare
from creditor.scenario.scenario import make_scenario
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.suggest import mend_with
from creditor.verbs.matrices import counted, matrices_csv
from creditor.verbs.named import title_of
from creditor.verbs.show import SYMBOLS

ENDINGS = {"c": ".c", "latex": ".tex", "csv": ".csv", "dynare": ".mod", "modelflow": ".frm"}
C_LOST = (
    "It has no certificate: run the model with creditor to have residuals and budgets checked.",
    "A block that Newton does not solve from the last period's values ends the run; there is no second way.",
    "Bounds of givens, and changes over time that the text sets, are not in it: hand them over as series.",
)


def model_export(name: str, to: str, *, period: int = 1, economies: Sequence[str] = ()) -> Answer:
    """Write a model in the form of another program.

    Parameters
    ----------
    name : str
        Name in the library, or path of a file.
    to : {"c", "latex", "csv", "dynare", "modelflow"}
    period : int
        Whose numbers a CSV has beside the symbols; 0 is the opening.
    economies : sequence of str, whose figures and labels

    Returns
    -------
    Answer
        Payload ``{"name", "model_hash", "to", "text", "lost"}``.

    Raises
    ------
    InputError
        U501 for another form, E641 for a model that the form cannot say, E615 for a missing opening.

    Examples
    --------
    >>> answer = model_export("sim", "modelflow")
    >>> answer.payload["text"].splitlines()[-1]
    'FRML <> WAGES = PURCHASES + CONSUMPTION $'
    """
    if to not in ENDINGS:
        raise InputError(Trouble("U501", "--to", f"no form {to!r}", "", mend_with(to, ENDINGS)))
    model = prepare(make_scenario(model=name, economies=tuple(economies))).model
    if to == "csv":
        made = Plain(
            matrix_csv(name, model, period, economies),
            ("Equations are not in it: a CSV has the matrices only.",),
        )
    else:
        made = _FORMS[to](model)
    findings = tuple(Finding("note", f"--to {to}", sentence) for sentence in made.lost)
    return Answer(
        f"{title_of(name)} Written as {to}: {len(made.text.splitlines()):,} lines.",
        findings=findings,
        payload={
            "name": model.name,
            "model_hash": model.digest,
            "to": to,
            "text": made.text,
            "lost": list(made.lost),
        },
        provenance=Provenance(model_hash=model.digest),
        title=f"{model.name} as {to}",
    )


def matrix_csv(name: str, model: Model, period: int, economies: Sequence[str] = ()) -> str:
    """The matrices of a model: matrix, row, column, symbol, and the amount of a period at full precision.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> print(matrix_csv("sim", load_model("sim"), 0).splitlines()[1])
    balance-sheet,money,households,+money,80.0
    """
    numbers = csv.reader(io.StringIO(matrices_csv(counted(name, period, (), False, economies).payload)))
    next(numbers)
    amounts = {(matrix, row, column): amount for matrix, row, column, amount in numbers}
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["matrix", "row", "column", "symbol", "amount"])
    for make in SYMBOLS:
        grid = make(model)
        for title, *cells in grid.rows:
            for column, symbol in zip(grid.columns[1:], cells, strict=True):
                amount = amounts.pop((grid.name, title, column), "")
                if symbol or amount:
                    writer.writerow([grid.name, title, column, symbol, amount])
    for (matrix, row, column), amount in amounts.items():
        writer.writerow([matrix, row, column, "", amount])
    return written.getvalue()


def _c(model: Model) -> Plain:
    from creditor.engine.generated_c import to_c

    return Plain(to_c(model), C_LOST)


def _latex(model: Model) -> Plain:
    return Plain(latex_document(model), ("Numbers of givens and openings are not in it.",))


def _plain(write: Callable[[Model, Mapping[int, float]], Plain]) -> Callable[[Model], Plain]:
    """A writer of plain equations that is given the opening."""

    def writer(model: Model) -> Plain:
        import numpy as np

        from creditor.engine.openings import opening
        from creditor.engine.program import compile_model

        first = opening(compile_model(model), {}, 1)[:, 0]
        return write(model, {int(slot): float(first[slot]) for slot in np.flatnonzero(np.isfinite(first))})

    return writer


_FORMS: dict[str, Callable[[Model], Plain]] = {
    "c": _c,
    "latex": _latex,
    "dynare": _plain(to_dynare),
    "modelflow": _plain(to_modelflow),
}
