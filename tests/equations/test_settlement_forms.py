"""Settlement of random worlds with two moneys, holders of different dimensions, long lags and assets that change hands.

What is settled is expanded here a second time, by hand, and joined by plain sets: a world is refused by the names
that these give, or runs with books that close, net worth by flows that is net worth by stocks, and a twin that agrees.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditor.engine.program import compile_model
from creditor.engine.reference import reference
from creditor.engine.run import Inputs, run
from creditor.equations.accounts import edges, show
from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.model import Model
from creditor.equations.parse import parse
from creditor.errors import InputError

PERIODS = 4
SECTORS = ("people[N]", "people[S]", "state[N]", "state[S]", "fund", "bank")
BASE = """
dimension country = N, S
sector people[country], state[country], fund, bank
currency of country worth rate
currency of world = USD
asset gold: state at gold_price
given rate[N] = 2, rate[S] = 0.5, gold_price[N] = 3, gold_price[S] = 12, tax[N] = 7, tax[S] = 30
transaction taxes: people -> state = tax
transaction fees: people -> fund = 0.125 * tax
transaction rent: fund -> bank = 0.25 * tax[S] in USD
start gold = 20
"""
FIXED = ("taxes", "fees", "rent")


@dataclass
class World:
    """A text, and what should be settled in it: title, and the two ends, in the order of settlement."""

    lines: list[str] = field(default_factory=list)
    joined: list[tuple[str, str]] = field(default_factory=list)
    settled: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, title: str, one: str, other: str, decided: bool) -> None:
        """An edge between two sectors."""
        self.joined.append((one, other))
        if not decided:
            self.settled.append((title, one, other))


CLAIMS = {
    "state owes people, fund": [
        ("people", [(f"[{c}, people]", f"people[{c}]", f"state[{c}]") for c in "NS"]),
        ("fund", [(f"[{c}, fund]", "fund", f"state[{c}]") for c in "NS"]),
    ],
    "fund owes people, bank": [
        ("people", [(f"[people, {c}]", f"people[{c}]", "fund") for c in "NS"]),
        ("bank", [("[bank]", "bank", "fund")]),
    ],
    "bank owes state[N], people[S]": [
        ("state", [("[state]", "state[N]", "bank")]),
        ("people", [("[people]", "people[S]", "bank")]),
    ],
    "bank owes fund": [("fund", [("", "fund", "bank")])],
}
PAYMENTS = {
    "fund -> bank": [("", "fund", "bank")],
    "people -> state": [(f"[{c}]", f"people[{c}]", f"state[{c}]") for c in "NS"],
    "state[N] -> state[S] for gold": [("", "state[N]", "state[S]")],
}
HELD = [
    "0.5 * {0}(-1) + 1",
    "0.25 * {0}(-3) + 0.5 * {0}(-2)",
    "0.5 * previous({0}) + 0.1 * change(change({0}(-1)))",
]
PAID = [
    "tax[N] in {money}",
    "0.5 * previous(tax[S] in {money})",
    "tax[S] in USD in {money} - tax[N](-5) in {money}",
]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world; in two of three what is settled is a tree, in the others it is left to chance."""
    world, tree = World(), draw(st.integers(0, 2)) > 0
    names = draw(st.lists(st.sampled_from(sorted(CLAIMS)), min_size=1, max_size=4))
    forms = [*names, *(["fund owes people, bank", "state owes people, fund"] if tree else [])]
    payments = draw(st.lists(st.sampled_from(sorted(PAYMENTS)), max_size=4))

    def is_decided(cells: list[tuple[str, str, str]], needed: bool) -> bool:
        """Whether a statement has an equation: by chance, but in a tree never where that closes a circle."""
        pairs = [(one, other) for _, one, other in (*world.settled, *cells)]
        free = len(groups(pairs)) == len(SECTORS) - len(pairs)
        return (not free or (not needed and draw(st.booleans()))) if tree else draw(st.booleans())

    for number, form in enumerate(forms):
        name = f"k{number}"
        world.lines += [f"claim {name}: {form}", f"start {name} = {draw(st.integers(1, 50))}"]
        world.lines += [f"start {name}(-{back}) = {draw(st.integers(1, 50))}" for back in (1, 2, 3)]
        for holder, cells in CLAIMS[form]:
            if decided := is_decided(cells, number >= len(names)):
                own = f"{name}[{holder}]" if len(CLAIMS[form]) > 1 else name
                world.lines.append(f"hold {name} by {holder} = {draw(st.sampled_from(HELD)).format(own)}")
            for labels, one, other in cells:
                world.add(name + labels, one, other, decided)
    for number, form in enumerate(payments):
        name, decided = f"t{number}", is_decided(PAYMENTS[form], False)
        money = {"fund": "world", "people": "country", "state[N]": "N"}[form.split(" ")[0]]
        value = f" = {draw(st.sampled_from(PAID)).format(money=money)}" if decided else ""
        world.lines.append(f"transaction {name}: {form}{value}")
        for labels, one, other in PAYMENTS[form]:
            world.add(name + labels, one, other, decided)
    if not any("for gold" in line for line in world.lines):
        world.lines.append("let gold = gold(-1)")
    world.joined += [
        *((f"people[{c}]", f"state[{c}]") for c in "NS"),
        *((f"people[{c}]", "fund") for c in "NS"),
    ]
    world.joined.append(("fund", "bank"))
    return world


def groups(pairs: list[tuple[str, str]]) -> list[set[str]]:
    found = [{sector} for sector in SECTORS]
    for one, other in pairs:
        first, second = (next(group for group in found if end in group) for end in (one, other))
        if first is not second:
            found.remove(second)
            first |= second
    return found


def closing(world: World) -> list[str]:
    """Titles of the settled edges that close a circle."""
    found: list[str] = []
    taken: list[tuple[str, str]] = []
    for title, one, other in world.settled:
        if any({one, other} <= group for group in groups(taken)):
            found.append(title)
        else:
            taken.append((one, other))
    return found


def check_refusal(error: InputError, world: World, circles: list[str], parts: list[set[str]]) -> None:
    codes = [trouble.code for trouble in error.troubles]
    assert codes.count("E612") == len(circles) and codes.count("E613") == len(parts) - 1
    assert len(codes) == len(circles) + len(parts) - 1
    for trouble, title in zip((t for t in error.troubles if t.code == "E612"), circles, strict=True):
        assert trouble.what.endswith(f", {title}"), (trouble.what, title)
    for trouble in (t for t in error.troubles if t.code == "E613"):
        named = trouble.what.split(". ", 1)[1].split(": nothing settles")[0]
        assert set(named.split(", ")) in parts, trouble.what


def check_books(model: Model, values: np.ndarray, world: World) -> None:
    assert set(model.settled.values()) == {title for title, _, _ in world.settled}
    everything = edges(model)
    largest = max(float(np.abs(values[edge.payment, 1:]).max()) for edge in everything)

    def worth(slot: int | None) -> np.ndarray | float:
        return 1.0 if slot is None else values[slot]

    for party in model.sectors:
        paid = [(int(e.payee == party) - int(e.payer == party)) * values[e.payment, 1:] for e in everything]
        assert (np.abs(sum(paid)) <= 1e-12 * max(largest, 1.0)).all(), show(party)
        stocks = np.zeros(PERIODS + 1)
        for cell in model.claims:
            sign = int(cell.holder == party) - int(cell.issuer == party)
            stocks += sign * values[cell.slot] * worth(cell.worth)
        for asset in (asset for asset in model.assets if asset.owner == party):
            stocks += values[asset.slot] * worth(asset.price) * worth(model.worth[party])
        flows = values[model.slot(f"net_worth.{party[0]}", party[1])] * worth(model.worth[party])
        assert np.allclose(flows, stocks, rtol=1e-10, atol=1e-9), show(party)
    gold = [values[model.slot("gold", (label,))] for label in "NS"]
    assert np.allclose(gold[0] + gold[1], 40.0, rtol=1e-12)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_random_worlds_are_refused_by_name_or_close_their_books(world: World) -> None:
    text = BASE + "\n".join(world.lines)
    circles = closing(world)
    parts = groups([(one, other) for _, one, other in world.settled])
    assert len(groups(world.joined)) == 1
    try:
        model = elaborate(draft(parse(text)))
    except InputError as error:
        assert circles or len(parts) > 1, error
        check_refusal(error, world, circles, parts)
        return
    assert not circles and len(parts) == 1
    result = run(compile_model(model), Inputs(PERIODS, machine="numpy"))
    values = result.values[:, :, 0]
    check_books(model, values, world)
    opening = {slot: float(value) for slot, value in enumerate(values[:, 0]) if np.isfinite(value)}
    states = reference(model, opening, PERIODS)
    for slot in model.equations:
        theirs = np.array([state[slot] for state in states[1:]])
        assert np.allclose(values[slot, 1:], theirs, rtol=1e-10, atol=1e-8), model.title(slot)


SPANNING = {
    "tree of one ragged claim, one claim and gold": [
        "claim k0: fund owes people, bank",
        "start k0 = 4",
        "claim k1: state owes people, fund",
        "start k1 = 5, k1(-1) = 3, k1(-2) = 2",
        "hold k1 by people = 0.25 * k1[people](-3) + 1",
        "hold k1[S] by fund = 2 * k1(-1)",
        "transaction t0: state[N] -> state[S] for gold",
    ],
    "gold is decided and the pooled bank holds the rest": [
        "claim k0: state owes people, fund",
        "start k0 = 4",
        "hold k0 by people = k0[people](-1) + tax[N] in country",
        "claim k1: fund owes people, bank",
        "start k1 = 9",
        "transaction t0: state[N] -> state[S] for gold = tax[S] in N",
        "transaction t1: people[N] -> state[N] = 0.1 * tax[N](-7)",
    ],
}


def test_worlds_that_settle_run_with_every_form() -> None:
    """Worlds of the same making that are known to run."""
    for name, lines in SPANNING.items():
        model = elaborate(draft(parse(BASE + "\n".join(lines))))
        result = run(compile_model(model), Inputs(PERIODS, machine="numpy"))
        settled = [(title, "", "") for title in model.settled.values()]
        check_books(model, result.values[:, :, 0], World(settled=settled))
        assert len(settled) == len(SECTORS) - 1, name
