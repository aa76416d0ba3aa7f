"""Scenario files: read with their tables, every fault at once with file, line and key, found by name."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.scenario.files import find_scenario, read_scenario, scenario_names
from creditor.scenario.run import run_scenario

WHOLE = """schema = 1
name = "rise"
title = "More tax"
model = "sim"
periods = 4

[[set]]
name = "tax_rate"
value = 0.25
from = 5
to = 9

[[draw]]
name = "public_spending"
distribution = "normal"
parameters = [0, 1]
ar = 0.5

[start]
money = 70
"net_worth[firms]" = 0

[series]
tax_rate = [0.1, 0.2]
"""


@pytest.fixture
def file(tmp_path):
    def write(content, name="x.toml"):
        place = tmp_path / name
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    return write


def faults(place, **more):
    with pytest.raises(InputError) as caught:
        read_scenario(place).scenario(**more)
    return {trouble.where: trouble for trouble in caught.value.troubles}


def test_a_file_has_the_fields_of_the_schema(file):
    source = read_scenario(file(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(), "rise.toml"))
    scenario = source.scenario()
    assert (scenario.set[0].first, scenario.set[0].last) == (5, 9)
    assert (scenario.draw[0].parameters, scenario.draw[0].ar) == ((0.0, 1.0), 0.5)
    assert scenario.start == {"money": 70.0, "net_worth[firms]": 0.0}
    assert scenario.series == {"tax_rate": (0.1, 0.2)}
    assert (scenario.name, scenario.title, scenario.periods) == ("rise", "More tax", 4)


def test_a_file_without_a_name_has_that_of_the_file(file):
    assert read_scenario(file('schema = 1\nmodel = "sim"\n', "a_b.toml")).scenario().name == "a_b"


def test_every_fault_has_its_line(file):
    text = WHOLE.replace("periods = 4", "perods = 4").replace("value = 0.25", 'value = "much"')
    text = text.replace("money = 70", 'money = "x"').replace("ar = 0.5", "ar = 1.5\nsize = 3")
    text = text.replace("[0.1, 0.2]", '[0.1, "b"]') + '[[set]]\nname = "b"\n'
    found = faults(file(text))
    places = {"x.toml:5: perods", "x.toml:9: set.value", "x.toml:17: draw.ar", "x.toml:18: draw.size"}
    places |= {"x.toml:21: start.money", "x.toml:25: series.tax_rate.1", "x.toml:26: set.value"}
    assert set(found) == places
    assert found["x.toml:5: perods"].mend.startswith("did you mean periods")
    assert found["x.toml:26: set.value"].what == "value is missing"


def test_economies_and_periods_are_checked_with_the_rest(file):
    text = 'schema = 1\nmodel = "sim"\neconomies = ["USA", "JPNN"]\nas_of = "2025Q7"\nseed = -1\n'
    found = faults(file(text))
    assert {where: trouble.code for where, trouble in found.items()} == {
        "x.toml:3: economies": "T201",
        "x.toml:4: as_of": "T204",
        "x.toml:5: seed": "S701",
    }
    assert "JPN" in found["x.toml:3: economies"].mend
    assert read_scenario(file(text[: text.index("as_of")].replace("JPNN", "japan"))).scenario().economies == (
        "USA",
        "JPN",
    )
    twice = faults(file('schema = 1\nmodel = "sim"\neconomies = ["JPN", "Japan"]\n'))
    assert "twice" in twice["x.toml:3: economies"].what


def test_names_that_the_model_does_not_have_get_the_line_of_their_table(file):
    source = read_scenario(file(WHOLE.replace('"public_spending"', '"public_spendin"').replace("4", "9", 1)))
    with pytest.raises(InputError) as caught:
        run_scenario(source.scenario(start={"monney": 1.0}))
    placed = source.placed(caught.value).troubles
    found = {trouble.where: trouble.what for trouble in placed}
    assert "x.toml:14: draw public_spendin" in found
    assert "x.toml:24: series tax_rate" in found  # too short
    assert any(where.startswith("x.toml:19: start monney") for where in found)


def test_tables_stand_beside_the_file(file):
    file("money,wages\n50,\n", "open.csv")
    file("t,tax_rate\n1,0.1\n2,0.2\n", "rates.csv")
    text = 'schema = 1\nmodel = "sim"\nperiods = 2\nstart_file = "open.csv"\nseries_file = "rates.csv"\n'
    scenario = read_scenario(file(text)).scenario()
    assert scenario.start == {"money": 50.0} and scenario.series == {"tax_rate": (0.1, 0.2)}
    own = read_scenario(file(text + "[start]\nmoney = 7\n")).scenario()
    assert own.start == {"money": 7.0}  # the file's own word rules
    with pytest.raises(InputError) as caught:
        read_scenario(file(text.replace("open.csv", "opn.csv").replace('"rates.csv"', "3")))
    assert set(caught.value.codes) == {"C101", "S701"}


def test_the_same_scenario_in_a_file_and_in_python_is_one(file):
    text = 'schema = 1\nmodel = "sim"\nperiods = 3\n[[set]]\nname = "tax_rate"\nvalue = 0.25\n'
    filed = run_scenario(read_scenario(file(text)).scenario())
    from creditor.scenario.scenario import make_scenario

    typed = run_scenario(make_scenario(model="sim", periods=3, set=[{"name": "tax_rate", "value": 0.25}]))
    assert filed.provenance == typed.provenance
    assert filed.result.values[:, 1:].tolist() == typed.result.values[:, 1:].tolist()


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"[[set]]\nname = \n", "C115", "x.toml:2"),
        (b"name = 'M\xfcller'\n", "C103", "x.toml"),
        (b"a = 1\na = 2\n", "C115", "x.toml"),
        (b"#" * 1_000_001, "C105", "x.toml"),
        (b"a = " + b"[" * 50_000, "C115", "x.toml"),
        (b"\0", "C115", "x.toml"),
        (b"", "C114", "x.toml"),
        (b"schema = 2\n", "C114", "x.toml"),
        (b"schema = true\n", "C114", "x.toml"),
    ],
)
def test_files_that_cannot_be_read(file, content, code, where):
    with pytest.raises(InputError) as caught:
        read_scenario(file(content))
    assert caught.value.codes == (code,) and caught.value.troubles[0].where.startswith(where)


@pytest.mark.parametrize("name", ["missing.toml", "a\0b.toml", "."])
def test_files_that_are_not_there(tmp_path, name):
    with pytest.raises(InputError) as caught:
        read_scenario(f"{tmp_path}/{name}")
    assert caught.value.codes == ("C101",)


def test_scenarios_are_found_by_name():
    assert find_scenario("us_baseline").stem == "us_baseline" and "us_baseline" in scenario_names()
    assert find_scenario("any/where.toml").name == "where.toml"
    for name in ("us_basline", "../secret", "x" * 1000, ""):
        with pytest.raises(InputError) as caught:
            find_scenario(name)
        assert caught.value.codes == ("S705",)
    with pytest.raises(InputError, match="us_baseline"):
        find_scenario("us_basline")
