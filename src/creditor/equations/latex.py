"""Owns the equations of a model as one LaTeX document, which compiles as it is."""

from __future__ import annotations

from creditor.equations.model import Model
from creditor.equations.readable import equation_text

HEAD = (
    r"\documentclass{article}",
    r"\usepackage{amsmath}",
    r"\usepackage[landscape,margin=15mm]{geometry}",
    r"\allowdisplaybreaks",
    r"\begin{document}",
    r"\begin{align*}",
)
FOOT = (r"\end{align*}", r"\end{document}", "")


def latex_document(model: Model) -> str:
    r"""Write every equation that a text states or implies, aligned at the equals sign.

    Parameters
    ----------
    model : Model

    Returns
    -------
    str
        A whole document for ``pdflatex``, which needs amsmath and geometry and nothing else.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> print(latex_document(load_model("sim")).splitlines()[7])
    \mathit{money} &= \mathit{money}_{t-1} + \mathit{purchases} - \mathit{taxes} \\
    """
    lines = []
    for slot in model.variables:
        left, right = equation_text(model, model.equations[slot], latex=True).split(" = ", 1)
        lines.append(f"{left} &= {right}")
    body = " \\\\\n".join(lines)
    title = f"% {model.name}: {len(lines)} equations, model {model.digest}"
    return "\n".join((title, *HEAD, body, *FOOT))
