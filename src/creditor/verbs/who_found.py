"""Owns Who: everything that the tables, pictures and words of one answer of the verb who are made from."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.analysis.assumed import Assumed
from creditor.analysis.creditors import Holding
from creditor.ledger.bounds import Interval
from creditor.ledger.lookthrough import LookThrough, Part
from creditor.opening.opening import Opening
from creditor.terms.finding import Finding

OWNERS = {"owed_to": "Final owners", "borne_by": "Who bears a loss"}  # heading of each side


@dataclass(frozen=True)
class Who:
    """Who the creditor is, before it is told.

    Parameters
    ----------
    opening : Opening
    parts : list of Part
        Of the debt, adding up to it.
    holdings : list of Holding
        The parts summed and divided.
    result : LookThrough or None
        None for direct holders.
    assumed : Assumed or None
        Likewise.
    by : str
        How holders are divided, or empty.
    findings : list of Finding
    intervals : mapping of holding name to Interval
        The least and the most that each can have.
    published : Opening
        The opening without the correction, or the same one.
    correct : str
        Name of the correction that was made, or empty.
    """

    opening: Opening
    parts: list[Part]
    holdings: list[Holding]
    result: LookThrough | None
    assumed: Assumed | None
    by: str
    findings: list[Finding]
    intervals: dict[str, Interval]
    published: Opening
    correct: str = ""

    @property
    def total(self) -> float:
        """The debt."""
        return float(self.opening.total)
