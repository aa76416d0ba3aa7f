"""Tables beside the ranking: spending with shares, figures of groups in words."""

from __future__ import annotations

from creditor.analysis.burden import beside, of_aggregate
from creditor.opening.country import load_country
from creditor.verbs.burden_sheets import aggregate_sheet, beside_record, beside_sheet, fact_record, fact_words


def test_the_first_row_is_the_interest_and_has_no_share_of_itself():
    usa = load_country("USA")
    rows, _ = beside(usa)
    sheet = beside_sheet(usa, "United States", rows)
    amounts, shares = sheet.columns
    assert amounts.at(spending="net interest") == 969.938
    assert shares.text(spending="net interest") == "–"
    assert shares.at(spending="defence") == 100 * beside_record(rows[0])["ratio"]
    assert set(sheet.origins) == {row.spending for row in rows}


def test_figures_of_a_group_say_what_they_are_of():
    facts = of_aggregate(load_country("XLI"))
    sheet = aggregate_sheet("XLI", "Other low-income economies", facts)
    assert len(sheet.labels) == len(facts) and "not ranked" in sheet.note
    for fact in facts:
        assert fact.period in fact_words(fact) and fact_record(fact)["value"] == float(fact.value)


def test_each_other_column_has_its_source_once():
    from creditor.terms.provenance import Origin
    from creditor.verbs.burden_sheets import others_sheet

    sheet = others_sheet(
        {"exports": [Origin("Bank", "2025", "A"), Origin("Bank, estimate or projection", "2026", "B")]}
    )
    origin = sheet.origins["exports"]
    assert (origin.source, origin.vintage, origin.grade) == ("Bank", "2025; 2026", "B")
    assert sheet.columns[0].at(measure="exports") == 2
