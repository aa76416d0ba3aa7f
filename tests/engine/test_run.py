"""Runs: the same bits for every engine, number of threads and size of chunks."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.engine.certificate import worse
from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run, size_of
from creditor.equations.load import closed_models, load_model
from creditor.errors import InputError, NoSolutionError

PERIODS, PATHS = 25, 130


def varied(model, seed: int = 1) -> dict[int, np.ndarray]:
    """The first given that may change, differently on each path; the second over time only."""
    chance = np.random.default_rng(seed)
    slots = [slot for slot, number in model.givens.items() if number][:2]
    givens = {}
    for slot, shape in zip(slots, [(PERIODS, PATHS), (PERIODS,)], strict=False):
        givens[slot] = model.givens[slot] * (1 + 0.002 * chance.standard_normal(shape))
    return givens


@pytest.mark.parametrize("name", closed_models())
def test_every_model_of_the_library_has_the_same_bits_in_every_engine(name: str, same, compiled) -> None:
    model = load_model(name)
    program = compile_model(model)
    givens = varied(model)
    one = run(program, Inputs(PERIODS, PATHS, givens, machine="numpy"))
    for machine in ("numba", "fused"):
        other = run(program, Inputs(PERIODS, PATHS, givens, machine=machine))  # type: ignore[arg-type]
        assert same(one.values, other.values)
        assert one.certificate == other.certificate


def test_the_gauge_has_the_same_bits_in_every_engine(pytestconfig, same, compiled) -> None:
    model = load_model(str(pytestconfig.rootpath / "benchmarks/big.model"))
    program = compile_model(model)
    chance = np.random.default_rng(1)
    givens = {model.slot("neutral_rate"): 0.03 + 0.01 * chance.standard_normal((3, 3))}
    one = run(program, Inputs(3, 3, givens, machine="numpy"))
    assert one.values.shape == (len(model.slots), 4, 3)
    assert len({one.values[:, 3, path].tobytes() for path in range(3)}) == 3
    for machine in ("numba", "fused"):
        other = run(program, Inputs(3, 3, givens, machine=machine))  # type: ignore[arg-type]
        assert same(one.values, other.values), machine
        assert one.certificate == other.certificate


@pytest.mark.parametrize("text", ["market", "cycle", "nonlinear"])
def test_blocks_have_the_same_bits_in_both_engines(text: str, texts, ran, same, compiled) -> None:
    one, *others = (ran(texts[text], 8, paths=3, machine=machine) for machine in ("numpy", "numba", "fused"))
    assert all(same(one.values, other.values) for other in others)


@pytest.mark.parametrize("machine", ["numpy", "numba", "fused"])
def test_threads_and_chunks_change_nothing(machine: str, same) -> None:
    if machine != "numpy":
        pytest.importorskip("numba")
    model = load_model("openflex")
    program, givens = compile_model(model), varied(model)
    results = [
        run(program, Inputs(PERIODS, PATHS, givens, machine=machine, threads=threads, chunk=chunk))  # type: ignore[arg-type]
        for threads, chunk in [(1, None), (2, None), (2, 50), (3, 64)]
    ]
    for other in results[1:]:
        assert same(results[0].values, other.values)
        assert results[0].certificate == other.certificate


@pytest.mark.parametrize("machine", ["numpy", "numba"])
def test_a_path_alone_is_the_path_among_others(machine: str, same) -> None:
    if machine == "numba":
        pytest.importorskip("numba")
    model = load_model("openflex")
    program, givens = compile_model(model), varied(model)
    together = run(program, Inputs(PERIODS, PATHS, givens, machine=machine)).values  # type: ignore[arg-type]
    for path in (0, 64, 129):
        own = {slot: v if v.ndim == 1 else v[:, [path]] for slot, v in givens.items()}
        alone = run(program, Inputs(PERIODS, 1, own, machine=machine)).values  # type: ignore[arg-type]
        assert same(alone[:, :, 0], together[:, :, path])


def test_only_what_is_asked_for_is_kept(ran, laid_out, texts) -> None:
    slot = laid_out(texts["cycle"]).model.slot("wealth")
    whole, part = ran(texts["cycle"], 4), ran(texts["cycle"], 4, keep=[slot])
    assert part.values.shape == (1, 5, 1)
    assert part.series("wealth").tolist() == whole.series("wealth").tolist()
    with pytest.raises(KeyError, match="income was not kept"):
        part.series("income")


def test_starts_and_givens_replace_those_of_the_text(ran, laid_out) -> None:
    text = "given a = 2 let b = a + b(-1) start b = 1"
    model = laid_out(text).model
    starts = {model.slot("b"): np.array([0.0, 10.0])}
    result = ran(text, 2, paths=2, givens={model.slot("a"): np.array([1.0, 5.0])}, starts=starts)
    assert result.series("b").tolist() == [[0.0, 10.0], [1.0, 11.0], [6.0, 16.0]]


def test_a_run_that_would_not_fit_is_refused_from_python_too():
    model = load_model("insout")
    program = compile_model(model)
    size = size_of(program.slots, 1000, 100_000)
    assert size == 8.0 * 100_000 * program.slots * 1001
    with pytest.raises(InputError) as caught:
        run(program, Inputs(1000, 100_000))
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where) == ("S701", "Inputs.keep")
    assert f"{size / 1e9:,.1f} GB" in trouble.what and "keep fewer" in trouble.mend
    drawn = {slot: np.broadcast_to(0.0, (1000, 600_000)) for slot in list(model.givens)[:2]}
    with pytest.raises(InputError):  # series that differ by path count too
        run(program, Inputs(1000, 600_000, drawn, keep=[0]))


@pytest.mark.parametrize("machine", ["numpy", "numba"])
def test_a_part_of_a_longer_run_is_counted_there(machine: str, same) -> None:
    if machine == "numba":
        pytest.importorskip("numba")
    model = load_model("openflex")
    program, givens = compile_model(model), varied(model)
    whole = run(program, Inputs(PERIODS, PATHS, givens, machine=machine))  # type: ignore[arg-type]
    parts = {slot: series[:, 64:] if series.ndim == 2 else series for slot, series in givens.items()}
    part = run(program, Inputs(PERIODS, PATHS - 64, parts, machine=machine, first=64, whole=PATHS))  # type: ignore[arg-type]
    first = {slot: series[:, :64] if series.ndim == 2 else series for slot, series in givens.items()}
    begun = run(program, Inputs(PERIODS, 64, first, machine=machine))  # type: ignore[arg-type]
    assert same(whole.values[:, :, 64:], part.values)
    assert whole.worst == tuple(worse(one, two) for one, two in zip(begun.worst, part.worst, strict=True))


def test_a_path_that_fails_is_named_by_its_number_in_the_longer_run(laid_out) -> None:
    program = laid_out("given a = 1 let b = 1 / a")
    bad = np.ones((2, 3))
    bad[1, 2] = 0.0
    with pytest.raises(NoSolutionError, match="period 2, path 1026"):
        run(program, Inputs(2, 3, {program.model.slot("a"): bad}, first=1024))


def test_a_part_of_a_long_run_takes_what_an_earlier_part_has_made(laid_out, texts, same, compiled) -> None:
    from creditor.engine.compiled import load
    from creditor.engine.run import _kernel

    program = laid_out(texts["cycle"])
    before = run(program, Inputs(8, 3)).values
    load(program, fused=True)
    part = Inputs(8, 3, whole=10_000_000)
    assert _kernel(program, part) is not None
    assert set(program.flat) == {"fused"}  # the rows were not laid out for it
    assert same(before, run(program, part).values)
