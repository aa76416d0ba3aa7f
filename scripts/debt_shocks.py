"""Owns the making of library/debt/covariance.csv from the history in the country folders.

Run it again whenever the figures of the World Economic Outlook in the country folders change.
"""

from __future__ import annotations

from pathlib import Path

from creditor.analysis.debt_history import VINTAGE, economies_with_path
from creditor.analysis.debt_shocks import SHOCKS, carried, estimated

FILE = Path(__file__).resolve().parents[1] / "src/creditor/library/debt/covariance.csv"
SOURCE = (
    "derived: innovations of errors of a forecast by the mean of three years; from International "
    "Monetary Fund, "
    "World Economic Outlook, April 2025"
)


def text() -> str:
    """The file as text: the shares that are carried over, then the upper half of each covariance."""
    head = "# schema 1\n# Covariance of the yearly innovations, and the share of an error that is "
    head += "carried over.\n"
    rows = ["economy,row,column,value,years,source,vintage,grade"]
    for name, share in zip(SHOCKS, carried(), strict=True):
        rows.append(f'ALL,carry,{name},{share:.9g},,"{SOURCE}",{VINTAGE},B')
    for code in economies_with_path():
        law = estimated(code)
        for i, one in enumerate(SHOCKS):
            for j in range(i, len(SHOCKS)):
                value, years = law.covariance[i, j], len(law.innovations)
                rows.append(f'{code},{one},{SHOCKS[j]},{value:.9g},{years},"{SOURCE}",{VINTAGE},B')
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
