"""Settlement of random small models: refused by name where union-find says so, else the books close in every period."""

from __future__ import annotations

import itertools
import re
from collections import Counter

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditor.engine.program import compile_model
from creditor.engine.reference import reference
from creditor.engine.run import Inputs, run
from creditor.equations.accounts import edges
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.parse import parse
from creditor.errors import InputError

Flow = tuple[str, str, str, str]  # name, payer, payee, equation or nothing
PERIODS = 5


class Groups:
    """Union-find by plain sets."""

    def __init__(self, members: list[str]) -> None:
        self.sets = [{member} for member in members]

    def of(self, member: str) -> set[str]:
        return next(group for group in self.sets if member in group)

    def join(self, one: str, other: str) -> bool:
        """Whether the two were apart."""
        first, second = self.of(one), self.of(other)
        if first is second:
            return False
        self.sets = [group for group in self.sets if group is not second]
        first |= second
        return True


NUMBERS = st.integers(-20, 20).map(lambda n: str(n) if n >= 0 else f"(0 - {-n})")


@st.composite
def models(draw: st.DrawFn) -> tuple[list[str], list[Flow], str]:
    """Sectors, payments in the order of settlement, and the text."""
    sectors = [f"s{i}" for i in range(draw(st.integers(2, 5)))]
    pairs = list(itertools.permutations(sectors, 2))
    lines, flows = ["sector " + ", ".join(sectors)], []
    claims = draw(st.lists(st.sampled_from(pairs), max_size=5))
    names = [f"k{i}" for i in range(len(claims))]
    for name, (issuer, holder) in zip(names, claims, strict=True):
        priced = draw(st.booleans())
        price = f" at p_{name}" if priced else ""
        lines += [f"given p_{name} = {draw(st.integers(1, 5))}"] * priced
        lines.append(f"claim {name}: {issuer} owes {holder}{price}")
        lines.append(f"start {name} = {draw(st.integers(0, 100))}")
        if draw(st.booleans()):
            lines.append(f"write off {name} = 0.125 * {name}(-1)")
        equation = ""
        if draw(st.booleans()):
            equation = draw(st.sampled_from([f"0.5 * {name}(-1) + {draw(NUMBERS)}", draw(NUMBERS)]))
            lines.append(f"hold {name} by {holder} = {equation}")
        flows.append((name, holder, issuer, equation))
    for number, (payer, payee) in enumerate(draw(st.lists(st.sampled_from(pairs), max_size=6))):
        choices = ["", draw(NUMBERS), *(f"0.25 * {name}(-1)" for name in names)]
        choices += [f"{draw(NUMBERS)} + 0.25 * {other[0]}" for other in flows]
        equation = draw(st.sampled_from(choices))
        name = f"t{number}"
        lines.append(f"transaction {name}: {payer} -> {payee}" + (f" = {equation}" if equation else ""))
        flows.append((name, payer, payee, equation))
    return sectors, flows, "\n".join(lines)


def expected(sectors: list[str], flows: list[Flow]) -> tuple[list[str], list[tuple[set[str], set[str]]]]:
    """Cells that close a circle, and for each declared part its settled parts but the largest with what crosses."""
    settled, declared, closing = Groups(sectors), Groups(sectors), []
    for name, payer, payee, equation in flows:
        declared.join(payer, payee)
        if not equation and not settled.join(payer, payee):
            closing.append(name)
    unsettled = []
    for whole in declared.sets:
        parts = sorted((group for group in settled.sets if group <= whole), key=len)
        for part in parts[:-1]:
            unsettled.append((part, {name for name, a, b, _ in flows if (a in part) != (b in part)}))
    return closing, unsettled


def check_refusal(error: InputError, sectors: list[str], flows: list[Flow]) -> None:
    closing, unsettled = expected(sectors, flows)
    ends = {name: (payer, payee) for name, payer, payee, _ in flows}
    circles = [trouble for trouble in error.troubles if trouble.code == "E612"]
    alone = [trouble for trouble in error.troubles if trouble.code == "E613"]
    assert len(circles) + len(alone) == len(error.troubles)
    assert [re.findall(r"\w+", t.what.split(":")[1])[-1] for t in circles] == closing
    for trouble in circles:
        names = re.findall(r"\w+", trouble.what.split(":")[1])
        degrees = Counter(end for name in names for end in ends[name])
        assert set(degrees.values()) == {2}
        assert set(re.findall(r"s\d", trouble.why)) == set(degrees)
    assert Counter(len(part) for part, _ in unsettled) == Counter(int(t.what.split()[0]) for t in alone)
    settled = Groups(sectors)
    for _, payer, payee, equation in flows:
        if not equation:
            settled.join(payer, payee)
    for trouble in alone:
        part = set(re.findall(r"s\d", trouble.what.split(":")[0].split(".")[1]))
        assert part in settled.sets
        crossing = {name for name, (a, b) in ends.items() if (a in part) != (b in part)}
        assert set(re.findall(r"\w+", trouble.why.split(":")[1])) == crossing
        others = {end for name in crossing for end in ends[name]} - part
        assert set(re.findall(r"s\d", trouble.what.split(" and ")[1])) == others


def check_run(text: str, flows: list[Flow]) -> None:
    model = elaborate(draft(parse(text)))
    assert set(model.settled.values()) == {name for name, _, _, equation in flows if not equation}
    result = run(compile_model(model), Inputs(PERIODS, machine="numpy"))
    values = result.values[:, :, 0]
    everything = edges(model)
    largest = max((float(abs(values[e.payment, 1:]).max()) for e in everything), default=0.0)
    for party in model.sectors:
        balance = sum(
            (int(e.payee == party) - int(e.payer == party)) * values[e.payment, 1:] for e in everything
        )
        assert (np.abs(balance) <= 1e-12 * max(largest, 1.0)).all(), party
        stocks = np.zeros(PERIODS + 1)
        for cell in model.claims:
            price = 1.0 if cell.price is None else values[cell.price]
            stocks += ((cell.holder == party) - int(cell.issuer == party)) * values[cell.slot] * price
        flow = values[model.slot(f"net_worth.{party[0]}")]
        assert np.allclose(flow, stocks, rtol=1e-10, atol=1e-9)
    opening = {slot: float(value) for slot, value in enumerate(values[:, 0]) if np.isfinite(value)}
    twin = reference(model, opening, PERIODS)
    for slot in model.equations:
        ours, theirs = values[slot, 1:], np.array([state[slot] for state in twin[1:]])
        assert np.allclose(ours, theirs, rtol=1e-10, atol=1e-10 * max(largest, 1.0)), model.title(slot)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(models())
def test_random_models_are_refused_by_name_or_close_their_books(
    made: tuple[list[str], list[Flow], str],
) -> None:
    sectors, flows, text = made
    closing, unsettled = expected(sectors, flows)
    if closing or unsettled:
        try:
            elaborate(draft(parse(text)))
        except InputError as error:
            check_refusal(error, sectors, flows)
            return
        raise AssertionError("the budgets do not decide this model, and it was taken")
    check_run(text, flows)


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], list[Flow], str]:
    """Models whose settled items form a tree, so that all of them run."""
    sectors = [f"s{i}" for i in range(draw(st.integers(2, 5)))]
    lines, flows = ["sector " + ", ".join(sectors)], []
    pairs = [(sectors[draw(st.integers(0, i - 1))], sectors[i]) for i in range(1, len(sectors))]
    for number, pair in enumerate(pairs):
        one, other = pair if draw(st.booleans()) else pair[::-1]
        if draw(st.booleans()):
            lines.append(f"transaction u{number}: {one} -> {other}")
            flows.append((f"u{number}", one, other, ""))
            continue
        price = draw(st.sampled_from(["", " at p"]))
        lines.append(
            f"claim u{number}: {other} owes {one}{price} start u{number} = {draw(st.integers(0, 9))}"
        )
        lines += [f"write off u{number} = 0.25 * u{number}(-1)"] * draw(st.booleans())
        lines += [f"redeem u{number} = 0.125 * u{number}(-1) at 1"] * draw(st.booleans())
        flows.append((f"u{number}", one, other, ""))
    for number in range(draw(st.integers(1, 8))):
        one, other = draw(st.permutations(sectors))[:2]
        rate = draw(st.sampled_from(["", " + 0.125 * u0", " - 0.125 * change(u0)", " + 0.125 * u0(-1)"]))
        equation = f"{draw(NUMBERS)}{rate}"
        lines.append(f"transaction t{number}: {one} -> {other} = {equation}")
        flows.append((f"t{number}", one, other, equation))
    return (
        sectors,
        flows,
        "\n".join([*lines, "given p = 2", "start u0 = 1" if "start u0" not in "".join(lines) else ""]),
    )


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(trees())
def test_whatever_the_tree_the_books_close_and_the_twin_agrees(
    made: tuple[list[str], list[Flow], str],
) -> None:
    sectors, flows, text = made
    assert expected(sectors, flows) == ([], [])
    check_run(text, flows)
