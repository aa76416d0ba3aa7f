"""Mistakes people make: each text of `tests/mistakes` has beside it the exact message it must give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from creditor.equations.mistakes import FOLLOWS, explain
from creditor.equations.parse import parse, read_model_text
from creditor.equations.scan import scan
from creditor.equations.stop import Stop
from creditor.equations.words import FORMS
from creditor.errors import InputError

MISTAKES = sorted((Path(__file__).parents[1] / "mistakes").glob("*.model"))
MISTAKES = [
    path for path in MISTAKES if not re.search(r"\[E6[12]\d\]", path.with_suffix(".txt").read_text("utf-8"))
]


def test_there_are_mistakes_enough() -> None:
    assert len(MISTAKES) >= 25


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_each_mistake_has_its_message(path: Path) -> None:
    with pytest.raises(InputError) as caught:
        parse(read_model_text(path), path.name)
    assert str(caught.value) + "\n" == path.with_suffix(".txt").read_text("utf-8")


def test_what_must_follow_is_said_of_known_statements() -> None:
    assert set(FOLLOWS) <= set(FORMS)


def test_every_stop_is_explained() -> None:
    pieces = scan('transaction a: b[N] -> c where d <> e = max(1, sum(f over g)) "text"')
    for index in range(len(pieces) + 1):
        assert explain(Stop(pieces, index), "m").what
