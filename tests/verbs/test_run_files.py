"""Files of runs: every path with its digits, NetCDF that others can read."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from scipy.io import netcdf_file

from creditor.errors import InputError
from creditor.scenario import long
from creditor.verbs.run_files import RunAnswer, netcdf, paths_csv, paths_of
from creditor.verbs.runs import model_run

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 2.0)}
FIELDS = {"periods": 4, "paths": 5, "draws": [DRAW], "keep": ["wages", "money"]}


def opened(data: bytes) -> netcdf_file:
    return netcdf_file(io.BytesIO(data), mmap=False)


def test_csv_has_every_digit_of_every_path() -> None:
    answer = model_run("sim", **FIELDS)
    assert isinstance(answer, RunAnswer)
    rows = list(csv.DictReader(io.StringIO(paths_csv(answer))))
    wages = answer.run.result.series("wages")
    assert len(rows) == 25 and rows[0]["wages"] == "" and rows[0]["money"] == "80.0"
    assert [float(row["wages"]) for row in rows[21:25]] == wages[1:, 4].tolist()
    assert rows[24]["path"] == "4" and rows[24]["t"] == "4"


def test_one_path_has_its_number() -> None:
    answer = model_run("sim", **FIELDS, path=3)
    assert next(csv.DictReader(io.StringIO(paths_csv(answer))))["path"] == "3"
    assert opened(netcdf(answer, paths=True)).variables["path"][:].tolist() == [3]


def test_netcdf_of_paths_has_dimensions_units_and_provenance() -> None:
    answer = model_run("sim", **FIELDS, seed=9)
    file = opened(netcdf(answer, paths=True))
    assert dict(file.dimensions) == {"period": 5, "path": 5}
    wages = file.variables["wages"]
    assert wages.dimensions == ("period", "path") and wages.units == b"money"
    assert np.array_equal(wages[:], answer.run.result.series("wages"), equal_nan=True)
    assert file.seed == b"9" and file.model == b"sim" and len(file.scenario_hash) == 16
    assert b"residual" in file.certificate


def test_netcdf_of_many_paths_has_statistics() -> None:
    answer = model_run("sim", **FIELDS)
    file = opened(netcdf(answer))
    assert file.variables["quantile"][:].tolist() == [0.05, 0.25, 0.5, 0.75, 0.95]
    assert file.variables["wages"].dimensions == ("quantile", "period")
    wanted = answer.payload["statistics"]["mean"]["wages"][1:]
    assert file.variables["wages_mean"][1:].tolist() == wanted


def test_netcdf_of_one_path_and_with_dates() -> None:
    answer = model_run("us_debt", periods=3)
    file = opened(netcdf(answer))
    assert file.variables["debt"].dimensions == ("period",)
    if answer.payload.get("dates"):
        assert b"".join(file.variables["date"][0]).decode().strip() == answer.payload["dates"][0]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert netcdf(model_run("sim", **FIELDS)) == netcdf(model_run("sim", **FIELDS))


def test_a_long_run_has_no_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 1e4)
    answer = model_run("sim", periods=4, paths=3000, draws=[DRAW], store=False)
    for write in (paths_of, paths_csv, lambda a: netcdf(a, paths=True)):
        with pytest.raises(InputError, match="not there") as caught:
            write(answer)
        assert caught.value.codes == ("U501",)
    assert opened(netcdf(answer)).variables["money_mean"][:].shape == (5,)


def test_a_variable_called_path_has_no_csv_of_paths(tmp_path) -> None:
    text = tmp_path / "paths.model"
    text.write_text("given a = 1 let path = a + path(-1) start path = 0", "utf-8")
    with pytest.raises(InputError, match="a variable is called 'path'"):
        paths_csv(model_run(str(text), periods=2))
