"""Machine code: the same bits for random equations; kept on disk, and made anew where that is damaged."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("llvmlite")

from creditor.engine import machine
from creditor.engine.bodies import Body

ONE = Body(((0, (("register", 0), ("register", 1)), ("register", 2), None),), 0)
FUNCTIONS = (
    "abs({})",
    "sqrt(abs({}))",
    "log(1 + abs({}))",
    "exp(min({}, 5))",
    "-{}",
    "({}) ^ 3",
    "abs({}) ^ 0.3",
)


def grown(chance: random.Random, depth: int) -> str:
    """A random expression over two givens and a lag."""
    if not depth:
        return chance.choice(["a", "b", "y(-1)", "1.5", "0.25"])
    one, other = grown(chance, depth - 1), grown(chance, depth - 1)
    if chance.random() < 0.3:
        return chance.choice(FUNCTIONS).format(one)
    if chance.random() < 0.2:
        return f"if({one} > {other}, {one}, {other})"
    return f"({one} {chance.choice(['+', '-', '*'])} {other})"


def test_twenty_random_models_have_the_same_bits(ran, same, compiled) -> None:
    for seed in range(20):
        chance = random.Random(seed)
        text = "given a = 0.7, b = 1.3 let y = 0.1 * y(-1) + 0.01 * min(max(x, -9), 9) start y = 1\n"
        text += f"let x = {grown(chance, 4)}"
        one, other = (ran(text, 5, paths=3, machine=name) for name in ("numpy", "fused"))
        assert same(one.values, other.values), text


def test_code_is_kept_and_damage_is_noticed(tmp_path: Path) -> None:
    assert len(machine.addresses([ONE], tmp_path)) == 1
    (kept,) = tmp_path.glob("bodies-*.o")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-7] + b"garbage")
    assert machine._kept(kept) is None
    machine.addresses([ONE], tmp_path)
    assert kept.read_bytes() == whole
    kept.write_bytes(b"")
    assert machine._kept(kept) is None


def test_the_longest_unused_make_room(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(machine, "KEPT", 150)
    for number in range(3):
        machine._keep(tmp_path / f"bodies-{number}.o", b"x" * 40)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bodies-2.o"]


def test_a_folder_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    machine._keep(tmp_path / "nowhere" / "bodies-1.o", b"code")
    assert len(machine.addresses([ONE], tmp_path / "nowhere")) == 1


def test_no_bodies_no_code() -> None:
    assert machine.addresses([], None).dtype == np.int64


def test_text_names_every_body() -> None:
    text = machine.text_of([ONE, ONE])
    assert 'void @"f0"' in text and 'void @"f1"' in text
