"""A table cannot be changed, refuses to add what has no sum, and never counts an absent cell."""

import copy
import math
import pickle
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditor.errors import InputError, MissingError
from creditor.terms.provenance import Origin
from creditor.terms.table import Table, column, matrix
from creditor.terms.units import SHARE, money, parse_unit

USD = money("USD")
CELLS = st.one_of(st.just(math.nan), st.floats(-1e12, 1e12))


def debt(**values):
    return column("debt", "holder", values, USD, {"a": Origin("Treasury", "2026", "A")}, {"a": "Ann"})


def square():
    cells = {("a", "x"): 1.0, ("b", "y"): 2.5}
    return matrix("claims", ("holder", "issuer"), ["a", "b"], ["x", "y"], cells, USD)


def cube():
    labels = {"p": ("a",), "q": ("b", "c"), "r": ("d",)}
    return Table("cube", ("p", "q", "r"), labels, np.array([[[1.0], [np.nan]]]), USD)


def refused(call, code="T208"):
    with pytest.raises(InputError) as caught:
        call()
    (trouble,) = caught.value.troubles
    assert trouble.code == code
    return trouble


# --- cells
def test_cells_are_found_by_their_labels():
    assert square().at(holder="b", issuer="y") == square().at(issuer="y", holder="b") == 2.5
    assert math.isnan(square().at(holder="a", issuer="y"))
    assert square().text(holder="a", issuer="y") == "–"
    assert square().text(holder="b", issuer="y") == "2.5"
    assert debt(a=1.0).title_of("a") == "Ann"
    assert debt(a=1.0).title_of("b") == "b"


def test_origins_belong_to_published_cells_only():
    table = debt(a=1.0, b=2.0)
    assert table.origin(holder="a") == Origin("Treasury", "2026", "A")
    assert table.origin(holder="b") is None
    assert refused(lambda: table.origin(holder="c")).mend == "use one of: a, b"


def test_wrong_labels_and_dimensions_are_refused():
    table = column("debt", "holder", {"households": 1.0, "banks": 2.0}, USD)
    trouble = refused(lambda: table.at(holder="housholds"))
    assert (trouble.where, trouble.what) == ("debt", "no holder 'housholds'")
    assert trouble.mend == "did you mean households?"
    assert refused(table.at).what == "holder is not given"
    assert refused(lambda: table.at(holder="banks", issuer="x")).what == "no dimension 'issuer'"
    assert refused(lambda: table.text(holders="banks")).mend == "did you mean holder?"


@pytest.mark.parametrize(
    ("dims", "labels", "shape"),
    [
        (("a",), {"a": ("x", "y")}, (3,)),
        (("a",), {"a": ("x", "y")}, (2, 1)),
        (("a",), {"a": ("x", "x")}, (2,)),
        (("a",), {"b": ("x", "y")}, (2,)),
        (("a",), {}, (0,)),
        (("a",), {"a": ("x",), "b": ("y",)}, (1,)),
        (("a", "a"), {"a": ("x",)}, (1, 1)),
    ],
)
def test_shape_labels_and_dimensions_agree(dims, labels, shape):
    assert (
        refused(lambda: Table("t", dims, labels, np.zeros(shape), USD)).why == "the table would be ambiguous"
    )


def test_an_unknown_cell_of_a_matrix_is_refused():
    for cell, what in ((("z", "x"), "no holder 'z'"), (("a", "z"), "no issuer 'z'")):
        trouble = refused(lambda c=cell: matrix("t", ("holder", "issuer"), ["a"], ["x"], {c: 1.0}, USD))
        assert trouble.what == what


def test_a_table_without_cells_is_a_table():
    empty = column("debt", "holder", {}, USD)
    assert (empty.total(), empty.records(), empty.labels["holder"]) == (0.0, [], ())


# --- nothing changes
def test_a_table_cannot_be_changed():
    table = debt(a=1.0)
    with pytest.raises(ValueError, match="read-only"):
        table.values[0] = 2.0
    with pytest.raises(AttributeError):
        table.title = "x"
    for mapping in (table.labels, table.origins, table.titles):
        with pytest.raises(TypeError):
            mapping["a"] = ("b",)


def test_a_table_does_not_follow_what_it_was_made_from():
    labels, values, titles = {"holder": ["a"]}, np.array([1.0]), {"a": "Ann"}
    table = Table("debt", ("holder",), labels, values, USD, {}, titles)
    values[0] = 9.0
    titles["a"] = "Bob"
    labels["holder"].append("b")
    assert (table.at(holder="a"), table.title_of("a"), table.labels["holder"]) == (1.0, "Ann", ("a",))
    assert values.flags.writeable


def test_copies_and_pickles_are_equal():
    table = debt(a=1.0, b=math.nan)
    for again in (copy.deepcopy(table), copy.copy(table), pickle.loads(pickle.dumps(table))):
        assert again.records() == table.records()
        assert (again.title, again.dims, again.unit) == (table.title, table.dims, table.unit)
        assert dict(again.labels) == dict(table.labels) and dict(again.titles) == dict(table.titles)
        assert not again.values.flags.writeable


# --- sums
@given(st.lists(CELLS, max_size=12))
def test_absent_cells_are_never_counted(values):
    table = column("debt", "holder", {str(i): value for i, value in enumerate(values)}, USD)
    present = [value for value in values if value == value]
    assert table.total() == math.fsum(present)
    assert [record["value"] for record in table.records()] == present


@given(st.lists(st.tuples(CELLS, CELLS), max_size=8))
def test_a_sum_is_absent_where_either_is(pairs):
    first, second = (
        column(name, "holder", {str(i): pair[side] for i, pair in enumerate(pairs)}, USD)
        for side, name in enumerate(("one", "two"))
    )
    total = first + second
    assert np.array_equal(total.values, (second + first).values, equal_nan=True)
    assert (total.title, total.unit, dict(total.origins)) == ("one + two", USD, {})
    for i, (one, two) in enumerate(pairs):
        value = total.at(holder=str(i))
        assert math.isnan(value) if math.isnan(one + two) else value == one + two


def test_a_sum_keeps_the_titles_of_both():
    table = column("more", "holder", {"a": 1.0}, USD, titles={"a": "Anna", "b": "Bob"})
    assert dict((debt(a=1.0) + table).titles) == {"a": "Ann", "b": "Bob"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("USD bn per year", "a stock and a flow have no common sum"),
        ("EUR bn", "USD and EUR are two currencies"),
        ("USD mn", "their scales differ"),
        ("share", "money and share have no common sum"),
    ],
)
def test_tables_in_different_units_are_not_added(other, why):
    first, second = debt(a=1.0), column("more", "holder", {"a": 1.0}, parse_unit(other))
    trouble = refused(lambda: first + second, "T206")
    assert (trouble.where, trouble.why) == ("debt + more", why)
    assert trouble.what == f"USD bn and {other} cannot be added"
    refused(lambda: second + first, "T206")


def test_tables_with_different_labels_are_not_added():
    assert "labels differ" in refused(lambda: debt(a=1.0) + debt(b=1.0)).what
    assert "labels differ" in refused(lambda: debt(a=1.0, b=1.0) + debt(b=1.0, a=1.0)).what
    assert "labels differ" in refused(lambda: debt(a=1.0) + square()).what


def test_the_total_is_exact():
    assert column("t", "x", {"a": 1e16, "b": 1.0, "c": -1e16}, USD).total() == 1.0


# --- out
def test_records_are_flat_and_hold_present_cells_only():
    assert square().records()[1] == {
        "holder": "b",
        "issuer": "y",
        "value": 2.5,
        "text": "2.5",
        "unit": "USD bn",
    }
    assert debt(a=1.0, b=math.nan).records() == [
        {
            **{"holder": "a", "value": 1.0, "text": "1.0", "unit": "USD bn"},
            **{"source": "Treasury", "vintage": "2026", "grade": "A"},
        }
    ]
    assert cube().records()[0]["q"] == "b"


def stand_in(*names):
    """A module whose classes return what they were called with."""
    module = SimpleNamespace(**{name: lambda *a, _n=name, **k: (_n, a, k) for name in names})
    module.MultiIndex = SimpleNamespace(from_product=lambda index: ("MultiIndex", index))
    return module


def test_to_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", stand_in("Index", "Series", "DataFrame"))
    kind, (values, index), named = debt(a=1.0, b=2.0).to_pandas()
    assert (kind, values.tolist(), named) == ("Series", [1.0, 2.0], {"name": "debt"})
    assert index == ("Index", (("a", "b"),), {"name": "holder"})
    kind, (values, rows, columns), _ = square().to_pandas()
    assert (kind, values.shape, rows[1], columns[1]) == ("DataFrame", (2, 2), (("a", "b"),), (("x", "y"),))
    kind, (values, (multi, index)), _ = cube().to_pandas()
    assert (kind, values.shape, multi, len(index)) == ("Series", (2,), "MultiIndex", 3)


def test_to_xarray(monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", stand_in("DataArray"))
    kind, (values, coords, dims, name, attrs), _ = square().to_xarray()
    assert (kind, values.shape, dims, name) == ("DataArray", (2, 2), ("holder", "issuer"), "claims")
    assert coords == {"holder": ["a", "b"], "issuer": ["x", "y"]}
    assert attrs == {"units": "USD bn", "long_name": "claims"}


@pytest.mark.parametrize("package", ["pandas", "xarray"])
def test_an_absent_package_is_named(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingError) as caught:
        getattr(column("x", "y", {"a": 1.0}, SHARE), f"to_{package}")()
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where) == ("U504", f"to_{package}")
    assert trouble.mend == f"install {package}"
