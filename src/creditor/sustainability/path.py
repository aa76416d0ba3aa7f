"""Owns the run of the debt model: anchored to the published projection, with own dynamics after it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model
from creditor.sustainability.baseline import HOLDERS, Baseline
from creditor.sustainability.case import Case, Key, followed
from creditor.sustainability.instruments import INSTRUMENTS
from creditor.sustainability.law import UNANSWERED
from creditor.sustainability.shocks import draw, shocks

if TYPE_CHECKING:
    import numpy.typing as npt

    from creditor.engine.certificate import Certificate

    Floats = npt.NDArray[np.float64]

SLOPE = 0.02  # of the market rate for debt higher by all of GDP: 2 basis points for a point of GDP
RANGE = 0.3  # of GDP above the debt that the rate belongs to: beyond it the rate follows the logarithm
SLOPE_SOURCE = (
    "Congressional Budget Office, Working Paper 2024-05: 2 basis points for each point of GDP of debt"
)
PARTS = (
    "interest_part",
    "growth_part",
    "inflation_part",
    "exchange_rate_part",
    "primary_part",
    "ageing_part",
    "stock_flow_part",
)
SHOWN = (
    "debt_ratio",
    "debt",
    "gdp",
    "balance_now",
    "interest_ratio",
    "interest",
    "effective_rate",
    "growth",
    "rate_less_growth",
    "stabilising_balance",
    "stabilising_gap",
    "financing_ratio",
    "average_maturity",
    "refixing_share",
    "foreign_money_share",
    "overall_balance",
    "change_of_debt",
    "correction",
    "adjustment",
    *PARTS,
)
SIDES = ("home", "linked", "abroad")  # loans with schedules: own money, linked to prices, foreign money
STOCKS = ("debt_ratio", "debt", "gdp", "outstanding", "coupons", "holding", "scheduled")


@dataclass(frozen=True)
class Paths:
    """Variables of the model for one economy: arrays [period, path], period 0 the opening."""

    values: Mapping[Key, Floats]
    certificate: Certificate

    def __getitem__(self, name: str) -> Floats:
        return self.values[(name,)]

    def one(self, name: str, *labels: str) -> Floats:
        """The first path over periods."""
        return self.values[(name, *labels)][:, 0]


@functools.lru_cache(maxsize=64)
def program(codes: tuple[str, ...]) -> Program:
    """The debt model of some economies, compiled."""
    return compile_model(load_model("debt", codes))


def simulate(case: Case, paths: int = 1, keep: Iterable[Key] | None = None) -> Paths:
    """Run a case.

    Parameters
    ----------
    case : Case
    paths : int
    keep : iterable of keys, optional
        What comes back; everything in `SHOWN`, instruments and holders where it is left out.

    Raises
    ------
    NoSolutionError
        E621 where an equation has no finite solution, with its period and path.
    """
    compiled = program((case.code,))
    model = compiled.model

    def slot(key: Key) -> int:
        shared = key[0] in ("foreign_money", "indexed_to_prices")
        return model.slot(key[0], key[1:] if shared else (case.code, *key[1:]))

    wanted = list(keep) if keep is not None else _everything()
    slots = {key: slot(key) for key in wanted}
    givens = {slot(key): np.asarray(values, dtype=float) for key, values in case.series.items()}
    starts = {slot(key): value for key, value in case.starts.items()}
    result = run(compiled, Inputs(case.periods, paths, givens, starts, keep=sorted(set(slots.values()))))
    place = {number: index for index, number in enumerate(result.kept or ())}
    values = {key: result.values[place[number]] for key, number in slots.items()}
    for key, found in values.items():
        if key[0] not in STOCKS:
            found[0] = np.nan  # what happens in a year has no value at the opening
    return Paths(values, result.certificate)


def _everything() -> list[Key]:
    pools = [
        (name, kind) for name in ("outstanding", "coupons", "redemption", "issue") for kind in INSTRUMENTS
    ]
    held = [("holding", name) for name in (*HOLDERS.values(), "not_allocated")]
    own = [("scheduled", side) for side in SIDES]
    return [*((name,) for name in SHOWN), *pools, *held, *own]


def case_of(base: Baseline, horizon: int, slope: float = 0.0) -> Case:
    """The case of a baseline, anchored to its projection: corrections and stock-flow are found first.

    Parameters
    ----------
    base : Baseline
    horizon : int
        Last year.
    slope : float
        Of the market rate in debt; 0 for a constant rate. It works on what differs from the baseline,
        and on what comes after the projection.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = simulate(case_of(baseline("ITA"), 2055))
    >>> round(float(found.one("debt_ratio")[6]), 5)
    1.37695
    """
    periods = horizon - base.opening
    known = min(base.anchored, periods)
    flags = np.zeros(periods)
    flags[:known] = 1.0
    debt = np.ones(periods)
    debt[:known] = base.published["debt"][:known]
    interest = np.zeros(periods)
    interest[:known] = base.published["interest"][:known]
    first = followed(base, periods)
    anchor: dict[Key, Floats] = {
        ("anchored",): flags,
        ("debt_published",): debt,
        ("interest_published",): interest,
    }
    found = simulate(first.put(anchor), 1, [("correction",), ("adjustment",)])
    correction, flow = found.one("correction")[1:].copy(), found.one("adjustment")[1:].copy()
    correction[known:], flow[known:] = 0.0, 0.0
    before = np.concatenate([[base.debt], base.published["debt"]])
    reference = np.array([before[min(t, len(before) - 1)] for t in range(periods)])
    return first.put(
        {
            ("correction_given",): correction,
            ("stock_flow",): flow,
            ("premium_slope",): np.full(periods, slope),
            ("premium_range",): np.full(periods, RANGE),
            ("debt_reference",): reference,
        }
    )


def stochastic(case: Case, paths: int, seed: int, kind: str, keep: Sequence[str]) -> Paths:
    """Run a case on paths of shocks; the balance reacts to debt that is not as in the case without them.

    Parameters
    ----------
    case : Case
    paths, seed : int
    kind : str
        One of `creditor.sustainability.shocks.DISTRIBUTIONS`.
    keep : sequence of str
        Variables that come back.
    """
    law = shocks(case.code, case.perimeter)
    drawn = draw(law, case.periods, paths, seed, kind)
    shocked: dict[Key, Floats] = {(name,): values for name, values in drawn.items()}
    shocked |= answering(case, law.reaction)
    return simulate(case.put(shocked), paths, [(name,) for name in keep])


def answering(case: Case, reaction: float, expected: Floats | None = None) -> dict[Key, Floats]:
    """The series by which the balance reacts to debt above that of the undisturbed case.

    It does so from the sixth year of shocks on: earlier, errors of the past show no reaction.

    Parameters
    ----------
    case : Case
    reaction : float
        Share of that debt by which the balance is raised in a year.
    expected : array [period], optional
        Debt of the undisturbed case at the end of the year before each; run here where it is left out.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> found = answering(case_of(baseline("ITA"), 2031), 0.03)
    >>> found["balance_reaction",].tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.03, 0.03]
    """
    if not reaction or case.periods <= UNANSWERED:
        return {}
    if expected is None:
        expected = simulate(case, 1, [("debt_ratio",)]).one("debt_ratio")[:-1]
    shares = np.where(np.arange(case.periods) >= UNANSWERED, reaction, 0.0)
    return {("balance_reaction",): shares, ("debt_expected",): expected}
