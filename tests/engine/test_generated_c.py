"""Tests of generated C: it has the engine's bits; without gcc they are skipped and counted."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from creditor.engine.generated_c import FLAGS, to_c
from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model
from creditor.equations.model import Model

PERIODS, PATHS = 12, 70
needs_gcc = pytest.mark.skipif(not shutil.which("gcc"), reason="gcc is not installed")


def _compiled(model: Model, folder: Path, *more: str) -> ctypes.CDLL:
    source, library = folder / "model.c", folder / "model.so"
    source.write_text(to_c(model))
    strict = ("-Wall", "-Wextra", "-Werror")
    subprocess.run(
        ["gcc", *FLAGS, *strict, *more, "-shared", "-fPIC", "-o", library, source, "-lm"], check=True
    )
    return ctypes.CDLL(str(library))


def _ran(
    library: ctypes.CDLL, slots: int, series: dict[int, np.ndarray], paths: int = PATHS, threads: int = 1
) -> tuple[int, np.ndarray, list[int]]:
    count, pointer = len(series), ctypes.c_void_p
    arrays = [np.ascontiguousarray(values) for values in series.values()]
    out, where = np.full((slots, PERIODS + 1, paths), -7.0), (ctypes.c_long * 3)()
    code = library.creditor_run(
        ctypes.c_long(PERIODS),
        ctypes.c_long(paths),
        None,
        ctypes.c_long(1),
        count,
        (ctypes.c_int * count)(*series),
        (pointer * count)(*(array.ctypes.data for array in arrays)),
        (ctypes.c_int * count)(*(int(array.ndim == 2) for array in arrays)),
        slots,
        (ctypes.c_int * slots)(*range(slots)),
        out.ctypes.data_as(pointer),
        threads,
        where,
    )
    return code, out, list(where)


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    missing = np.isnan(one)
    return (
        bool((missing == np.isnan(other)).all())
        and np.nan_to_num(one).tobytes() == np.nan_to_num(other).tobytes()
    )


@needs_gcc
@pytest.mark.parametrize("name", ["pc", "insout", "growth", "openflex"])
def test_generated_c_has_the_bits_of_the_engine(name: str, tmp_path: Path) -> None:
    model = load_model(name)
    first, second = [slot for slot, number in model.givens.items() if number][:2]
    factor = 1 + 0.002 * np.random.default_rng(3).standard_normal((PERIODS, PATHS))
    series = {first: model.givens[first] * factor, second: model.givens[second] * factor[:, 0]}
    code, found, _ = _ran(_compiled(model, tmp_path), len(model.slots), series)
    wanted = run(compile_model(model), Inputs(PERIODS, PATHS, series, machine="numpy")).values
    assert code == 0
    assert np.ptp(wanted[:, -1], axis=1).max() > 0
    assert _same(found, wanted)


@needs_gcc
def test_loops_over_labels_and_threads_do_not_change_the_bits(tmp_path: Path) -> None:
    model = load_model(str(Path(__file__).parents[1] / "equations" / "small_world.model"))
    library = _compiled(model, tmp_path, "-fopenmp")
    one, two = (_ran(library, len(model.slots), {}, 130, threads)[1] for threads in (1, 2))
    assert _same(one, run(compile_model(model), Inputs(PERIODS, 130, machine="numpy")).values)
    assert _same(one, two)


@needs_gcc
@pytest.mark.parametrize("text", ["cycle", "nonlinear"])
def test_blocks_and_functions_have_the_bits_of_the_engine(
    text: str, texts: dict[str, str], laid_out: Callable[[str], Program], tmp_path: Path
) -> None:
    program = laid_out(texts[text])
    code, found, _ = _ran(_compiled(program.model, tmp_path), program.slots, {}, 3)
    assert code == 0
    assert _same(found, run(program, Inputs(PERIODS, 3, machine="numpy")).values)


@needs_gcc
def test_what_newton_cannot_solve_is_said_with_its_place(
    texts: dict[str, str], laid_out: Callable[[str], Program], tmp_path: Path
) -> None:
    program = laid_out(texts["market"])
    code, _, where = _ran(_compiled(program.model, tmp_path), program.slots, {}, 3)
    assert (code, where) == (1, [1, 0, 0])


@needs_gcc
def test_the_program_writes_a_path_as_csv(tmp_path: Path) -> None:
    model = load_model("sim")
    source, program = tmp_path / "sim.c", tmp_path / "sim"
    source.write_text(to_c(model))
    subprocess.run(["gcc", *FLAGS, "-o", program, source, "-lm"], check=True)
    done = subprocess.run([program, "5"], check=True, capture_output=True, text=True)
    head, opening, *rows = done.stdout.splitlines()
    wanted = run(compile_model(model), Inputs(5)).series("money")[:, 0]
    column = head.replace('"', "").split(",").index("money")
    assert [float(row.split(",")[column]) for row in rows] == list(wanted[1:])
    assert opening.startswith("0,80,")
    assert subprocess.run([program, "0"], check=False, capture_output=True).returncode == 2


def test_every_variable_has_its_name_and_every_given_its_number() -> None:
    model = load_model("pc")
    text = to_c(model)
    for slot in (*model.variables, *model.givens):
        assert f'"{model.title(slot)}"' in text
    assert "0.635" in text


def test_a_name_of_a_file_cannot_end_the_comment() -> None:
    model = load_model("sim")
    model.name = "x */ int evil; /*"
    first = to_c(model).splitlines()[0]
    assert "*/" not in first and first.startswith("/* x  int evil ")
