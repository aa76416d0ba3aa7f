"""Draws: published Philox vectors, numbers by address, quantiles and moments of the distributions."""

from __future__ import annotations

from decimal import Decimal, getcontext

import numpy as np
import pytest
from scipy import special, stats

from creditor.engine.draws import Draw, autocorrelated, name_key, normal, philox, uniform
from creditor.errors import InputError

PATHS, PERIODS = np.arange(40), np.arange(1, 26)
ONES = 0xFFFFFFFF
# Random123 1.14, file tests/kat_vectors, lines "philox4x32 10": counter, key, result
VECTORS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
KINDS = [("normal", (0.5, 2.0)), ("uniform", (-1.0, 3.0)), ("t", (5.0, 0.5, 2.0))]


def words(*numbers: int) -> tuple[np.ndarray, ...]:
    return tuple(np.full(3, number, dtype=np.uint32) for number in numbers)


def plain_philox(counter: tuple[int, ...], key: tuple[int, int]) -> tuple[int, ...]:
    """The same in Python's whole numbers."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        one, two = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (two >> 32) ^ c1 ^ k0, two & ONES, (one >> 32) ^ c3 ^ k1, one & ONES
        k0, k1 = (k0 + 0x9E3779B9) & ONES, (k1 + 0xBB67AE85) & ONES
    return c0, c1, c2, c3


@pytest.mark.parametrize(("counter", "key", "result"), VECTORS)
def test_published_vectors(counter, key, result):
    assert [word.tolist() for word in philox(words(*counter), key)] == [[number] * 3 for number in result]


def test_any_counter_and_key_as_in_whole_numbers():
    numbers = np.random.default_rng(3).integers(0, 2**32, (50, 6), dtype=np.uint64).tolist()
    for c0, c1, c2, c3, k0, k1 in numbers:
        found = philox(words(c0, c1, c2, c3), (k0, k1))
        assert tuple(int(word[0]) for word in found) == plain_philox((c0, c1, c2, c3), (k0, k1))


def test_counter_and_key_are_where_they_are_said_to_be():
    seed = (7 << 32) | 5
    (found,) = uniform((seed, 11), np.array([3]), np.array([4]), 2)
    a, b, _, _ = plain_philox((3, 7, 4, 2), (5, 11))
    assert found.tolist() == [((a >> 6) * 2**26 + (b >> 6) + 0.5) / 2**52]


@pytest.mark.parametrize(("kind", "parameters"), KINDS)
def test_a_subset_of_paths_or_periods_has_the_same_numbers(kind, parameters):
    draw = Draw("x", kind, parameters)
    whole = draw.numbers(9, PATHS, PERIODS)
    assert whole.shape == (25, 40) and len(np.unique(whole)) == whole.size
    some, few = np.array([31, 2, 2, 39]), np.array([25, 7])
    assert np.array_equal(draw.numbers(9, some, few), whole[np.ix_(few - 1, some)])
    alone = draw.numbers(9, np.array([17]), np.array([13]))
    assert alone.tolist() == [[whole[12, 17]]]


@pytest.mark.parametrize(("kind", "parameters"), KINDS)
def test_another_name_seed_or_kind_gives_other_numbers(kind, parameters):
    first = Draw("x", kind, parameters).numbers(9, PATHS, PERIODS)
    others = [
        Draw("y", kind, parameters).numbers(9, PATHS, PERIODS),
        Draw("x", kind, parameters).numbers(10, PATHS, PERIODS),
        Draw("x", kind, parameters).numbers(9 + 2**32, PATHS, PERIODS),
        Draw("x", kind, parameters).numbers(9 + 2**63, PATHS, PERIODS),
    ]
    for other in others:
        assert not np.isin(other, first).any()
        assert abs(np.corrcoef(first.ravel(), other.ravel())[0, 1]) < 0.12  # 1,000 pairs: 3.8 deviations


def test_a_high_seed_does_not_meet_another_number_of_the_same_draw():
    for index in (1, 2, 3):
        low = uniform((5, 1), PATHS, PERIODS, index)
        high = uniform((5 | index << 32, 1), PATHS, PERIODS, 0)
        assert not np.isin(low, high).any()


def test_numbers_lie_strictly_between_the_ends():
    numbers = uniform((1, 2), np.arange(2000), np.arange(1, 101), 0)
    assert numbers.min() > 0 and numbers.max() < 1


@pytest.mark.parametrize("word", [0, ONES])
def test_the_extreme_words_give_finite_numbers(monkeypatch, word):
    monkeypatch.setattr(
        "creditor.engine.draws.philox", lambda counter, key: (counter[0] * 0 + np.uint32(word),) * 4
    )
    numbers = uniform((1, 2), PATHS, PERIODS, 0)
    assert 0 < numbers.min() == numbers.max() < 1
    assert np.isfinite(normal(numbers)).all()


def cumulative(x: Decimal) -> Decimal:
    """The normal distribution function by its series, to 45 digits."""
    total = term = x
    count = 1
    while abs(term) > Decimal(10) ** -48:
        term = term * x * x / (2 * count + 1)
        total, count = total + term, count + 1
    return Decimal("0.5") + total * density(x)


def density(x: Decimal) -> Decimal:
    pi = Decimal("3.14159265358979323846264338327950288419716939937511")
    return (-x * x / 2).exp() / (2 * pi).sqrt()


def exact_quantile(probability: float) -> Decimal:
    x = Decimal(float(special.ndtri(probability)))
    for _ in range(2):
        x -= (cumulative(x) - Decimal(probability)) / density(x)
    return x


def test_normal_quantiles_are_exact_to_1e_15():
    getcontext().prec = 50
    tails = [1e-9, 1e-6, 1e-4, 0.0745, 0.0755, 0.4249, 0.5750001, 0.9251, 0.9999, 1 - 2.0**-30]
    probabilities = np.array([*np.linspace(0.003, 0.997, 160), *tails])
    for probability, found in zip(probabilities, normal(probabilities), strict=True):
        exact = exact_quantile(float(probability))
        assert abs(Decimal(float(found)) - exact) <= Decimal("1e-15") * abs(exact)


def test_normal_quantiles_agree_with_scipy():
    below = 10.0 ** np.linspace(-16, -1.2, 4001)
    probabilities = np.concatenate([np.linspace(1e-3, 0.999, 20_000), below, 1 - below[below > 1e-15]])
    ours, theirs = normal(probabilities), special.ndtri(probabilities)
    apart = np.abs(ours - theirs)[theirs != 0] / np.abs(theirs[theirs != 0])
    assert apart.max() <= 1.5e-15  # each is right to about 6e-16
    assert np.mean(apart <= 1e-15) > 0.9995


def test_the_median_is_zero_and_both_sides_mirror_each_other():
    assert normal(np.array([0.5])).tolist() == [0.0]
    exact = np.arange(1, 512) / 1024
    assert np.array_equal(normal(exact), -normal(1 - exact))


def test_moments_and_distribution_of_normal_and_uniform():
    paths, periods = np.arange(1000), np.arange(1, 101)
    numbers = Draw("z", "normal", (2.0, 3.0)).numbers(1, paths, periods).ravel()
    assert numbers.mean() == pytest.approx(2, abs=4 * 3 / np.sqrt(1e5))
    assert numbers.std() == pytest.approx(3, rel=0.01)
    assert abs(stats.skew(numbers)) < 0.03 and abs(stats.kurtosis(numbers)) < 0.06
    assert stats.kstest(numbers, stats.norm(2, 3).cdf).pvalue > 1e-3
    flat = Draw("u", "uniform", (-1.0, 3.0)).numbers(1, paths, periods).ravel()
    assert flat.min() > -1 and flat.max() < 3
    assert stats.kstest(flat, stats.uniform(-1, 4).cdf).pvalue > 1e-3


@pytest.mark.parametrize("degrees", [1, 3, 30])
def test_student_t(degrees):
    draw = Draw("t", "t", (degrees, 1.0, 0.5))
    numbers = draw.numbers(4, np.arange(500), np.arange(1, 41)).ravel()
    assert stats.kstest(numbers, stats.t(degrees, 1.0, 0.5).cdf).pvalue > 1e-3


def test_periods_and_paths_are_not_correlated():
    numbers = Draw("x", "normal", (0.0, 1.0)).numbers(2, np.arange(400), np.arange(1, 201))
    assert abs(np.corrcoef(numbers[1:].ravel(), numbers[:-1].ravel())[0, 1]) < 0.015
    assert abs(np.corrcoef(numbers[:, 1:].ravel(), numbers[:, :-1].ravel())[0, 1]) < 0.015
    assert numbers.mean(axis=0).std() == pytest.approx(1 / np.sqrt(200), rel=0.15)


def test_a_spread_of_nothing_gives_the_mean():
    assert set(Draw("x", "normal", (2.5, 0.0)).numbers(1, PATHS, PERIODS).ravel()) == {2.5}
    assert set(Draw("x", "uniform", (2.5, 2.5)).numbers(1, PATHS, PERIODS).ravel()) == {2.5}


@pytest.mark.parametrize(
    ("kind", "parameters", "told"),
    [
        ("norml", (0, 1), "did you mean normal"),
        ("normal", (0,), "2 parameters, 1 are given"),
        ("normal", (0, 1, 2), "normal(mean, deviation)"),
        ("normal", (0, -1), "out of bounds"),
        ("uniform", (1, 0), "out of bounds"),
        ("t", (2.5, 0, 1), "whole number"),
        ("t", (0, 0, 1), "whole number"),
        ("t", (201, 0, 1), "whole number"),
        ("t", (5, 0, -1), "out of bounds"),
        ("normal", (float("nan"), 1), "out of bounds"),
        ("t", (float("inf"), 0, 1), "out of bounds"),
        ("uniform", (3.0, 1.0), "name the lower bound first"),
    ],
)
def test_distributions_that_cannot_be_used(kind, parameters, told):
    with pytest.raises(InputError) as caught:
        Draw("x", kind, parameters)
    assert caught.value.codes == ("S703",) and told in str(caught.value)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_out_of_range(seed):
    with pytest.raises(InputError, match="S703"):
        Draw("x", "normal", (0, 1)).numbers(seed, PATHS, PERIODS)


def test_keys_of_names_differ():
    names = [f"{word}[{label}]" for word in ("rate", "price", "x") for label in range(500)]
    assert len({name_key(name) for name in names}) == len(names)


# --- carried over, mirrored
def test_a_share_of_the_last_deviation_is_carried_over():
    numbers = np.array([[3.0, 1.0], [2.0, 2.0], [2.0, 5.0]])
    found = autocorrelated(numbers, 0.5, 2.0)
    assert found.tolist() == [[3.0, 1.0], [2.5, 1.5], [2.25, 4.75]]
    assert autocorrelated(numbers, 0.0, 2.0) is numbers


def test_autocorrelation_and_spread_are_those_of_the_process():
    draw = Draw("x", "normal", (1.0, 2.0))
    found = autocorrelated(draw.numbers(5, np.arange(400), np.arange(1, 401)), 0.8, draw.mean)[100:]
    away = found - 1.0
    assert abs(away.mean()) < 0.1
    assert abs((away[1:] * away[:-1]).mean() / (away**2).mean() - 0.8) < 0.01
    assert abs(away.std() / (2.0 / np.sqrt(1 - 0.64)) - 1) < 0.02


@pytest.mark.parametrize(
    ("kind", "parameters", "mean"),
    [("normal", (3.0, 2.0), 3.0), ("uniform", (1.0, 4.0), 2.5), ("t", (4, 1.0, 2.0), 1.0)],
)
def test_mirrored_paths_are_as_far_on_the_other_side(kind, parameters, mean):
    draw = Draw("x", kind, parameters)
    assert draw.mean == mean
    paths, periods = np.arange(10), np.arange(1, 30)
    pairs = draw.numbers(7, paths, periods, antithetic=True)
    assert np.allclose(pairs[:, 0::2] + pairs[:, 1::2], 2 * mean, rtol=0, atol=1e-12)
    plain = draw.numbers(7, np.arange(5), periods)
    assert pairs[:, 0::2].tolist() == plain.tolist()  # the first of a pair has the address k
    alone = draw.numbers(7, np.array([7]), periods, antithetic=True)
    assert alone[:, 0].tolist() == pairs[:, 7].tolist()
