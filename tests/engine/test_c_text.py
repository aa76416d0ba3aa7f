"""Tests of the fixed text of generated C."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from creditor.engine.c_text import HEAD, functions
from creditor.engine.functions import exponential, logarithm, power
from creditor.engine.generated_c import FLAGS

EXPORTED = """
void all(long n, const double *x, const double *y, double *out)
{
    for (long i = 0; i < n; i++) {
        out[i] = exponential(x[i]);
        out[n + i] = logarithm(x[i]);
        out[2 * n + i] = power(x[i], y[i]);
    }
}
"""


def test_the_constants_are_those_of_the_engine() -> None:
    text = functions()
    assert "1.4426950408889634" in text
    assert text.count("series = series * r + ") == 11


@pytest.mark.skipif(not shutil.which("gcc"), reason="gcc is not installed")
def test_functions_in_c_have_the_bits_of_the_engine(tmp_path: Path) -> None:
    source, library = tmp_path / "f.c", tmp_path / "f.so"
    source.write_text(HEAD + functions() + EXPORTED)
    subprocess.run(["gcc", *FLAGS, "-shared", "-fPIC", "-o", library, source, "-lm"], check=True)
    chance = np.random.default_rng(7)
    x = np.concatenate([chance.normal(0, 50, 5000), 10.0 ** chance.uniform(-320, 308, 5000)])
    x = np.concatenate([x, [0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -1.0, 709.8, -745.2]])
    y = np.concatenate([chance.choice([0.5, 2.0, -3.0, 0.3, 65.0, -0.7, 0.0], len(x) - 1), [np.nan]])
    out = np.empty((3, len(x)))
    pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (x, y, out)]
    ctypes.CDLL(str(library)).all(ctypes.c_long(len(x)), *pointers)
    with np.errstate(all="ignore"):
        wanted = np.array([exponential(x), logarithm(x), power(x, y)])
    assert (np.isnan(out) == np.isnan(wanted)).all()
    assert np.nan_to_num(out).tobytes() == np.nan_to_num(wanted).tobytes()
