"""Bindings files: read with every fault at once, each with file, line and key."""

from __future__ import annotations

import pytest

from creditor.equations.load import find_model
from creditor.errors import InputError, MissingError
from creditor.opening.bindings import bindings_beside, read_bindings

GOOD = """schema = 1
economy = "USA"

[[given]]
name = "rate"
indicator = "net_interest"
perimeter = "federal"
sign = -1
over = { indicator = "gdp", perimeter = "fiscal year", period = "FY2025" }
unit = "share"
fill = 0.03
grade = "B"
note = "why"

[[start]]
name = "bonds[banks]"
cells = [
    { holder = "deposit_takers", issuer = "central_government", instrument = "debt_securities" },
    { holder = "dealers", issuer = "central_government", instrument = "debt_securities", sign = -1, period = "2024Q4" },
]
period = "opening"
unit = "USD bn"
"""


@pytest.fixture
def file(tmp_path):
    def write(text, name="x.bindings.toml"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


def faults(path):
    with pytest.raises(InputError) as caught:
        read_bindings(path)
    return [(trouble.code, trouble.where, trouble.what) for trouble in caught.value.troubles]


def test_a_file_as_written(file):
    read = read_bindings(file(GOOD))
    rate, bonds = read.entries
    assert (read.file, read.economy, rate.kind, bonds.kind) == ("x.bindings.toml", "USA", "given", "start")
    assert rate.picks[0].keys == {"indicator": "net_interest", "perimeter": "federal"}
    assert (rate.picks[0].sign, rate.picks[0].period) == (-1, "latest")
    assert (rate.over[0].period, rate.fill, rate.grade, str(rate.unit)) == ("FY2025", 0.03, "B", "share")
    assert [(pick.sign, pick.period) for pick in bonds.picks] == [(1, "opening"), (-1, "2024Q4")]
    assert bonds.where == "x.bindings.toml:15: start bonds[banks]"
    assert bonds.picks[0].title == "deposit_takers/central_government/debt_securities"


def test_the_digest_is_that_of_the_file(file):
    one, other = (read_bindings(file(text, name)).digest for text, name in ((GOOD, "a"), (GOOD + "\n", "b")))
    assert one != other and one == read_bindings(file(GOOD, "c")).digest


def test_a_sign_of_the_entry_and_of_a_cell_multiply(file):
    text = GOOD.replace('period = "opening"', 'period = "opening"\nsign = -1')
    assert [pick.sign for pick in read_bindings(file(text)).entries[1].picks] == [-1, 1]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "told"),
    [
        ('economy = "USA"', 'economy = "USB"', "T201", "x.bindings.toml", "USB"),
        ('economy = "USA"', 'ecnomy = "USA"', "F306", "x.bindings.toml", "ecnomy"),
        ('unit = "share"', 'unit = "shares of it"', "T207", ":4: given rate", "shares of it"),
        ('unit = "USD bn"', "", "C112", ":15: start bonds[banks]", "unit is missing"),
        ('name = "rate"', "", "C112", ":4: given", "name is missing"),
        ('name = "rate"', "name = 3", "F306", ":4: given 3", "name = 3"),
        ("sign = -1\nover", "sign = 2\nover", "F306", ":4: given rate", "sign is 2"),
        ("sign = -1\nover", "sgn = -1\nover", "F306", ":4: given rate", "sgn"),
        ('perimeter = "federal"\n', "", "C112", ":4: given rate", "perimeter is missing"),
        ('"FY2025"', '"FY25"', "T204", ":4: given rate, over", "FY25"),
        ('grade = "B"', 'grade = "D"', "T209", ":4: given rate", "D"),
        ("fill = 0.03", 'fill = "much"', "F306", ":4: given rate", "fill = 'much'"),
        ("fill = 0.03", "fill = true", "F306", ":4: given rate", "fill = True"),
        ("fill = 0.03", "fill = nan", "F306", ":4: given rate", "fill = nan"),
        ('holder = "dealers", ', "", "C112", ":15: start bonds[banks]", "holder of a cell is missing"),
        ('sign = -1, period = "2024Q4"', 'sort = "x"', "F306", ":15: start bonds[banks]", "sort"),
        ('"2024Q4"', '"2024Q5"', "T204", ":15: start bonds[banks]", "2024Q5"),
        ('period = "opening"', 'indicator = "a"', "F306", ":15: start bonds[banks]", "both an indicator"),
        ("over = {", 'over = "gdp" #', "F306", ":4: given rate", "over is no table"),
    ],
)
def test_faults(file, old, new, code, line, told):
    assert GOOD.count(old) == 1
    found = faults(file(GOOD.replace(old, new)))
    assert any(one[0] == code and line in one[1] and told in one[2] for one in found), found


def test_every_fault_comes_at_once(file):
    text = GOOD.replace('unit = "share"', 'unit = "x"').replace('"2024Q4"', '"never"').replace("USA", "US9")
    assert [code for code, _, _ in faults(file(text))] == ["T201", "T207", "T204"]


def test_nothing_bound_is_a_fault(file):
    (found,) = faults(file('schema = 1\n[[given]]\nname = "a"\nunit = "share"\n'))
    assert found == ("C112", "x.bindings.toml:2: given a", "nothing is bound")


@pytest.mark.parametrize("text", ['schema = 1\ngiven = "x"\n', "schema = 1\nstart = [1]\n"])
def test_tables_that_are_none(file, text):
    assert faults(file(text))[0][0] == "F306"


def test_files_that_are_no_bindings(file, tmp_path):
    for text, code in (("", "C114"), ("schema = 2", "C114"), ("a = ", "C115")):
        with pytest.raises(InputError) as caught:
            read_bindings(file(text))
        assert caught.value.codes == (code,)
    with pytest.raises(MissingError):
        read_bindings(tmp_path / "missing.toml")


def test_bindings_stand_beside_the_model():
    found = bindings_beside(find_model("us_debt"))
    assert found is not None and found.name == "us_debt.bindings.toml"
    assert bindings_beside(find_model("pc")) is None
