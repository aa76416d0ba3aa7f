"""Registers are reused when their value is done with, and never before."""

from __future__ import annotations

import random

from creditor.engine.loops import straight as alone
from creditor.engine.registers import Packing
from creditor.engine.tape import OPERANDS, Tape


def straight(count: int, seed: int) -> tuple[Tape, list[int]]:
    """A random straight line of additions over two slots."""
    chance, tape = random.Random(seed), Tape(2)
    made = [0, 1]
    for _ in range(count):
        made.append(tape.row(0, chance.choice(made[-6:]), chance.choice(made[-6:])))
        tape.forget()
    return tape, made


def test_values_survive_packing() -> None:
    for seed in range(20):
        tape, made = straight(200, seed)
        rows = tape.take()
        truth = {0: 1.0, 1: 2.0}
        for _, a, b, _, result in rows:
            truth[result] = (truth[a] + truth[b]) % 1009
        packing = Packing(tape, ())
        kept = {made[50], made[120], made[-1]}
        (packed,) = packing.region([alone(rows)], kept)
        assert packing.length < 40
        registers = [1.0, 2.0] + [0.0] * packing.length
        for code, a, b, c, result in packed:
            assert result not in (a, b, c)[: OPERANDS[code]]
            total = registers[a] + registers[b] + (registers[c] if code == 26 else 0.0)
            registers[result] = total % 1009
        assert all(registers[packing.place[name]] == truth[name] for name in kept)


def test_a_part_that_runs_again_does_not_change_what_is_pinned() -> None:
    tape = Tape(1)
    first = [tape.row(0, 0, 0), tape.row(2, 0, 0)]
    last = tape.row(0, *first)
    values = tape.take()
    slope = tape.row(2, last, last)
    slopes = tape.take()
    packing = Packing(tape, ())
    packed, _ = packing.region([alone(values), alone(slopes)], {slope})
    assert packing.place[slope] not in {row[4] for row in packed}


def test_yesterday_and_constants_follow_the_slots() -> None:
    tape = Tape(3)
    one = tape.constant(1.0)
    packing = Packing(tape, [2])
    assert packing.place[tape.slots + 2] == 3
    assert packing.place[one] == 4
    assert packing.constants == {4: 1.0}
