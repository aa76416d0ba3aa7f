"""Owns least squares and maximum likelihood of parameters within bounds, from errors and their slopes.

Gauss-Newton with Marquardt's damping (Marquardt 1963); covariances as in Davidson and MacKinnon, *Econometric
Theory and Methods* (2004), chapters 6 and 10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from creditor.errors import InputError, NoSolutionError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Method = Literal["ls", "ml"]
Errors = Callable[["Floats"], "list[tuple[Floats, Floats]]"]
ROUNDS, DAMPINGS, SETTLED = 200, 30, 1e-13
SINGULAR = 1e-8  # smallest part of the largest singular value of the scaled slopes
PART = 0.1  # of a direction that the data do not decide: parameters that have less of it are not named


@dataclass(frozen=True)
class Estimate:
    """What errors say about parameters.

    Parameters
    ----------
    values : array [parameter]
    covariance : array [parameter, parameter]
        Zero for a parameter that stands at a bound.
    at_bound : array of bool [parameter]
    errors : list of array [observation]
        Of each equation.
    likelihood : float
        Logarithm, of normal errors that are independent over periods and equations.
    degrees : list of int
        Observations of each equation less the free parameters that it depends on.
    """

    values: Floats
    covariance: Floats
    at_bound: npt.NDArray[np.bool_]
    errors: list[Floats]
    likelihood: float
    degrees: list[int]

    @property
    def standard_errors(self) -> Floats:
        """Roots of the variances."""
        found: Floats = np.sqrt(np.diag(self.covariance))
        return found


def estimate(
    errors: Errors,
    start: Floats,
    low: Floats,
    high: Floats,
    names: Sequence[str],
    method: Method = "ls",
    scales: Sequence[float] = (),
) -> Estimate:
    """Find the parameters with the smallest errors.

    Parameters
    ----------
    errors : callable
        From parameters to (errors, slopes of the errors) of each equation: arrays [observation] and
        [observation, parameter].
    start, low, high : array [parameter]
    names : sequence of str
        For messages.
    method : {"ls", "ml"}
        ``ls``: least squares, with the errors of each equation in parts of its scale. ``ml``: maximum
        likelihood of normal errors with a variance of each equation's own.
    scales : sequence of float, optional
        One for each equation, ones by default; they matter only where equations share parameters.

    Raises
    ------
    InputError
        S714 where the data do not decide the parameters; it names those that they leave open.
    NoSolutionError
        S715 where the search does not settle.

    Examples
    --------
    >>> x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.1, 5.9])
    >>> line = lambda p: [(y - p[0] * x, -x[:, None])]
    >>> wide = np.full(1, np.inf)
    >>> found = estimate(line, np.zeros(1), -wide, wide, ["slope"])
    >>> found.values.round(4).tolist(), found.standard_errors.round(4).tolist()
    ([1.9929], [0.0262])
    """
    parts = errors(start)
    weights = np.array([1.0 / scale for scale in scales] or [1.0] * len(parts))
    _check_counts(parts, names)
    values = _minimum(errors, start, low, high, names, weights)
    if method == "ml":
        values, weights = _likeliest(errors, values, low, high, names)
    parts = errors(values)
    at_bound = (values <= low) | (values >= high)
    _check_identified(parts, weights, names, ~at_bound)
    degrees = [len(e) - int(np.any(j[:, ~at_bound] != 0, axis=0).sum()) for e, j in parts]
    covariance = _covariance(parts, weights, ~at_bound, degrees, method)
    likelihood = sum(_likelihood(e) for e, _ in parts)
    return Estimate(values, covariance, at_bound, [e for e, _ in parts], likelihood, degrees)


def _likeliest(
    errors: Errors, values: Floats, low: Floats, high: Floats, names: Sequence[str]
) -> tuple[Floats, Floats]:
    """Least squares with weights by each equation's own errors, until both stand still."""
    for _ in range(ROUNDS):
        weights = np.array([1.0 / max(_deviation(e), 1e-300) for e, _ in errors(values)])
        before, values = values, _minimum(errors, values, low, high, names, weights)
        if np.all(np.abs(values - before) <= 1e-11 * np.maximum(np.abs(values), 1e-12)):
            break
    return values, weights


def _likelihood(errors: Floats) -> float:
    """Logarithm for normal errors with the variance that fits them best."""
    return -0.5 * len(errors) * (float(np.log(2 * np.pi * max(_deviation(errors) ** 2, 1e-300))) + 1)


def _deviation(errors: Floats) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(errors**2)))


def _stack(parts: list[tuple[Floats, Floats]], weights: Floats) -> tuple[Floats, Floats]:
    errors = np.concatenate([w * e for w, (e, _) in zip(weights, parts, strict=True)])
    slopes = np.concatenate([w * j for w, (_, j) in zip(weights, parts, strict=True)])
    return errors, slopes


def _minimum(
    errors: Errors, start: Floats, low: Floats, high: Floats, names: Sequence[str], weights: Floats
) -> Floats:
    """Where the sum of the squared weighted errors is smallest."""
    now = np.clip(start, low, high)
    error, slopes = _stack(errors(now), weights)
    damping = 0.0
    for _ in range(ROUNDS):
        gradient = slopes.T @ error
        free = ~(((now <= low) & (gradient > 0)) | ((now >= high) & (gradient < 0)))
        if not free.any():
            return now
        sizes = np.linalg.norm(slopes[:, free], axis=0)
        sizes[sizes == 0] = 1.0
        scaled = slopes[:, free] / sizes
        for _ in range(DAMPINGS):
            wide = np.concatenate([scaled, np.sqrt(damping) * np.eye(len(sizes))])
            side = np.concatenate([-error, np.zeros(len(sizes))])
            step = np.zeros(len(now))
            step[free] = np.linalg.lstsq(wide, side, rcond=1e-14)[0] / sizes
            tried = np.clip(now + step, low, high)
            e, j = _stack(errors(tried), weights)
            before, after = float(error @ error), float(e @ e) if np.isfinite(e).all() else np.inf
            if after <= before * (1 + 1e-15):
                break
            damping = max(10 * damping, 1e-6)
        moved = float(np.max(np.abs(tried - now) / np.maximum(np.abs(now), 1e-8)))
        if not after <= before * (1 + 1e-15):
            if float(np.max(np.abs(scaled.T @ error))) <= 1e-7 * float(np.sqrt(before)):
                return now
            break
        now, error, slopes, damping = tried, e, j, damping / 10 if damping > 1e-9 else 0.0
        if moved <= SETTLED or before - after <= 1e-16 * before:
            return now
    said = ", ".join(f"{name} = {value:.6g}" for name, value in zip(names, now, strict=True))
    what, why = "the estimation does not settle", f"the last values are {said}"
    mend = "start the givens nearer to what is expected, or leave fewer of them free"
    raise NoSolutionError(Trouble("S715", "fit", what, why, mend))


def _check_counts(parts: list[tuple[Floats, Floats]], names: Sequence[str]) -> None:
    """There must be more observations than parameters, and a finite error to begin with."""
    count = sum(len(e) for e, _ in parts)
    if count <= len(names):
        what = f"{count} observations are to decide {len(names)} parameters"
        raise InputError(Trouble("S714", "fit", what, "", "give longer series, or leave fewer givens free"))
    if not all(np.isfinite(e).all() for e, _ in parts):
        what = "an error is not finite where the givens stand now"
        raise InputError(Trouble("S714", "fit", what, "", "set the givens to values that can be computed"))


def _check_identified(
    parts: list[tuple[Floats, Floats]], weights: Floats, names: Sequence[str], free: npt.NDArray[np.bool_]
) -> None:
    """Directions in which no error moves are told with the parameters that have part in them."""
    _, slopes = _stack(parts, weights)
    slopes, own = slopes[:, free], [name for name, is_free in zip(names, free, strict=True) if is_free]
    if not own:
        return
    sizes = np.linalg.norm(slopes, axis=0)
    still = [name for name, size in zip(own, sizes, strict=True) if size == 0]
    if still:
        what = f"the series do not decide {', '.join(still)}"
        raise InputError(Trouble("S714", "--free", what, "no error moves with it", "leave it out of --free"))
    _, singular, directions = np.linalg.svd(slopes / sizes, full_matrices=False)
    if singular[-1] <= SINGULAR * singular[0]:
        open_ones = [n for n, part in zip(own, directions[-1], strict=True) if abs(part) > PART]
        what = f"the series do not decide {' and '.join(open_ones)} apart"
        why = "moved together in some proportion they change no error"
        raise InputError(Trouble("S714", "--free", what, why, "leave one of them out of --free"))


def _covariance(
    parts: list[tuple[Floats, Floats]],
    weights: Floats,
    free: npt.NDArray[np.bool_],
    degrees: Sequence[int],
    method: Method,
) -> Floats:
    """Of the estimates: for one equation the variance of its errors times the inverse of J'J."""
    count = len(free)
    found = np.zeros((count, count))
    if not free.any():
        return found
    bread, meat = np.zeros((2, int(free.sum()), int(free.sum())))
    for w, (e, j), degree in zip(weights, parts, degrees, strict=True):
        product = j[:, free].T @ j[:, free]
        variance = float(e @ e) / (len(e) if method == "ml" else max(degree, 1))
        bread += w**2 * product
        meat += w**4 * variance * product
    size = np.sqrt(np.diag(bread))
    inverse = np.linalg.inv(bread / np.outer(size, size)) / np.outer(size, size)
    found[np.ix_(free, free)] = inverse @ meat @ inverse
    return found
