"""Owns the step from a verdict to a flow in a model: what is barred is nothing, less a stated leakage."""

from __future__ import annotations

from creditor.errors import InputError, Trouble
from creditor.regimes.regime import UNDETERMINED

CONSENT = ("requires_approval", "requires_filing")


def share_of(verdict: str, granted: bool = False, leakage: float = 0.0, missing: str = "") -> float:
    """Share of a flow that a verdict lets through.

    Parameters
    ----------
    verdict : str
    granted : bool
        Whether the scenario takes consent, approval or filing as given; it lifts `CONSENT` only, never a ban.
    leakage : float
        Share, 0 to 1, that flows in spite of a bar.
    missing : str
        Names of missing facts, for the message.

    Returns
    -------
    float
        `leakage` where it is barred, else 1.

    Raises
    ------
    InputError
        U501 for a leakage outside 0 to 1, and for a verdict that is undetermined: no share follows from it.

    Examples
    --------
    >>> share_of("prohibited", leakage=0.1), share_of("requires_filing", granted=True)
    (0.1, 1.0)
    """
    if not 0 <= leakage <= 1:
        what, mend = f"a leakage of {leakage:g}", "give a share from 0 to 1"
        raise InputError(Trouble("U501", "--leakage", what, "it is a share of the flow", mend))
    if verdict == UNDETERMINED:
        what = "the verdict is undetermined, so no share of the flow follows from it"
        mend = f"state what is missing: {missing}" if missing else "state what is missing"
        raise InputError(Trouble("U501", "case", what, "", mend))
    barred = verdict == "prohibited" or (verdict in CONSENT and not granted)
    return leakage if barred else 1.0
