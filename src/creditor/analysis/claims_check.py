"""Owns the verdict on a claim: its computation is run and held against the printed number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from creditor.analysis.claims_expression import Computation, Value
from creditor.analysis.claims_figures import Figures, Lack
from creditor.analysis.claims_models import FUNCTIONS
from creditor.analysis.claims_quantity import PLAIN, Quantity, compare, in_unit, number
from creditor.analysis.claims_table import JUDGED, ZEROS, Claim, tolerance
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Origin

CONSISTENT, INCONSISTENT, UNKNOWN, CITED = (
    "consistent",
    "inconsistent",
    "cannot say",
    "cited, not recomputed",
)
TRILLION = 10**12
VERDICTS = (CONSISTENT, INCONSISTENT, UNKNOWN, CITED)


@dataclass(frozen=True)
class Verdict:
    """What the library says to a claim.

    Parameters
    ----------
    claim : Claim
    verdict : str
        One of `VERDICTS`.
    sentence : str
        Why.
    computed, beside : Quantity or None
        In the unit of the claim where it has one.
    steps : tuple of (text, result, origin)
        The look-ups of the computation.
    refused : tuple of str
        What the ledger refused.
    """

    claim: Claim
    verdict: str
    sentence: str
    computed: Quantity | None = None
    beside: Quantity | None = None
    steps: tuple[tuple[str, str, Origin | None], ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def claimed(self) -> str:
        """The number of the claim with its unit, empty where there is none."""
        return claimed(self.claim)


def claimed(claim: Claim) -> str:
    """The number of a claim as printed, with its unit.

    Examples
    --------
    >>> from creditor.analysis.claims_table import article
    >>> claimed(article()[11])
    'USD 38 tn'
    """
    if not claim.figure or claim.unit is None:
        return ""
    unit = claim.unit
    digits = len(claim.figure.partition(".")[2])
    text = format_number(Fraction(claim.figure), unit, digits)
    return in_words(text, unit.measure, str(unit), unit.of)


def in_words(text: str, measure: str, unit: str, of: str) -> str:
    """A formatted number with its unit around it."""
    if measure == "money":
        return f"{of} {text} {unit.removeprefix(of).strip()}".strip()
    if measure in ("percent", "share"):
        return f"{text} {unit.removeprefix(measure).strip()}".strip()
    return f"{text} {of}".strip() if of != "count" else text


@dataclass
class Judge:
    """Judges claims with the library as known at a date.

    Parameters
    ----------
    figures : Figures
    functions : mapping
        What a computation may call beside the look-ups.

    Examples
    --------
    >>> from creditor.analysis.claims_table import article
    >>> Judge(Figures()).judge(article()[18]).verdict
    'inconsistent'
    """

    figures: Figures
    functions: Mapping[str, Callable[..., Quantity | bool]] = field(
        default_factory=lambda: {**FUNCTIONS, "rank": rank}
    )

    def judge(self, claim: Claim) -> Verdict:
        """Run the computation of a claim and judge it."""
        work = Computation(self.figures, self.functions)
        self.figures.refused.clear()
        try:
            computed = self._figure(work, claim, claim.compute)
            answer = self._answer(work, claim, computed)
        except Lack as lack:
            return Verdict(claim, UNKNOWN, f"Cannot be said: {lack}.", None, None, _told(work))
        try:
            beside = self._figure(work, claim, claim.beside)
        except Lack:
            beside = None
        refused = tuple(self.figures.refused)
        verdict = INCONSISTENT if refused else answer
        sentence = _sentence(claim, verdict, computed, beside, work, refused)
        return Verdict(claim, verdict, sentence, computed, beside, _told(work), refused)

    def _figure(self, work: Computation, claim: Claim, text: str) -> Quantity | None:
        if not text:
            return None
        found = work.run(text, f"{claim.where}, compute")
        if not isinstance(found, Quantity):
            return None
        return found if claim.unit is None or claim.form == "unknown" else in_unit(found, claim.unit)

    def _answer(self, work: Computation, claim: Claim, computed: Quantity | None) -> str:
        if claim.form == "unknown":
            return UNKNOWN
        if claim.form == "cited":
            return CITED
        truths: list[Value] = []
        if claim.form in JUDGED and computed is not None:
            truths.append(fits(claim.form, claim.figure, computed))
        if claim.holds:
            truths.append(work.run(claim.holds, f"{claim.where}, holds", {"it": computed}))
        if False in truths:
            return INCONSISTENT
        return CONSISTENT if truths and all(one is True for one in truths) else UNKNOWN


def fits(form: str, figure: str, computed: Quantity) -> bool | None:
    """Whether a computed quantity fits a printed number; None where a range leaves it open.

    Of a range or of several readings it is enough that one fits the printed digits.

    Examples
    --------
    >>> fits("equals", "38", number("37.6")), fits("more than", "20", number("18"))
    (True, False)
    """
    exact = Fraction(figure)
    if form in ("more than", "less than"):
        return compare(computed, ">" if form == "more than" else "<", number(exact, PLAIN))
    room = max(tolerance(figure), abs(exact) * ZEROS) if form == "about" else tolerance(figure)
    return any(low <= exact + room and high >= exact - room for low, high in computed.spans)


def rank(one: Quantity, *others: Quantity) -> Quantity:
    """Rank of a number among others, the largest first.

    Examples
    --------
    >>> rank(number(2), number(3), number(1)).text
    '2'
    """
    above = [other for other in others if compare(other, ">", one)]
    place = Fraction(1 + len(above))
    origins = tuple(dict.fromkeys(o for part in (one, *others) for o in part.origins))
    return Quantity(((place, place),), PLAIN, origins, one.periods)


def judge_all(claims: Iterable[Claim], known_at: str = "") -> list[Verdict]:
    """Judge claims in their order.

    Examples
    --------
    >>> from creditor.analysis.claims_table import article
    >>> judge_all(article()[11:12])[0].verdict
    'consistent'
    """
    judge = Judge(Figures(known_at))
    return [judge.judge(claim) for claim in claims]


def shown(one: Quantity | None, figure: str = "") -> str:
    """A computed quantity as a reader sees it, with its unit; of money one digit more than the claim has."""
    if one is None:
        return ""
    digits = None
    if figure and one.unit.measure == "money":
        digits = len(figure.partition(".")[2]) + (one.unit.scale > 1)
        digits = max(digits, 2) if one.unit.scale == TRILLION else digits
    return in_words(one.written(digits), one.unit.measure, str(one.unit), one.unit.of)


def _sentence(
    claim: Claim,
    verdict: str,
    computed: Quantity | None,
    beside: Quantity | None,
    work: Computation,
    refused: tuple[str, ...],
) -> str:
    if refused:
        return f"The ledger refuses it: {'; '.join(refused)}."
    told = _figures_told(claim, computed, beside, work)
    if verdict == CITED:
        return f"Cited and not recomputed: {told}."
    if claim.form == "unknown":
        return f"Cannot be said, missing: {claim.lacks}." + (f" What there is: {told}." if told else "")
    if verdict == UNKNOWN:
        return f"Cannot be said, the range of the figures leaves it open: {told}."
    if claim.form in JUDGED:
        fine = verdict == CONSISTENT
        is_not = "" if fine else " not"
        ending = {
            "equals": "the number claimed, to its printed digits" if fine else f"{claimed(claim)}",
            "about": "within five percent of the number claimed",
            "more than": "above the number claimed",
            "less than": "below the number claimed",
        }[claim.form]
        return f"The library has {told}. That is{is_not} {ending}."
    return f"{'It holds' if verdict == CONSISTENT else 'It does not hold'}: {told}."


def _figures_told(claim: Claim, computed: Quantity | None, beside: Quantity | None, work: Computation) -> str:
    what, _, other = claim.what.partition("; beside it ")
    found = shown(computed, claim.figure)
    told = f"{found} ({what})" if found and what else found
    if beside is not None:
        told += f"; beside it {shown(beside, claim.figure)}" + (f" ({other})" if other else "")
    if skipped := sorted(set(work.skipped)):
        told += f"; without figures of {', '.join(skipped)}"
    return told


def _told(work: Computation) -> tuple[tuple[str, str, Origin | None], ...]:
    found = []
    for text, result in work.steps:
        if isinstance(result, Quantity):
            found.append((text, result.with_unit, result.origin))
        else:
            found.append((text, {True: "yes", False: "no"}.get(result, "open"), None))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(found))
