"""Spaces: which cell a name means, by position, by name, or because it is the only cell left."""

from __future__ import annotations

import pytest

from creditor.equations.expressions import Name
from creditor.equations.spaces import HOLDER, Dimensions, Space, cell_of, every
from creditor.errors import InputError

KNOWN = Dimensions(
    {"country": ("N", "S"), "maturity": ("short", "long"), "horizon": ("short", "ever")},
    {
        "country": "country",
        "partner": "country",
        "debtor": "country",
        "maturity": "maturity",
        "horizon": "horizon",
    },
)
SECTORS = ("households", "banks")
PAIRS = tuple((a, b) for a in ("N", "S") for b in ("N", "S"))
IMPORTS = Space("imports", ("country", "partner"), PAIRS)
WEALTH = Space("wealth", ("country",), (("N",), ("S",)))
BILLS = Space(
    "bills",
    ("debtor", HOLDER, "country"),
    (("N", "households", "N"), ("N", "households", "S"), ("N", "banks", "N"), ("S", "households", "S")),
)


def cell(space: Space, *index: str, **here: str) -> tuple[str, ...]:
    return cell_of(Name(space.name, index), space, here, KNOWN, SECTORS)


def refused(space: Space, *index: str, **here: str) -> InputError:
    with pytest.raises(InputError) as caught:
        cell(space, *index, **here)
    return caught.value


def test_every_combination_in_order_and_some_fixed() -> None:
    assert every([], KNOWN) == [{}]
    assert every(["partner", "maturity"], KNOWN, {"partner": "S"}) == [
        {"partner": "S", "maturity": "short"},
        {"partner": "S", "maturity": "long"},
    ]


def test_a_bare_name_takes_the_range() -> None:
    assert cell(IMPORTS, country="N", partner="S") == ("N", "S")
    assert cell(WEALTH, country="S") == ("S",)


def test_all_places_of_a_kind_are_filled_by_position() -> None:
    here = {"country": "N", "partner": "S"}
    assert cell(IMPORTS, "country", "partner", **here) == ("N", "S")
    assert cell(IMPORTS, "partner", "country", **here) == ("S", "N")
    assert cell(IMPORTS, "S", "country", **here) == ("S", "N")
    assert cell(IMPORTS, "S", "S") == ("S", "S")


def test_some_places_are_filled_by_name_and_the_rest_from_the_range() -> None:
    assert cell(IMPORTS, "partner", country="N", partner="S") == ("N", "S")
    assert cell(IMPORTS, "S", country="N") == ("N", "S")
    assert cell(IMPORTS, "N", partner="S") == ("N", "S")


def test_a_label_that_may_fill_two_places_is_refused() -> None:
    error = refused(IMPORTS, "N")
    assert error.codes == ("E611",)
    assert error.troubles[0].what == "[N] does not say which of country, partner"


def test_kinds_are_told_apart_whatever_their_order() -> None:
    assert cell(BILLS, "households", "N", "S") == ("N", "households", "S")
    assert cell(BILLS, "N", "S", "households") == ("N", "households", "S")
    assert cell(BILLS, HOLDER, "debtor", "country", debtor="N", country="S", holder="households") == (
        "N",
        "households",
        "S",
    )


def test_the_only_cell_left_needs_no_brackets() -> None:
    assert cell(BILLS, debtor="S") == ("S", "households", "S")
    assert cell(BILLS, "banks") == ("N", "banks", "N")
    assert cell(Space("x", ("country",), (("S",),))) == ("S",)
    assert cell(Space("x", (), ((),))) == ()


def test_several_cells_left_are_listed_with_the_dimensions_that_are_open() -> None:
    error = refused(BILLS, debtor="N")
    assert error.codes == ("E611",)
    shown = "bills[N, households, N], bills[N, households, S], bills[N, banks, N]"
    assert error.troubles[0].what == f"bills has 3 cells here ({shown})"
    assert error.troubles[0].mend == "say which, or sum(... over holder, country)"


def test_a_long_list_of_cells_is_cut() -> None:
    many = Space("x", ("country", "maturity"), tuple((c, m) for c in "NS" for m in ("short", "long", "ever")))
    assert refused(many).troubles[0].what.endswith("x[S, short], ...)")


@pytest.mark.parametrize(
    ("space", "index", "what"),
    [
        (BILLS, ("S", "banks", "N"), "there is no cell bills[S, banks, N]"),
        (BILLS, ("banks", "S", "country"), "there is no cell bills[S, banks, S]"),
        (WEALTH, ("N", "S"), "[N, S] has more entries than wealth has dimensions"),
        (WEALTH, ("long",), "no label, dimension or sector 'long' fits wealth"),
        (WEALTH, ("banks",), "banks is not told apart in wealth: it has the dimensions country"),
        (WEALTH, ("Nn",), "no label, dimension or sector 'Nn' fits wealth"),
    ],
)
def test_cells_that_do_not_exist(space: Space, index: tuple[str, ...], what: str) -> None:
    error = refused(space, *index, country="S")
    assert error.codes == ("E616",)
    assert error.troubles[0].what == what
    assert error.troubles[0].mend


def test_a_dimension_that_the_equation_does_not_range_over_is_open() -> None:
    error = refused(WEALTH, "partner", country="N")
    assert error.codes == ("E611",)
    assert error.troubles[0].mend == "name a label, or put sum(... over partner) around it"


@pytest.mark.parametrize("here", [{"country": "N", "debtor": "S"}, {"debtor": "S", "country": "N"}])
def test_a_bare_name_between_two_names_of_its_dimension_is_never_a_silent_choice(here: dict) -> None:
    error = refused(WEALTH, **here)
    assert error.codes == ("E611",)
    both = " and ".join(here)
    assert error.troubles[0].what == f"wealth varies by country and this equation ranges over {both}"
    assert error.troubles[0].mend == "write " + " or ".join(f"wealth[{dim}]" for dim in here)
    assert cell(WEALTH, "country", **here) == ("N",)
    assert cell(WEALTH, "debtor", **here) == ("S",)


def test_brackets_about_another_dimension_do_not_settle_it() -> None:
    rates = Space("rates", ("country", "maturity"), tuple((c, m) for c in "NS" for m in ("short", "long")))
    error = refused(rates, "long", country="N", debtor="S")
    assert error.codes == ("E611",)
    assert error.troubles[0].mend == "write rates[long, country] or rates[long, debtor]"
    assert cell(rates, "long", "debtor", country="N", debtor="S") == ("S", "long")


def test_the_spelling_of_a_derived_name_has_its_sector() -> None:
    derived = Space("net_worth.banks", ("country",), (("N",), ("S",)))
    mend = refused(derived, country="N", debtor="S").troubles[0].mend
    assert mend == "write net_worth[banks, country] or net_worth[banks, debtor]"


def test_a_name_that_varies_by_the_alias_itself_is_clear() -> None:
    price = Space("price", ("debtor",), (("N",), ("S",)))
    assert cell(price, country="N", debtor="S") == ("S",)


def test_a_label_of_two_dimensions_belongs_to_that_which_the_name_has() -> None:
    by_horizon = Space("x", ("horizon",), (("short",), ("ever",)))
    assert cell(by_horizon, "short") == ("short",)


def test_bases() -> None:
    assert KNOWN.base("debtor") == "country"
    assert KNOWN.of("debtor") == ("N", "S")
    assert KNOWN.bases_with("short") == ["maturity", "horizon"]
    assert "partner" in KNOWN and "N" not in KNOWN
