"""Owns the terminal picture of a line figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.errors import MissingError, Trouble


def to_plot(figure: Mapping[str, Any], width: int = 100, height: int = 24) -> str:
    """Draw a line figure with characters.

    Parameters
    ----------
    figure : mapping
        Made by `creditor.figures.lines.lines`.
    width, height : int
        In characters.

    Raises
    ------
    MissingError
        U504 where plotext is not installed.

    Examples
    --------
    >>> from creditor.figures.lines import lines
    >>> from creditor.terms.table import matrix
    >>> from creditor.terms.units import parse_unit
    >>> table = matrix("run", ("period", "variable"), ["0", "1"], ["x"], {("0", "x"): 1.0, ("1", "x"): 2.0}, parse_unit("count"))
    >>> "x" in to_plot(lines("x", "", "", table), 40, 10)
    True
    """
    try:
        import plotext
    except ImportError:
        trouble = Trouble("U504", "--plot", "plotext is not installed", "it draws in the terminal", "install plotext")
        raise MissingError(trouble) from None
    plotext.clear_figure()
    plotext.plot_size(width, height)
    plotext.theme("clear")
    for entry in figure["series"]:
        places = [point[0] for point in entry["points"]]
        plotext.plot(places, [point[1] for point in entry["points"]], label=entry["title"], marker="braille")
    plotext.title(str(figure["title"]))
    return str(plotext.uncolorize(plotext.build()))
