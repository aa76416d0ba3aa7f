"""Owns the Finding: something the machine wants to say about an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SEVERITIES = ("note", "warning", "fault")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the machine wants to say.

    Parameters
    ----------
    severity : str
        ``note``, ``warning`` or ``fault``.
    place : str
        What it is about: a holder, a file and line, a perimeter.
    sentence : str
        One sentence for people.
    evidence : str
        The figures behind it, as text.
    mend : str
        What would settle it.
    code : str
        A key of `creditor.errors.CODES`, where one fits.

    Examples
    --------
    >>> Finding("note", "households", "They include hedge funds.").as_dict()
    {'severity': 'note', 'place': 'households', 'sentence': 'They include hedge funds.'}
    """

    severity: str
    place: str
    sentence: str
    evidence: str = ""
    mend: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"severity {self.severity!r} is none of {SEVERITIES}")

    def as_dict(self) -> dict[str, Any]:
        """The non-empty fields, for JSON."""
        fields = ("severity", "place", "sentence", "evidence", "mend", "code")
        return {name: getattr(self, name) for name in fields if getattr(self, name)}
