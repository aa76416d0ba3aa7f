"""Owns the files of runs: every path as CSV, and NetCDF with dimensions, units and provenance."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import InputError, Trouble
from creditor.scenario.run import Run
from creditor.terms.answer import Answer
from creditor.verbs.choice import units_of
from creditor.verbs.trajectories import dates_of, header

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MOST_CELLS = 20_000_000  # of a CSV of paths


@dataclass(frozen=True)
class RunAnswer(Answer):
    """The answer of a run, with the run itself.

    Parameters
    ----------
    run : Run or None
        With its paths, unless they were too many to be kept.
    """

    run: Run | None = None


def paths_of(answer: Answer) -> tuple[Run, Floats]:
    """The run of an answer and the paths of its variables: array [variable, period, path].

    Raises
    ------
    InputError
        U501 where the paths were not kept.

    Examples
    --------
    >>> from creditor.verbs.runs import model_run
    >>> paths_of(model_run("sim", periods=2, paths=3))[1].shape[1:]
    (3, 3)
    """
    run = answer.run if isinstance(answer, RunAnswer) else None
    if run is None or not run.result.values.shape[2]:
        what, why = "the paths are not there", "a long run keeps what they are like, not the paths"
        mend = "keep fewer variables (--keep), run fewer paths, or show one: --path N"
        raise InputError(Trouble("U501", "--out-paths", what, why, mend))
    stored = run.result.kept
    places = {
        slot: row for row, slot in enumerate(range(len(run.result.values)) if stored is None else stored)
    }
    return run, run.result.values[[places[slot] for slot in run.shown]]


def paths_csv(answer: Answer) -> str:
    """Every path as CSV: ``path``, ``t``, the date where there is one, and a column for each variable.

    Raises
    ------
    InputError
        U501 where the paths were not kept, there are more than 20 million numbers, or a variable has the
        name of a column that numbers them.

    Examples
    --------
    >>> from creditor.verbs.runs import model_run
    >>> paths_csv(model_run("sim", periods=1, paths=2)).splitlines()[0][:12]
    'path,t,money'
    """
    run, values = paths_of(answer)
    if values.size > MOST_CELLS:
        what = f"{values.size:,} numbers are too many for a CSV"
        raise InputError(Trouble("U501", "--out-paths", what, "", "write FILE.nc, or keep fewer variables"))
    dates = dates_of(run)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    titles = [run.model.title(slot) for slot in run.shown]
    writer.writerow(header(["path", "t", *(["date"] if dates else [])], titles, "--out-paths"))
    first = run.path or 0
    for path in range(values.shape[2]):
        for period, row in enumerate(values[:, :, path].T.tolist()):
            cells = (repr(value) if np.isfinite(value) else "" for value in row)
            writer.writerow([first + path, period, *dates[period : period + 1], *cells])
    return written.getvalue()


def netcdf(answer: Answer, paths: bool = False) -> bytes:
    """A run as NetCDF 3 (64-bit offset).

    Parameters
    ----------
    answer : Answer
        Of a run.
    paths : bool
        Every path [period, path]; otherwise values [period], and with several paths their mean, deviation,
        extremes and quantiles.

    Returns
    -------
    bytes
        Variables have ``units`` where they are known; the file has model, hashes, seed and version.

    Raises
    ------
    InputError
        U501 where the paths were not kept.

    Examples
    --------
    >>> from creditor.verbs.runs import model_run
    >>> netcdf(model_run("sim", periods=1))[:3]
    b'CDF'
    """
    from scipy.io import netcdf_file

    run = answer.run if isinstance(answer, RunAnswer) else None
    assert run is not None, "only a run has a NetCDF"
    stream = io.BytesIO()
    file = netcdf_file(stream, "w", version=2)
    for name, told in _attributes(answer).items():
        setattr(file, name, told)
    dates = dates_of(run)
    file.createDimension("period", run.scenario.periods + 1)
    _put(file, "period", ("period",), np.arange(run.scenario.periods + 1, dtype=np.int32))
    if dates:
        letters = np.array([list(date.ljust(10)[:10]) for date in dates], dtype="S1")
        file.createDimension("letters", 10)
        _put(file, "date", ("period", "letters"), letters)
    for name, dims, values, more in _tables(answer, run, paths, file):
        _put(file, name, dims, values, more)
    file.flush()
    return stream.getvalue()


def _attributes(answer: Answer) -> dict[str, str]:
    """What is said of the whole file."""
    payload, made = answer.payload, answer.provenance.as_dict()
    named = {"title": f"Model {answer.title}", "source": f"creditor {made['version']}", "model": answer.title}
    named |= {key: str(payload[key]) for key in ("scenario", "as_of") if payload.get(key)}
    named |= {key: str(value) for key, value in made.items() if key != "version"}
    proof = payload["certificate"]
    named["certificate"] = f"largest residual {proof['residual']:.1e}, books {proof['books']:.1e}"
    return named


def _tables(
    answer: Answer, run: Run, paths: bool, file: Any
) -> list[tuple[str, tuple[str, ...], Floats, dict[str, str]]]:
    """Variables of the file: name, dimensions, values, attributes."""
    titles, units = [run.model.title(slot) for slot in run.shown], units_of(run.model)
    about = {t: {"long_name": t} | ({"units": units[t]} if t in units else {}) for t in titles}
    if paths:
        values = paths_of(answer)[1]
        file.createDimension("path", values.shape[2])
        numbers = np.arange(values.shape[2], dtype=np.int32) + (run.path or 0)
        _put(file, "path", ("path",), numbers)
        return [(t, ("period", "path"), rows, about[t]) for t, rows in zip(titles, values, strict=True)]
    found = run.statistics
    if found is None:
        columns: Mapping[str, Sequence[float | None]] = answer.payload["variables"]
        return [(t, ("period",), _numbers(columns[t]), about[t]) for t in titles]
    shares = sorted(found.quantiles)
    file.createDimension("quantile", len(shares))
    _put(file, "quantile", ("quantile",), np.array(shares))
    tables: list[tuple[str, tuple[str, ...], Floats, dict[str, str]]] = []
    for row, title in enumerate(titles):
        rows = np.array([found.quantiles[share][row] for share in shares])
        tables.append((title, ("quantile", "period"), rows, about[title]))
        for name, table in (
            *(("mean", found.mean), ("standard_deviation", found.deviation)),
            *(("minimum", found.low), ("maximum", found.high), ("mean_error", found.errors["mean"])),
        ):
            told = about[title] | {"long_name": f"{name.replace('_', ' ')} of {title} over paths"}
            tables.append((f"{title}_{name}", ("period",), table[row], told))
    return tables


def _numbers(column: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in column])


def _put(
    file: Any, name: str, dims: tuple[str, ...], values: Any, attributes: Mapping[str, str] | None = None
) -> None:
    kind = {"S": "c", "i": "i"}.get(values.dtype.kind, "d")
    variable = file.createVariable(name.replace("/", "|"), kind, dims)
    variable[:] = values
    for key, told in (attributes or {}).items():
        setattr(variable, key, told)
