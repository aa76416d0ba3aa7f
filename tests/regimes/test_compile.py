"""Rules that cannot be used are refused, all at once, with the nearest names."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.read import load_regime

HEAD = """schema = 1
title = "T"
text_version = "1"
in_force_from = "2020-01-01"
language = "English."
limits = "None."
"""
FACTS = """
[[fact]]
name = "place"
column = true
values = ["domestic", "overseas"]
"""


def regime(folder, rules):
    folder.mkdir(exist_ok=True)
    (folder / "regime.toml").write_text(HEAD, "utf-8")
    (folder / "rules.toml").write_text("schema = 1\n" + FACTS + rules, "utf-8")
    return load_regime(str(folder))


def provision(identifier, when, verdict="prohibited", more=""):
    return f"""
[[provision]]
id = "{identifier}"
article = "{identifier}"
modality = "prohibition"
statement = "S."
[[provision.rule]]
when = "{when}"
verdict = "{verdict}"
{more}
"""


def test_a_small_regime_compiles(tmp_path):
    made = regime(tmp_path / "r", provision("1a", "place == domestic"))
    assert [rule.name for rule in made.rules] == ["1a"] and made.rules[0].cites == ("1a",)


def test_all_faults_come_at_once(tmp_path):
    rules = provision("1a", "plce == domestic") + provision("1b", "place == home")
    rules += provision("1c", "place == domestic", "forbidden")
    with pytest.raises(InputError) as caught:
        regime(tmp_path / "r", rules)
    assert caught.value.codes == ("R902", "R902", "R903")
    assert "did you mean place?" in str(caught.value) and "rule 1a" in str(caught.value)


def test_definitions_in_a_circle_are_named(tmp_path):
    rules = '\n[[definition]]\nfact = "p"\nwhen = "q"\n[[definition]]\nfact = "q"\nwhen = "p"\n'
    with pytest.raises(InputError) as caught:
        regime(tmp_path / "r", rules)
    assert caught.value.codes == ("R903",) and "p -> q -> p" in str(caught.value)
