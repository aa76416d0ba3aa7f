"""Figures bound to a model: numbers with source, vintage and grade; fills and gaps said; every fault at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from creditor.equations.draft import draft
from creditor.equations.elaborate import elaborate
from creditor.equations.load import closed_models, find_model, load_model
from creditor.equations.parse import parse
from creditor.errors import InputError
from creditor.opening.bindings import bindings_beside, read_bindings
from creditor.opening.bound import bind
from creditor.opening.country import load_country
from creditor.terms.library import ROOT

TEXT = """
dimension maturity = short, long
given rate = 0.1, share[maturity] = 0.5, lone = 3
let debt = debt(-1) * (1 + rate)
let twice = 2 * debt
start debt = 1
"""
RATE = 'indicator = "policy_rate"\nperimeter = "federal funds"\nunit = "share per year"\n'


@pytest.fixture
def bound(tmp_path):
    def make(lines, text=TEXT, labels=(), **more):
        path = tmp_path / "small.bindings.toml"
        path.write_text('schema = 1\neconomy = "USA"\n' + lines, "utf-8")
        model = elaborate(draft(parse(text, "small.model"), labels=labels), "small")
        return bind(model, read_bindings(path), **more)

    return make


def faults(make, *arguments, **more):
    with pytest.raises(InputError) as caught:
        make(*arguments, **more)
    return caught.value.troubles


def test_a_figure_with_its_source_vintage_and_grade(bound):
    made = bound(f'[[given]]\nname = "rate"\n{RATE}')
    (value,) = made.values
    assert (value.cell, value.exact, value.period) == (("rate", ()), Fraction("0.0422"), "2025-09")
    assert value.origin.source.startswith("Federal Reserve Board, Selected Interest Rates H.15")
    assert (value.origin.vintage, value.origin.grade, made.vintage) == ("2026-07", "A", "2026-07")
    assert made.numbers("given") == {("rate", ()): 0.0422} and made.numbers("start") == {}
    (table,) = made.tables()
    assert table.at(name="rate") == 0.0422 and table.origin(name="rate") == value.origin
    assert str(table.unit) == "share per year"


def test_a_worse_grade_may_be_said_and_a_better_may_not(bound):
    assert bound(f'[[given]]\nname = "rate"\ngrade = "C"\n{RATE}').values[0].origin.grade == "C"
    funds = '[[start]]\nname = "debt"\nunit = "USD bn"\ngrade = "A"\ncells = [{ holder = "UNALLOCATED", '
    funds += 'issuer = "stablecoin_issuers", instrument = "stablecoin_tokens" }]\n'
    usa = load_country("USA")
    (claim,) = (c for c in usa.claims if c.issuer == "stablecoin_issuers")
    assert bound(funds).values[0].origin.grade == claim.grade


def test_what_is_not_bound_keeps_the_number_of_the_text_and_is_said(bound):
    (note,) = bound(f'[[given]]\nname = "rate"\n{RATE}').findings
    assert note.severity == "note" and note.evidence == "share[short], share[long], lone, debt"


def test_a_fill_has_its_grade_and_is_said(bound):
    made = bound('[[given]]\nname = "lone"\nfill = 0.25\nunit = "share"\nsource = "a guess"\n')
    (value,) = made.values
    assert (value.number, value.filled, value.period) == (0.25, True, "")
    assert (value.origin.source, value.origin.grade) == ("a guess", "C")
    assert made.findings[0].evidence == "lone = 0.25"
    graded = bound('[[given]]\nname = "lone"\nfill = 0.25\nunit = "share"\ngrade = "B"\n').values[0]
    assert graded.origin.grade == "B"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"policy_rate"', '"policy_rat"', "F307"),
        ('"federal funds"', '"federal funds"\nperiod = "2020"', "F302"),
    ],
)
def test_an_absent_figure_is_filled_with_a_warning_or_refused(bound, old, new, code):
    lines = f'[[given]]\nname = "rate"\n{RATE.replace(old, new)}'
    made = bound(lines + "fill = 0.07\n")
    warning = next(finding for finding in made.findings if finding.severity == "warning")
    assert (made.values[0].number, warning.code) == (0.07, code)
    assert "rate is filled with 0.07 share per year, grade C" in warning.sentence
    assert warning.place == "small.bindings.toml:3: given rate"
    (trouble,) = faults(bound, lines)
    assert (trouble.code, trouble.where) == (code, "small.bindings.toml:3: given rate")


def test_a_wrong_unit_is_never_filled(bound):
    lines = f'[[given]]\nname = "rate"\nfill = 1\n{RATE}'.replace("share per year", "USD bn")
    (trouble,) = faults(bound, lines)
    assert trouble.code == "F308" and "percent per year, USD bn is asked for" in trouble.what


def test_every_fault_comes_at_once_with_the_nearest_names(bound):
    lines = f'[[given]]\nname = "rat"\n{RATE}[[given]]\nname = "debt"\n{RATE}[[given]]\nname = "rate"\n{RATE}'
    lines += f'[[given]]\nname = "rate"\n{RATE}[[start]]\nname = "lone"\nfill = 1\nunit = "share"\n'
    lines += '[[start]]\nname = "debts"\nfill = 1\nunit = "share"\n[[given]]\nname = "1 +"\nfill = 1\n'
    lines += 'unit = "share"\n[[given]]\nname = "share[shrt]"\nfill = 1\nunit = "share"\n'
    found = faults(bound, lines)
    assert [(t.code, t.where.partition(": ")[2]) for t in found] == [
        ("F307", "given rat"),
        ("F307", "given debt"),
        ("F309", "given rate"),
        ("E602", "given 1 +"),
        ("E616", "given share[shrt]"),
        ("F307", "start lone"),
        ("F307", "start debts"),
    ]
    assert "rate" in found[0].mend and "[[start]]" in found[1].what and "first at" in found[2].what
    assert "[[given]]" in found[5].what and "debt" in found[6].mend


def test_a_name_without_brackets_is_all_of_its_cells(bound):
    made = bound('[[given]]\nname = "share"\nfill = 0.2\nunit = "share"\n')
    assert [value.title for value in made.values] == ["share[short]", "share[long]"]
    one = bound('[[given]]\nname = "share[long]"\nfill = 0.2\nunit = "share"\n')
    assert list(one.numbers("given")) == [("share", ("long",))]


def test_each_label_takes_the_figure_of_its_own_economy(bound):
    text = "dimension country = from scenario\ngiven rate[country] = 0.1 let x[country] = rate"
    lines = f'[[given]]\nname = "rate[country]"\nfill = 0.03\n{RATE}'
    made = bound(lines, text, labels=("USA", "LUX"), economies=("USA", "LUX"))
    assert {value.title: (value.number, value.filled) for value in made.values} == {
        "rate[USA]": (0.0422, False),
        "rate[LUX]": (0.03, True),
    }
    warning = next(finding for finding in made.findings if finding.severity == "warning")
    assert warning.code == "F303" and "rate[LUX] is filled" in warning.sentence
    bare = bound(lines.replace("[country]", ""), text, labels=("USA", "LUX"), economies=("USA", "LUX"))
    assert bare.values == made.values
    debt = '[[given]]\nname = "rate[country]"\nindicator = "debt_gdp"\nperimeter = "general-government"\n'
    debt += 'period = "2024"\nunit = "share of GDP"\n'
    two = bound(debt, text, labels=("ITA", "JPN"), economies=("ITA", "JPN")).values
    for value in two:
        facts = [
            f for f in load_country(value.cell[1][0]).facts if f.labels == ("debt_gdp", "general-government")
        ]
        newest = max((f for f in facts if f.period == "2024"), key=lambda f: f.origin.vintage)
        assert value.exact == newest.value / 100 and value.origin == newest.origin
    assert two[0].number != two[1].number
    assert made.economies == ("USA", "LUX") and made.as_of == "2025Q3"


def test_dates(bound):
    lines = '[[start]]\nname = "debt"\nunit = "USD bn"\nperiod = "opening"\ncells = [{ holder = '
    lines += '"rest_of_world", issuer = "central_government", instrument = "debt_securities" }]\n'
    assert bound(lines).values[0].number == 9248.9
    assert bound(lines, as_of="2025Q4").values[0].number == 9224.4
    assert faults(bound, lines, known_at="2026-01")[0].code == "F302"


def test_no_economy_is_named(bound, tmp_path):
    path = tmp_path / "none.bindings.toml"
    path.write_text('schema = 1\n[[given]]\nname = "lone"\nfill = 1\nunit = "share"\n')
    model = elaborate(draft(parse(TEXT)))
    (trouble,) = faults(bind, model, read_bindings(path))
    assert trouble.code == "F307" and "--economy" in trouble.mend


def test_every_bindings_file_of_the_library_binds():
    for path in (ROOT / "models").glob("*.bindings.toml"):
        name = path.name.removesuffix(".bindings.toml")
        labels = () if name in closed_models() else ("ITA", "USA")
        assert bind(load_model(name, labels), read_bindings(path), labels).values


def test_the_debt_of_the_united_states_is_the_sum_of_its_holders_exactly():
    made = bind(load_model("us_debt"), read_bindings(bindings_beside(find_model("us_debt"))))
    held = sum((value.exact for value in made.values if value.cell[0] == "bonds"), Fraction(0))
    usa = load_country("USA")
    holders = usa.set_name("holders")
    claims = [claim for claim in usa.claims if claim.set_name == holders and claim.period == "2025Q3"]
    assert held == sum((claim.amount for claim in claims), Fraction(0)) == Fraction("28029.2")
    assert abs(held - Fraction("28029.1")) <= Fraction("0.65")  # the published total, of rounded parts
    assert {value.origin.vintage for value in made.values if value.cell[0] == "bonds"} == {"2026-03-19"}


def test_several_vintages_of_one_publication_are_a_named_row():
    model = load_model("debt", ("ITA",))
    read = read_bindings(bindings_beside(find_model("debt")))
    now, before = (bind(model, read, ("ITA",), known_at=date) for date in ("", "2025-12"))
    told = [f for f in now.findings if f.place == "vintage revision"]
    assert len(told) == 1 and "World Economic Outlook" in told[0].sentence
    assert "2026-04: debt_ratio[ITA]" in told[0].evidence and "2025-04: real_growth[ITA]" in told[0].evidence
    assert not any(f.place == "vintage revision" for f in before.findings)
