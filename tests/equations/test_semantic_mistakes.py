"""Mistakes of meaning: texts that can be read and make no model; each has beside it the exact message it must give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from creditor.equations.parse import parse, read_model_text
from creditor.errors import CODES, InputError
from creditor.scenario.run import run_scenario
from creditor.scenario.scenario import make_scenario

FOLDER = Path(__file__).parents[1] / "mistakes"
MESSAGES = {path.with_suffix(".model"): path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
MEANING = {path: text for path, text in MESSAGES.items() if re.search(r"\[E6[12]\d\]", text)}


@pytest.mark.parametrize("path", list(MEANING), ids=lambda path: path.stem)
def test_each_mistake_has_its_message(path: Path) -> None:
    parse(read_model_text(path), path.name)
    with pytest.raises(InputError) as caught:
        run_scenario(make_scenario(model=str(path), periods=1))
    assert str(caught.value) + "\n" == MEANING[path]


def test_every_code_of_the_language_has_a_mistake() -> None:
    codes = set(re.findall(r"\[(E6\d\d)\]", "".join(MESSAGES.values())))
    assert {code for code in CODES if "E601" <= code <= "E620"} - codes <= {"E617"}  # a block of the engine


def test_every_mistake_says_how_to_mend_it() -> None:
    for path, text in MEANING.items():
        assert text.count("mend: ") == int(text.split()[0]), path.name
