"""Long runs: the digits of a run at once, whatever the pieces, threads, stops and starts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from creditor.errors import InputError
from creditor.scenario import long, store
from creditor.scenario.long import hash_of, head_of, is_long, key_of, run_any
from creditor.scenario.run import Run, carry_out, plan_run
from creditor.scenario.scenario import Scenario, make_scenario
from creditor.scenario.wishes import Listener, Progress, Stopped, Wishes

DRAW = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 2.0)}
ASKED = ["wages > 100"]


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own, and pieces of two chunks."""
    monkeypatch.setenv("CREDITOR_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(long, "LONG", 1e5)
    monkeypatch.setattr(long, "MOST", 2)
    monkeypatch.setattr(long, "STEP", 0.0)
    monkeypatch.setattr(long, "SHARE", 1e9)
    return tmp_path / "data"


def scenario(paths: int = 9000, **fields: object) -> Scenario:
    return make_scenario(model="sim", periods=4, paths=paths, draw=[DRAW], **fields)


def same(one: Run, other: Run) -> bool:
    a, b = one.statistics, other.statistics
    parts = [(a.mean, b.mean), (a.deviation, b.deviation), (a.shares, b.shares), (a.low, b.low)]
    parts += [(a.quantiles[q], b.quantiles[q]) for q in a.quantiles]
    parts += [(a.errors[name], b.errors[name]) for name in a.errors]
    equal = all(np.array_equal(x, y, equal_nan=True) for x, y in parts)
    return equal and one.result.certificate == other.result.certificate and one.findings == other.findings


def stopping(after: int) -> Listener:
    """Ctrl-C after so many paths."""

    def heard(progress: Progress) -> None:
        if progress.done >= after:
            raise KeyboardInterrupt

    return Listener(heard)


@pytest.mark.parametrize(("antithetic", "sobol"), [(False, False), (True, False), (False, True)])
def test_a_long_run_has_the_digits_of_a_run_at_once(antithetic: bool, sobol: bool) -> None:
    made = scenario(antithetic=antithetic, sobol=sobol)
    whole = carry_out(plan_run(made, asked=ASKED))
    found = run_any(made, asked=ASKED, wishes=Wishes(store=False))
    one, other = whole.statistics, found.statistics
    for a, b in ((one.mean, other.mean), (one.deviation, other.deviation), (one.shares, other.shares)):
        assert np.array_equal(a, b, equal_nan=True)
    assert np.array_equal(one.errors["mean"], other.errors["mean"], equal_nan=True)
    for share, values in other.quantiles.items():
        away = np.abs(values - one.quantiles[share])
        assert (away <= other.within[share])[~np.isnan(away)].all()
    assert whole.result.certificate == found.result.certificate
    assert found.result.values.shape[2] == 0 and found.provenance == whole.provenance
    assert [f.place for f in found.findings] == [f.place for f in whole.findings]


def test_threads_pieces_and_stops_change_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run_any(scenario(), asked=ASKED, wishes=Wishes(store=False, threads=1))
    assert same(whole, run_any(scenario(), asked=ASKED, wishes=Wishes(store=False, threads=2)))
    with pytest.raises(Stopped, match=r"4,096 of 9,000 paths are kept.*creditor runs resume [0-9a-f]{12}"):
        run_any(scenario(), asked=ASKED, wishes=Wishes(listener=stopping(4096)))
    said: list[str] = []
    monkeypatch.setattr(long, "MOST", 3)
    again = run_any(scenario(), asked=ASKED, wishes=Wishes(listener=Listener(warn=said.append)))
    assert same(whole, again) and "goes on from path 4,096" in said[0]


def test_a_finished_run_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run_any(scenario())

    def refuse(*_: object) -> None:
        raise AssertionError("it was run again")

    monkeypatch.setattr(long, "run", refuse)
    assert same(whole, run_any(scenario()))


def test_what_is_damaged_is_begun_anew_with_a_word(small: Path) -> None:
    whole = run_any(scenario())
    key = key_of(plan_run(scenario()))
    for path in (small / "runs" / key).glob("*.npz"):
        path.write_bytes(b"broken")
    said: list[str] = []
    assert same(whole, run_any(scenario(), wishes=Wishes(listener=Listener(warn=said.append))))
    assert "begins anew" in said[0]


def test_a_full_disk_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run_any(scenario(), wishes=Wishes(store=False))

    def full(*_: object) -> None:
        raise InputError(store.damaged("x", "No space left on device"))

    monkeypatch.setattr(store, "write_file", full)
    said: list[str] = []
    assert same(whole, run_any(scenario(), wishes=Wishes(listener=Listener(warn=said.append))))
    assert "S735" in said[0] and "No space left" in said[0] and len(said) == 1


def test_a_home_that_cannot_be_written_runs_without_a_store(small: Path) -> None:
    small.write_text("a file in the way")
    said: list[str] = []
    assert run_any(scenario(), wishes=Wishes(listener=Listener(warn=said.append))).statistics.paths == 9000
    assert "not kept" in said[0]
    with pytest.raises(InputError) as caught:
        run_any(scenario(), wishes=Wishes(store=True))
    assert caught.value.codes == ("S735",)


def test_a_run_that_another_process_has_is_refused() -> None:
    plan = plan_run(scenario())
    with store.Keeper(key_of(plan), head_of(plan)), pytest.raises(InputError) as caught:
        run_any(scenario())
    assert caught.value.codes == ("S733",)


def test_more_than_fits_says_what_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LARGEST", 3e6)
    with pytest.raises(InputError, match=r"keep at most \d+ of them"):
        run_any(scenario())
    monkeypatch.setattr(long, "LARGEST", 2e5)
    with pytest.raises(InputError, match=r"keep one variable .* at most \d periods") as caught:
        run_any(scenario())
    assert caught.value.codes == ("S701",)


@pytest.mark.parametrize("paths", [0, 10**12])
def test_no_paths_and_too_many_are_named(paths: int) -> None:
    with pytest.raises(InputError, match="paths") as caught:
        scenario(paths)
    assert caught.value.codes == ("S701",)


def test_what_is_long_and_what_names_it() -> None:
    assert is_long(plan_run(scenario())) and not is_long(plan_run(scenario(1024)))
    one, other = plan_run(scenario()), plan_run(scenario(keep=["money"]))
    assert hash_of(one) == hash_of(other) and key_of(one) != key_of(other)
    assert key_of(plan_run(scenario(), asked=ASKED)) != key_of(one)
    assert head_of(one)["scenario"]["paths"] == 9000


def test_openings_count_where_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "LONG", 2.5e8)
    few = make_scenario(model="sim", periods=1, paths=2_000_000, keep=["money"])
    assert plan_run(few).size < 2.5e8 and is_long(plan_run(few))
