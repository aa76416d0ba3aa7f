"""Owns treatments: the stated choices of a look-through, each with a code that is printed with the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from fractions import Fraction

from creditor.errors import InputError, Trouble
from creditor.ledger.claims import Claim, Ledger, renamed
from creditor.terms.suggest import mend_with

CODES: dict[str, str] = {
    "T0": "the central bank is looked through: its liabilities carry the bonds",
    "T1": "the central bank is consolidated with the state: its bonds go, its liabilities are state debt",
    "T2": "the central bank is a final owner: the state itself",
    "I0": "debt held by government funds is netted",
    "I1": "government funds are final owners: the state itself",
    "I2": (
        "government funds are looked through to their beneficiaries, "
        "who hold no legal claim on this debt (contingent)"
    ),
    "F0": "nonfinancial firms are final owners",
    "F1": "nonfinancial firms are owned through: their shareholders carry what they hold",
    "P0": "each owner of an intermediary holds its assets pro rata",
}
_SUBJECTS = {"T": "central_bank", "I": "intragovernmental", "F": "firms", "P": "tranches"}


@dataclass(frozen=True, slots=True)
class Treatment:
    """The choices of one look-through.

    Parameters
    ----------
    central_bank : str
        T0, T1 or T2.
    intragovernmental : str
        I0, I1 or I2.
    firms : str
        F0 or F1.
    tranches : str
        P0.

    Examples
    --------
    >>> str(parse_treatment("T1,I0"))
    'T1,I0,F0,P0'
    """

    central_bank: str = "T0"
    intragovernmental: str = "I1"
    firms: str = "F0"
    tranches: str = "P0"

    def __str__(self) -> str:
        return ",".join(self.codes)

    @property
    def codes(self) -> tuple[str, ...]:
        """The four codes."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What each code says."""
        return tuple(f"{code}: {CODES[code]}" for code in self.codes)


def parse_treatment(text: str) -> Treatment:
    """Read codes separated by commas; what is not named keeps its default.

    Raises
    ------
    InputError
        U501 for a code that is not known or a subject named twice.

    Examples
    --------
    >>> parse_treatment("f1").firms
    'F1'
    """
    chosen: dict[str, str] = {}
    troubles = []
    for code in (part.strip().upper() for part in text.split(",") if part.strip()):
        subject = _SUBJECTS.get(code[:1], "")
        if code not in CODES:
            mend = mend_with(code, CODES) + "; the codes are " + ", ".join(CODES)
            troubles.append(Trouble("U501", "--treatment", f"no treatment {code!r}", "", mend))
        elif chosen.get(subject, code) != code:
            what = f"{chosen[subject]} and {code} exclude each other"
            troubles.append(
                Trouble("U501", "--treatment", what, "they treat the same subject", "keep one of them")
            )
        else:
            chosen[subject] = code
    if troubles:
        raise InputError(troubles)
    return replace(Treatment(), **chosen)


def consolidate(ledger: Ledger, issuer: str, central_bank: str) -> Ledger:
    """Put the central bank into the state's own accounts (T1).

    Parameters
    ----------
    ledger : Ledger
    issuer : str
        The state.
    central_bank : str

    Returns
    -------
    Ledger
        Bonds held by the central bank are gone; its liabilities are the state's; what the state held of it
        (the treasury account) is netted; its other assets are the state's. What the state holds of its own
        debt stays.

    Examples
    --------
    >>> bank = Claim("cb", "state", Fraction(5)), Claim("banks", "cb", Fraction(5))
    >>> book = Ledger((*bank, Claim("x", "state", Fraction(1))))
    >>> [(c.holder, c.issuer) for c in consolidate(book, "state", "cb")]
    [('banks', 'state'), ('x', 'state')]
    """
    kept: list[Claim] = []
    for claim in ledger:
        holder = issuer if claim.holder == central_bank else claim.holder
        debtor = issuer if claim.issuer == central_bank else claim.issuer
        if holder == debtor == issuer and central_bank in (claim.holder, claim.issuer):
            continue
        kept.append(
            claim
            if (holder, debtor) == (claim.holder, claim.issuer)
            else renamed(claim, holder=holder, issuer=debtor)
        )
    return Ledger(tuple(kept))


def without_holders(ledger: Ledger, issuer: str, holders: Iterable[str]) -> Ledger:
    """Net the debt that some holders have (I0): their claims on the issuer are dropped.

    Examples
    --------
    >>> book = Ledger((Claim("fund", "state", Fraction(5)), Claim("x", "state", Fraction(1))))
    >>> without_holders(book, "state", ["fund"]).debt_of("state")
    Fraction(1, 1)
    """
    netted = set(holders)
    return Ledger(tuple(claim for claim in ledger if not (claim.issuer == issuer and claim.holder in netted)))


def split_holder(ledger: Ledger, issuer: str, holder: str, weights: dict[str, Fraction]) -> Ledger:
    """Divide what one holder has of an issuer among its members, exactly, in proportion to weights.

    Raises
    ------
    InputError
        C109 for a negative weight, L406 where all weights are zero.

    Examples
    --------
    >>> book = Ledger((Claim("funds", "state", Fraction(3)),))
    >>> split = split_holder(book, "state", "funds", {"a": Fraction(1), "b": Fraction(2)})
    >>> [(c.holder, c.amount) for c in split]
    [('a', Fraction(1, 1)), ('b', Fraction(2, 1))]
    """
    total = sum(weights.values(), Fraction(0))
    if any(weight < 0 for weight in weights.values()):
        raise InputError(
            Trouble("C109", holder, "a weight is negative", "weights are shares of a stock", "correct it")
        )
    if total == 0:
        raise InputError(
            Trouble("L406", holder, "all weights are zero", "nothing says how to divide", "give the weights")
        )
    rows = []
    for claim in ledger:
        if claim.holder == holder and claim.issuer == issuer:
            parts = [
                renamed(claim, holder=name, amount=claim.amount * weight / total)
                for name, weight in weights.items()
            ]
            rows.append((claim, parts))
    return ledger.replaced(rows)
