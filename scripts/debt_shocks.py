"""Owns the making of library/debt/covariance.csv from the history in the country folders.

Run it again whenever the figures of the World Economic Outlook in the country folders, or the error
statistics of the Congressional Budget Office in library/debt, change.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from creditor.sustainability.federal import fitted
from creditor.sustainability.forecast_errors import FIRST, SHOCKS
from creditor.sustainability.history import FEDERAL, GENERAL, OPENING, VINTAGE, economies_with_path
from creditor.sustainability.law import Shocks
from creditor.sustainability.spread import reacting

FILE = Path(__file__).resolve().parents[1] / "src/creditor/library/debt/covariance.csv"
SOURCE = "derived: errors of forecasts; International Monetary Fund, World Economic Outlook, April 2025"
BUDGET = (
    "derived: fitted to errors of projections of the Congressional Budget Office; growth and prices from "
    "International Monetary Fund, World Economic Outlook, April 2025"
)


def _rows(law: Shocks, perimeter: str, years: int, source: str, vintage: str) -> Iterator[str]:
    """What is carried over, the reaction, then the upper half of the covariance."""
    end = f'{years},"{source}",{vintage},B'
    for name, share in zip(SHOCKS, law.carry, strict=True):
        yield f"{law.code},{perimeter},carry,{name},{share:.9g},{end}"
    yield f"{law.code},{perimeter},reaction,balance,{law.reaction:.9g},{end}"
    for i, one in enumerate(SHOCKS):
        for j in range(i, len(SHOCKS)):
            yield f"{law.code},{perimeter},{one},{SHOCKS[j]},{law.covariance[i, j]:.9g},{end}"


def text() -> str:
    """The file as text."""
    rows = [
        "# schema 1",
        "# Covariance of yearly innovations, what is carried over, and the reaction of the balance.",
        "economy,perimeter,row,column,value,years,source,vintage,grade",
    ]
    for code in economies_with_path():
        rows += _rows(reacting(code), GENERAL, OPENING - FIRST, SOURCE, VINTAGE)
    rows += _rows(fitted(), FEDERAL, 42, BUDGET, "2026-02")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
